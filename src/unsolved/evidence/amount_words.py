"""The words by which amounts are known, as patterns: what ``amounts.toml`` says."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("amounts.toml")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of ``amounts.toml``, ready for use."""

    number: re.Pattern[str]
    scales: Mapping[str, int]
    spelled: Mapping[str, int]
    currencies: Sequence[tuple[str, re.Pattern[str]]]
    shares: Sequence[tuple[str, re.Pattern[str]]]
    times: Sequence[tuple[str, re.Pattern[str]]]
    bounds: Sequence[tuple[str, re.Pattern[str]]]


@cache
def words() -> Words:
    """Return the words that ship with the package."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    money = told["currencies"]
    signs = [sign for currency in money.values() for sign in currency["signs"]]
    nouns = [noun for currency in money.values() for noun in currency["words"]]
    shares, times, counts = (told[name] for name in ("shares", "times", "counts"))
    scale = _any(re.escape(scale) for scale in told["scales"])
    number = rf"""
        (?<![\w.,$/])(?:(?P<sign>{_any(signs)})[ \u00a0]?)?
        (?P<n>{_FIGURES}|(?<!\w)(?:{_spelled(told["numbers"])}))
        (?:[\s-]?(?P<scale>(?:{scale})(?:\s(?:{scale}))?)(?![\w]))?
        (?:\s?(?P<share>{_any(w for words in shares.values() for w in words)})(?!\w)
          |[\s-](?P<noun>{_any(nouns)})(?!\w)
          |[\s-](?P<time>{_any(w for words in times.values() for w in words)})(?!\w)
          |[ ](?:(?!(?:{_NO_ADJECTIVE})[ ])[a-z][\w-]*[ ]){{0,2}}
            (?P<counted>{_any(w for words in counts.values() for w in words)})(?![\w-])
        )?(?!\d)
    """
    return Words(
        number=re.compile(_without_breaks(number), re.IGNORECASE),
        scales=told["scales"],
        spelled=told["numbers"],
        currencies=[(unit, _whole([*m["signs"], *m["words"]])) for unit, m in money.items()],
        shares=[(unit, _whole(words)) for unit, words in shares.items()],
        times=[(unit, _whole(words)) for unit, words in times.items()],
        bounds=[
            (name, re.compile(rf"(?<!\w)(?:{_any(told['bounds'][name])})\s+$", re.IGNORECASE))
            for name in ("about", "most", "least")
        ],
    )


_FIGURES = (
    r"\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3}){1,5}(?:\.\d{1,6})?"
    r"|\d{1,2}(?:,\d{2}){1,4},\d{3}|\d{1,15}(?:\.\d{1,6})?"
)
_NO_ADJECTIVE = (
    "of|in|and|to|the|a|an|for|at|by|per|or|on|from|with|is|was|are|were|its|their|our|this|"
    "that|as|than|into|since|until|when|which|who|has|had|have|about|over|under|after|before"
)


def _spelled(numbers: Iterable[str]) -> str:
    """Return a pattern for numbers in words: "twenty-five", "half a", "two dozen"."""
    word = _any(numbers)
    of_scale = r"(?=[ ](?:hundred|thousand|lakh|million|crore|billion|trillion)\b)"
    return (
        rf"half an?|(?:{word})(?:[ ]dozen)?(?:[ -](?:{word}))?(?!\w)|a[ ]dozen(?!\w)"
        rf"|an?{of_scale}"
    )


def _any(patterns: Iterable[str]) -> str:
    """Return a pattern for any of several, the longest first."""
    return "|".join(sorted(patterns, key=len, reverse=True))


def _whole(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_any(patterns), re.IGNORECASE)


def _without_breaks(pattern: str) -> str:
    return "".join(line.strip() for line in pattern.splitlines())
