"""What is new around organisations: records that came, facts of talks nobody decided on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unsolved import sources
from unsolved.conversations.coverage import State
from unsolved.conversations.coverage.tables import CallRow, FactRow
from unsolved.db import chunks
from unsolved.deals.today import Waiting
from unsolved.sources.tables import OrganisationRow, RecordRow


def standing(tx: Session, ids: Iterable[int]) -> dict[int, int]:
    """Return who organisations are by now, by the ids that they had; mostly the same."""
    wanted = sorted(set(ids))
    found = {one: one for one in wanted}
    for some in chunks(wanted):
        merged = tx.scalars(
            select(OrganisationRow.id).where(
                OrganisationRow.id.in_(some), OrganisationRow.merged_into_id.is_not(None)
            )
        )
        for one in merged:
            now = sources.organisation(tx, one)
            found[one] = now.id if now else one
    return found


def waiting(tx: Session, ids: Sequence[int]) -> dict[int, Waiting]:
    """Return the facts that wait to be accepted, by organisation, where there are any."""
    talks: dict[int, dict[int, int]] = defaultdict(dict)
    for some in chunks(ids):
        whose = _parts(tx, some)
        rows = tx.execute(
            select(CallRow.organisation_id, CallRow.id, func.count(FactRow.id))
            .join(FactRow, FactRow.call_id == CallRow.id)
            .where(
                CallRow.organisation_id.in_(whose),
                CallRow.is_removed.is_(False),
                FactRow.state == State.PROPOSED,
            )
            .group_by(CallRow.organisation_id, CallRow.id)
        )
        for organisation_id, call_id, count in rows:
            talks[whose[organisation_id]][call_id] = count
    return {
        one: Waiting(
            facts=sum(counts.values()),
            call_id=max(counts, key=lambda call: (counts[call], call)),
        )
        for one, counts in talks.items()
    }


def marks(tx: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return a mark of each organisation that changes when a record or a fact comes or goes."""
    known: dict[int, str] = {}
    for some in chunks(ids):
        rows = tx.execute(
            select(RecordRow.organisation_id, func.max(RecordRow.id), func.count())
            .where(RecordRow.organisation_id.in_(some))
            .group_by(RecordRow.organisation_id)
        )
        known |= {one: f"{last}.{count}" for one, last, count in rows if one is not None}
    facts = waiting(tx, ids)
    return {
        one: f"{known.get(one, '')}.{facts[one].facts if one in facts else 0}" for one in ids
    }


def _parts(tx: Session, ids: Sequence[int]) -> dict[int | None, int]:
    """Return organisations and those that were merged into them, each with who it is now."""
    merged = tx.execute(
        select(OrganisationRow.id, OrganisationRow.merged_into_id).where(
            OrganisationRow.merged_into_id.in_(ids)
        )
    )
    found: dict[int | None, int] = {one: one for one in ids}
    return found | {row.id: row.merged_into_id for row in merged}
