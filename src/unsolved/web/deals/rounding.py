"""Figures are rounded so that what stands on a page adds up as it stands there."""

from collections.abc import Sequence
from dataclasses import replace
from math import floor, log10

from unsolved.deals.model import Reason

FIGURES = 4
HUNDREDTH = 0.01
LARGE = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))


def adding_up(
    reasons: Sequence[Reason], total: float, step: float = HUNDREDTH
) -> tuple[Reason, ...]:
    """Return reasons with weights in whole steps, which add up to the total in whole steps.

    Each is rounded up or down by the method of largest remainders.
    """
    steps = [floor(one.weight / step) for one in reasons]
    left = round(total / step) - sum(steps)
    by_remainder = sorted(range(len(steps)), key=lambda n: steps[n] - reasons[n].weight / step)
    for number in by_remainder[: max(left, 0)]:
        steps[number] += 1
    return tuple(
        replace(one, weight=count * step) for one, count in zip(reasons, steps, strict=True)
    )


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
