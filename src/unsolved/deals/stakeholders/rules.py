"""What may be missing on a map of people, as rules that an expert can change."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

RULES = Path(__file__).with_name("gaps.toml")
FACTS = frozenset({"about", "attempt", "count", "days", "through", "what", "who", "worth"})
"""What a text may have in braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One sort of gap: how much it holds back, how it is told, what to ask, and its source.

    ``weight`` is from 0 to 1. ``through`` is asked instead of ``ask`` where somebody whom we
    have met stands near those who are missed.
    """

    rule: str
    weight: float
    text: str
    ask: str
    why: str
    source: str
    through: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From how many people or days on something is said, and what sum is large, by currency."""

    few: int
    many: int
    long_ago: int
    all_quiet: int
    left: int
    own_deals: int
    large: Mapping[str, float]


@cache
def known_rules() -> Mapping[str, Rule]:
    """Return the rules by name."""
    return read_rules(_told())


@cache
def limits() -> Limits:
    """Return the limits that the rules go by."""
    told = _told()
    return Limits(**told["limits"], large=told["large"])


def read_rules(told: Mapping[str, Any]) -> dict[str, Rule]:
    """Return rules as they were written, by name.

    Raises:
        ValueError: a weight lies outside of 0 and 1, a text is empty or has something in
            braces that no rule finds, or two rules share a name.
    """
    found: dict[str, Rule] = {}
    for one in (Rule(**each) for each in told["rule"]):
        asked = {*_braced(one.text), *_braced(one.ask), *_braced(one.through)}
        if one.rule in found:
            raise ValueError(f"{one.rule}: there are two of that name")
        if not 0 < one.weight <= 1:
            raise ValueError(f"{one.rule}: a weight is above 0 and no more than 1")
        if not all((one.text, one.ask, one.why, one.source)):
            raise ValueError(f"{one.rule}: text, ask, why and source must not be empty")
        if asked - FACTS:
            raise ValueError(f"{one.rule}: no rule finds {sorted(asked - FACTS)}")
        found[one.rule] = one
    return found


def _braced(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(RULES.read_text("utf-8"))
