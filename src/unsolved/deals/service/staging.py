"""An opportunity goes on by what the buyer did, is decided, left, or taken up again."""

from dataclasses import replace

from sqlalchemy.orm import Session

from unsolved.deals.changes import Doing, Edit, put
from unsolved.deals.model import Cause, Head, Note, Outcome, Stage, Trigger
from unsolved.deals.parts import PartKind, as_part
from unsolved.deals.queries.whole import opportunity as whole
from unsolved.deals.service.changing import change, row_of
from unsolved.deals.stages import must
from unsolved.errors import Conflict, NotFound

OVERRULED = "overruled"
"""What a note is about that says why a rule was not kept."""


def move(tx: Session, opportunity_id: int, to: Stage, doing: Doing) -> int:
    """Let an opportunity go on, or back, to a stage; with a reason also too early.

    The reason is ``doing.why``; it is noted and seen later.

    Raises:
        NotFound: there is no such opportunity.
        Conflict: it is decided, or the buyer has not done what the stage is left by.
    """
    known = whole(tx, opportunity_id)
    if known is None:
        raise NotFound(opportunity=opportunity_id)
    if known.head.stage is Stage.DECIDED or to is Stage.DECIDED:
        mend = "it is decided with its outcome, and taken up again to go on"
        raise Conflict(stage=to.value, mend=mend)
    lacking = must(known, to)
    if lacking and not doing.why.strip():
        acts = ", ".join(want.act.value for want in lacking)
        mend = f"the buyer has not yet: {acts}; note it, or say why it goes on all the same"
        raise Conflict(stage=to.value, mend=mend)
    today = doing.now.date()
    edits = [_head(replace(known.head, stage=to, staged_on=today))]
    if lacking:
        told = f"went on to {to.value} before the buyer {lacking[0].act.value}: {doing.why}"
        edits.append(put(PartKind.NOTE, Note(text=told, on=today, about=OVERRULED)))
    done = replace(doing, what=doing.what or f"moved it to {to.value}")
    return change(tx, opportunity_id, edits, done)


def conclude(
    tx: Session,
    opportunity_id: int,
    outcome: Outcome,
    doing: Doing,
    *,
    cause: Cause | None = None,
    triggers: tuple[Trigger, ...] = (),
) -> int:
    """Decide an opportunity, with what would bring it back; it leaves the forecast.

    Raises:
        NotFound: there is no such opportunity.
        Conflict: it is decided already.
        Invalid: the cause does not belong to the outcome.
    """
    head = _known(tx, opportunity_id)
    if head.stage is Stage.DECIDED:
        raise Conflict(opportunity=head.name, mend=f"it is decided already: {head.outcome}")
    today = doing.now.date()
    decided = replace(
        head,
        stage=Stage.DECIDED,
        outcome=outcome,
        cause=cause,
        staged_on=today,
        decided_on=today,
        in_forecast=False,
    )
    watched = (replace(one, since=one.since or today) for one in triggers)
    edits = [_head(decided), *(put(PartKind.TRIGGER, one) for one in watched)]
    done = replace(doing, what=doing.what or f"decided it: {outcome.value}")
    return change(tx, opportunity_id, edits, done)


def take_up(tx: Session, opportunity_id: int, doing: Doing, stage: Stage | None = None) -> int:
    """Take a decided opportunity up again, in a stage; provoke unless told otherwise.

    Raises:
        NotFound: there is no such opportunity.
        Conflict: it is in work.
    """
    head = _known(tx, opportunity_id)
    if head.stage is not Stage.DECIDED:
        raise Conflict(opportunity=head.name, mend="it is in work")
    again = replace(
        head,
        stage=stage or Stage.PROVOKE,
        outcome=None,
        cause=None,
        decided_on=None,
        staged_on=doing.now.date(),
        in_forecast=True,
    )
    done = replace(doing, what=doing.what or "took it up again")
    return change(tx, opportunity_id, [_head(again)], done)


def forecast(tx: Session, opportunity_id: int, doing: Doing, *, is_in: bool) -> int:
    """Put an opportunity into the forecast or take it out.

    Raises:
        NotFound: there is no such opportunity.
    """
    head = replace(_known(tx, opportunity_id), in_forecast=is_in)
    what = "put it into the forecast" if is_in else "took it out of the forecast"
    return change(tx, opportunity_id, [_head(head)], replace(doing, what=doing.what or what))


def remove(tx: Session, opportunity_id: int, doing: Doing) -> int:
    """Remove an opportunity; undoing that brings it back.

    Raises:
        NotFound: there is no such opportunity.
    """
    head = replace(_known(tx, opportunity_id), is_removed=True)
    return change(
        tx, opportunity_id, [_head(head)], replace(doing, what=doing.what or "removed it")
    )


def _head(head: Head) -> Edit:
    return put(PartKind.HEAD, head, 0)


def _known(tx: Session, opportunity_id: int) -> Head:
    head = as_part(PartKind.HEAD, row_of(tx, opportunity_id).head)
    assert isinstance(head, Head)
    return head
