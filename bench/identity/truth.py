"""Makes of labelled records what is compared, and what is brought in."""

from collections.abc import Sequence

from bench.identity.records import Labelled
from unsolved.sources.linkage.model import OrganisationFacts, PersonFacts


def organisations(records: Sequence[Labelled]) -> list[OrganisationFacts]:
    """Return each record as an organisation of its own; a parent is found by its name."""
    by_name = {record.cells[0].split(";")[0].strip(): record.id for record in records}
    return [
        OrganisationFacts(
            id=record.id,
            names=names_in(record),
            domains=tuple(filter(None, [record.cell(1)])),
            country=record.cell(2),
            industry=record.cell(3),
            identifiers=tuple((record.cell(4) or "").casefold().split()),
            parent=by_name.get(record.cell(5) or ""),
        )
        for record in records
    ]


def names_in(record: Labelled) -> tuple[str, ...]:
    """Return the names of a record, the one it goes by first."""
    return tuple(name.strip() for name in record.cells[0].split(";") if name.strip())


def people(records: Sequence[Labelled]) -> list[PersonFacts]:
    """Return each record as a person of their own."""
    places = {
        name: number
        for number, name in enumerate(sorted({r.cell(2) or "" for r in records}), 1)
    }
    return [
        PersonFacts(
            id=record.id,
            name=record.cells[0],
            emails=tuple(filter(None, [record.cell(1)])),
            organisation=places[record.cell(2) or ""] if record.cell(2) else None,
            title=record.cell(3),
            phone=record.cell(4),
        )
        for record in records
    ]
