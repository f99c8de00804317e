"""The page of one organisation: where it stands, why, and what it said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from unsolved import evidence, prospects, sources
from unsolved.deals.queries import lists
from unsolved.errors import NotFound
from unsolved.evidence import Assertion, Evidence, Facet, Sought, Speaker, Tense
from unsolved.http import Problems, Tx
from unsolved.problems import Library, Problem
from unsolved.prospects import Prospect, Standing
from unsolved.web.attempts import Stated, Tried, stated, tried
from unsolved.web.page import render
from unsolved.web.timeline import Timeline, timeline

router = APIRouter(include_in_schema=False)

WIDE, NARROW = 1000, 330


@dataclass(frozen=True, slots=True)
class Case:
    """A prospect as the page shows it."""

    title: str
    problem: Problem | None
    prospect: Prospect
    dismissed: tuple[Evidence, ...]
    timelines: tuple[tuple[str, Timeline], ...]
    tried: list[Tried]
    stated: list[Stated]

    @property
    def is_out(self) -> bool:
        """Whether it was eliminated."""
        return self.prospect.eliminated is not None

    @property
    def is_seen(self) -> bool:
        """Whether anything was found, even if somebody dismissed it."""
        found = self.prospect.evidence or self.dismissed
        return self.prospect.standing != Standing.UNSEEN or bool(found)


class Asked(BaseModel):
    """Which evidence the page is asked for."""

    problem: str = ""
    facet: Facet | Literal[""] = ""
    assertion: Assertion | Literal[""] = ""
    speaker: Speaker | Literal[""] = ""
    tense: Tense | Literal[""] = ""

    def wanted(self) -> Sought:
        """Say it in the words of the room."""
        return Sought(
            problem_id=self.problem or None,
            facet=self.facet or None,
            assertion=self.assertion or None,
            speaker=self.speaker or None,
            tense=self.tense or None,
        )


@router.get("/organisations/{organisation_id}")
def show(
    request: Request,
    organisation_id: int,
    tx: Tx,
    problems: Problems,
    asked: Annotated[Asked, Query()],
) -> Response:
    """Show an organisation, case by case, and the evidence of the sort asked for."""
    organisation = sources.organisation(tx, organisation_id)
    if organisation is None:
        raise NotFound(organisation=organisation_id)
    if organisation.id != organisation_id:  # it was merged into another
        return RedirectResponse(f"/organisations/{organisation.id}")
    known = evidence.of_organisation(tx, organisation_id)
    found = prospects.of_organisation(tx, organisation_id)
    documents, sentences = evidence.amount_read(tx, organisation_id)
    shown = [piece for piece in known if asked.wanted().fits(piece)]
    opportunities = lists.of_organisation(tx, organisation.id)
    return render(
        request,
        "organisation.html",
        block="evidence",
        organisation=organisation,
        opportunities=opportunities,
        open_on={one.problem_id: one.id for one in opportunities if one.outcome is None},
        cases=[_case(problems, prospect, known) for prospect in found],
        known={piece.id: piece for piece in known},
        shown=shown,
        shown_by_document=_by_document(shown),
        asked=asked,
        problem=asked.problem,
        titles={known.id: known.title for known in problems.problems},
        documents=sources.titles_of(tx, organisation_id),
        quotes_in=Counter(piece.document_id for piece in known),
        documents_read=documents,
        sentences_read=sentences,
    )


def _by_document(shown: Sequence[Evidence]) -> list[tuple[Evidence, list[Evidence]]]:
    """Return the first sentence of each document with all of it, the newest document first."""
    groups = [list(said) for _, said in groupby(shown, key=lambda piece: piece.document_id)]
    return [(said[0], said) for said in reversed(groups)]


def _case(problems: Library, prospect: Prospect, known: Sequence[Evidence]) -> Case:
    problem = problems.find(prospect.problem_id)
    by_id = {piece.id: piece for piece in known}
    about = [piece for piece in known if piece.id in prospect.evidence]
    drawn = (("wide", timeline(about, WIDE)), ("narrow", timeline(about, NARROW)))
    return Case(
        title=problem.title if problem else prospect.problem_id,
        problem=problem,
        prospect=prospect,
        dismissed=tuple(e for e in known if e.is_dismissed(prospect.problem_id)),
        timelines=tuple((size, drawing) for size, drawing in drawn if drawing),
        tried=tried(prospect, by_id),
        stated=stated(prospect, by_id),
    )
