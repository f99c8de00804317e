"""A table as it lies in a file: its head, and its rows with the lines they stand on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from unsolved.sources.model import Refusal

Row = tuple[int, list[str]]
"""The line that a row begins on, and its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table whose rows can be read again and again, each time from the file.

    ``is_native`` says that numbers and dates were cells of their type and are written here as
    programs write them: a point for decimals, year-month-day.
    """

    place: str
    head: tuple[str, ...]
    head_line: int
    read: Callable[[], Iterator[Row | Refusal]] = field(repr=False)
    encoding: str = ""
    delimiter: str = ""
    is_native: bool = False
    size: int = 0

    def rows(self) -> Iterator[Row | Refusal]:
        """Yield the rows below the head that are not blank, and what could not be read."""
        rows = self.read()
        for row in rows:
            line = (row.line or 0) if isinstance(row, Refusal) else row[0]
            if line > self.head_line:
                yield row
                break
        yield from rows

    def sample(self, most: int) -> list[Row]:
        """Return the first rows."""
        return list(islice((row for row in self.rows() if not isinstance(row, Refusal)), most))
