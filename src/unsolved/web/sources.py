"""The pages of sources: how each is, what it could not give us, and what a person may do."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, BackgroundTasks, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse

from unsolved import evidence, sources
from unsolved.db import transaction
from unsolved.errors import Error, NotFound
from unsolved.http import Deeds, Reading, Tx
from unsolved.sources import Source
from unsolved.sources.kinds import KINDS, checked, kind, refuse_unusable
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

SEE_OTHER, UNPROCESSABLE = 303, 422
NOT_HERE = frozenset({"folder", "organisations-csv", "mail", "transcripts", "crm-file"})
"""Kinds that read files of this machine: named on it, and not from a page."""


@router.get("/sources")
def show_all(
    request: Request, tx: Tx, reading: Reading, removed: int | None = None
) -> HTMLResponse:
    """Show every place we read, how it is, and what the last visit to it brought."""
    return render(
        request,
        "sources.html",
        sources=sources.sources(tx, _now()),
        progress=evidence.progress(tx, reading) if reading else None,
        removed=sources.removed(tx, removed) if removed else None,
        removed_id=removed,
        can_visit=request.app.state.doing is not None,
    )


@router.get("/sources/new")
def choose(request: Request) -> HTMLResponse:
    """Show the kinds of sources, and what each is good for."""
    here = [one for one in KINDS.values() if one.name not in NOT_HERE]
    there = [one for one in KINDS.values() if one.name in NOT_HERE]
    return render(request, "source_kinds.html", here=here, there=there)


@router.get("/sources/new/{name}")
def ask(request: Request, name: str) -> HTMLResponse:
    """Show the form of one kind."""
    return _form(request, name, {}, None)


@router.post("/sources/new/{name}")
async def create(request: Request, name: str, doing: Deeds) -> HTMLResponse:
    """Add a source, and go to its page; what is wrong is told beside what was typed."""
    typed = {field: str(text) for field, text in (await request.form()).items()}
    told = {field: text for field, text in typed.items() if field not in {"name", "every"}}
    try:
        if name in NOT_HERE:
            raise NotFound(kind=name, mend=f"on this machine: unsolved source add {name}")
        settings, secrets = checked(name, told)
        refuse_unusable(name, settings, secrets, _now())
        called = (
            typed.get("name", "").strip() or settings.get("address") or settings.get("host")
        )
        with transaction(request.app.state.sessions) as tx:
            made = sources.remember(
                tx,
                called or name,
                name,
                settings,
                secret=doing.seal(secrets),
                every=int(typed["every"]) or None if typed.get("every") else kind(name).every,
            )
    except (Error, ValueError) as error:
        shown = {field: text for field, text in typed.items() if not _is_secret(name, field)}
        return _form(request, name, shown, str(error))
    return RedirectResponse(f"/sources/{made}", SEE_OTHER)  # type: ignore[return-value]


@router.get("/sources/{source_id}")
def show(request: Request, source_id: int, tx: Tx) -> HTMLResponse:
    """Show one source: its settings, its visits, and what it could not give us."""
    return render(
        request,
        "source.html",
        "state" if request.query_params.get("part") == "state" else "",
        source=_found(tx, source_id),
        imports=sources.imports(tx, source_id, limit=30),
        can_visit=request.app.state.doing is not None,
        today=_now().date(),
    )


@router.get("/sources/{source_id}/refusals.csv")
def refusals(request: Request, source_id: int, tx: Tx) -> StreamingResponse:
    """Give all that could not be read as CSV, row by row."""
    source = _found(tx, source_id)

    def rows() -> Iterator[str]:
        with transaction(request.app.state.sessions) as own:
            yield _csv_row(("place", "line", "field", "why", "mend"))
            for one in sources.refusals(own, source_id):
                yield _csv_row((one.place, one.line, one.field, one.why, one.mend))

    named = quote(f"{source.name.rpartition('/')[2] or 'source'} not read.csv")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{named}"}
    return StreamingResponse(rows(), media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/sources/{source_id}/visit")
def visit(source_id: int, tx: Tx, doing: Deeds, after: BackgroundTasks) -> RedirectResponse:
    """Start a visit, and show the source while it goes on."""
    _found(tx, source_id)
    sources.make_due(tx, source_id)
    after.add_task(doing.visit, source_id)
    return RedirectResponse(f"/sources/{source_id}?visiting=yes", SEE_OTHER)


@router.post("/sources/{source_id}/pause")
def pause(source_id: int, tx: Tx) -> RedirectResponse:
    """Stop visiting a source."""
    sources.pause(tx, source_id, is_paused=True)
    return RedirectResponse(f"/sources/{source_id}", SEE_OTHER)


@router.post("/sources/{source_id}/resume")
def resume(source_id: int, tx: Tx) -> RedirectResponse:
    """Go on visiting a source."""
    sources.pause(tx, source_id, is_paused=False)
    return RedirectResponse(f"/sources/{source_id}", SEE_OTHER)


@router.post("/sources/{source_id}/reread")
def reread(
    source_id: int, tx: Tx, since: Annotated[date | None, Form()] = None
) -> RedirectResponse:
    """Have a source read again from a date, or from its beginning."""
    sources.read_again(tx, source_id, since)
    return RedirectResponse(f"/sources/{source_id}", SEE_OTHER)


@router.post("/sources/{source_id}/remove")
def remove(source_id: int, tx: Tx) -> RedirectResponse:
    """Remove a source with what it brought, and offer to bring it back."""
    sources.remove(tx, source_id)
    return RedirectResponse(f"/sources?removed={source_id}", SEE_OTHER)


@router.post("/sources/{source_id}/restore")
def restore(source_id: int, tx: Tx) -> RedirectResponse:
    """Bring back a source that was removed."""
    sources.restore(tx, source_id)
    return RedirectResponse(f"/sources/{source_id}", SEE_OTHER)


@router.post("/imports/{visit_id}/undo")
def undo(visit_id: int, tx: Tx, source: Annotated[int, Form()]) -> RedirectResponse:
    """Take back an import whole."""
    sources.undo(tx, visit_id, _now())
    return RedirectResponse(f"/sources/{source}#imports", SEE_OTHER)


@router.post("/imports/{visit_id}/redo")
def redo(visit_id: int, tx: Tx, source: Annotated[int, Form()]) -> RedirectResponse:
    """Bring back an import that was undone."""
    sources.redo(tx, visit_id)
    return RedirectResponse(f"/sources/{source}#imports", SEE_OTHER)


def _form(
    request: Request, name: str, typed: dict[str, str], error: str | None
) -> HTMLResponse:
    return render(
        request,
        "source_new.html",
        kind=kind(name),
        is_here=name not in NOT_HERE,
        typed=typed,
        error=error,
        status=UNPROCESSABLE if error else 200,
    )


def _found(tx: Tx, source_id: int) -> Source:
    found = sources.source(tx, source_id, _now())
    if found is None:
        raise NotFound(source=source_id)
    return found


def _is_secret(name: str, field: str) -> bool:
    return name in KINDS and any(
        setting.secret and setting.name == field for setting in KINDS[name].settings
    )


def _csv_row(cells: tuple[object, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow("" if cell is None else cell for cell in cells)
    return line.getvalue()


def _now() -> datetime:
    return datetime.now(UTC)
