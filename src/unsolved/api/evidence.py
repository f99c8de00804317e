"""``/evidence``."""

from datetime import date
from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from unsolved import evidence, sources
from unsolved.api.sense import SenseOut
from unsolved.errors import NotFound
from unsolved.evidence import (
    Assertion,
    Evidence,
    Facet,
    FixKind,
    Sought,
    Speaker,
    Tense,
    Verdict,
)
from unsolved.http import Tx

router = APIRouter(tags=["evidence"])


class EvidenceOut(BaseModel):
    """A sentence, where it stands, what it says and which problems it may be about.

    ``quote`` is the document's text from ``start`` to ``end``, in characters. ``facets`` are
    those it is held to say; ``probabilities`` gives what was thought of each. ``verdicts``
    holds what people said of it; a problem that was dismissed has the probability 0.
    """

    id: int
    quote: str
    document_id: int
    document: str
    start: int
    end: int
    date: date | None
    facets: list[Facet]
    probabilities: dict[Facet, float]
    assertion: Assertion
    speaker: Speaker
    sense: SenseOut
    fix: FixKind | None
    problems: dict[str, float]
    verdicts: dict[str, Verdict]

    @classmethod
    def of(cls, known: Evidence) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            id=known.id,
            quote=known.quote.text,
            document_id=known.document_id,
            document=known.title,
            start=known.quote.span.start,
            end=known.quote.span.end,
            date=known.said_on,
            facets=sorted(known.labels),
            probabilities=dict(known.facets),
            assertion=known.assertion,
            speaker=known.speaker,
            sense=SenseOut.of(known),
            fix=known.fix,
            problems=dict(known.matches),
            verdicts=dict(known.verdicts),
        )


class SoughtIn(BaseModel):
    """Which evidence to return; nothing set means all."""

    problem_id: Annotated[str | None, Field(alias="problem")] = None
    facet: Facet | None = None
    assertion: Assertion | None = None
    speaker: Speaker | None = None
    tense: Tense | None = None
    denied: bool | None = Field(None, description="What says that there is no trouble.")


@router.get("/organisations/{organisation_id}/evidence")
def list_evidence(
    organisation_id: int, tx: Tx, asked: Annotated[SoughtIn, Query()]
) -> list[EvidenceOut]:
    """Return what current documents say about an organisation, oldest first."""
    if sources.organisation(tx, organisation_id) is None:
        raise NotFound(organisation=organisation_id)
    wanted = Sought(**asked.model_dump())
    found = evidence.of_organisation(tx, organisation_id)
    return [EvidenceOut.of(piece) for piece in found if wanted.fits(piece)]


@router.get("/evidence/{evidence_id}")
def show_evidence(evidence_id: int, tx: Tx) -> EvidenceOut:
    """Return one piece of evidence."""
    found = evidence.by_id(tx, evidence_id)
    if found is None:
        raise NotFound(evidence=evidence_id)
    return EvidenceOut.of(found)
