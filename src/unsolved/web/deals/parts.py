"""Parts of a deal are added, changed and removed with a form each, and any action undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from unsolved import deals
from unsolved.deals.changes import drop, put
from unsolved.deals.model import Situation
from unsolved.deals.parts import Part, PartKind, as_facts, parts_of
from unsolved.errors import Error, NotFound
from unsolved.web.deals import forms
from unsolved.web.deals.frame import AtDesk, Desk, back, shown

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which part a form is of, what stands in it, and from which page it was asked for."""

    kind: PartKind
    number: int | None
    facts: Mapping[str, Any]
    tab: str


async def _typed(request: Request) -> FormData:
    async with request.form() as form:
        return form


Typed = Annotated[FormData, Depends(_typed)]


@router.get("/opportunities/{opportunity_id}/parts/{kind}/new")
def ask(opportunity_id: int, kind: PartKind, desk: AtDesk) -> HTMLResponse:
    """Ask for a new part; what the address says of its fields is filled in."""
    told = dict(desk.request.query_params)
    asked = _Asked(kind, None, told, told.get("tab", ""))
    return _form(desk, desk.situation(opportunity_id), asked)


@router.get("/opportunities/{opportunity_id}/parts/{kind}/{number}")
def show(opportunity_id: int, kind: PartKind, number: int, desk: AtDesk) -> HTMLResponse:
    """Show a part to be changed."""
    known = desk.situation(opportunity_id)
    facts = as_facts(_part(known, kind, number))
    tab = desk.request.query_params.get("tab", "")
    return _form(desk, known, _Asked(kind, number, facts, tab))


@router.post("/opportunities/{opportunity_id}/parts/{kind}")
def add(opportunity_id: int, kind: PartKind, desk: AtDesk, typed: Typed) -> Response:
    """Add a part, or say what is wrong with it."""
    return _keep(desk, opportunity_id, (kind, None), typed)


@router.post("/opportunities/{opportunity_id}/parts/{kind}/{number}")
def change(
    opportunity_id: int, kind: PartKind, number: int, desk: AtDesk, typed: Typed
) -> Response:
    """Change a part, or say what is wrong with it."""
    return _keep(desk, opportunity_id, (kind, number), typed)


@router.post("/opportunities/{opportunity_id}/parts/{kind}/{number}/remove")
def remove(
    opportunity_id: int,
    kind: PartKind,
    number: int,
    desk: AtDesk,
    tab: Annotated[str, Form()] = "",
) -> Response:
    """Remove a part; the page it goes back to offers to take that back."""
    doing = desk.doing(f"removed {forms.called(kind)}")
    done = deals.change(desk.tx, opportunity_id, [drop(kind, number)], doing)
    return back(opportunity_id, tab, done)


@router.post("/opportunities/{opportunity_id}/undo/{action_id}")
def undo(
    opportunity_id: int, action_id: int, desk: AtDesk, tab: Annotated[str, Form()] = ""
) -> Response:
    """Take an action back."""
    found = deals.action(desk.tx, action_id)
    if found is None or found.opportunity_id != opportunity_id:
        raise NotFound(action=action_id)
    return back(opportunity_id, tab, deals.undo(desk.tx, action_id, desk.doing()))


def _keep(
    desk: Desk, opportunity_id: int, place: tuple[PartKind, int | None], typed: FormData
) -> Response:
    kind, number = place
    known, tab = desk.situation(opportunity_id), str(typed.get("tab") or "")
    before = _part(known, kind, number) if number is not None else None
    what = f"{'changed' if before else 'added'} {forms.called(kind)}"
    try:
        part = forms.heard(kind, typed, before)
        with desk.tx.begin_nested():
            edits = [put(kind, part, number)]
            done = deals.change(desk.tx, opportunity_id, edits, desk.doing(what))
    except Error as fault:
        return _form(desk, known, _Asked(kind, number, forms.typed(kind, typed), tab), fault)
    anchor = f"{kind.value}-{number}" if number is not None else ""
    return back(opportunity_id, tab, done, anchor)


def _form(
    desk: Desk, known: Situation, asked: _Asked, fault: Error | None = None
) -> HTMLResponse:
    return shown(
        desk,
        known,
        asked.tab,
        "deal_form.html",
        fault=fault,
        kind=asked.kind,
        number=asked.number,
        called=forms.called(asked.kind),
        fields=forms.fields_of(asked.kind, known.opportunity, desk.library, asked.facts),
        wrong=str(fault.facts.get("field", "")) if fault is not None else "",
    )


def _part(known: Situation, kind: PartKind, number: int) -> Part:
    part = parts_of(known.opportunity).get((kind, number))
    if part is None:
        raise NotFound(**{kind.value: number})
    return part
