"""What one may ask about who is one: proposals, merges, and who was parted."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from unsolved.db import chunks
from unsolved.sources.merging import Merge, Of, Pair, Proposal
from unsolved.sources.tables import MergeRow, OrganisationRow, PersonRow, ProposalRow

Table = type[OrganisationRow] | type[PersonRow]


def standing_of(tx: Session, of: Of, one: int) -> int | None:
    """Return who somebody is by now, who may have been merged; None for nobody."""
    table = _table(of)
    row = tx.execute(select(table.id, table.merged_into_id).where(table.id == one)).first()
    if row is None:
        return None
    return row.id if row.merged_into_id is None else standing_of(tx, of, row.merged_into_id)


def decided_apart(tx: Session, of: Of) -> set[tuple[int, int]]:
    """Return the pairs that a person parted: by a decision, a split, or by undoing a merge.

    Each by whom the two are part of now, the lower id first.
    """
    parted = tx.execute(
        select(ProposalRow.first_id, ProposalRow.second_id).filter_by(of=of, are_one=False)
    ).all()
    undone = tx.execute(
        select(MergeRow.kept_id, MergeRow.merged_id).where(
            MergeRow.of == of, MergeRow.undone_at.is_not(None)
        )
    ).all()
    into = merged_into(tx, of)
    return {pair_of(into, first, second) for first, second in [*parted, *undone]}


def proposals(tx: Session, limit: int | None = 50, offset: int = 0) -> list[Proposal]:
    """Return the pairs that a person is to decide, the likeliest first."""
    rows = _open(tx)
    chosen = rows[offset:] if limit is None else rows[offset : offset + limit]
    names = {
        of: _names(tx, of, [one for row, pair in chosen if row.of is of for one in pair])
        for of in Of
    }
    return [
        Proposal(
            id=row.id,
            pair=Pair(
                of=row.of,
                first_id=first,
                second_id=second,
                probability=row.probability,
                reasons=tuple(row.reasons),
            ),
            first=names[row.of][first],
            second=names[row.of][second],
            are_one=row.are_one,
            decided_at=row.decided_at,
        )
        for row, (first, second) in chosen
    ]


def count_proposals(tx: Session) -> int:
    """Return how many pairs a person is to decide."""
    return len(_open(tx))


def merges(tx: Session, limit: int | None = 50) -> list[Merge]:
    """Return what was merged, the latest first."""
    latest = select(MergeRow).order_by(MergeRow.made_at.desc(), MergeRow.id.desc())
    return _merges(tx, latest.limit(limit))


def _merges(tx: Session, wanted: Select[MergeRow]) -> list[Merge]:
    rows = tx.scalars(wanted).all()
    names = {
        of: _names(tx, of, [i for r in rows if r.of is of for i in (r.kept_id, r.merged_id)])
        for of in Of
    }
    return [
        Merge(
            id=row.id,
            of=row.of,
            kept_id=row.kept_id,
            kept=names[row.of][row.kept_id],
            merged_id=row.merged_id,
            merged=names[row.of][row.merged_id],
            made_at=row.made_at,
            made_by=row.made_by,
            probability=row.probability,
            reasons=tuple(row.reasons),
            undone_at=row.undone_at,
        )
        for row in rows
    ]


def merge_of(tx: Session, merge_id: int) -> Merge | None:
    """Return one merge."""
    found = _merges(tx, select(MergeRow).filter_by(id=merge_id))
    return found[0] if found else None


def _open(tx: Session) -> list[tuple[ProposalRow, tuple[int, int]]]:
    """Return the open proposals, each with whom it is about by now; no pair stands twice."""
    rows = tx.scalars(
        select(ProposalRow)
        .where(ProposalRow.are_one.is_(None))
        .order_by(ProposalRow.probability.desc(), ProposalRow.id)
    ).all()
    into = {of: merged_into(tx, of) for of in Of}
    seen = {(of, pair) for of in Of for pair in decided_apart(tx, of)}
    found = []
    for row in rows:
        pair = pair_of(into[row.of], row.first_id, row.second_id)
        if pair[0] != pair[1] and (row.of, pair) not in seen:
            seen.add((row.of, pair))
            found.append((row, pair))
    return found


def merged_into(tx: Session, of: Of) -> dict[int, int]:
    """Return, of all who were merged, into whom."""
    table = _table(of)
    merged = select(table.id, table.merged_into_id).where(table.merged_into_id.is_not(None))
    return {one: into for one, into in tx.execute(merged) if into is not None}


def pair_of(into: Mapping[int, int], first: int, second: int) -> tuple[int, int]:
    """Return whom two are part of by now, the lower id first."""
    ids = []
    for one in (first, second):
        while one in into:
            one = into[one]  # noqa: PLW2901 (follows)
        ids.append(one)
    return min(ids), max(ids)


def _table(of: Of) -> Table:
    return OrganisationRow if of is Of.ORGANISATION else PersonRow


def _names(tx: Session, of: Of, ids: Sequence[int]) -> dict[int, str]:
    table = _table(of)
    found: dict[int, str] = {}
    for part in chunks(ids):
        rows = select(table.id, table.name).where(table.id.in_(part))
        found |= {row.id: row.name for row in tx.execute(rows)}
    return found
