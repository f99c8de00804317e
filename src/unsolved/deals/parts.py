"""The parts an opportunity is made of, by name, and how each is kept as plain data.

A part is kept as JSON under its kind and number. What is read back has the very types of
`unsolved.deals.model`, or is refused with the field that is wrong.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from unsolved.deals.model import (
    Alternative,
    Attachment,
    Attempt,
    BuyerAct,
    CostChoice,
    CostInput,
    Debrief,
    Head,
    Note,
    Opportunity,
    ReferenceUse,
    Risk,
    Stakeholder,
    Step,
    Tie,
    Trigger,
)
from unsolved.errors import Invalid


class PartKind(StrEnum):
    """What sort of part; the head, which has the number 0, is there once."""

    HEAD = "opportunity"
    ACT = "act"
    STEP = "step"
    STAKEHOLDER = "stakeholder"
    TIE = "tie"
    ATTEMPT = "attempt"
    ALTERNATIVE = "alternative"
    INPUT = "input"
    CHOICE = "choice"
    RISK = "risk"
    USE = "use"
    TRIGGER = "trigger"
    DEBRIEF = "debrief"
    ATTACHMENT = "attachment"
    NOTE = "note"

    @property
    def field(self) -> str:
        """Under which name an `Opportunity` has them."""
        return "head" if self is PartKind.HEAD else f"{self.value}s"


Part = (
    Head
    | BuyerAct
    | Step
    | Stakeholder
    | Tie
    | Attempt
    | Alternative
    | CostInput
    | CostChoice
    | Risk
    | ReferenceUse
    | Trigger
    | Debrief
    | Attachment
    | Note
)
Facts = Mapping[str, Any]

TYPES: Mapping[PartKind, type[Part]] = {
    PartKind.HEAD: Head,
    PartKind.ACT: BuyerAct,
    PartKind.STEP: Step,
    PartKind.STAKEHOLDER: Stakeholder,
    PartKind.TIE: Tie,
    PartKind.ATTEMPT: Attempt,
    PartKind.ALTERNATIVE: Alternative,
    PartKind.INPUT: CostInput,
    PartKind.CHOICE: CostChoice,
    PartKind.RISK: Risk,
    PartKind.USE: ReferenceUse,
    PartKind.TRIGGER: Trigger,
    PartKind.DEBRIEF: Debrief,
    PartKind.ATTACHMENT: Attachment,
    PartKind.NOTE: Note,
}
_KINDS = {made: kind for kind, made in TYPES.items()}


def kind_of(part: Part) -> PartKind:
    """Return what sort of part this is."""
    return _KINDS[type(part)]


def as_facts(part: Part) -> dict[str, Any]:
    """Return a part as plain data that JSON can hold; `as_part` reads it back as it was."""
    told: dict[str, Any] = _adapter(kind_of(part)).dump_python(part, mode="json")
    return told


def as_part(kind: PartKind, facts: Facts) -> Part:
    """Return the part that plain data tells of.

    Raises:
        Invalid: a field is missing, unknown or of the wrong type; ``field`` says which.
    """
    unknown = sorted(set(facts) - set(TYPES[kind].__dataclass_fields__))
    if unknown:
        raise Invalid(part=kind.value, field=unknown[0], mend="there is no such field")
    try:
        return _adapter(kind).validate_python(dict(facts))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(place) for place in first["loc"])
        raise Invalid(part=kind.value, field=field, mend=first["msg"]) from error


def parts_of(opportunity: Opportunity) -> dict[tuple[PartKind, int], Part]:
    """Return all parts of an opportunity by kind and number, its head among them."""
    found: dict[tuple[PartKind, int], Part] = {(PartKind.HEAD, 0): opportunity.head}
    for kind in TYPES:
        if kind is not PartKind.HEAD:
            held: Mapping[int, Part] = getattr(opportunity, kind.field)
            found |= {(kind, number): part for number, part in held.items()}
    return found


def assembled(opportunity_id: int, parts: Mapping[tuple[PartKind, int], Part]) -> Opportunity:
    """Return the opportunity that is made of these parts, each kind by number."""
    head = parts[PartKind.HEAD, 0]
    assert isinstance(head, Head)
    held: dict[str, dict[int, Any]] = {}
    for (kind, number), part in sorted(parts.items()):
        if kind is not PartKind.HEAD:
            held.setdefault(kind.field, {})[number] = part
    return Opportunity(id=opportunity_id, head=head, **held)


@cache
def _adapter(kind: PartKind) -> TypeAdapter[Part]:
    return TypeAdapter(TYPES[kind])
