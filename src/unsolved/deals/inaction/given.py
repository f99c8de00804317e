"""Which formula is counted with, and which figures go into it: the buyer's before ours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from unsolved.deals.model import ASSUMED, Basis, CostChoice, CostInput
from unsolved.problems import CostQuantity, Problem
from unsolved.problems.unit_words import ANY, is_near, unit_of

VERSION = 1
"""Counted up when the same figures would come to another cost."""

BEST = (Basis.BUYER, Basis.RECORD, Basis.EVIDENCE, Basis.NOTED, Basis.ASSUMED)
"""Which of two figures for one quantity is taken: the one that rests on more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The figures of a formula by their names, what has none, and what to say of them."""

    inputs: Mapping[str, CostInput]
    missing: tuple[CostQuantity, ...] = ()
    notes: tuple[str, ...] = ()


def formula_of(choice: CostChoice, problem: Problem | None) -> str:
    """Return the formula that is chosen, or that of the problem; empty if there is none."""
    cost = problem.cost if problem else None
    return choice.formula.strip() or (cost.formula if cost else "")


def key_of(inputs: Mapping[int, CostInput], choice: CostChoice, problem: Problem | None) -> str:
    """Return what is the same exactly when the cost is: a key to keep a cost under.

    The numbers and the order of the inputs play no part.
    """
    cost = problem.cost if problem else None
    told, twice = _told(inputs)
    figures = sorted(repr(one) for one in told.values())
    ground = (VERSION, figures, twice, formula_of(choice, problem), choice.currency, cost)
    return sha256(repr(ground).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def given(
    names: Iterable[str],
    inputs: Mapping[int, CostInput],
    problem: Problem | None,
    currency: str,
) -> Given:
    """Return the figure of each name: what was said of it, else what the library assumes."""
    names = tuple(names)
    told, twice = _told(inputs)
    known = {one.name: one for one in problem.cost.inputs} if problem and problem.cost else {}
    found: dict[str, CostInput] = {}
    missing: list[CostQuantity] = []
    for name in names:
        quantity = known.get(name, CostQuantity(name=name, what="", unit=""))
        one = told.get(name) or _assumed(quantity, currency)
        if one is None:
            missing.append(quantity)
        else:
            found[name] = replace(one, what=one.what or quantity.what)
    notes = [f"`{name}` has more than one figure; the best grounded counts" for name in twice]
    notes += [f"`{name}` is not in the formula" for name in sorted(set(told) - set(names))]
    return Given(inputs=found, missing=tuple(missing), notes=tuple(notes))


def _told(inputs: Mapping[int, CostInput]) -> tuple[dict[str, CostInput], list[str]]:
    """Return one figure a name, and the names that have several."""
    by_name: dict[str, list[tuple[int, CostInput]]] = {}
    for number, one in inputs.items():
        by_name.setdefault(one.name, []).append((number, one))
    best = {name: min(found, key=_rank)[1] for name, found in by_name.items()}
    return best, sorted(name for name, found in by_name.items() if len(found) > 1)


def _rank(numbered: tuple[int, CostInput]) -> tuple[int, int]:
    number, one = numbered
    return BEST.index(one.ground.basis), -number


def _assumed(quantity: CostQuantity, currency: str) -> CostInput | None:
    """Return what the library assumes, unless it is in money of quite another size."""
    low, likely, high = quantity.low, quantity.likely, quantity.high
    if low is None or likely is None or high is None:
        return None
    if ANY in unit_of(quantity.unit)[0] and not is_near(currency):
        return None
    return CostInput(
        name=quantity.name,
        low=low,
        likely=likely,
        high=high,
        unit=quantity.unit,
        what=quantity.what,
        ground=ASSUMED,
    )
