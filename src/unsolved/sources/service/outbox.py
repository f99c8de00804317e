"""The list of what is to be written into a CRM, and how far each thing has come."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from unsolved.errors import NotFound
from unsolved.sources.outgoing import Outgoing, State
from unsolved.sources.tables import OutgoingRow


def plan_outgoing(tx: Session, source_id: int, items: Iterable[Outgoing], now: datetime) -> int:
    """Put on the list what is not on it yet, and return how many that were.

    What was sent once is on it for good, so that planning again sends nothing again; what
    failed is planned anew.
    """
    known = {
        row.key: row for row in tx.scalars(select(OutgoingRow).filter_by(source_id=source_id))
    }
    count = 0
    for item in items:
        row = known.get(item.key)
        if row is None:
            row = OutgoingRow(source_id=source_id, key=item.key, action=item.action)
            row.planned_at, row.state, row.content = now, State.PLANNED, item.told()
            tx.add(row)
            known[item.key] = row
            count += 1
        elif row.state is State.FAILED:
            row.state, row.why, row.planned_at = State.PLANNED, None, now
            count += 1
    tx.flush()
    return count


def drop_planned(tx: Session, source_id: int) -> int:
    """Take off the list what was planned and not sent, and return how many that were."""
    rows = tx.scalars(
        select(OutgoingRow).filter_by(source_id=source_id, state=State.PLANNED)
    ).all()
    for row in rows:
        tx.delete(row)
    return len(rows)


def note_sending(tx: Session, item_id: int) -> None:
    """Note that something is about to be sent: after a crash it may have arrived.

    Raises:
        NotFound: there is no such item.
    """
    _row(tx, item_id).state = State.SENDING


def note_sent(tx: Session, item_id: int, remote: str, now: datetime) -> None:
    """Note that something arrived, and what the CRM calls it.

    Raises:
        NotFound: there is no such item.
    """
    row = _row(tx, item_id)
    row.state, row.remote, row.sent_at, row.why = State.SENT, remote, now, None


def note_unsent(tx: Session, item_id: int, why: str, *, may_have_arrived: bool) -> None:
    """Note that something was not taken, or that nobody knows.

    Raises:
        NotFound: there is no such item.
    """
    row = _row(tx, item_id)
    row.state, row.why = (State.SENDING if may_have_arrived else State.FAILED), why


def _row(tx: Session, item_id: int) -> OutgoingRow:
    row = tx.get(OutgoingRow, item_id)
    if row is None:
        raise NotFound(outgoing=item_id)
    return row
