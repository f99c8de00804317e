"""What an import would make of a table: for a person to look at, and to mend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from unsolved.sources.crm.fields import Object
from unsolved.sources.crm.known import Known
from unsolved.sources.crm.mapping import Mapping as Columns
from unsolved.sources.crm.mapping import Told
from unsolved.sources.crm.naming import signature
from unsolved.sources.crm.planning import Table, left_open, refusal_of, tables_in
from unsolved.sources.crm.rows import Reader
from unsolved.sources.model import Refusal
from unsolved.sources.records import Fact, RecordDraft

LOOKED_AT = 2_000  # rows
EXAMPLES = 3
SHOWN = 5  # rows
MOST_PROBLEMS = 20
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPreview:
    """A column: what it was taken for and why, what stands in it, how it is read.

    ``manner`` says which order its dates or which sign its numbers have and what showed it, or
    that it was left open; None where there is nothing to say.
    """

    name: str
    field: str | None
    why: str
    examples: tuple[str, ...]
    manner: str | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A table as it would be read; with ``object`` None it would not.

    ``rows`` are the first as they would be kept, by field; ``mapping`` is what to keep and to
    hand back to have it read in the same way again.
    """

    place: str
    encoding: str = ""
    delimiter: str = ""
    head_line: int = 1
    looked_at: int = 0
    object: Object | None = None
    confidence: float = 0.0
    why: str = ""
    layout: str = ""
    columns: tuple[ColumnPreview, ...] = ()
    rows: tuple[Mapping[str, Fact], ...] = ()
    problems: tuple[Refusal, ...] = ()
    mapping: Columns | None = None

    @property
    def signature(self) -> str:
        """By what the table is recognised the next time."""
        head = [column.name for column in self.columns]
        return signature(head) if head else ""


def previews(path: Path, told: Told | None = None) -> Iterator[Preview]:
    """Yield what would be made of each table in a file."""
    for found in tables_in(path, path.name, told or Told()):
        if isinstance(found, Refusal):
            yield Preview(place=found.place, why=found.why, problems=(found,))
        else:
            yield _preview(found)


def preview(path: Path, told: Told | None = None) -> Preview:
    """Return what would be made of the table in a file; of several, the first that is ours."""
    found = list(previews(path, told))
    return next((each for each in found if each.object), found[0])


def _preview(table: Table) -> Preview:
    sheet, guess = table.sheet, table.guess
    rows = list(islice(sheet.rows(), LOOKED_AT))
    good = [row for row in rows if not isinstance(row, Refusal)]
    problems = [row for row in rows if isinstance(row, Refusal)]
    manners: Mapping[int, str] = {}
    opened: Mapping[int, str] = {}
    shown: list[Mapping[str, Fact]] = []
    refusal = refusal_of(table)
    if refusal is not None:
        problems.insert(0, refusal)
    elif table.mapping is not None:
        survey = table.survey(LOOKED_AT)
        found = table.manners(survey)
        manners, opened = found.notes, found.open
        problems += left_open(table, found)
        today = datetime(1970, 1, 1, tzinfo=UTC).date()
        reader = Reader(sheet, table.mapping, found, survey, Known(), today)
        for made in reader.read(good):
            if isinstance(made, Refusal):
                problems.append(made)
            elif isinstance(made, RecordDraft) and len(shown) < SHOWN:
                shown.append(_shown(made))
    return Preview(
        place=sheet.place,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        head_line=sheet.head_line,
        looked_at=len(good),
        object=guess.object,
        confidence=guess.confidence,
        why=guess.why,
        layout=guess.layout if guess.object else "",
        columns=tuple(
            ColumnPreview(
                name=column,
                field=guess.columns.get(column) or None,
                why=guess.reasons.get(column, "its name is not known"),
                examples=_examples(number, [cells for _, cells in good]),
                manner=manners.get(number),
                is_open=number in opened,
            )
            for number, column in enumerate(sheet.head)
        ),
        rows=tuple(shown),
        problems=tuple(problems[:MOST_PROBLEMS]),
        mapping=table.mapping,
    )


def _examples(number: int, rows: list[list[str]]) -> tuple[str, ...]:
    """Return the first different cells of a column that are filled."""
    told = (row[number].strip()[:_LONGEST] for row in rows if number < len(row))
    return tuple(islice(dict.fromkeys(filter(None, told)), EXAMPLES))


def _shown(record: RecordDraft) -> Mapping[str, Fact]:
    """Return a record as a row of fields; what it points to by key is a field too."""
    at = record.at.isoformat() if record.at else None
    keys = {
        "key": record.key,
        "at": at,
        "organisation_key": record.organisation_key,
        "person_key": record.person_key,
        "deal_key": record.deal_key,
    }
    return {**{name: told for name, told in keys.items() if told}, **record.facts}
