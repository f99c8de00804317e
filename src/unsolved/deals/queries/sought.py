"""Which opportunities a list is of, in which order, and what stands in its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from unsolved.deals.model import Outcome, Stage

OPEN = (Stage.PROVOKE, Stage.PROGRESS, Stage.PARTNER)


class Which(StrEnum):
    """Which opportunities a list is of."""

    OPEN = "open"
    DECIDED = "decided"
    DORMANT = "dormant"
    ALL = "all"
    REMOVED = "removed"


class Sort(StrEnum):
    """By what a list is ordered."""

    ATTENTION = "attention"
    """What deserves it most, first."""

    WORTH = "worth"
    """The highest number first; currencies are not converted."""

    AGE = "age"
    """The longest open first."""

    NAME = "name"
    RECENT = "recent"
    """Decided last first, then changed last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which opportunities are wanted, and how they stand; nothing set means all open ones.

    ``text`` is sought in the name of the opportunity and of its organisation. A stage or an
    outcome that the list could not hold widens it: nobody asks for won ones among the open.
    """

    which: Which = Which.OPEN
    seller: str = ""
    stage: Stage | None = None
    outcome: Outcome | None = None
    problem_id: str = ""
    organisation_id: int | None = None
    text: str = ""
    sort: Sort = Sort.ATTENTION

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that are looked into."""
        if self.stage is not None:
            return (self.stage,)
        if self.outcome is not None or self.which in {Which.DECIDED, Which.DORMANT}:
            return (Stage.DECIDED,)
        return OPEN if self.which is Which.OPEN else tuple(Stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An opportunity in a list. ``told`` is what was worked out of it, empty when nothing.

    ``is_stale`` says that something changed since that was worked out.
    """

    id: int
    name: str
    organisation_id: int
    organisation: str
    seller: str
    problem_id: str
    stage: Stage
    outcome: Outcome | None
    opened_on: date
    staged_on: date
    decided_on: date | None
    worth: float | None
    currency: str
    deal_key: str
    in_forecast: bool
    changed_at: datetime
    told: Mapping[str, Any] = field(default_factory=dict)
    is_stale: bool = False

    def days(self, today: date) -> int:
        """For how many days it is, or was, in its stage."""
        return max((today - self.staged_on).days, 0)

    @property
    def no_decision(self) -> float | None:
        """How likely it ends without a decision, None where that was not worked out."""
        found = self.told.get("no_decision")
        return float(found) if found is not None else None

    @property
    def silence(self) -> str:
        """The unusual silence in a line, empty for none."""
        return str(self.told.get("silence") or "")

    @property
    def headline(self) -> str:
        """What deserves attention most, in a line; empty for nothing."""
        brief = self.told.get("brief") or {}
        return str((brief.get("seller") or {}).get("text") or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many opportunities are in a stage, and what they are worth, by currency."""

    count: int = 0
    worth: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """A list that somebody wants to see again: its filters under a name."""

    id: int
    name: str
    asked: Mapping[str, str]
