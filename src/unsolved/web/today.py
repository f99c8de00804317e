"""The page of today: what deserves attention, why, and what to do."""

from enum import StrEnum
from time import perf_counter
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict

from unsolved.db import Session
from unsolved.deals import today as room
from unsolved.deals.model import Reason
from unsolved.deals.queries import attention as kept
from unsolved.deals.queries.lists import sellers
from unsolved.deals.service.attention import freshen
from unsolved.deals.today import Whose
from unsolved.http import Problems, Tx
from unsolved.web.deals.frame import now_at
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

SHOWN = 12
PATIENCE = 0.08
"""So many seconds are spent on what is out of date; the rest is shown as it was, and said."""

FOLDED = 200
"""So many more are told in a line each, folded away."""


class View(StrEnum):
    """Whose list is shown."""

    SELLER = "seller"
    MANAGER = "manager"


class Asked(BaseModel):
    """What the address of the page says."""

    model_config = ConfigDict(frozen=True)

    seller: str = ""
    view: View = View.SELLER

    @property
    def whose(self) -> Whose:
        """Say it in the words of the room."""
        return Whose(self.view.value)

    def address(self, **changes: object) -> str:
        """Return the shortest address that asks for the same, but for ``changes``."""
        asked = {**self.model_dump(mode="json", exclude_defaults=True), **changes}
        told = {key: value for key, value in asked.items() if value not in ("", "seller")}
        return f"/today?{urlencode(told)}" if told else "/today"


@router.get("/")
def start(tx: Tx) -> RedirectResponse:
    """Begin with today's list; with the prospects where no deal was opened yet."""
    return RedirectResponse("/today" if kept.is_any(tx) else "/prospects")


@router.get("/today")
def show(
    request: Request, tx: Tx, problems: Problems, asked: Annotated[Asked, Query()]
) -> HTMLResponse:
    """Show what deserves attention, of a seller or of all, after working out what changed."""
    until = perf_counter() + PATIENCE
    fresh = freshen(
        tx,
        (asked.whose, asked.seller),
        problems,
        now_at(request),
        enough=lambda: perf_counter() > until,
    )
    facts: dict[str, Any] = {
        "asked": asked,
        "views": tuple(View),
        "sellers": sellers(tx),
        "is_any": kept.is_any(tx),
        "as_of": kept.attending_as_of(tx, asked.whose, asked.seller),
        "fresh": fresh,
        "in_whole": in_whole,
    }
    if asked.view is View.MANAGER:
        return render(request, "today_manager.html", **facts, **_managed(tx, asked))
    return render(request, "today.html", **facts, **_sold(tx, asked))


def _sold(tx: Session, asked: Asked) -> dict[str, Any]:
    briefly = kept.attending_briefly(tx, Whose.SELLER, asked.seller, SHOWN + FOLDED)
    shown = kept.attending(tx, Whose.SELLER, asked.seller, SHOWN)
    return {"shown": shown, "folded": briefly[len(shown) :]}


def _managed(tx: Session, asked: Asked) -> dict[str, Any]:
    briefly = kept.attending_briefly(tx, Whose.MANAGER, asked.seller)
    patterns = room.patterns(briefly)
    return {"patterns": patterns, "by_seller": room.by_seller(briefly, patterns)}


def in_whole(gain: tuple[Reason, ...]) -> list[int]:
    """Return reasons in money as whole numbers that add up to their sum as it is shown.

    >>> in_whole((Reason("a", 10.6), Reason("b", -3.3)))
    [10, -3]
    """
    whole = [round(one.weight) for one in gain]
    if whole:
        whole[0] += round(sum(one.weight for one in gain)) - sum(whole)
    return whole
