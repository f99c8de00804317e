"""Tens of thousands of years in which nothing changes: their quantiles, and what moves them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import TypeAlias

import numpy as np

from unsolved.deals.inaction.counted import Together
from unsolved.deals.inaction.draws import DRAWS, draws_of
from unsolved.deals.inaction.spreads import TENTH, Floats, Spread
from unsolved.deals.inaction.sums import addends, value
from unsolved.deals.model import Swing
from unsolved.errors import Invalid
from unsolved.problems.formula import Node, divisors, names, told

Part: TypeAlias = tuple[int, Node, Floats]
"""An addend: its sign, what it is, and its draws with their sign."""

STEPS = 20
"""How many equally likely costs are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What was drawn: quantiles with their errors, the mean of each addend, and swings.

    ``errors`` are the standard errors that plain draws would have; stratified ones have
    smaller.
    """

    p10: float
    p50: float
    p90: float
    errors: tuple[float, float, float]
    quantiles: tuple[float, ...]
    addends: tuple[tuple[int, Node, float], ...]
    swings: tuple[Swing, ...]
    draws: int


def simulate(
    tree: Node,
    spreads: Mapping[str, Spread],
    factors: Mapping[str, float] | None = None,
    *,
    together: Sequence[Together] = (),
    draws: int = DRAWS,
) -> Simulated:
    """Return what a formula comes to when its inputs are drawn from their distributions.

    ``factors`` multiply the inputs, 1 where none is given. Deterministic: the same names and
    distributions give the same draws.

    Raises:
        Invalid: it divides by what may be zero, or comes to more than can be counted.
    """
    scale = {name: (factors or {}).get(name, 1.0) for name in spreads}
    with np.errstate(all="ignore"):  # what is not finite is refused below
        loose = [name for name, spread in spreads.items() if not spread.is_fixed]
        drawn = draws_of(loose, together, draws)
        zero = np.zeros(1)
        values = {n: scale[n] * s.at(drawn.get(n, zero)) for n, s in spreads.items()}
        _divisible(tree, values)
        parts = [(sign, part, _signed(sign, part, values)) for sign, part in addends(tree)]
        total = np.broadcast_to(sum((v for *_, v in parts), start=np.zeros(1)), draws)
        means = [(sign, part, float(np.mean(v))) for sign, part, v in parts]
        if not np.isfinite(total).all() or not np.isfinite([m for *_, m in means]).all():
            mend = "Bring low and high nearer together, or use larger units."
            raise Invalid(why="the figures come to more than can be counted", mend=mend)
        ends = {n: scale[n] * spreads[n].at(np.array([-TENTH, TENTH])) for n in loose}
        swings = [_swing(parts, values, name, ends[name]) for name in loose]
    return _told(np.sort(total), means, swings)


def _told(
    total: Floats, means: Sequence[tuple[int, Node, float]], swings: Sequence[Swing]
) -> Simulated:
    steps = [(step + 0.5) / STEPS for step in range(STEPS)]
    p10, p50, p90 = (quantile(total, p) for p in (0.1, 0.5, 0.9))
    return Simulated(
        p10=p10,
        p50=p50,
        p90=p90,
        errors=(_error(total, 0.1), _error(total, 0.5), _error(total, 0.9)),
        quantiles=tuple(quantile(total, p) for p in steps),
        addends=tuple(means),
        swings=tuple(sorted(swings, key=lambda one: (-one.width, one.name))),
        draws=len(total),
    )


def quantile(ordered: Floats, p: float) -> float:
    """Return what a share ``p`` of ordered draws lies below, between two of them if need be."""
    at = p * (len(ordered) - 1)
    low = floor(at)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (ordered[high] - ordered[low]) * (at - low))


def _error(ordered: Floats, p: float) -> float:
    """Return the standard error of a quantile of plain draws, from the draws around it.

    How many draws lie below the true quantile is binomial; the draws one deviation to either
    side are two standard errors apart (David and Nagaraja, "Order Statistics", 2003, 7.1).
    """
    count = len(ordered)
    reach = sqrt(count * p * (1 - p))
    low, high = max(floor(count * p - reach), 0), min(ceil(count * p + reach), count - 1)
    return float(ordered[high] - ordered[low]) / 2


def _divisible(tree: Node, values: Mapping[str, Floats]) -> None:
    for divisor in divisors(tree):
        found = value(divisor, values)
        if found.min() <= 0 <= found.max():
            why = f"`{told(divisor)}` may be 0, and the formula divides by it"
            raise Invalid(why=why, mend="Change the ranges, or the formula.")


def _swing(
    parts: Sequence[Part], values: Mapping[str, Floats], name: str, ends: Floats
) -> Swing:
    """Return the P50 with one input held at its low and its high, all others as drawn."""
    own = [(sign, part) for sign, part, _ in parts if name in names(part)]
    rest = sum((v for _, part, v in parts if name not in names(part)), start=np.zeros(1))
    low, high = (
        _median(sum((_signed(*one, {**values, name: end}) for one in own), start=rest))
        for end in ends
    )
    return Swing(name=name, at_low=low, at_high=high)


def _signed(sign: int, part: Node, values: Mapping[str, Floats]) -> Floats:
    found = value(part, values)
    return found if sign > 0 else -found


def _median(drawn: Floats) -> float:
    """Return the P50 as `quantile` does, without putting all draws in order."""
    if drawn.size == 1:
        return float(drawn.item())
    half = drawn.size // 2
    return float(
        np.partition(drawn, (half - 1, half))[half - 1 + drawn.size % 2 : half + 1].mean()
    )
