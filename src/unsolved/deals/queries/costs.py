"""What nothing changing costs: what was counted once is not counted again."""

from collections.abc import Iterable
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from unsolved.db import chunks
from unsolved.deals import inaction
from unsolved.deals.model import Cost, Opportunity
from unsolved.deals.tables import CostRow
from unsolved.problems import Library


def costs(tx: Session, known: Iterable[Opportunity], library: Library) -> dict[int, Cost]:
    """Return what nothing changing costs a year, by opportunity, where it can be counted."""
    by_key = keys(known, library)
    kept = kept_costs(tx, by_key)
    found: dict[int, Cost] = {}
    for key, alike in by_key.items():
        cost = kept[key] if key in kept else count(alike[0], library)
        if cost is not None:
            found |= {one.id: cost for one in alike}
    return found


def keys(known: Iterable[Opportunity], library: Library) -> dict[str, list[Opportunity]]:
    """Return opportunities by the key of all that goes into their cost."""
    found: dict[str, list[Opportunity]] = {}
    for one in known:
        key = inaction.key_of(one.inputs, one.choice, library.find(one.head.problem_id))
        found.setdefault(key, []).append(one)
    return found


def kept_costs(tx: Session, wanted: Iterable[str]) -> dict[str, Cost]:
    """Return the costs that were counted before, by key."""
    asked = sorted(wanted)
    found: dict[str, Cost] = {}
    for part in chunks(asked):
        rows = tx.execute(select(CostRow.key, CostRow.cost).where(CostRow.key.in_(part)))
        found |= {key: adapter().validate_python(facts) for key, facts in rows}
    return found


def count(one: Opportunity, library: Library) -> Cost | None:
    """Return what nothing changing costs, counted now; None where it cannot be counted."""
    return inaction.cost_of(one, library.find(one.head.problem_id)).cost


@cache
def adapter() -> TypeAdapter[Cost]:
    """Return what turns a cost into plain data and back."""
    return TypeAdapter(Cost)
