"""Opportunities with all that is known around them, many in few statements."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from unsolved import sources
from unsolved.deals import silence
from unsolved.deals.model import Opportunity, Situation
from unsolved.deals.queries.costs import costs
from unsolved.deals.queries.track import Past, decided, tracks
from unsolved.deals.queries.whole import opportunities
from unsolved.problems import Library
from unsolved.sources import Organisation
from unsolved.sources.tables import OrganisationRow

REACHES = timedelta(days=270)
"""How far back what passed is read: how people answered before tells little of today."""


def situation(
    tx: Session, opportunity_id: int, library: Library, now: datetime
) -> Situation | None:
    """Return all that is known around an opportunity at a moment; None for none of that id."""
    return next(iter(situations(tx, [opportunity_id], library, now)), None)


def situations(
    tx: Session,
    ids: Sequence[int],
    library: Library,
    now: datetime,
    *,
    past: Sequence[Past] | None = None,
) -> list[Situation]:
    """Return all that is known around opportunities, in the order asked for.

    ``past`` are the deals that were decided, the latest first, for who asks many times.
    """
    return surrounded(tx, opportunities(tx, ids), library, now, past=past)


def surrounded(
    tx: Session,
    known: Sequence[Opportunity],
    library: Library,
    now: datetime,
    *,
    past: Sequence[Past] | None = None,
) -> list[Situation]:
    """Return opportunities that are known already with all that is known around them.

    Whoever asks, for one or for many, is given the same.
    """
    standing = organisations_of(tx, known)
    track = tracks(decided(tx) if past is None else past, known)
    counted = costs(tx, known, library)
    around = {one.id: one for one in standing.values()}
    passed = silence.exchanges_of(tx, sorted(around), since=now - REACHES, texts=True)
    silent = {
        number: silence.silences(passed[number], now=now, country=one.country)
        for number, one in around.items()
    }
    found = []
    for one in known:
        organisation = standing.get(one.head.organisation_id)
        number = organisation.id if organisation else 0
        found.append(
            Situation(
                opportunity=one,
                now=now,
                organisation=organisation,
                problem=library.find(one.head.problem_id),
                exchanges=passed.get(number, ()),
                silences=silent.get(number, ()),
                cost=counted.get(one.id),
                track=track[one.id],
            )
        )
    return found


def organisations_of(tx: Session, known: Iterable[Opportunity]) -> dict[int, Organisation]:
    """Return the organisations of opportunities as they stand now, by the id they had then."""
    ids = sorted({one.head.organisation_id for one in known})
    found = {one.id: one for one in sources.organisations(tx, ids)}
    merged = tx.scalars(
        select(OrganisationRow.id).where(
            OrganisationRow.id.in_(ids), OrganisationRow.merged_into_id.is_not(None)
        )
    )
    for one in merged:
        standing = sources.organisation(tx, one)
        if standing is not None:
            found[one] = standing
    return found
