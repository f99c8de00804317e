"""How prospects are kept: computed from evidence, and computed again when that changes."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from unsolved.db import Base
from unsolved.prospects.model import Standing


class AssessmentRow(Base):
    """That an organisation has been assessed, and from what."""

    __tablename__ = "assessments"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="cascade"), primary_key=True
    )
    fingerprint: Mapped[str]
    """Of its readings, the library and the weights: when it differs, it is stale."""


class ProspectRow(Base):
    """Where an organisation stands on a problem; ``facts`` holds the reasons."""

    __tablename__ = "prospects"
    __table_args__ = (
        Index("ix_prospects_score", "score"),
        Index("ix_prospects_problem_id_score", "problem_id", "score"),
        # Holds all that is counted beside a list, so that counting reads no reasons.
        Index(
            "ix_prospects_counted", "problem_id", "standing", "eliminated", "organisation_id"
        ),
    )

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="cascade"), primary_key=True
    )
    problem_id: Mapped[str] = mapped_column(primary_key=True)
    standing: Mapped[Standing]
    probability: Mapped[float]
    score: Mapped[float]
    eliminated: Mapped[str | None]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
