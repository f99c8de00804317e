"""What one may ask about people, and about those who are to be compared side by side."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unsolved.sources.merging import Of, Side
from unsolved.sources.person import Person
from unsolved.sources.queries.alike import MAILTO, organisation_facts
from unsolved.sources.queries.identities import standing_of
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
        dict(
            tx.execute(
                select(table.organisation_id, func.count())
                .where(table.organisation_id.in_(ids), table.is_current)
                .group_by(table.organisation_id)
            )
            .tuples()
            .all()
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
    records = dict(
        tx.execute(select(told.c.one, func.count()).group_by(told.c.one)).tuples().all()
    )
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


def _told(*facts: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)
