"""The rows of a CSV file with the lines they truly stand on, however they are quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from unsolved.errors import Unreadable
from unsolved.sources.model import Refusal
from unsolved.sources.parsing import decode
from unsolved.sources.sheets.delimited import Damage, parsed_rows

DELIMITERS = ",;\t"
LONGEST_LINE = 100_000
UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DAMAGE = Damage(re.compile("\ufffd"), "the row is not UTF-8")


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The cells of a row, and the line it begins on."""

    line: int
    cells: tuple[str, ...]


def csv_rows(file: BinaryIO, *, where: str) -> Iterator[CsvRow | Refusal]:
    """Yield the rows that are not blank, the head first; what cannot be read is refused.

    Comma, semicolon and tab are told apart by the first line. Nothing but one row is held.
    """
    if file.read(2) in UTF16:
        yield Refusal(where, "it is in UTF-16", "Save it as CSV in UTF-8")
        return
    file.seek(0)
    lines = _decoded(file, where)
    before: list[str] = []
    for line in lines:
        before.append(line)
        if line.strip():
            break
    delimiter = max(DELIMITERS, key=before[-1].count) if before else ","
    for row in parsed_rows(chain(before, lines), delimiter, where=where, damage=_DAMAGE):
        if isinstance(row, Refusal):
            yield row
        else:
            number, cells = row
            told = tuple(" ".join(cell.split()) for cell in cells)
            if any(told):
                yield CsvRow(number, told)


def _decoded(file: BinaryIO, where: str) -> Iterator[str]:
    """Yield the lines, each decoded by itself: good ones do not suffer from a bad one."""
    while data := file.readline(LONGEST_LINE):
        try:
            text = decode(data, where=where)
        except Unreadable:
            text = data.decode("utf-8", "replace").replace("\0", "\ufffd")
        yield from text.splitlines(keepends=True)  # more than one where \r alone ends a line
