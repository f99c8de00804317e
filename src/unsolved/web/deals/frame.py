"""What every page of an opportunity has: its head, the ways to its other pages, undo."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from unsolved import deals
from unsolved.db import Session
from unsolved.deals.changes import Doing
from unsolved.deals.model import Situation, Stage
from unsolved.errors import Error, NotFound
from unsolved.http import Me, Problems, Tx
from unsolved.problems import Library
from unsolved.web.page import render

SEE_OTHER, UNPROCESSABLE = 303, 422
LONGEST_NUMBER = 9

TABS: tuple[tuple[str, str], ...] = (
    ("", "Overview"),
    ("people", "People"),
    ("tried", "Tried"),
    ("cost", "Cost"),
    ("risks", "Risks"),
    ("silence", "Silence"),
    ("diagnosis", "Diagnosis"),
    ("leaving", "Leaving"),
    ("material", "Material"),
    ("history", "History"),
)
"""The pages of an opportunity: what stands in the address, and what it is called."""

_KNOWN = {name for name, _ in TABS}


def now_at(request: Request) -> datetime:
    """Return the present moment, as the application's clock has it if it was given one."""
    clock = request.app.state.clock
    told = clock() if clock is not None else datetime.now(UTC)
    assert isinstance(told, datetime)
    return told


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page of deals is made with: the request, a transaction, the library, who asks."""

    request: Request
    tx: Session
    library: Library
    me: str

    def situation(self, opportunity_id: int) -> Situation:
        """Return all that is known around an opportunity now.

        Raises:
            NotFound: there is none of that id.
        """
        known = deals.situation(self.tx, opportunity_id, self.library, self.now)
        if known is None:
            raise NotFound(opportunity=opportunity_id)
        return known

    @property
    def now(self) -> datetime:
        """The present moment."""
        return now_at(self.request)

    def doing(self, what: str = "", why: str = "") -> Doing:
        """Return who does something here, now."""
        return Doing(by=self.me, now=self.now, what=what, why=why.strip())


def _desk(request: Request, tx: Tx, problems: Problems, me: Me) -> Desk:
    return Desk(request, tx, problems, me)


AtDesk = Annotated[Desk, Depends(_desk, scope="function")]


@dataclass(frozen=True, slots=True)
class Done:
    """What was just done, so that a page can offer to take it back."""

    id: int
    what: str
    is_undo: bool


def address(opportunity_id: int, tab: str = "") -> str:
    """Return the address of a page of an opportunity; of its overview for what is none."""
    part = f"/{tab}" if tab and tab in _KNOWN else ""
    return f"/opportunities/{opportunity_id}{part}"


def back(
    opportunity_id: int, tab: str = "", done: int = 0, anchor: str = ""
) -> RedirectResponse:
    """Go back to a page of an opportunity, which tells what was done and offers undo."""
    told = f"?done={done}" if done else ""
    place = f"#{anchor}" if anchor else ""
    return RedirectResponse(f"{address(opportunity_id, tab)}{told}{place}", SEE_OTHER)


def shown(
    desk: Desk,
    known: Situation,
    tab: str,
    template: str,
    *,
    fault: Error | None = None,
    **facts: object,
) -> HTMLResponse:
    """Answer with a page of an opportunity; ``template`` extends ``deal_frame.html``.

    It finds there ``known`` (the situation), ``opportunity``, ``head``, ``base`` (the address
    of the opportunity) and what it is given. A fault is told at the top, under the status 422.
    """
    one = known.opportunity
    return render(
        desk.request,
        template,
        "",
        status=UNPROCESSABLE if fault is not None else 200,
        known=known,
        opportunity=one,
        head=one.head,
        tab=tab,
        tabs=TABS,
        stages=tuple(Stage),
        base=address(one.id),
        done=_done(desk, one.id),
        fault=said(fault) if fault is not None else "",
        **facts,
    )


def said(fault: Error) -> str:
    """Return an error in a sentence: what is wrong, where, and the mend."""
    facts = dict(fault.facts)
    mend = str(facts.pop("mend", "") or "")
    where = ", ".join(str(fact) for fact in facts.values() if fact not in (None, ""))
    told = f"{where}: {mend}" if where and mend else where or mend
    return f"{told[:1].upper()}{told[1:]}." if told else fault.message


def _done(desk: Desk, opportunity_id: int) -> Done | None:
    number = desk.request.query_params.get("done", "")
    is_one = number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
    found = deals.action(desk.tx, int(number)) if is_one else None
    if found is None or found.opportunity_id != opportunity_id or found.undone_by:
        return None
    return Done(found.id, found.what, found.undoes is not None)
