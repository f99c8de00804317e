"""``/prospects``."""

from datetime import date
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from unsolved import evidence, prospects
from unsolved.api.evidence import EvidenceOut
from unsolved.api.links import AttemptOut, ComplaintOut
from unsolved.api.page import PageOut, after
from unsolved.errors import NotFound
from unsolved.evidence import Evidence
from unsolved.http import Problems, Tx
from unsolved.prospects import Belief, Prospect, Reason, Standing, Step, Wanted

router = APIRouter(tags=["prospects"])


class ReasonOut(BaseModel):
    """One part of a number; ``evidence`` is the id of the sentence that says so."""

    text: str
    weight: float
    evidence: int | None
    date: date | None

    @classmethod
    def of(cls, reason: Reason) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            text=reason.text,
            weight=reason.weight,
            evidence=reason.evidence,
            date=reason.said_on,
        )


class BeliefOut(BaseModel):
    """How sure we are of one step; the weights of ``reasons`` add up to ``log_odds``."""

    step: Step
    probability: float
    log_odds: float
    reasons: list[ReasonOut]

    @classmethod
    def of(cls, belief: Belief) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            step=belief.step,
            probability=belief.probability,
            log_odds=belief.log_odds,
            reasons=[ReasonOut.of(reason) for reason in belief.reasons],
        )


class ProspectOut(BaseModel):
    """An organisation and a problem; the weights of ``parts`` add up to ``score``."""

    organisation_id: int
    organisation: str
    industry: str | None
    country: str | None
    problem: str
    standing: Standing
    probability: float
    score: float
    parts: list[ReasonOut]
    beliefs: list[BeliefOut]
    attempts: list[AttemptOut]
    complaints: list[ComplaintOut]
    evidence: list[EvidenceOut]
    unknowns: list[str]
    next_question: str | None
    eliminated: str | None
    documents_read: int
    sentences_read: int
    first_on: date | None
    last_on: date | None

    @classmethod
    def of(cls, found: Prospect, known: dict[int, Evidence]) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            organisation_id=found.organisation_id,
            organisation=found.organisation,
            industry=found.industry,
            country=found.country,
            problem=found.problem_id,
            standing=found.standing,
            probability=found.probability,
            score=found.score,
            parts=[ReasonOut.of(part) for part in found.parts],
            beliefs=[BeliefOut.of(belief) for belief in found.beliefs],
            attempts=[AttemptOut.of(attempt, known) for attempt in found.attempts],
            complaints=[ComplaintOut.of(one, known) for one in found.complaints],
            evidence=[EvidenceOut.of(known[e]) for e in found.evidence if e in known],
            unknowns=list(found.unknowns),
            next_question=found.next_question,
            eliminated=found.eliminated,
            documents_read=found.documents_read,
            sentences_read=found.sentences_read,
            first_on=found.first_on,
            last_on=found.last_on,
        )


class AskedIn(BaseModel):
    """Which prospects to return, and in which order."""

    problem: str = ""
    standing: list[Standing] = Field(default_factory=list)
    industry: str = ""
    q: str = Field("", description="Words in the organisation's name.")
    sort: Literal["score", "name", "recent", "probability"] = "score"
    all: bool = Field(default=False, description="With those that were eliminated, and why.")
    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0, le=100_000_000)

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


def _rests_on(prospect: Prospect) -> tuple[int, ...]:
    return (*prospect.evidence, *prospect.linked)


def told(tx: Tx, found: list[Prospect]) -> list[ProspectOut]:
    """Return prospects with the sentences they rest on."""
    ids = dict.fromkeys(e for prospect in found for e in _rests_on(prospect))
    known = {piece.id: piece for piece in evidence.by_ids(tx, list(ids))}
    return [ProspectOut.of(prospect, known) for prospect in found]


@router.get("/prospects")
def list_prospects(
    tx: Tx, problems: Problems, asked: Annotated[AskedIn, Query()]
) -> PageOut[ProspectOut]:
    """Return prospects of the sort asked for, in the order asked for."""
    if asked.problem and problems.find(asked.problem) is None:
        raise NotFound(problem=asked.problem)
    found = prospects.ranked(tx, asked.wanted(), asked.limit, asked.offset)
    total = prospects.count(tx, asked.wanted())
    return PageOut(
        items=told(tx, found), total=total, next_offset=after(asked.offset, len(found), total)
    )
