"""Numbers rows that share a key, or are the same, in the order they stand in."""

from collections import Counter
from collections.abc import Iterator, Mapping

from unsolved.sources.crm.marks import Marks, ident_of, repeated_in
from unsolved.sources.crm.survey import Survey
from unsolved.sources.model import Refusal
from unsolved.sources.sheets import Sheet

MOST_WAITING = 20_000  # rows


class Numbering:
    """Tells the how-manieth of its key a row is.

    Where the table was looked at only in part, a row whose key may have come before waits: at
    the end, or when too many wait, the table is read again and they are counted.
    """

    def __init__(self, sheet: Sheet, key: int, survey: Survey) -> None:
        self._sheet, self._key = sheet, key
        self._repeated: Mapping[str, int] | None = survey.repeated if survey.is_whole else None
        self._marks = Marks(0 if survey.is_whole else sheet.size)
        self._met: Counter[str] = Counter()
        self._waiting: dict[int, list[str]] = {}

    @property
    def is_full(self) -> bool:
        """Whether so many rows wait that they must be settled now."""
        return len(self._waiting) >= MOST_WAITING

    def number(self, line: int, cells: list[str]) -> int:
        """Return the how-manieth of its key a row is; 0 if it must wait."""
        ident = ident_of(cells, self._key)
        if self._repeated is None:
            if not self._marks.is_old(ident):
                return 1
            self._waiting[line] = cells
            return 0
        if ident not in self._repeated:
            return 1
        self._met[ident] += 1
        return self._met[ident]

    def settled(self) -> Iterator[tuple[int, list[str], int]]:
        """Yield the rows that wait, each with its number."""
        waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        wanted: Mapping[str, int] = dict.fromkeys(
            (ident_of(cells, self._key) for cells in waiting.values()), 0
        )
        if len(waiting) >= MOST_WAITING:  # more will come: from now on it is known which
            self._repeated = wanted = repeated_in(self._sheet, self._key)
        last = max(waiting)
        for row in self._sheet.rows():
            if isinstance(row, Refusal):
                continue
            line, cells = row
            if line > last:
                return
            ident = ident_of(cells, self._key)
            if ident in wanted:
                self._met[ident] += 1
            if line in waiting:
                yield line, cells, self._met[ident] or 1
