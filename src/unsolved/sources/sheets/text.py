"""A table in delimited text: its encoding, its delimiter and its head are found by looking."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from unsolved.sources.model import Refusal
from unsolved.sources.sheets.charset import charset_of
from unsolved.sources.sheets.delimited import parsed_rows
from unsolved.sources.sheets.heads import head_among, named
from unsolved.sources.sheets.lines import lines_of
from unsolved.sources.sheets.model import Row, Sheet

DELIMITERS = ",;\t|"
LOOKED_AT = 200  # lines, to find delimiter and head
_SAID = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)  # what Excel writes and obeys


def text_sheet(
    path: Path, place: str, *, encoding: str, known: Callable[[str], bool]
) -> Sheet | Refusal:
    """Return the table in a file of delimited text, or why there is none."""
    with path.open("rb") as file:
        charset = encoding or charset_of(file)
    with lines_of(path, charset) as (source, _):
        lines = list(islice(source, LOOKED_AT))
    if not any(line.strip() for line in lines):
        return Refusal(place, "there is nothing in it", "Export it again")
    said = _SAID.fullmatch(lines[0])
    delimiter = said.group(1) if said else _delimiter(lines)
    rows = [
        row
        for row in parsed_rows(lines, delimiter, where=place)
        if not isinstance(row, Refusal) and not (said and row[0] == 1)
    ]
    head = head_among(rows, known)
    if head is None:
        mend = "Write the names of the columns into the first row"
        return Refusal(place, "its columns have no names", mend)
    return Sheet(
        place=place,
        head=named(head[1][: _width(rows, len(head[1]))]),
        head_line=head[0],
        read=partial(_read, path, place, charset, delimiter, len(head[1])),
        encoding=charset,
        delimiter=delimiter,
        size=path.stat().st_size,
    )


def _read(
    path: Path, place: str, charset: str, delimiter: str, width: int
) -> Iterator[Row | Refusal]:
    with lines_of(path, charset) as (lines, damage):
        yield from parsed_rows(lines, delimiter, where=place, width=width, damage=damage)


def _width(rows: Sequence[Row], most: int) -> int:
    """Return how many columns are used: a delimiter too many at the end makes none."""
    return max(
        number
        for _, cells in rows
        for number, cell in enumerate(cells[:most], 1)
        if cell.strip()
    )


def _delimiter(lines: Sequence[str]) -> str:
    """Return what parts most lines into the same number of cells, and those into many."""
    return max(DELIMITERS, key=lambda delimiter: _regularity(lines, delimiter))


def _regularity(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    try:
        widths = Counter(
            len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells
        )
    except csv.Error:
        return 0.0, 0
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 0
    usual = max(wide, key=lambda width: wide[width] * width)
    return round(wide[usual] / widths.total(), 1), usual
