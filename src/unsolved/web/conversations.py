"""The pages on calls and mails: what was understood, what to accept of it, what to ask next."""

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel
from starlette.datastructures import FormData, UploadFile

from unsolved import sources
from unsolved.conversations import coverage as room
from unsolved.conversations.acts import reader
from unsolved.conversations.coverage import Kept, State, Talk, Told
from unsolved.db import Session, transaction
from unsolved.errors import Error, Invalid, NotFound
from unsolved.http import Problems, Tx
from unsolved.problems import Library
from unsolved.web.call_picture import DRAWN, picture
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

SEE_OTHER, UNPROCESSABLE = 303, 422
SHOWN = 200


class Asked(BaseModel):
    """What a person says about a talk; names stand with commas between them."""

    seller: str = ""
    buyer: str = ""
    own: str = ""
    organisation: str = ""
    problem: str = ""


@router.get("/conversations")
def show_all(request: Request, tx: Tx, problems: Problems) -> HTMLResponse:
    """Show the talks that are kept, and ask for another."""
    return _listed(request, tx, problems)


@router.post("/conversations")
async def bring(request: Request, problems: Problems) -> Response:
    """Read what was pasted or chosen, keep it and go there; else say what is wrong with it."""
    async with request.form() as form:
        told = _told(form)
        file = form.get("file")
        data = await file.read() if isinstance(file, UploadFile) else b""
        name = PurePosixPath(str(file.filename)).name if isinstance(file, UploadFile) else ""
    if not data:
        data, name = told["text"].encode("utf-8", "replace"), "what you pasted"
    return await run_in_threadpool(_bring, request, problems, told, data, name)


def _bring(
    request: Request, problems: Library, told: dict[str, str], data: bytes, name: str
) -> Response:
    now = datetime.now(UTC)
    sessions = request.app.state.sessions
    try:
        talks = room.read_talks(data, where=name, now=now)
        with transaction(sessions) as tx:
            kept = [_keep(tx, talk, told, problems, now) for talk in talks]
    except Error as fault:
        with transaction(sessions) as tx:
            return _listed(request, tx, problems, error=_said(fault), told=told)
    where = f"/conversations/{kept[0]}" if len(kept) == 1 else "/conversations"
    return RedirectResponse(where, SEE_OTHER)


@router.post("/conversations/of/{document_id}")
def of_document(document_id: int, tx: Tx) -> RedirectResponse:
    """Go to the talk that a document is the transcript of; make it the first time."""
    known = room.call_of_document(tx, document_id)
    if known is None:
        document = sources.document(tx, document_id)
        if document is None:
            raise NotFound(document=document_id)
        found = sources.original(tx, document_id)
        talk = room.of_document(
            document.text, found[0] if found else b"", document.key, now=datetime.now(UTC)
        )
        about = room.About(organisation_id=document.organisation_id, document_id=document_id)
        covered = room.coverage(talk, reader())
        known = room.keep_call(tx, covered, now=datetime.now(UTC), about=about)
    return RedirectResponse(f"/conversations/{known}", SEE_OTHER)


@router.get("/conversations/{call_id}")
def show(request: Request, call_id: int, tx: Tx, problems: Problems) -> HTMLResponse:
    """Show what was understood in a talk."""
    return _shown(request, tx, problems, _kept(tx, call_id))


@router.post("/conversations/{call_id}")
def change(
    request: Request,
    call_id: int,
    tx: Tx,
    problems: Problems,
    asked: Annotated[Asked, Form()],
) -> Response:
    """Cover a talk anew with what was said about its sides, its organisation, its problem."""
    kept, told = _kept(tx, call_id), asked.model_dump()
    problem, sides = problems.find(told["problem"]), _sides(told)
    try:
        covered = room.coverage(kept.talk, reader(), told=sides, problem=problem)
        organisation = _organisation(tx, told["organisation"])
    except Error as fault:
        return _shown(request, tx, problems, kept, error=_said(fault))
    problem_id = problem.id if problem else None
    room.cover_again(tx, call_id, covered, told=sides, problem_id=problem_id)
    room.place_call(tx, call_id, organisation)
    return RedirectResponse(f"/conversations/{call_id}", SEE_OTHER)


@router.post("/conversations/facts/{fact_id}")
def decide(fact_id: int, tx: Tx, state: Annotated[State, Form()]) -> RedirectResponse:
    """Accept what a buyer told or not, or take that back."""
    call_id = room.decide(tx, fact_id, state, datetime.now(UTC))
    return RedirectResponse(f"/conversations/{call_id}#fact-{fact_id}", SEE_OTHER)


@router.post("/conversations/{call_id}/remove")
def remove(call_id: int, tx: Tx) -> RedirectResponse:
    """Take a talk away; its page can bring it back."""
    room.remove_call(tx, call_id)
    return RedirectResponse(f"/conversations/{call_id}", SEE_OTHER)


@router.post("/conversations/{call_id}/restore")
def restore(call_id: int, tx: Tx) -> RedirectResponse:
    """Bring a talk back."""
    room.restore_call(tx, call_id)
    return RedirectResponse(f"/conversations/{call_id}", SEE_OTHER)


def _told(form: FormData) -> dict[str, str]:
    return {name: str(form.get(name) or "").strip() for name in ("text", *Asked.model_fields)}


def _keep(
    tx: Session, talk: Talk, told: dict[str, str], problems: Library, now: datetime
) -> int:
    organisation = _organisation(tx, told["organisation"])
    if organisation is None and talk.organisation:
        known = sources.called(tx, talk.organisation)
        organisation = known.id if known else None
    problem = problems.find(told["problem"])
    sides = _sides(told)
    covered = room.coverage(talk, reader(), told=sides, problem=problem)
    about = room.About(
        told=sides,
        organisation_id=organisation,
        problem_id=problem.id if problem else None,
    )
    return room.keep_call(tx, covered, now=now, about=about)


def _organisation(tx: Session, name: str) -> int | None:
    """Return the organisation that a person named; it must be known."""
    known = sources.called(tx, name) if name.strip() else None
    if known is None and name.strip():
        raise Invalid(organisation=name, mend="no organisation is called that here")
    return known.id if known else None


def _sides(told: dict[str, str]) -> Told:
    seller, buyer, own = (
        tuple(one.strip() for one in told[name].split(",") if one.strip())
        for name in ("seller", "buyer", "own")
    )
    return Told(seller, buyer, own)


def _said(fault: Error) -> str:
    told = ", ".join(str(fact) for fact in fault.facts.values() if fact)
    return str(fault) if fault.facts.get("where") else f"{fault.message} {told}"


def _kept(tx: Session, call_id: int) -> Kept:
    kept = room.call(tx, call_id)
    if kept is None:
        raise NotFound(conversation=call_id)
    return kept


def _listed(
    request: Request,
    tx: Session,
    problems: Library,
    *,
    error: str = "",
    told: dict[str, str] | None = None,
) -> HTMLResponse:
    return render(
        request,
        "conversations.html",
        calls=room.calls(tx, SHOWN),
        problems=problems.problems,
        error=error,
        told=told or {"text": "", **Asked().model_dump()},
        status=UNPROCESSABLE if error else 200,
    )


def _shown(
    request: Request, tx: Session, problems: Library, kept: Kept, *, error: str = ""
) -> HTMLResponse:
    problem = problems.find(kept.problem_id or "")
    covered = room.cover(
        kept.talk, kept.said, reader=kept.reader, told=kept.told, problem=problem
    )
    number = kept.organisation_id
    pictures = [
        (size, picture(covered, is_across=size == "wide")) for size in ("wide", "narrow")
    ]
    return render(
        request,
        "conversation.html",
        kept=kept,
        covered=covered,
        organisation=sources.organisation(tx, number) if number else None,
        pictures=[(size, drawn) for size, drawn in pictures if drawn and covered.is_read],
        acts=DRAWN,
        problem=problem,
        problems=problems.problems,
        by_turn=_by_turn(kept),
        unanswered={one.words.turn for one in covered.unanswered},
        error=error,
        status=UNPROCESSABLE if error else 200,
    )


def _by_turn(kept: Kept) -> list[list[tuple[str, list[str], str]]]:
    """Return each turn in pieces: its words, and of a sentence what it does and is about."""
    found = []
    for turn, sentences in zip(kept.talk.turns, kept.said, strict=True):
        pieces: list[tuple[str, list[str], str]] = []
        at = 0
        for span, one in zip(turn.spans, sentences, strict=False):
            pieces.append((turn.text[at : span.start], [], ""))
            topic = one.topic.value if one.topic else ""
            pieces.append(
                (turn.text[span.start : span.end], sorted(a.value for a in one.acts), topic)
            )
            at = span.end
        pieces.append((turn.text[at:], [], ""))
        found.append([piece for piece in pieces if piece[0]])
    return found
