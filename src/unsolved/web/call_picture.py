"""A call as a picture: time on one axis, a lane for each speaker, what was done as marks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from unsolved.conversations.acts import Act
from unsolved.conversations.coverage import Coverage, Side, Turn
from unsolved.conversations.coverage.telling import clock

MARK = 15
"""The width and height of a mark, with the room around it."""

TALLEST = 4
"""The most marks on top of each other; the others are counted."""

MOST_LANES = 6
"""The most speakers with a lane of their own; the others share the last."""

LEFT, TOP, END = 112, 26, 26
LETTER = 7.6
"""The width of a letter, about."""

WIDE, LONGEST = 1000, 2_400
_TIMED = 0.8
_TICKS = 8
DRAWN = (
    *(Act.PITCH, Act.QUESTION, Act.PRESUME, Act.AGREE, Act.REJECT, Act.CLOSE, Act.NAMES),
    *(Act.INSIGHT, Act.REFLECT, Act.TELL),
)
"""The acts that have marks, the first drawn nearest to the lane."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What was done in a turn; without an act, the number of marks that found no room."""

    x: float
    y: float
    act: Act | None
    turn: int
    says: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """How long somebody spoke."""

    x: float
    y: float
    width: float
    height: float
    side: str
    turn: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The stripe of a speaker; ``short`` is as much of the name as has room."""

    short: str
    name: str
    side: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A moment on the axis; a moment of note has a kind: ``pitch`` or ``agreed``."""

    at: float
    label: str
    kind: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn, in units that are pixels at full width; ``across`` or downwards."""

    width: float
    height: float
    is_across: bool
    by_time: bool
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    moments: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where a turn stands: by its time when the times are good, else by its number."""

    begins: tuple[float, ...]
    ends: tuple[float, ...]
    by_time: bool
    length: float

    def at(self, moment: float) -> float:
        return self.length * moment / (self.ends[-1] or 1)

    def slot(self, turn: int) -> int:
        """Return which stretch of the axis a turn begins in: a mark fits into each."""
        last = max(int(self.length / MARK) - 1, 0)
        return min(int(self.at(self.begins[turn]) / MARK), last)


def picture(covered: Coverage, *, is_across: bool) -> Picture | None:
    """Return where everything stands, or None when nobody says anything."""
    turns = covered.talk.turns
    if not turns:
        return None
    length = WIDE - LEFT if is_across else min(max(len(turns) * MARK, 240), LONGEST)
    axis = _axis(turns, length)
    lanes = _lanes(covered)
    columns = _columns(covered, lanes, axis)
    size = _sizes(columns, len(lanes), is_across=is_across)
    middle = _middles(size, is_across=is_across)
    moments = [Tick(*one) for one in _moments(covered, axis)]
    return Picture(
        width=WIDE if is_across else sum(size) + LEFT / 2,
        height=(sum(size) if is_across else length) + TOP + END,
        is_across=is_across,
        by_time=axis.by_time,
        lanes=tuple(_placed(lanes, middle, size, is_across=is_across)),
        bars=tuple(_bars(covered, lanes, middle, axis, is_across=is_across)),
        marks=tuple(_marks(columns, middle, is_across=is_across)),
        ticks=tuple(_ticks(axis)),
        moments=tuple(moments),
    )


def _axis(turns: Sequence[Turn], length: float) -> _Axis:
    starts = [turn.start for turn in turns if turn.start is not None]
    timed = len(starts) >= _TIMED * len(turns) and starts == sorted(starts)
    if timed and starts and starts[-1] > starts[0]:
        begins, last = [], 0.0
        for turn in turns:
            last = turn.start if turn.start is not None else last
            begins.append(last)
        final = turns[-1].end or begins[-1] + 1
        ends = [*begins[1:], max(final, begins[-1] + 1)]
        return _Axis(tuple(begins), tuple(ends), by_time=True, length=length)
    numbers = range(len(turns))
    begins = [float(number) for number in numbers]
    return _Axis(tuple(begins), tuple(n + 1.0 for n in begins), by_time=False, length=length)


def _lanes(covered: Coverage) -> Mapping[tuple[str, Side | None], int]:
    """Return the lane of each speaker: sellers first, who says most before the others."""
    order = {Side.SELLER: 0, Side.BUYER: 1, None: 2}
    shares = sorted(covered.shares, key=lambda one: (order[one.side], -one.words))
    return {
        (one.speaker, one.side): min(number, MOST_LANES - 1)
        for number, one in enumerate(shares)
    }


def _columns(
    covered: Coverage, lanes: Mapping[tuple[str, Side | None], int], axis: _Axis
) -> Mapping[tuple[int, int], dict[Act, tuple[int, str]]]:
    """Return what was done in each stretch of each lane, each act once with its first words."""
    found: dict[tuple[int, int], dict[Act, tuple[int, str]]] = defaultdict(dict)
    for turn, sentences in zip(covered.talk.turns, covered.said, strict=True):
        lane = lanes[(turn.speaker, covered.side(turn.number))]
        here = found[(lane, axis.slot(turn.number))]
        for words, one in zip(turn.sentences, sentences, strict=False):
            for act in DRAWN:
                if act in one.acts:
                    here.setdefault(act, (turn.number, words))
    return found


def _sizes(
    columns: Mapping[tuple[int, int], Mapping[Act, object]], lanes: int, *, is_across: bool
) -> list[float]:
    """Return how much room each lane needs."""
    tallest = [1] * max(lanes, 1)
    for (lane, _), acts in columns.items():
        tallest[lane] = max(tallest[lane], min(len(acts), TALLEST))
    room = 14.0 if is_across else 20.0
    used = max((lane for lane, _ in columns), default=0) + 1
    return [MARK * most + room for most in tallest[:used]]


def _middles(size: Sequence[float], *, is_across: bool) -> list[float]:
    """Return where the bars of each lane stand: below its marks, or left of them."""
    found, at = [], float(TOP if is_across else LEFT / 2)
    for one in size:
        found.append(at + one - 10 if is_across else at + 4)
        at += one
    return found


def _placed(
    lanes: Mapping[tuple[str, Side | None], int],
    middle: Sequence[float],
    size: Sequence[float],
    *,
    is_across: bool,
) -> Iterable[Lane]:
    names: dict[int, list[tuple[str, Side | None]]] = defaultdict(list)
    for who, number in lanes.items():
        names[number].append(who)
    for number, people in sorted(names.items()):
        if number >= len(middle):
            continue
        speaker, side = people[0]
        name = speaker or (side.value if side else "unnamed")
        name = name if len(people) == 1 else f"{len(people)} others"
        at = middle[number]
        x, y = (0.0, at) if is_across else (at, TOP - 12.0)
        room = LEFT if is_across else size[number] - 4
        most = max(int(room / LETTER), 2)
        short = name if len(name) <= most else name[: most - 1].rstrip() + "\u2026"
        yield Lane(short, name, side.value if side else "unknown", x, y)


def _bars(
    covered: Coverage,
    lanes: Mapping[tuple[str, Side | None], int],
    middle: Sequence[float],
    axis: _Axis,
    *,
    is_across: bool,
) -> Iterable[Bar]:
    for turn in covered.talk.turns:
        side = covered.side(turn.number)
        start = axis.at(axis.begins[turn.number])
        length = max(axis.at(axis.ends[turn.number]) - start - 1, 1.0)
        across = middle[lanes[(turn.speaker, side)]]
        told = side.value if side else "unknown"
        if is_across:
            yield Bar(LEFT + start, across, length, 5, told, turn.number)
        else:
            yield Bar(across, TOP + start, 5, length, told, turn.number)


def _marks(
    columns: Mapping[tuple[int, int], Mapping[Act, tuple[int, str]]],
    middle: Sequence[float],
    *,
    is_across: bool,
) -> Iterable[Mark]:
    for (lane, slot), acts in sorted(columns.items()):
        along = (slot + 0.5) * MARK
        told = [act for act in DRAWN if act in acts]
        shown = told if len(told) <= TALLEST else told[: TALLEST - 1]
        for height, act in enumerate([*shown, *([None] if len(shown) < len(told) else [])]):
            away = 8 + (height + 0.5) * MARK - 7
            x = LEFT + along if is_across else middle[lane] + 5 + away
            y = middle[lane] - away if is_across else TOP + along
            left = told[len(shown) :]
            turn, says = acts[act] if act else acts[left[0]]
            yield Mark(x, y, act, turn, says, 0 if act else len(left))


def _ticks(axis: _Axis) -> Iterable[Tick]:
    whole = axis.ends[-1]
    steps = (
        (10, 30, 60, 120, 300, 600, 900, 1_800, 3_600)
        if axis.by_time
        else (5, 10, 20, 50, 100, 250, 500, 1_000, 2_500, 5_000)
    )
    step = next((one for one in steps if whole / one <= _TICKS), steps[-1])
    at = step
    while at < whole:
        yield Tick(axis.at(at), clock(at) if axis.by_time else str(at))
        at += step


def _moments(covered: Coverage, axis: _Axis) -> Iterable[tuple[float, str, str, int]]:
    if covered.pitch:
        turn = covered.pitch.turn
        yield (axis.slot(turn) + 0.5) * MARK, "pitch", "pitch", turn
    if covered.agreement:
        turn = covered.agreement.words.turn
        yield (axis.slot(turn) + 0.5) * MARK, "agreed", "agreed", turn
