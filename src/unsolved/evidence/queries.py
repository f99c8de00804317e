"""What one may ask about evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, Subquery, and_, distinct, func, or_, select
from sqlalchemy.orm import Session

from unsolved.evidence.model import Evidence, Facet, Progress, Quote, Span
from unsolved.evidence.tables import EvidenceRow, MatchRow, ReadingRow
from unsolved.sources.model import Kind
from unsolved.sources.tables import DocumentRow

Found = Select[EvidenceRow, int, str, Kind, date | None]


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that nobody has read with what we know today."""

    id: int
    kind: str
    title: str
    text: str


def unread(tx: Session, fingerprint: str, limit: int) -> list[Unread]:
    """Return documents not yet read with ``fingerprint``, in the order they came."""
    rows = tx.execute(
        select(DocumentRow.id, DocumentRow.kind, DocumentRow.title, DocumentRow.text)
        .outerjoin(ReadingRow, ReadingRow.document_id == DocumentRow.id)
        .where(_undone(fingerprint))
        .order_by(DocumentRow.id)
        .limit(limit)
    )
    return [Unread(row.id, row.kind, row.title, row.text) for row in rows]


def progress(tx: Session, fingerprint: str) -> Progress:
    """Return how far the reading of the current documents has come."""
    left = tx.scalar(
        select(func.count())
        .select_from(DocumentRow)
        .outerjoin(ReadingRow, ReadingRow.document_id == DocumentRow.id)
        .where(_undone(fingerprint))
    )
    documents, sentences = tx.execute(
        select(func.count(), func.coalesce(func.sum(ReadingRow.sentences), 0))
        .select_from(ReadingRow)
        .where(ReadingRow.fingerprint == fingerprint)
    ).one()
    return Progress(documents=documents, sentences=sentences, left=left or 0)


def by_id(tx: Session, evidence_id: int) -> Evidence | None:
    """Return one piece of evidence."""
    found = by_ids(tx, [evidence_id])
    return found[0] if found else None


def by_ids(tx: Session, ids: Sequence[int]) -> list[Evidence]:
    """Return the pieces of evidence asked for, in that order; those not here are left out."""
    found = {e.id: e for e in _evidence(tx, _evidence_of().where(EvidenceRow.id.in_(ids)))}
    return [found[known] for known in ids if known in found]


def of_organisation(tx: Session, organisation_id: int) -> list[Evidence]:
    """Return what current documents say about an organisation, oldest first."""
    wanted = DocumentRow.organisation_id == organisation_id
    return _evidence(tx, _evidence_of().where(DocumentRow.is_current, wanted))


def of_document(tx: Session, document_id: int) -> list[Evidence]:
    """Return the evidence cut from one version of a document, in its order."""
    return _evidence(tx, _evidence_of().where(EvidenceRow.document_id == document_id))


def amount_read(tx: Session, organisation_id: int) -> tuple[int, int]:
    """Return how many current documents of an organisation, and sentences, were read."""
    documents, sentences = tx.execute(
        select(func.count(), func.coalesce(func.sum(ReadingRow.sentences), 0))
        .join(DocumentRow, DocumentRow.id == ReadingRow.document_id)
        .where(DocumentRow.organisation_id == organisation_id, DocumentRow.is_current)
    ).one()
    return documents, sentences


def sharing(tx: Session, statements: Sequence[str]) -> dict[str, int]:
    """Return, for each statement, how many organisations make it in the same words."""
    rows = tx.execute(
        select(EvidenceRow.statement, func.count(distinct(DocumentRow.organisation_id)))
        .join(DocumentRow, DocumentRow.id == EvidenceRow.document_id)
        .where(EvidenceRow.statement.in_(statements), DocumentRow.is_current)
        .group_by(EvidenceRow.statement)
    )
    return {statement: count for statement, count in rows}  # noqa: C416 (rows are not pairs)


def readings_by_organisation() -> Subquery:
    """Return organisation, readings and what tells them apart, for joins downstream."""
    return (
        select(
            DocumentRow.organisation_id,
            func.count().label("documents"),
            func.max(DocumentRow.id).label("newest"),
            func.min(ReadingRow.fingerprint).label("fingerprint"),
        )
        .join(ReadingRow, ReadingRow.document_id == DocumentRow.id)
        .where(DocumentRow.is_current)
        .group_by(DocumentRow.organisation_id)
        .subquery()
    )


def _undone(fingerprint: str) -> ColumnElement[bool]:
    return and_(
        DocumentRow.is_current,
        or_(ReadingRow.document_id.is_(None), ReadingRow.fingerprint != fingerprint),
    )


def _evidence_of() -> Found:
    return (
        select(
            EvidenceRow,
            DocumentRow.organisation_id,
            DocumentRow.title,
            DocumentRow.kind,
            DocumentRow.published_on,
        )
        .join(DocumentRow, DocumentRow.id == EvidenceRow.document_id)
        .order_by(
            DocumentRow.published_on.asc().nulls_first(), DocumentRow.id, EvidenceRow.start
        )
    )


def _evidence(tx: Session, wanted: Found) -> list[Evidence]:
    rows = tx.execute(wanted).all()
    matches: dict[int, dict[str, float]] = {}
    ids = wanted.with_only_columns(EvidenceRow.id).order_by(None)
    for match in tx.scalars(
        select(MatchRow).where(MatchRow.evidence_id.in_(ids)).order_by(MatchRow.problem_id)
    ):
        matches.setdefault(match.evidence_id, {})[match.problem_id] = match.probability
    return [
        Evidence(
            id=row.id,
            document_id=row.document_id,
            organisation_id=organisation_id,
            quote=Quote(row.quote, Span(row.start, row.end)),
            facets={Facet(name): value for name, value in row.facets.items()},
            labels=frozenset(Facet(name) for name in row.labels),
            assertion=row.assertion,
            speaker=row.speaker,
            fix=row.fix,
            statement=row.statement,
            matches=matches.get(row.id, {}),
            title=title,
            kind=kind,
            said_on=published_on,
        )
        for row, organisation_id, title, kind, published_on in rows
    ]
