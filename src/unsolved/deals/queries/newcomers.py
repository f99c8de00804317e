"""Who is new in an office that decides, at organisations, and since when we know."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from unsolved.db import chunks
from unsolved.deals.triggers import Newcomer, is_executive
from unsolved.sources import RecordKind
from unsolved.sources.tables import (
    PersonRow,
    RecordPersonRow,
    RecordRow,
    SourceRow,
    VisitRow,
)


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of a record of a person, and when it came."""

    record_id: int
    line: tuple[int, str]
    version: int
    entered_on: date | None
    came_on: date
    is_first_visit: bool
    organisation_id: int | None
    title: str


def newcomers(tx: Session, organisations: Sequence[int]) -> dict[int, list[Newcomer]]:
    """Return who came into an office that decides at some organisations, by organisation.

    What a source brought when it was read for the first time is not new: somebody had it
    already. There the day counts on which it was entered, if the source tells that.
    """
    people = _people(tx, organisations)
    versions = _versions(tx, people)
    spoke = _first_spoken(tx, list(versions))
    found: dict[int, list[Newcomer]] = defaultdict(list)
    for one, known in versions.items():
        name, place = people[one]
        new = _since(known, place, spoke.get((one, place)))
        if new is not None:
            day, last = new
            found[place].append(
                Newcomer(
                    person_id=one,
                    name=name,
                    title=last.title,
                    since=day,
                    record_id=last.record_id,
                )
            )
    return found


def _people(tx: Session, organisations: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Return the name and the organisation of each person at some organisations."""
    found: dict[int, tuple[str, int]] = {}
    for ids in chunks(organisations):
        rows = tx.execute(
            select(PersonRow.id, PersonRow.name, PersonRow.organisation_id).where(
                PersonRow.organisation_id.in_(ids), PersonRow.merged_into_id.is_(None)
            )
        )
        found |= {one: (name, place) for one, name, place in rows if place is not None}
    return found


def _versions(tx: Session, people: Mapping[int, object]) -> Mapping[int, list[_Version]]:
    """Return the records of people whose title, as it is now, is one of those that decide."""
    found: dict[int, list[_Version]] = defaultdict(list)
    first = _first_visits(tx)
    for ids in chunks(sorted(people)):
        rows = tx.execute(
            select(RecordRow, VisitRow.began_at)
            .join(VisitRow, VisitRow.id == RecordRow.visit_id)
            .where(RecordRow.person_id.in_(ids), RecordRow.kind == RecordKind.PERSON)
            .options(defer(RecordRow.received))
            .order_by(RecordRow.id)
        )
        for row, began_at in rows:
            assert row.person_id is not None
            found[row.person_id].append(
                _Version(
                    record_id=row.id,
                    line=(row.source_id, row.key),
                    version=row.version,
                    entered_on=row.at.date() if row.at else None,
                    came_on=began_at.date(),
                    is_first_visit=row.visit_id == first.get(row.source_id),
                    organisation_id=row.organisation_id,
                    title=str(row.facts.get("title") or ""),
                )
            )
    return {one: known for one, known in found.items() if is_executive(known[-1].title)}


def _first_visits(tx: Session) -> Mapping[int, int]:
    """Return the first visit of each source."""
    rows = tx.execute(
        select(SourceRow.id, func.min(VisitRow.id))
        .join(VisitRow, VisitRow.source_id == SourceRow.id)
        .group_by(SourceRow.id)
    )
    return {source: visit for source, visit in rows}  # noqa: C416 (rows are no pairs)


def _first_spoken(tx: Session, people: Sequence[int]) -> Mapping[tuple[int, int], date]:
    """Return when each of some people was first met, at each organisation."""
    found: dict[tuple[int, int], date] = {}
    for ids in chunks(people):
        rows = tx.execute(
            select(RecordPersonRow.person_id, RecordRow.organisation_id, func.min(RecordRow.at))
            .join(RecordRow, RecordRow.id == RecordPersonRow.record_id)
            .where(RecordPersonRow.person_id.in_(ids), RecordRow.at.is_not(None))
            .group_by(RecordPersonRow.person_id, RecordRow.organisation_id)
        )
        for person, organisation, at in rows:
            if organisation is not None and at is not None:
                found[person, organisation] = at.date()
    return found


def _since(
    versions: Sequence[_Version], place: int, spoke: date | None
) -> tuple[date, _Version] | None:
    """Return since when somebody holds the office, and the record that says so.

    None when one source had them before we looked, or none tells anything.
    """
    lines: dict[tuple[int, str], list[_Version]] = defaultdict(list)
    for one in versions:
        lines[one.line].append(one)
    days: list[tuple[date, int, bool]] = []
    for line in lines.values():
        found = _of_line(sorted(line, key=lambda one: one.version), place)
        days += [found] if found is not None else []
    day, record, is_entry = min(days, default=(date.min, 0, True))
    if is_entry and spoke is not None:
        day = min(day, spoke)
    if day == date.min:
        return None
    return day, next(one for one in versions if one.record_id == record)


def _of_line(line: Sequence[_Version], place: int) -> tuple[date, int, bool] | None:
    """Return from which day on a record says so without a break, and whether it began so.

    None for one that does not say so; the earliest of all days for one that always did.
    """
    start = len(line)
    while start and _holds(line[start - 1], place):
        start -= 1
    if start == len(line):
        return None
    one = line[start]
    if start:
        return one.came_on, one.record_id, False
    came_on = date.min if one.is_first_visit else one.came_on
    return one.entered_on or came_on, one.record_id, True


def _holds(one: _Version, place: int) -> bool:
    return one.organisation_id in {None, place} and is_executive(one.title)
