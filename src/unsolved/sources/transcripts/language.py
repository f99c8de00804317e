"""Guesses the language of a transcript from its small words, or says that it cannot."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

ENOUGH = 20
"""Words below which nothing is guessed."""

SHARE = 0.15
"""What part of the words must be small words of the language."""

CLEARLY = 1.25
"""How many times as many as of the next language."""

_MOST = 5_000
_LIST = Path(__file__).with_name("stop_words.toml")
_WORD = re.compile(r"[^\W\d_]+")


def guessed(texts: Iterable[str]) -> str | None:
    """Return the language of texts as ISO 639-1, or None where it is not clear.

    Knows English, German, French, Spanish, Italian, Portuguese and Dutch.
    """
    words = _first_words(texts)
    if len(words) < ENOUGH:
        return None
    count = {
        language: sum(word in small for word in words) for language, small in _small().items()
    }
    best, next_best = sorted(count, key=lambda language: -count[language])[:2]
    if count[best] < SHARE * len(words) or count[best] < CLEARLY * count[next_best]:
        return None
    return best


def _first_words(texts: Iterable[str]) -> list[str]:
    words: list[str] = []
    for text in texts:
        words += _WORD.findall(text[: 20 * _MOST].casefold())
        if len(words) >= _MOST:
            break
    return words[:_MOST]


@cache
def _small() -> Mapping[str, frozenset[str]]:
    told = tomllib.loads(_LIST.read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in told.items()}
