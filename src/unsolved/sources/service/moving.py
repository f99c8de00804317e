"""What belongs to an organisation moves to another, and back again exactly."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Update, delete, func, select, update
from sqlalchemy.orm import Session

from unsolved.db import chunks
from unsolved.sources.identity import name_key
from unsolved.sources.service.returning import upto
from unsolved.sources.tables import (
    DocumentRow,
    OrganisationIdentifierRow,
    OrganisationNameRow,
    OrganisationRow,
    PersonKeyRow,
    PersonRow,
    RecordRow,
)

FACTS = ("industry", "country", "employees", "revenue")
Moved = dict[str, Any]


def move_organisation(tx: Session, kept: OrganisationRow, merged: OrganisationRow) -> Moved:
    """Give all that is one organisation's to another, and return what that was."""
    moved: Moved = {"upto": upto(tx)}
    moved["told"] = _told(tx, kept, merged)
    moved |= _move_parents(tx, kept, merged)
    for what, table, column in _belongings():
        moved[what] = _ids(tx, table, column == merged.id)
        _run(tx, update(table).where(column == merged.id).values({column.key: kept.id}))
    for what, table in _keys():
        moved[what] = list(
            tx.scalars(
                select(table.key).where(table.organisation_id == merged.id).order_by(table.key)
            )
        )
        _run(
            tx,
            update(table)
            .where(table.organisation_id == merged.id)
            .values(organisation_id=kept.id),
        )
    moved["person_keys"] = rename_keys(tx, merged.id, kept.id)
    moved |= _move_facts(tx, kept, merged)
    merged.merged_into_id = kept.id
    tx.flush()
    return moved


def return_organisation(
    tx: Session, kept: OrganisationRow, merged: OrganisationRow, moved: Moved
) -> None:
    """Give back exactly what was moved."""
    for what, table, column in _belongings():
        for ids in chunks(moved[what]):
            _run(
                tx,
                update(table)
                .where(table.id.in_(ids), column == kept.id)
                .values({column.key: merged.id}),
            )
    for what, names in _keys():
        for keys in chunks(moved[what]):
            _run(
                tx,
                update(names)
                .where(names.key.in_(keys), names.organisation_id == kept.id)
                .values(organisation_id=merged.id),
            )
    rename_keys(tx, kept.id, merged.id, only=[tuple(one) for one in moved["person_keys"]])
    _return_facts(tx, kept, merged, moved)
    merged.merged_into_id = None
    tx.flush()


def rename_keys(
    tx: Session, old: int, new: int, *, only: Sequence[tuple[str, int]] | None = None
) -> list[tuple[str, int]]:
    """Make people known by name at one organisation known at another; taken names stay.

    Returns the names, and whose they are. With ``only``, no others are renamed.
    """
    prefix = f"name:{old}:"
    rows = tx.scalars(
        select(PersonKeyRow).where(PersonKeyRow.key.startswith(prefix, autoescape=True))
    ).all()
    wanted = None if only is None else {name for name, _ in only}
    renamed = []
    for row in sorted(rows, key=lambda row: row.key):
        name = row.key.removeprefix(prefix)
        other = f"name:{new}:{name}"
        if (wanted is not None and name not in wanted) or _is_taken(tx, other):
            continue
        renamed.append((name, row.person_id))
        row.key = other
        tx.flush()
    return renamed


def _is_taken(tx: Session, key: str) -> bool:
    return tx.get(PersonKeyRow, key) is not None


def _belongings() -> Iterable[tuple[str, Any, Any]]:
    return (
        ("documents", DocumentRow, DocumentRow.organisation_id),
        ("records", RecordRow, RecordRow.organisation_id),
        ("people", PersonRow, PersonRow.organisation_id),
        ("children", OrganisationRow, OrganisationRow.parent_id),
    )


def _keys() -> Iterable[tuple[str, Any]]:
    return (("names", OrganisationNameRow), ("identifiers", OrganisationIdentifierRow))


def _told(tx: Session, kept: OrganisationRow, merged: OrganisationRow) -> list[str]:
    """Return the names by which sources tell the one that is merged, and not the other."""
    names = {name_key(merged.name)}
    for table in (DocumentRow, RecordRow):
        told = select(table.told).where(table.organisation_id == merged.id).distinct()
        names |= {name_key(name) for name in tx.scalars(told) if name}
    own = {name_key(kept.name)} | set(
        tx.scalars(select(OrganisationNameRow.key).filter_by(organisation_id=kept.id))
    )
    known = select(OrganisationNameRow.key).filter_by(organisation_id=merged.id)
    return sorted((names - own) | set(tx.scalars(known)))


def _move_parents(tx: Session, kept: OrganisationRow, merged: OrganisationRow) -> Moved:
    """Let nobody be their own parent; take the parent of the other where there was none."""
    moved: Moved = {"kept_parent": None, "filled_parent": None}
    if merged.id in _ancestors(tx, kept):
        moved["kept_parent"], kept.parent_id = kept.parent_id, None
    elif kept.parent_id is None and merged.parent_id is not None:
        above = {merged.parent_id, *_ancestors(tx, merged)}
        if kept.id not in above:
            moved["filled_parent"] = kept.parent_id = merged.parent_id
    tx.flush()
    return moved


def _ancestors(tx: Session, row: OrganisationRow) -> set[int]:
    found: set[int] = set()
    parent = row.parent_id
    while parent is not None and parent not in found:
        found.add(parent)
        parent = tx.scalar(select(OrganisationRow.parent_id).filter_by(id=parent))
    return found


def _move_facts(tx: Session, kept: OrganisationRow, merged: OrganisationRow) -> Moved:
    filled = {
        name: getattr(merged, name)
        for name in FACTS
        if getattr(kept, name) is None and getattr(merged, name) is not None
    }
    for name, value in filled.items():
        setattr(kept, name, value)
    domain, merged.domain = merged.domain, None
    tx.flush()
    is_further = domain is not None and kept.domain is not None
    if is_further:
        tx.add(OrganisationIdentifierRow(key=f"domain:{domain}", organisation_id=kept.id))
    elif domain is not None:
        kept.domain = domain
    came_back = kept.is_withdrawn and not merged.is_withdrawn
    kept.is_withdrawn = kept.is_withdrawn and merged.is_withdrawn
    return {
        "filled": filled,
        "domain": domain,
        "is_further": is_further,
        "came_back": came_back,
        "was_withdrawn": merged.is_withdrawn,
    }


def _return_facts(
    tx: Session, kept: OrganisationRow, merged: OrganisationRow, moved: Moved
) -> None:
    for name, value in moved["filled"].items():
        if getattr(kept, name) == value:
            setattr(kept, name, None)
    if moved["kept_parent"] is not None:
        kept.parent_id = moved["kept_parent"]
    elif moved["filled_parent"] is not None and kept.parent_id == moved["filled_parent"]:
        kept.parent_id = None
    domain = moved["domain"]
    if domain is not None:
        _free(tx, kept, domain)
        merged.domain = domain
    if moved["came_back"]:
        kept.is_withdrawn = True
    spoken = any(
        tx.scalar(
            select(func.count()).where(table.organisation_id == merged.id, table.is_current)
        )
        for table in (DocumentRow, RecordRow)
    )
    merged.is_withdrawn = moved["was_withdrawn"] and (merged.is_withdrawn or not spoken)


def _free(tx: Session, kept: OrganisationRow, domain: str) -> None:
    if kept.domain == domain:
        kept.domain = None
    key = f"domain:{domain}"
    tx.execute(delete(OrganisationIdentifierRow).filter_by(key=key, organisation_id=kept.id))
    tx.flush()


def _ids(tx: Session, table: Any, chosen: Any) -> list[int]:  # noqa: ANN401 (a table, a condition)
    return list(tx.scalars(select(table.id).where(chosen).order_by(table.id)))


def _run(tx: Session, statement: Update) -> None:
    tx.flush()
    tx.execute(statement.execution_options(synchronize_session=False))
    tx.expire_all()
