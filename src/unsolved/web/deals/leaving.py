"""The page on leaving a deal: no decision and its cause, letting go, and the debrief."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from unsolved import deals
from unsolved.deals import letting_go, no_decision, triggers
from unsolved.deals.changes import put
from unsolved.deals.model import DORMANT, Outcome, Situation, StepKind, StepState
from unsolved.deals.parts import PartKind
from unsolved.errors import Error, Invalid
from unsolved.web.deals.frame import AtDesk, Desk, back, shown
from unsolved.web.deals.parting_form import DATED, cause_of, parting, proposal
from unsolved.web.deals.parts import Typed

router = APIRouter(include_in_schema=False)

TAB = "leaving"
DECIDED = (Outcome.WON, Outcome.LOST_COMPETITOR, Outcome.LOST_INTERNAL)


@router.get("/opportunities/{opportunity_id}/leaving")
def show(opportunity_id: int, desk: AtDesk, cause: str = "") -> HTMLResponse:
    """Show whether to keep a deal and how to leave it; of one that is left, what wakes it."""
    known = desk.situation(opportunity_id)
    try:
        cause_of(cause)
    except Invalid as fault:
        return _shown(desk, known, fault=fault)
    return _shown(desk, known, cause=cause)


@router.post("/opportunities/{opportunity_id}/leaving")
def leave(opportunity_id: int, desk: AtDesk, typed: Typed) -> Response:
    """Leave a deal: let it go, or note that there was no decision and why."""
    known = desk.situation(opportunity_id)
    try:
        left = parting(known, desk.library, typed)
        with desk.tx.begin_nested():
            done = deals.let_go(desk.tx, opportunity_id, left, desk.doing(why=left.why))
    except Error as fault:
        return _shown(desk, known, fault=fault, cause=_cause(typed))
    return back(opportunity_id, TAB, done, "debrief")


@router.post("/opportunities/{opportunity_id}/leaving/decided")
def decide(opportunity_id: int, desk: AtDesk, outcome: Annotated[Outcome, Form()]) -> Response:
    """Note that a deal was won, or lost and to what."""
    known = desk.situation(opportunity_id)
    try:
        if outcome not in DECIDED:
            raise Invalid(outcome=outcome.value, mend="leave it with the form for that")
        with desk.tx.begin_nested():
            done = deals.conclude(desk.tx, opportunity_id, outcome, desk.doing())
    except Error as fault:
        return _shown(desk, known, fault=fault)
    return back(opportunity_id, TAB, done, "debrief")


@router.post("/opportunities/{opportunity_id}/leaving/debrief")
def debrief(opportunity_id: int, desk: AtDesk, typed: Typed) -> Response:
    """Keep what was learned, with how long it took to say."""
    known = desk.situation(opportunity_id)
    try:
        told = {
            one.field: [
                *map(str, typed.getlist(one.field)),
                str(typed.get(f"{one.field}-words") or ""),
            ]
            for one in letting_go.questions()
        }
        part = letting_go.debrief(desk.me, desk.now, told, _began(typed))
        edits = [put(PartKind.DEBRIEF, part)]
        with desk.tx.begin_nested():
            done = deals.change(desk.tx, opportunity_id, edits, desk.doing("debriefed it"))
    except Error as fault:
        return _shown(desk, known, fault=fault)
    return back(opportunity_id, TAB, done, "debrief")


def _began(typed: FormData) -> datetime | None:
    """Return when the debrief was begun, None where the form does not say it plainly."""
    try:
        began = datetime.fromisoformat(str(typed.get("began") or ""))
    except ValueError:
        return None
    return began if began.tzinfo else None


def _cause(typed: FormData) -> str:
    told = str(typed.get("cause") or "")
    try:
        cause_of(told)
    except Invalid:
        return ""
    return told


def _shown(
    desk: Desk, known: Situation, *, fault: Error | None = None, cause: str = ""
) -> HTMLResponse:
    risk, opportunity = no_decision.risk(known), known.opportunity
    is_open = opportunity.head.is_open
    return shown(
        desk,
        known,
        TAB,
        "deal_leaving.html",
        fault=fault,
        risk=risk,
        likely=no_decision.causes(known),
        advice=letting_go.advise(known, risk) if is_open else None,
        way=proposal(known, desk.library, cause_of(cause)) if is_open else None,
        outcomes=DECIDED,
        rests=opportunity.head.outcome in DORMANT,
        dated=DATED,
        wakes_on=triggers.wakes_on,
        awake=triggers.awake(opportunity),
        to_send={
            number: step
            for number, step in opportunity.steps.items()
            if step.state is StepState.PLANNED and step.kind in {StepKind.MAIL, StepKind.VALUE}
        },
        asks=letting_go.questions(),
        seconds=letting_go.limit(),
        began=desk.now.isoformat(timespec="seconds"),
    )
