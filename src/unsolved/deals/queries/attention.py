"""What was worked out of deals: the lists of today, and which of it is out of date."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from unsolved.deals.model import Stage
from unsolved.deals.parts import PartKind
from unsolved.deals.queries.waiting import marks, standing
from unsolved.deals.tables import AttentionRow, OpportunityRow, PartRow
from unsolved.deals.today import Brief, Listed, Whose, items_of, told
from unsolved.sources.tables import OrganisationRow

OPEN = (Stage.PROVOKE, Stage.PROGRESS, Stage.PARTNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """When what a list holds was worked out: the oldest of it; None of an empty list."""

    at: datetime | None
    count: int


def attending(
    tx: Session, whose: Whose, seller: str = "", limit: int = 12, offset: int = 0
) -> list[Listed]:
    """Return what deserves attention, most first; with a seller only theirs."""
    return attending_at(tx, whose, _head(tx, whose, seller, limit, offset))


def attending_at(tx: Session, whose: Whose, ids: Sequence[int]) -> list[Listed]:
    """Return what deserves attention of the deals asked for, most first."""
    if not ids:
        return []
    query = _rows().where(AttentionRow.opportunity_id.in_(ids), *_on_list(whose, ""))
    return _listed(tx.execute(query.order_by(*_order(whose))), whose)


def attending_briefly(
    tx: Session, whose: Whose, seller: str = "", limit: int = 5_000
) -> list[Brief]:
    """Return in brief what deserves attention, most first: one line a deal."""
    told = AttentionRow.facts["brief"][whose.value]
    rows = tx.execute(
        select(
            AttentionRow.opportunity_id,
            OpportunityRow.seller,
            OpportunityRow.name,
            _weight(whose),
            *(told[name].as_string() for name in ("text", "do", "pattern")),
        )
        .join(OpportunityRow, OpportunityRow.id == AttentionRow.opportunity_id)
        .where(AttentionRow.opportunity_id.in_(_head(tx, whose, seller, limit)))
        .order_by(*_order(whose))
    )
    return [
        Brief(
            opportunity_id=number,
            seller=owner,
            name=name,
            hours=hours or 0.0,
            text=text or "",
            do=do or "",
            pattern=pattern or "",
        )
        for number, owner, name, hours, text, do, pattern in rows
    ]


def attending_as_of(tx: Session, whose: Whose, seller: str = "") -> AsOf:
    """Return how many deals deserve attention, and since when at the latest that is known."""
    row = tx.execute(
        select(func.min(AttentionRow.worked_out_at), func.count()).where(
            *_on_list(whose, seller)
        )
    ).one()
    return AsOf(at=row[0], count=row[1])


def out_of_date(tx: Session, whose: Whose, seller: str, now: datetime, limit: int) -> list[int]:
    """Return deals that a list shows, or that may come onto it, and that changed since.

    First those that were changed, then those at its head that were not worked out today.
    """
    since = _day_of(now)
    mine = (AttentionRow.seller == seller,) if seller else ()
    changed = tx.scalars(
        select(AttentionRow.opportunity_id)
        .where(AttentionRow.is_stale.is_(True), *mine)
        .order_by(AttentionRow.opportunity_id)
        .limit(limit)
    ).all()
    head = tx.execute(
        select(AttentionRow.opportunity_id, AttentionRow.worked_out_at)
        .where(*_on_list(whose, seller))
        .order_by(*_order(whose))
        .limit(limit)
    )
    old = [number for number, at in head if at < since]
    return list(dict.fromkeys([*changed, *old]))[:limit]


def not_yet(tx: Session, seller: str, limit: int) -> list[int]:
    """Return open deals of which nothing was worked out yet, the latest opened first."""
    rows = tx.scalars(
        select(OpportunityRow.id)
        .outerjoin(AttentionRow, AttentionRow.opportunity_id == OpportunityRow.id)
        .where(
            OpportunityRow.stage.in_(OPEN),
            OpportunityRow.is_removed.is_(False),
            AttentionRow.opportunity_id.is_(None),
            *((OpportunityRow.seller == seller,) if seller else ()),
        )
        .order_by(OpportunityRow.id.desc())
        .limit(limit)
    )
    return list(rows)


def is_any(tx: Session) -> bool:
    """Return whether there ever was an opportunity."""
    return tx.scalar(select(func.max(OpportunityRow.id))) is not None


def stale(tx: Session, now: datetime) -> list[int]:
    """Return which deals are to be worked out again, by their ids.

    Open ones that never were, that were changed, that were not today, or around which a record
    or a fact of a talk came or went. Decided ones that were changed, that stand on a list and
    were not worked out today, or that are new with something to tell.
    """
    rows = tx.execute(
        select(
            OpportunityRow.id,
            OpportunityRow.organisation_id,
            AttentionRow.worked_out_at,
            or_(
                AttentionRow.is_stale.is_(True),
                OpportunityRow.changed_at > AttentionRow.worked_out_at,
            ),
            AttentionRow.facts["mark"].as_string(),
        )
        .outerjoin(AttentionRow, AttentionRow.opportunity_id == OpportunityRow.id)
        .where(
            OpportunityRow.stage.in_(OPEN),
            # One that was removed leaves the lists, and need not come back to them.
            or_(OpportunityRow.is_removed.is_(False), AttentionRow.is_stale.is_(True)),
        )
    ).all()
    since = _day_of(now)
    found = {row[0] for row in rows if row[2] is None or row[3] or row[2] < since}
    rest = [row for row in rows if row[0] not in found]
    now_is = standing(tx, (row[1] for row in rest))
    known = marks(tx, sorted(set(now_is.values())))
    found |= {row[0] for row in rest if known[now_is[row[1]]] != row[4]}
    found |= set(tx.scalars(_decided(now, since)))
    return sorted(found)


def _decided(now: datetime, since: datetime) -> Select[int]:
    """Select decided deals that are to be worked out again."""
    watched = exists().where(
        PartRow.opportunity_id == OpportunityRow.id, PartRow.kind == PartKind.TRIGGER
    )
    lately = now.date() - timedelta(days=told().limits.debrief)
    is_new = and_(
        AttentionRow.opportunity_id.is_(None),
        OpportunityRow.is_removed.is_(False),
        or_(OpportunityRow.decided_on >= lately, watched),
    )
    is_old = and_(
        AttentionRow.worked_out_at < since,
        or_(AttentionRow.weight.is_not(None), AttentionRow.manager_weight.is_not(None)),
    )
    return (
        select(OpportunityRow.id)
        .outerjoin(AttentionRow, AttentionRow.opportunity_id == OpportunityRow.id)
        .where(
            OpportunityRow.stage == Stage.DECIDED,
            or_(is_new, is_old, AttentionRow.is_stale.is_(True)),
        )
    )


def _head(tx: Session, whose: Whose, seller: str, limit: int, offset: int = 0) -> Sequence[int]:
    """Return the deals at the head of a list; apart, so that no more is read of the others."""
    return tx.scalars(
        select(AttentionRow.opportunity_id)
        .where(*_on_list(whose, seller))
        .order_by(*_order(whose))
        .limit(limit)
        .offset(offset)
    ).all()


def _rows() -> Select[Any]:
    return (
        select(
            AttentionRow.opportunity_id,
            AttentionRow.facts,
            OpportunityRow.seller,
            OpportunityRow.name,
            OpportunityRow.worth,
            OpportunityRow.currency,
            OrganisationRow.name.label("organisation"),
        )
        .join(OpportunityRow, OpportunityRow.id == AttentionRow.opportunity_id)
        .join(OrganisationRow, OrganisationRow.id == OpportunityRow.organisation_id)
    )


def _listed(rows: Iterable[Row[Any]], whose: Whose) -> list[Listed]:
    found = []
    for row in rows:
        items = items_of(row.facts, whose)
        if items:
            found.append(
                Listed(
                    opportunity_id=row.opportunity_id,
                    seller=row.seller,
                    item=items[0],
                    more=items[1:],
                    name=row.name,
                    organisation=row.organisation,
                    worth=row.worth,
                    currency=row.currency,
                )
            )
    return found


def _on_list(whose: Whose, seller: str) -> Iterator[ColumnElement[bool]]:
    # That it is above nothing lets a database go along the index of weights.
    yield _weight(whose) > 0
    if seller:
        yield AttentionRow.seller == seller


def _weight(whose: Whose) -> ColumnElement[float | None]:
    seller, manager = AttentionRow.weight, AttentionRow.manager_weight
    return (seller if whose is Whose.SELLER else manager).expression


def _order(whose: Whose) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return _weight(whose).desc(), AttentionRow.opportunity_id.asc()


def _day_of(now: datetime) -> datetime:
    """Return when the day of a moment began, where that moment was told."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
