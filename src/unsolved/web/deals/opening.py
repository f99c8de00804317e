"""An opportunity is opened by hand, or from a prospect whose evidence comes along."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from unsolved import deals, sources
from unsolved.deals.model import Head
from unsolved.deals.parts import PartKind
from unsolved.deals.queries import lists
from unsolved.errors import Error, Invalid, NotFound
from unsolved.sources import Organisation, OrganisationDraft
from unsolved.web.deals.asked import HERE
from unsolved.web.deals.forms import heard
from unsolved.web.deals.frame import SEE_OTHER, UNPROCESSABLE, AtDesk, Desk, back, said
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

SUGGESTED = 8
FIELDS = ("organisation", "name", "seller", "problem_id", "worth", "currency", "close_on")


@dataclass(frozen=True, slots=True)
class ByHand:
    """Where an organisation comes from that somebody names here."""

    named: str
    name: str = "named by hand"

    def fetch(self) -> Iterator[OrganisationDraft]:
        """Yield the organisation."""
        yield OrganisationDraft(name=self.named)


async def _typed(request: Request) -> FormData:
    async with request.form() as form:
        return form


@router.get(f"{HERE}/new")
def ask(desk: AtDesk) -> HTMLResponse:
    """Ask for what an opportunity begins with; what the address says is filled in."""
    told = {"seller": desk.me, "currency": "EUR", **dict(desk.request.query_params)}
    return _asked(desk, told)


@router.get(f"{HERE}/organisations")
def suggest(desk: AtDesk, organisation: str = "") -> HTMLResponse:
    """Suggest organisations while a name is typed."""
    is_typed = bool(organisation.strip())
    found = sources.search(desk.tx, organisation, SUGGESTED) if is_typed else []
    return render(desk.request, "opportunities_suggested.html", suggested=found)


@router.post(HERE)
def create(desk: AtDesk, typed: Annotated[FormData, Depends(_typed)]) -> Response:
    """Open an opportunity by hand, or say what is wrong with what was typed."""
    told = {name: str(typed.get(name) or "").strip() for name in FIELDS}
    try:
        known = _organisation(desk, told["organisation"], is_new="is_new" in typed)
        with desk.tx.begin_nested():
            head = _head(desk, told, known)
            made = deals.open_opportunity(desk.tx, head, desk.doing("opened it by hand"))
    except Error as fault:
        return _asked(desk, told, fault)
    return back(made)


@router.post(f"{HERE}/from-prospect")
def from_prospect(
    desk: AtDesk, organisation: Annotated[int, Form()], problem: Annotated[str, Form()]
) -> Response:
    """Open an opportunity from a prospect; one that is open already is shown instead."""
    known, about = sources.organisation(desk.tx, organisation), desk.library.find(problem)
    if known is None or about is None:
        raise NotFound(organisation=organisation, problem=problem)
    open_one = lists.open_with(desk.tx, known.id, about.id)
    if open_one is not None:
        return RedirectResponse(f"{HERE}/{open_one}", SEE_OTHER)
    made = deals.open_from_prospect(desk.tx, known.id, about, desk.me, desk.doing())
    return back(made)


def _organisation(desk: Desk, name: str, *, is_new: bool) -> Organisation:
    """Return the organisation that was named; with ``is_new`` also one nobody knew."""
    if not name:
        raise Invalid(field="organisation", mend="say with which organisation")
    known = sources.called(desk.tx, name)
    if known is None and is_new:
        sources.add(desk.request.app.state.sessions, ByHand(name), now=desk.now)
        known = sources.called(desk.tx, name)
    if known is None:
        mend = f"no organisation is called {name!r} here; choose one below, or add it"
        raise Invalid(field="organisation", mend=mend)
    return known


def _head(desk: Desk, told: Mapping[str, str], known: Organisation) -> Head:
    """Return the head that a form tells of."""
    today = desk.now.date()
    problem = desk.library.find(told["problem_id"])
    about = f": {problem.title}" if problem else ""
    blank = Head(name="x", organisation_id=known.id, opened_on=today, staged_on=today)
    typed = FormData(
        {
            **told,
            "name": told["name"] or f"{known.name}{about}",
            "currency": told["currency"].upper() or blank.currency,
            "in_forecast": "yes",
            "opened_on": today.isoformat(),
        }
    )
    head = heard(PartKind.HEAD, typed, blank)
    assert isinstance(head, Head)
    return head


def _asked(desk: Desk, told: Mapping[str, str], fault: Error | None = None) -> HTMLResponse:
    tx, problems = desk.tx, desk.library
    name = str(told.get("organisation") or "")
    is_known = bool(name) and sources.called(tx, name) is not None
    return render(
        desk.request,
        "opportunities_new.html",
        status=UNPROCESSABLE if fault else 200,
        told={field: str(told.get(field) or "") for field in FIELDS},
        problems=problems.problems,
        sellers=lists.sellers(tx),
        suggested=sources.search(tx, name, SUGGESTED) if name and not is_known else [],
        can_be_new=bool(fault) and bool(name) and not is_known,
        fault=said(fault) if fault else "",
        wrong=str(fault.facts.get("field", "")) if fault else "",
    )
