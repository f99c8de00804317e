"""An opportunity with all that is known around it."""

from datetime import datetime

from sqlalchemy.orm import Session

from unsolved import sources
from unsolved.deals.model import Situation
from unsolved.deals.queries.opportunities import opportunity
from unsolved.problems import Library


def situation(
    tx: Session, opportunity_id: int, library: Library, now: datetime
) -> Situation | None:
    """Return all that is known around an opportunity at a moment; None for none of that id."""
    known = opportunity(tx, opportunity_id)
    if known is None:
        return None
    return Situation(
        opportunity=known,
        now=now,
        organisation=sources.organisation(tx, known.head.organisation_id),
        problem=library.find(known.head.problem_id),
    )
