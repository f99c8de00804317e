"""What deserves attention is worked out and kept, so that lists need not think."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from unsolved.db import Base
from unsolved.deals.model import Opportunity
from unsolved.deals.queries.attention import not_yet, out_of_date
from unsolved.deals.queries.costs import adapter, count, kept_costs, keys
from unsolved.deals.queries.situations import surrounded
from unsolved.deals.queries.track import Past, decided
from unsolved.deals.queries.waiting import marks, standing, waiting
from unsolved.deals.queries.whole import opportunities
from unsolved.deals.tables import AttentionRow, CostRow, OpportunityRow
from unsolved.deals.today import NONE_WAITING, Whose, as_facts, attention, look
from unsolved.problems import Library

AT_ONCE = 1
"""So many are worked out while somebody waits, before it is asked whether that is enough."""

ON_A_PAGE = 12
"""So many deals at most are worked out while somebody waits for a page."""


@dataclass(frozen=True, slots=True)
class Freshened:
    """How many deals of a list were worked out just now, and how many are as they were."""

    done: int
    left: int


def freshen(
    tx: Session,
    which: tuple[Whose, str],
    library: Library,
    now: datetime,
    *,
    enough: Callable[[], bool] = lambda: False,
) -> Freshened:
    """Work out what a list is about to show and that changed since, until it is ``enough``.

    ``which`` is whose list it is, and of which seller, empty for all. What was changed comes
    first, then what was not worked out today; the first of it is worked out in any case.
    """
    ids = out_of_date(tx, *which, now, ON_A_PAGE)
    ids = [*ids, *not_yet(tx, which[1], ON_A_PAGE - len(ids))]
    past = decided(tx) if ids else []
    done = 0
    while done < len(ids) and (not enough() or not done):
        done += len(some := ids[done : done + AT_ONCE])
        work_out(tx, some, library, now, past)
    return Freshened(done, len(ids) - done)


def work_out(
    tx: Session,
    ids: Sequence[int],
    library: Library,
    now: datetime,
    past: Sequence[Past] | None = None,
) -> int:
    """Work out what deserves attention of deals, keep it, and return of how many.

    ``past`` are the deals that were decided, for who asks many times.
    """
    # What is changed meanwhile waits for us, and is out of date again after.
    held = select(OpportunityRow.id).where(OpportunityRow.id.in_(ids)).with_for_update()
    known = opportunities(tx, sorted(tx.scalars(held)))
    keep_costs(tx, known, library, now)
    rows = list(_rows(tx, known, library, now, past))
    _put(tx, AttentionRow, rows)
    return len(rows)


def keep_costs(
    tx: Session, known: Sequence[Opportunity], library: Library, now: datetime
) -> int:
    """Count the costs of inaction that were not counted yet, keep them, return how many."""
    by_key = keys(known, library)
    kept = kept_costs(tx, by_key)
    counted = {
        key: cost
        for key, alike in by_key.items()
        if key not in kept and (cost := count(alike[0], library)) is not None
    }
    rows = [
        {"key": key, "counted_at": now, "cost": adapter().dump_python(cost, mode="json")}
        for key, cost in counted.items()
    ]
    _put(tx, CostRow, rows)
    return len(rows)


def _rows(
    tx: Session,
    known: Sequence[Opportunity],
    library: Library,
    now: datetime,
    past: Sequence[Past] | None,
) -> Iterator[dict[str, Any]]:
    now_is = standing(tx, (one.head.organisation_id for one in known))
    around = sorted(set(now_is.values()))
    waits, mark = waiting(tx, around), marks(tx, around)
    for one in surrounded(tx, known, library, now, past=past):
        head = one.opportunity.head
        where = now_is[head.organisation_id]
        found = look(one, waits.get(where, NONE_WAITING))
        worth_doing = attention(found)
        yield {
            "opportunity_id": one.opportunity.id,
            "worked_out_at": now,
            "is_stale": False,
            "seller": head.seller,
            "weight": worth_doing.weight(Whose.SELLER),
            "manager_weight": worth_doing.weight(Whose.MANAGER),
            "facts": as_facts(found, worth_doing, mark[where]),
        }


def _put(
    tx: Session, table: type[AttentionRow | CostRow], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Write rows, over those that are there: two may work out the same at once."""
    if not rows:
        return
    kept = Base.metadata.tables[table.__tablename__]
    primary = [column.name for column in kept.primary_key]
    is_postgres = tx.get_bind().dialect.name == "postgresql"
    inserted = (postgresql.insert if is_postgres else sqlite.insert)(kept)
    others = {name: inserted.excluded[name] for name in rows[0] if name not in primary}
    tx.execute(
        inserted.on_conflict_do_update(index_elements=primary, set_=others),
        [dict(row) for row in rows],
    )
    for one in tx.identity_map.values():  # what was read before is no longer so
        if isinstance(one, table):
            tx.expire(one)
