"""Merging two who are one, undoing that, and parting one who was two."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from unsolved.errors import Conflict, Invalid, NotFound
from unsolved.sources.identity import name_key
from unsolved.sources.merging import Of
from unsolved.sources.queries.identities import standing_of
from unsolved.sources.service.holding import hold_organisation
from unsolved.sources.service.moving import move_organisation, rename_keys, return_organisation
from unsolved.sources.service.moving_people import move_person, return_person
from unsolved.sources.service.returning import take_told
from unsolved.sources.tables import (
    MergeRow,
    OrganisationNameRow,
    OrganisationRow,
    PersonRow,
    ProposalRow,
)

BY_HAND = "you"
BEGINNING = {"documents": 0, "records": 0, "people": 0}
Row = OrganisationRow | PersonRow


def merge(  # noqa: PLR0913 (what is kept of a merge)
    tx: Session,
    of: Of,
    kept_id: int,
    merged_id: int,
    now: datetime,
    *,
    by: str = BY_HAND,
    reasons: Sequence[str] = (),
    probability: float | None = None,
) -> int:
    """Make one of two who are one, and return the number of the merge, by which to undo it.

    Raises:
        NotFound: one of them is not there.
        Invalid: the two are one already, or of different sorts.
        Conflict: one of them was merged into a third.
    """
    if kept_id == merged_id:
        raise Invalid(merge=[kept_id, merged_id], why="both are the same one")
    for one in sorted((kept_id, merged_id)):  # two who merge at once do so in turn
        _hold(tx, of, one)
    kept, merged = _standing(tx, of, kept_id), _standing(tx, of, merged_id)
    if isinstance(kept, OrganisationRow) and isinstance(merged, OrganisationRow):
        moved = move_organisation(tx, kept, merged)
    else:
        assert isinstance(kept, PersonRow)
        assert isinstance(merged, PersonRow)
        moved = move_person(tx, kept, merged)
    row = MergeRow(
        of=of,
        kept_id=kept_id,
        merged_id=merged_id,
        made_at=now,
        made_by=by,
        probability=probability,
        reasons=list(reasons),
        moved=moved,
    )
    tx.add(row)
    tx.flush()
    return row.id


def undo_merge(tx: Session, merge_id: int, now: datetime) -> None:
    """Take a merge back: each has again what was theirs, and what came since under their name.

    The two are never merged again but by hand.

    Raises:
        NotFound: there is no such merge.
        Conflict: it was undone already, or whoever was kept has since been merged themselves.
    """
    row = tx.get(MergeRow, merge_id)
    if row is None:
        raise NotFound(merge=merge_id)
    _hold(tx, row.of, row.kept_id)
    tx.refresh(row)
    if row.undone_at is not None:
        raise Conflict(merge=merge_id, state="undone already")
    kept, merged = _row(tx, row.of, row.kept_id), _row(tx, row.of, row.merged_id)
    if kept.merged_into_id is not None:
        later = tx.scalar(
            select(MergeRow.id).filter_by(of=row.of, merged_id=row.kept_id, undone_at=None)
        )
        raise Conflict(merge=merge_id, state="merged further", mend=f"undo {later} first")
    if isinstance(kept, OrganisationRow) and isinstance(merged, OrganisationRow):
        return_organisation(tx, kept, merged, row.moved)
        take_told(tx, kept.id, merged.id, set(row.moved["told"]), row.moved["upto"])
    else:
        assert isinstance(kept, PersonRow)
        assert isinstance(merged, PersonRow)
        return_person(tx, kept, merged, row.moved)
    row.undone_at = now
    tx.flush()


def split(tx: Session, organisation_id: int, names: Sequence[str], now: datetime) -> int:
    """Make an organisation of its own of some of another's names, and return its id.

    The documents and records that came under these names move with them, and so will those
    that come. The two are never merged again but by hand.

    Raises:
        NotFound: there is no such organisation, or it does not go by one of these names.
        Conflict: it was merged into another.
        Invalid: no name is told, or none would be left.
    """
    _hold(tx, Of.ORGANISATION, organisation_id)
    row = _standing(tx, Of.ORGANISATION, organisation_id)
    assert isinstance(row, OrganisationRow)
    keys = {name_key(name): name.strip() for name in names if name.strip()}
    if not keys:
        raise Invalid(split=organisation_id, why="no name is told")
    known = tx.scalars(
        select(OrganisationNameRow)
        .filter_by(organisation_id=row.id)
        .order_by(OrganisationNameRow.name)
    ).all()
    missing = sorted(name for key, name in keys.items() if key not in {k.key for k in known})
    if missing:
        raise NotFound(name=missing[0], known=[one.name for one in known])
    left = [one for one in known if one.key not in keys]
    if not left:
        raise Invalid(split=organisation_id, why="no name would be left to it")
    chief = next(one for one in known if one.key == next(iter(keys)))
    new = OrganisationRow(name=chief.name, visit_id=row.visit_id)
    tx.add(new)
    tx.flush()
    _part(tx, row, new, left[0].name, set(keys))
    pair = sorted((row.id, new.id))
    tx.add(
        ProposalRow(
            of=Of.ORGANISATION,
            first_id=pair[0],
            second_id=pair[1],
            probability=0.0,
            reasons=["split by hand"],
            made_at=now,
            are_one=False,
            decided_at=now,
        )
    )
    tx.flush()
    return new.id


def decide(tx: Session, proposal_id: int, are_one: bool, now: datetime) -> int | None:
    """Keep what a person decided of two: merged if they are one, never proposed again if not.

    Returns the number of the merge, if there was one.

    Raises:
        NotFound: there is no such proposal.
        Conflict: it was decided already, or the two are one by now.
    """
    proposal = tx.get(ProposalRow, proposal_id)
    if proposal is None:
        raise NotFound(proposal=proposal_id)
    if proposal.are_one is not None:
        told = "one and the same" if proposal.are_one else "two"
        raise Conflict(proposal=proposal_id, state=f"decided already: {told}")
    proposal.are_one, proposal.decided_at = are_one, now
    tx.flush()
    if not are_one:
        return None
    first, second = (
        standing_of(tx, proposal.of, one) for one in (proposal.first_id, proposal.second_id)
    )
    assert first is not None
    assert second is not None
    if first == second:
        raise Conflict(proposal=proposal_id, state="the two are one by now")
    kept, merged = better(tx, proposal.of, first, second)
    return merge(
        tx,
        proposal.of,
        kept,
        merged,
        now,
        reasons=proposal.reasons,
        probability=proposal.probability,
    )


def better(tx: Session, of: Of, first: int, second: int) -> tuple[int, int]:
    """Return of two the one to keep first: of whom more is known, else who came earlier."""
    rows = [_row(tx, of, one) for one in (first, second)]
    ordered = sorted(rows, key=lambda row: (-_known(row), row.id))
    return ordered[0].id, ordered[1].id


def _known(row: Row) -> int:
    if isinstance(row, PersonRow):
        told = (row.title, row.phone, row.organisation_id, "@" not in row.name or None)
        return sum(fact is not None for fact in told)
    facts = (row.domain, row.industry, row.country, row.employees, row.revenue)
    return 10 * (not row.is_withdrawn) + sum(fact is not None for fact in facts)


def _part(
    tx: Session, row: OrganisationRow, new: OrganisationRow, left: str, keys: set[str]
) -> None:
    tx.execute(
        update(OrganisationNameRow)
        .where(OrganisationNameRow.key.in_(keys), OrganisationNameRow.organisation_id == row.id)
        .values(organisation_id=new.id)
        .execution_options(synchronize_session=False)
    )
    tx.expire_all()
    if name_key(row.name) in keys:
        row.name = left
    tx.flush()
    take_told(tx, row.id, new.id, keys, BEGINNING)
    moved = tx.execute(select(PersonRow.name).filter_by(organisation_id=new.id)).scalars()
    rename_keys(tx, row.id, new.id, only=[(name_key(name), 0) for name in moved])


def _row(tx: Session, of: Of, one: int) -> Row:
    row = _find(tx, of, one)
    assert row is not None
    return row


def _find(tx: Session, of: Of, one: int) -> Row | None:
    if of is Of.ORGANISATION:
        return tx.get(OrganisationRow, one, populate_existing=True)
    return tx.get(PersonRow, one, populate_existing=True)


def _hold(tx: Session, of: Of, one: int) -> None:
    if of is Of.ORGANISATION:
        hold_organisation(tx, one)
        return
    tx.execute(update(PersonRow).where(PersonRow.id == one).values(name=PersonRow.name))


def _standing(tx: Session, of: Of, one: int) -> Row:
    row = _find(tx, of, one)
    if row is None:
        raise NotFound(**{of.value: one})
    if row.merged_into_id is not None:
        raise Conflict(**{of.value: one}, merged_into=row.merged_into_id)
    return row
