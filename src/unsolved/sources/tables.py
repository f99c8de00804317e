"""How documents, organisations and visits are kept."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from unsolved.db import Base
from unsolved.sources.model import Kind


class OrganisationRow(Base):
    """One identity."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    domain: Mapped[str | None] = mapped_column(unique=True)
    industry: Mapped[str | None]
    country: Mapped[str | None]
    employees: Mapped[int | None]
    revenue: Mapped[str | None]


class OrganisationNameRow(Base):
    """One of the names an organisation is known by; a key belongs to one organisation."""

    __tablename__ = "organisation_names"

    key: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="cascade"), index=True
    )
    name: Mapped[str]


class SourceRow(Base):
    """A place we have read, and the counts of the last visit."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    visited_at: Mapped[datetime]
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)


class RefusalRow(Base):
    """Something that the last visit to a source could not read."""

    __tablename__ = "refusals"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(
        ForeignKey("sources.id", ondelete="cascade"), index=True
    )
    place: Mapped[str]
    line: Mapped[int | None]
    why: Mapped[str]
    mend: Mapped[str]


class OriginalRow(Base):
    """The bytes of a document as received, kept once however often they came."""

    __tablename__ = "originals"

    digest: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentRow(Base):
    """One version of one text from one source; never changed but for ``is_current``."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("source_id", "key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    key: Mapped[str]
    version: Mapped[int]
    is_current: Mapped[bool] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str]
    kind: Mapped[Kind]
    published_on: Mapped[date | None]
    received_at: Mapped[datetime]
    origins: Mapped[list[str]] = mapped_column(JSON)
    digest: Mapped[str]
    original: Mapped[str] = mapped_column(ForeignKey("originals.digest"))
    text: Mapped[str] = mapped_column(Text)
