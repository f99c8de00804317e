"""What one may ask about sources: how they are, what they brought, which are due."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from unsolved.sources.model import Refusal
from unsolved.sources.sourced import Import, Source
from unsolved.sources.tables import (
    NEVER,
    DocumentRow,
    MappingRow,
    RecordRow,
    RefusalRow,
    SourceRow,
    VisitRow,
)

SHOWN = 200
"""Refusals that a page shows of one source."""


def sources(tx: Session, now: datetime | None = None) -> list[Source]:
    """Return the places we read, by name; ``now`` tells which are being visited."""
    rows = tx.scalars(
        select(SourceRow).where(SourceRow.is_removed.is_(False)).order_by(SourceRow.name)
    ).all()
    counts = [
        {row[0]: row[1] for row in tx.execute(_current(table))}
        for table in (DocumentRow, RecordRow)
    ]
    return [
        _source(tx, row, counts[0].get(row.id, 0), counts[1].get(row.id, 0), now)
        for row in rows
    ]


def source(tx: Session, source_id: int, now: datetime | None = None) -> Source | None:
    """Return one place we read; None when there is none, or it was removed."""
    row = tx.get(SourceRow, source_id)
    if row is None or row.is_removed:
        return None
    documents, records = (
        tx.scalar(select(func.count()).where(table.source_id == source_id, table.is_current))
        for table in (DocumentRow, RecordRow)
    )
    return _source(tx, row, documents or 0, records or 0, now)


def source_called(tx: Session, name: str) -> int | None:
    """Return the id of the source of that name, removed or not."""
    return tx.scalar(select(SourceRow.id).filter_by(name=name))


def removed(tx: Session, source_id: int) -> str | None:
    """Return what a source that was removed is called."""
    row = tx.get(SourceRow, source_id)
    return row.name if row is not None and row.is_removed else None


def due(tx: Session, now: datetime) -> list[int]:
    """Return the sources whose visit is due, the longest unvisited first.

    Due are those with a schedule whose hour has come, and those never visited.
    """
    hour_has_come = or_(SourceRow.next_at.is_(None), SourceRow.next_at <= now)
    return list(
        tx.scalars(
            select(SourceRow.id)
            .where(
                SourceRow.is_removed.is_(False),
                SourceRow.is_paused.is_(False),
                SourceRow.every.is_not(None),
                hour_has_come,
                or_(SourceRow.busy_until.is_(None), SourceRow.busy_until < now),
            )
            .order_by(SourceRow.visited_at, SourceRow.id)
        )
    )


def to_go_on_with(tx: Session, source_id: int) -> dict[str, Any]:
    """Return what a visit needs beside the settings: secret, cursor and since when."""
    row = tx.get_one(SourceRow, source_id)
    return {"secret": row.secret, "cursor": row.cursor, "since": row.since}


def refusals(tx: Session, source_id: int) -> Iterator[Refusal]:
    """Yield all that the last visit could not read, in the order in which it came."""
    rows = tx.scalars(
        select(RefusalRow)
        .where(RefusalRow.source_id == source_id)
        .order_by(RefusalRow.id)
        .execution_options(yield_per=1_000)
    )
    for row in rows:
        yield Refusal(row.place, row.why, row.mend, row.line, row.field)


def imports(tx: Session, source_id: int | None = None, limit: int = 50) -> list[Import]:
    """Return visits that brought or refused something, or failed; the newest first."""
    wanted = select(VisitRow, SourceRow.name).join(
        SourceRow, SourceRow.id == VisitRow.source_id
    )
    if source_id is not None:
        wanted = wanted.where(VisitRow.source_id == source_id)
    told = or_(
        VisitRow.new > 0,
        VisitRow.changed > 0,
        VisitRow.refused > 0,
        VisitRow.failure.is_not(None),
        VisitRow.ended_at.is_(None),
    )
    rows = tx.execute(wanted.where(told).order_by(VisitRow.id.desc()).limit(limit))
    return [
        Import(
            id=row.id,
            source_id=row.source_id,
            source=name,
            began_at=row.began_at,
            ended_at=row.ended_at,
            new=row.new,
            changed=row.changed,
            unchanged=row.unchanged,
            refused=row.refused,
            failure=row.failure,
            undone_at=row.undone_at,
        )
        for row, name in rows
    ]


def mapping(tx: Session, signature: str) -> dict[str, Any] | None:
    """Return what the columns of such a table were said to mean."""
    row = tx.get(MappingRow, signature)
    return row.mapping if row else None


def _current(table: type[DocumentRow] | type[RecordRow]) -> Any:  # noqa: ANN401 (a select)
    return (
        select(table.source_id, func.count()).where(table.is_current).group_by(table.source_id)
    )


def _source(
    tx: Session, row: SourceRow, documents: int, records: int, now: datetime | None
) -> Source:
    refused = tx.scalar(select(func.count()).where(RefusalRow.source_id == row.id)) or 0
    first = tx.scalars(
        select(RefusalRow)
        .where(RefusalRow.source_id == row.id)
        .order_by(RefusalRow.id)
        .limit(SHOWN)
    )
    return Source(
        id=row.id,
        name=row.name,
        kind=row.kind,
        settings=row.settings,
        has_secrets=row.secret is not None,
        every=row.every,
        is_paused=row.is_paused,
        visited_at=row.visited_at if row.visited_at > NEVER else None,
        next_at=row.next_at,
        failure=row.failure,
        failures=row.failures,
        is_busy=bool(now and row.busy_until and row.busy_until > now),
        documents=documents,
        records=records,
        new=row.new,
        changed=row.changed,
        unchanged=row.unchanged,
        refused=refused,
        refusals=tuple(Refusal(r.place, r.why, r.mend, r.line, r.field) for r in first),
    )
