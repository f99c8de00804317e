"""The page of one document: what it says, with every quote in its place."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from unsolved import evidence, sources
from unsolved.errors import NotFound
from unsolved.http import Problems, Tx
from unsolved.web import passages
from unsolved.web.page import render
from unsolved.web.words import place

router = APIRouter(include_in_schema=False)


@router.get("/documents/{document_id}")
def show(
    request: Request,
    document_id: int,
    tx: Tx,
    problems: Problems,
    at: int | None = None,
    page: int = 1,
) -> HTMLResponse:
    """Show a document, or of a long one the page asked for or the one with ``at`` on it."""
    document = sources.document(tx, document_id)
    if document is None:
        raise NotFound(document=document_id)
    known = evidence.of_document(tx, document_id)
    spans = passages.pages(document.text, known)
    target = next((piece for piece in known if piece.id == at), None)
    number = passages.page_of(spans, target.quote.span.start) if target else page - 1
    number = min(max(number, 0), max(len(spans) - 1, 0))
    shown = spans[number] if spans else None
    others = () if document.is_current else sources.versions(tx, document.source, document.key)
    return render(
        request,
        "document.html",
        document=document,
        known=known,
        pieces_of_text=passages.pieces(document.text, known, shown) if shown else [],
        pages=spans,
        number=number,
        shown=shown,
        newest=next((other for other in others if other.is_current), None),
        titles={problem.id: problem.title for problem in problems.problems},
    )


@router.get("/documents/{document_id}/original")
def download(document_id: int, tx: Tx) -> Response:
    """Hand over a document as it was received: to be kept, never to be run here."""
    document, found = sources.document(tx, document_id), sources.original(tx, document_id)
    if document is None or found is None:
        raise NotFound(document=document_id)
    content, media_type = found
    name = document.key.replace("\\", "/").rsplit("/", 1)[-1] or f"document-{document_id}"
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return Response(content, media_type=media_type, headers=headers)


@router.get("/evidence/{evidence_id}")
def find(evidence_id: int, tx: Tx) -> RedirectResponse:
    """Lead from a piece of evidence to its sentence, in its place."""
    found = evidence.by_id(tx, evidence_id)
    if found is None:
        raise NotFound(evidence=evidence_id)
    return RedirectResponse(place(found))
