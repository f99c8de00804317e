"""Labelled records go the whole way: brought in by a connector, resolved, asked for again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bench.identity.records import Labelled
from bench.identity.scores import Pairs, Score, across, pairs_of, scored
from bench.identity.truth import names_in
from unsolved import sources
from unsolved.db import Session, connect, engine_of, transaction
from unsolved.db.migrate import upgrade
from unsolved.sources import (
    Draft,
    Kind,
    Of,
    OrganisationDraft,
    PersonDraft,
    RecordDraft,
    RecordKind,
)

SHELF = "shelf"
NOW = datetime(2026, 11, 27, tzinfo=UTC)


@dataclass(frozen=True)
class Shelf:
    """A connector with its finds on a shelf."""

    name: str
    finds: Sequence[Draft | RecordDraft]

    def fetch(self) -> Iterator[Draft | RecordDraft]:
        """Yield them."""
        return iter(self.finds)


def measured(name: str, records: Sequence[Labelled]) -> Score:
    """Bring records of organisations or people in, resolve, and count."""
    make = _organisation if name == "organisations" else _person
    found = resolved(name, {record.id: make(record) for record in records})
    return scored({record.id: record.truth for record in records}, *found)


def resolved(name: str, finds: Mapping[int, Draft | RecordDraft]) -> tuple[Pairs, Pairs]:
    """Return the pairs of records that were made one, and that are proposed."""
    sessions = connect("sqlite://")
    upgrade(engine_of(sessions))
    sources.add(sessions, Shelf(SHELF, list(finds.values())), now=NOW)
    sources.resolve(sessions, NOW)
    of = Of.ORGANISATION if name == "organisations" else Of.PERSON
    with transaction(sessions) as tx:
        whose = _whose(tx, of, finds)
        members: dict[int, list[int]] = {}
        for record, owner in whose.items():
            members.setdefault(owner, []).append(record)
        proposed = {
            pair
            for one in sources.proposals(tx, None)
            if one.pair.of is of
            for pair in across(
                members.get(one.pair.first_id, []), members.get(one.pair.second_id, [])
            )
        }
    engine_of(sessions).dispose()
    return pairs_of(whose), proposed


def _whose(tx: Session, of: Of, finds: Mapping[int, Draft | RecordDraft]) -> dict[int, int]:
    """Return whose each record is now."""
    if of is Of.ORGANISATION:
        found = {
            int(document.key): known.id
            for known in sources.organisations(tx)
            for document in sources.documents_of(tx, known.id)
        }
    else:
        shelf = sources.source_called(tx, SHELF)
        assert shelf is not None
        found = {int(key): one for key, one in sources.people_in(tx, shelf).items()}
    assert set(found) == set(finds)
    return found


def _organisation(record: Labelled) -> Draft:
    name, *further = names_in(record)
    return letter(
        record.id,
        OrganisationDraft(
            name=name,
            names=tuple(further),
            domain=record.cell(1),
            country=record.cell(2),
            industry=record.cell(3),
            identifiers=tuple((record.cell(4) or "").split()),
            parent=record.cell(5),
        ),
    )


def letter(key: int, about: OrganisationDraft) -> Draft:
    """Return a document about an organisation as a source tells it."""
    return Draft(
        key=str(key),
        organisation=about,
        text=f"Letter {key}.",
        title="A letter",
        kind=Kind.NOTE,
        published_on=date(2026, 1, 1),
        original=str(key).encode(),
    )


def _person(record: Labelled) -> RecordDraft:
    place = record.cell(2)
    return RecordDraft(
        kind=RecordKind.PERSON,
        key=str(record.id),
        title=record.cells[0],
        organisation=OrganisationDraft(name=place) if place else None,
        person=PersonDraft(
            name=record.cells[0],
            email=record.cell(1),
            title=record.cell(3),
            phone=record.cell(4),
        ),
    )
