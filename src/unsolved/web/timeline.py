"""Where the marks of a timeline stand: from problem to attempt to outcome, by date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from unsolved.evidence import Evidence, Facet
from unsolved.web.words import chief

LANES = {
    "Problem": {Facet.GOAL, Facet.PROBLEM, Facet.CAUSE, Facet.CONSEQUENCE, Facet.URGENCY},
    "Attempt": {Facet.ATTEMPT},
    "Outcome": {Facet.FAILURE, Facet.RESOLVED},
}
MARK = 18
"""The width and height of a mark, with the room around it."""

TALLEST = 6
"""The most marks on top of each other; the others are counted."""

LABEL = 62
"""The width of a tick's label."""

MARGIN = 22


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence at its date, or, without one, the number of sentences that found no room."""

    x: float
    y: float
    evidence: Evidence | None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """A stripe of the timeline; ``y`` is where its marks stand."""

    name: str
    top: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that is drawn, in units that are pixels when shown at full width."""

    width: int
    height: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    undated: int


def timeline(evidence: Sequence[Evidence], width: int) -> Timeline | None:
    """Return where everything stands, or None when nothing has a date."""
    days = [known.said_on for known in evidence if known.said_on]
    if not days:
        return None
    axis = _Axis(min(days), max(days), width)
    columns = _columns(evidence, axis)
    lanes: list[Lane] = []
    top = 0.0
    for name in LANES:
        tallest = max((len(c) for (lane, _), c in columns.items() if lane == name), default=1)
        y = top + min(tallest, TALLEST) * MARK + 22
        lanes.append(Lane(name, top, y))
        top = y + 8
    marks = [
        mark
        for lane in lanes
        for (name, x), column in columns.items()
        if name == lane.name
        for mark in _stack(x, lane.y, column)
    ]
    undated = len(evidence) - len(days)
    return Timeline(width, top + 24, tuple(lanes), _ticks(axis), tuple(marks), undated)


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date
    width: int

    def x(self, day: date) -> float:
        span = (self.last - self.first).days
        room = self.width - 2 * MARGIN
        return MARGIN + (room * (day - self.first).days / span if span else room / 2)


def _columns(
    evidence: Iterable[Evidence], axis: _Axis
) -> dict[tuple[str, float], list[Evidence]]:
    """Put sentences of about the same date in one lane on top of each other."""
    columns: dict[tuple[str, float], list[Evidence]] = {}
    for known in evidence:
        if known.said_on:
            lane = next(name for name, facets in LANES.items() if chief(known) in facets)
            x = round(axis.x(known.said_on) / MARK) * MARK
            columns.setdefault((lane, min(x, axis.width - MARGIN / 2)), []).append(known)
    return columns


def _stack(x: float, y: float, column: Sequence[Evidence]) -> list[Mark]:
    shown = column if len(column) <= TALLEST else column[: TALLEST - 1]
    marks = [Mark(x, y - (at + 0.5) * MARK, known) for at, known in enumerate(shown)]
    left = len(column) - len(shown)
    return [*marks, Mark(x, y - (len(shown) + 0.5) * MARK, None, left)] if left else marks


def _ticks(axis: _Axis) -> tuple[Tick, ...]:
    """Return the dates on the axis: as many as fit, each at the beginning of a month."""
    first = axis.first.year * 12 + axis.first.month - 1
    last = axis.last.year * 12 + axis.last.month - 1
    if first == last:
        return (Tick(axis.x(axis.first), f"{axis.first:%b %Y}"),)
    most = max((axis.width - 2 * MARGIN) // LABEL, 2)
    steps = (1, 3, 6, 12, 24, 60, 120, 240, 600)
    step = next((s for s in steps if (last - first) // s + 1 <= most), steps[-1])
    months = range(-(-first // step) * step, last + 1, step)
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    form = "%Y" if step % 12 == 0 else "%b %Y"
    return tuple(Tick(max(axis.x(d), MARGIN), f"{d:{form}}") for d in days if d >= axis.first)
