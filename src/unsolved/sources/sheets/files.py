"""Opens a file as the tables in it, and says what stands against that."""

from collections.abc import Callable
from pathlib import Path

from unsolved.sources.model import Refusal
from unsolved.sources.sheets.model import Sheet
from unsolved.sources.sheets.text import text_sheet

Known = Callable[[str], bool]
"""Whether a cell is a name that columns go by."""

Opened = Sheet | Refusal

_ZIP = b"PK\x03\x04"
_EXPORT = "Export the table as CSV or XLSX"
_OTHERS = {
    b"\xd0\xcf\x11\xe0": (
        "it is an old Excel file, or protected by a password",
        "Save it as .xlsx without a password, or as CSV",
    ),
    b"\x1f\x8b": ("it is packed", "Unpack it first"),
    b"%PDF": ("it is a PDF", _EXPORT),
    b"\x89PNG": ("it is a picture", _EXPORT),
    b"SQLi": ("it is a database", _EXPORT),
}
_LONGEST_MARK = 4


def open_sheets(path: Path, place: str, *, encoding: str, known: Known) -> list[Opened]:
    """Return the tables in a file; what is no table, or cannot be read, is refused.

    ``known`` finds the head when other lines stand before it.
    """
    try:
        with path.open("rb") as file:
            mark = file.read(_LONGEST_MARK)
        if not mark:
            return [Refusal(place, "there is nothing in it", "Export it again")]
        for other, (why, mend) in _OTHERS.items():
            if mark.startswith(other):
                return [Refusal(place, why, mend)]
        if mark == _ZIP:
            from unsolved.sources.sheets.workbook import workbook_sheets  # noqa: PLC0415

            return workbook_sheets(path, place, known=known)
        return [text_sheet(path, place, encoding=encoding, known=known)]
    except OSError as error:
        why = f"it cannot be opened ({error.strerror or error})"
        return [Refusal(place, why, "Check that it is still there and may be read")]
