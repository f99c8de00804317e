"""Rows of a table become records, one after the other; what is bad in them is told."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import blake2b

from unsolved.sources.crm.amounts import BadCellError
from unsolved.sources.crm.columns import Reading, reading
from unsolved.sources.crm.drafts import Drafting
from unsolved.sources.crm.fields import Object
from unsolved.sources.crm.fitting import Fitting
from unsolved.sources.crm.known import Known
from unsolved.sources.crm.lines import Lines, joined
from unsolved.sources.crm.mapping import Mapping
from unsolved.sources.crm.marks import SEPARATOR, ident_of
from unsolved.sources.crm.numbering import Numbering
from unsolved.sources.crm.parties import Values
from unsolved.sources.crm.received import AsReceived
from unsolved.sources.crm.settling import Manners, columns_read
from unsolved.sources.crm.survey import Survey
from unsolved.sources.crm.words import meaning
from unsolved.sources.model import Draft, Refusal
from unsolved.sources.noted import LONG_ENOUGH, document_of
from unsolved.sources.parsing.html import html_text
from unsolved.sources.records import RecordDraft
from unsolved.sources.sheets import Row, Sheet

Made = RecordDraft | Draft | Refusal
_MARKUP = re.compile(
    r"</?(?:p|div|br|span|a|li|ul|ol|b|i|strong|em|html|body|table|td|font|h[1-6])\b[^>]*>",
    re.IGNORECASE,
)
NEEDED = {
    Object.ORGANISATIONS: {"name", "domain", "key"},
    Object.PEOPLE: {"name", "first_name", "last_name", "email", "key"},
    Object.DEALS: {"name", "key"},
    Object.STAGES: {"stage"},
    Object.ACTIVITIES: {"at", "subject", "text", "key"},
}
_LACKING = {
    Object.ORGANISATIONS: ("it has neither a name nor a key", "Give the organisation a name"),
    Object.PEOPLE: ("it has neither a name, an address nor a key", "Give the person a name"),
    Object.DEALS: ("it has neither a name nor a key", "Give the deal a name"),
    Object.STAGES: ("it does not say which deal entered which stage", "Give deal and stage"),
    Object.ACTIVITIES: (
        "it says neither when nor what",
        "Give the activity a date or a subject",
    ),
}
_FEW = {  # fields whose cells come again and again
    *(
        "owner",
        "type",
        "direction",
        "status",
        "stage",
        "from_stage",
        "pipeline",
        "organisation",
    ),
    *("organisation_industry", "industry", "person_name", "lost_reason", "deal", "parent"),
}
LONE = {Object.STAGES, Object.ACTIVITIES}  # several rows of one key are several of them


class Reader:
    """Reads the rows of one table with what was settled for it."""

    def __init__(
        self,
        sheet: Sheet,
        mapping: Mapping,
        manners: Manners,
        survey: Survey,
        known: Known,
        today: date,
    ) -> None:
        self._place, self._head, self._thing = sheet.place, sheet.head, mapping.object
        self._plan: list[tuple[int, str, Reading, bool]] = []
        fields: set[str] = set()
        for number, name, sort in columns_read(mapping, sheet.head):
            read = reading(sort, manners.by_column[number], is_few=name in _FEW)
            self._plan.append((number, name, read, name in fields))
            fields.add(name)
        self._fitting = Fitting(sheet)
        self._width, self._most_empty = self._fitting.width, self._fitting.most_empty
        self._texts = tuple(fields & {"text", "about"})
        self._needed, self._is_stage = NEEDED[self._thing], self._thing is Object.STAGES
        self._has_flags = bool(fields & {"deleted", "current"})
        self._key = next((number for number, name, _, _ in self._plan if name == "key"), -1)
        self._received = AsReceived(sheet.head)
        is_lone = self._thing in LONE
        self._numbering = Numbering(sheet, self._key, survey) if is_lone else None
        self._repeated = {} if is_lone else survey.repeated
        self._has_lines = survey.has_lines
        self._known, self._today = known, today
        self._waiting: dict[str, Lines] = {}
        self._met: Counter[str] = Counter()
        self._drafting = Drafting(
            mapping,
            frozenset(fields),
            known,
            type_=meaning("types", sheet.place.replace("_", " ")) or "note",
        )

    def read(self, rows: Iterable[Row | Refusal]) -> Iterator[Made]:
        """Yield what the rows are; several of one key as one, when the last has come."""
        numbering, number = self._numbering, 1
        for row in rows:
            if isinstance(row, Refusal):
                yield row
                continue
            line, cells = row
            if numbering is not None:
                number = numbering.number(line, cells)
            if number:
                yield from self._made(line, cells, number)
            elif numbering is not None and numbering.is_full:
                yield from self._settled(numbering)
        if numbering is not None:
            yield from self._settled(numbering)
        for lines in self._waiting.values():
            yield from self._joined(lines)

    def _made(self, line: int, cells: list[str], number: int = 1) -> Sequence[Made]:
        """Return what a row is, that is the how-manieth of its key."""
        told: list[Made] = []
        ident = ident_of(cells, self._key) if self._repeated else ""
        if len(cells) != self._width or cells.count("") >= self._most_empty:
            refusal, is_kept = self._fitting.fitted(line, cells)
            if refusal is not None:
                told.append(refusal)
            if not is_kept:
                return told
        values = self._values(line, cells, told)
        if values.keys().isdisjoint(self._needed) or (self._is_stage and not _has_deal(values)):
            return [*told, Refusal(self._place, *_LACKING[self._thing], line)]
        key = values.pop("key", None) or self._digest(cells)
        is_gone = self._has_flags and bool(values.pop("deleted", False))
        if self._has_flags and not values.pop("current", True) and not is_gone:
            why = "it is an earlier version of the row"
            return [Refusal(self._place, why, "Nothing: its present version counts", line)]
        received = self._received(cells)
        if is_gone:
            record = self._drafting.draft(key, values, received)
            return [*told, replace(record, is_gone=True)]
        made = self._kept(line, (ident, number), cells, key, (values, received))
        return [*told, *made] if told else made

    def _kept(
        self,
        line: int,
        which: tuple[str, int],
        cells: Sequence[str],
        key: str,
        row: tuple[Values, str],
    ) -> Sequence[Made]:
        """Return what a row is; of a key that comes again, once all of its rows have."""
        ident, number = which
        values, received = row
        if ident and (count := self._repeated.get(ident)):
            if self._key >= 0 and cells[self._key]:
                return self._gathered(ident, Lines(line, key), count, values, received)
            self._met[ident] += 1
            number = self._met[ident]
        if number > 1:
            key = f"{key}#{number}"
        return self._drafted(key, values, received)

    def _settled(self, numbering: Numbering) -> Iterator[Made]:
        """Yield what the rows are that had to wait for their number."""
        for line, cells, number in numbering.settled():
            yield from self._made(line, cells, number)

    def _gathered(
        self, ident: str, fresh: Lines, count: int, values: Values, received: str
    ) -> Sequence[Made]:
        """Put a row to others of its key; return what they are when all have come."""
        lines = self._waiting.setdefault(ident, fresh)
        lines.take(values, received)
        if lines.count < count:
            return ()
        del self._waiting[ident]
        return self._joined(lines)

    def _values(self, line: int, cells: list[str], told: list[Made]) -> Values:
        """Read the cells that mean something; tell those that are bad, and go on without."""
        values: Values = {}
        for number, name, read, is_further in self._plan:
            cell = cells[number]
            if cell and not (is_further and name in values):
                try:
                    value = read(cell)
                except BadCellError as error:
                    column = self._head[number]
                    told.append(Refusal(self._place, error.why, error.mend, line, column))
                else:
                    if value is not None:
                        values[name] = value
        for name in self._texts:
            text = values.get(name)
            if text and "<" in text and _MARKUP.search(text):
                values[name] = html_text(text) or text
        return values

    def _drafted(self, key: str, values: Values, received: str) -> Sequence[Made]:
        record = self._drafting.draft(key, values, received)
        text = values.get("text")
        if text is None or len(text) < LONG_ENOUGH or self._thing is not Object.ACTIVITIES:
            return (record,)
        organisation = record.organisation or self._known.about(
            organisation_key=record.organisation_key,
            deal_key=record.deal_key,
            person_key=record.person_key,
        )
        return (record, *document_of(key, record, organisation, self._today))

    def _joined(self, lines: Lines) -> Sequence[Made]:
        values, received, refusal = joined(lines, self._place, are_parts=self._has_lines)
        found = self._drafted(lines.key, values, received)
        return found if refusal is None else (refusal, *found)

    def _digest(self, cells: Sequence[str]) -> str:
        """Return a key for a row that has none: what is in it."""
        row = SEPARATOR.join(cells).encode("utf-8", "surrogatepass")
        return f"row-{blake2b(row, digest_size=10).hexdigest()}"


def _has_deal(values: Values) -> bool:
    return "deal_key" in values or "deal" in values
