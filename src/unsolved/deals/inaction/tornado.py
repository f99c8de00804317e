"""The cost of inaction as pictures: what moves it most, and twenty equally likely costs.

Plain values for a template to draw. Each dot of the second picture is one chance in twenty;
people judge such dots better than curves (Kay, Kola, Hullman and Munson, "When (ish) is My
Bus?", CHI 2016).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log10

from unsolved.deals.model import Cost, CostInput, Ground

WIDE = 720
ROW = 30
LABEL = 200
"""How much of the width is left for the names of inputs."""

FIGURE = 64
"""The room for a figure at either end of the widest bar."""

MOST_BARS, MOST_TICKS = 12, 5
BINS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One input: where its bar lies, and the cost at its low and at its high.

    ``low_is_left`` is whether the cost is smaller at the low. ``ground`` says who said it.
    """

    name: str
    what: str
    x: float
    y: float
    width: float
    height: float
    at_low: float
    at_high: float
    low_is_left: bool
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis, and which cost it stands for."""

    x: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado:
    """A picture of swings, widest first; ``middle`` is where P50 lies.

    ``left_out`` counts inputs that move the cost too little to be drawn.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    middle: float
    width: float
    height: float
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Dot:
    """One of twenty equally likely costs."""

    x: float
    y: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """Twenty equally likely costs over one axis."""

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    size: float
    width: float
    height: float


def tornado_of(cost: Cost, inputs: Iterable[CostInput] = (), width: float = WIDE) -> Tornado:
    """Return where each bar lies in a picture of ``width``; all lengths in its units."""
    known = {one.name: one for one in inputs}
    drawn = cost.swings[:MOST_BARS]
    ends = [cost.p50, *(end for one in drawn for end in (one.at_low, one.at_high))]
    place = _Axis(min(ends), max(ends), LABEL + FIGURE, width - FIGURE)
    bars = []
    for row, one in enumerate(drawn):
        left, right = sorted((place(one.at_low), place(one.at_high)))
        given = known.get(one.name)
        bars.append(
            Bar(
                name=one.name,
                what=given.what if given else "",
                x=left,
                y=row * ROW + ROW * 0.15,
                width=max(right - left, 1.0),
                height=ROW * 0.7,
                at_low=one.at_low,
                at_high=one.at_high,
                low_is_left=one.at_low <= one.at_high,
                ground=given.ground if given else None,
            )
        )
    return Tornado(
        bars=tuple(bars),
        ticks=place.ticks(),
        middle=place(cost.p50),
        width=width,
        height=len(drawn) * ROW + ROW,
        left_out=len(cost.swings) - len(drawn),
    )


def dots(quantiles: Sequence[float], width: float = WIDE) -> Dots:
    """Return where each of equally likely costs lies, those of about the same on one pile."""
    if not quantiles:
        return Dots(dots=(), ticks=(), size=0, width=width, height=0)
    place = _Axis(min(quantiles), max(quantiles), FIGURE, width - FIGURE)
    size = (width - 2 * FIGURE) / (BINS + 1)
    piles: dict[int, list[float]] = {}
    for one in quantiles:
        at = min(floor((place(one) - FIGURE) / size), BINS)
        piles.setdefault(at, []).append(one)
    tallest = max(map(len, piles.values()))
    found = [
        Dot(FIGURE + (at + 0.5) * size, (tallest - number - 0.5) * size, one)
        for at, pile in sorted(piles.items())
        for number, one in enumerate(pile)
    ]
    height = tallest * size + ROW
    return Dots(dots=tuple(found), ticks=place.ticks(), size=size, width=width, height=height)


class _Axis:
    """From costs to places."""

    def __init__(self, least: float, most: float, left: float, right: float) -> None:
        self.least, self.most, self.left, self.right = least, most, left, right

    def __call__(self, cost: float) -> float:
        wide = self.most - self.least
        share = (cost - self.least) / wide if wide else 0.5
        return self.left + share * (self.right - self.left)

    def ticks(self) -> tuple[Tick, ...]:
        """Return round figures along the axis, at most five."""
        wide = self.most - self.least
        if not wide > 0:
            return (Tick(self(self.least), self.least),)
        rough = wide / MOST_TICKS
        unit = 10.0 ** floor(log10(rough))
        step = next(unit * size for size in (1, 2, 5, 10) if unit * size >= rough)
        first = -(-self.least // step)
        count = floor(self.most / step - first)
        return tuple(
            Tick(self((first + n) * step), (first + n) * step) for n in range(int(count) + 1)
        )
