"""Questions: none, several, and what is no question of the problem."""

import re
from collections.abc import Iterator

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.cutting import Sentence
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Hit
from unsolved.conversations.drafts.rules.registry import check, phrases_of
from unsolved.conversations.drafts.vocabulary import pattern

FEWEST_WORDS = 15
TWO, THREE = 2, 3
_INDIRECT = pattern("questions", "indirect")
_SAME = re.compile(r"^\W*(?:or|and if so|if so|if not|and if not)\b")
_OWN = pattern("questions", "own")
_INTERESTED = re.compile(r"(?:interested|curious|ready|keen)\b(?:\s[\w'-]+){0,8}\s?\?")
_CIVIL = re.compile(r"\bhow (?:are|'re) you\b|\bhow(?:'s| is) (?:it going|your (?:day|week))\b")


def asked(letter: Letter) -> list[Sentence]:
    """Return the questions that want an answer of their own."""
    return [
        one
        for one in letter.sentences
        if one.is_question
        and not _SAME.match(one.low)
        and not _OWN.match(one.low)
        and not _CIVIL.search(one.low)
    ]


@check("Q502")
def no_question(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the last sentence of a mail that asks nothing."""
    del choices
    if len(letter.words) < FEWEST_WORDS or not letter.sentences:
        return
    if any(one.is_question for one in letter.sentences) or _INDIRECT.search(letter.low):
        return
    last = letter.sentences[-1]
    yield Hit(last.start, last.end, "the mail asks nothing")


@check("Q503")
def several_questions(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the second question; with a third one it is grave."""
    del choices
    questions = asked(letter)
    if len(questions) >= TWO:
        second = questions[1]
        told = f"{len(questions)} questions"
        yield Hit(second.start, second.end, told, mild=len(questions) < THREE)


@check("Q504")
def question_that_pitches(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield questions in which something is sold."""
    del choices
    pattern = phrases_of("Q504")
    for one in letter.sentences:
        if not one.is_question:
            continue
        found = pattern.search(letter.low, one.start, one.end) or _INTERESTED.match(
            letter.low, one.start, one.end
        )
        place = found.span() if found else letter.offer(one.start, one.end)
        if place:
            yield Hit(*place, "the question sells")


@check("Q505")
def leading_question(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield questions that answer themselves."""
    del choices
    pattern = phrases_of("Q505")
    for one in letter.sentences:
        found = pattern.search(letter.low, one.start, one.end) if one.is_question else None
        if found:
            yield Hit(*found.span(), "the answer is put into the reader's mouth")
