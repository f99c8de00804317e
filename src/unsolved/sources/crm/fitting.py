"""Whether a row fits its head: too long is none, too short is filled up, a total is none."""

import re

from unsolved.sources.crm.words import remarks, totals
from unsolved.sources.model import Refusal
from unsolved.sources.sheets import Sheet

_FEW = 2  # columns
_ONLY_NUMBERS = re.compile(r"[^a-z]*\d[^a-z]*")  # "EUR 5,000"; but no word


class Fitting:
    """Looks at the rows of a table that have not as many cells as its head, or hardly any."""

    def __init__(self, sheet: Sheet) -> None:
        self._place, self._is_native = sheet.place, sheet.is_native
        self.width = len(sheet.head)
        self.most_empty = max((self.width + 1) // 2, 1)
        """A row with so many empty cells may be a total below the rows."""

    def fitted(self, line: int, cells: list[str]) -> tuple[Refusal | None, bool]:
        """Make a row fit; return what is to be told, and whether the row is kept."""
        told = [cell for cell in cells if cell.strip()]
        if not told:
            return None, False
        if _is_footer(told):
            why = f"{told[0][:60]!r} stands below the rows and is none"
            return Refusal(self._place, why, "Nothing, if that is so", line), False
        count, width = len(cells), self.width
        if any(cell.strip() for cell in cells[width:]):
            why = f"it has {count} cells, and the head has {width}"
            mend = "Put a cell that holds the delimiter in quotes"
            return Refusal(self._place, why, mend, line), False
        del cells[width:]
        cells += [""] * (width - count)
        if count >= width or self._is_native:
            return None, True
        if len(told) == 1 and width > _FEW:
            why = f"it has {count} of {width} cells, and only one says something"
            return Refusal(self._place, why, "Complete it, or take it out", line), False
        why = f"it has {count} cells, and the head has {width}; the others are taken as empty"
        return Refusal(self._place, why, "Complete the row", line), True


def _is_footer(told: list[str]) -> bool:
    first = told[0].strip()
    if first.casefold().startswith(remarks()):
        return True
    are_numbers = all(_ONLY_NUMBERS.fullmatch(cell) for cell in told[1:])
    return are_numbers and totals().fullmatch(first) is not None
