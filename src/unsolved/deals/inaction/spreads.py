"""A quantity as low, likely and high: the tenth, the fiftieth and the ninetieth percentile.

People say a range of ten per cent at either end better than a least and a most, which nobody
has seen (hence no PERT, which needs both); and a middle with as much above as below better
than a mode. A curve is laid exactly through the three: two halves of a normal distribution
that meet in the median, each as wide as its side asks for. It is laid through the logarithms
where the quantity cannot be negative, and through the log-odds of shares. Where the sides are
equal it is the normal, or the log-normal, itself. The density then has a step at the median,
which no figure shows; the three-term metalog (Keelin, "The Metalog Distributions", Decision
Analysis 13, 2016) has none, but cannot go through every three numbers, and its positive form
has no mean where high is some nine times likely.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite, log, log1p

import numpy as np
from numpy.typing import NDArray

from unsolved.deals.model import CostInput
from unsolved.errors import Invalid
from unsolved.problems.unit_words import unit_of

Floats = NDArray[np.float64]

TENTH = 1.2815515655446004
"""How many standard deviations a tenth lies from the middle of a normal distribution."""

AWAY = 3.0
"""A symmetric range is normal where zero is so many standard deviations away (1 in 740)."""

EQUAL = 1e-9
MOST = 1e15


class Scale(StrEnum):
    """On what the curve is normal."""

    PLAIN = "plain"
    LOG = "log"
    LOGIT = "logit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A distribution: its median and both standard deviations on its scale, and its bounds.

    The two differ where the range is lopsided. Draws beyond the bounds are laid on them.
    """

    middle: float
    below: float
    above: float
    scale: Scale = Scale.PLAIN
    least: float = -inf
    most: float = inf

    def at(self, z: Floats) -> Floats:
        """Return the values that lie as far up as ``z`` does in a standard normal one."""
        x = self.middle + z * np.where(z < 0, self.below, self.above)
        if self.scale is Scale.LOG:
            x = np.exp(x)
        elif self.scale is Scale.LOGIT:
            x = 1 / (1 + np.exp(-x))
        return np.clip(x, self.least, self.most)

    @property
    def is_fixed(self) -> bool:
        """Whether it is one value and no range."""
        return self.below == 0 == self.above


def constant(value: float) -> Spread:
    """Return a quantity that is known."""
    return Spread(middle=value, below=0, above=0)


def normal(mean: float, sd: float) -> Spread:
    """Return a normal distribution."""
    return Spread(middle=mean, below=sd, above=sd)


def lognormal(median: float, gsd: float) -> Spread:
    """Return a log-normal distribution by its median and its geometric standard deviation.

    Raises:
        Invalid: the median is not above 0, or the deviation is under 1.
    """
    if not (median > 0 and gsd >= 1):
        why = f"a log-normal has no median of {median:g} and deviation of {gsd:g}"
        raise Invalid(why=why, mend="Give a median above 0 and a deviation of 1 or more.")
    return Spread(middle=log(median), below=log(gsd), above=log(gsd), scale=Scale.LOG)


def spread_of(given: CostInput, *, divides: bool = False) -> Spread:
    """Return the distribution of an input, in its own unit; a percentage as a share of 1.

    ``divides`` says that the formula divides by it: it is then kept away from zero.

    Raises:
        Invalid: it is no range, or a share outside 0 to 100 %; facts ``why`` and ``mend``.
    """
    low, likely, high = given.low, given.likely, given.high
    _check(given)
    least, most = (0.0, inf) if low >= 0 else (-inf, inf)
    if is_share(given):
        low, likely, high, most = low / 100, likely / 100, high / 100, 1.0
    if divides and low <= 0 <= high:
        why = f"`{given.name}` may be 0, and the formula divides by it"
        raise Invalid(input=given.name, why=why, mend="Give it a low above 0.")
    if low == high:
        return constant(likely)
    scale = _scale((low, likely, high), (least, most), divides=divides)
    a, b, c = (_on(scale, x) for x in (low, likely, high))
    return Spread(
        middle=b,
        below=(b - a) / TENTH,
        above=(c - b) / TENTH,
        scale=scale,
        least=least if scale is Scale.PLAIN else -inf,
        most=most if scale is Scale.PLAIN else inf,
    )


def is_share(given: CostInput) -> bool:
    """Return whether an input is given in per cent, and so lies between 0 and 100."""
    return unit_of(given.unit) == ({}, 0.01)


def _check(given: CostInput) -> None:
    low, likely, high = given.low, given.likely, given.high
    said = f"`{given.name}` is {low:g}, {likely:g}, {high:g}"
    if not all(isfinite(x) and abs(x) <= MOST for x in (low, likely, high)):
        mend = "Write numbers; use another unit for what is larger than a thousand millions."
        raise Invalid(input=given.name, why=f"{said}: that cannot be counted with", mend=mend)
    if not low <= likely <= high:
        mend = "Put the least first and the most last."
        raise Invalid(input=given.name, why=f"{said}, which does not rise", mend=mend)
    if is_share(given) and not 0 <= low <= high <= 100:  # noqa: PLR2004 - per cent
        why = f"{said}: a share of {low:g} to {high:g} % does not exist"
        mend = "Stay between 0 and 100 %, or give a factor the unit 1."
        raise Invalid(input=given.name, why=why, mend=mend)


def _scale(
    three: tuple[float, float, float], bounds: tuple[float, float], *, divides: bool
) -> Scale:
    """Return on which scale the curve is laid through three values."""
    (low, likely, high), (least, most) = three, bounds
    even = abs((high - likely) - (likely - low)) <= EQUAL * (high - low)
    sd = (high - low) / 2 / TENTH
    if even and not divides and min(likely - least, most - likely) >= AWAY * sd:
        return Scale.PLAIN
    if not low > least or least < 0:
        return Scale.PLAIN
    if most == 1:
        return Scale.LOGIT if high < most else Scale.PLAIN
    return Scale.LOG


def _on(scale: Scale, x: float) -> float:
    if scale is Scale.LOG:
        return log(x)
    return log(x) - log1p(-x) if scale is Scale.LOGIT else x
