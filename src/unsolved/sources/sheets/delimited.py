"""The rows of delimited text with the lines they truly stand on, however they are quoted."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from unsolved.sources.model import Refusal
from unsolved.sources.sheets.model import Row

MOST_LINES = 5_000  # in one row: beyond, a quote was left open
LONGEST_ROW = 4_000_000  # characters
_OPEN = (
    "a quote is opened and not closed",
    "Close it, or double a quote that is meant as such",
)


@dataclass(frozen=True, slots=True)
class Damage:
    """What shows that a line was not written in the encoding it is read in."""

    pattern: re.Pattern[str]
    why: str
    mend: str = "Save the file as UTF-8"

    def is_in(self, lines: Iterable[str]) -> bool:
        """Whether one of the lines shows it."""
        return any(not line.isascii() and self.pattern.search(line) for line in lines)


class _EndlessRowError(Exception):
    """A row goes on for longer than any does."""


def parsed_rows(
    lines: Iterable[str],
    delimiter: str,
    *,
    where: str,
    width: int = 0,
    damage: Damage | None = None,
) -> Iterator[Row | Refusal]:
    """Yield the rows that are not blank, with the line each begins on.

    A row on several lines must be quoted without fault and have ``width`` cells, if that is
    told; otherwise its first line is refused, and reading goes on with the next: so a quote
    left open costs one row. ``damage`` says what a line must not hold.
    """
    if csv.field_size_limit() < LONGEST_ROW:
        csv.field_size_limit(LONGEST_ROW)
    source = iter(lines)
    waiting: deque[str] = deque()
    begin = 1
    while True:
        taken: list[str] = []
        ended: list[bool] = []
        is_open = False
        try:
            for cells in csv.reader(_fed(source, waiting, taken, ended), delimiter=delimiter):
                count = len(taken)
                if ended or (count > 1 and _is_open(taken, cells, delimiter, width)):
                    is_open = True
                    break
                if damage and not (count == 1 and taken[0].isascii()) and damage.is_in(taken):
                    yield Refusal(where, damage.why, damage.mend, begin)
                elif any(cells):
                    yield begin, cells
                begin += count
                taken.clear()
        except (csv.Error, _EndlessRowError):
            is_open = True
        if not is_open:
            return
        yield Refusal(where, *_OPEN, begin)
        waiting.extendleft(reversed(taken[1:]))
        begin += 1


def _fed(
    source: Iterator[str], waiting: deque[str], taken: list[str], ended: list[bool]
) -> Iterator[str]:
    """Hand lines on, those that wait first, and note which belong to the present row.

    A row that asks for more when there is none has an open quote: ``ended`` tells it.
    """
    take = taken.append
    while waiting:
        take(waiting.popleft())
        if len(taken) > MOST_LINES:
            raise _EndlessRowError
        yield taken[-1]
    for line in source:
        take(line)
        if len(taken) > MOST_LINES:
            raise _EndlessRowError
        yield line
    ended.append(True)


def _is_open(taken: list[str], cells: list[str], delimiter: str, width: int) -> bool:
    """Whether a row on several lines only looks like one because a quote was not closed."""
    if width and len(cells) != width:
        return True
    try:
        return len(list(csv.reader(taken, delimiter=delimiter, strict=True))) != 1
    except csv.Error:
        return True
