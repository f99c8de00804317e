"""What lies around a deal: what its people told, its documents, what was done with them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from unsolved.conversations import coverage
from unsolved.deals.hearing import Heard, Mark, mark_of, marks
from unsolved.deals.tables import ActionRow, ChangeRow, OpportunityRow
from unsolved.errors import NotFound
from unsolved.sources import organisation
from unsolved.sources.records import RecordKind
from unsolved.sources.tables import (
    DocumentRow,
    PersonRow,
    RecordPersonRow,
    RecordRow,
    SourceRow,
)

MOST_CALLS = 1_000
LONGEST = 2_000
"""Characters of an activity's text that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A mail, a call, a meeting, a note or a task with an organisation."""

    id: int
    kind: str
    at: datetime | None
    title: str
    source: str
    direction: str = ""
    text: str = ""
    people: tuple[str, ...] = ()
    document_id: int | None = None


def activities(
    tx: Session, organisation_id: int, limit: int = 100, offset: int = 0
) -> list[Activity]:
    """Return what was done with an organisation, the latest first."""
    rows = tx.execute(
        select(
            RecordRow.id,
            RecordRow.at,
            RecordRow.title,
            RecordRow.facts,
            RecordRow.source_id,
            RecordRow.key,
            SourceRow.name.label("source"),
            PersonRow.name.label("person"),
            DocumentRow.id.label("document_id"),
        )
        .join(SourceRow, SourceRow.id == RecordRow.source_id)
        .outerjoin(PersonRow, PersonRow.id == RecordRow.person_id)
        .outerjoin(
            DocumentRow,
            and_(
                DocumentRow.source_id == RecordRow.source_id,
                DocumentRow.key == RecordRow.key,
                DocumentRow.is_current,
            ),
        )
        .where(
            RecordRow.organisation_id == organisation_id,
            RecordRow.kind == RecordKind.ACTIVITY,
            RecordRow.is_current,
        )
        .order_by(RecordRow.at.desc().nulls_last(), RecordRow.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    people = _people(tx, [row.id for row in rows])
    return [_activity(row, people.get(row.id, ())) for row in rows]


def count_activities(tx: Session, organisation_id: int) -> int:
    """Return how much was done with an organisation."""
    return (
        tx.scalar(
            select(func.count(RecordRow.id)).where(
                RecordRow.organisation_id == organisation_id,
                RecordRow.kind == RecordKind.ACTIVITY,
                RecordRow.is_current,
            )
        )
        or 0
    )


def heard(tx: Session, opportunity_id: int) -> list[Heard]:
    """Return what the buyer told and somebody accepted, as far as it was not taken yet.

    What was taken once is not offered again, even if its part was removed since; it is when
    taking it was taken back.

    Raises:
        NotFound: there is no such opportunity.
    """
    return [
        one
        for one in all_heard(tx, opportunity_id)
        if not marks(one) & _taken(tx, opportunity_id)
    ]


def all_heard(tx: Session, opportunity_id: int) -> list[Heard]:
    """Return all that the buyer told and somebody accepted, oldest first.

    Raises:
        NotFound: there is no such opportunity.
    """
    number = tx.scalar(
        select(OpportunityRow.organisation_id).where(OpportunityRow.id == opportunity_id)
    )
    known = organisation(tx, number) if number is not None else None
    if known is None:
        raise NotFound(opportunity=opportunity_id)
    facts = coverage.facts_of(tx, known.id)
    if not facts:
        return []
    calls = {one.id: one for one in coverage.calls(tx, MOST_CALLS, known.id)}
    return [
        Heard(
            fact_id=one.id,
            fact=one.fact,
            call_id=one.call_id,
            title=calls[one.call_id].title if one.call_id in calls else "",
            held_on=calls[one.call_id].held_on if one.call_id in calls else None,
        )
        for one in facts
    ]


def _taken(tx: Session, opportunity_id: int) -> set[Mark]:
    """Return what tells the parts that were ever made of facts, but for what was undone."""
    rows = tx.execute(
        select(ChangeRow.kind, ChangeRow.after)
        .join(ActionRow, ActionRow.id == ChangeRow.action_id)
        .where(
            ActionRow.opportunity_id == opportunity_id,
            ActionRow.undone_by_id.is_(None),
            ChangeRow.after.is_not(None),
        )
    )
    found = (mark_of(row[0], row[1]) for row in rows if row[1])
    return {mark for mark in found if mark is not None}


def _people(tx: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = tx.execute(
        select(RecordPersonRow.record_id, PersonRow.name)
        .join(PersonRow, PersonRow.id == RecordPersonRow.person_id)
        .where(RecordPersonRow.record_id.in_(ids))
        .order_by(RecordPersonRow.record_id, PersonRow.name)
    )
    for row in rows:
        found[row[0]].append(row[1])
    return found


def _activity(row: Any, people: Sequence[str]) -> Activity:  # noqa: ANN401 (SQLAlchemy's row)
    facts = row.facts
    text = str(facts.get("text") or "")
    named = [*([row.person] if row.person else []), *people]
    return Activity(
        id=row.id,
        kind=str(facts.get("type") or "activity"),
        at=row.at,
        title=row.title,
        source=row.source,
        direction=str(facts.get("direction") or ""),
        text=text if len(text) <= LONGEST else f"{text[:LONGEST]} …",
        people=tuple(dict.fromkeys(named)),
        document_id=row.document_id,
    )
