"""Reading what has come in. Undone is what no reading has the present fingerprint of."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import and_, delete, insert
from sqlalchemy.orm import Session

from unsolved import sources
from unsolved.db import Sessions, transaction
from unsolved.errors import NotFound
from unsolved.evidence import queries
from unsolved.evidence.model import Evidence, Progress, Verdict
from unsolved.evidence.reading import Found, Method, read
from unsolved.evidence.tables import EvidenceRow, FeedbackRow, MatchRow, ReadingRow

BATCH = 16
"""Documents fetched, and committed, together."""


def read_all(sessions: Sessions, method: Method) -> Iterator[Progress]:
    """Read what is undone, a few documents at a time, and tell how far it has come.

    It can be stopped or killed anywhere: what was told is kept, the rest is read next time,
    and the outcome is the same. Two readers at once do no document twice.
    """
    with transaction(sessions) as tx:
        progress = queries.progress(tx, method.fingerprint)
    yield progress
    while progress.left:
        progress = read_some(sessions, method)
        yield progress


def read_some(sessions: Sessions, method: Method) -> Progress:
    """Read the next few undone documents and return how far it has come."""
    with transaction(sessions) as tx:
        waiting = queries.unread(tx, method.fingerprint, BATCH)
    outcomes = [
        (
            document,
            *read(document.text, kind=document.kind, title=document.title, method=method),
        )
        for document in waiting  # slow, so between transactions and in none
    ]
    with transaction(sessions) as tx:
        for document, found, sentences in outcomes:
            _keep(tx, document, found, sentences, method.fingerprint)
        return queries.progress(tx, method.fingerprint)


def confirm(tx: Session, evidence_id: int, problem_id: str, *, now: datetime) -> Evidence:
    """Keep that a sentence is about a problem, and return the evidence as it now is.

    Raises:
        NotFound: there is no such evidence.
    """
    return _say(tx, evidence_id, problem_id, Verdict.CONFIRMED, now)


def dismiss(tx: Session, evidence_id: int, problem_id: str, *, now: datetime) -> Evidence:
    """Keep that a sentence is not about a problem, and return the evidence as it now is.

    Raises:
        NotFound: there is no such evidence.
    """
    return _say(tx, evidence_id, problem_id, Verdict.DISMISSED, now)


def undo(tx: Session, evidence_id: int, problem_id: str) -> Evidence:
    """Take back what was said of a sentence and a problem, and return the evidence without.

    Where it was said of the same words in other documents only, it is taken back there.

    Raises:
        NotFound: there is no such evidence.
    """
    piece = _evidence(tx, evidence_id)
    source_id, key = piece.lineage
    same = and_(FeedbackRow.problem_id == problem_id, FeedbackRow.statement == piece.statement)
    here = and_(same, FeedbackRow.source_id == source_id, FeedbackRow.key == key)
    gone = tx.execute(delete(FeedbackRow).where(here).returning(FeedbackRow.key)).first()
    if gone is None and problem_id in piece.verdicts:
        tx.execute(delete(FeedbackRow).where(same))
    return _evidence(tx, evidence_id)


def _say(
    tx: Session, evidence_id: int, problem_id: str, verdict: Verdict, now: datetime
) -> Evidence:
    piece = _evidence(tx, evidence_id)
    sources.hold(tx, piece.document_id)  # of two who speak at once, the second changes it
    source_id, key = piece.lineage
    tx.merge(
        FeedbackRow(
            problem_id=problem_id,
            statement=piece.statement,
            source_id=source_id,
            key=key,
            verdict=verdict,
            document_id=piece.document_id,
            start=piece.quote.span.start,
            end=piece.quote.span.end,
            quote=piece.quote.text,
            said_at=now,
        )
    )
    tx.flush()
    return _evidence(tx, evidence_id)


def _evidence(tx: Session, evidence_id: int) -> Evidence:
    piece = queries.by_id(tx, evidence_id)
    if piece is None:
        raise NotFound(evidence=evidence_id)
    return piece


def _keep(
    tx: Session, document: queries.Unread, found: list[Found], sentences: int, fingerprint: str
) -> None:
    sources.hold(tx, document.id)  # a second reader waits here, and then sees that it is done
    known = tx.get(ReadingRow, document.id)
    if known is not None and known.fingerprint == fingerprint:
        return
    tx.execute(delete(EvidenceRow).where(EvidenceRow.document_id == document.id))
    if known is None:
        known = ReadingRow(document_id=document.id)
        tx.add(known)
    known.fingerprint, known.sentences = fingerprint, sentences
    known.characters = len(document.text)
    tx.flush()
    _keep_found(tx, document.id, found)


def _keep_found(tx: Session, document_id: int, found: list[Found]) -> None:
    if not found:
        return
    ids = tx.scalars(
        insert(EvidenceRow).returning(EvidenceRow.id, sort_by_parameter_order=True),
        [_row(document_id, one) for one in found],
    )
    matches = [
        {"evidence_id": evidence, "problem_id": problem, "probability": probability}
        for evidence, one in zip(ids, found, strict=True)
        for problem, probability in one.matches.items()
    ]
    if matches:
        tx.execute(insert(MatchRow), matches)


def _row(document_id: int, found: Found) -> dict[str, object]:
    return {
        "document_id": document_id,
        "start": found.quote.span.start,
        "end": found.quote.span.end,
        "quote": found.quote.text,
        "facets": {facet.value: p for facet, p in found.label.facets.items()},
        "labels": sorted(facet.value for facet in found.label.labels),
        "assertion": found.assertion,
        "speaker": found.speaker,
        "fix": found.label.fix,
        "statement": found.statement,
    }
