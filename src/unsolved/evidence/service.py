"""Reading what has come in. Undone is what no reading has the present fingerprint of."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, and_, delete, insert, select
from sqlalchemy.orm import Session

from unsolved import sources
from unsolved.db import Base, Sessions, transaction
from unsolved.errors import NotFound
from unsolved.evidence import queries
from unsolved.evidence.hands import Outcome, outcomes
from unsolved.evidence.model import ALONE, Evidence, Hands, Progress, Unread, Verdict
from unsolved.evidence.reading import Method
from unsolved.evidence.tables import EvidenceRow, FeedbackRow, MatchRow, ReadingRow

BATCH = 16
"""Documents committed together."""

_READINGS, _EVIDENCE, _MATCHES = (
    Base.metadata.tables[row.__tablename__] for row in (ReadingRow, EvidenceRow, MatchRow)
)


def read_all(sessions: Sessions, method: Method, hands: Hands = ALONE) -> Iterator[Progress]:
    """Read what is undone, a few documents at a time, and tell how far it has come.

    It can be stopped or killed anywhere: what was told is kept, the rest is read next time,
    and the outcome is the same, whosever hands read. Two readers at once do no document
    twice. Where other processes read, this one keeps meanwhile what they found.
    """
    with transaction(sessions) as tx:
        progress = queries.progress(tx, method.fingerprint)
    yield progress
    while progress.left:
        waiting = _waiting(sessions, method.fingerprint)
        with closing(outcomes(waiting, method, hands)) as coming:
            while batch := list(islice(coming, BATCH)):
                with transaction(sessions) as tx:
                    _keep(tx, batch, method.fingerprint)
                progress = _after(progress, batch)
                yield progress
        with transaction(sessions) as tx:  # others may have read, or brought more
            counted = queries.progress(tx, method.fingerprint)
        if counted != progress:
            progress = counted
            yield progress


def read_some(sessions: Sessions, method: Method) -> Progress:
    """Read the next few undone documents and return how far it has come."""
    with transaction(sessions) as tx:
        waiting = queries.unread(tx, method.fingerprint, BATCH)
    batch = list(outcomes(waiting, method))  # slow, so between transactions and in none
    with transaction(sessions) as tx:
        _keep(tx, batch, method.fingerprint)
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


def _waiting(sessions: Sessions, fingerprint: str) -> Iterator[Unread]:
    """Yield what is undone, once, fetching a little at a time."""
    after = 0
    while True:
        with transaction(sessions) as tx:
            waiting = queries.unread(tx, fingerprint, BATCH, after=after)
        if not waiting:
            return
        after = waiting[-1].id
        yield from waiting


def _after(progress: Progress, batch: Sequence[Outcome]) -> Progress:
    """Count on, which is cheaper than to count again."""
    return Progress(
        documents=progress.documents + len(batch),
        sentences=progress.sentences + sum(one.sentences for one in batch),
        left=max(0, progress.left - len(batch)),
    )


def _keep(tx: Session, batch: Sequence[Outcome], fingerprint: str) -> None:
    for one in batch:  # a second reader waits here, and then sees that it is done
        sources.hold(tx, one.document_id)
    ids = [one.document_id for one in batch]
    rows = select(ReadingRow.document_id, ReadingRow.fingerprint)
    known = {
        row.document_id: row.fingerprint
        for row in tx.execute(rows.where(ReadingRow.document_id.in_(ids)))
    }
    undone = [one for one in batch if known.get(one.document_id) != fingerprint]
    stale = [one.document_id for one in undone if one.document_id in known]
    connection = tx.connection()  # past the mapping, which would cost more than the rows
    if stale:
        for table in (_EVIDENCE, _READINGS):
            connection.execute(delete(table).where(table.c.document_id.in_(stale)))
    if undone:
        connection.execute(insert(_READINGS), [_reading(one, fingerprint) for one in undone])
    _keep_evidence(connection, undone)


def _keep_evidence(connection: Connection, batch: Sequence[Outcome]) -> None:
    rows = [row for one in batch for row in one.evidence]
    if not rows:
        return
    ids = connection.execute(
        insert(_EVIDENCE).returning(_EVIDENCE.c.id, sort_by_parameter_order=True), rows
    ).scalars()
    about = (matches for one in batch for matches in one.matches)
    matches = [
        {"evidence_id": evidence, "problem_id": problem, "probability": probability}
        for evidence, found in zip(ids, about, strict=True)
        for problem, probability in found.items()
    ]
    if matches:
        connection.execute(insert(_MATCHES), matches)


def _reading(one: Outcome, fingerprint: str) -> dict[str, object]:
    return {
        "document_id": one.document_id,
        "fingerprint": fingerprint,
        "sentences": one.sentences,
        "characters": one.characters,
    }
