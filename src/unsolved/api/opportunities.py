"""``/opportunities``: deals in work, their parts, what is done to them and taken back."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from unsolved import deals, sources
from unsolved.api.deal_told import (
    ActionOut,
    AskedIn,
    ConcludeIn,
    DoneOut,
    EditsIn,
    ListedOut,
    MoveIn,
    OpenIn,
)
from unsolved.api.deal_whole import WholeOut, heard
from unsolved.api.page import PageOut, after
from unsolved.deals.changes import Doing, Edit, put
from unsolved.deals.model import Head, Opportunity
from unsolved.deals.parts import PartKind, parts_of
from unsolved.deals.queries import lists
from unsolved.errors import Conflict, NotFound
from unsolved.http import Me, Problems, Tx

router = APIRouter(tags=["opportunities"])


@router.get("/opportunities")
def list_opportunities(tx: Tx, asked: Annotated[AskedIn, Query()]) -> PageOut[ListedOut]:
    """Return opportunities of the sort asked for, in the order asked for."""
    sought = asked.sought()
    found = lists.listed(tx, sought, asked.limit, asked.offset)
    total = lists.count_listed(tx, sought)
    return PageOut(
        items=[ListedOut.of(one) for one in found],
        total=total,
        next_offset=after(asked.offset, len(found), total),
    )


@router.post("/opportunities", status_code=201)
def open_one(told: OpenIn, tx: Tx, problems: Problems, me: Me) -> DoneOut:
    """Open an opportunity by hand, or from a prospect with its evidence."""
    known = sources.organisation(tx, told.organisation_id)
    if known is None:
        raise NotFound(organisation=told.organisation_id)
    problem = problems.find(told.problem)
    if problem is None and (told.problem or told.from_prospect):
        raise NotFound(problem=told.problem)
    here = lists.open_with(tx, known.id, told.problem) if problem else None
    if here is not None:
        raise Conflict(opportunity=here, mend="one is open with them on that problem")
    doing, today = _doing(me), datetime.now(UTC).date()
    if told.from_prospect and problem is not None:
        made = deals.open_from_prospect(tx, known.id, problem, told.seller or me, doing)
    else:
        title = f": {problem.title}" if problem else ""
        head = Head(
            name=told.name.strip() or f"{known.name}{title}",
            organisation_id=known.id,
            problem_id=told.problem,
            opened_on=today,
            staged_on=today,
        )
        made = deals.open_opportunity(tx, _headed(head, told, me), _doing(me, "opened it"))
    if told.from_prospect:
        head = _headed(_known(tx, made).head, told, me)
        deals.change(tx, made, [put(PartKind.HEAD, head, 0)], _doing(me, "said its worth"))
    return _done(tx, made, deals.history(tx, made, 1)[0].id)


@router.get("/opportunities/{opportunity_id}")
def show_opportunity(opportunity_id: int, tx: Tx) -> WholeOut:
    """Return an opportunity whole, with all its parts."""
    return WholeOut.of(_known(tx, opportunity_id))


@router.patch("/opportunities/{opportunity_id}")
def edit(opportunity_id: int, told: EditsIn, tx: Tx, me: Me) -> DoneOut:
    """Make edits of parts in one go; all of them, or none."""
    held = parts_of(_known(tx, opportunity_id))
    edits = []
    for one in told.edits:
        before = held.get((one.kind, one.number)) if one.number is not None else None
        part = heard(one.kind, one.part, before) if one.part is not None else None
        edits.append(Edit(kind=one.kind, number=one.number, part=part))
    what = told.what or f"changed {', '.join(dict.fromkeys(e.kind.value for e in edits))}"
    done = deals.change(tx, opportunity_id, edits, _doing(me, what, told.why))
    return _done(tx, opportunity_id, done)


@router.post("/opportunities/{opportunity_id}/move")
def move(opportunity_id: int, told: MoveIn, tx: Tx, me: Me) -> DoneOut:
    """Let it go on, or back, to a stage; a Conflict names what the buyer has not done."""
    done = deals.move(tx, opportunity_id, told.to, _doing(me, why=told.why))
    return _done(tx, opportunity_id, done)


@router.post("/opportunities/{opportunity_id}/conclude")
def conclude(opportunity_id: int, told: ConcludeIn, tx: Tx, me: Me) -> DoneOut:
    """Say how it ended; it leaves the forecast."""
    doing = _doing(me, why=told.why)
    done = deals.conclude(tx, opportunity_id, told.outcome, doing, cause=told.cause)
    return _done(tx, opportunity_id, done)


@router.get("/opportunities/{opportunity_id}/history")
def show_history(
    opportunity_id: int, tx: Tx, limit: Annotated[int, Query(ge=1, le=5_000)] = 500
) -> list[ActionOut]:
    """Return what was done to it, the latest first, with all that it changed."""
    _known(tx, opportunity_id)
    return [ActionOut.of(one) for one in deals.history(tx, opportunity_id, limit)]


@router.post("/opportunities/{opportunity_id}/history/{action_id}/undo")
def undo(opportunity_id: int, action_id: int, tx: Tx, me: Me) -> DoneOut:
    """Take an action back exactly; undoing that does it again."""
    found = deals.action(tx, action_id)
    if found is None or found.opportunity_id != opportunity_id:
        raise NotFound(action=action_id)
    return _done(tx, opportunity_id, deals.undo(tx, action_id, _doing(me)))


def _headed(head: Head, told: OpenIn, me: str) -> Head:
    """Return a head with what was said of it."""
    return replace(
        head,
        seller=told.seller or head.seller or me,
        worth=told.worth if told.worth is not None else head.worth,
        currency=told.currency.upper(),
        close_on=told.close_on or head.close_on,
    )


def _known(tx: Tx, opportunity_id: int) -> Opportunity:
    found = deals.opportunity(tx, opportunity_id)
    if found is None:
        raise NotFound(opportunity=opportunity_id)
    return found


def _done(tx: Tx, opportunity_id: int, action: int) -> DoneOut:
    whole = WholeOut.of(_known(tx, opportunity_id))
    return DoneOut(action=action or None, opportunity=whole)


def _doing(me: str, what: str = "", why: str = "") -> Doing:
    return Doing(by=me, now=datetime.now(UTC), what=what, why=why.strip())
