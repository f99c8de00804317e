"""What one may ask about documents and organisations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session

from unsolved.sources.identity import domain_key, name_key
from unsolved.sources.merging import Of
from unsolved.sources.model import Document, Kind, Organisation
from unsolved.sources.queries.identities import standing_of
from unsolved.sources.tables import (
    DocumentRow,
    OrganisationNameRow,
    OrganisationRow,
    OriginalRow,
    SourceRow,
)

# Neither merged into another nor withdrawn with the import that brought it.
_STANDS = and_(
    OrganisationRow.merged_into_id.is_(None), OrganisationRow.is_withdrawn.is_(False)
)


@dataclass(frozen=True, slots=True)
class Title:
    """What a document is called, without its text."""

    id: int
    title: str
    kind: Kind
    published_on: date | None


def document(tx: Session, document_id: int) -> Document | None:
    """Return one version of a document, whole."""
    found = _documents(tx, [document_id])
    return found[0] if found else None


def documents_of(tx: Session, organisation_id: int) -> list[Document]:
    """Return the current documents about an organisation, newest first."""
    ids = tx.scalars(
        select(DocumentRow.id)
        .where(DocumentRow.organisation_id == organisation_id, DocumentRow.is_current)
        .order_by(DocumentRow.published_on.desc().nulls_last(), DocumentRow.id.desc())
    )
    wanted = list(ids)
    by_id = {document.id: document for document in _documents(tx, wanted)}
    return [by_id[known] for known in wanted]


def titles_of(tx: Session, organisation_id: int) -> list[Title]:
    """Return what the current documents about an organisation are called, newest first."""
    rows = tx.execute(
        select(DocumentRow.id, DocumentRow.title, DocumentRow.kind, DocumentRow.published_on)
        .where(DocumentRow.organisation_id == organisation_id, DocumentRow.is_current)
        .order_by(DocumentRow.published_on.desc().nulls_last(), DocumentRow.id.desc())
    )
    return [Title(*row) for row in rows]


def keys(tx: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return what their source calls the documents asked for."""
    rows = tx.execute(select(DocumentRow.id, DocumentRow.key).where(DocumentRow.id.in_(ids)))
    return {row.id: row.key for row in rows}


def last_published(tx: Session, organisation_id: int) -> date | None:
    """Return the date of the newest current document about an organisation."""
    return tx.scalar(
        select(func.max(DocumentRow.published_on)).where(
            DocumentRow.organisation_id == organisation_id, DocumentRow.is_current
        )
    )


def versions(tx: Session, source: str, key: str) -> list[Document]:
    """Return every version of a document, oldest first."""
    ids = tx.scalars(
        select(DocumentRow.id)
        .join(SourceRow, SourceRow.id == DocumentRow.source_id)
        .where(SourceRow.name == source, DocumentRow.key == key)
        .order_by(DocumentRow.version)
    )
    return _documents(tx, list(ids))


def original(tx: Session, document_id: int) -> tuple[bytes, str] | None:
    """Return a document's bytes as received, and their media type."""
    row = tx.execute(
        select(OriginalRow.content, OriginalRow.media_type)
        .join(DocumentRow, DocumentRow.original == OriginalRow.digest)
        .where(DocumentRow.id == document_id)
    ).first()
    return (row.content, row.media_type) if row else None


def organisation(tx: Session, organisation_id: int) -> Organisation | None:
    """Return an organisation by its id; of one that was merged, the one it is part of now."""
    standing = standing_of(tx, Of.ORGANISATION, organisation_id)
    found = organisations(tx, [standing]) if standing is not None else []
    return found[0] if found else None


def called(tx: Session, name: str) -> Organisation | None:
    """Return the organisation that goes by ``name`` or has it as its domain."""
    known = tx.scalar(
        select(OrganisationNameRow.organisation_id).where(
            OrganisationNameRow.key == name_key(name)
        )
    ) or tx.scalar(select(OrganisationRow.id).where(OrganisationRow.domain == domain_key(name)))
    return organisation(tx, known) if known is not None else None


def names_like(tx: Session, name: str, limit: int = 5) -> list[str]:
    """Return names that hold a word of ``name``, to help somebody who mistyped it."""
    words = [word for word in name_key(name).split() if len(word) > 2]  # noqa: PLR2004
    if not words:
        return []
    parts = or_(
        *(OrganisationNameRow.key.contains(word[:4], autoescape=True) for word in words)
    )
    found = tx.scalars(
        select(OrganisationRow.name)
        .join(OrganisationNameRow, OrganisationNameRow.organisation_id == OrganisationRow.id)
        .where(parts)
        .distinct()
        .order_by(OrganisationRow.name)
        .limit(limit)
    )
    return list(found)


def organisations(tx: Session, ids: Sequence[int] | None = None) -> list[Organisation]:
    """Return organisations by name: those asked for, or all that stand for themselves."""
    wanted = select(OrganisationRow).order_by(OrganisationRow.name, OrganisationRow.id)
    names = select(OrganisationNameRow).order_by(OrganisationNameRow.name)
    if ids is None:
        wanted = wanted.where(_STANDS)
    else:
        wanted = wanted.where(OrganisationRow.id.in_(ids))
        names = names.where(OrganisationNameRow.organisation_id.in_(ids))
    further: dict[int, list[str]] = {}
    for name in tx.scalars(names):
        further.setdefault(name.organisation_id, []).append(name.name)
    return [_organisation(row, further.get(row.id, [])) for row in tx.scalars(wanted)]


def search(tx: Session, text: str, limit: int, offset: int = 0) -> list[Organisation]:
    """Return organisations one of whose names, or whose domain, holds ``text``; by name."""
    ids = tx.scalars(
        select(OrganisationRow.id)
        .where(_held_by(text), _STANDS)
        .order_by(OrganisationRow.name, OrganisationRow.id)
        .limit(limit)
        .offset(offset)
    )
    return organisations(tx, list(ids))


def count_found(tx: Session, text: str) -> int:
    """Return how many organisations a search for ``text`` finds."""
    counted = select(func.count()).select_from(OrganisationRow).where(_held_by(text), _STANDS)
    return tx.scalar(counted) or 0


def industries(tx: Session) -> list[str]:
    """Return the industries we know of, in alphabetical order."""
    found = tx.scalars(
        select(OrganisationRow.industry)
        .where(OrganisationRow.industry.is_not(None))
        .distinct()
        .order_by(OrganisationRow.industry)
    )
    return [name for name in found if name]


def _held_by(text: str) -> ColumnElement[bool]:
    text = text.strip()
    named = select(OrganisationNameRow.organisation_id).where(
        OrganisationNameRow.name.icontains(text, autoescape=True)
    )
    return or_(
        OrganisationRow.name.icontains(text, autoescape=True),
        OrganisationRow.domain.icontains(text, autoescape=True),
        OrganisationRow.id.in_(named),
    )


def _organisation(row: OrganisationRow, names: Iterable[str]) -> Organisation:
    return Organisation(
        id=row.id,
        name=row.name,
        names=tuple(name for name in names if name != row.name),
        domain=row.domain,
        industry=row.industry,
        country=row.country,
        employees=row.employees,
        revenue=row.revenue,
    )


def _documents(tx: Session, ids: Sequence[int]) -> list[Document]:
    rows = tx.execute(
        select(DocumentRow, OrganisationRow.name, SourceRow.name)
        .join(OrganisationRow, OrganisationRow.id == DocumentRow.organisation_id)
        .join(SourceRow, SourceRow.id == DocumentRow.source_id)
        .where(DocumentRow.id.in_(ids))
        .order_by(DocumentRow.id)
    )
    return [_document(row) for row in rows]


def _document(found: Row[DocumentRow, str, str]) -> Document:
    row, organisation_name, source_name = found
    return Document(
        id=row.id,
        organisation_id=row.organisation_id,
        organisation=organisation_name,
        source=source_name,
        key=row.key,
        version=row.version,
        is_current=row.is_current,
        title=row.title,
        kind=row.kind,
        published_on=row.published_on,
        received_at=row.received_at,
        origins=tuple(row.origins),
        digest=row.digest,
        text=row.text,
    )
