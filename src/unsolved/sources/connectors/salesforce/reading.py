"""Reads a Salesforce org page by page, and marks after each how far it has come.

One query an object, the oldest change first, deleted rows among the others: they are told as
gone. A query is a picture of one moment, so nothing slips while it is paged through; one that
takes too long loses its place there and is asked anew from the last change that was seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from unsolved.errors import SourceRefused
from unsolved.sources.cells import Cells, moment_of, text_of
from unsolved.sources.connector import Find, Visit
from unsolved.sources.connectors.salesforce.org import Org, Refused, Row
from unsolved.sources.connectors.salesforce.rows import (
    about,
    flat,
    is_lost_reason,
    record,
    stages,
)
from unsolved.sources.connectors.salesforce.tables import HISTORY, NEEDED, OPPORTUNITY, Table
from unsolved.sources.model import Refusal
from unsolved.sources.noted import document_of
from unsolved.sources.records import Gone, RecordKind
from unsolved.sources.steps import OVERLAP, Steps, written

CHUNK = 200  # ids in one query; more would not fit in an address
_LOST_PLACE = frozenset({"INVALID_QUERY_LOCATOR", "NOT_FOUND"})
_NOT_THERE = frozenset({"INVALID_TYPE", "NOT_FOUND", "INSUFFICIENT_ACCESS", "INVALID_FIELD"})


@dataclass(frozen=True, slots=True)
class Salesforce:
    """An org: what has changed in it since the last visit."""

    visit: Visit = field(repr=False)
    org: Org = field(repr=False)
    tables: Sequence[Table] = field(repr=False)

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.visit.name

    def fetch(self) -> Iterator[Find]:
        """Yield the rows table by table, those that changed first first.

        Raises:
            SourceRefused: Salesforce does not know us, or nothing may be read.
            SourceDown: Salesforce did not answer, or has answered enough for today.
        """
        steps = Steps(self.visit.cursor, self.visit.since)
        refused = 0
        for table in self.tables:
            try:
                yield from self._changes(table, steps)
            except Refused as error:
                if error.code not in _NOT_THERE:
                    raise
                refused += 1
                if refused == len(self.tables):
                    mend = "let the user of the connected app read them"
                    raise SourceRefused(why="nothing may be read", mend=mend) from None
                why = f"Salesforce does not show it ({error.code})"
                mend = "Let the user of the connected app read it, or leave it out of `objects`"
                yield Refusal(table.name, why, mend)
        yield steps.mark(is_last=True)

    def _changes(self, table: Table, steps: Steps) -> Iterator[Find]:
        since = steps.changed(table.name)
        since = since - OVERLAP if since else None
        fields = table.fields
        while True:
            begin = since
            try:
                for rows in self.org.pages(_soql(table, fields, since)):
                    yield from self._page(table, rows)
                    moments = [moment_of(row.get("SystemModstamp")) for row in rows]
                    known = [moment for moment in moments if moment]
                    if known:
                        since = known[-1]
                        steps.go(table.name, since)
                        yield steps.mark()
            except Refused as error:
                if error.code == "INVALID_FIELD" and fields is table.fields:
                    fields = self._seen(table)
                elif error.code not in _LOST_PLACE or since == begin:
                    raise
            else:
                return

    def _seen(self, table: Table) -> tuple[str, ...]:
        """Return the fields that this org has, and its own that say why a deal was lost."""
        seen = self.org.seen(table.name, table.fields)
        if missing := set(NEEDED) - set(seen):
            mend = f"let the user of the connected app see {', '.join(sorted(missing))}"
            raise SourceRefused(
                object=table.name, why="it does not say what changed", mend=mend
            )
        if table is OPPORTUNITY:
            seen += tuple(sorted(filter(is_lost_reason, self.org.fields(table.name))))
        return seen

    def _page(self, table: Table, rows: Sequence[Row]) -> Iterator[Find]:
        accounts: dict[str, str | None] = {}
        for row in rows:
            key = text_of(row.get("Id"))
            if not key or not key.isalnum():
                mend = "Tell Salesforce; the others are kept"
                yield Refusal(table.name, "a row came without its id", mend)
                continue
            if row.get("IsDeleted") is True:
                yield Gone(key, table.kind)
                if table.kind is RecordKind.ACTIVITY:
                    yield Gone(f"{table.name}/{key}")
                continue
            cells = Cells(f"{table.name} {key}", flat(row))
            found = record(table, row, cells)
            yield found
            yield from cells.refusals
            if table is OPPORTUNITY:
                accounts[key] = found.organisation_key
            if table.kind is RecordKind.ACTIVITY:
                today = self.visit.today
                yield from document_of(f"{table.name}/{key}", found, about(cells), today)
        yield from self._stages(accounts)

    def _stages(self, accounts: dict[str, str | None]) -> Iterator[Find]:
        keys = sorted(accounts)
        for start in range(0, len(keys), CHUNK):
            some = ", ".join(f"'{key}'" for key in keys[start : start + CHUNK])
            try:
                rows = self._history(some)
            except Refused as error:
                if error.code not in _NOT_THERE:
                    raise
                mend = "Let the user of the connected app read OpportunityHistory"
                yield Refusal("OpportunityHistory", "Salesforce does not show it", mend)
                return
            yield from stages(rows, accounts)

    def _history(self, keys: str) -> list[Row]:
        soql = (
            f"SELECT {', '.join(HISTORY)} FROM OpportunityHistory"  # noqa: S608 (ids are checked)
            f" WHERE OpportunityId IN ({keys}) ORDER BY OpportunityId, CreatedDate, Id"
        )
        rows = [row for page in self.org.pages(soql) for row in page]
        return [row for row in rows if row.get("IsDeleted") is not True]


def _soql(table: Table, fields: Sequence[str], since: datetime | None) -> str:
    where = f" WHERE SystemModstamp >= {written(since)}" if since else ""
    wanted = ", ".join(fields)
    return f"SELECT {wanted} FROM {table.name}{where} ORDER BY SystemModstamp, Id"  # noqa: S608
