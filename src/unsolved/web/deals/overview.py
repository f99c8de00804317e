"""The overview of a deal: its stage, what the buyer did and must still do, what we plan."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response

from unsolved import deals
from unsolved.deals import stages
from unsolved.deals.changes import put
from unsolved.deals.model import Act, BuyerAct, Stage, Step, StepState
from unsolved.deals.parts import PartKind
from unsolved.errors import Conflict, Error, NotFound
from unsolved.web.deals import forms
from unsolved.web.deals.frame import AtDesk, Desk, back, shown
from unsolved.web.deals.glance import glance
from unsolved.web.deals.silence import named

router = APIRouter(include_in_schema=False)


@router.get("/opportunities/{opportunity_id}")
def show(opportunity_id: int, desk: AtDesk) -> HTMLResponse:
    """Show where a deal stands, and what is to be done."""
    return _shown(desk, opportunity_id)


@router.post("/opportunities/{opportunity_id}/move")
def move(
    opportunity_id: int,
    desk: AtDesk,
    to: Annotated[Stage, Form()],
    why: Annotated[str, Form()] = "",
) -> Response:
    """Let a deal go on or back to a stage; else say what the buyer has not done yet."""
    try:
        done = deals.move(desk.tx, opportunity_id, to, desk.doing(why=why))
    except Conflict as fault:
        return _shown(desk, opportunity_id, fault=fault, wanted=to)
    return back(opportunity_id, "", done)


@router.post("/opportunities/{opportunity_id}/acts")
def note_act(opportunity_id: int, desk: AtDesk, act: Annotated[Act, Form()]) -> Response:
    """Note that the buyer did something today; its form says how we know."""
    edits = [put(PartKind.ACT, BuyerAct(act=act, on=desk.now.date()))]
    done = deals.change(desk.tx, opportunity_id, edits, desk.doing(f"the buyer {act.value}"))
    return back(opportunity_id, "", done)


@router.post("/opportunities/{opportunity_id}/steps/{number}/{state}")
def settle(opportunity_id: int, number: int, state: StepState, desk: AtDesk) -> Response:
    """Say that a step was done, dropped, or is planned again."""
    known = desk.situation(opportunity_id)
    step = known.opportunity.steps.get(number)
    if step is None:
        raise NotFound(step=number)
    edits = [put(PartKind.STEP, deals.settled(step, state, known.today), number)]
    try:
        with desk.tx.begin_nested():
            doing = desk.doing(f"{state.value}: {step.kind.value}")
            done = deals.change(desk.tx, opportunity_id, edits, doing)
    except Conflict as fault:
        return _shown(desk, opportunity_id, fault=fault)
    return back(opportunity_id, "", done, f"step-{number}")


@router.post("/opportunities/{opportunity_id}/take-up")
def take_up(opportunity_id: int, desk: AtDesk) -> Response:
    """Take a decided deal up again."""
    return back(opportunity_id, "", deals.take_up(desk.tx, opportunity_id, desk.doing()))


@router.post("/opportunities/{opportunity_id}/remove")
def remove(opportunity_id: int, desk: AtDesk) -> Response:
    """Remove a deal; its page can bring it back."""
    return back(opportunity_id, "", deals.remove(desk.tx, opportunity_id, desk.doing()))


@router.get("/opportunities/{opportunity_id}/history")
def history(opportunity_id: int, desk: AtDesk) -> HTMLResponse:
    """Show everything that was done to a deal, and offer to take it back."""
    return shown(
        desk,
        desk.situation(opportunity_id),
        "history",
        "deal_history.html",
        actions=deals.history(desk.tx, opportunity_id),
        label_of=forms.label_of,
        kind_called=forms.called,
    )


def _shown(
    desk: Desk,
    opportunity_id: int,
    *,
    fault: Error | None = None,
    wanted: Stage | None = None,
) -> HTMLResponse:
    known = desk.situation(opportunity_id)
    opportunity = known.opportunity
    goes_to = wanted or stages.follows(opportunity.head.stage)
    return shown(
        desk,
        known,
        "",
        "deal_overview.html",
        fault=fault,
        missing=stages.missing(opportunity),
        must=stages.must(opportunity, goes_to) if goes_to else (),
        goes_to=goes_to,
        is_refused=wanted is not None,
        leaves_when=stages.leaves_when(opportunity.head.stage),
        overruled=stages.overruled(opportunity),
        glance=glance(known, {one: name for one, (name, _) in named(desk, known).items()}),
        steps=_in_order(opportunity.steps),
        acts=sorted(opportunity.acts.items(), key=lambda pair: (pair[1].on, pair[0])),
        notes=sorted(opportunity.notes.items(), key=lambda pair: (pair[1].on, pair[0])),
    )


def _in_order(steps: Mapping[int, Step]) -> list[tuple[int, Step]]:
    """Return planned steps by when they are due, then what is settled, the latest first."""
    planned = [pair for pair in steps.items() if pair[1].state is StepState.PLANNED]
    settled = [pair for pair in steps.items() if pair[1].state is not StepState.PLANNED]
    planned.sort(key=lambda pair: (pair[1].due or date.max, pair[0]))
    settled.sort(key=lambda pair: pair[0], reverse=True)
    return [*planned, *settled]
