"""What one may ask about people, and about those who are to be compared side by side."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unsolved.sources.identity import email_key
from unsolved.sources.merging import Of, Side
from unsolved.sources.people import Person
from unsolved.sources.queries.alike import MAILTO, organisation_facts
from unsolved.sources.queries.identities import standing_of
from unsolved.sources.records import RecordKind
from unsolved.sources.tables import (
    DocumentRow,
    OrganisationRow,
    PersonKeyRow,
    PersonRow,
    RecordPersonRow,
    RecordRow,
)


def person(tx: Session, person_id: int) -> Person | None:
    """Return a person by their id; of one who was merged, who they are part of now."""
    standing = standing_of(tx, Of.PERSON, person_id)
    found = _people(tx, [standing]) if standing is not None else []
    return found[0] if found else None


def person_called(tx: Session, address: str) -> Person | None:
    """Return the person who has an e-mail address."""
    key = tx.get(PersonKeyRow, f"{MAILTO}{email_key(address)}")
    return person(tx, key.person_id) if key else None


def people_in(tx: Session, source_id: int) -> dict[str, int]:
    """Return who is meant by each current record of a person that a source has, by its key."""
    rows = tx.execute(
        select(RecordRow.key, RecordRow.person_id).where(
            RecordRow.source_id == source_id,
            RecordRow.kind == RecordKind.PERSON,
            RecordRow.is_current,
            RecordRow.person_id.is_not(None),
        )
    )
    return {key: one for key, one in rows if one is not None}


def people_of(tx: Session, organisation_id: int) -> list[Person]:
    """Return the people who work at an organisation, by name."""
    standing = standing_of(tx, Of.ORGANISATION, organisation_id)
    ids = tx.scalars(
        select(PersonRow.id)
        .where(PersonRow.organisation_id == standing, PersonRow.merged_into_id.is_(None))
        .order_by(PersonRow.name, PersonRow.id)
    )
    return _people(tx, list(ids))


def sides(tx: Session, of: Of, ids: Iterable[int]) -> dict[int, Side]:
    """Return what is shown of those who are to be compared."""
    wanted = sorted(set(ids))
    return _sides_of_people(tx, wanted) if of is Of.PERSON else _sides(tx, wanted)


def _people(tx: Session, ids: Sequence[int]) -> list[Person]:
    emails: dict[int, list[str]] = defaultdict(list)
    keys = tx.scalars(
        select(PersonKeyRow)
        .where(PersonKeyRow.person_id.in_(ids), PersonKeyRow.key.startswith(MAILTO))
        .order_by(PersonKeyRow.key)
    )
    for key in keys:
        emails[key.person_id].append(key.key.removeprefix(MAILTO))
    rows = tx.execute(
        select(PersonRow, OrganisationRow.name)
        .outerjoin(OrganisationRow, OrganisationRow.id == PersonRow.organisation_id)
        .where(PersonRow.id.in_(ids))
        .order_by(PersonRow.name, PersonRow.id)
    )
    return [
        Person(
            id=row.id,
            name=row.name,
            title=row.title,
            phone=row.phone,
            emails=tuple(emails.get(row.id, ())),
            organisation_id=row.organisation_id,
            organisation=place,
        )
        for row, place in rows
    ]


def _sides(tx: Session, ids: Sequence[int]) -> dict[int, Side]:
    documents, records = (
        _counted(
            tx.execute(
                select(table.organisation_id, func.count())
                .where(table.organisation_id.in_(ids), table.is_current)
                .group_by(table.organisation_id)
            )
        )
        for table in (DocumentRow, RecordRow)
    )
    return {
        known.id: Side(
            id=known.id,
            name=known.names[0],
            facts=_told(
                ("also called", ", ".join(known.names[1:])),
                ("site", ", ".join(known.domains)),
                ("country", known.country),
                ("industry", known.industry),
                ("numbers", ", ".join(known.identifiers)),
                ("mail from", ", ".join(known.mail_domains)),
            ),
            documents=documents.get(known.id, 0),
            records=records.get(known.id, 0),
        )
        for known in organisation_facts(tx, ids)
    }


def _sides_of_people(tx: Session, ids: Sequence[int]) -> dict[int, Side]:
    own = select(RecordRow.person_id.label("one"), RecordRow.id).where(
        RecordRow.person_id.in_(ids), RecordRow.is_current
    )
    part = select(RecordPersonRow.person_id.label("one"), RecordPersonRow.record_id).where(
        RecordPersonRow.person_id.in_(ids)
    )
    told = own.union(part).subquery()
    records = _counted(tx.execute(select(told.c.one, func.count()).group_by(told.c.one)))
    return {
        known.id: Side(
            id=known.id,
            name=known.name,
            facts=_told(
                ("works at", known.organisation),
                ("title", known.title),
                ("mail", ", ".join(known.emails)),
                ("telephone", known.phone),
            ),
            documents=0,
            records=records.get(known.id, 0),
        )
        for known in _people(tx, ids)
    }


def _counted(rows: Iterable[Any]) -> dict[int, int]:
    return {one: count for one, count in rows}  # noqa: C416 (rows are no pairs to mypy)


def _told(*facts: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)
