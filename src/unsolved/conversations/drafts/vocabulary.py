"""The words by which a mail is understood: what ``words.toml`` says, as patterns."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The patterns of ``words.toml``, ready for use."""

    offer: re.Pattern[str]
    trouble: re.Pattern[str]
    source: re.Pattern[str]
    heard: re.Pattern[str]
    insight: re.Pattern[str]
    hedge: re.Pattern[str]
    claim: re.Pattern[str]
    unless: re.Pattern[str]
    greeting: re.Pattern[str]
    meeting: re.Pattern[str]
    demo: re.Pattern[str]
    not_demo: re.Pattern[str]
    generic: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the words that ship with the package."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    generic = frozenset(told.pop("generic").split())
    before = {"unless", "not_demo"}
    patterns = {
        name: re.compile(
            rf"(?<!\w)(?:{_any(words)})\s*$" if name in before else rf"(?<!\w)(?:{_any(words)})"
        )
        if name in before | {"trouble"}
        else any_of(words)
        for name, words in told.items()
    }
    return Vocabulary(**patterns, generic=generic)


def any_of(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Return a pattern for any of several, as whole words; a space is any number of them."""
    return re.compile(rf"(?<![\w])(?:{_any(patterns)})(?![\w])", flags)


def _any(patterns: Iterable[str]) -> str:
    return "|".join(
        pattern.strip().replace(" ?", r"\s*").replace(" ", r"\s+") for pattern in patterns
    )


@cache
def _patterns() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(FILE.with_name("patterns.toml").read_text("utf-8"))


def words(module: str, name: str) -> re.Pattern[str]:
    """Return the pattern for a list of phrases in ``patterns.toml``."""
    return any_of(_patterns()[module][name])


def pattern(module: str, name: str, flags: int = 0) -> re.Pattern[str]:
    """Return a whole pattern of ``patterns.toml``."""
    return re.compile(_patterns()[module][name], flags)
