"""The page of prospects: whom to call."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from unsolved import evidence, prospects, sources
from unsolved.deals.queries import lists
from unsolved.errors import NotFound
from unsolved.http import Problems, Reading, Tx
from unsolved.prospects import Prospect, Standing, Wanted
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

PAGE = 50
SORTS = {
    "score": "Score",
    "probability": "Probability",
    "recent": "Last heard of",
    "name": "Name",
}


class Asked(BaseModel):
    """What the address of the page says."""

    model_config = ConfigDict(frozen=True)

    problem: str = ""
    standing: list[Standing] = Field(default_factory=list)
    industry: str = ""
    q: str = ""
    sort: Literal["score", "probability", "recent", "name"] = "score"
    all: bool = False
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1

    def wanted(self) -> Wanted:
        """Say it in the words of the room."""
        return Wanted(
            problem_id=self.problem or None,
            standings=tuple(self.standing),
            industry=self.industry or None,
            search=self.q,
            with_eliminated=self.all,
            sort=self.sort,
        )

    def address(self, **changes: object) -> str:
        """Return the shortest address that asks for the same, but for ``changes``."""
        asked = {**self.model_dump(mode="json", exclude_defaults=True), **changes}
        told = {key: value for key, value in asked.items() if value not in ("", False, [])}
        told = {key: "true" if value is True else value for key, value in told.items()}
        return f"/prospects?{urlencode(told, doseq=True)}" if told else "/prospects"


@router.get("/prospects")
def show(
    request: Request,
    tx: Tx,
    problems: Problems,
    reading: Reading,
    asked: Annotated[Asked, Query()],
) -> HTMLResponse:
    """Show the prospects of the sort asked for, in the order asked for."""
    if asked.problem and problems.find(asked.problem) is None:
        raise NotFound(problem=asked.problem)
    wanted = asked.wanted()
    found = prospects.ranked(tx, wanted, PAGE, (asked.page - 1) * PAGE)
    answer = render(
        request,
        "prospects.html",
        block="results",
        asked=asked,
        sorts=SORTS,
        problems=problems,
        titles={problem.id: problem.title for problem in problems.problems},
        found=found,
        total=prospects.count(tx, wanted),
        first=(asked.page - 1) * PAGE + 1,
        size=PAGE,
        per_problem=prospects.per_problem(tx, wanted),
        per_standing=prospects.per_standing(tx, wanted),
        industries=sources.industries(tx),
        open_ones=lists.open_ones(tx, [one.organisation_id for one in found]),
        quotes={known.id: known for known in evidence.by_ids(tx, _quoted(found))},
        progress=evidence.progress(tx, reading) if reading else None,
    )
    # htmx shows this in the address bar instead of a form's every empty field.
    answer.headers["hx-replace-url"] = asked.address()
    return answer


def _quoted(found: list[Prospect]) -> list[int]:
    strongest = [prospect.evidence[0] for prospect in found if prospect.evidence]
    parts = [part.evidence for prospect in found for part in prospect.parts if part.evidence]
    return list(dict.fromkeys([*strongest, *parts]))
