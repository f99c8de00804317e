"""How our deals ended before: what was paid, how long it took, how often nobody decided."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from unsolved.deals.crm import Deal, deal_of, ended
from unsolved.deals.model import DORMANT, Head, Opportunity, Outcome, Stage, Track
from unsolved.deals.tables import OpportunityRow
from unsolved.sources import RecordKind
from unsolved.sources.tables import RecordRow, SourceRow

T = TypeVar("T")

ENOUGH = 5
"""With fewer deals of the same problem, those of all problems are taken: our judgement."""

KEPT = 200
"""As many fees and cycles are kept, of the deals decided last: prices and buyers change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A deal that was decided: an opportunity, or a deal of a CRM that never was one.

    ``days`` is how long it took, None where the CRM does not tell; ``outcome`` is None of one
    that was lost in a CRM which does not say to whom, or why.
    """

    outcome: Outcome | None
    worth: float | None
    currency: str
    days: int | None
    decided_on: date | None
    problem_id: str = ""
    opportunity_id: int | None = None


def decided(tx: Session) -> list[Past]:
    """Return all deals that were decided, the latest first; those of no known date last."""
    # Asked by source, as the indexes on records and opportunities begin with it.
    ids = tx.scalars(select(SourceRow.id).order_by(SourceRow.id)).all()
    taken = _taken(tx, ids)
    found = [*_ours(tx), *(one for key, one in _of_crm(tx, ids) if key not in taken)]
    found.sort(key=_when, reverse=True)
    return found


def tracks(past: Sequence[Past], opportunities: Iterable[Opportunity]) -> dict[int, Track]:
    """Return what past deals tell for each opportunity, by its id.

    A decided opportunity is no part of its own track.
    """
    known: dict[tuple[str, str], Track] = {}
    found = {}
    for one in opportunities:
        head = one.head
        if head.stage is Stage.DECIDED:
            others = [deal for deal in past if deal.opportunity_id != one.id]
            found[one.id] = track(others, head)
            continue
        place = (head.problem_id, head.currency)
        if place not in known:
            known[place] = track(past, head)
        found[one.id] = known[place]
    return found


def track(past: Sequence[Past], head: Head) -> Track:
    """Return what past deals, the latest first, tell for an opportunity with that head."""
    like = [one for one in past if head.problem_id and one.problem_id == head.problem_id]
    won = [[one for one in deals if one.outcome is Outcome.WON] for deals in (like, past)]
    fees = [
        tuple(one.worth for one in deals if one.worth and one.currency == head.currency)
        for deals in won
    ]
    cycles = [tuple(one.days for one in deals if one.days is not None) for deals in won]
    counted = like if len(like) >= ENOUGH else past
    undecided = sum(one.outcome in DORMANT for one in counted)
    was_won = sum(one.outcome is Outcome.WON for one in counted)
    return Track(
        fees=_enough(*fees),
        cycles=_enough(*cycles),
        won=was_won,
        lost=len(counted) - undecided - was_won,
        undecided=undecided,
    )


def _enough(like: tuple[T, ...], everything: tuple[T, ...]) -> tuple[T, ...]:
    return (like if len(like) >= ENOUGH else everything)[:KEPT]


def _ours(tx: Session) -> list[Past]:
    row = OpportunityRow
    rows = tx.execute(
        select(
            row.id,
            row.problem_id,
            row.outcome,
            row.worth,
            row.currency,
            row.opened_on,
            row.decided_on,
        ).where(row.stage == Stage.DECIDED, row.is_removed.is_(False))
    )
    return [
        Past(
            outcome=one.outcome,
            worth=one.worth,
            currency=one.currency,
            days=max((one.decided_on - one.opened_on).days, 0) if one.decided_on else None,
            decided_on=one.decided_on,
            problem_id=one.problem_id,
            opportunity_id=one.id,
        )
        for one in rows
        if one.outcome is not None
    ]


def _taken(tx: Session, ids: Sequence[int]) -> set[tuple[int | None, str]]:
    """Return which deals of CRMs are opportunities, by source and key."""
    row = OpportunityRow
    rows = tx.execute(
        select(row.source_id, row.deal_key).where(row.source_id.in_(ids), row.deal_key > "")
    )
    return {(source, key) for source, key in rows}


def _of_crm(tx: Session, ids: Sequence[int]) -> Iterator[tuple[tuple[int | None, str], Past]]:
    rows = tx.execute(
        select(RecordRow.source_id, RecordRow.key, RecordRow.facts).where(
            RecordRow.source_id.in_(ids),
            RecordRow.kind == RecordKind.DEAL,
            RecordRow.is_current.is_(True),
            RecordRow.is_gone.is_(False),
        )
    )
    for source, key, facts in rows:
        deal = deal_of(facts, record_id=0, source_id=source, key=key, name="")
        how = ended(deal)
        if how is not None:
            yield (source, key), _past(deal, how.outcome)


def _past(deal: Deal, outcome: Outcome | None) -> Past:
    began, closed = deal.created_on, deal.closes_on
    return Past(
        outcome=outcome,
        worth=deal.amount or None,
        currency=deal.currency,
        days=max((closed - began).days, 0) if began and closed else None,
        decided_on=closed,
    )


def _when(one: Past) -> tuple[date, str]:
    return one.decided_on or date.min, repr(one)
