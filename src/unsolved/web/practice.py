"""The pages on which a seller practises: whom to call, the call, and what came of it."""

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData, UploadFile

from unsolved import sources
from unsolved.conversations import practice as room
from unsolved.conversations.acts import reader
from unsolved.conversations.practice import Persona, queries, service
from unsolved.conversations.practice.heard import persona_from_transcript
from unsolved.conversations.practice.phrasing import SENT, Phraser
from unsolved.conversations.practice.progress import progress
from unsolved.conversations.practice.queries import Run
from unsolved.db import Session, transaction
from unsolved.errors import Error, Invalid, NotFound, Unreadable
from unsolved.http import Problems, Tx
from unsolved.problems import Library
from unsolved.sources.transcripts import read
from unsolved.web.page import render
from unsolved.web.practice_chart import chart

router = APIRouter(include_in_schema=False)

SEE_OTHER, UNPROCESSABLE = 303, 422
SHOWN = 50
SEEDS = 100_000
LARGEST = 5_000_000  # bytes of a file that is brought
_FIELDS = ("seller", "persona", "organisation", "problem", "seed", "worded", "buyer")


@router.get("/practice")
def choose(
    request: Request, tx: Tx, problems: Problems, seller: str = "", organisation: str = ""
) -> HTMLResponse:
    """Show with whom one can practise, and how it went so far."""
    told = {"seller": seller, "organisation": organisation}
    return _choosing(request, tx, problems, told)


@router.post("/practice")
async def begin(request: Request, problems: Problems) -> HTMLResponse:
    """Begin a call with whom was chosen, and go there; else say what is wrong."""
    async with request.form() as form:
        told = {name: _text(form, name) for name in _FIELDS}
        file = form.get("file")
        brought = await _brought(file) if isinstance(file, UploadFile) else None
    phraser = _phraser(request) if told["worded"] else None
    now = datetime.now(UTC)
    try:
        with transaction(request.app.state.sessions) as tx:
            persona = _persona(tx, problems, told, brought)
            run_id = service.begin(
                tx,
                persona,
                _seed(told["seed"], now),
                told["seller"],
                now=now,
                reader=reader(),
                worded_by=phraser.name if phraser else None,
            )
    except Error as fault:
        with transaction(request.app.state.sessions) as tx:
            return _choosing(request, tx, problems, told, error=_said(fault))
    return RedirectResponse(f"/practice/{run_id}", SEE_OTHER)  # type: ignore[return-value]


@router.get("/practice/{run_id}")
def show(request: Request, run_id: int, tx: Tx, hint: bool = False) -> HTMLResponse:
    """Show a call that goes on; of one that is over, what came of it."""
    run = _found(tx, run_id)
    if run.talk.is_over:
        return _debriefed(request, tx, run)
    return _calling(request, run, hint=room.hint(run.talk) if hint else None)


@router.post("/practice/{run_id}/say")
def say(request: Request, run_id: int, line: Annotated[str, Form()] = "") -> HTMLResponse:
    """Say a line, and show the talk with the buyer's answer."""
    sessions = request.app.state.sessions
    service.say(
        sessions,
        run_id,
        line,
        now=datetime.now(UTC),
        reader=reader(),
        phraser=_phraser(request),
    )
    if "hx-request" not in request.headers:
        return RedirectResponse(f"/practice/{run_id}#line", SEE_OTHER)  # type: ignore[return-value]
    with transaction(sessions) as tx:
        return _calling(request, _found(tx, run_id))


@router.post("/practice/{run_id}/end")
def end(run_id: int, tx: Tx) -> RedirectResponse:
    """End a call, and look back on it."""
    service.end(tx, run_id, now=datetime.now(UTC))
    return RedirectResponse(f"/practice/{run_id}", SEE_OTHER)


@router.post("/practice/{run_id}/again")
def again(run_id: int, tx: Tx) -> RedirectResponse:
    """Begin the same call again."""
    made = service.again(tx, run_id, now=datetime.now(UTC))
    return RedirectResponse(f"/practice/{made}", SEE_OTHER)


def _choosing(
    request: Request,
    tx: Session,
    problems: Library,
    told: dict[str, str],
    error: str | None = None,
) -> HTMLResponse:
    calls = queries.history(tx, limit=SHOWN)
    phraser = _phraser(request)
    known = {**dict.fromkeys(_FIELDS, ""), **told}
    if not known["seller"] and calls:
        known["seller"] = calls[0].seller
    return render(
        request,
        "practice.html",
        personas=room.shipped(),
        problems=problems.problems,
        calls=calls,
        progress=progress(queries.history(tx, limit=2_000)),
        told=known,
        error=error,
        model=phraser.name if phraser else None,
        sent=SENT,
        status=UNPROCESSABLE if error else 200,
    )


def _calling(request: Request, run: Run, hint: str | None = None) -> HTMLResponse:
    return render(request, "practice_call.html", "talk", run=run, talk=run.talk, hint=hint)


def _debriefed(request: Request, tx: Session, run: Run) -> HTMLResponse:
    found = room.debrief(run.talk)
    calls = queries.history(tx, run.seller, limit=2_000)
    same = [
        call
        for call in calls
        if call.persona_id == run.talk.persona.id and call.ending and call.id != run.id
    ]
    return render(
        request,
        "practice_debrief.html",
        run=run,
        talk=run.talk,
        found=found,
        chart=chart(found),
        same=same[:10],
    )


def _persona(
    tx: Session, problems: Library, told: dict[str, str], brought: tuple[str, bytes] | None
) -> Persona:
    """Return the buyer that was chosen: of a file, of an organisation, or one that ships."""
    if brought is not None:
        return _of_file(*brought, told["buyer"])
    name = told["organisation"]
    if not name:
        if not told["persona"]:
            raise Invalid(buyer="none", mend="Choose with whom to practise.")
        return room.called(told["persona"])
    known = sources.called(tx, name)
    if known is None:
        near = sources.names_like(tx, name)
        raise NotFound(organisation=name, **({"did_you_mean": near} if near else {}))
    return queries.prospect_buyer(tx, problems, known.id, told["problem"] or None)


def _of_file(name: str, data: bytes, buyer: str) -> Persona:
    if len(data) > LARGEST:
        raise Invalid(file=name, why="It is larger than 5 MB", mend="Bring one call.")
    if PurePosixPath(name).suffix.lower() in {".yaml", ".yml"}:
        return room.parsed(_decoded(name, data), where=name)
    call = read(data, where=name)
    return persona_from_transcript(call, buyer=buyer, where=name, reader=reader())


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(file=name, why="This is not UTF-8", mend="Save it as UTF-8.") from error


async def _brought(file: UploadFile) -> tuple[str, bytes] | None:
    """Return a file that was chosen, up to one byte more than may be."""
    return (file.filename, await file.read(LARGEST + 1)) if file.filename else None


def _text(form: FormData, name: str) -> str:
    told = form.get(name)
    return " ".join(told.split())[:200] if isinstance(told, str) else ""


def _seed(told: str, now: datetime) -> int:
    if not told:
        return int(now.timestamp()) % SEEDS
    if not told.isascii() or not told.isdigit():
        raise Invalid(seed=told, mend="A seed is a whole number.")
    return int(told)


def _said(fault: Error) -> str:
    why, mend = fault.facts.get("why"), fault.facts.get("mend")
    if isinstance(fault, Unreadable) or not mend:
        return str(fault)
    return f"{why}. {mend}" if why else str(mend)


def _phraser(request: Request) -> Phraser | None:
    found: Phraser | None = getattr(request.app.state, "phraser", None)
    return found


def _found(tx: Session, run_id: int) -> Run:
    found = queries.run(tx, run_id)
    if found is None:
        raise NotFound(practice=run_id)
    return found
