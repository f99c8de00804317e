"""The page on what was tried: the verdict, the dossier with its quotes, what else there is."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from unsolved import deals
from unsolved.deals import alternatives, attempts
from unsolved.deals.attempts import Hint, OpenQuestion
from unsolved.deals.changes import put
from unsolved.deals.model import Attempt, Basis, Situation, Why
from unsolved.deals.parts import PartKind, as_facts, as_part
from unsolved.errors import Error, Invalid, NotFound
from unsolved.web.deals.frame import AtDesk, Desk, back, shown

router = APIRouter(include_in_schema=False)

TAB = "tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An attempt as the page tells it: with what its words hint at and what to ask of it."""

    number: int
    attempt: Attempt
    hints: tuple[Hint, ...]
    questions: tuple[OpenQuestion, ...]


class Quoted(BaseModel):
    """Words on an attempt: whose, when, and from which document, if from one."""

    words: str = ""
    by: str = ""
    on: str = ""
    document: str = ""


@router.get("/opportunities/{opportunity_id}/tried")
def show(opportunity_id: int, desk: AtDesk) -> HTMLResponse:
    """Show what was tried, what that says of this deal, and what the buyer could do instead."""
    return _shown(desk, desk.situation(opportunity_id))


@router.post("/opportunities/{opportunity_id}/tried/{number}/why")
def decide(
    opportunity_id: int, number: int, desk: AtDesk, why: Annotated[Why, Form()]
) -> Response:
    """Note a reason why an attempt failed, after a person read the words that hint at it."""
    one = _attempt(desk.situation(opportunity_id), number)
    whys = tuple(known for known in Why if known is why or known in one.whys)
    doing = desk.doing(f"noted that it failed for {why.value}")
    edits = [put(PartKind.ATTEMPT, replace(one, whys=whys), number)]
    done = deals.change(desk.tx, opportunity_id, edits, doing)
    return back(opportunity_id, TAB, done, f"attempt-{number}")


@router.post("/opportunities/{opportunity_id}/tried/{number}/quotes")
def quote(
    opportunity_id: int, number: int, desk: AtDesk, quoted: Annotated[Quoted, Form()]
) -> Response:
    """Add words that an attempt rests on; from a document they must stand there."""
    known = desk.situation(opportunity_id)
    facts = as_facts(_attempt(known, number))
    try:
        with_it = {**facts, "grounds": [*facts["grounds"], _ground(quoted)]}
        with desk.tx.begin_nested():
            edits = [put(PartKind.ATTEMPT, as_part(PartKind.ATTEMPT, with_it), number)]
            doing = desk.doing("added a quote to an attempt")
            done = deals.change(desk.tx, opportunity_id, edits, doing)
    except Error as fault:
        return _shown(desk, known, fault)
    return back(opportunity_id, TAB, done, f"attempt-{number}")


@router.post("/opportunities/{opportunity_id}/tried/{number}/quotes/{at}/remove")
def unquote(opportunity_id: int, number: int, at: int, desk: AtDesk) -> Response:
    """Take words away that an attempt rests on, by their place among them."""
    one = _attempt(desk.situation(opportunity_id), number)
    if not 0 <= at < len(one.grounds):
        raise NotFound(quote=at)
    rest = (*one.grounds[:at], *one.grounds[at + 1 :])
    edits = [put(PartKind.ATTEMPT, replace(one, grounds=rest), number)]
    doing = desk.doing("took a quote from an attempt")
    done = deals.change(desk.tx, opportunity_id, edits, doing)
    return back(opportunity_id, TAB, done, f"attempt-{number}")


def _ground(quoted: Quoted) -> dict[str, Any]:
    """Return what was typed as the plain data of a ground."""
    if not quoted.words.strip():
        raise Invalid(field="words", mend="say in which words it was told")
    return {
        "basis": Basis.EVIDENCE if quoted.document.strip() else Basis.BUYER,
        "quote": quoted.words.strip(),
        "by": quoted.by.strip(),
        "on": quoted.on.strip() or None,
        "document_id": quoted.document.strip() or None,
    }


def _attempt(known: Situation, number: int) -> Attempt:
    one = known.opportunity.attempts.get(number)
    if one is None:
        raise NotFound(attempt=number)
    return one


def _shown(desk: Desk, known: Situation, fault: Error | None = None) -> HTMLResponse:
    asked = attempts.questions(known)
    documents = {one.document_id: one.title for one in known.opportunity.attachments.values()}
    return shown(
        desk,
        known,
        TAB,
        "deal_tried.html",
        fault=fault,
        verdict=attempts.qualify(known),
        sources=attempts.sources(),
        tried=[
            Told(
                number=number,
                attempt=one,
                hints=tuple(h for h in attempts.likely_whys(one) if h.why not in one.whys),
                questions=tuple(q for q in asked if q.attempt == number),
            )
            for number, one in sorted(known.opportunity.attempts.items())
        ],
        general=[one for one in asked if one.attempt is None],
        rows=alternatives.grid(known),
        documents=documents,
    )
