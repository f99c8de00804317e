"""``/evidence/{id}/explanation``."""

from typing import Self

from fastapi import APIRouter
from pydantic import BaseModel

from unsolved import evidence, sources
from unsolved.errors import NotFound
from unsolved.evidence import Facet, Part, Role, Verdict, Weighing, Why
from unsolved.http import Reads, Tx

router = APIRouter(tags=["evidence"])


class PartOut(BaseModel):
    """What was left out, its place if it is a word, and what each facet's log-odds lost."""

    role: Role
    text: str
    start: int | None
    end: int | None
    worth: dict[Facet, float]

    @classmethod
    def of(cls, part: Part) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            role=part.role,
            text=part.text,
            start=part.span.start if part.span else None,
            end=part.span.end if part.span else None,
            worth=dict(part.worth),
        )


class CueOut(BaseModel):
    """A rule that speaks for a facet, or colours what is said, and the words it is found in."""

    means: str
    cue: str
    start: int
    end: int


class WeighingOut(BaseModel):
    """Why it is about a problem: ``parts`` add up to ``log_odds``; a verdict settles it."""

    problem: str
    parts: dict[str, float]
    log_odds: float
    probability: float
    terms: list[str]
    verdict: Verdict | None

    @classmethod
    def of(cls, weighing: Weighing) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            problem=weighing.problem_id,
            parts=dict(weighing.parts),
            log_odds=weighing.log_odds,
            probability=weighing.probability,
            terms=list(weighing.terms),
            verdict=weighing.verdict,
        )


class ExplanationOut(BaseModel):
    """Which words, cues and neighbours made the labels of a sentence, and why it matches.

    ``worth`` is what a facet's log-odds lose when the part is left out; such worths do not add
    up. Places are characters in ``sentence``.
    """

    reader: str
    sentence: str
    facets: dict[Facet, float]
    labels: list[Facet]
    parts: list[PartOut]
    cues: list[CueOut]
    matches: list[WeighingOut]

    @classmethod
    def of(cls, why: Why) -> Self:
        """Say it the way version 1 promised to."""
        said = why.labelling
        return cls(
            reader=said.reader,
            sentence=said.sentence.text,
            facets=dict(said.label.facets),
            labels=sorted(said.label.labels),
            parts=[PartOut.of(part) for part in said.parts],
            cues=[
                CueOut(means=c.means, cue=c.cue, start=c.span.start, end=c.span.end)
                for c in said.cues
            ],
            matches=[WeighingOut.of(weighing) for weighing in why.weighings],
        )


@router.get("/evidence/{evidence_id}/explanation")
def explain(evidence_id: int, tx: Tx, reads: Reads) -> ExplanationOut:
    """Return what made the labels of a sentence, and why it is about its problems."""
    piece = evidence.by_id(tx, evidence_id)
    if piece is None:
        raise NotFound(evidence=evidence_id)
    document = sources.document(tx, piece.document_id)
    assert document is not None
    return ExplanationOut.of(evidence.why(piece, document.text, reads))
