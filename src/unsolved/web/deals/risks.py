"""The page on what may fail again: the risk plan, and who can vouch to this buyer."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response

from unsolved import deals
from unsolved.deals import references as vouching
from unsolved.deals import risks as room
from unsolved.deals.changes import put
from unsolved.deals.model import Act, BuyerAct, ReferenceUse, Risk, RiskState, Situation
from unsolved.deals.parts import PartKind
from unsolved.deals.queries.references import references, uses
from unsolved.deals.references import Reference
from unsolved.deals.service.references import use_reference
from unsolved.errors import Conflict, Error, NotFound
from unsolved.web.deals.frame import AtDesk, Desk, back, shown

router = APIRouter(include_in_schema=False)

TAB = "risks"
ALL = "all"
BEST = 5
"""So many of those who may be asked are shown at first."""


@router.get("/opportunities/{opportunity_id}/risks")
def show(opportunity_id: int, desk: AtDesk) -> HTMLResponse:
    """Show the risk plan of a deal, and who could vouch to its buyer."""
    return _shown(desk, desk.situation(opportunity_id))


@router.post("/opportunities/{opportunity_id}/risks/accept")
def accept(opportunity_id: int, desk: AtDesk, key: Annotated[str, Form()]) -> Response:
    """Take a proposed risk into the plan, or all of them."""
    proposals = room.proposed(desk.situation(opportunity_id))
    chosen = [one for one in proposals if key in {ALL, one.key}]
    if not chosen:
        raise NotFound(risk=key)
    named = ", ".join(dict.fromkeys(one.why.value for one in chosen))
    edits = [put(PartKind.RISK, one.risk) for one in chosen]
    doing = desk.doing(f"took into the risk plan: {named}")
    return back(
        opportunity_id, TAB, deals.change(desk.tx, opportunity_id, edits, doing), "plan"
    )


@router.post("/opportunities/{opportunity_id}/risks/{number}/state")
def move(
    opportunity_id: int, number: int, desk: AtDesk, state: Annotated[RiskState, Form()]
) -> Response:
    """Say how far a risk has been dealt with; without a proof it is not proven."""
    known = desk.situation(opportunity_id)
    one = _risk(known, number)
    doing = desk.doing(f"a risk is {state.value}")
    try:
        with desk.tx.begin_nested():
            edits = [put(PartKind.RISK, replace(one, state=state), number)]
            done = deals.change(desk.tx, opportunity_id, edits, doing)
    except Error as fault:
        return _shown(desk, known, fault)
    return back(opportunity_id, TAB, done, f"risk-{number}")


@router.post("/opportunities/{opportunity_id}/risks/{number}/taken")
def take(opportunity_id: int, number: int, desk: AtDesk) -> Response:
    """Note that its owner at the buyer's took a measure on: an act of theirs."""
    known = desk.situation(opportunity_id)
    one = _risk(known, number)
    act = BuyerAct(act=Act.TOOK_RISKS, on=known.today, who=one.owner)
    edits = [put(PartKind.ACT, act)]
    if one.state is RiskState.OPEN:
        edits.append(put(PartKind.RISK, replace(one, state=RiskState.UNDER_WAY), number))
    doing = desk.doing(f"noted that {one.owner or 'the buyer'} took on a measure")
    done = deals.change(desk.tx, opportunity_id, edits, doing)
    return back(opportunity_id, TAB, done, f"risk-{number}")


@router.post("/opportunities/{opportunity_id}/risks/ask/{reference_id}")
def ask(opportunity_id: int, reference_id: int, desk: AtDesk) -> Response:
    """Choose who is to vouch: the use counts, and asking them becomes a step."""
    known = desk.situation(opportunity_id)
    found = _match(desk, known, reference_id)
    if found.refused:
        fault = Conflict(reference=found.reference.organisation, mend=found.refused)
        return _shown(desk, known, fault)
    try:
        with desk.tx.begin_nested():
            done = use_reference(desk.tx, opportunity_id, reference_id, desk.doing())
    except Error as fault:
        return _shown(desk, known, fault)
    return back(opportunity_id, TAB, done, "vouching")


def _match(desk: Desk, known: Situation, reference_id: int) -> vouching.Match:
    told = references(desk.tx)
    if reference_id not in told:
        raise NotFound(reference=reference_id)
    one = {reference_id: told[reference_id]}
    return vouching.match(known, one, uses(desk.tx, reference_id))[0]


def _risk(known: Situation, number: int) -> Risk:
    one = known.opportunity.risks.get(number)
    if one is None:
        raise NotFound(risk=number)
    return one


def _shown(desk: Desk, known: Situation, fault: Error | None = None) -> HTMLResponse:
    told = references(desk.tx)
    gone = references(desk.tx, is_removed=True)
    matches = vouching.match(known, told, uses(desk.tx))
    able = [one for one in matches if one.may_be_asked]
    return shown(
        desk,
        known,
        TAB,
        "deal_risks.html",
        fault=fault,
        plan=room.plan(known),
        proposals=room.proposed(known),
        states=tuple(RiskState),
        best=able[:BEST],
        further=able[BEST:],
        others=[one for one in matches if not one.may_be_asked],
        chosen=_chosen(known, {**gone, **told}),
    )


def _chosen(
    known: Situation, told: dict[int, Reference]
) -> list[tuple[int, Reference | None, ReferenceUse]]:
    """Return who was chosen in this deal: the number of the use, who it is, and the use."""
    return [
        (number, told.get(use.reference_id), use)
        for number, use in sorted(known.opportunity.uses.items())
    ]
