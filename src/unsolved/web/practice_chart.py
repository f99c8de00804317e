"""Trust and patience of a talk, turn by turn, as the lines of a picture."""

from dataclasses import dataclass

from unsolved.conversations.practice import Debrief

WIDE, HIGH = 640, 180
LEFT, RIGHT, TOP, BOTTOM = 34, 104, 10, 24
MOST_TICKS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One line, where it ends, and what it ends at."""

    name: str
    points: str
    x: float
    y: float
    last: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture: its lines, its turns, and the turn in which the talk turned."""

    width: int
    height: int
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, int], ...]
    levels: tuple[tuple[float, int], ...]
    turned: tuple[float, float, int] | None
    told: str


def chart(found: Debrief) -> Chart:
    """Return the picture of a talk that was looked back upon."""
    turns = len(found.trust) - 1
    step = max(1, -(-turns // MOST_TICKS))
    trust = _line("trust", found.trust)
    patience = _line("patience", found.patience)
    # Two names at one height would cover each other.
    close = 14
    if abs(trust.y - patience.y) < close:
        above, below = sorted((trust, patience), key=lambda one: one.y)
        below = Line(below.name, below.points, below.x, above.y + close, below.last)
        trust, patience = (above, below) if above.name == "trust" else (below, above)
    turned = None
    if found.turned:
        at = found.turned.turn
        turned = (_x(at, turns), _y(found.trust[at]), at)
    return Chart(
        width=WIDE,
        height=HIGH,
        lines=(trust, patience),
        ticks=tuple((_x(turn, turns), turn) for turn in range(0, turns + 1, step)),
        levels=tuple((_y(level), level) for level in (0, 50, 100)),
        turned=turned,
        told=f"Trust went from {found.trust[0]} to {found.trust[-1]}, patience from "
        f"{found.patience[0]} to {found.patience[-1]}, in {turns} turns.",
    )


def _line(name: str, values: tuple[int, ...]) -> Line:
    turns = len(values) - 1
    places = [(_x(turn, turns), _y(value)) for turn, value in enumerate(values)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return Line(name, points, *places[-1], values[-1])


def _x(turn: int, turns: int) -> float:
    return round(LEFT + (WIDE - LEFT - RIGHT) * turn / max(turns, 1), 1)


def _y(value: int) -> float:
    return round(TOP + (HIGH - TOP - BOTTOM) * (100 - value) / 100, 1)
