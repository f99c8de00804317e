"""What lies around a deal: what its people told, its documents, and what was done with them."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, Response

from unsolved import sources
from unsolved.deals.hearing import As, ways
from unsolved.deals.model import Situation
from unsolved.deals.queries.material import activities, count_activities, heard
from unsolved.deals.service import crm_differences
from unsolved.deals.service.telling import attach, take_fact
from unsolved.errors import Conflict, Error, Invalid
from unsolved.web.deals.asked import HERE
from unsolved.web.deals.frame import AtDesk, Desk, back, shown

router = APIRouter(include_in_schema=False)

PAGE = 100
TAB = "material"
PLACE = f"{HERE}/{{opportunity_id}}/{TAB}"


@router.get(PLACE)
def show(
    opportunity_id: int,
    desk: AtDesk,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> HTMLResponse:
    """Show what the buyer told, the documents and the activities of a deal."""
    return _shown(desk, opportunity_id, page=page)


@router.post(f"{PLACE}/facts/{{fact_id}}")
def take(
    opportunity_id: int,
    fact_id: int,
    desk: AtDesk,
    taken: Annotated[As, Form()],
    named: Annotated[str, Form()] = "",
) -> Response:
    """Take something that the buyer told into the deal."""
    known = desk.situation(opportunity_id)
    try:
        done = take_fact(
            desk.tx,
            opportunity_id,
            fact_id,
            taken,
            desk.doing(),
            named=named,
            problem=known.problem,
        )
    except (Conflict, Invalid) as fault:
        return _shown(desk, opportunity_id, fault=fault)
    return back(opportunity_id, TAB, done, "told")


@router.post(f"{PLACE}/documents/{{document_id}}")
def put_to(
    opportunity_id: int,
    document_id: int,
    desk: AtDesk,
    why: Annotated[str, Form()] = "",
) -> Response:
    """Put a document of the organisation to the deal."""
    done = attach(desk.tx, opportunity_id, document_id, desk.doing(), why=why)
    return back(opportunity_id, TAB, done, "documents")


def _shown(
    desk: Desk, opportunity_id: int, *, page: int = 1, fault: Error | None = None
) -> HTMLResponse:
    tx, known = desk.tx, desk.situation(opportunity_id)
    number = known.organisation.id if known.organisation else 0
    attached = {one.document_id for one in known.opportunity.attachments.values()}
    titles = sources.titles_of(tx, number)
    told = [(one, ways(one)) for one in heard(tx, opportunity_id)]
    return shown(
        desk,
        known,
        TAB,
        "deal_material.html",
        fault=fault,
        told=told,
        quantity=As.QUANTITY,
        quantities=_quantities(known),
        titles={one.id: one for one in titles},
        others=[one for one in titles if one.id not in attached],
        activities=activities(tx, number, PAGE, (page - 1) * PAGE),
        total=count_activities(tx, number),
        page=page,
        size=PAGE,
        differences=crm_differences(tx, opportunity_id)
        if known.opportunity.head.deal_key
        else (),
    )


def _quantities(known: Situation) -> list[str]:
    """Return the names of quantities that a number can be."""
    cost = known.problem.cost if known.problem else None
    named = [one.name for one in cost.inputs] if cost else []
    return list(dict.fromkeys([*named, *(i.name for i in known.opportunity.inputs.values())]))
