"""A card goes to another column: by what the buyer did, noted on the way, or with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from unsolved import deals
from unsolved.deals import stages
from unsolved.deals.changes import put
from unsolved.deals.model import (
    Act,
    Basis,
    BuyerAct,
    Cause,
    Ground,
    Outcome,
    Situation,
    Stage,
)
from unsolved.deals.parts import PartKind
from unsolved.errors import Conflict, Error, Invalid
from unsolved.web.deals.asked import HERE, back_to
from unsolved.web.deals.frame import AtDesk, Desk, shown

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """Where a card is to go, and what was typed for it to go there."""

    to: Stage
    back: str = ""
    why: str = ""
    acts: Mapping[Act, tuple[str, str]] = field(default_factory=dict)
    """What the buyer did: who of them, and in which words."""

    on: str = ""
    outcome: str = ""
    cause: str = ""


async def _typed(request: Request) -> FormData:
    async with request.form() as form:
        return form


@router.get(f"{HERE}/{{opportunity_id}}/moving")
def ask(opportunity_id: int, desk: AtDesk, to: Stage, back: str = "") -> HTMLResponse:
    """Ask what is needed for a deal to go to a stage."""
    return _asked(desk, desk.situation(opportunity_id), Moving(to=to, back=back))


@router.post(f"{HERE}/{{opportunity_id}}/moving")
def move(
    opportunity_id: int, desk: AtDesk, typed: Annotated[FormData, Depends(_typed)]
) -> Response:
    """Move a card; where the buyer's acts are missing, ask for them or for a reason."""
    known = desk.situation(opportunity_id)
    moving = _moving(typed)
    try:
        with desk.tx.begin_nested():
            done = _moved(desk, known, moving)
    except (Conflict, Invalid) as fault:
        is_first = "asked" not in typed
        return _asked(desk, known, moving, None if is_first else fault)
    return back_to(moving.back, done)


def _moving(typed: FormData) -> Moving:
    try:
        return Moving(
            to=Stage(str(typed.get("to") or "")),
            back=str(typed.get("back") or ""),
            why=str(typed.get("why") or "").strip(),
            acts={
                act: (_text(typed, f"who.{act.value}"), _text(typed, f"quote.{act.value}"))
                for act in map(Act, map(str, typed.getlist("act")))
            },
            on=_text(typed, "on"),
            outcome=_text(typed, "outcome"),
            cause=_text(typed, "cause"),
        )
    except ValueError as error:
        raise Invalid(field="to", mend=str(error)) from error


def _moved(desk: Desk, known: Situation, moving: Moving) -> list[int]:
    """Do it, and return the actions that did."""
    tx, number, head = desk.tx, known.opportunity.id, known.opportunity.head
    if moving.to is head.stage:
        return []
    if moving.to is Stage.DECIDED:
        return [_decided(desk, number, moving)]
    done = []
    if head.stage is Stage.DECIDED:
        return [deals.take_up(tx, number, desk.doing(), moving.to)]
    if moving.acts:
        on = _day(moving.on, known.today)
        edits = [put(PartKind.ACT, _act(act, told, on)) for act, told in moving.acts.items()]
        what = f"the buyer {', '.join(act.value for act in moving.acts)}"
        done.append(deals.change(tx, number, edits, desk.doing(what)))
    return [*done, deals.move(tx, number, moving.to, desk.doing(why=moving.why))]


def _decided(desk: Desk, number: int, moving: Moving) -> int:
    if not moving.outcome:
        raise Invalid(field="outcome", mend="say how it ended")
    try:
        outcome = Outcome(moving.outcome)
        cause = Cause(moving.cause) if moving.cause else None
    except ValueError as error:
        raise Invalid(field="outcome", mend=str(error)) from error
    done = desk.doing(why=moving.why)
    return deals.conclude(desk.tx, number, outcome, done, cause=cause)


def _act(act: Act, told: tuple[str, str], on: date) -> BuyerAct:
    who, quote = told
    basis = Basis.BUYER if quote else Basis.NOTED
    return BuyerAct(act=act, on=on, who=who, ground=Ground(basis=basis, quote=quote, by=who))


def _day(told: str, today: date) -> date:
    try:
        return date.fromisoformat(told) if told else today
    except ValueError as error:
        raise Invalid(field="on", mend="a day is written as 2026-03-31") from error


def _text(typed: FormData, name: str) -> str:
    return str(typed.get(name) or "").strip()


def _asked(
    desk: Desk, known: Situation, moving: Moving, fault: Error | None = None
) -> HTMLResponse:
    return shown(
        desk,
        known,
        "",
        "opportunities_move.html",
        fault=fault,
        moving=moving,
        must=stages.must(known.opportunity, moving.to),
        outcomes=tuple(Outcome),
        causes=tuple(Cause),
    )
