"""How talks are kept, and what the buyer told in them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, sql
from sqlalchemy.orm import Mapped, mapped_column

from unsolved.conversations.coverage.kept import State
from unsolved.conversations.coverage.model import FactKind, Medium
from unsolved.db import Base


class CallRow(Base):
    """A talk with its turns and the acts that were read in them; ``digest`` is of its words."""

    __tablename__ = "conversation_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    medium: Mapped[Medium]
    held_on: Mapped[date | None]
    language: Mapped[str | None]
    kept_at: Mapped[datetime]
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="set null"), index=True
    )
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("documents.id", ondelete="set null"), index=True
    )
    problem_id: Mapped[str | None]
    count: Mapped[int]
    """How many turns it has."""

    talk: Mapped[dict[str, Any]] = mapped_column(JSON)
    told: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    reader: Mapped[str]
    said: Mapped[list[list[dict[str, Any]]]] = mapped_column(JSON)
    is_removed: Mapped[bool] = mapped_column(default=False, server_default=sql.false())


class FactRow(Base):
    """Something the buyer told, as proposed, and what a person said to it."""

    __tablename__ = "conversation_facts"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(
        ForeignKey("conversation_calls.id", ondelete="cascade"), index=True
    )
    kind: Mapped[FactKind]
    turn: Mapped[int]
    sentence: Mapped[int]
    speaker: Mapped[str]
    quote: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    topic: Mapped[str | None]
    state: Mapped[State]
    decided_at: Mapped[datetime | None]
