"""Lists that somebody wants to see again are saved, renamed and taken away."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from unsolved.deals.tables import ViewRow
from unsolved.errors import Conflict, Invalid, NotFound

LONGEST = 80
MOST = 100


def save_view(tx: Session, name: str, asked: Mapping[str, str], now: datetime) -> int:
    """Save a list under a name, and return its id; one of that name is replaced.

    Raises:
        Invalid: the name is empty or too long, or there are too many.
    """
    name = _checked(name)
    row = tx.scalar(select(ViewRow).filter_by(name=name))
    if row is None:
        if len(tx.scalars(select(ViewRow.id)).all()) >= MOST:
            raise Invalid(field="name", mend=f"there are {MOST} lists; remove one first")
        row = ViewRow(name=name, asked={}, made_at=now)
        tx.add(row)
    row.asked = {key: value for key, value in asked.items() if value}
    tx.flush()
    return row.id


def rename_view(tx: Session, view_id: int, name: str) -> None:
    """Give a list another name.

    Raises:
        NotFound: there is no such list.
        Invalid: the name is empty or too long.
        Conflict: another list has it.
    """
    row, name = _row(tx, view_id), _checked(name)
    other = tx.scalar(select(ViewRow.id).filter_by(name=name))
    if other not in {None, view_id}:
        raise Conflict(name=name, mend="another list is called that")
    row.name = name
    tx.flush()


def remove_view(tx: Session, view_id: int) -> None:
    """Take a list away; what it lists stays.

    Raises:
        NotFound: there is no such list.
    """
    tx.delete(_row(tx, view_id))
    tx.flush()


def _row(tx: Session, view_id: int) -> ViewRow:
    row = tx.get(ViewRow, view_id)
    if row is None:
        raise NotFound(list=view_id)
    return row


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or "\0" in name:
        raise Invalid(field="name", mend=f"a name has 1 to {LONGEST} characters")
    return name
