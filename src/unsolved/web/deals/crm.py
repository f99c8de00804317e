"""Deals of a CRM are taken up here, and where it and we differ is settled."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from unsolved import prospects
from unsolved.db import Session
from unsolved.deals.crm import Deal, Ended, Held, Where, ended
from unsolved.deals.model import Outcome
from unsolved.deals.queries import lists
from unsolved.deals.queries.crm import (
    Untaken,
    count_untaken,
    owners,
    sources_with_deals,
    untaken,
)
from unsolved.deals.queries.sought import Listed
from unsolved.deals.queries.whole import opportunities
from unsolved.deals.service import (
    Taking,
    Took,
    all_differences,
    link_deal,
    settle,
    take_deals,
    take_some,
)
from unsolved.deals.service.crm import LIKELIEST
from unsolved.errors import Invalid
from unsolved.problems import Library
from unsolved.prospects import Standing
from unsolved.web.deals.asked import HERE
from unsolved.web.deals.frame import SEE_OTHER, UNPROCESSABLE, AtDesk, Desk, back, said
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

PLACE = f"{HERE}/crm"
PAGE = 50
LOST = tuple(one for one in Outcome if one is not Outcome.WON)


class Asked(BaseModel):
    """Which deals the address asks for."""

    model_config = ConfigDict(frozen=True)

    where: Where | Literal[""] = Where.OPEN
    source: Annotated[int, Field(ge=0, le=2**31)] = 0
    owner: str = ""
    q: str = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1

    def wanted(self) -> Untaken:
        """Say it in the words of the room."""
        return Untaken(
            where=self.where or None,
            source_id=self.source or None,
            owner=self.owner,
            text=self.q,
        )

    def address(self, **changes: object) -> str:
        """Return the address that asks for the same, but for ``changes``."""
        asked = {**self.model_dump(mode="json", exclude_defaults=True), **changes}
        told = {k: v for k, v in asked.items() if v not in (0, None) and (v or k == "where")}
        return f"{PLACE}?{urlencode(told)}" if told else PLACE


@router.get(PLACE)
def show(desk: AtDesk, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """Show the deals of CRMs that are no opportunity yet, open ones first."""
    return _shown(desk, asked)


@router.post(f"{PLACE}/take-up")
def take_up(  # noqa: PLR0913, PLR0917 (what a form holds)
    desk: AtDesk,
    asked: Annotated[Asked, Query()],
    deal: Annotated[list[str] | None, Form()] = None,
    problem: Annotated[str, Form()] = LIKELIEST,
    currency: Annotated[str, Form()] = "EUR",
    outcome: Annotated[Outcome | Literal[""], Form()] = "",
    how: Annotated[Literal["selected", "all"], Form()] = "selected",
) -> Response:
    """Take up the deals that were chosen, or the next of all that the address asks for."""
    taking = Taking(
        problem_id=problem, currency=currency.strip().upper(), outcome=outcome or None
    )
    try:
        places = list(map(_place, deal or []))
        with desk.tx.begin_nested():
            took = (
                take_some(desk.tx, asked.wanted(), taking, desk.library, desk.doing())
                if how == "all"
                else take_deals(desk.tx, places, taking, desk.library, desk.doing())
            )
    except Invalid as fault:
        return _shown(desk, asked, fault=fault)
    if len(took.opened) == 1 and not took.left and not took.more:
        return back(took.opened[0])
    return _shown(desk, asked, took=took)


@router.post(f"{PLACE}/link")
def link(
    desk: AtDesk, deal: Annotated[str, Form()], opportunity: Annotated[int, Form()]
) -> Response:
    """Say that a deal is an opportunity that is here already."""
    return back(opportunity, "", link_deal(desk.tx, opportunity, _place(deal), desk.doing()))


@router.get(f"{PLACE}/differences")
def differ(desk: AtDesk) -> HTMLResponse:
    """Show where CRMs and we differ because somebody here said otherwise."""
    found = all_differences(desk.tx)
    known = {one.id: one.head for one in opportunities(desk.tx, list(found))}
    rows = [(number, known[number], told) for number, told in found.items() if number in known]
    return render(desk.request, "opportunities_differ.html", rows=rows)


@router.post(f"{HERE}/{{opportunity_id}}/crm/settle")
def settled(
    opportunity_id: int,
    desk: AtDesk,
    held: Annotated[Held, Form()],
    whose: Annotated[Literal["crm", "ours"], Form()],
    to: Annotated[Literal["", "all"], Form()] = "",
) -> Response:
    """Take over what the CRM says, or keep ours."""
    done = settle(desk.tx, opportunity_id, held, desk.doing(), takes_crm=whose == "crm")
    if to == "all":
        return RedirectResponse(f"{PLACE}/differences", SEE_OTHER)
    return back(opportunity_id, "material", done)


def _place(told: str) -> tuple[int, str]:
    source, _, key = told.partition(":")
    if not source.isdecimal() or len(source) > 10 or not key:  # noqa: PLR2004
        raise Invalid(field="deal", mend="choose deals of the list")
    return int(source), key


def _shown(
    desk: Desk, asked: Asked, *, took: Took | None = None, fault: Invalid | None = None
) -> HTMLResponse:
    tx, problems = desk.tx, desk.library
    wanted, at = asked.wanted(), (asked.page - 1) * PAGE
    found = untaken(tx, wanted, PAGE, at)
    return render(
        desk.request,
        "opportunities_crm.html",
        status=UNPROCESSABLE if fault else 200,
        asked=asked,
        rows=[(deal, _end(deal), *_known(tx, deal, problems)) for deal in found],
        total=count_untaken(tx, wanted),
        first=at + 1,
        size=PAGE,
        sources=sources_with_deals(tx),
        owners=owners(tx),
        problems=problems.problems,
        likeliest=LIKELIEST,
        wheres=tuple(Where),
        outcomes=LOST,
        today=desk.now.date(),
        took=took,
        fault=said(fault) if fault else "",
    )


def _end(deal: Deal) -> Ended | None:
    return ended(deal)


def _known(tx: Session, deal: Deal, problems: Library) -> tuple[str, list[Listed]]:
    """Return the likeliest problem of a deal, and the opportunities that it may be."""
    if deal.organisation_id is None:
        return "", []
    found = prospects.of_organisation(tx, deal.organisation_id)
    best = next(
        (p for p in found if p.standing is not Standing.UNSEEN and not p.eliminated), None
    )
    problem = problems.find(best.problem_id) if best else None
    here = lists.of_organisation(tx, deal.organisation_id)
    may_be = [one for one in here if not one.deal_key and one.outcome is None]
    return problem.title if problem else "", may_be
