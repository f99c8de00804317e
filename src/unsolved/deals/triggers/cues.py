"""Numbers and words by which triggers go: data, not code."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def told() -> Mapping[str, Any]:
    """Return what ``triggers.toml`` says."""
    return tomllib.loads(Path(__file__).with_name("triggers.toml").read_text("utf-8"))


def is_executive(title: str) -> bool:
    """Whether a title is that of somebody who can bring a deal back.

    >>> is_executive("Chief Operating Officer"), is_executive("Assistant to the CEO")
    (True, False)
    """
    return _title().search(title) is not None and _never().search(title) is None


def tells_arrival(text: str) -> bool:
    """Whether a sentence says that somebody came to such an office.

    >>> tells_arrival("Acme appointed Ines Maro as chief operating officer.")
    True
    """
    return is_executive(text) and _arrives().search(text) is not None


def names_any(text: str, words: Iterable[str]) -> str | None:
    """Return the first of some words or names that stands in a text as such, None for none."""
    plain = text.casefold()
    least = told()["limits"]["words"]
    for word in sorted(words):
        sought = word.strip().casefold()
        if len(sought) >= least and re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", plain):
            return word
    return None


@cache
def _title() -> re.Pattern[str]:
    return _any(told()["titles"]["executive"])


@cache
def _never() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{one}" for one in told()["titles"]["never"]), re.IGNORECASE)


@cache
def _arrives() -> re.Pattern[str]:
    return _any(told()["titles"]["arrives"])


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)
