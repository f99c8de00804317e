"""The page of deals that rest: those that something woke, and what the others wait for."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse

from unsolved import deals
from unsolved.deals import triggers
from unsolved.deals.letting_go import LEFT
from unsolved.deals.model import Opportunity, Trigger
from unsolved.sources import Organisation
from unsolved.web.deals.frame import SEE_OTHER, AtDesk, Desk
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """A deal that rests, as the page tells it: why it was left, what woke it, its waits."""

    opportunity: Opportunity
    organisation: Organisation | None
    why: str
    fired: dict[int, Trigger]
    waits: dict[int, Trigger]
    next_on: date | None


@router.get("/dormant")
def show(desk: AtDesk, page: int = 1) -> HTMLResponse:
    """Show the deals that rest, those first that something woke."""
    page = max(1, min(page, 10_000))
    woken = deals.woken_deals(desk.tx)
    count = deals.count_resting(desk.tx)
    resting = deals.resting_deals(desk.tx, limit=AT_ONCE, offset=(page - 1) * AT_ONCE)
    known = {one.id for one in woken}
    return render(
        desk.request,
        "dormant.html",
        woken=_told(desk, woken),
        resting=_told(desk, [one for one in resting if one.id not in known]),
        count=count,
        page=page,
        pages=max(1, -(-count // AT_ONCE)),
        wakes_on=triggers.wakes_on,
        today=desk.now.date(),
    )


@router.post("/dormant/{opportunity_id}/seen")
def see(opportunity_id: int, desk: AtDesk) -> RedirectResponse:
    """Note that somebody saw what fired, and lets the deal rest on."""
    deals.see(desk.tx, opportunity_id, desk.doing())
    return RedirectResponse("/dormant", SEE_OTHER)


def _told(desk: Desk, known: list[Opportunity]) -> list[Resting]:
    organisations = deals.organisations_of(desk.tx, known)
    return [
        Resting(
            opportunity=one,
            organisation=organisations.get(one.head.organisation_id),
            why=_why(one),
            fired=triggers.awake(one),
            waits=triggers.watching(one),
            next_on=triggers.next_on(one),
        )
        for one in known
    ]


def _why(known: Opportunity) -> str:
    """Return why a deal was left: as was said then, or in the debrief; empty for neither."""
    said = [one.text for _, one in sorted(known.notes.items()) if one.about == LEFT]
    learned = [one.changed for _, one in sorted(known.debriefs.items()) if one.changed]
    return next(iter([*said[-1:], *learned[-1:]]), "")
