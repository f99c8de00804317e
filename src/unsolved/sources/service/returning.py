"""What came after a merge, and under whose name: it goes back with whom it was told of."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session, aliased

from unsolved.sources.identity import name_key
from unsolved.sources.records import RecordKind
from unsolved.sources.tables import DocumentRow, PersonRow, RecordRow


def upto(tx: Session) -> dict[str, int]:
    """Return the highest numbers given so far: what comes later has higher ones."""
    tables = {"documents": DocumentRow, "records": RecordRow, "people": PersonRow}
    return {
        name: tx.scalar(select(func.max(table.id))) or 0  # type: ignore[attr-defined]
        for name, table in tables.items()
    }


def take_told(
    tx: Session, here: int, there: int, told: Collection[str], since: dict[str, int]
) -> None:
    """Give ``there`` what ``here`` has got since then under one of these names."""
    for name, table in (("documents", DocumentRow), ("records", RecordRow)):
        rows = tx.execute(
            select(table.id, table.told).where(
                table.organisation_id == here, table.id > since[name], table.told.is_not(None)
            )
        )
        ids = [row.id for row in rows if name_key(row.told) in told]
        _give(tx, table, ids, there)
    _take_tied(tx, here, there, since["records"])
    _take_people(tx, here, there, since["people"])


def _take_tied(tx: Session, here: int, there: int, since: int) -> None:
    """Take the records that say whom they are about by another record, which went."""
    other = aliased(RecordRow)
    for key, kind in (
        (RecordRow.organisation_key, RecordKind.ORGANISATION),
        (RecordRow.deal_key, RecordKind.DEAL),
        (RecordRow.person_key, RecordKind.PERSON),
    ):
        went = exists(
            select(other.id).where(
                other.source_id == RecordRow.source_id,
                other.kind == kind,
                other.key == key,
                other.organisation_id == there,
            )
        )
        tx.execute(
            update(RecordRow)
            .where(
                RecordRow.organisation_id == here,
                RecordRow.id > since,
                RecordRow.told.is_(None),
                key.is_not(None),
                went,
            )
            .values(organisation_id=there)
            .execution_options(synchronize_session=False)
        )
    tx.expire_all()


def _take_people(tx: Session, here: int, there: int, since: int) -> None:
    """Take the people of whom only what went speaks."""

    def spoken(organisation: int) -> Any:  # noqa: ANN401 (a condition)
        return exists(
            select(RecordRow.id).where(
                RecordRow.person_id == PersonRow.id, RecordRow.organisation_id == organisation
            )
        )

    tx.execute(
        update(PersonRow)
        .where(
            PersonRow.organisation_id == here,
            PersonRow.id > since,
            spoken(there),
            ~spoken(here),
        )
        .values(organisation_id=there)
        .execution_options(synchronize_session=False)
    )
    tx.expire_all()


def _give(tx: Session, table: Any, ids: list[int], there: int) -> None:  # noqa: ANN401 (a table)
    for start in range(0, len(ids), 500):
        tx.execute(
            update(table)
            .where(table.id.in_(ids[start : start + 500]))
            .values(organisation_id=there)
            .execution_options(synchronize_session=False)
        )
    tx.expire_all()
