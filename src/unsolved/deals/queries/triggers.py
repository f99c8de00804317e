"""What became known of the organisations of deals that rest, since they were left."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from unsolved import evidence
from unsolved.db import chunks
from unsolved.deals.model import DORMANT, Opportunity, Trigger, TriggerKind
from unsolved.deals.parts import PartKind
from unsolved.deals.queries.newcomers import newcomers
from unsolved.deals.queries.situations import organisations_of
from unsolved.deals.queries.whole import opportunities
from unsolved.deals.tables import ActionRow, ChangeRow, OpportunityRow, PartRow
from unsolved.deals.triggers import News, Piece, awake, told, watching
from unsolved.evidence import Assertion, Facet
from unsolved.evidence.tables import EvidenceRow, MatchRow
from unsolved.sources.tables import DocumentRow

UNSOLVED = "unsolved"
"""Who fires triggers, as the history of a deal names them."""

_TEXTUAL = (TriggerKind.EVIDENCE, TriggerKind.FAILED_ALTERNATIVE, TriggerKind.EXECUTIVE)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is asked of the database for some deals at once."""

    since: Mapping[int, date]
    problems: Collection[str]
    has_executive: bool
    has_failure: bool


def resting_deals(tx: Session, *, limit: int = 100, offset: int = 0) -> list[Opportunity]:
    """Return deals that rest, whole, those left last first."""
    ids = tx.scalars(
        select(OpportunityRow.id)
        .where(_rests())
        .order_by(OpportunityRow.decided_on.desc(), OpportunityRow.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return opportunities(tx, list(ids))


def woken_deals(tx: Session) -> list[Opportunity]:
    """Return deals that rest and of which a trigger fired that nobody dealt with, whole.

    What fired last comes first.
    """
    fired_on = PartRow.facts["fired_on"].as_string()
    ids = tx.scalars(
        select(OpportunityRow.id)
        .join(PartRow, PartRow.opportunity_id == OpportunityRow.id)
        .where(_rests(), PartRow.kind == PartKind.TRIGGER, fired_on.is_not(None))
        .group_by(OpportunityRow.id)
        .order_by(func.max(fired_on).desc(), OpportunityRow.id)
    )
    return [one for one in opportunities(tx, list(ids)) if awake(one)]


def count_resting(tx: Session) -> int:
    """Return how many deals rest."""
    query = select(func.count()).select_from(OpportunityRow).where(_rests())
    return tx.scalar(query) or 0


def watched(tx: Session, *, after: int = 0, limit: int = 200) -> list[Opportunity]:
    """Return deals that rest and have a trigger, in order of their ids, those after one."""
    ids = tx.scalars(
        select(OpportunityRow.id)
        .where(_rests(), OpportunityRow.id > after)
        .where(
            select(PartRow.number)
            .where(PartRow.opportunity_id == OpportunityRow.id)
            .where(PartRow.kind == PartKind.TRIGGER)
            .exists()
        )
        .order_by(OpportunityRow.id)
        .limit(limit)
    )
    return opportunities(tx, list(ids))


def news(tx: Session, known: Sequence[Opportunity]) -> dict[int, News]:
    """Return what became known since for each of some deals, by its id.

    However many deals they are, it takes a few statements. An organisation that was merged is
    looked up as who it is now.
    """
    standing = organisations_of(tx, known)
    place = {one.id: standing[one.head.organisation_id].id for one in known}
    texts = [one for one in known if _kinds(one) & set(_TEXTUAL)]
    people = sorted({place[one.id] for one in known if TriggerKind.EXECUTIVE in _kinds(one)})
    pieces = _pieces(tx, _sought(texts, place))
    came = newcomers(tx, people)
    return {
        one.id: News(tuple(pieces.get(place[one.id], ())), tuple(came.get(place[one.id], ())))
        for one in known
    }


def declined(tx: Session, ids: Sequence[int]) -> dict[tuple[int, int], set[str]]:
    """Return why triggers fired where a person took that back, by deal and number."""
    rows = tx.execute(
        select(ActionRow.opportunity_id, ChangeRow.number, ChangeRow.after)
        .join(ActionRow, ActionRow.id == ChangeRow.action_id)
        .where(
            ActionRow.opportunity_id.in_(ids),
            ActionRow.by == UNSOLVED,
            ActionRow.undone_by_id.is_not(None),
            ChangeRow.kind == PartKind.TRIGGER,
        )
    )
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for one, number, after in rows:
        if after is not None:
            found[one, number].add(str(after.get("why") or ""))
    return found


def _rests() -> ColumnElement[bool]:
    rests = OpportunityRow.outcome.in_(DORMANT)
    return rests & OpportunityRow.is_removed.is_(False)


def _kinds(known: Opportunity) -> set[TriggerKind]:
    return {one.kind for one in watching(known).values()}


def _since(known: Opportunity) -> date:
    triggers: Collection[Trigger] = watching(known).values()
    left = known.head.decided_on or known.head.opened_on
    return min((one.since or left for one in triggers), default=left)


def _sought(known: Sequence[Opportunity], place: Mapping[int, int]) -> _Sought:
    since: dict[int, date] = {}
    for one in known:
        at = place[one.id]
        since[at] = min(since.get(at, date.max), _since(one))
    kinds = {kind for one in known for kind in _kinds(one)}
    return _Sought(
        since=since,
        problems={one.head.problem_id for one in known},
        has_executive=TriggerKind.EXECUTIVE in kinds,
        has_failure=TriggerKind.FAILED_ALTERNATIVE in kinds,
    )


def _pieces(tx: Session, sought: _Sought) -> dict[int, list[Piece]]:
    """Return the pieces of evidence that came since, by organisation, the newest ones."""
    received: dict[int, date] = {}
    most = told()["limits"]["pieces"]
    for some in chunks(sorted(sought.since)):
        held: dict[int, int] = defaultdict(int)
        for one, place, at in _came(tx, some, sought):
            if at.date() >= sought.since[place] and held[place] < most:
                held[place] += 1
                received[one] = at.date()
    found: dict[int, list[Piece]] = defaultdict(list)
    for some in chunks(sorted(received)):
        pieces = evidence.by_ids(tx, some)
        first = _first_said(tx, {piece.organisation_id for piece in pieces}, pieces)
        for piece in pieces:
            came = received[piece.id]
            is_repeat = first.get((piece.organisation_id, piece.statement), came) < came
            found[piece.organisation_id].append(Piece(piece, came, is_repeat))
    return found


def _came(
    tx: Session, places: Sequence[int], sought: _Sought
) -> Iterator[tuple[int, int, datetime]]:
    first = min(sought.since[one] for one in places)
    since = datetime.combine(first, time(), UTC)
    matches = (
        select(MatchRow.evidence_id)
        .where(MatchRow.evidence_id == EvidenceRow.id)
        .where(MatchRow.problem_id.in_(sought.problems))
        .where(MatchRow.probability >= told()["evidence"]["match"])
        .exists()
    )
    rows = tx.execute(
        select(EvidenceRow.id, DocumentRow.organisation_id, DocumentRow.received_at)
        .join(DocumentRow, DocumentRow.id == EvidenceRow.document_id)
        .where(
            DocumentRow.organisation_id.in_(places),
            DocumentRow.is_current,
            DocumentRow.received_at >= since,
            EvidenceRow.assertion == Assertion.ACTUAL,
            or_(matches, *_besides(sought)),
        )
        .order_by(DocumentRow.received_at.desc(), EvidenceRow.id.desc())
    )
    for row in rows:
        yield row.id, row.organisation_id, row.received_at


def _besides(sought: _Sought) -> Iterator[ColumnElement[bool]]:
    """Yield what else is looked at: failures by name, and who came."""
    if sought.has_failure:
        yield cast(EvidenceRow.labels, Text).contains(f'"{Facet.FAILURE.value}"')
    if sought.has_executive:
        low = func.lower(EvidenceRow.quote)
        for word in told()["titles"]["arrival_words"]:
            yield low.contains(word)


def _first_said(
    tx: Session, places: Collection[int], pieces: Sequence[evidence.Evidence]
) -> dict[tuple[int, str], date]:
    """Return when each statement first came, of the organisation that makes it."""
    rows = tx.execute(
        select(
            DocumentRow.organisation_id,
            EvidenceRow.statement,
            func.min(DocumentRow.received_at),
        )
        .join(DocumentRow, DocumentRow.id == EvidenceRow.document_id)
        .where(
            EvidenceRow.statement.in_({one.statement for one in pieces}),
            DocumentRow.organisation_id.in_(places),
        )
        .group_by(DocumentRow.organisation_id, EvidenceRow.statement)
    )
    return {(place, statement): at.date() for place, statement, at in rows}
