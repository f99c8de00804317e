"""What people say of a sentence on a page: that it is about a problem, or that it is not."""

from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse

from unsolved import evidence, prospects
from unsolved.errors import NotFound
from unsolved.evidence import Evidence
from unsolved.http import Problems, Tx

router = APIRouter(include_in_schema=False)

SEE_OTHER = 303


@router.post("/evidence/{evidence_id}/feedback")
def say(
    request: Request,
    evidence_id: int,
    tx: Tx,
    problems: Problems,
    problem: Annotated[str, Form()],
    verdict: Annotated[Literal["confirmed", "dismissed", "undo"], Form()],
) -> RedirectResponse:
    """Keep what was said, assess its organisation, and go back to where it was said."""
    now = datetime.now(UTC)
    piece = _heard(tx, problems, evidence_id, problem, verdict, now)
    today = now.astimezone().date()
    prospects.assess_one(tx, piece.organisation_id, problems, prospects.weights(), today=today)
    return RedirectResponse(_back(request, piece), SEE_OTHER)


def _heard(
    tx: Tx, problems: Problems, evidence_id: int, problem: str, verdict: str, now: datetime
) -> Evidence:
    if verdict == "undo":
        return evidence.undo(tx, evidence_id, problem)
    if problems.find(problem) is None:
        raise NotFound(problem=problem)
    speak = evidence.confirm if verdict == "confirmed" else evidence.dismiss
    return speak(tx, evidence_id, problem, now=now)


def _back(request: Request, piece: Evidence) -> str:
    """Return the address of the sentence on its organisation's page, filtered as it was."""
    asked = urlsplit(request.headers.get("referer", "")).query
    return f"/organisations/{piece.organisation_id}?{asked}#q{piece.id}"
