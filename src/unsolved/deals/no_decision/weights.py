"""What each sign of no decision is worth, and in which words it is told: data, not code."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from unsolved.deals.insights import Said
from unsolved.deals.model import Ground, Opportunity, Reason, Stage

PREFIX = "no_decision."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One sign of no decision.

    ``weight`` is in log-odds. ``is_open`` is whether it speaks of what nobody asked yet; then
    ``ask`` is what to ask, and ``best`` the weight that a good answer would have.
    """

    name: str
    weight: float
    text: str
    is_open: bool = False
    ask: str = ""
    best: float = 0.0
    source: str = "our judgement"


@dataclass(frozen=True, slots=True)
class Cue:
    """What somebody says, and what turns its meaning round."""

    says: re.Pattern[str]
    unless: re.Pattern[str]

    def first(self, said: Iterable[Said]) -> Said | None:
        """Return the first sentence that says so, None when none does."""
        return next((one for one in said if self.holds(one.text)), None)

    def holds(self, text: str) -> bool:
        """Whether a sentence says so."""
        return self.says.search(text) is not None and self.unless.search(text) is None


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by its name."""
    told = told_in("weights")["rules"]
    return {
        name: Rule(name=name, is_open=one.pop("open", False), **one)
        for name, one in told.items()
    }


def rule_of(reason: Reason) -> Rule | None:
    """Return the rule that found a reason, None for one of no rule."""
    return rules().get(reason.rule.removeprefix(PREFIX))


def reason(
    opportunity: Opportunity,
    name: str,
    *,
    times: float = 1.0,
    ground: Ground | None = None,
    **facts: object,
) -> Reason:
    """Return the reason that a rule gives, ``times`` its weight; less early if it is open."""
    rule = rules()[name]
    share = share_of(opportunity.head.stage) if rule.is_open else 1.0
    return Reason(rule.text.format(**facts), rule.weight * share * times, PREFIX + name, ground)


def share_of(stage: Stage) -> float:
    """Return how much of what is not known yet counts in a stage, in [0, 1]."""
    return float(told_in("weights")["stages"][stage.value])


def limit(name: str) -> float:
    """Return one of the limits by which the rules go."""
    return float(told_in("weights")["limits"][name])


@cache
def cues() -> Mapping[str, Cue]:
    """Return what buyers say when it will not be decided, by cause."""
    return {
        name: Cue(_any(one["says"]), _any(one["unless"]))
        for name, one in told_in("cues").items()
    }


@cache
def told_in(name: str) -> Mapping[str, Any]:
    """Return what one of the files of this room says."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)
