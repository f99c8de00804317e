"""What one may ask about talks that are kept."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, defer

from unsolved.conversations.coverage.kept import (
    Kept,
    Listed,
    Proposed,
    State,
    fact_of,
    to_said,
    to_talk,
    to_told,
)
from unsolved.conversations.coverage.model import Words
from unsolved.conversations.coverage.tables import CallRow, FactRow
from unsolved.sources.tables import OrganisationRow


def calls(tx: Session, limit: int = 100, organisation_id: int | None = None) -> list[Listed]:
    """Return the talks that are kept, those held last first."""
    query = (
        select(CallRow, OrganisationRow.name)
        .outerjoin(OrganisationRow, OrganisationRow.id == CallRow.organisation_id)
        .where(CallRow.is_removed.is_(False))
        .options(defer(CallRow.talk), defer(CallRow.said))
        .order_by(func.coalesce(CallRow.held_on, func.date(CallRow.kept_at)).desc())
        .order_by(CallRow.id.desc())
        .limit(limit)
    )
    if organisation_id is not None:
        query = query.where(_is_of(organisation_id))
    rows = tx.execute(query).all()
    waiting = _waiting(tx, [row.id for row, _ in rows])
    return [
        Listed(
            id=row.id,
            title=row.title,
            medium=row.medium,
            held_on=row.held_on,
            kept_at=row.kept_at,
            organisation_id=row.organisation_id,
            organisation=name,
            turns=row.count,
            waiting=waiting[row.id],
        )
        for row, name in rows
    ]


def call(tx: Session, call_id: int) -> Kept | None:
    """Return a talk that is kept, whole."""
    row = tx.get(CallRow, call_id)
    if row is None:
        return None
    talk = to_talk(
        row.talk,
        title=row.title,
        medium=row.medium,
        held_on=row.held_on,
        language=row.language,
    )
    facts = tx.scalars(
        select(FactRow)
        .where(FactRow.call_id == call_id)
        .order_by(FactRow.turn, FactRow.sentence, FactRow.id)
    )
    return Kept(
        id=row.id,
        talk=talk,
        said=to_said(row.said, talk),
        reader=row.reader,
        told=to_told(row.told),
        kept_at=row.kept_at,
        organisation_id=row.organisation_id,
        problem_id=row.problem_id,
        document_id=row.document_id,
        is_removed=row.is_removed,
        facts=tuple(map(_proposed, facts)),
    )


def call_of_document(tx: Session, document_id: int) -> int | None:
    """Return the talk that was made from a document, if one was."""
    return tx.scalar(
        select(CallRow.id).where(
            CallRow.document_id == document_id, CallRow.is_removed.is_(False)
        )
    )


def facts_of(
    tx: Session, organisation_id: int, state: State = State.ACCEPTED
) -> list[Proposed]:
    """Return what buyers of an organisation told, as far as it was accepted, oldest first."""
    rows = tx.scalars(
        select(FactRow)
        .join(CallRow, CallRow.id == FactRow.call_id)
        .where(_is_of(organisation_id), CallRow.is_removed.is_(False), FactRow.state == state)
        .order_by(CallRow.held_on.nulls_last(), CallRow.id, FactRow.turn, FactRow.sentence)
    )
    return [_proposed(row) for row in rows]


def _is_of(organisation_id: int):  # type: ignore[no-untyped-def] # noqa: ANN202 - SQLAlchemy's
    """Whether a talk was with an organisation, or with one that is part of it now."""
    part = select(OrganisationRow.id).where(
        or_(
            OrganisationRow.id == organisation_id,
            OrganisationRow.merged_into_id == organisation_id,
        )
    )
    return CallRow.organisation_id.in_(part)


def _waiting(tx: Session, ids: Iterable[int]) -> Counter[int]:
    """Return how many facts of each talk nobody has decided on."""
    rows = tx.execute(
        select(FactRow.call_id, func.count())
        .where(FactRow.call_id.in_(list(ids)), FactRow.state == State.PROPOSED)
        .group_by(FactRow.call_id)
    )
    return Counter({call_id: count for call_id, count in rows})  # noqa: C416 - rows, not pairs


def _proposed(row: FactRow) -> Proposed:
    words = Words(row.quote, row.turn, row.sentence, row.speaker)
    fact = fact_of(row.kind, words, row.detail, row.topic)
    return Proposed(row.id, row.call_id, fact, row.state, row.decided_at)
