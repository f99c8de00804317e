"""A deal in work: what is known of it, part by part, and what stands around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from unsolved.deals.model.exchanges import Exchange, Silence
from unsolved.deals.model.inaction import Cost, CostChoice, CostInput
from unsolved.deals.model.people import Stakeholder, Tie
from unsolved.deals.model.steps import Attachment, BuyerAct, Debrief, Note, Step, Trigger
from unsolved.deals.model.tried import Alternative, Attempt, ReferenceUse, Risk
from unsolved.problems import Problem
from unsolved.prospects import Standing
from unsolved.sources import Organisation


class Stage(StrEnum):
    """How far a deal has come, by what the buyer did."""

    PROVOKE = "provoke"
    """The buyer comes to say what the problem is and what it costs."""

    PROGRESS = "progress"
    """Proof of concept, fit into what is there, deployment thought through."""

    PARTNER = "partner"
    """Both plan how the value is reached after the decision."""

    DECIDED = "decided"


class Outcome(StrEnum):
    """How it ended."""

    WON = "won"
    LOST_COMPETITOR = "lost to a competitor"
    LOST_INTERNAL = "lost to an internal fix"
    NO_DECISION = "no decision"
    LET_GO = "let go"


DORMANT = (Outcome.NO_DECISION, Outcome.LET_GO)
"""What may come back."""


class Cause(StrEnum):
    """Why there was no decision."""

    MOMENTUM = "momentum"
    STRATEGY = "strategy"
    BUDGET = "budget"
    OVERRULED = "overruled"
    INDECISION = "indecision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What there is one of in each opportunity.

    ``worth`` is what it is worth to us, in ``currency``. ``hours_left`` is how many hours of
    ours it will still take and ``hour_costs`` what one costs, both stated assumptions where
    nobody said. ``fits`` is whether we can solve it well, None when nobody judged.
    ``crm_stage`` is what the CRM calls its stage.
    """

    name: str
    organisation_id: int
    seller: str = ""
    problem_id: str = ""
    stage: Stage = Stage.PROVOKE
    outcome: Outcome | None = None
    cause: Cause | None = None
    opened_on: date
    staged_on: date
    """Since when it is in its stage."""

    decided_on: date | None = None
    close_on: date | None = None
    """When we, or the CRM, expect the decision."""

    worth: float | None = None
    currency: str = "EUR"
    in_forecast: bool = True
    hours_left: float | None = None
    hour_costs: float | None = None
    fits: bool | None = None
    fit_note: str = ""
    standing: Standing | None = None
    """Where the organisation stood on the problem when it was opened."""

    source_id: int | None = None
    deal_key: str = ""
    crm_stage: str = ""
    is_removed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self.stage is not Stage.DECIDED and not self.is_removed

    @property
    def is_dormant(self) -> bool:
        """Whether it was left, and may come back."""
        return self.outcome in DORMANT and not self.is_removed


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """A deal in work, whole: its head, and its parts by their numbers, each number for good."""

    id: int
    head: Head
    acts: Mapping[int, BuyerAct] = field(default_factory=dict)
    steps: Mapping[int, Step] = field(default_factory=dict)
    stakeholders: Mapping[int, Stakeholder] = field(default_factory=dict)
    ties: Mapping[int, Tie] = field(default_factory=dict)
    attempts: Mapping[int, Attempt] = field(default_factory=dict)
    alternatives: Mapping[int, Alternative] = field(default_factory=dict)
    inputs: Mapping[int, CostInput] = field(default_factory=dict)
    choices: Mapping[int, CostChoice] = field(default_factory=dict)
    risks: Mapping[int, Risk] = field(default_factory=dict)
    uses: Mapping[int, ReferenceUse] = field(default_factory=dict)
    triggers: Mapping[int, Trigger] = field(default_factory=dict)
    debriefs: Mapping[int, Debrief] = field(default_factory=dict)
    attachments: Mapping[int, Attachment] = field(default_factory=dict)
    notes: Mapping[int, Note] = field(default_factory=dict)

    @property
    def choice(self) -> CostChoice:
        """How the cost of inaction is counted."""
        chosen = sorted(self.choices.items())
        return chosen[-1][1] if chosen else CostChoice(currency=self.head.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """What our own decided deals of the like tell: the same problem, or all when few.

    ``fees`` are the worths of won deals in the currency of the opportunity, ``cycles`` the days
    that won deals took. ``won``, ``lost`` and ``undecided`` count how decided deals ended.
    """

    fees: tuple[float, ...] = ()
    cycles: tuple[int, ...] = ()
    won: int = 0
    lost: int = 0
    undecided: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """An opportunity and all that is known around it at a moment; numbers are made of it."""

    opportunity: Opportunity
    now: datetime
    organisation: Organisation | None = None
    problem: Problem | None = None
    exchanges: tuple[Exchange, ...] = ()
    """With the buyer's people, oldest first."""

    silences: tuple[Silence, ...] = ()
    cost: Cost | None = None
    track: Track = field(default_factory=Track)

    @property
    def today(self) -> date:
        """The day of ``now``."""
        return self.now.date()
