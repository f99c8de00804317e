"""Which people drafts mean: known by an address, or by name where they work, or new."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from unsolved.sources.identity import email_key, name_key
from unsolved.sources.records import PersonDraft
from unsolved.sources.service.organisations import parts
from unsolved.sources.tables import PersonKeyRow, PersonRow

Whom = tuple[PersonDraft, int | None]
"""A draft, and the organisation that they are said to work at."""


def meet(tx: Session, drafts: Sequence[Whom], source: int) -> dict[Whom, int]:
    """Return who each draft is; what it says and we did not know is written down.

    Somebody with neither an address nor a place of work is known within ``source`` alone.
    """
    keys = {whom: _keys(whom, source) for whom in drafts}
    known = _known(tx, {key for pair in keys.values() for key in pair if key})
    addressed = _addressed(tx, known)
    new: list[PersonRow] = []
    named: dict[str, PersonRow] = {}
    found: dict[Whom, PersonRow] = {}
    for whom, (address, name) in keys.items():
        row = known.get(address) if address else known.get(name or "")
        if row is None and address and name:
            # Somebody of that name there of whom no address is known yet.
            other = known.get(name)
            row = other if other is not None and id(other) not in addressed else None
        if row is None:
            row = PersonRow(name=whom[0].name.strip() or whom[0].email or "")
            new.append(row)
        _fill(row, whom)
        if address:
            addressed.add(id(row))
        for key in (address, name):
            if key and key not in known:
                known[key] = named[key] = row
        found[whom] = row
    tx.add_all(new)
    tx.flush()
    if named:
        rows = [{"key": key, "person_id": row.id} for key, row in named.items()]
        tx.execute(insert(PersonKeyRow), rows)
    return {whom: row.id for whom, row in found.items()}


def _keys(whom: Whom, source: int) -> tuple[str | None, str | None]:
    """Return by what they are known: an address, and a name where they work.

    Two of one name can work in one place, so an address goes before a name.
    """
    draft, organisation = whom
    email = email_key(draft.email) if draft.email else None
    name = name_key(draft.name) if draft.name.strip() else None
    place = organisation or f"source {source}"
    named = f"name:{place}:{name}" if name and (organisation or not email) else None
    return (f"mailto:{email}" if email else None), named


def _known(tx: Session, keys: Iterable[str]) -> dict[str, PersonRow]:
    known: dict[str, PersonRow] = {}
    for some in parts(sorted(keys)):
        rows = tx.execute(
            select(PersonKeyRow.key, PersonRow)
            .join(PersonRow, PersonRow.id == PersonKeyRow.person_id)
            .where(PersonKeyRow.key.in_(some))
        )
        known.update((key, row) for key, row in rows)
    return known


def _addressed(tx: Session, known: Mapping[str, PersonRow]) -> set[int]:
    """Return which of the people, as objects, have an address."""
    by_id = {row.id: row for key, row in known.items() if key.startswith("name:")}
    found: set[int] = set()
    for some in parts(by_id):
        having = tx.scalars(
            select(PersonKeyRow.person_id)
            .where(PersonKeyRow.person_id.in_(some), PersonKeyRow.key.startswith("mailto:"))
            .distinct()
        )
        found.update(id(by_id[one]) for one in having)
    return found


def _fill(row: PersonRow, whom: Whom) -> None:
    draft, organisation = whom
    if "@" in row.name and draft.name.strip():
        row.name = draft.name.strip()
    row.title = row.title or draft.title
    row.phone = row.phone or draft.phone
    row.organisation_id = row.organisation_id or organisation
