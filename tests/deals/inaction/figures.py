"""Opportunities with figures, as short as the tests that need them."""

from collections.abc import Sequence
from datetime import date

from unsolved.deals.model import (
    Basis,
    CostChoice,
    CostInput,
    Ground,
    Head,
    Opportunity,
    Stakeholder,
)
from unsolved.problems import CostModel, CostQuantity, Problem

DAY = date(2026, 3, 4)
SAID = Ground(basis=Basis.BUYER, quote="about forty a week", by="A. Weber", on=DAY)


def figure(
    name: str, low: float, likely: float, high: float, unit: str = "EUR / year"
) -> CostInput:
    return CostInput(name=name, low=low, likely=likely, high=high, unit=unit)


def ranged(name: str, three: Sequence[float], unit: str = "EUR / year") -> CostInput:
    low, likely, high = three
    return figure(name, low, likely, high, unit)


def opportunity(
    formula: str = "",
    *inputs: CostInput,
    currency: str = "EUR",
    worth: float | None = 100_000,
    weak_under: float = 1.0,
    people: Sequence[Stakeholder] = (),
) -> Opportunity:
    choice = CostChoice(formula=formula, currency=currency, weak_under=weak_under)
    return Opportunity(
        id=1,
        head=Head(name="x", organisation_id=1, opened_on=DAY, staged_on=DAY, worth=worth),
        inputs=dict(enumerate(inputs, start=1)),
        choices={1: choice},
        stakeholders=dict(enumerate(people, start=1)),
    )


def problem(formula: str, *quantities: CostQuantity) -> Problem:
    return Problem(
        id="late",
        title="Late",
        statement="Late.",
        symptoms=("late",),
        cost=CostModel(formula, quantities),
    )
