"""The list and the board of opportunities: the same ones, in rows or in columns by stage."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, Response

from unsolved import deals
from unsolved.db import Session
from unsolved.deals.changes import Action, put
from unsolved.deals.model import Outcome, Stage
from unsolved.deals.parts import PartKind
from unsolved.deals.queries import lists
from unsolved.deals.queries.crm import Untaken, sources_with_deals, untaken
from unsolved.errors import Invalid, NotFound
from unsolved.web.deals.asked import HERE, SORTS, WHICH, Asked, back_to, numbers_in
from unsolved.web.deals.frame import AtDesk, Desk
from unsolved.web.deals.views import address_of
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

PAGE = 50
CARDS = 40
"""Cards of a column; the others are in the list."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was just done, and the actions that undo takes back."""

    what: str
    actions: str


@router.get(HERE)
def show(desk: AtDesk, asked: Annotated[Asked, Query()], did: str = "") -> HTMLResponse:
    """Show the opportunities of the sort asked for, as a list or as a board."""
    tx, sought = desk.tx, asked.sought()
    is_board = asked.shape == "board"
    at = (asked.page - 1) * PAGE
    answer = render(
        desk.request,
        "opportunities.html",
        block="results",
        asked=asked,
        found=[] if is_board else lists.listed(tx, sought, PAGE, at),
        columns=lists.columns(tx, sought, CARDS) if is_board else {},
        tally=lists.tally(tx, sought),
        total=lists.count_listed(tx, sought),
        first=at + 1,
        size=PAGE,
        today=desk.now.date(),
        titles={problem.id: problem.title for problem in desk.library.problems},
        sellers=lists.sellers(tx),
        views=[(view, address_of(view)) for view in lists.views(tx)],
        told=_told(tx, did),
        has_untaken=bool(sources_with_deals(tx)) and bool(untaken(tx, Untaken(), 1)),
        stages=tuple(Stage),
        outcomes=tuple(Outcome),
        sorts=SORTS,
        which=WHICH,
    )
    # htmx shows this in the address bar instead of a form's every empty field.
    answer.headers["hx-replace-url"] = asked.address()
    return answer


@router.post(f"{HERE}/selected")
def give(
    desk: AtDesk,
    one: Annotated[list[int] | None, Form()] = None,
    seller: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    """Give the selected opportunities to another seller, each as an action of its own."""
    if not one or not seller.strip():
        field = "seller" if one else "selected"
        mend = "choose opportunities, and say whose they are from now on"
        raise Invalid(field=field, mend=mend)
    done = [_given(desk, number, seller.strip()) for number in dict.fromkeys(one)]
    return back_to(back, done)


@router.post(f"{HERE}/undo")
def undo(
    desk: AtDesk, actions: Annotated[str, Form()], back: Annotated[str, Form()] = ""
) -> Response:
    """Take back what was just done on the list, the last of it first."""
    latest_first = reversed(numbers_in(actions))
    return back_to(back, [deals.undo(desk.tx, one, desk.doing()) for one in latest_first])


def _given(desk: Desk, number: int, seller: str) -> int:
    known = deals.opportunity(desk.tx, number)
    if known is None:
        raise NotFound(opportunity=number)
    head = replace(known.head, seller=seller)
    what = f"gave it to {seller}"
    return deals.change(desk.tx, number, [put(PartKind.HEAD, head, 0)], desk.doing(what))


def _told(tx: Session, did: str) -> Told | None:
    """Return what the actions that an address names have done, those not taken back."""
    found = [deals.action(tx, number) for number in numbers_in(did)]
    known = [one for one in found if one is not None and one.undone_by is None]
    return Told(_said(known), ",".join(str(one.id) for one in known)) if known else None


def _said(actions: Sequence[Action]) -> str:
    whats = list(dict.fromkeys(one.what for one in actions))
    deals_of = {one.opportunity_id for one in actions}
    told = "; ".join(whats[:3])
    return f"{told}, of {len(deals_of)} opportunities" if len(deals_of) > 1 else told
