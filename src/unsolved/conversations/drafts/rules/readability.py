"""How hard a mail is to read: its sentences and words by their length."""

import re
from collections.abc import Iterator

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Hit
from unsolved.conversations.drafts.rules.registry import check

FEWEST_WORDS = 20
HARDEST, UNREADABLE = 14, 16
_VOWELS = re.compile(r"[aeiouy]+")


@check("W607")
def long_sentence(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield sentences that are too long."""
    for one in letter.sentences:
        count = sum(any(c.isalnum() for c in word) for word in one.text.split())
        if count > choices.most_sentence_words:
            yield Hit(one.start, one.end, f"{count} words in one sentence")


@check("W608")
def hard_to_read(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the hardest sentence of a mail that is hard throughout."""
    del choices
    if len(letter.words) < FEWEST_WORDS or not letter.sentences:
        return
    words = [word for one in letter.sentences for word in re.findall(r"[a-z]+", one.low)]
    if not words:
        return
    grade = 0.39 * len(words) / len(letter.sentences) + 11.8 * _per_word(words) - 15.59
    if grade > HARDEST:
        worst = max(letter.sentences, key=lambda one: len(one.text))
        told = f"reading takes {grade:.0f} years of school"
        yield Hit(worst.start, worst.end, told, mild=grade <= UNREADABLE)


def _per_word(words: list[str]) -> float:
    return sum(syllables(word) for word in words) / len(words)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has.

    >>> syllables("late"), syllables("orders"), syllables("organisation")
    (1, 2, 5)
    """
    count = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(count, 1)
