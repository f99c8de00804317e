"""An opportunity whole as version 1 of the API promises it, and what programs change of it."""

from collections.abc import Mapping
from typing import Any, Generic, Self, TypeVar

from pydantic import BaseModel, ValidationError

from unsolved.api.deal_parts import (
    ActModel,
    AlternativeModel,
    AttachmentModel,
    AttemptModel,
    ChoiceModel,
    DebriefModel,
    HeadModel,
    InputModel,
    NoteModel,
    PartModel,
    RiskModel,
    StakeholderModel,
    StepModel,
    TieModel,
    TriggerModel,
    UseModel,
)
from unsolved.deals.model import Opportunity
from unsolved.deals.parts import Part, PartKind, as_facts, as_part, parts_of
from unsolved.errors import Invalid

Model = TypeVar("Model", bound=PartModel)

MODELS: Mapping[PartKind, type[PartModel]] = {
    PartKind.HEAD: HeadModel,
    PartKind.ACT: ActModel,
    PartKind.STEP: StepModel,
    PartKind.STAKEHOLDER: StakeholderModel,
    PartKind.TIE: TieModel,
    PartKind.ATTEMPT: AttemptModel,
    PartKind.ALTERNATIVE: AlternativeModel,
    PartKind.INPUT: InputModel,
    PartKind.CHOICE: ChoiceModel,
    PartKind.RISK: RiskModel,
    PartKind.USE: UseModel,
    PartKind.TRIGGER: TriggerModel,
    PartKind.DEBRIEF: DebriefModel,
    PartKind.ATTACHMENT: AttachmentModel,
    PartKind.NOTE: NoteModel,
}


class Numbered(BaseModel, Generic[Model]):
    """A part with its number, which it has for good."""

    number: int
    part: Model


class WholeOut(BaseModel):
    """An opportunity with all its parts, each kind by number."""

    id: int
    head: HeadModel
    acts: list[Numbered[ActModel]] = []
    steps: list[Numbered[StepModel]] = []
    stakeholders: list[Numbered[StakeholderModel]] = []
    ties: list[Numbered[TieModel]] = []
    attempts: list[Numbered[AttemptModel]] = []
    alternatives: list[Numbered[AlternativeModel]] = []
    inputs: list[Numbered[InputModel]] = []
    choices: list[Numbered[ChoiceModel]] = []
    risks: list[Numbered[RiskModel]] = []
    uses: list[Numbered[UseModel]] = []
    triggers: list[Numbered[TriggerModel]] = []
    debriefs: list[Numbered[DebriefModel]] = []
    attachments: list[Numbered[AttachmentModel]] = []
    notes: list[Numbered[NoteModel]] = []

    @classmethod
    def of(cls, opportunity: Opportunity) -> Self:
        """Say it the way version 1 promised to."""
        held: dict[str, list[dict[str, Any]]] = {}
        for (kind, number), part in parts_of(opportunity).items():
            if kind is not PartKind.HEAD:
                one = {"number": number, "part": _said(kind, part)}
                held.setdefault(kind.field, []).append(one)
        head = _said(PartKind.HEAD, opportunity.head)
        return cls.model_validate({"id": opportunity.id, "head": head, **held})


def heard(kind: PartKind, facts: Mapping[str, Any], before: Part | None) -> Part:
    """Return the part that a program tells of; what it leaves out stays as before.

    Raises:
        Invalid: a field is missing, unknown or of the wrong type; ``field`` says which.
    """
    held = as_facts(before) if before is not None else {}
    try:
        said = MODELS[kind].model_validate({**held, **facts})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(place) for place in first["loc"])
        raise Invalid(part=kind.value, field=field, mend=first["msg"]) from error
    return as_part(kind, {**held, **said.model_dump(mode="json")})


def _said(kind: PartKind, part: Part) -> dict[str, Any]:
    """Return what version 1 promised of a part; what was added since is left out."""
    facts = as_facts(part)
    return {name: facts[name] for name in MODELS[kind].model_fields}
