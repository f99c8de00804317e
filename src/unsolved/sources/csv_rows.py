"""The rows of a CSV file with the lines they truly stand on, however they are quoted."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import BinaryIO

from unsolved.errors import Unreadable
from unsolved.sources.model import Refusal
from unsolved.sources.parsing import decode

DELIMITERS = ",;\t"
LONGEST_LINE = 100_000  # below the limit that the csv module sets for one cell
MOST_LINES = 100  # in one row: beyond, a quote was left open
UTF16 = (b"\xff\xfe", b"\xfe\xff")

Line = tuple[int, str]


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The cells of a row, and the line it begins on."""

    line: int
    cells: tuple[str, ...]


def csv_rows(file: BinaryIO, *, where: str) -> Iterator[CsvRow | Refusal]:
    """Yield the rows that are not blank, the head first; what cannot be read is refused.

    Comma, semicolon and tab are told apart by the first row. Nothing but one row is held.
    """
    if file.read(2) in UTF16:
        yield Refusal(where, "it is in UTF-16", "Save it as CSV in UTF-8")
        return
    file.seek(0)
    delimiter = ""
    for number, record in _records(_decoded(file, where)):
        if record is None:
            mend = "Close it, or double a quote that is meant as such"
            yield Refusal(where, "a quote is opened and not closed", mend, number)
            continue
        delimiter = delimiter or max(DELIMITERS, key=record.count)
        reader = csv.reader(StringIO(record), delimiter=delimiter)
        line = number
        for cells in reader:
            if "\ufffd" in record:
                yield Refusal(where, "the row is not UTF-8", "Save the file as UTF-8", line)
            elif any(cell.strip() for cell in cells):
                yield CsvRow(line, tuple(" ".join(cell.split()) for cell in cells))
            line = number + reader.line_num


def _decoded(file: BinaryIO, where: str) -> Iterator[Line]:
    number = 0
    while data := file.readline(LONGEST_LINE):
        try:
            text = decode(data, where=where)
        except Unreadable:
            text = data.decode("utf-8", "replace").replace("\0", "\ufffd")
        for line in text.splitlines(keepends=True):  # more than one where \r alone ends a line
            number += 1
            yield number, line


def _records(lines: Iterator[Line]) -> Iterator[tuple[int, str | None]]:
    """Yield the text of each row; None for a line whose quote is never closed."""
    waiting: deque[Line] = deque()
    while taken := list(_taken(waiting, lines)):
        text = "".join(line for _, line in taken)
        if text.count('"') % 2 == 0 and len(text) <= LONGEST_LINE:
            yield taken[0][0], text
            continue
        yield taken[0][0], None
        waiting.extendleft(reversed(taken[1:]))


def _taken(waiting: deque[Line], lines: Iterator[Line]) -> Iterator[Line]:
    """Yield lines until every quote is closed, or there are too many of them."""
    quotes = 0
    for _ in range(MOST_LINES):
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        yield line
        quotes += line[1].count('"')
        if quotes % 2 == 0:
            return
