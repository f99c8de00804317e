"""The page on which people say which two are one and the same, and which are two."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from unsolved import prospects, sources
from unsolved.db import Session, transaction
from unsolved.errors import NotFound
from unsolved.http import Problems, Tx
from unsolved.problems import Library
from unsolved.sources import Of
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

SEE_OTHER = 303
SHOWN = 30
LATELY = 20
MOST_ASSESSED = 500


@router.get("/identity")
def show(request: Request, tx: Tx) -> HTMLResponse:
    """Show the pairs that are to be decided, side by side, and what was merged lately."""
    found = sources.proposals(tx, SHOWN)
    sides = {
        of: sources.sides(
            tx,
            of,
            [i for p in found if p.pair.of is of for i in (p.pair.first_id, p.pair.second_id)],
        )
        for of in Of
    }
    return render(
        request,
        "identity.html",
        proposals=[
            (p, [sides[p.pair.of][one] for one in (p.pair.first_id, p.pair.second_id)])
            for p in found
        ],
        total=sources.count_proposals(tx),
        merges=sources.merges(tx, LATELY),
    )


@router.post("/identity/proposals/{proposal_id}")
def decide(
    proposal_id: int,
    tx: Tx,
    problems: Problems,
    said: Annotated[Literal["one", "two"], Form()],
) -> RedirectResponse:
    """Keep what was decided of a pair, and go on to the next."""
    now = datetime.now(UTC)
    number = sources.decide(tx, proposal_id, said == "one", now)
    if number is not None:
        _settle(tx, problems, number, now)
    return RedirectResponse("/identity", SEE_OTHER)


@router.post("/identity/merges/{merge_id}/undo")
def undo(merge_id: int, tx: Tx, problems: Problems) -> RedirectResponse:
    """Take a merge back."""
    now = datetime.now(UTC)
    sources.undo_merge(tx, merge_id, now)
    _settle(tx, problems, merge_id, now)
    return RedirectResponse("/identity#merged", SEE_OTHER)


@router.post("/identity/resolve")
def resolve(request: Request, problems: Problems) -> RedirectResponse:
    """Look for who is one now."""
    now = datetime.now(UTC)
    found = sources.resolve(request.app.state.sessions, now)
    with transaction(request.app.state.sessions) as tx:
        kept = set(found.kept) - set(found.gone)
        is_much = len(kept) > MOST_ASSESSED  # then the next reading does
        _assess(tx, problems, () if is_much else kept, found.gone, now)
    return RedirectResponse("/identity", SEE_OTHER)


def _settle(tx: Session, problems: Library, number: int, now: datetime) -> None:
    """Have prospects be right after a merge, or after it was undone."""
    merge = sources.merge_of(tx, number)
    if merge is None:
        raise NotFound(merge=number)
    if merge.of is not Of.ORGANISATION:
        return
    if merge.undone_at is None:
        _assess(tx, problems, [merge.kept_id], [merge.merged_id], now)
    else:
        _assess(tx, problems, [merge.kept_id, merge.merged_id], [], now)


def _assess(
    tx: Session, problems: Library, kept: Iterable[int], gone: Iterable[int], now: datetime
) -> None:
    today = now.astimezone().date()
    for one in gone:
        prospects.forget(tx, one)
    for one in sorted(kept):
        prospects.assess_one(tx, one, problems, prospects.weights(), today=today)
