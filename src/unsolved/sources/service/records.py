"""Keeping records, many at a time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import exists, insert, select, update
from sqlalchemy.orm import Session, aliased

from unsolved.sources.records import RecordDraft, RecordKind
from unsolved.sources.service.changing import change
from unsolved.sources.service.identities import Identities
from unsolved.sources.tables import PersonRow, RecordPersonRow, RecordRow

Known = dict[tuple[RecordKind, str], tuple[int, int, str | None]]
"""Of each key: the highest version, and the current row with its digest if there is one."""


def keep_records(
    tx: Session,
    source: int,
    visit: int,
    drafts: Sequence[RecordDraft],
    who: Identities,
) -> Counter[str]:
    """Keep what is new or changed, and return how many were what."""
    counts: Counter[str] = Counter()
    who.prepare(tx, [draft for draft in drafts if not draft.is_gone])
    for chosen in _without_repeats(drafts):
        known = _known(tx, source, chosen)
        rows, superseded, people = [], [], {}
        for draft in chosen:
            version, row_id, digest = known.get((draft.kind, draft.key), (0, 0, None))
            if digest == draft.digest and (row_id or draft.is_gone):
                counts["unchanged"] += 1
                continue
            if row_id:
                superseded.append(row_id)
            counts["gone" if draft.is_gone else "changed" if row_id else "new"] += 1
            rows.append(_row(tx, source, visit, draft, version + 1, who))
            if draft.people and not draft.is_gone:
                people[draft.kind, draft.key] = draft.people
        if superseded:
            tx.execute(
                update(RecordRow).where(RecordRow.id.in_(superseded)).values(is_current=False)
            )
        if rows:
            tx.execute(insert(RecordRow), rows)
        if people:
            _keep_people(tx, source, people, who)
    return counts


def forget_record(tx: Session, source: int, kind: RecordKind, key: str) -> int:
    """Note that the source has a record no longer; what it was stays. Returns how many."""
    return change(
        tx,
        update(RecordRow)
        .where(
            RecordRow.source_id == source,
            RecordRow.kind == kind,
            RecordRow.key == key,
            RecordRow.is_current,
        )
        .values(is_current=False, is_gone=True),
    )


def tie(tx: Session, source: int) -> None:
    """Give records whom they are about, where another record of the source tells it."""
    _take(tx, source, "organisation_key", RecordKind.ORGANISATION, "organisation_id")
    _take(tx, source, "person_key", RecordKind.PERSON, "person_id")
    _take(tx, source, "deal_key", RecordKind.DEAL, "organisation_id")
    _take(tx, source, "person_key", RecordKind.PERSON, "organisation_id")
    works_at = select(PersonRow.organisation_id).where(PersonRow.id == RecordRow.person_id)
    tx.execute(
        update(RecordRow)
        .where(
            RecordRow.source_id == source,
            RecordRow.is_current,
            RecordRow.organisation_id.is_(None),
            RecordRow.person_id.is_not(None),
        )
        .values(organisation_id=works_at.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    home = (
        select(RecordRow.organisation_id)
        .where(
            RecordRow.source_id == source,
            RecordRow.kind == RecordKind.PERSON,
            RecordRow.person_id == PersonRow.id,
            RecordRow.is_current,
        )
        .limit(1)
        .scalar_subquery()
    )
    brought = select(RecordRow.person_id).where(
        RecordRow.source_id == source,
        RecordRow.kind == RecordKind.PERSON,
        RecordRow.is_current,
        RecordRow.organisation_id.is_not(None),
    )
    tx.execute(
        update(PersonRow)
        .where(PersonRow.organisation_id.is_(None), PersonRow.id.in_(brought))
        .values(organisation_id=home)
        .execution_options(synchronize_session=False)
    )


def _take(tx: Session, source: int, by: str, kind: RecordKind, what: str) -> None:
    other = aliased(RecordRow)
    told = (
        select(getattr(other, what))
        .where(
            other.source_id == source,
            other.kind == kind,
            other.key == getattr(RecordRow, by),
            other.is_current,
        )
        .limit(1)
    )
    tx.execute(
        update(RecordRow)
        .where(
            RecordRow.source_id == source,
            RecordRow.is_current,
            getattr(RecordRow, what).is_(None),
            getattr(RecordRow, by).is_not(None),
            exists(told.where(getattr(other, what).is_not(None))),
        )
        .values({what: told.scalar_subquery()})
        .execution_options(synchronize_session=False)
    )


def _without_repeats(drafts: Sequence[RecordDraft]) -> Iterator[list[RecordDraft]]:
    """Yield the drafts in parts in which no key stands twice, in their order."""
    part: dict[tuple[RecordKind, str], RecordDraft] = {}
    for draft in drafts:
        if (draft.kind, draft.key) in part:
            yield list(part.values())
            part = {}
        part[draft.kind, draft.key] = draft
    if part:
        yield list(part.values())


def _known(tx: Session, source: int, drafts: Sequence[RecordDraft]) -> Known:
    known: Known = {}
    ordered = sorted(drafts, key=lambda draft: draft.kind)
    for kind, some in groupby(ordered, key=lambda draft: draft.kind):
        found = tx.execute(
            select(
                RecordRow.key,
                RecordRow.version,
                RecordRow.id,
                RecordRow.digest,
                RecordRow.is_current,
            )
            .where(
                RecordRow.source_id == source,
                RecordRow.kind == kind,
                RecordRow.key.in_([draft.key for draft in some]),
            )
            .order_by(RecordRow.version)
        )
        for key, version, row_id, digest, is_current in found:
            known[kind, key] = (version, row_id if is_current else 0, digest)
    return known


def _row(
    tx: Session, source: int, visit: int, draft: RecordDraft, version: int, who: Identities
) -> dict[str, Any]:
    # Whom only a deleted row speaks of we have not met.
    told = None if draft.is_gone else draft.organisation
    organisation = told and who.organisation(tx, told)
    person = None
    if draft.person and not draft.is_gone:
        person = who.person(tx, draft.person, organisation or None)
    return {
        "source_id": source,
        "visit_id": visit,
        "kind": draft.kind,
        "key": draft.key,
        "version": version,
        "is_current": not draft.is_gone,
        "is_gone": draft.is_gone,
        "organisation_id": organisation or None,
        "person_id": person,
        "told": draft.organisation.name if draft.organisation else None,
        "organisation_key": draft.organisation_key,
        "person_key": draft.person_key,
        "deal_key": draft.deal_key,
        "at": draft.at,
        "title": draft.title,
        "facts": dict(draft.facts),
        "received": draft.received,
        "digest": draft.digest,
    }


def _keep_people(
    tx: Session,
    source: int,
    people: dict[tuple[RecordKind, str], Any],
    who: Identities,
) -> None:
    rows: dict[tuple[int, int, str], dict[str, Any]] = {}
    by_kind = groupby(sorted(people), key=lambda pair: pair[0])
    for kind, pairs in by_kind:
        found = tx.execute(
            select(RecordRow.key, RecordRow.id).where(
                RecordRow.source_id == source,
                RecordRow.kind == kind,
                RecordRow.key.in_([key for _, key in pairs]),
                RecordRow.is_current,
            )
        )
        for key, record in found:
            for part, draft in people[kind, key]:
                person = who.person(tx, draft, None)
                rows[record, person, part] = {
                    "record_id": record,
                    "person_id": person,
                    "part": part,
                }
    if rows:
        tx.execute(insert(RecordPersonRow), list(rows.values()))
