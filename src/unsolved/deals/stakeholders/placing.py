"""Where each person stands on the map: across by stance, downwards by power, none on another.

Columns go from against to for, and those of whom it is not known stand in one of their own;
rows likewise. Whom a cell holds is placed by number, so that a map is the same each time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from unsolved.deals.model import Power, Stakeholder, Stance
from unsolved.deals.stakeholders.drawing import Box, Label, Zone

STANCES = (Stance.AGAINST, Stance.DOUBTS, Stance.NEUTRAL, Stance.FOR, Stance.UNKNOWN)
POWERS = (Power.DECIDES, Power.BLOCKS, Power.SWAYS, Power.NONE, Power.UNKNOWN)
WIDE, NARROW = 1200.0, 358.0
FIGURE = (168.0, 76.0)
"""The width and height of a person's box on the wide map."""

CROWDED = 3
"""People in a cell from which on its column is made twice as wide."""

_LEFT, _TOP, _ROW, _GAP, _PAD = 92.0, 30.0, 64.0, 14.0, 14.0
_LINE, _MARGIN, _HEAD, _BETWEEN = 98.0, 34.0, 24.0, 6.0
_STOP = 18.0
_EMPTY = 0.55

Cell = tuple[Stance, Power]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The places: of people by number, of cells, of what columns and rows are called.

    ``stops`` are where on a narrow map the stance of each is marked.
    """

    width: float
    height: float
    boxes: Mapping[int, Box]
    zones: tuple[Zone, ...]
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    stops: Mapping[int, Box]


def placed_wide(people: Mapping[int, Stakeholder]) -> Placed:
    """Return the places on a map that is about as wide as a page."""
    cells = _cells(people)
    edges = _columns(cells)
    across = [
        max(int((end - start - 4) // (FIGURE[0] + 4)), 1) for start, end in pairwise(edges)
    ]
    lines = _rows(cells, across)
    boxes: dict[int, Box] = {}
    for (stance, power), numbers in cells.items():
        column, row = STANCES.index(stance), POWERS.index(power)
        room = Box(
            x=edges[column],
            y=lines[row],
            width=edges[column + 1] - edges[column],
            height=lines[row + 1] - lines[row],
        )
        boxes |= _spread(numbers, room, across[column])
    return Placed(
        width=WIDE,
        height=lines[-1],
        boxes=boxes,
        zones=_zones(edges, lines),
        columns=_labels(STANCES, edges, y=_TOP / 2),
        rows=tuple(
            Label(text=power_called(power), x=0, y=(top + end) / 2)
            for power, (top, end) in zip(POWERS, pairwise(lines), strict=True)
        ),
        stops={},
    )


def placed_narrow(people: Mapping[int, Stakeholder]) -> Placed:
    """Return the places on a phone: a line a person, by power; the stance is marked on it."""
    room = NARROW - _MARGIN
    edges = [room * at / len(STANCES) for at in range(len(STANCES) + 1)]
    lines, at = [_TOP], _TOP
    boxes: dict[int, Box] = {}
    rows: list[Label] = []
    for power in POWERS:
        rows.append(Label(text=power_called(power), x=0, y=at + _HEAD / 2))
        at += _HEAD
        for number, one in sorted(people.items()):
            if one.power is power:
                boxes[number] = Box(x=1, y=at, width=room - 2, height=_LINE)
                at += _LINE + _BETWEEN
        lines.append(at)
    return Placed(
        width=NARROW,
        height=at,
        boxes=boxes,
        zones=_zones(edges, lines),
        columns=_labels(STANCES, edges, y=_TOP / 2),
        rows=tuple(rows),
        stops={n: _stop(box, edges, people[n].stance) for n, box in boxes.items()},
    )


def power_called(power: Power) -> str:
    """Return what a power is called on the map."""
    return {Power.NONE: "no say", Power.UNKNOWN: "power not known"}.get(power, power.value)


def stance_called(stance: Stance) -> str:
    """Return what a stance is called on the map."""
    return "stance not known" if stance is Stance.UNKNOWN else stance.value


def _cells(people: Mapping[int, Stakeholder]) -> dict[Cell, list[int]]:
    found: dict[Cell, list[int]] = {}
    for number, one in sorted(people.items()):
        found.setdefault((one.stance, one.power), []).append(number)
    return found


def _columns(cells: Mapping[Cell, Sequence[int]]) -> list[float]:
    """Return the edges of the columns: equally wide unless one is crowded.

    A crowded one is twice as wide as the others, and takes room from those that are empty.
    """
    fullest = {
        stance: max(len(cells.get((stance, power), ())) for power in POWERS)
        for stance in STANCES
    }
    most = max(STANCES, key=lambda stance: (fullest[stance], STANCES.index(stance)))
    parts = [1.0] * len(STANCES)
    if fullest[most] >= CROWDED:
        parts = [1.0 if fullest[stance] else _EMPTY for stance in STANCES]
        parts[STANCES.index(most)] = 2.0
    unit = (WIDE - _LEFT) / sum(parts)
    return [_LEFT + unit * at for at in accumulate(parts, initial=0.0)]


def _rows(cells: Mapping[Cell, Sequence[int]], across: Sequence[int]) -> list[float]:
    """Return the edges of the rows, each as high as its fullest cell needs."""
    edges = [_TOP]
    for power in POWERS:
        stacked = (
            -(-len(cells.get((stance, power), ())) // across[column])
            for column, stance in enumerate(STANCES)
        )
        most = max(stacked)
        needs = most * FIGURE[1] + max(most - 1, 0) * _GAP + 2 * _PAD
        edges.append(edges[-1] + max(needs if most else 0.0, _ROW))
    return edges


def _spread(numbers: Sequence[int], room: Box, across: int) -> dict[int, Box]:
    """Place people in a cell, some in a line, in the middle of its width and height."""
    lines = [numbers[at : at + across] for at in range(0, len(numbers), across)]
    wide, high = FIGURE
    used = len(lines) * high + (len(lines) - 1) * _GAP
    top = room.y + (room.height - used) / 2
    found: dict[int, Box] = {}
    for row, line in enumerate(lines):
        share = room.width / len(line)
        for place, number in enumerate(line):
            found[number] = Box(
                x=room.x + share * place + (share - wide) / 2,
                y=top + row * (high + _GAP),
                width=wide,
                height=high,
            )
    return found


def _zones(edges: Sequence[float], lines: Sequence[float]) -> tuple[Zone, ...]:
    return tuple(
        Zone(
            stance=stance,
            power=power,
            box=Box(x=left, y=top, width=right - left, height=bottom - top),
        )
        for power, (top, bottom) in zip(POWERS, pairwise(lines), strict=True)
        for stance, (left, right) in zip(STANCES, pairwise(edges), strict=True)
    )


def _labels(stances: Sequence[Stance], edges: Sequence[float], y: float) -> tuple[Label, ...]:
    return tuple(
        Label(text=_column(stance), x=(left + right) / 2, y=y)
        for stance, (left, right) in zip(stances, pairwise(edges), strict=True)
    )


def _column(stance: Stance) -> str:
    return "not known" if stance is Stance.UNKNOWN else stance.value


def _stop(box: Box, edges: Sequence[float], stance: Stance) -> Box:
    at = STANCES.index(stance)
    return Box(
        x=edges[at] + 2,
        y=box.bottom - _STOP - 4,
        width=edges[at + 1] - edges[at] - 4,
        height=_STOP,
    )
