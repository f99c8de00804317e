"""What is typed on the page of cost: a figure of the buyer's, or another formula.

Either is tried before it is kept. What would break a count that stands is refused, in the
words in which the room says why; a count that is broken already may be mended bit by bit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from starlette.datastructures import FormData

from unsolved.deals import inaction
from unsolved.deals.inaction import Counted, Slip
from unsolved.deals.model import Basis, CostChoice, CostInput, Opportunity
from unsolved.deals.parts import PartKind
from unsolved.errors import Invalid
from unsolved.problems import CostQuantity, Problem
from unsolved.problems.unit_words import ANY, is_money
from unsolved.web.deals import forms

FORMULA = "formula"
"""What the formula is called where a slip is about it."""


def said_by_buyer(form: FormData, before: CostInput | None) -> CostInput:
    """Return the figure that the buyer gave, as a form tells of it.

    Raises:
        Invalid: a number cannot be read; ``field`` says which.
    """
    one = forms.heard(PartKind.INPUT, form, before)
    assert isinstance(one, CostInput)
    return replace(one, ground=replace(one.ground, basis=Basis.BUYER))


def chosen(form: FormData, before: CostChoice) -> CostChoice:
    """Return how it is to be counted, as a form tells of it.

    Raises:
        Invalid: a field cannot be read, or makes no sense; ``field`` says which.
    """
    one = forms.heard(PartKind.CHOICE, form, before)
    assert isinstance(one, CostChoice)
    if not is_money(one.currency) or one.currency == ANY:
        mend = f"{one.currency[:40]!r} is no currency; write three letters, as EUR"
        raise Invalid(field="currency", mend=mend)
    if one.weak_under < 0:
        raise Invalid(field="weak_under", mend="it is not under nothing")
    return one


def refuse_breaking(
    before: Opportunity, after: Opportunity, problem: Problem | None, about: str
) -> None:
    """Refuse a change of a figure, or of the formula, by which the cost no longer adds up.

    ``about`` is the name of the figure, or ``formula``. Where the cost could not be counted
    before, only what is wrong with this one thing is refused.

    Raises:
        Invalid: it does not come to money a year; facts ``why`` and ``mend``.
    """
    stands = not inaction.cost_of(before, problem).formula or not slips_of(before, problem)
    for slip in slips_of(after, problem):
        if stands or slip.about == about:
            place = {"place": f"column {slip.column}"} if slip.column else {}
            raise Invalid(why=slip.why, **place, mend=slip.mend.rstrip("."))


def slips_of(opportunity: Opportunity, problem: Problem | None) -> tuple[Slip, ...]:
    """Return what is wrong with a cost, told even while some figures are missing."""
    counted = inaction.cost_of(opportunity, problem)
    if counted.slips or not counted.missing:
        return counted.slips
    return _as_if_there(counted, opportunity, problem).slips


def _as_if_there(
    counted: Counted, opportunity: Opportunity, problem: Problem | None
) -> Counted:
    """Count with a one for each missing figure whose unit is known: its unit can be tried."""
    if any(not one.unit for one in counted.missing):
        return counted
    free = max(opportunity.inputs, default=0) + 1
    ones = dict(enumerate(_ones(counted.missing), free))
    filled = replace(opportunity, inputs={**opportunity.inputs, **ones})
    return inaction.cost_of(filled, problem)


def _ones(missing: Iterable[CostQuantity]) -> Iterator[CostInput]:
    for one in missing:
        yield CostInput(name=one.name, low=1, likely=1, high=1, unit=one.unit)
