"""Whether a part makes sense beside the others of its opportunity."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from math import isfinite
from typing import Any

from unsolved.deals.model import (
    Alternative,
    Attempt,
    CostInput,
    Ground,
    Head,
    Opportunity,
    Outcome,
    Risk,
    RiskState,
    Stage,
    Stakeholder,
    Step,
    Tie,
)
from unsolved.deals.parts import Part, kind_of, parts_of
from unsolved.deals.stages import EARLY, is_early
from unsolved.errors import Conflict, Invalid

LONGEST = 10_000
"""Characters of a text in a part."""

MOST_MONEY = 1e15
MOST_PARTS = 2_000

Faults = Iterator[tuple[str, str]]
"""Fields that are wrong, each with what would be right."""


def check(opportunity: Opportunity) -> None:
    """Refuse an opportunity in which a part makes no sense, or not beside the others.

    Raises:
        Invalid: a part is wrong; ``field`` says where, ``mend`` what would be right.
        Conflict: a demo or a proposal comes before the problem is agreed, without a reason.
    """
    parts = parts_of(opportunity)
    if len(parts) > MOST_PARTS:
        raise Invalid(parts=len(parts), mend=f"an opportunity has at most {MOST_PARTS} parts")
    for part in parts.values():
        for field, mend in _faults(part, opportunity):
            raise Invalid(part=kind_of(part).value, field=field, mend=mend)


def check_order(opportunity: Opportunity, steps: Iterable[Step]) -> None:
    """Refuse steps that come before the problem is agreed, unless they say why.

    Raises:
        Conflict: a demo or a proposal is planned too early, and ``overruled`` is empty.
    """
    for step in steps:
        if is_early(opportunity, step) and not step.overruled.strip():
            early = " or ".join(kind.value for kind in EARLY)
            raise Conflict(
                step=step.kind.value,
                mend=f"no {early} before the buyer agreed what the problem is; "
                "note that they did, or say why it is planned all the same",
            )


def _faults(part: Part, opportunity: Opportunity) -> Faults:
    yield from _plain(part)
    look = _LOOKS.get(type(part))
    if look is not None:
        yield from look(part, opportunity)


def _stakeholder(one: Stakeholder, opportunity: Opportunity) -> Faults:
    yield from _named(one.name, "name")
    if one.attempt is not None and one.attempt not in opportunity.attempts:
        yield "attempt", "there is no attempt of that number"


def _attempt(one: Attempt, opportunity: Opportunity) -> Faults:
    yield from _named(one.what, "what")
    if set(one.defended_by) - set(opportunity.stakeholders):
        yield "defended_by", "it names somebody who is not on the map"


def _alternative(one: Alternative, _: Opportunity) -> Faults:
    for field in ("solves", "leaning"):
        share = getattr(one, field)
        if share is not None and not 0 <= share <= 1:
            yield field, "a share is from 0 to 1"


def _input(one: CostInput, _: Opportunity) -> Faults:
    yield from _named(one.name, "name")
    if not one.low <= one.likely <= one.high:
        yield "likely", "it lies between low and high"


def _risk(one: Risk, _: Opportunity) -> Faults:
    yield from _named(one.text, "text")
    if one.state is RiskState.PROVEN and not one.proof.strip():
        yield "proof", "a risk is proven by something: say what shows it"


def _step(one: Step, opportunity: Opportunity) -> Faults:
    if one.amount is not None and not 0 <= one.amount <= MOST_MONEY:
        yield "amount", "a fee is not under nothing, and no more than anybody has"
    if set(one.with_whom) - set(opportunity.stakeholders):
        yield "with_whom", "it names somebody who is not on the map"


def _head(head: Head, _: Opportunity) -> Faults:
    yield from _named(head.name, "name")
    if (head.stage is Stage.DECIDED) != (head.outcome is not None):
        yield "outcome", "a deal has an outcome exactly when it is decided"
    if head.cause is not None and head.outcome is not Outcome.NO_DECISION:
        yield "cause", "only where there was no decision there is a cause of that"
    if len(head.currency) != 3 or not head.currency.isalpha():  # noqa: PLR2004 - ISO 4217
        yield "currency", "a currency has three letters, as EUR"
    for field in ("worth", "hours_left", "hour_costs"):
        amount = getattr(head, field)
        if amount is not None and not 0 <= amount <= MOST_MONEY:
            yield field, "it is not under nothing, and no more than anybody has"


def _tie(tie: Tie, opportunity: Opportunity) -> Faults:
    for field in ("of", "to"):
        if getattr(tie, field) not in opportunity.stakeholders:
            yield field, "there is nobody of that number on the map"
    if tie.of == tie.to:
        yield "to", "nobody sways themselves"


def _named(text: str, field: str) -> Faults:
    if not text.strip():
        yield field, "it must not be empty"


def _plain(part: Part) -> Faults:
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, float) and not isfinite(value):
            yield field.name, "it is no number"
        if isinstance(value, str) and (len(value) > LONGEST or "\0" in value):
            yield field.name, f"a text has at most {LONGEST} characters, none of them empty"
        if isinstance(value, Ground) and len(value.quote) > LONGEST:
            yield f"{field.name}.quote", f"a quote has at most {LONGEST} characters"


# A part is looked at by what knows its type, which a table of functions cannot say.
_LOOKS: Mapping[type[Part], Callable[[Any, Opportunity], Faults]] = {
    Head: _head,
    Stakeholder: _stakeholder,
    Tie: _tie,
    Attempt: _attempt,
    Alternative: _alternative,
    CostInput: _input,
    Risk: _risk,
    Step: _step,
}
