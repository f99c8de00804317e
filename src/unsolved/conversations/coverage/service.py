"""What can be done with talks: kept, read again, taken away, and their facts decided on."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from unsolved.conversations.coverage.kept import About, State, of_said, of_talk, of_told
from unsolved.conversations.coverage.model import Coverage, Fact, FactKind, Talk
from unsolved.conversations.coverage.sides import Told
from unsolved.conversations.coverage.tables import CallRow, FactRow
from unsolved.errors import NotFound

LONGEST_TITLE = 300


def keep_call(
    tx: Session,
    covered: Coverage,
    *,
    now: datetime,
    about: About,
) -> int:
    """Keep a talk with its acts, propose its facts, and return its id.

    One that is kept already is covered anew; if it was taken away, it comes back.
    """
    digest = digest_of(covered.talk)
    known = tx.scalar(select(CallRow).where(CallRow.digest == digest))
    if known is None:
        known = CallRow(
            digest=digest,
            title=covered.talk.title[:LONGEST_TITLE],
            medium=covered.talk.medium,
            held_on=covered.talk.day,
            language=covered.talk.language,
            kept_at=now,
            count=len(covered.talk.turns),
            talk=of_talk(covered.talk),
        )
        tx.add(known)
    known.is_removed = False
    known.organisation_id = about.organisation_id or known.organisation_id
    known.document_id = about.document_id or known.document_id
    known.problem_id = about.problem_id or known.problem_id
    _cover(tx, known, covered, about.told)
    return known.id


def cover_again(
    tx: Session, call_id: int, covered: Coverage, *, told: Told, problem_id: str | None
) -> None:
    """Keep what was read anew of a talk; what was decided on stays decided.

    Raises:
        NotFound: there is no such talk.
    """
    row = _row(tx, call_id)
    row.problem_id = problem_id
    _cover(tx, row, covered, told)


def place_call(tx: Session, call_id: int, organisation_id: int | None) -> None:
    """Say with which organisation a talk was.

    Raises:
        NotFound: there is no such talk.
    """
    _row(tx, call_id).organisation_id = organisation_id


def decide(tx: Session, fact_id: int, state: State, now: datetime) -> int:
    """Accept a fact or not, or take that back; return of which talk it is.

    Raises:
        NotFound: there is no such fact.
    """
    row = tx.get(FactRow, fact_id)
    if row is None:
        raise NotFound(fact=fact_id)
    row.state = state
    row.decided_at = None if state is State.PROPOSED else now
    return row.call_id


def remove_call(tx: Session, call_id: int) -> None:
    """Take a talk away; it can be brought back.

    Raises:
        NotFound: there is no such talk.
    """
    _row(tx, call_id).is_removed = True


def restore_call(tx: Session, call_id: int) -> None:
    """Bring a talk back that was taken away.

    Raises:
        NotFound: there is no such talk.
    """
    _row(tx, call_id).is_removed = False


def digest_of(talk: Talk) -> str:
    """Return what is the same exactly when the same people said the same words on one day."""
    said = repr((str(talk.day), [(turn.speaker, turn.text) for turn in talk.turns]))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _row(tx: Session, call_id: int) -> CallRow:
    row = tx.get(CallRow, call_id)
    if row is None:
        raise NotFound(conversation=call_id)
    return row


def _cover(tx: Session, row: CallRow, covered: Coverage, told: Told) -> None:
    row.reader, row.said, row.told = covered.reader, of_said(covered.said), of_told(told)
    tx.flush()
    tx.execute(
        delete(FactRow).where(FactRow.call_id == row.id, FactRow.state == State.PROPOSED)
    )
    decided = tx.scalars(select(FactRow).where(FactRow.call_id == row.id))
    known = {_key(one.kind, one.turn, one.detail) for one in decided}
    tx.add_all(_rows(row.id, covered.facts, known))
    tx.flush()


def _rows(call_id: int, facts: Iterable[Fact], known: set[object]) -> Iterable[FactRow]:
    for fact in facts:
        if _key(fact.kind, fact.words.turn, fact.detail) not in known:
            yield FactRow(
                call_id=call_id,
                kind=fact.kind,
                turn=fact.words.turn,
                sentence=fact.words.sentence,
                speaker=fact.words.speaker,
                quote=fact.words.text,
                detail=fact.detail,
                topic=fact.topic.value if fact.topic else None,
                state=State.PROPOSED,
            )


def _key(kind: FactKind, turn: int, detail: str) -> object:
    return kind, turn, detail
