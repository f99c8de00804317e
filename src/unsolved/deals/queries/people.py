"""Whom the records of a deal name: its contacts, and who is in its activities."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from unsolved.db import chunks
from unsolved.deals.crm import Deal, Involved
from unsolved.sources import people_in
from unsolved.sources.records import RecordKind
from unsolved.sources.tables import PersonRow, RecordPersonRow, RecordRow

Place = tuple[int, str]
"""A source, and what it calls a deal."""


def involved(tx: Session, deals: Sequence[Deal]) -> dict[Place, list[Involved]]:
    """Return whom the records of deals name: their contacts, and who is in their activities.

    Only people of the buyer's: those who work at the organisation, and contacts of the deal.
    """
    counts: dict[Place, dict[int, list[datetime | None]]] = defaultdict(dict)
    contacts: dict[Place, set[int]] = defaultdict(set)
    for place, person, at in _named(tx, deals):
        counts[place].setdefault(person, []).append(at)
    for place, person in _contacts(tx, deals):
        contacts[place].add(person)
        counts[place].setdefault(person, [])
    people = _people(tx, {one for known in counts.values() for one in known})
    homes = {deal.place: deal.organisation_id for deal in deals}
    return {
        place: [
            Involved(
                person_id=one,
                name=people[one].name,
                title=people[one].title or "",
                activities=len(moments),
                last_at=max((m for m in moments if m is not None), default=None),
                is_contact=one in contacts[place],
            )
            for one, moments in sorted(known.items())
            if one in people
            and (one in contacts[place] or people[one].organisation_id == homes[place])
        ]
        for place, known in counts.items()
    }


def _named(tx: Session, deals: Sequence[Deal]) -> Iterator[tuple[Place, int, datetime | None]]:
    """Yield who is in each activity of deals, and when that was."""
    for source_id, keys in _keys(deals).items():
        about = and_(
            RecordRow.source_id == source_id,
            RecordRow.deal_key.in_(keys),
            RecordRow.kind == RecordKind.ACTIVITY,
            RecordRow.is_current,
        )
        told = select(RecordRow.deal_key, RecordRow.person_id, RecordRow.at).where(
            about, RecordRow.person_id.is_not(None)
        )
        part = (
            select(RecordRow.deal_key, RecordPersonRow.person_id, RecordRow.at)
            .join(RecordPersonRow, RecordPersonRow.record_id == RecordRow.id)
            .where(
                about,
                or_(
                    RecordRow.person_id.is_(None),
                    RecordRow.person_id != RecordPersonRow.person_id,
                ),
            )
            .distinct()
        )
        for query in (told, part):
            for row in tx.execute(query):
                yield (source_id, row[0] or ""), row[1] or 0, row[2]
        yield from _further(tx, source_id, about)


def _further(
    tx: Session, source_id: int, about: ColumnElement[bool]
) -> Iterator[tuple[Place, int, datetime | None]]:
    """Yield whom activities name beside the first, by the keys of their own records."""
    rows = tx.execute(
        select(
            RecordRow.deal_key, RecordRow.at, RecordRow.person_key, RecordRow.facts["people"]
        ).where(about, RecordRow.facts["people"].as_string().is_not(None))
    ).all()
    told = [
        (row[0], row[1], key)
        for row in rows
        if isinstance(row[3], list)
        for key in row[3]
        if key != row.person_key
    ]
    known = people_in(tx, source_id) if told else {}
    for deal_key, at, key in told:
        if key in known:
            yield (source_id, deal_key), known[key], at


def _contacts(tx: Session, deals: Sequence[Deal]) -> Iterator[tuple[Place, int]]:
    numbers = {deal.record_id: deal.place for deal in deals}
    rows = tx.execute(
        select(RecordRow.id, RecordRow.person_id).where(
            RecordRow.id.in_(numbers), RecordRow.person_id.is_not(None)
        )
    )
    for row in rows:
        yield numbers[row[0]], row[1] or 0


def _keys(deals: Sequence[Deal]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for deal in deals:
        found[deal.source_id].append(deal.key)
    return found


def _people(tx: Session, ids: Iterable[int]) -> dict[int, PersonRow]:
    wanted = sorted(set(ids))
    found: dict[int, PersonRow] = {}
    for part in chunks(wanted):
        some = PersonRow.id.in_(part)
        found |= {row.id: row for row in tx.scalars(select(PersonRow).where(some))}
    return found
