"""What will be read from a file: its tables, what each holds, and how its columns are read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from unsolved.sources.crm.fields import Object
from unsolved.sources.crm.guess import Guess, guess
from unsolved.sources.crm.known import Known
from unsolved.sources.crm.layouts import known_names
from unsolved.sources.crm.mapping import Mapping, Told
from unsolved.sources.crm.naming import plain, signature, without_unit
from unsolved.sources.crm.rows import LONE, NEEDED, Made, Reader
from unsolved.sources.crm.settling import Manners, settled
from unsolved.sources.crm.survey import FIRST, Survey, counted, survey_of
from unsolved.sources.model import Refusal
from unsolved.sources.sheets import Row, Sheet, open_sheets

LOOKED_AT = 500  # rows, to guess what columns mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table and what it was taken for; ``mapping`` is None where it is none of ours."""

    sheet: Sheet
    guess: Guess
    mapping: Mapping | None

    @property
    def fields(self) -> list[str]:
        """The field of each column, in order."""
        columns = self.mapping.columns if self.mapping else {}
        return [columns.get(column, "") for column in self.sheet.head]

    def survey(self, most: int | None = None) -> Survey:
        """Look at the rows, all of them unless it is said how many."""
        assert self.mapping is not None
        thing, fields = self.mapping.object, self.fields
        if most is None and thing in LONE:
            first = survey_of(self._rows(FIRST), thing, fields, 0)
            if first.rows == FIRST and first.is_sure:
                return replace(first, is_whole=False)
        found = survey_of(self._rows(most), thing, fields, self.sheet.size)
        return counted(found, self._rows(most), fields)

    def _rows(self, most: int | None) -> Iterator[Row | Refusal]:
        return self.sheet.rows() if most is None else iter(self.sheet.sample(most))

    def manners(self, survey: Survey) -> Manners:
        """Return how its columns are read."""
        assert self.mapping is not None
        sheet = self.sheet
        return settled(
            self.mapping,
            sheet.head,
            survey,
            delimiter=sheet.delimiter,
            is_native=sheet.is_native,
        )


def tables_in(path: Path, place: str, told: Told) -> Iterator[Table | Refusal]:
    """Yield the tables in a file, each with what it was taken for."""
    named = {plain(column) for column in told.columns}

    def known(cell: str) -> bool:
        return bool({plain(cell), plain(without_unit(cell))} & (known_names() | named))

    for sheet in open_sheets(path, place, encoding=told.encoding, known=known):
        if isinstance(sheet, Refusal):
            yield sheet
            continue
        mine = told.for_table(signature(sheet.head))
        rows = [cells for _, cells in sheet.sample(LOOKED_AT)]
        found = guess(sheet.head, rows, sheet.place, mine)
        mapping = found.mapping(sheet.head, mine) if found.object else None
        yield Table(sheet=sheet, guess=found, mapping=mapping)


def refusal_of(table: Table) -> Refusal | None:
    """Return why a table is not read, or None if it is."""
    place = table.sheet.place
    if table.mapping is None:
        if table.guess.is_used:
            return None
        if table.guess.other:
            return Refusal(place, table.guess.why, "Nothing, if you do not miss it")
        mend = "Say what it holds (object), and which column means what (mapping)"
        return Refusal(place, table.guess.why, mend)
    thing = table.mapping.object
    if not NEEDED[thing] & set(table.fields):
        wanted = ", ".join(sorted(NEEDED[thing]))
        mend = f"Say which column is one of {wanted} (mapping)"
        return Refusal(place, f"no column of it tells which of the {thing} a row is", mend)
    return None


def read_table(table: Table, known: Known, today: date) -> Iterator[Made]:
    """Yield what the rows of a table are."""
    assert table.mapping is not None
    survey = table.survey()
    if not survey.rows:
        why, mend = "there are no rows below its head", "Export it again"
        yield Refusal(table.sheet.place, why, mend, table.sheet.head_line)
    manners = table.manners(survey)
    yield from left_open(table, manners)
    reader = Reader(table.sheet, table.mapping, manners, survey, known, today)
    yield from reader.read(table.sheet.rows())


def left_open(table: Table, manners: Manners) -> Iterator[Refusal]:
    """Tell once for a column that nothing shows how it is meant."""
    for number, sign in manners.open.items():
        column = table.sheet.head[number]
        setting = "dates" if sign.endswith("-first") else "numbers"
        what = "day or month comes first" if setting == "dates" else "point or comma is meant"
        yield Refusal(
            table.sheet.place,
            f"nothing shows whether {what}; it is read as {sign}",
            f"Say {setting}, if that is wrong",
            table.sheet.head_line,
            column,
        )


def in_order(tables: Sequence[Table]) -> list[Table]:
    """Return tables in the order they are read: what others point to comes first."""
    order = {thing: number for number, thing in enumerate(Object)}
    return sorted(
        (table for table in tables if table.mapping),
        key=lambda table: (
            order[table.mapping.object] if table.mapping else 0,
            table.sheet.place,
        ),
    )
