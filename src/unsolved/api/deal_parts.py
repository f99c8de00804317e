"""The parts of an opportunity as version 1 of the API promises them, coming and going."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from unsolved.deals.model import (
    Act,
    AlternativeKind,
    AttemptKind,
    Basis,
    CameOf,
    Cause,
    InAttempt,
    Outcome,
    Power,
    RiskState,
    Role,
    Stage,
    Stance,
    StepKind,
    StepState,
    Sway,
    TriggerKind,
    Why,
)
from unsolved.prospects import Standing


class PartModel(BaseModel):
    """A part; what is not said has its usual value."""

    model_config = ConfigDict(extra="forbid")


class GroundModel(PartModel):
    """What a fact rests on; a quote with a document is verbatim from there."""

    basis: Basis = Basis.ASSUMED
    quote: str = ""
    by: str = ""
    on: date | None = None
    evidence_id: int | None = None
    document_id: int | None = None
    call_id: int | None = None
    turn: int | None = None
    record_id: int | None = None


ASSUMED = Field(default_factory=GroundModel)


class HeadModel(PartModel):
    """What there is one of; ``worth`` in ``currency``, ``fits`` null when nobody judged."""

    name: str
    organisation_id: int
    seller: str = ""
    problem_id: str = ""
    stage: Stage = Stage.PROVOKE
    outcome: Outcome | None = None
    cause: Cause | None = None
    opened_on: date
    staged_on: date
    decided_on: date | None = None
    close_on: date | None = None
    worth: float | None = None
    currency: str = "EUR"
    in_forecast: bool = True
    hours_left: float | None = None
    hour_costs: float | None = None
    fits: bool | None = None
    fit_note: str = ""
    standing: Standing | None = None
    source_id: int | None = None
    deal_key: str = ""
    crm_stage: str = ""
    is_removed: bool = False


class ActModel(PartModel):
    """Something the buyer did."""

    act: Act
    on: date
    who: str = ""
    ground: GroundModel = ASSUMED


class StepModel(PartModel):
    """Something we plan or did; ``overruled`` is why it comes before the problem is agreed."""

    kind: StepKind
    what: str = ""
    due: date | None = None
    done_on: date | None = None
    state: StepState = StepState.PLANNED
    with_whom: list[int] = []
    amount: float | None = None
    overruled: str = ""
    insight: str = ""
    text: str = ""


class StakeholderModel(PartModel):
    """A person with a say; ``attempt`` is the number of an attempt."""

    name: str
    title: str = ""
    person_id: int | None = None
    role: Role = Role.UNKNOWN
    power: Power = Power.UNKNOWN
    stance: Stance = Stance.UNKNOWN
    in_attempt: InAttempt = InAttempt.UNKNOWN
    attempt: int | None = None
    in_denial: bool | None = None
    interest: str = ""
    loses: str = ""
    agrees: bool | None = None
    met_on: date | None = None
    left_on: date | None = None
    note: str = ""
    ground: GroundModel = ASSUMED


class TieModel(PartModel):
    """That one stakeholder sways another or fights them, both by their numbers."""

    of: int
    to: int
    sway: Sway = Sway.INFLUENCES
    about: str = ""
    ground: GroundModel = ASSUMED


class AttemptModel(PartModel):
    """One try at a fix."""

    what: str
    kind: AttemptKind = AttemptKind.OTHER
    began: date | None = None
    ended: date | None = None
    chosen: str = ""
    decided_by: str = ""
    supplier: str = ""
    spent: str = ""
    came_of: CameOf = CameOf.UNKNOWN
    whys: list[Why] = []
    why_text: str = ""
    defended_by: list[int] = []
    different: str = ""
    is_structural: bool | None = None
    note: str = ""
    grounds: list[GroundModel] = []


class AlternativeModel(PartModel):
    """What the buyer could do instead; ``solves`` and ``leaning`` from 0 to 1."""

    kind: AlternativeKind
    name: str = ""
    why: str = ""
    against: str = ""
    costs: str = ""
    takes: str = ""
    solves: float | None = None
    leaning: float | None = None
    tried: int | None = None
    ground: GroundModel = ASSUMED


class InputModel(PartModel):
    """A quantity of the cost: one in ten is below ``low``, one in ten above ``high``."""

    name: str
    low: float
    likely: float
    high: float
    unit: str = "1"
    what: str = ""
    ground: GroundModel = ASSUMED


class ChoiceModel(PartModel):
    """How the cost of inaction is counted; an empty formula is that of the problem."""

    formula: str = ""
    currency: str = "EUR"
    weak_under: float = 1.0


class RiskModel(PartModel):
    """Why it could fail again, and what removes that."""

    text: str
    why: Why | None = None
    attempt: int | None = None
    measure: str = ""
    owner: str = ""
    due: date | None = None
    proof: str = ""
    state: RiskState = RiskState.OPEN
    ground: GroundModel = ASSUMED


class UseModel(PartModel):
    """That a reference was asked to vouch."""

    reference_id: int
    on: date
    came_of: str = ""


class TriggerModel(PartModel):
    """What would bring it back, and whether it did."""

    kind: TriggerKind
    what: str = ""
    since: date | None = None
    on: date | None = None
    watches: list[str] = []
    fired_on: date | None = None
    why: str = ""
    ground: GroundModel | None = None
    is_seen: bool = False


class DebriefModel(PartModel):
    """What was learned at the end."""

    on: date
    by: str = ""
    changed: str = ""
    people: str = ""
    process: str = ""
    again: str = ""
    seconds: int | None = None


class AttachmentModel(PartModel):
    """That a document belongs to it."""

    document_id: int
    title: str = ""
    why: str = ""
    ground: GroundModel = ASSUMED


class NoteModel(PartModel):
    """Something noted; ``about`` is a theme, as goal, date, budget."""

    text: str
    on: date
    about: str = ""
    ground: GroundModel = ASSUMED
