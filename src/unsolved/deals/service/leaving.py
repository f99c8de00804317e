"""A deal is left in one step: decided, out of the forecast, with what would bring it back."""

from dataclasses import replace

from sqlalchemy.orm import Session

from unsolved.deals.changes import Doing
from unsolved.deals.letting_go import Parting, edits_of
from unsolved.deals.queries.whole import opportunity as whole
from unsolved.deals.service.changing import change
from unsolved.errors import NotFound


def let_go(tx: Session, opportunity_id: int, left: Parting, doing: Doing) -> int:
    """Leave a deal in one action, and return its id; undoing that restores all of it exactly.

    Steps that were planned are dropped, triggers watch, the message is a step to send.

    Raises:
        NotFound: there is no such opportunity.
        Conflict: it is decided already.
        Invalid: the outcome does not rest, or the cause does not belong to it.
    """
    known = whole(tx, opportunity_id)
    if known is None:
        raise NotFound(opportunity=opportunity_id)
    edits = edits_of(known, left, doing.now.date())
    cause = f": {left.cause.value}" if left.cause else ""
    what = doing.what or f"left it: {left.outcome.value}{cause}"
    return change(tx, opportunity_id, edits, replace(doing, what=what))
