"""The page on the people of a deal: their map, what is missing on it, what they agree on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response

from unsolved import deals, sources
from unsolved.deals import stakeholders as room
from unsolved.deals.changes import put
from unsolved.deals.model import (
    Basis,
    Ground,
    Power,
    Situation,
    Stakeholder,
    Stance,
    Sway,
)
from unsolved.deals.parts import PartKind
from unsolved.errors import Error, Invalid, NotFound
from unsolved.sources import Person
from unsolved.web.deals.frame import AtDesk, Desk, back, shown

router = APIRouter(include_in_schema=False)

TAB = "people"
SHOWN, OFFERED = 24, 300
"""How many known people can be added with one click, and how many are offered by name."""

_EVER = datetime.min.replace(tzinfo=UTC)


@router.get("/opportunities/{opportunity_id}/people")
def show(opportunity_id: int, desk: AtDesk) -> HTMLResponse:
    """Show who has a say in a deal, and what is missing among them."""
    return _shown(desk, desk.situation(opportunity_id))


@router.post("/opportunities/{opportunity_id}/people/{number}/place")
def place(
    opportunity_id: int,
    number: int,
    desk: AtDesk,
    stance: Annotated[Stance, Form()],
    power: Annotated[Power, Form()],
) -> Response:
    """Move somebody on the map to another stance and power."""
    one = desk.situation(opportunity_id).opportunity.stakeholders.get(number)
    if one is None:
        raise NotFound(stakeholder=number)
    what = f"placed {one.name}: {room.power_called(power)}, {room.stance_called(stance)}"
    edits = [put(PartKind.STAKEHOLDER, replace(one, stance=stance, power=power), number)]
    done = deals.change(desk.tx, opportunity_id, edits, desk.doing(what))
    return back(opportunity_id, TAB, done, f"stakeholder-{number}")


@router.post("/opportunities/{opportunity_id}/people")
def add(
    opportunity_id: int,
    desk: AtDesk,
    name: Annotated[str, Form()] = "",
    person_id: Annotated[int | None, Form()] = None,
) -> Response:
    """Add somebody whom our sources know, or by name; who is known by that name is taken."""
    known = desk.situation(opportunity_id)
    try:
        one = _somebody(_others(desk, known), name, person_id)
        with desk.tx.begin_nested():
            edits = [put(PartKind.STAKEHOLDER, one)]
            doing = desk.doing(f"added {one.name}")
            done = deals.change(desk.tx, opportunity_id, edits, doing)
    except Invalid as fault:
        return _shown(desk, known, fault)
    return back(opportunity_id, TAB, done)


def _somebody(others: Iterable[Person], name: str, person_id: int | None) -> Stakeholder:
    """Return who is meant by an id, else by a name; one that nobody knows is only named."""
    name = " ".join(name.split())
    for one in others:
        is_called = person_id is None and one.name.casefold() == name.casefold()
        if one.id == person_id or is_called:
            ground = Ground(basis=Basis.RECORD)
            return Stakeholder(
                name=one.name, title=one.title or "", person_id=one.id, ground=ground
            )
    if person_id is not None:
        mend = "they are on the map already, or work elsewhere"
        raise Invalid(person=person_id, mend=mend)
    return Stakeholder(name=name)


def _others(desk: Desk, known: Situation) -> list[Person]:
    """Return the known people of the organisation who are not on the map, heard last first."""
    mapped = {one.person_id for one in known.opportunity.stakeholders.values()}
    heard: dict[int, datetime] = {}
    for exchange in known.exchanges:
        for person in exchange.person_ids:
            heard[person] = max(exchange.at, heard.get(person, exchange.at))
    people = sources.people_of(desk.tx, known.opportunity.head.organisation_id)
    rest = [one for one in people if one.id not in mapped]
    return sorted(rest, key=lambda one: heard.get(one.id, _EVER), reverse=True)


def _shown(desk: Desk, known: Situation, fault: Error | None = None) -> HTMLResponse:
    people = known.opportunity.stakeholders
    others = _others(desk, known)
    order = {power: at for at, power in enumerate(room.POWERS)}
    return shown(
        desk,
        known,
        TAB,
        "deal_people.html",
        fault=fault,
        drawings=[room.drawn(known, is_narrow=is_narrow) for is_narrow in (False, True)],
        gaps=room.gaps(known),
        agreed=room.agreement(known),
        people=sorted(people.items(), key=lambda pair: (order[pair[1].power], pair[0])),
        contacts=room.contacts(known),
        ties=[
            (number, tie, room.told(tie, people))
            for number, tie in sorted(known.opportunity.ties.items())
        ],
        ago=room.ago,
        stances=[(stance, room.stance_called(stance)) for stance in room.STANCES],
        powers=[(power, room.power_called(power)) for power in room.POWERS],
        sways=tuple(Sway),
        others=others[:SHOWN],
        offered=others[:OFFERED],
        unshown=max(len(others) - SHOWN, 0),
    )
