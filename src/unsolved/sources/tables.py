"""How organisations, people, documents, records and visits are kept."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, sql
from sqlalchemy.orm import Mapped, mapped_column

from unsolved.db import Base
from unsolved.sources.merging import Of
from unsolved.sources.model import Kind
from unsolved.sources.outgoing import Action, State
from unsolved.sources.records import Fact, Part, RecordKind

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a source was visited that was not visited yet."""


class OrganisationRow(Base):
    """One identity; one that was merged into another stays, so that it can be undone."""

    __tablename__ = "organisations"
    __table_args__ = (
        # Holds all that is asked to find organisations of a trade and a size.
        Index("ix_organisations_industry_employees", "industry", "employees"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    domain: Mapped[str | None] = mapped_column(unique=True)
    industry: Mapped[str | None]
    country: Mapped[str | None]
    employees: Mapped[int | None]
    revenue: Mapped[str | None]
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"), index=True)
    is_withdrawn: Mapped[bool] = mapped_column(default=False, server_default=sql.false())
    """That the import which brought it was undone, and nothing else speaks of it."""

    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)


class OrganisationNameRow(Base):
    """One of the names an organisation is known by; a key belongs to one organisation."""

    __tablename__ = "organisation_names"

    key: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="cascade"), index=True
    )
    name: Mapped[str]


class OrganisationIdentifierRow(Base):
    """A number that somebody gave an organisation: ``cik:…``, ``ticker:…``, or a domain."""

    __tablename__ = "organisation_identifiers"

    key: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="cascade"), index=True
    )


class PersonRow(Base):
    """One person."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    title: Mapped[str | None]
    phone: Mapped[str | None]
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)


class PersonKeyRow(Base):
    """What a person is known by: ``mailto:…``, or a name within an organisation."""

    __tablename__ = "person_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="cascade"), index=True
    )


class SourceRow(Base):
    """A place we read, how it is kept in step, and the counts of the last visit."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(server_default="folder")
    settings: Mapped[dict[str, str]] = mapped_column(JSON, server_default=sql.text("'{}'"))
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    every: Mapped[int | None]
    is_paused: Mapped[bool] = mapped_column(default=False, server_default=sql.false())
    is_removed: Mapped[bool] = mapped_column(default=False, server_default=sql.false())
    cursor: Mapped[str | None] = mapped_column(Text)
    since: Mapped[date | None]
    visited_at: Mapped[datetime] = mapped_column(default=NEVER)
    next_at: Mapped[datetime | None]
    busy_until: Mapped[datetime | None]
    failure: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0, server_default=sql.text("0"))
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)


class VisitRow(Base):
    """One visit to a source, so that what it brought can be told and taken back."""

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None]
    undone_at: Mapped[datetime | None]


class RefusalRow(Base):
    """Something that the last visit to a source could not read."""

    __tablename__ = "refusals"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(
        ForeignKey("sources.id", ondelete="cascade"), index=True
    )
    place: Mapped[str]
    line: Mapped[int | None]
    field: Mapped[str | None]
    why: Mapped[str]
    mend: Mapped[str]


class OriginalRow(Base):
    """The bytes of a document as received, kept once however often they came."""

    __tablename__ = "originals"

    digest: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentRow(Base):
    """One version of one text from one source; never changed but for whose and how current."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("source_id", "key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"), index=True)
    key: Mapped[str]
    version: Mapped[int]
    is_current: Mapped[bool] = mapped_column(index=True)
    is_gone: Mapped[bool] = mapped_column(default=False, server_default=sql.false())
    """That the source says it no longer has it."""

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    told: Mapped[str | None]
    """The name by which the source told the organisation; splits go by it."""

    title: Mapped[str]
    kind: Mapped[Kind]
    published_on: Mapped[date | None]
    received_at: Mapped[datetime]
    origins: Mapped[list[str]] = mapped_column(JSON)
    digest: Mapped[str]
    original: Mapped[str] = mapped_column(ForeignKey("originals.digest"))
    text: Mapped[str] = mapped_column(Text)


class RecordRow(Base):
    """One version of one record from one source."""

    __tablename__ = "records"
    __table_args__ = (
        UniqueConstraint("source_id", "kind", "key", "version"),
        Index("ix_records_organisation_id_kind_at", "organisation_id", "kind", "at"),
        Index("ix_records_person_id_at", "person_id", "at"),
        Index("ix_records_source_id_deal_key", "source_id", "deal_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[RecordKind]
    key: Mapped[str]
    version: Mapped[int]
    is_current: Mapped[bool]
    is_gone: Mapped[bool] = mapped_column(default=False, server_default=sql.false())
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    told: Mapped[str | None]
    organisation_key: Mapped[str | None]
    person_key: Mapped[str | None]
    deal_key: Mapped[str | None]
    at: Mapped[datetime | None]
    title: Mapped[str]
    facts: Mapped[dict[str, Fact]] = mapped_column(JSON)
    received: Mapped[str] = mapped_column(Text)
    digest: Mapped[str]


class RecordPersonRow(Base):
    """That a person has to do with an activity, and what."""

    __tablename__ = "record_people"

    record_id: Mapped[int] = mapped_column(
        ForeignKey("records.id", ondelete="cascade"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, index=True
    )
    part: Mapped[Part] = mapped_column(primary_key=True)


class MergeRow(Base):
    """That two turned out to be one, why, and what moved: enough to undo it exactly."""

    __tablename__ = "merges"

    id: Mapped[int] = mapped_column(primary_key=True)
    of: Mapped[Of]
    kept_id: Mapped[int] = mapped_column(index=True)
    merged_id: Mapped[int] = mapped_column(index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    probability: Mapped[float | None]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    moved: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]


class ProposalRow(Base):
    """That two may be one, why, and what a person decided."""

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("of", "first_id", "second_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    of: Mapped[Of]
    first_id: Mapped[int] = mapped_column(index=True)
    second_id: Mapped[int] = mapped_column(index=True)
    probability: Mapped[float]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    are_one: Mapped[bool | None]
    decided_at: Mapped[datetime | None]


class MappingRow(Base):
    """What the columns of a table mean, remembered by what its head looks like."""

    __tablename__ = "mappings"

    signature: Mapped[str] = mapped_column(primary_key=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    said_at: Mapped[datetime]


class OutgoingRow(Base):
    """Something to be written into somebody's CRM, and how far that has come."""

    __tablename__ = "outgoing"
    __table_args__ = (UniqueConstraint("source_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    key: Mapped[str]
    action: Mapped[Action]
    state: Mapped[State] = mapped_column(index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    planned_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    remote: Mapped[str | None]
    why: Mapped[str | None]
