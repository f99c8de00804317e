"""Reads a HubSpot account page by page, and marks after each how far it has come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from unsolved.errors import SourceRefused
from unsolved.sources.cells import Cells, moment_of, text_of
from unsolved.sources.connector import Find, Visit
from unsolved.sources.connectors.hubspot.activities import activity_record
from unsolved.sources.connectors.hubspot.changes import changes
from unsolved.sources.connectors.hubspot.client import Client, Json, NotAllowed
from unsolved.sources.connectors.hubspot.linked import Linked
from unsolved.sources.connectors.hubspot.naming import (
    Companies,
    Naming,
    named_company,
    naming,
    not_allowed,
)
from unsolved.sources.connectors.hubspot.rows import (
    Links,
    company_record,
    contact_record,
    deal_record,
    stages,
)
from unsolved.sources.connectors.hubspot.tables import COMPANIES, DEALS, Table
from unsolved.sources.model import Refusal
from unsolved.sources.noted import document_of
from unsolved.sources.records import Gone, RecordDraft, RecordKind
from unsolved.sources.steps import OVERLAP, Steps

HISTORIES = 50  # objects whose history one request may read
_LINKED: Mapping[RecordKind, tuple[str, ...]] = {
    RecordKind.ORGANISATION: (),
    RecordKind.PERSON: ("companies",),
    RecordKind.DEAL: ("companies", "contacts"),
    RecordKind.ACTIVITY: ("companies", "contacts", "deals"),
}


@dataclass(frozen=True, slots=True)
class HubSpot:
    """An account: what has changed in it since the last visit."""

    visit: Visit = field(repr=False)
    client: Client = field(repr=False)
    tables: Sequence[Table] = field(repr=False)

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.visit.name

    def fetch(self) -> Iterator[Find]:
        """Yield the objects table by table, those that changed first first.

        Raises:
            SourceRefused: HubSpot does not take the token, or the token may read nothing.
            SourceDown: HubSpot did not answer.
        """
        steps = Steps(self.visit.cursor, self.visit.since)
        names = Naming()
        for told in naming(self.client, has_deals=DEALS in self.tables):
            if isinstance(told, Naming):
                names = told
            else:
                yield told
        know = _Known(names, Companies(self.client), Linked(self.client))
        refused = 0
        for table in self.tables:
            try:
                yield from self._changes(table, steps, know)
                yield from self._archived(table, steps)
            except NotAllowed as error:
                refused += 1
                if refused == len(self.tables):
                    why = "the token may read nothing of what is wanted"
                    raise SourceRefused(why=why, mend=error.facts.get("mend")) from None
                yield not_allowed(table.name, str(error.facts.get("scopes") or table.scope))
        yield steps.mark(is_last=True)

    def _changes(self, table: Table, steps: Steps, know: "_Known") -> Iterator[Find]:
        since, after = steps.changed(table.name), steps.id(table.name)
        for page in changes(self.client, table, since, overlap=OVERLAP, after=after):
            objects = []
            for one in page.objects:
                if (text_of(one.get("id")) or "").isdecimal():
                    objects.append(one)
                else:
                    mend = "Tell HubSpot; the others are kept"
                    yield Refusal(table.name, "an object came without its number", mend)
            if objects:
                yield from self._page(table, objects, know)
            if page.objects:
                steps.go(table.name, page.until, id=page.id)
                yield steps.mark()

    def _page(self, table: Table, objects: Sequence[Json], know: "_Known") -> Iterator[Find]:
        found = list(self._rows(table, objects, know))
        yield from know.linked.refusals
        know.linked.refusals.clear()
        know.companies.ask(_named(table, found))
        histories = self._histories([row.id for row in found]) if table is DEALS else {}
        for row in found:
            record = _record(table, row, know)
            yield record
            yield from row.cells.refusals
            for merged in (row.cells.text("hs_merged_object_ids") or "").split(";"):
                if merged.strip().isdecimal() and merged.strip() != row.id:
                    yield Gone(merged.strip(), table.kind)
            if table is DEALS:
                history = histories.get(row.id, {})
                yield from stages(row.told, history, know.names, record.organisation_key)
            if table.kind is RecordKind.ACTIVITY:
                company = know.companies.get(record.organisation_key)
                key = f"{table.name}/{row.id}"
                yield from document_of(key, record, company, self.visit.today)

    def _rows(self, table: Table, objects: Sequence[Json], know: "_Known") -> Iterator["_Row"]:
        ids = [str(one["id"]) for one in objects]
        linked = {to: know.linked.of(table.name, to, ids) for to in _LINKED[table.kind]}
        for id_, one in zip(ids, objects, strict=True):
            links = Links(**{to: by.get(id_, ()) for to, by in linked.items()})
            properties = one.get("properties")
            properties = properties if isinstance(properties, dict) else {}
            if table is COMPANIES:
                know.companies.know(id_, named_company(properties))
            yield _Row(id_, one, Cells(f"{table.name} {id_}", properties), links)

    def _histories(self, ids: Sequence[str]) -> dict[str, Json]:
        wanted: dict[str, Any] = {
            "properties": ["dealstage"],
            "propertiesWithHistory": ["dealstage"],
        }
        told = self.client.batch("/crm/v3/objects/deals/batch/read", ids, HISTORIES, **wanted)
        return {str(one.get("id")): one for one in told}

    def _archived(self, table: Table, steps: Steps) -> Iterator[Find]:
        """Yield what is gone since the last visit; HubSpot lists it for ninety days."""
        since = steps.archived(table.name)
        newest: datetime | None = since
        path = f"/crm/v3/objects/{table.name}?archived=true&limit=100&properties=hs_object_id"
        for page in self.client.pages(path):
            for one in page:
                at, id_ = moment_of(one.get("archivedAt")), text_of(one.get("id"))
                if not id_ or (at and since and at < since):
                    continue
                yield Gone(id_, table.kind)
                if table.kind is RecordKind.ACTIVITY:
                    yield Gone(f"{table.name}/{id_}")
                newest = max(filter(None, (newest, at)), default=None)
        if newest is not None:
            steps.go_archived(table.name, newest)
            yield steps.mark()


@dataclass(frozen=True, slots=True)
class _Known:
    """What one visit has learned so far."""

    names: Naming
    companies: Companies
    linked: Linked


@dataclass(frozen=True, slots=True)
class _Row:
    """An object, and whom and what it is about."""

    id: str
    told: Json
    cells: Cells
    links: Links


def _named(table: Table, rows: Sequence[_Row]) -> Iterator[str]:
    """Yield the companies whose names are wanted: parents, and whom a text is about."""
    for row in rows:
        parent = row.cells.text("hs_parent_company_id")
        if table is COMPANIES and parent and parent.isdecimal():
            yield parent
        if table.kind is RecordKind.ACTIVITY and row.links.companies:
            yield row.links.companies[0]


def _record(table: Table, row: _Row, know: _Known) -> RecordDraft:
    if table.kind is RecordKind.ORGANISATION:
        parent = know.companies.get(row.cells.text("hs_parent_company_id"))
        called = parent.name if parent else None
        return company_record(row.told, row.cells, know.names, called)
    if table.kind is RecordKind.PERSON:
        return contact_record(row.told, row.cells, row.links, know.names)
    if table.kind is RecordKind.DEAL:
        return deal_record(row.told, row.cells, row.links, know.names)
    return activity_record(table, row.told, row.cells, row.links, know.names)
