"""What one may ask about evidence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256

from sqlalchemy import ColumnElement, Select, Subquery, and_, distinct, func, or_, select, union
from sqlalchemy.orm import Session

from unsolved.evidence.model import Evidence, Facet, Feedback, Progress, Quote, Span, Unread
from unsolved.evidence.sought import Sought
from unsolved.evidence.tables import EvidenceRow, FeedbackRow, MatchRow, ReadingRow
from unsolved.sources.model import Kind
from unsolved.sources.tables import DocumentRow

AT_ONCE = 200
"""Pieces of evidence fetched together when not all may be wanted."""

MOST_CHARACTERS = 2_000_000
"""Characters of documents fetched together; one document may be longer."""

Found = Select[EvidenceRow, int, str, Kind, date | None, int, str]


def unread(tx: Session, fingerprint: str, limit: int, *, after: int = 0) -> list[Unread]:
    """Return documents not yet read with ``fingerprint``, in the order they came.

    The last one may make it fewer than ``limit``: with many characters at hand, enough is here.
    """
    rows = tx.execute(
        select(DocumentRow.id, DocumentRow.kind, DocumentRow.title, DocumentRow.text)
        .outerjoin(ReadingRow, ReadingRow.document_id == DocumentRow.id)
        .where(_undone(fingerprint), DocumentRow.id > after)
        .order_by(DocumentRow.id)
        .limit(limit)
        .execution_options(yield_per=1)
    )
    found: list[Unread] = []
    characters = 0
    for row in rows:
        found.append(Unread(row.id, row.kind, row.title, row.text))
        characters += len(row.text)
        if characters > MOST_CHARACTERS:
            break
    rows.close()
    return found


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


def search(tx: Session, wanted: Sought) -> Iterator[Evidence]:
    """Yield what current documents say of the sort asked for, in the order it was read.

    It fetches a little at a time: who has seen enough stops.
    """
    conditions: list[ColumnElement[bool]] = [and_(DocumentRow.is_current)]
    if wanted.organisation_id is not None:
        conditions.append(DocumentRow.organisation_id == wanted.organisation_id)
    if wanted.assertion is not None:
        conditions.append(EvidenceRow.assertion == wanted.assertion)
    if wanted.speaker is not None:
        conditions.append(EvidenceRow.speaker == wanted.speaker)
    if wanted.problem_id is not None:
        about = select(MatchRow.evidence_id).where(MatchRow.problem_id == wanted.problem_id)
        conditions.append(EvidenceRow.id.in_(about))
    after = 0
    while ids := _next_ids(tx, conditions, after):
        yield from filter(wanted.fits, by_ids(tx, ids))
        after = ids[-1]


def _next_ids(tx: Session, conditions: Sequence[ColumnElement[bool]], after: int) -> list[int]:
    return list(
        tx.scalars(
            select(EvidenceRow.id)
            .join(DocumentRow, DocumentRow.id == EvidenceRow.document_id)
            .where(*conditions, EvidenceRow.id > after)
            .order_by(EvidenceRow.id)
            .limit(AT_ONCE)
        )
    )


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


def feedback_given(tx: Session) -> list[Feedback]:
    """Return all that people said, in the order in which they said it."""
    order = (FeedbackRow.said_at, FeedbackRow.problem_id, FeedbackRow.statement)
    return [_feedback(row) for row in tx.scalars(select(FeedbackRow).order_by(*order))]


def feedback_by_organisation(tx: Session, ids: Sequence[int] | None = None) -> dict[int, str]:
    """Return, for each organisation that feedback touches, what changes when that does.

    It touches whose sentences are matched with a problem on which somebody spoke, and who
    says the words that were spoken of.
    """
    said: dict[str, list[str]] = defaultdict(list)
    for one in feedback_given(tx):
        said[one.problem_id].append(repr((one.lineage, one.statement, one.quote, one.verdict)))
    if not said:
        return {}
    told = {problem: repr(sorted(rows)) for problem, rows in said.items()}
    touched: dict[int, set[str]] = defaultdict(set)
    for organisation, problem in _touched(tx, sorted(said), ids):
        touched[organisation].add(problem)
    return {
        organisation: sha256("\n".join(told[p] for p in sorted(problems)).encode()).hexdigest()
        for organisation, problems in touched.items()
    }


def _touched(
    tx: Session, problems: Sequence[str], ids: Sequence[int] | None
) -> Iterator[tuple[int, str]]:
    here = _current(ids)
    matched = (
        select(DocumentRow.organisation_id, MatchRow.problem_id)
        .join(EvidenceRow, EvidenceRow.document_id == DocumentRow.id)
        .join(MatchRow, MatchRow.evidence_id == EvidenceRow.id)
        .where(here, MatchRow.problem_id.in_(problems))
    )
    worded = (
        select(DocumentRow.organisation_id, FeedbackRow.problem_id)
        .join(EvidenceRow, EvidenceRow.document_id == DocumentRow.id)
        .join(FeedbackRow, FeedbackRow.statement == EvidenceRow.statement)
        .where(here)
    )
    for row in tx.execute(union(matched, worded)):
        yield row.organisation_id, row.problem_id


def readings_by_organisation(ids: Sequence[int] | None = None) -> Subquery:
    """Return organisation, readings and what tells them apart, for joins downstream."""
    return (
        select(
            DocumentRow.organisation_id,
            func.count().label("documents"),
            func.max(DocumentRow.id).label("newest"),
            func.min(ReadingRow.fingerprint).label("fingerprint"),
        )
        .join(ReadingRow, ReadingRow.document_id == DocumentRow.id)
        .where(_current(ids))
        .group_by(DocumentRow.organisation_id)
        .subquery()
    )


def _current(ids: Sequence[int] | None) -> ColumnElement[bool]:
    """Return what a document must be: current, and about one of ``ids`` if there are some."""
    of = [] if ids is None else [DocumentRow.organisation_id.in_(ids)]
    return and_(DocumentRow.is_current, *of)


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
            DocumentRow.source_id,
            DocumentRow.key,
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
    pieces = [
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
            lineage=(source_id, key),
        )
        for row, organisation_id, title, kind, published_on, source_id, key in rows
    ]
    said = _said_of(tx, wanted, matches)
    return _heard(pieces, said) if said else pieces


def _heard(pieces: Sequence[Evidence], said: Sequence[Feedback]) -> list[Evidence]:
    from unsolved.evidence.embedding import embedding  # noqa: PLC0415 - numpy, and megabytes
    from unsolved.evidence.feedback import hear  # noqa: PLC0415 - numpy

    return hear(pieces, said, embedding().embed)


def _said_of(
    tx: Session, wanted: Found, matches: Mapping[int, Mapping[str, float]]
) -> list[Feedback]:
    """Return what people said on the problems that are matched, or in the same words."""
    problems = {problem for found in matches.values() for problem in found}
    statements = wanted.with_only_columns(EvidenceRow.statement).order_by(None)
    about = or_(FeedbackRow.problem_id.in_(problems), FeedbackRow.statement.in_(statements))
    return [_feedback(row) for row in tx.scalars(select(FeedbackRow).where(about))]


def _feedback(row: FeedbackRow) -> Feedback:
    return Feedback(
        problem_id=row.problem_id,
        verdict=row.verdict,
        quote=Quote(row.quote, Span(row.start, row.end)),
        statement=row.statement,
        lineage=(row.source_id, row.key),
        document_id=row.document_id,
        said_at=row.said_at,
    )
