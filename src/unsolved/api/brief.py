"""``/organisations/{id}/brief``."""

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from unsolved.conversations import brief
from unsolved.evidence import Speaker
from unsolved.http import Problems, Tx
from unsolved.prospects import Outcome, Standing

router = APIRouter(tags=["organisations"])


class CitationOut(BaseModel):
    """Where something is said; ``start`` and ``end`` cut ``quote`` out of the document."""

    evidence: int
    document_id: int
    quote: str
    start: int
    end: int
    title: str
    kind: str
    speaker: Speaker
    date: date | None
    age_in_days: int | None
    is_old: bool


class StatementOut(BaseModel):
    """Words cut from a quote; ``gloss`` says the same in a line, where that was asked for."""

    words: str
    gloss: str | None
    citation: CitationOut


class ClaimOut(BaseModel):
    """A sentence of ours about the organisation, with the quotes that bear it out."""

    text: str
    citations: list[CitationOut]


class TriedOut(ClaimOut):
    """One try at a fix, and what came of it."""

    outcome: Outcome
    told: list[StatementOut]


class OpenerOut(ClaimOut):
    """What one may open with: ``research`` or ``insight``."""

    way: str


class LikenessOut(BaseModel):
    """In what an organisation is alike; ``evidence`` is null for a fact on record."""

    text: str
    evidence: int | None


class PeerOut(BaseModel):
    """An organisation with the same problem, and in what it is alike."""

    organisation_id: int
    organisation: str
    standing: Standing
    reasons: list[LikenessOut]


class AskedOut(BaseModel):
    """A question, and what it speaks of."""

    theme: str
    text: str
    citations: list[CitationOut]


class AvoidedOut(BaseModel):
    """What not to say yet, and why."""

    what: str
    why: str
    citations: list[CitationOut]


class OtherOut(BaseModel):
    """Another problem of the same organisation."""

    problem: str
    title: str
    standing: Standing
    eliminated: bool


class OrganisationOnPage(BaseModel):
    """What is on record about the organisation."""

    id: int
    name: str
    industry: str | None
    country: str | None
    employees: int | None
    revenue: str | None


class BriefOut(BaseModel):
    """The page to read before the call, in its order.

    ``nothing_found`` tells how much was read where there is no sign; ``considered`` how many
    organisations with the same problem were looked at for those that are alike.
    """

    organisation: OrganisationOnPage
    problem: str
    title: str
    made_on: date
    standing: Standing | None
    probability: float | None
    eliminated: str | None
    nothing_found: str | None
    documents_read: int
    sentences_read: int
    unknowns: list[str]
    next_question: str | None
    goals: list[StatementOut]
    usual_goals: list[str]
    falls_short: list[StatementOut]
    why: list[StatementOut]
    tried: list[TriedOut]
    presumption: ClaimOut | None
    because: list[StatementOut]
    openers: list[OpenerOut]
    alike: list[PeerOut]
    considered: int
    gaps: list[str]
    questions: list[AskedOut]
    not_yet: list[AvoidedOut]
    others: list[OtherOut]


@router.get("/organisations/{organisation_id}/brief")
def show_brief(
    organisation_id: int,
    tx: Tx,
    problems: Problems,
    problem: Annotated[str, Query(description="By default, that of its best prospect.")] = "",
    seed: Annotated[int, Query(ge=0, le=1_000_000, description="Words it another way.")] = 0,
) -> BriefOut:
    """Return what to read before a call; each sentence about them has its quote."""
    today = datetime.now(UTC).astimezone().date()
    made = brief.make(
        tx, problems, organisation_id, today=today, problem_id=problem or None, seed=seed
    )
    return BriefOut.model_validate(brief.facts(made))
