"""What belongs to a person moves to another, and back again exactly."""

import json
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from unsolved.db import chunks
from unsolved.sources.service.moving import Moved
from unsolved.sources.service.returning import upto
from unsolved.sources.tables import PersonKeyRow, PersonRow, RecordPersonRow, RecordRow

FACTS = ("title", "phone", "organisation_id")
MAILTO = "mailto:"


def move_person(tx: Session, kept: PersonRow, merged: PersonRow) -> Moved:
    """Give all that is one person's to another, and return what that was."""
    keys = list(
        tx.scalars(
            select(PersonKeyRow.key).filter_by(person_id=merged.id).order_by(PersonKeyRow.key)
        )
    )
    own = tx.scalars(select(PersonKeyRow.key).filter_by(person_id=kept.id)).all()
    records = list(
        tx.scalars(select(RecordRow.id).filter_by(person_id=merged.id).order_by(RecordRow.id))
    )
    moved: Moved = {
        "upto": upto(tx),
        "keys": keys,
        "addresses": _addresses(keys),
        "kept_addresses": _addresses(own),
        "records": records,
        **_move_parts(tx, kept.id, merged.id),
        **_fill(kept, merged),
    }
    _run(tx, update(PersonKeyRow).filter_by(person_id=merged.id).values(person_id=kept.id))
    _run(tx, update(RecordRow).filter_by(person_id=merged.id).values(person_id=kept.id))
    merged.merged_into_id = kept.id
    tx.flush()
    return moved


def return_person(tx: Session, kept: PersonRow, merged: PersonRow, moved: Moved) -> None:
    """Give back exactly what was moved, and what came since to one of their addresses."""
    for keys in chunks(moved["keys"]):
        _give(tx, PersonKeyRow, PersonKeyRow.key.in_(keys), kept.id, merged.id)
    _return_renamed(tx, kept.id, merged.id, moved["keys"])
    for ids in chunks(moved["records"]):
        _give(tx, RecordRow, RecordRow.id.in_(ids), kept.id, merged.id)
    for record, part in moved["parts"]:
        here = (RecordPersonRow.record_id == record) & (RecordPersonRow.part == part)
        _give(tx, RecordPersonRow, here, kept.id, merged.id)
    for record, part in moved["dropped"]:
        if tx.get(RecordRow, record) is not None:
            tx.add(RecordPersonRow(record_id=record, person_id=merged.id, part=part))
    for name, value in moved["filled"].items():
        if getattr(kept, name) == value:
            setattr(kept, name, None)
    if moved["name"] is not None and kept.name == merged.name:
        kept.name = moved["name"]
    merged.merged_into_id = None
    tx.flush()
    _return_new(tx, kept.id, merged.id, moved)


def _addresses(keys: list[str] | Any) -> list[str]:  # noqa: ANN401 (a sequence)
    return [key.removeprefix(MAILTO) for key in keys if key.startswith(MAILTO)]


def _move_parts(tx: Session, kept: int, merged: int) -> Moved:
    """Move a person's parts in mails and meetings; one that the other has too is dropped."""
    rows = tx.execute(
        select(RecordPersonRow.record_id, RecordPersonRow.part)
        .filter_by(person_id=merged)
        .order_by(RecordPersonRow.record_id, RecordPersonRow.part)
    ).all()
    parts: list[list[int | str]] = []
    dropped: list[list[int | str]] = []
    for record, part in rows:
        is_theirs = tx.get(RecordPersonRow, (record, kept, part)) is not None
        (dropped if is_theirs else parts).append([record, part.value])
        here = (
            (RecordPersonRow.record_id == record)
            & (RecordPersonRow.part == part)
            & (RecordPersonRow.person_id == merged)
        )
        if is_theirs:
            tx.execute(
                delete(RecordPersonRow).where(here).execution_options(synchronize_session=False)
            )
        else:
            _run(tx, update(RecordPersonRow).where(here).values(person_id=kept))
    tx.expire_all()
    return {"parts": parts, "dropped": dropped}


def _fill(kept: PersonRow, merged: PersonRow) -> Moved:
    filled = {
        name: getattr(merged, name)
        for name in FACTS
        if getattr(kept, name) is None and getattr(merged, name) is not None
    }
    for name, value in filled.items():
        setattr(kept, name, value)
    before = None
    if "@" in kept.name and "@" not in merged.name:
        before, kept.name = kept.name, merged.name
    return {"filled": filled, "name": before}


def _return_renamed(tx: Session, kept: int, merged: int, keys: list[str]) -> None:
    """Give back the names that are those of another organisation by now."""
    lost = {
        key.split(":", 2)[2]
        for key in keys
        if key.startswith("name:") and tx.get(PersonKeyRow, key) is None
    }
    for row in tx.scalars(select(PersonKeyRow).filter_by(person_id=kept)).all():
        if row.key.startswith("name:") and row.key.split(":", 2)[2] in lost:
            row.person_id = merged
    tx.flush()


def _return_new(tx: Session, kept: int, merged: int, moved: Moved) -> None:
    """Give back the records since that tell an address of theirs, and none of the other's."""
    if not moved["addresses"]:
        return
    rows = tx.scalars(
        select(RecordRow).where(
            RecordRow.person_id == kept, RecordRow.id > moved["upto"]["records"]
        )
    ).all()
    for row in rows:
        told = f"{json.dumps(row.facts)}\n{row.received}\n{row.key}".casefold()
        theirs = any(address in told for address in moved["addresses"])
        if theirs and not any(address in told for address in moved["kept_addresses"]):
            row.person_id = merged
    tx.flush()


def _give(tx: Session, table: Any, chosen: Any, here: int, there: int) -> None:  # noqa: ANN401
    _run(tx, update(table).where(chosen, table.person_id == here).values(person_id=there))


def _run(tx: Session, statement: Any) -> None:  # noqa: ANN401 (an update)
    tx.flush()
    tx.execute(statement.execution_options(synchronize_session=False))
    tx.expire_all()
