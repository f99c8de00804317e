"""What is said of a deal's worth: go on, find out first, or walk away; and what turns that."""

from dataclasses import dataclass
from enum import StrEnum

from unsolved.deals.model import Reason, added


class Verdict(StrEnum):
    """What to do with a deal."""

    PURSUE = "pursue"
    FIND_OUT = "find out first"
    WALK_AWAY = "walk away"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the answer to an open question may be, and what would follow.

    ``weight`` is that of the reason it would become, ``points`` the sum that would be then;
    ``verdict`` what it would turn to, None when it would turn nothing.
    """

    text: str
    weight: float
    points: float
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Something not known that weighs, what to ask, and what each answer would do.

    ``fills`` is the kind of part that the answer belongs into.
    """

    what: str
    ask: str
    rule: str
    fills: str
    answers: tuple[Answer, ...]

    @property
    def turns(self) -> bool:
        """Whether an answer would turn the verdict by itself."""
        return any(answer.verdict is not None for answer in self.answers)

    @property
    def width(self) -> float:
        """How far apart its answers leave the sum, in log-odds."""
        points = [answer.points for answer in self.answers]
        return max(points) - min(points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """Whether a deal is worth going on with, and all that says so.

    ``points`` are log-odds of it being worth it: from ``pursue_from`` on it is pursued, from
    ``walk_from`` down it is left. ``barred`` are reasons to walk away by themselves, whatever
    the sum. ``unknowns`` begin with those that would turn the verdict.
    """

    verdict: Verdict
    because: str
    reasons: tuple[Reason, ...]
    barred: tuple[Reason, ...]
    unknowns: tuple[Unknown, ...]
    pursue_from: float
    walk_from: float

    @property
    def points(self) -> float:
        """The reasons, added up."""
        return added(self.reasons)

    @property
    def turning(self) -> tuple[Unknown, ...]:
        """The unknowns of which an answer would turn the verdict."""
        return tuple(one for one in self.unknowns if one.turns)
