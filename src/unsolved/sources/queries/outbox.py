"""What one may ask about what is written into a CRM."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from unsolved.sources.outgoing import Outgoing, State
from unsolved.sources.records import RecordKind
from unsolved.sources.tables import OutgoingRow, RecordRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Something on the list: what, how far it has come, and what became of it."""

    id: int
    item: Outgoing
    state: State
    planned_at: datetime
    sent_at: datetime | None
    remote: str | None
    why: str | None


def outbox(tx: Session, source_id: int, states: Collection[State] = ()) -> list[Listed]:
    """Return what is to be written into the CRM of a source, in the order it was planned."""
    wanted = select(OutgoingRow).filter_by(source_id=source_id).order_by(OutgoingRow.id)
    if states:
        wanted = wanted.where(OutgoingRow.state.in_(states))
    return [
        Listed(
            id=row.id,
            item=Outgoing.of(row.content),
            state=row.state,
            planned_at=row.planned_at,
            sent_at=row.sent_at,
            remote=row.remote,
            why=row.why,
        )
        for row in tx.scalars(wanted)
    ]


def organisations_in(tx: Session, source_id: int) -> dict[int, str]:
    """Return, for each organisation that a CRM has a record of, the record's key there."""
    rows = tx.execute(
        select(RecordRow.organisation_id, RecordRow.key)
        .where(
            RecordRow.source_id == source_id,
            RecordRow.kind == RecordKind.ORGANISATION,
            RecordRow.is_current,
            RecordRow.organisation_id.is_not(None),
        )
        .order_by(RecordRow.id.desc())
    )
    return {row.organisation_id: row.key for row in rows}
