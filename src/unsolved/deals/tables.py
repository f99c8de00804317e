"""How opportunities are kept: what they are now, and everything that was done to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, sql
from sqlalchemy.orm import Mapped, mapped_column

from unsolved.db import Base
from unsolved.deals.model import Outcome, Stage
from unsolved.deals.parts import PartKind


class OpportunityRow(Base):
    """An opportunity: ``head`` is what counts, the other columns repeat what is sought."""

    __tablename__ = "opportunities"
    __table_args__ = (
        Index("ix_opportunities_stage_seller", "stage", "seller"),
        Index("ix_opportunities_outcome_decided_on", "outcome", "decided_on"),
        Index("ix_opportunities_source_id_deal_key", "source_id", "deal_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    problem_id: Mapped[str]
    name: Mapped[str]
    seller: Mapped[str]
    stage: Mapped[Stage]
    outcome: Mapped[Outcome | None]
    opened_on: Mapped[date]
    decided_on: Mapped[date | None]
    worth: Mapped[float | None]
    currency: Mapped[str]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"))
    deal_key: Mapped[str]
    is_removed: Mapped[bool] = mapped_column(default=False, server_default=sql.false())
    changed_at: Mapped[datetime]
    head: Mapped[dict[str, Any]] = mapped_column(JSON)


class PartRow(Base):
    """A part of an opportunity as it is now. ``about_id`` is whom or what it points at."""

    __tablename__ = "opportunity_parts"
    __table_args__ = (Index("ix_opportunity_parts_kind_about_id", "kind", "about_id"),)

    opportunity_id: Mapped[int] = mapped_column(
        ForeignKey("opportunities.id", ondelete="cascade"), primary_key=True
    )
    kind: Mapped[PartKind] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    about_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class ActionRow(Base):
    """Something that was done to an opportunity in one go."""

    __tablename__ = "opportunity_actions"

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(
        ForeignKey("opportunities.id", ondelete="cascade"), index=True
    )
    at: Mapped[datetime]
    by: Mapped[str]
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    undoes_id: Mapped[int | None]
    undone_by_id: Mapped[int | None]


class ChangeRow(Base):
    """What an action did to one part."""

    __tablename__ = "opportunity_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(
        ForeignKey("opportunity_actions.id", ondelete="cascade"), index=True
    )
    kind: Mapped[PartKind]
    number: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class AttentionRow(Base):
    """What was worked out about an opportunity, and why it deserves attention, if it does.

    ``weight`` orders the list of today; None when there is nothing worth doing.
    """

    __tablename__ = "opportunity_attention"
    __table_args__ = (
        Index("ix_opportunity_attention_seller_weight", "seller", "weight"),
        Index("ix_opportunity_attention_manager_weight", "manager_weight"),
    )

    opportunity_id: Mapped[int] = mapped_column(
        ForeignKey("opportunities.id", ondelete="cascade"), primary_key=True
    )
    worked_out_at: Mapped[datetime] = mapped_column(index=True)
    is_stale: Mapped[bool] = mapped_column(default=False, server_default=sql.false())
    seller: Mapped[str]
    weight: Mapped[float | None]
    manager_weight: Mapped[float | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class CostRow(Base):
    """A cost of inaction that was simulated, under the key of all that went in."""

    __tablename__ = "opportunity_costs"

    key: Mapped[str] = mapped_column(primary_key=True)
    counted_at: Mapped[datetime]
    cost: Mapped[dict[str, Any]] = mapped_column(JSON)


class ReferenceRow(Base):
    """A customer who can vouch for us."""

    __tablename__ = "reference_customers"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="set null"), index=True
    )
    problem_id: Mapped[str] = mapped_column(index=True)
    is_removed: Mapped[bool] = mapped_column(default=False, server_default=sql.false())
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class ViewRow(Base):
    """A list of opportunities that somebody wants to see again: its filters under a name."""

    __tablename__ = "opportunity_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    asked: Mapped[dict[str, str]] = mapped_column(JSON)
    made_at: Mapped[datetime]
