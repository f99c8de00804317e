"""What one may ask about references: who they are, and where they were asked to vouch."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from unsolved.deals.model import ReferenceUse
from unsolved.deals.parts import PartKind, as_part
from unsolved.deals.references import Reference, Used, as_reference
from unsolved.deals.tables import OpportunityRow, PartRow, ReferenceRow


def references(tx: Session, *, is_removed: bool = False) -> dict[int, Reference]:
    """Return the references by their ids, those there or those that were removed."""
    rows = tx.execute(
        select(ReferenceRow.id, ReferenceRow.facts)
        .where(ReferenceRow.is_removed.is_(is_removed))
        .order_by(ReferenceRow.id)
    )
    return {number: as_reference(facts) for number, facts in rows}


def reference(tx: Session, reference_id: int) -> Reference | None:
    """Return a reference, also one that was removed."""
    row = tx.get(ReferenceRow, reference_id)
    return as_reference(row.facts) if row is not None else None


def uses(tx: Session, reference_id: int | None = None, since: date | None = None) -> list[Used]:
    """Return where references were asked to vouch, the latest first; of one, or of all.

    Deals that were removed count too: who was asked was asked.
    """
    query = (
        select(PartRow, OpportunityRow.name)
        .join(OpportunityRow, OpportunityRow.id == PartRow.opportunity_id)
        .where(PartRow.kind == PartKind.USE)
    )
    if reference_id is not None:
        query = query.where(PartRow.about_id == reference_id)
    found = [_used(row, name) for row, name in tx.execute(query)]
    kept = [one for one in found if since is None or one.on >= since]
    return sorted(kept, key=lambda one: (one.on, one.opportunity_id, one.number), reverse=True)


def _used(row: PartRow, name: str) -> Used:
    use = as_part(PartKind.USE, row.facts)
    assert isinstance(use, ReferenceUse)
    return Used(
        reference_id=use.reference_id,
        opportunity_id=row.opportunity_id,
        opportunity=name,
        number=row.number,
        on=use.on,
        came_of=use.came_of,
    )
