"""A table of organisations: one a row, with its name and what else is known of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from unsolved.errors import SourceRefused
from unsolved.sources.connector import Visit
from unsolved.sources.csv_rows import CsvRow, csv_rows
from unsolved.sources.model import OrganisationDraft, Refusal

COLUMNS = ("name", "domain", "industry", "country", "employees", "revenue", "names")
MOST_EMPLOYEES = 100_000_000

_ABOUT = re.compile(r"(?:about|approx\.?|approximately|around|some|over|ca?\.|circa|[~>≈])\s*")
_HEADS = re.compile(r"(\d{1,3}(?:[,.'\s]\d{3})+|\d+)\s*\+?\s*(?:employees|people|staff)?")


@dataclass(frozen=True, slots=True)
class OrganisationsCsv:
    """A CSV file with a head: ``name``, and any of `COLUMNS`; other columns are let be."""

    path: Path
    called: str | None = None

    @property
    def name(self) -> str:
        """The address of the file, unless it is called something else."""
        return self.called or self.path.resolve().as_posix()

    def fetch(self) -> Iterator[OrganisationDraft | Refusal]:
        """Yield the organisations in the order of their rows."""
        if not self.path.is_file():
            raise SourceRefused(path=str(self.path), why="there is no such file")
        place = self.path.name
        head: tuple[str, ...] = ()
        told = False
        with self.path.open("rb") as file:
            for row in csv_rows(file, where=place):
                if isinstance(row, Refusal):
                    told = True
                    yield row
                elif head:
                    yield from _organisation(row, head, place)
                else:
                    head = tuple(cell.casefold() for cell in row.cells)
                    yield from _faults(head, row, place)
                    if "name" not in head:
                        return
        if not head and not told:
            yield Refusal(place, "there is nothing in it", "Write a head with a column `name`")


def _faults(head: Sequence[str], row: CsvRow, place: str) -> Iterator[Refusal]:
    """Tell when the head lacks the name, or has nothing else that we know."""
    found = ", ".join(head)
    if "name" not in head:
        mend = f"Name the columns in the first row; we know {', '.join(COLUMNS)}"
        yield Refusal(place, f"there is no column `name`, only {found}", mend, row.line)
    elif len(head) > 1 and not set(head) & set(COLUMNS[1:]):
        mend = f"Name the others as we do: {', '.join(COLUMNS)}"
        yield Refusal(place, f"of the columns {found} only `name` is known", mend, row.line)


def _organisation(
    row: CsvRow, head: Sequence[str], place: str
) -> Iterator[OrganisationDraft | Refusal]:
    cells = {column: cell for column, cell in zip(head, row.cells, strict=False) if cell}
    if any(row.cells[len(head) :]):
        why = f"it has {len(row.cells)} cells, and the head has {len(head)}"
        yield Refusal(place, why, "Put a cell that holds the delimiter in quotes", row.line)
        return
    if "name" not in cells:
        yield Refusal(place, "the organisation has no name", "Give it one", row.line)
        return
    told = cells.get("employees")
    employees = _head_count(told) if told else None
    if told and employees is None:
        why = f"employees {told!r} is no number; the row is kept without it"
        yield Refusal(place, why, "Write a number, for example 17600", row.line)
    yield OrganisationDraft(
        name=cells["name"],
        names=tuple(name.strip() for name in cells.get("names", "").split(";") if name.strip()),
        domain=cells.get("domain"),
        industry=cells.get("industry"),
        country=cells.get("country"),
        employees=employees,
        revenue=cells.get("revenue"),
    )


def _head_count(told: str) -> int | None:
    """Return the number of people, or None when it is no number.

    >>> _head_count("about 17,600")
    17600
    """
    plain = told.casefold().strip()
    about = _ABOUT.match(plain)
    heads = _HEADS.fullmatch(plain[about.end() :] if about else plain)
    if heads is None:
        return None
    digits = re.sub(r"\D", "", heads.group(1))
    if len(digits) > len(str(MOST_EMPLOYEES)) or int(digits) > MOST_EMPLOYEES:
        return None
    return int(digits)


def connector(visit: Visit) -> OrganisationsCsv:
    """Return who reads the file that a source names."""
    return OrganisationsCsv(Path(visit.text("path")), called=visit.name)
