"""What passed with the people of organisations, as the records of our sources have it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, or_, select
from sqlalchemy.orm import Session, aliased

from unsolved.db import chunks
from unsolved.deals.model import Exchange
from unsolved.deals.silence.told import (
    CHANNELS,
    PARTS,
    Activity,
    OnIt,
    exchange_of,
    moves,
    once,
    without_text,
)
from unsolved.sources import RecordKind
from unsolved.sources.tables import DocumentRow, PersonRow, RecordPersonRow, RecordRow

CHUNK = 200
"""Organisations or people in one statement: few enough that what they bring fits in memory."""


def exchanges_of(
    tx: Session,
    organisation_ids: Sequence[int],
    *,
    since: datetime | None = None,
    texts: bool = False,
) -> dict[int, tuple[Exchange, ...]]:
    """Return mails, calls and meetings by organisation, oldest first; each asked for is there.

    A person is the buyer's when they are at the organisation that the record is about. With
    ``texts`` what was written is loaded too; without it, only of automatic mails, whose text
    tells who is away.
    """
    found: dict[int, list[Exchange]] = {one: [] for one in organisation_ids}
    for ids in chunks(list(found), CHUNK):
        which = RecordRow.organisation_id.in_(ids)
        for organisation_id, one in _exchanges(tx, which, since, texts=texts):
            if organisation_id in found:
                found[organisation_id].append(one)
    return {one: once(some) for one, some in found.items()}


def of_people(
    tx: Session,
    person_ids: Sequence[int],
    *,
    since: datetime | None = None,
    texts: bool = False,
) -> dict[int, tuple[Exchange, ...]]:
    """Return mails, calls and meetings by person, oldest first; each asked for is there.

    Colleagues of theirs who are on an exchange count as the buyer's too.
    """
    found: dict[int, list[Exchange]] = {one: [] for one in person_ids}
    for ids in chunks(list(found), CHUNK):
        on_it = select(RecordPersonRow.record_id).where(RecordPersonRow.person_id.in_(ids))
        which = or_(RecordRow.id.in_(on_it), RecordRow.person_id.in_(ids))
        wanted = frozenset(ids)
        for _, one in _exchanges(tx, which, since, wanted, texts=texts):
            for person_id in wanted.intersection(one.person_ids):
                found[person_id].append(one)
    return {one: once(some) for one, some in found.items()}


def _exchanges(
    tx: Session,
    which: ColumnElement[bool],
    since: datetime | None,
    asked: frozenset[int] = frozenset(),
    *,
    texts: bool,
) -> Iterator[tuple[int | None, Exchange]]:
    """Yield the exchanges in some records with the organisation that each is about.

    Who is ``asked`` for is the buyer's, wherever they are.
    """
    chosen = [which, RecordRow.kind == RecordKind.ACTIVITY, RecordRow.at.is_not(None)]
    if since is not None:
        chosen.append(RecordRow.at >= since)
    activities = list(_activities(tx, chosen))
    on_it = _on_it(tx, chosen)
    people = _people_at(tx, {about for about, _ in activities if about is not None})
    automatic = [
        one.id for _, one in activities if one.facts.get("automatic") is True and not texts
    ]
    written = _texts(tx, chosen) if texts else _texts_of(tx, automatic)
    for about, activity in activities:
        told = [
            OnIt(who, PARTS[part], who in asked or people.get(who, -1) == about)
            for who, part in on_it.get(activity.id, ())
        ]
        one = exchange_of(activity, told)
        if one is None:
            continue
        document_id, text = written.get(activity.id, (None, one.text))
        one = replace(one, document_id=document_id, text=text) if document_id else one
        yield about, one if texts or one.is_automatic else without_text(one)


def _activities(
    tx: Session, chosen: Sequence[ColumnElement[bool]]
) -> Iterator[tuple[int | None, Activity]]:
    """Yield current activities, and meetings that are no more, with how often they moved."""
    rows = tx.execute(
        select(
            RecordRow.id,
            RecordRow.organisation_id,
            RecordRow.at,
            RecordRow.title,
            RecordRow.person_id,
            RecordRow.facts,
            RecordRow.is_gone,
            RecordRow.source_id,
            RecordRow.key,
        )
        .where(*chosen, or_(RecordRow.is_current, RecordRow.is_gone))
        .order_by(RecordRow.version)
    ).all()
    # The last version of a record stands for it: one that went may have come back.
    latest = {(row.source_id, row.key): row for row in rows}
    earlier = _earlier(tx, chosen)
    for key, row in latest.items():
        if str(row.facts.get("type")) in CHANNELS:
            activity = Activity(
                id=row.id,
                at=row.at,
                title=row.title,
                person_id=row.person_id,
                facts=row.facts,
                is_gone=row.is_gone,
                moved=moves((*earlier[key], row.at)) if key in earlier else 0,
            )
            yield row.organisation_id, activity


def _earlier(
    tx: Session, chosen: Sequence[ColumnElement[bool]]
) -> Mapping[tuple[int, str], Sequence[datetime | None]]:
    """Return the moments that earlier versions of records had, in turn."""
    rows = tx.execute(
        select(RecordRow.source_id, RecordRow.key, RecordRow.at)
        .where(*chosen, RecordRow.is_current.is_(False))
        .order_by(RecordRow.version)
    )
    found: dict[tuple[int, str], list[datetime | None]] = defaultdict(list)
    for source_id, key, at in rows:
        found[source_id, key].append(at)
    return found


def _on_it(
    tx: Session, chosen: Sequence[ColumnElement[bool]]
) -> Mapping[int, list[tuple[int, str]]]:
    """Return who is on each activity, and what they have to do with it."""
    rows = tx.execute(
        select(
            RecordPersonRow.record_id,
            RecordPersonRow.person_id,
            cast(RecordPersonRow.part, String),  # as text: an enum for each row takes its time
        )
        .join(RecordRow, RecordRow.id == RecordPersonRow.record_id)
        .where(*chosen)
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for record_id, person_id, part in rows:
        found[record_id].append((person_id, part))
    return found


def _people_at(tx: Session, organisation_ids: Iterable[int]) -> Mapping[int, int | None]:
    """Return at which of some organisations people are."""
    found: dict[int, int | None] = {}
    for ids in chunks(sorted(organisation_ids), CHUNK):
        rows = tx.execute(
            select(PersonRow.id, PersonRow.organisation_id).where(
                PersonRow.organisation_id.in_(ids)
            )
        )
        found |= {person_id: at for person_id, at in rows}  # noqa: C416 - rows, not pairs
    return found


Written = Mapping[int, tuple[int | None, str]]
"""The document that tells what was written in a record, and its text."""


def _texts(tx: Session, chosen: Sequence[ColumnElement[bool]]) -> Written:
    """Return what was written, by record."""
    document = aliased(DocumentRow)
    rows = tx.execute(
        select(RecordRow.id, document.id, document.text)
        .join(
            document,
            (document.source_id == RecordRow.source_id) & (document.key == RecordRow.key),
        )
        .where(*chosen, document.is_current)
    )
    return {record: (document_id, text) for record, document_id, text in rows}


def _texts_of(tx: Session, record_ids: Sequence[int]) -> Written:
    found: dict[int, tuple[int | None, str]] = {}
    for ids in chunks(list(record_ids), CHUNK):
        found |= _texts(tx, [RecordRow.id.in_(ids)])
    return found
