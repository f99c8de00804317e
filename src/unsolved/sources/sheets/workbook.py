"""The sheets of a workbook (XLSX), read a row at a time; formulas are never computed."""

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from unsolved.sources.model import Refusal
from unsolved.sources.parsing import clean
from unsolved.sources.sheets.heads import head_among, named, width
from unsolved.sources.sheets.model import Row, Sheet

LOOKED_AT = 200
AT_ONCE = 500  # rows
MOST_COLUMNS = 2_000
MOST_BYTES = 2_000_000_000  # unpacked, all parts together
MOST_SHARED = 300_000_000  # texts that are held while reading
MOST_PACKED = 200  # to one; real workbooks stay below fifty
_SMALL = 10_000_000
_START = 1_000
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BROKEN = (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError)
_AGAIN = "Save it again as .xlsx, or as CSV"


def workbook_sheets(
    path: Path, place: str, *, known: Callable[[str], bool]
) -> list[Sheet | Refusal]:
    """Return every sheet that looks like a table, or why the workbook is not read."""
    try:
        if fault := _fault(path):
            return [Refusal(place, *fault)]
        names = _names(path)
        sheets = [_sheet(path, f"{place}: {name}", name, known) for name in names]
    except (*_BROKEN, ParseError, OSError, RuntimeError, NotImplementedError) as error:
        return [Refusal(place, f"it is damaged ({_told(error)})", _AGAIN)]
    found: list[Sheet | Refusal] = [sheet for sheet in sheets if sheet is not None]
    return found or [Refusal(place, "no sheet of it is a table", "Export the table again")]


def _fault(path: Path) -> tuple[str, str] | None:
    """Return what stands against unpacking it: it would fill the memory, or is none."""
    with ZipFile(path) as packed:
        parts = packed.infolist()
        if not any(part.filename == "xl/workbook.xml" for part in parts):
            return "it is packed, and no workbook", "Unpack it first"
        unpacked = sum(part.file_size for part in parts)
        shared = sum(
            part.file_size for part in parts if "sharedstrings" in part.filename.lower()
        )
        thin = any(
            part.file_size > max(_SMALL, part.compress_size * MOST_PACKED) for part in parts
        )
        if unpacked > MOST_BYTES or shared > MOST_SHARED or thin:
            why = f"unpacked it would be {unpacked / 1_000_000:,.0f} MB"
            return why, "Export the table as CSV, or in parts"
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with packed.open(part) as file:
                    if _DOCTYPE.search(file.read(_START)):
                        return "it declares entities of its own", _AGAIN
    return None


def _opened(path: Path) -> Any:  # noqa: ANN401 (openpyxl is not typed)
    from openpyxl import load_workbook  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(path, read_only=True, data_only=True, keep_links=False)


def _names(path: Path) -> list[str]:
    book = _opened(path)
    try:
        return [sheet.title for sheet in book.worksheets]
    finally:
        book.close()


def _sheet(
    path: Path, place: str, name: str, known: Callable[[str], bool]
) -> Sheet | Refusal | None:
    rows = [
        row
        for row in islice(_rows(path, place, name), LOOKED_AT)
        if not isinstance(row, Refusal)
    ]
    head = head_among(rows, known)
    if head is None or width(head[1]) < 2:  # noqa: PLR2004 (a list is no table)
        return None
    return Sheet(
        place=place,
        head=named(head[1]),
        head_line=head[0],
        read=partial(_rows, path, place, name),
        is_native=True,
        size=path.stat().st_size,
    )


def _rows(path: Path, place: str, name: str) -> Iterator[Row | Refusal]:
    """Yield the rows of a sheet that are not blank, the cells as text."""
    book = _opened(path)
    try:
        sheet = book[name]
        sheet.reset_dimensions()  # what the file says of its size need not be true
        numbered = enumerate(sheet.iter_rows(values_only=True, max_col=None), 1)
        while batch := _batch(numbered):
            for number, values in batch:
                cells = _cells(values)
                if cells:
                    yield number, cells
    except (*_BROKEN, ParseError) as error:
        yield Refusal(place, f"it breaks off here ({_told(error)})", _AGAIN)
    finally:
        book.close()


def _batch(
    numbered: Iterator[tuple[int, Sequence[object]]],
) -> list[tuple[int, Sequence[object]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a date out of range comes as the error it is
        return list(islice(numbered, AT_ONCE))


def _cells(values: Sequence[object]) -> list[str]:
    cells = [_text(value) for value in values[:MOST_COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    """Return a cell as a program writes it.

    A number that has three decimals gets a fourth: `1.234` could be read as a thousand.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else clean(value)
    if isinstance(value, float):
        return _number(value)
    return _typed(value)


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value.total_seconds() if isinstance(value, timedelta) else value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 (beyond, not every integer is one)
        return str(int(value))
    written = repr(value)
    return f"{written}0" if re.fullmatch(r"-?\d+\.\d{3}", written) else written


def _told(error: BaseException) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
