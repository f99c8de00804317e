"""The quantities of a cost as a page shows them: figure, ground, question, reach."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor, log10

from unsolved.deals.inaction import Counted, Slip
from unsolved.deals.inaction.wording import in_words, unit_in_words
from unsolved.deals.model import Basis, CostInput, Opportunity, Reason, Swing
from unsolved.errors import Invalid
from unsolved.problems import CostQuantity, Problem
from unsolved.web.words import in_steps

FIGURES = 4
LARGE = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One quantity: its figure with its ground, how to ask for it, and how far it moves P50.

    ``number`` is that of the part which tells the figure, None where it is the library's
    assumption. ``slips`` are what is wrong with it.
    """

    number: int | None
    given: CostInput
    unit: str
    question: str
    swing: Swing | None = None
    slips: tuple[Slip, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether we assume the figure: nobody gave it."""
        return self.given.ground.basis is Basis.ASSUMED

    @property
    def called(self) -> str:
        """What the quantity is, else its name."""
        return self.given.what or self.given.name


def rows_of(
    counted: Counted, opportunity: Opportunity, problem: Problem | None
) -> tuple[Row, ...]:
    """Return the quantities that are counted with, in the order of the formula."""
    known = _known(problem)
    swings = {one.name: one for one in counted.cost.swings} if counted.cost else {}
    return tuple(
        Row(
            number=_number(one, opportunity),
            given=one,
            unit=unit_in_words(one.unit, counted.currency),
            question=asked(known.get(one.name), one.what or one.name),
            swing=swings.get(one.name),
            slips=tuple(slip for slip in counted.slips if slip.about == one.name),
        )
        for one in counted.inputs
    )


def asked(quantity: CostQuantity | None, called: str) -> str:
    """Return how to ask for a quantity: as the library does, else plainly."""
    if quantity is not None and quantity.question:
        return quantity.question
    return f"Which figure do you have for this: {called}?"


def to_ask(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return what is assumed, that which moves the cost most first."""
    ours = [row for row in rows if row.is_ours]
    return tuple(sorted(ours, key=lambda row: -row.swing.width if row.swing else 0.0))


def beside(
    rows: tuple[Row, ...], opportunity: Opportunity
) -> tuple[tuple[int, CostInput], ...]:
    """Return the figures that are not counted with, by their numbers."""
    used = {row.number for row in rows}
    return tuple((n, one) for n, one in sorted(opportunity.inputs.items()) if n not in used)


def parts_of(counted: Counted) -> tuple[tuple[Reason, ...], float, float]:
    """Return the addends in words, their sum, and the step to which all are rounded.

    They add up as they stand there.
    """
    cost = counted.cost
    if cost is None:
        return (), 0.0, 1.0
    means = [part.weight for part in cost.shares]
    step = step_of([cost.mean, *means])
    steps = in_steps([mean / step for mean in means], cost.mean / step, 1)
    told = tuple(
        replace(part, text=worded(part.text, counted), weight=count * step)
        for part, count in zip(cost.shares, steps, strict=True)
    )
    return told, round(cost.mean / step) * step, step


def worded(formula: str, counted: Counted) -> str:
    """Return a formula in words, or as it is written where it cannot be read."""
    unknown = [
        CostInput(name=one.name, what=one.what, low=0, likely=0, high=0)
        for one in counted.missing
    ]
    try:
        return in_words(formula, [*counted.inputs, *unknown])
    except Invalid:
        return formula


def step_of(values: Sequence[float]) -> float:
    """Return the step in which the largest of some sums has four figures.

    >>> step_of([379_712.0, 82_510.0]), step_of([0.0])
    (100.0, 1.0)
    """
    largest = max(map(abs, values), default=0.0)
    return 10.0 ** (floor(log10(largest)) - FIGURES + 1) if largest else 1.0


def short(value: float) -> str:
    """Return a sum as it fits beside a bar.

    >>> short(310_400), short(-1_230_000), short(999_900), short(48.2), short(0)
    ('310k', '-1.23m', '1m', '48.2', '0')
    """
    rounded = float(f"{value:.3g}")
    for size, letters in LARGE:
        if abs(rounded) >= size:
            return f"{rounded / size:.3g}{letters}"
    return f"{rounded:.3g}"


def _known(problem: Problem | None) -> dict[str, CostQuantity]:
    model = problem.cost if problem else None
    return {one.name: one for one in model.inputs} if model else {}


def _number(given: CostInput, opportunity: Opportunity) -> int | None:
    """Return the number of the part that tells a figure; the last of those that are equal."""
    return max(_alike(given, opportunity), default=None)


def _alike(given: CostInput, opportunity: Opportunity) -> Iterator[int]:
    for number, one in opportunity.inputs.items():
        if replace(one, what=given.what) == given:
            yield number
