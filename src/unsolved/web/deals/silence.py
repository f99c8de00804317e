"""The page on who of the buyer's is silent, and how unusual that is for them."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response

from unsolved import deals, sources
from unsolved.deals.changes import put
from unsolved.deals.model import Channel, Situation
from unsolved.deals.parts import PartKind
from unsolved.errors import Error, Invalid, NotFound
from unsolved.web.deals.frame import AtDesk, Desk, back, shown
from unsolved.web.deals.silence_picture import HIGH, WIDE
from unsolved.web.deals.silence_rows import Named, people_of

router = APIRouter(include_in_schema=False)

TAB = "silence"
OTHERS = 12
"""How many people who are not on the map are shown, the most silent first."""

EVIDENT = 6
"""How many exchanges are shown beside a change that they show."""

SOURCES = frozenset({"imap", "mail", "calendar", "hubspot", "salesforce", "crm-file"})
"""Kinds of sources that bring mails, calls or meetings."""


@router.get("/opportunities/{opportunity_id}/silence")
def show(opportunity_id: int, desk: AtDesk) -> HTMLResponse:
    """Show each person's present silence against how they usually answer."""
    return _shown(desk, desk.situation(opportunity_id))


@router.post("/opportunities/{opportunity_id}/silence/{number}/person")
def recognise(
    opportunity_id: int, number: int, desk: AtDesk, person_id: Annotated[int, Form()]
) -> Response:
    """Say who of our sources' people somebody on the map is."""
    known = desk.situation(opportunity_id)
    one = known.opportunity.stakeholders.get(number)
    if one is None:
        raise NotFound(stakeholder=number)
    try:
        who = _person(desk, known, person_id)
        edits = [put(PartKind.STAKEHOLDER, replace(one, person_id=who), number)]
        with desk.tx.begin_nested():
            doing = desk.doing(f"recognised {one.name} in our sources")
            done = deals.change(desk.tx, opportunity_id, edits, doing)
    except Error as fault:
        return _shown(desk, known, fault)
    return back(opportunity_id, TAB, done)


def _person(desk: Desk, known: Situation, person_id: int) -> int:
    """Return the id of one of the buyer's people.

    Raises:
        Invalid: nobody of that id works there.
    """
    people = sources.people_of(desk.tx, known.opportunity.head.organisation_id)
    if all(one.id != person_id for one in people):
        raise Invalid(person=person_id, mend="choose one of the people of this organisation")
    return person_id


def _shown(desk: Desk, known: Situation, fault: Error | None = None) -> HTMLResponse:
    mapped, others = people_of(known, named(desk, known))
    return shown(
        desk,
        known,
        TAB,
        "deal_silence.html",
        fault=fault,
        mapped=[who for who in mapped if who.ways],
        unheard=[who for who in mapped if not who.ways],
        others=others[:OTHERS],
        unshown=max(len(others) - OTHERS, 0),
        silent=[who for who in (*mapped, *others) if who.is_silent],
        is_connected=bool(known.exchanges) or _is_connected(desk),
        wide=WIDE,
        high=HIGH,
        evident=EVIDENT,
        mail=Channel.MAIL,
    )


def named(desk: Desk, known: Situation) -> Named:
    """Return what the people are called with whom something passed, wherever they work."""
    people = sources.people_of(desk.tx, known.opportunity.head.organisation_id)
    named_on = {who for one in known.exchanges for who in one.person_ids}
    elsewhere = named_on - {one.id for one in people}
    found = (*people, *(sources.person(desk.tx, one) for one in sorted(elsewhere)))
    return {one.id: (one.name, one.title or "") for one in found if one}


def _is_connected(desk: Desk) -> bool:
    """Whether a mailbox, a calendar or a CRM is read at all."""
    return any(one.kind in SOURCES for one in sources.sources(desk.tx, desk.now))
