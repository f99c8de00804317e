"""What the words in cells mean, loaded from ``words.toml``."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words() -> Mapping[str, Any]:
    """Return the lists by their names."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def meanings(name: str) -> Mapping[str, str]:
    """Return for each word of a list what it means."""
    return {word: meaning for meaning, said in words()[name].items() for word in said}


@cache
def missing() -> frozenset[str]:
    """Return what is written where there is nothing, in columns of numbers and moments."""
    return frozenset(words()["missing"]["any"])


@cache
def missing_texts() -> frozenset[str]:
    """Return what is written where there is no text; a surname "Null" is none of them."""
    said = words()["missing"]["text"]
    return frozenset([*said, *(word.upper() for word in said), "None", "NaN", "NaT"])


def meaning(name: str, told: str) -> str | None:
    """Return what a cell means by a list: the whole of it, or one of its words.

    >>> meaning("types", "Outbound Call"), meaning("types", "INCOMING_EMAIL")
    ('call', 'e-mail')
    """
    by_word = meanings(name)
    plain = told.strip().casefold()
    if plain in by_word:
        return by_word[plain]
    parts = re.findall(r"[\w'-]+", plain)
    return next((by_word[part] for part in parts if part in by_word), None)


@cache
def totals() -> re.Pattern[str]:
    """Return what a line of totals says in its first cell."""
    lines = "|".join(words()["footers"]["lines"])
    number = r"(?:\s*[(:]?\s*[\d.,]+\s*(?:records?)?\s*\)?)?"
    return re.compile(rf"(?:{lines}){number}\s*:?\s*", re.IGNORECASE)


@cache
def remarks() -> tuple[str, ...]:
    """Return how remarks below a report begin."""
    return tuple(words()["footers"]["beginnings"])
