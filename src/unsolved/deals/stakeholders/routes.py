"""How ties run between people on the map: bent so that they pass behind nobody else."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import hypot

from unsolved.deals.model import Sway, Tie
from unsolved.deals.stakeholders.drawing import Box

BENDS = (0, 36, -36, 72, -72, 110, -110, 145, -145, 190, -190, 240, -240)
"""How far the middle of a line may be drawn aside, the least first."""

SHORTEST = 22.0
"""What must be seen of a line between two people."""

_SAMPLES = 24
_EDGE = 6.0
_TEETH, _TOOTH = 9.0, 4.0

Point = tuple[float, float]


def routed(
    ties: Mapping[int, Tie], boxes: Mapping[int, Box], size: tuple[float, float]
) -> dict[int, str]:
    """Return the path of each tie on a wide map, by number, as SVG has it.

    Of all bends the one is taken that runs behind the fewest people, then the least; two ties
    between the same two people never share one.
    """
    taken: dict[tuple[int, int], set[int]] = {}
    found: dict[int, str] = {}
    for number, tie in sorted(ties.items()):
        if tie.of not in boxes or tie.to not in boxes:
            continue
        pair = (min(tie.of, tie.to), max(tie.of, tie.to))
        used = taken.setdefault(pair, set())
        free = [bend for bend in BENDS if bend not in used] or list(BENDS)
        # Turned the same way whichever of the two it comes from, so that bends can be compared.
        turned = 1 if tie.of == pair[0] else -1
        curves = {
            bend: _curve(boxes[tie.of], boxes[tie.to], bend * turned, size) for bend in free
        }
        others = [box for who, box in boxes.items() if who not in pair]
        best = min(free, key=lambda bend: _cost(curves[bend], bend, others))
        used.add(best)
        found[number] = _drawn(curves[best], tie.sway)
    return found


def routed_narrow(
    ties: Mapping[int, Tie], boxes: Mapping[int, Box], width: float
) -> dict[int, str]:
    """Return the path of each tie on a narrow map: a bow in the margin on the right."""
    found: dict[int, str] = {}
    for number, tie in sorted(ties.items()):
        if tie.of not in boxes or tie.to not in boxes:
            continue
        start, end = boxes[tie.of], boxes[tie.to]
        aside = (number % 5 - 2) * 7.0
        reach = min(16 + hypot(0, start.y - end.y) / 24, width - start.right - _EDGE)
        first = (start.right, start.middle[1] + aside)
        last = (end.right, end.middle[1] + aside)
        middle = (start.right + 2 * reach - _TOOTH, (first[1] + last[1]) / 2)
        found[number] = _drawn((first, middle, last), tie.sway)
    return found


def _curve(start: Box, end: Box, bend: float, size: tuple[float, float]) -> tuple[Point, ...]:
    """Return where a line leaves, its control point, and where it arrives."""
    (ax, ay), (bx, by) = start.middle, end.middle
    far = hypot(bx - ax, by - ay) or 1.0
    x = (ax + bx) / 2 - (by - ay) / far * bend
    y = (ay + by) / 2 + (bx - ax) / far * bend
    control = (min(max(x, _EDGE), size[0] - _EDGE), min(max(y, _EDGE), size[1] - _EDGE))
    return _border(start, control), control, _border(end, control)


def _border(box: Box, towards: Point) -> Point:
    """Return where a line from the middle of a box towards a point crosses its edge."""
    x, y = box.middle
    dx, dy = towards[0] - x, towards[1] - y
    if not dx and not dy:
        return x, box.y
    scale = min(
        box.width / 2 / abs(dx) if dx else float("inf"),
        box.height / 2 / abs(dy) if dy else float("inf"),
    )
    return x + dx * scale, y + dy * scale


def _cost(curve: Sequence[Point], bend: int, others: Sequence[Box]) -> tuple[float, int, bool]:
    points = list(_along(curve, _SAMPLES))
    hidden = sum(1 for box in others if any(_near(box, point) for point in points))
    seen = hypot(curve[0][0] - curve[2][0], curve[0][1] - curve[2][1])
    return hidden + (seen < SHORTEST), abs(bend), bend < 0


def _near(box: Box, point: Point) -> bool:
    x, y = point
    across = box.x - _EDGE <= x <= box.right + _EDGE
    return across and box.y - _EDGE <= y <= box.bottom + _EDGE


def _along(curve: Sequence[Point], steps: int) -> Iterator[Point]:
    """Yield points along a quadratic Bézier curve, both ends among them."""
    (ax, ay), (bx, by), (cx, cy) = curve
    for step in range(steps + 1):
        t = step / steps
        u = 1 - t
        yield u * u * ax + 2 * u * t * bx + t * t * cx, u * u * ay + 2 * u * t * by + t * t * cy


def _drawn(curve: Sequence[Point], sway: Sway) -> str:
    if sway is Sway.CONFLICT:
        return _jagged(curve)
    (ax, ay), (bx, by), (cx, cy) = curve
    return f"M{ax:.1f} {ay:.1f}Q{bx:.1f} {by:.1f} {cx:.1f} {cy:.1f}"


def _jagged(curve: Sequence[Point]) -> str:
    """Return the same line with teeth, as a quarrel is drawn."""
    rough = list(_along(curve, _SAMPLES))
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(rough))
    points = list(_along(curve, max(int(length / _TEETH), 2)))
    path = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for at in range(1, len(points) - 1):
        (ax, ay), (bx, by) = points[at - 1], points[at + 1]
        far = hypot(bx - ax, by - ay) or 1.0
        side = _TOOTH if at % 2 else -_TOOTH
        x, y = points[at][0] - (by - ay) / far * side, points[at][1] + (bx - ax) / far * side
        path.append(f"L{x:.1f} {y:.1f}")
    path.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return "".join(path)
