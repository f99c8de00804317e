"""The page to read before the call; it prints on one sheet."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from unsolved import sources
from unsolved.conversations import brief
from unsolved.errors import NotFound
from unsolved.http import Problems, Tx
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

FULL, BRIMFUL = 6_200, 7_800
"""From so many letters on, a page is printed smaller, and smaller still, on its one sheet."""

LINE, SOURCE = 20, 70
"""Letters that a line, and the source of a quote, count for besides their own."""

Seed = Annotated[int, Query(ge=0, le=1_000_000)]


@router.get("/organisations/{organisation_id}/brief")
def show(
    request: Request,
    organisation_id: int,
    tx: Tx,
    problems: Problems,
    problem: str = "",
    seed: Seed = 0,
) -> Response:
    """Show the brief on an organisation and a problem, by default that of its best prospect."""
    known = sources.organisation(tx, organisation_id)
    if known is None:
        raise NotFound(organisation=organisation_id)
    if known.id != organisation_id:  # it was merged into another
        asked = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/organisations/{known.id}/brief{asked}")
    made = _made(tx, problems, organisation_id, problem, seed)
    return render(
        request,
        "brief.html",
        block="openers",
        brief=made,
        seed=seed,
        fullness=_fullness(made),
        nothing=brief.nothing_found(made),
        alone=brief.alone(made),
        theme=brief.theme,
        told_of=brief.source,
        ways=brief.WAYS,
    )


@router.get("/organisations/{organisation_id}/brief.md")
def download(
    request: Request,
    organisation_id: int,
    tx: Tx,
    problems: Problems,
    problem: str = "",
    seed: Seed = 0,
) -> PlainTextResponse:
    """Hand over the same as Markdown."""
    made = _made(tx, problems, organisation_id, problem, seed)
    home = str(request.base_url).rstrip("/")
    name = f"brief-{made.organisation.id}-{made.problem_id}.md"
    return PlainTextResponse(
        brief.markdown(made, home),
        media_type="text/markdown",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _fullness(made: brief.Brief) -> str:
    lines = [line for section in brief.sections(made) for line in section.lines]
    letters = sum(len(line.text) + LINE + SOURCE * line.is_quote for line in lines)
    return "brimful" if letters > BRIMFUL else "full" if letters > FULL else ""


def _made(tx: Tx, problems: Problems, known: int, problem: str, seed: int) -> brief.Brief:
    today = datetime.now(UTC).astimezone().date()
    return brief.make(tx, problems, known, today=today, problem_id=problem or None, seed=seed)
