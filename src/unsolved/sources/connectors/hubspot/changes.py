"""Asks HubSpot what has changed since, and misses nothing that changes while we read.

A search gives at most 10,000 objects, and what changes meanwhile moves to its end, so that a
page by number would leave something out. So every page is a new search from the last moment
of the page before, that moment included.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from unsolved.errors import SourceDown
from unsolved.sources.cells import milliseconds, moment_of
from unsolved.sources.connectors.hubspot.client import Client, Json, after_of, results_of
from unsolved.sources.connectors.hubspot.tables import Table

PAGE = 200  # the most that one search gives
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(milliseconds=1)
Filter = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """Some objects; everything that changed before ``until`` has now been seen.

    With ``id``, of what changed at that very moment all up to that one have been seen too.
    """

    objects: Sequence[Json]
    until: datetime
    id: str | None = None


def changes(
    client: Client,
    table: Table,
    since: datetime | None,
    *,
    overlap: timedelta,
    after: str | None = None,
) -> Iterator[Page]:
    """Yield what changed since a moment, oldest first, and before it so much as ``overlap``.

    With ``after``, of what changed at that very moment only what has a higher id is asked for.

    Raises:
        SourceRefused, SourceDown: as the client.
    """
    if since is None:
        yield from _span(client, table, _BEGINNING, None)
        return
    begin = max(since - overlap, _BEGINNING)
    if after is None:
        yield from _span(client, table, begin, None)
        return
    for page in _span(client, table, begin, since):
        yield Page(page.objects, since, after)
    yield from _moment(client, table, since, after)
    yield from _span(client, table, since + _TICK, None)


def changed_at(table: Table, told: Json) -> datetime | None:
    """Return when an object last changed."""
    properties = told.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    return moment_of(properties.get(table.changed)) or moment_of(told.get("updatedAt"))


def _span(
    client: Client, table: Table, since: datetime, before: datetime | None
) -> Iterator[Page]:
    """Yield what changed from ``since`` on, and before ``before`` where that is given."""
    seen: set[object] = set()
    while True:
        filters = [(table.changed, "GTE", str(milliseconds(since)))]
        if before is not None:
            filters.append((table.changed, "LT", str(milliseconds(before))))
        objects, has_more = _search(client, table, filters, table.changed)
        moments = [changed_at(table, one) or since for one in objects]
        last = moments[-1] if moments else since
        last -= timedelta(microseconds=last.microsecond % 1000)
        if last < since:
            raise SourceDown(path=table.name, why="it answers with what was not asked for")
        new = [one for one in objects if one.get("id") not in seen]
        yield Page(new, last)
        if not has_more or not objects:
            return
        if last > since:
            pairs = zip(moments, objects, strict=True)
            seen = {one.get("id") for moment, one in pairs if moment >= last}
            since = last
            continue
        # A whole page at one moment, as an import leaves: told by their ids instead.
        seen |= {one.get("id") for one in objects}
        for page in _moment(client, table, since, "0"):
            unseen = [one for one in page.objects if one.get("id") not in seen]
            yield Page(unseen, page.until, page.id)
        since, seen = since + _TICK, set()


def _moment(client: Client, table: Table, at: datetime, after: str) -> Iterator[Page]:
    """Yield what changed at one moment and has a higher id than ``after``."""
    while True:
        filters = [
            (table.changed, "GTE", str(milliseconds(at))),
            (table.changed, "LT", str(milliseconds(at + _TICK))),
            ("hs_object_id", "GT", after),
        ]
        objects, has_more = _search(client, table, filters, "hs_object_id")
        last = max((_number(one) for one in objects), default=_number({"id": after}))
        if objects and last <= _number({"id": after}):
            raise SourceDown(path=table.name, why="it answers with what was not asked for")
        after = str(last)
        yield Page(objects, at, after)
        if not has_more or not objects:
            return


def _search(
    client: Client, table: Table, filters: Sequence[Filter], by: str
) -> tuple[list[Json], bool]:
    """Return a page of a search, and whether there is more."""
    wanted = {
        "filterGroups": [
            {
                "filters": [
                    {"propertyName": name, "operator": operator, "value": value}
                    for name, operator, value in filters
                ]
            }
        ],
        "sorts": [{"propertyName": by, "direction": "ASCENDING"}],
        "properties": list(table.properties),
        "limit": PAGE,
    }
    told = client.post(f"/crm/v3/objects/{table.name}/search", wanted).told
    return results_of(told), after_of(told) is not None


def _number(told: Json) -> int:
    id_ = str(told.get("id"))
    return int(id_) if id_.isdecimal() else 0
