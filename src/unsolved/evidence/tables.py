"""How readings and evidence are kept."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from unsolved.db import Base
from unsolved.evidence.model import Assertion, FixKind, Speaker, Verdict


class ReadingRow(Base):
    """That a document has been read, by whom and against which problems."""

    __tablename__ = "readings"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="cascade"), primary_key=True
    )
    fingerprint: Mapped[str]
    """Of the reader, the matcher and the library: when it differs, the reading is stale."""

    sentences: Mapped[int]
    characters: Mapped[int]


class EvidenceRow(Base):
    """A quote and what it says."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="cascade"), index=True
    )
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    facets: Mapped[dict[str, float]] = mapped_column(JSON)
    labels: Mapped[list[str]] = mapped_column(JSON)
    assertion: Mapped[Assertion]
    speaker: Mapped[Speaker]
    fix: Mapped[FixKind | None]
    statement: Mapped[str] = mapped_column(index=True)


class MatchRow(Base):
    """That a piece of evidence is about a problem, and how likely."""

    __tablename__ = "matches"
    __table_args__ = (Index("ix_matches_problem_id_evidence_id", "problem_id", "evidence_id"),)

    evidence_id: Mapped[int] = mapped_column(
        ForeignKey("evidence.id", ondelete="cascade"), primary_key=True
    )
    problem_id: Mapped[str] = mapped_column(primary_key=True)
    probability: Mapped[float]


class FeedbackRow(Base):
    """What a person said of a sentence and a problem.

    It points at the document and the words and at no row of evidence, so that no reading,
    no new version and no other reader can take it away.
    """

    __tablename__ = "feedback"

    problem_id: Mapped[str] = mapped_column(primary_key=True)
    statement: Mapped[str] = mapped_column(primary_key=True, index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[Verdict]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    said_at: Mapped[datetime]
