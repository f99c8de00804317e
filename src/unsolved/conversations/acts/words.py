"""Which words of a sentence carry its meaning, and how much two sentences share of them."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "edly", "ies", "ers", "ed", "es")
_LAST = ("er", "ly", "s", "e", "y")
_SHORTEST = 3

# Words that say how a sentence is built and not what it is about.
STOP = frozenset(Path(__file__).with_name("stop.txt").read_text("utf-8").split())


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return what a word shares with its other forms, roughly.

    >>> stem("deliveries") == stem("delivery"), stem("picking") == stem("picked")
    (True, True)
    """
    word = word.lower().replace("\u2019", "'").removesuffix("'s")
    for ending in (*_ENDINGS, *_LAST):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=4_000)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning.

    >>> sorted(stems("We pick the orders by hand."))
    ['hand', 'ord', 'pick']
    """
    words = (word.lower().replace("\u2019", "'") for word in _WORD.findall(text))
    return frozenset(
        stem(word) for word in words if word not in STOP and len(word) >= _SHORTEST
    )


def numbers(text: str) -> frozenset[str]:
    """Return the figures in a text, without the marks between thousands.

    >>> sorted(numbers("1,200 orders, 4.5 per cent"))
    ['1200', '4.5']
    """
    return frozenset(_plain(found) for found in _NUMBER.findall(text))


def figures(text: str) -> frozenset[str]:
    """Return the figures in a text that are no years."""
    return frozenset(found for found in numbers(text) if not _YEAR.fullmatch(found))


def _plain(number: str) -> str:
    whole = re.sub(r",(?=\d{3}(?:\D|$))", "", number)
    return whole.rstrip(".,")


def shared(one: str, texts: Iterable[str]) -> int:
    """Return how many meaningful stems of ``one`` stand in any of the texts."""
    theirs: set[str] = set()
    for text in texts:
        theirs |= stems(text)
    return len(stems(one) & theirs)


def count(text: str) -> int:
    """Return how many words there are."""
    return len(text.split())
