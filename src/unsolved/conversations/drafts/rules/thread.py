"""Sequences and threads: mails that repeat, press or pass over what was asked."""

import re
from collections.abc import Iterator

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Hit
from unsolved.conversations.drafts.rules.asks import level
from unsolved.conversations.drafts.rules.fit import _is_generic
from unsolved.conversations.drafts.rules.registry import check
from unsolved.conversations.drafts.vocabulary import words

FEWEST_WORDS = 5
ALIKE = 0.8
NEWS = 3
MEETING = 2
_WORD = re.compile(r"[^\W_]+")
_QUESTION = re.compile(r"[^.!?\n][^.!?]*\?")
_WHY = words("thread", "why")
_ANSWER = re.compile(
    r"^\W*(?:yes|no|not yet|sure|of course|correct|indeed|neither|both|about|roughly)\b"
)


@check("T001")
def repeats_earlier_mail(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield sentences that an earlier mail has already."""
    del choices
    earlier = [
        words for mail in letter.before for one in mail.sentences if (words := _bag(one.low))
    ]
    for one in letter.sentences:
        words = _bag(one.low)
        if len(words) < FEWEST_WORDS:
            continue
        if any(len(words & known) >= ALIKE * len(words | known) for known in earlier):
            yield Hit(one.start, one.end, "an earlier mail says it already")


def _bag(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


@check("T002")
def nothing_new(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the first sentence of a follow-up in which nothing is new."""
    del choices
    if not letter.before or not letter.sentences:
        return
    known = {word for mail in letter.before for word in _WORD.findall(mail.low)}
    new = {
        word
        for one in letter.sentences
        if not letter.offer(one.start, one.end)
        for word in _WORD.findall(one.low)
        if word not in known
        and (word.isdigit() or (len(word) > NEWS and not _is_generic(word)))
    }
    if len(new) < NEWS:
        first = letter.sentences[0]
        yield Hit(first.start, first.end, "it brings nothing that was not there before")


@check("T003")
def gap(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the beginning of a mail that comes too soon or too late."""
    days = letter.draft.days
    if days is None or not letter.draft.order or not letter.sentences:
        return
    if days < choices.least_days or days > choices.most_days:
        first = letter.sentences[0]
        yield Hit(first.start, first.end, f"{days:g} days after the mail before")


@check("T004")
def escalating_asks(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the ask of a mail that wants more than the one before, which had no answer."""
    del choices
    if not letter.before or letter.theirs or not letter.sentences:
        return
    now, before = level(letter), level(letter.before[-1])
    if now >= MEETING and now > before:
        last = letter.sentences[-1]
        yield Hit(last.start, last.end, "it asks for more than the mail that had no answer")


@check("T005")
def too_many_mails(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the beginning of each mail that is one too many."""
    number = letter.draft.order + 1
    if number > choices.most_mails and letter.sentences:
        first = letter.sentences[0]
        yield Hit(first.start, first.end, f"mail number {number} without an answer")


@check("T006")
def question_unanswered(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the first sentence of an answer that passes over what was asked."""
    del choices
    if not letter.theirs or not letter.sentences:
        return
    said = {_stem(word) for word in _WORD.findall(letter.low)}
    for found in _QUESTION.finditer(letter.theirs[0]):
        question = found.group().strip()
        if _WHY.search(question.lower()):
            continue
        words = {
            _stem(word)
            for word in _WORD.findall(question.lower())
            if len(word) > NEWS and word not in _ASKING
        }
        if words and not words & said and not _ANSWER.match(letter.sentences[0].low):
            first = letter.sentences[0]
            yield Hit(first.start, first.end, f"not answered: \u201c{question[:160]}\u201d")


_ASKING = frozenset(
    [
        "what",
        "when",
        "where",
        "which",
        "whose",
        "would",
        "could",
        "should",
        "have",
        "does",
        "this",
        "that",
        "with",
        "your",
        "yours",
        "there",
        "they",
        "them",
        "about",
        "from",
        "into",
        "than",
        "then",
        "want",
        "need",
        "know",
        "think",
        "tell",
        "please",
        "much",
        "many",
        "long",
    ]
)


def _stem(word: str) -> str:
    """Return what the forms of a word share, roughly.

    >>> _stem("planning") == _stem("plans"), _stem("rotas") == _stem("rota")
    (True, True)
    """
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= NEWS:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > NEWS and word[-1] == word[-2] else word


@check("T007")
def why_do_you_say_so(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the first sentence of an answer that should name a source, and does not."""
    del choices
    if not letter.theirs or not letter.sentences:
        return
    asked = _WHY.search(letter.theirs[0].lower())
    owned = re.search(
        r"\b(?:a guess|guessed|guessing|i don't know|do not know|i assumed|an assumption)\b",
        letter.low,
    )
    if asked and not owned and not any(letter.has_source(one) for one in letter.sentences):
        first = letter.sentences[0]
        yield Hit(
            first.start, first.end, "they asked what makes us say so, and no source answers"
        )
