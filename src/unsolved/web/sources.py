"""The page of sources: what was read, what could not be, and how far reading has come."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from unsolved import evidence, sources
from unsolved.http import Reading, Tx
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)


@router.get("/sources")
def show(request: Request, tx: Tx, reading: Reading) -> HTMLResponse:
    """Show every place we have read, and what the last visit to it brought."""
    return render(
        request,
        "sources.html",
        sources=sources.sources(tx),
        progress=evidence.progress(tx, reading) if reading else None,
    )
