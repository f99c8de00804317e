"""What one may ask about an opportunity: what it is now, and what was done to it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from unsolved.deals.changes import Action, Changed
from unsolved.deals.model import Opportunity
from unsolved.deals.parts import Part, PartKind, as_part, assembled
from unsolved.deals.tables import ActionRow, ChangeRow, OpportunityRow, PartRow


def opportunity(tx: Session, opportunity_id: int) -> Opportunity | None:
    """Return an opportunity whole, also one that is decided or removed."""
    return next(iter(opportunities(tx, [opportunity_id])), None)


def opportunities(tx: Session, ids: Sequence[int]) -> list[Opportunity]:
    """Return opportunities whole, in the order asked for; those that are none are left out."""
    heads = tx.execute(
        select(OpportunityRow.id, OpportunityRow.head).where(OpportunityRow.id.in_(ids))
    )
    parts: dict[int, dict[tuple[PartKind, int], Part]] = defaultdict(dict)
    for number, head in heads:
        parts[number][PartKind.HEAD, 0] = as_part(PartKind.HEAD, head)
    rows = tx.execute(
        select(PartRow.opportunity_id, PartRow.kind, PartRow.number, PartRow.facts).where(
            PartRow.opportunity_id.in_(ids)
        )
    )
    for one, kind, number, facts in rows:
        parts[one][kind, number] = as_part(kind, facts)
    return [assembled(one, parts[one]) for one in ids if one in parts]


def history(tx: Session, opportunity_id: int, limit: int = 500) -> list[Action]:
    """Return what was done to an opportunity, the latest first, with all that it changed."""
    rows = tx.scalars(
        select(ActionRow)
        .where(ActionRow.opportunity_id == opportunity_id)
        .order_by(ActionRow.id.desc())
        .limit(limit)
    ).all()
    changed = _changed(tx, [row.id for row in rows])
    return [_action(row, changed.get(row.id, ())) for row in rows]


def action(tx: Session, action_id: int) -> Action | None:
    """Return something that was done, with all that it changed."""
    row = tx.get(ActionRow, action_id)
    return _action(row, _changed(tx, [row.id]).get(row.id, ())) if row else None


def _changed(tx: Session, ids: Sequence[int]) -> dict[int, list[Changed]]:
    found: dict[int, list[Changed]] = defaultdict(list)
    rows = tx.scalars(
        select(ChangeRow).where(ChangeRow.action_id.in_(ids)).order_by(ChangeRow.id)
    )
    for row in rows:
        found[row.action_id].append(
            Changed(kind=row.kind, number=row.number, before=row.before, after=row.after)
        )
    return found


def _action(row: ActionRow, changed: Iterable[Changed]) -> Action:
    return Action(
        id=row.id,
        opportunity_id=row.opportunity_id,
        at=row.at,
        by=row.by,
        what=row.what,
        why=row.why,
        undoes=row.undoes_id,
        undone_by=row.undone_by_id,
        changed=tuple(changed),
    )
