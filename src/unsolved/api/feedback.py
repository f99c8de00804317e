"""``/feedback``, and what people say of a piece of evidence."""

from datetime import UTC, datetime
from typing import Self

from fastapi import APIRouter
from pydantic import BaseModel

from unsolved import evidence, prospects
from unsolved.api.evidence import EvidenceOut
from unsolved.errors import NotFound
from unsolved.evidence import Evidence, Feedback, Verdict
from unsolved.http import Problems, Tx

router = APIRouter(tags=["feedback"])


class VerdictIn(BaseModel):
    """What is said: that the sentence is about the problem, or that it is not."""

    verdict: Verdict


class FeedbackOut(BaseModel):
    """What a person said of a sentence and a problem; it outlives the piece of evidence."""

    problem: str
    verdict: Verdict
    quote: str
    document_id: int
    start: int
    end: int
    statement: str
    said_at: datetime

    @classmethod
    def of(cls, said: Feedback) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            problem=said.problem_id,
            verdict=said.verdict,
            quote=said.quote.text,
            document_id=said.document_id,
            start=said.quote.span.start,
            end=said.quote.span.end,
            statement=said.statement,
            said_at=said.said_at,
        )


@router.get("/feedback")
def list_feedback(tx: Tx) -> list[FeedbackOut]:
    """Return all that people said, in the order in which they said it."""
    return [FeedbackOut.of(said) for said in evidence.feedback_given(tx)]


@router.put("/evidence/{evidence_id}/feedback/{problem_id}")
def say(
    evidence_id: int, problem_id: str, told: VerdictIn, tx: Tx, problems: Problems
) -> EvidenceOut:
    """Confirm or dismiss that a sentence is about a problem; its organisation is assessed."""
    if problems.find(problem_id) is None:
        raise NotFound(problem=problem_id)
    now = datetime.now(UTC)
    speak = evidence.confirm if told.verdict is Verdict.CONFIRMED else evidence.dismiss
    return _heard(tx, problems, speak(tx, evidence_id, problem_id, now=now), now)


@router.delete("/evidence/{evidence_id}/feedback/{problem_id}")
def take_back(evidence_id: int, problem_id: str, tx: Tx, problems: Problems) -> EvidenceOut:
    """Take back what was said of a sentence and a problem; its organisation is assessed."""
    piece = evidence.undo(tx, evidence_id, problem_id)
    return _heard(tx, problems, piece, datetime.now(UTC))


def _heard(tx: Tx, problems: Problems, piece: Evidence, now: datetime) -> EvidenceOut:
    today = now.astimezone().date()
    prospects.assess_one(tx, piece.organisation_id, problems, prospects.weights(), today=today)
    return EvidenceOut.of(piece)
