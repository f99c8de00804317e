"""How practice is kept: each call with its buyer as it was then, and each turn."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from unsolved.db import Base


class PracticeRunRow(Base):
    """One practice call.

    The buyer is kept whole, so that a call can be repeated, and looked back upon, whatever
    becomes of the file or the prospect it was made from. ``turns`` counts what was said: who
    adds a turn says after which.
    """

    __tablename__ = "practice_runs"
    __table_args__ = (Index("ix_practice_runs_seller_begun_at", "seller", "begun_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seller: Mapped[str]
    persona_id: Mapped[str]
    persona: Mapped[dict[str, Any]] = mapped_column(JSON)
    seed: Mapped[int]
    opening: Mapped[str]
    reader: Mapped[str]
    worded_by: Mapped[str | None]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None]
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    turns: Mapped[int]
    score: Mapped[float]
    trust: Mapped[int]
    covered: Mapped[int]
    themes: Mapped[int]


class PracticeTurnRow(Base):
    """One line, its answer, and what it did."""

    __tablename__ = "practice_turns"

    run_id: Mapped[int] = mapped_column(
        ForeignKey("practice_runs.id", ondelete="cascade"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[str]
    answer: Mapped[str]
    acts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    events: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    spoken: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    trust: Mapped[int]
    patience: Mapped[int]
    said_at: Mapped[datetime]
