"""What one may ask about deals of a CRM: those not taken up, and those that we follow."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from unsolved.db import chunks
from unsolved.deals.changes import Action, Changed
from unsolved.deals.crm import Deal, Where, deal_of
from unsolved.deals.model import Head
from unsolved.deals.parts import PartKind, as_part
from unsolved.deals.tables import ActionRow, ChangeRow, OpportunityRow
from unsolved.sources.records import RecordKind
from unsolved.sources.tables import OrganisationRow, RecordRow, SourceRow

Place = tuple[int, str]
"""A source, and what it calls a deal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Untaken:
    """Which deals of a CRM are wanted among those that are no opportunity yet."""

    where: Where | None = None
    source_id: int | None = None
    owner: str = ""
    text: str = ""
    is_placed: bool = False
    """Only those of which we know whose they are."""


_CLOSED = func.coalesce(RecordRow.facts["is_closed"].as_boolean(), False)
_WON = func.coalesce(RecordRow.facts["is_won"].as_boolean(), False)


def untaken(tx: Session, wanted: Untaken, limit: int, offset: int = 0) -> list[Deal]:
    """Return deals that are no opportunity yet: open ones first, the newest first."""
    query = _deals(wanted, _sources(tx, wanted))
    over = or_(_CLOSED, _WON)
    rows = tx.execute(
        query.order_by(over, RecordRow.at.desc().nulls_last(), RecordRow.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_deal(row) for row in rows]


def count_untaken(tx: Session, wanted: Untaken) -> int:
    """Return how many deals are no opportunity yet."""
    chosen = _deals(wanted, _sources(tx, wanted)).subquery()
    return tx.scalar(select(func.count()).select_from(chosen)) or 0


def deals_at(tx: Session, places: Iterable[Place]) -> list[Deal]:
    """Return the deals that sources call so, taken up or not, in the order asked for."""
    by_source: dict[int, list[str]] = defaultdict(list)
    wanted = list(dict.fromkeys(places))
    for source_id, key in wanted:
        by_source[source_id].append(key)
    found: dict[Place, Deal] = {}
    for source_id, keys in by_source.items():
        for part in chunks(keys):
            some = RecordRow.key.in_(part)
            for row in tx.execute(_select([source_id]).where(some)):
                deal = _deal(row)
                found[deal.place] = deal
    return [found[place] for place in wanted if place in found]


def taken(tx: Session, places: Sequence[Place]) -> dict[Place, int]:
    """Return which deals are an opportunity already, removed ones too, and which one."""
    found = {}
    for source_id, key in places:
        known = tx.scalar(
            select(OpportunityRow.id).where(
                OpportunityRow.source_id == source_id, OpportunityRow.deal_key == key
            )
        )
        if known is not None:
            found[source_id, key] = known
    return found


def followed(
    tx: Session, opportunity_id: int | None = None
) -> list[tuple[int, Head, Deal | None]]:
    """Return the opportunities that came from a CRM, each with its deal as it is there now.

    The deal is None where the CRM has it no longer. With an id only that one.
    """
    # By their sources, since the index begins with them.
    which = (
        OpportunityRow.id == opportunity_id
        if opportunity_id is not None
        else OpportunityRow.source_id.in_(list(sources_with_deals(tx)))
    )
    rows = tx.execute(
        select(OpportunityRow.id, OpportunityRow.head).where(
            which,
            OpportunityRow.deal_key != "",
            OpportunityRow.is_removed.is_(False),
        )
    ).all()
    heads = [(row.id, _head(row.head)) for row in rows]
    places = [(head.source_id or 0, head.deal_key) for _, head in heads]
    deals = {deal.place: deal for deal in deals_at(tx, places)}
    return [
        (number, head, deals.get(place))
        for (number, head), place in zip(heads, places, strict=True)
    ]


def head_changes(tx: Session, ids: Sequence[int]) -> dict[int, list[Action]]:
    """Return what was done to the heads of opportunities, of each the latest first."""
    found: dict[int, list[Action]] = {one: [] for one in ids}
    for part in chunks(ids):
        rows = tx.execute(
            select(ActionRow, ChangeRow.before, ChangeRow.after)
            .join(ChangeRow, ChangeRow.action_id == ActionRow.id)
            .where(
                ActionRow.opportunity_id.in_(part),
                ChangeRow.kind == PartKind.HEAD,
            )
            .order_by(ActionRow.id.desc())
        )
        for row, before, after in rows:
            changed = Changed(kind=PartKind.HEAD, number=0, before=before, after=after)
            found[row.opportunity_id].append(
                Action(
                    id=row.id,
                    opportunity_id=row.opportunity_id,
                    at=row.at,
                    by=row.by,
                    what=row.what,
                    why=row.why,
                    undoes=row.undoes_id,
                    undone_by=row.undone_by_id,
                    changed=(changed,),
                )
            )
    return found


def owners(tx: Session) -> list[str]:
    """Return who owns deals that are no opportunity yet, by alphabet."""
    owner = RecordRow.facts["owner"].as_string()
    chosen = _deals(Untaken(), _sources(tx, Untaken())).with_only_columns(owner).distinct()
    return sorted(one for one in tx.scalars(chosen) if one)


def sources_with_deals(tx: Session) -> dict[int, str]:
    """Return the sources that have deals, with their names."""
    found = exists().where(
        RecordRow.source_id == SourceRow.id, RecordRow.kind == RecordKind.DEAL
    )
    rows = tx.execute(
        select(SourceRow.id, SourceRow.name)
        .where(SourceRow.is_removed.is_(False), found)
        .order_by(SourceRow.name)
    )
    return {row.id: row.name for row in rows}


def _sources(tx: Session, wanted: Untaken) -> list[int]:
    """Return in which sources to look: the index of records begins with them."""
    known = sources_with_deals(tx)
    if wanted.source_id is None:
        return list(known)
    return [wanted.source_id] if wanted.source_id in known else []


def _select(source_ids: Sequence[int]) -> Any:  # noqa: ANN401 (a select)
    return (
        select(
            RecordRow.id,
            RecordRow.source_id,
            RecordRow.key,
            RecordRow.title,
            RecordRow.facts,
            RecordRow.organisation_id,
            OrganisationRow.name.label("organisation"),
            SourceRow.name.label("source"),
        )
        .join(SourceRow, SourceRow.id == RecordRow.source_id)
        .outerjoin(OrganisationRow, OrganisationRow.id == RecordRow.organisation_id)
        .where(
            RecordRow.source_id.in_(source_ids),
            RecordRow.kind == RecordKind.DEAL,
            RecordRow.is_current,
        )
    )


def _deals(wanted: Untaken, source_ids: Sequence[int]) -> Any:  # noqa: ANN401 (a select)
    return _select(source_ids).where(*_conditions(wanted))


def _conditions(wanted: Untaken) -> Iterator[ColumnElement[bool]]:
    yield ~exists().where(
        OpportunityRow.source_id == RecordRow.source_id,
        OpportunityRow.deal_key == RecordRow.key,
    )
    if wanted.where is Where.OPEN:
        yield and_(~_CLOSED, ~_WON)
    elif wanted.where is Where.WON:
        yield _WON
    elif wanted.where is Where.LOST:
        yield and_(_CLOSED, ~_WON)
    if wanted.is_placed:
        yield RecordRow.organisation_id.is_not(None)
    if wanted.owner:
        yield RecordRow.facts["owner"].as_string() == wanted.owner
    if text := wanted.text.strip():
        yield or_(
            RecordRow.title.icontains(text, autoescape=True),
            OrganisationRow.name.icontains(text, autoescape=True),
        )


def _deal(row: Any) -> Deal:  # noqa: ANN401 (SQLAlchemy's row)
    return deal_of(
        row.facts,
        record_id=row.id,
        source_id=row.source_id,
        source=row.source,
        key=row.key,
        name=row.title,
        organisation_id=row.organisation_id,
        organisation=row.organisation or "",
    )


def _head(facts: Mapping[str, Any]) -> Head:
    head = as_part(PartKind.HEAD, facts)
    assert isinstance(head, Head)
    return head
