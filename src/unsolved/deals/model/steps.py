"""What the buyer did, what we plan, what could bring a deal back, and what was learned."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from unsolved.deals.model.ground import ASSUMED, Ground


class Act(StrEnum):
    """Something the buyer does that moves a deal on; what we do moves nothing."""

    AGREED_PROBLEM = "agreed what the problem is"
    GAVE_NUMBERS = "gave numbers of their own"
    TOLD_ATTEMPTS = "told what was tried and why it failed"
    BROUGHT_POWER = "brought in who decides"
    NAMED_DATE = "named a date and a reason for it"
    NAMED_OWNER = "named an owner on their side"
    GAVE_ACCESS = "gave access for a proof of concept"
    TESTED = "tested it with their own people"
    ACCEPTED_PROOF = "accepted that the proof holds"
    TOOK_RISKS = "took on measures of the risk plan"
    PLANNED_VALUE = "planned with us how the value is reached"
    REVIEWED_PROPOSAL = "reviewed the proposal with who decides"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerAct:
    """That the buyer did something, when, who of them, and how we know."""

    act: Act
    on: date
    who: str = ""
    ground: Ground = ASSUMED


class StepKind(StrEnum):
    """What we do."""

    MAIL = "mail"
    CALL = "call"
    MEETING = "meeting"
    QUESTION = "question"
    DEMO = "demo"
    PROOF = "proof of concept"
    PROPOSAL = "proposal"
    REVIEW = "proposal review"
    VALUE = "something of value"
    OTHER = "other"


class StepState(StrEnum):
    """How far a step has come."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something we plan to do, or did.

    A demo or a proposal before the problem was agreed has ``overruled``: why it is planned all
    the same. ``amount`` is the fee that a proposal asks for, in the currency of the
    opportunity; ``with_whom`` are numbers of stakeholders. ``insight`` is which insight a step
    of value sends, ``text`` the words to send.
    """

    kind: StepKind
    what: str = ""
    due: date | None = None
    done_on: date | None = None
    state: StepState = StepState.PLANNED
    with_whom: tuple[int, ...] = ()
    amount: float | None = None
    overruled: str = ""
    insight: str = ""
    text: str = ""


class TriggerKind(StrEnum):
    """What could bring a dormant deal back."""

    EVIDENCE = "new evidence"
    EXECUTIVE = "new executive"
    BUDGET_YEAR = "a new budget year"
    FAILED_ALTERNATIVE = "what they chose instead failed"
    DATE = "a date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What would bring it back: watched from ``since`` on, or on the day ``on``.

    ``fired_on`` is the day on which it did, ``why`` what fired it, with its ground.
    ``watches`` are words that evidence or a title must hold, if any.
    """

    kind: TriggerKind
    what: str = ""
    since: date | None = None
    on: date | None = None
    watches: tuple[str, ...] = ()
    fired_on: date | None = None
    why: str = ""
    ground: Ground | None = None
    is_seen: bool = False
    """That a person has dealt with its firing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """What was learned at the end, in under ninety seconds, with the view from above.

    ``changed`` is what changed on the way, ``people`` what there is to say of the people,
    ``process`` of how it was done, ``again`` what we would do again or not. ``seconds`` is how
    long it took to fill in, None where that is not known.
    """

    on: date
    by: str = ""
    changed: str = ""
    people: str = ""
    process: str = ""
    again: str = ""
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """That a document belongs to the deal, and why."""

    document_id: int
    title: str = ""
    why: str = ""
    ground: Ground = ASSUMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something noted: ``about`` is a theme, as goal, date, budget; ``text`` what it is."""

    text: str
    on: date
    about: str = ""
    ground: Ground = ASSUMED
