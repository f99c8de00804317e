"""Finding who is one: the sure ones are merged, the doubtful proposed with reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from unsolved.db import Sessions, transaction
from unsolved.sources.linkage import (
    Judged,
    OrganisationFacts,
    alike_organisations,
    alike_people,
    unique_numbers,
)
from unsolved.sources.merging import Of, Pair, Resolved
from unsolved.sources.queries.alike import organisation_facts, person_facts
from unsolved.sources.queries.identities import decided_apart, merged_into, pair_of, standing_of
from unsolved.sources.service.merging import better, merge
from unsolved.sources.tables import ProposalRow

BY_RULE = "rule"
BATCH = 200
"""Merges, or proposals, that are kept together."""


def resolve(sessions: Sessions, now: datetime) -> Resolved:
    """Merge the organisations and people who are surely one, and propose those who may be.

    Looks at all of them; what is alike is found by keys, so that it takes seconds a hundred
    thousand. Doing it again changes nothing. Pairs that a person parted, by a decision, a
    split or an undone merge, are neither merged nor proposed.
    """
    with transaction(sessions) as tx:
        known = organisation_facts(tx)
    organisations = _settle(sessions, Of.ORGANISATION, alike_organisations(known), now, known)
    with transaction(sessions) as tx:
        people, places = person_facts(tx)
    persons = _settle(sessions, Of.PERSON, alike_people(people, places), now)
    return Resolved(
        merged=organisations.merged + persons.merged,
        proposed=organisations.proposed + persons.proposed,
        kept=organisations.kept,
        gone=organisations.gone,
    )


def _settle(
    sessions: Sessions,
    of: Of,
    judged: Sequence[Judged],
    now: datetime,
    known: Sequence[OrganisationFacts] = (),
) -> Resolved:
    with transaction(sessions) as tx:
        groups = _Groups(decided_apart(tx, of), {one.id: one for one in known})
    sure = [one.pair for one in judged if one.is_sure]
    chosen = [pair for pair in sure if groups.join(pair)]
    kept: list[int] = []
    gone: list[int] = []
    for start in range(0, len(chosen), BATCH):
        with transaction(sessions) as tx:
            for pair in chosen[start : start + BATCH]:
                ids = _merge(tx, pair, now)
                if ids is not None and of is Of.ORGANISATION:
                    kept.append(ids[0])
                    gone.append(ids[1])
    with transaction(sessions) as tx:
        proposed = _propose(tx, of, [one.pair for one in judged], now)
    merged = tuple(chosen)
    return Resolved(merged=merged, proposed=proposed, kept=tuple(kept), gone=tuple(gone))


def _merge(tx: Session, pair: Pair, now: datetime) -> tuple[int, int] | None:
    """Merge a pair, or whoever they are part of by now."""
    first, second = (standing_of(tx, pair.of, one) for one in (pair.first_id, pair.second_id))
    if first is None or second is None or first == second:
        return None
    kept, merged = better(tx, pair.of, first, second)
    merge(
        tx,
        pair.of,
        kept,
        merged,
        now,
        by=BY_RULE,
        reasons=pair.reasons,
        probability=pair.probability,
    )
    return kept, merged


@dataclass
class _Groups:
    """Who is one with whom; nobody is, through a third, one with whom they cannot be."""

    apart: set[tuple[int, int]]
    facts: Mapping[int, OrganisationFacts]
    groups: dict[int, set[int]] = field(default_factory=dict)

    def join(self, pair: Pair) -> bool:
        """Join two, unless they are joined already or something parts them."""
        here = self.groups.get(pair.first_id, {pair.first_id})
        there = self.groups.get(pair.second_id, {pair.second_id})
        if pair.second_id in here or self._are_parted(here, there):
            return False
        both = here | there
        for one in both:
            self.groups[one] = both
        return True

    def _are_parted(self, here: set[int], there: set[int]) -> bool:
        if any((min(a, b), max(a, b)) in self.apart for a in here for b in there):
            return True
        known = [
            [self.facts[one] for one in some if one in self.facts] for some in (here, there)
        ]
        return unique_numbers(*known) or any(
            a.parent == b.id or b.parent == a.id for a in known[0] for b in known[1]
        )


def _propose(tx: Session, of: Of, pairs: Iterable[Pair], now: datetime) -> tuple[Pair, ...]:
    """Keep what is to be decided as it is now found; what is found no more is dropped."""
    apart, into = decided_apart(tx, of), merged_into(tx, of)
    wanted: dict[tuple[int, int], Pair] = {}
    for pair in pairs:
        ids = pair_of(into, pair.first_id, pair.second_id)
        if ids[0] != ids[1] and ids not in apart:
            wanted.setdefault(ids, pair)
    rows = tx.scalars(select(ProposalRow).filter_by(of=of)).all()
    known = {(row.first_id, row.second_id): row for row in rows}
    _drop(tx, into, [row for key, row in known.items() if key not in wanted])
    for (first, second), pair in wanted.items():
        row = known.get((first, second))
        if row is None:
            row = ProposalRow(of=of, first_id=first, second_id=second, made_at=now)
            tx.add(row)
        elif row.are_one is not None:
            row.are_one, row.decided_at = None, None  # merged then, undone and parted no more
        row.probability, row.reasons = pair.probability, list(pair.reasons)
    tx.flush()
    return tuple(wanted.values())


def _drop(tx: Session, into: Mapping[int, int], rows: Sequence[ProposalRow]) -> None:
    """Drop open proposals that are found no more; those of one who was merged may come back."""
    gone = [
        row.id
        for row in rows
        if row.are_one is None and row.first_id not in into and row.second_id not in into
    ]
    for start in range(0, len(gone), BATCH):
        tx.execute(delete(ProposalRow).where(ProposalRow.id.in_(gone[start : start + BATCH])))
