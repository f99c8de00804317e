"""Who a draft means: somebody we know, or somebody new."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unsolved.sources.identity import are_apart, domain_key, email_key, name_key
from unsolved.sources.model import OrganisationDraft
from unsolved.sources.records import PersonDraft
from unsolved.sources.tables import (
    MergeRow,
    OrganisationIdentifierRow,
    OrganisationNameRow,
    OrganisationRow,
    PersonKeyRow,
    PersonRow,
)

MOST_REMEMBERED = 200_000


class Identities:
    """Finds or makes organisations and people for one visit, and remembers whom it found.

    What it remembers holds until somebody merges or parts two: then it asks anew.
    """

    def __init__(self, visit: int) -> None:
        self._visit = visit
        self._organisations: dict[OrganisationDraft, int] = {}
        self._people: dict[PersonDraft, int] = {}
        self._merges: tuple[int, int] | None = None

    def begin(self, tx: Session) -> None:
        """Start on a transaction."""
        row = tx.execute(select(func.count(MergeRow.id), func.count(MergeRow.undone_at))).one()
        merges = (row[0], row[1])
        if merges != self._merges or len(self._people) > MOST_REMEMBERED:
            self._organisations.clear()
            self._people.clear()
        self._merges = merges

    def organisation(self, tx: Session, draft: OrganisationDraft) -> int:
        """Return whose the draft is: known by a number, a name or a domain, or somebody new.

        What the draft says and we did not know is written down; what we know already stays.
        """
        found = self._organisations.get(draft)
        if found is None:
            found = self._organisations[draft] = self._identify(tx, draft)
        return found

    def person(self, tx: Session, draft: PersonDraft, organisation: int | None) -> int:
        """Return who the draft is: known by an address, or by name where they work."""
        found = self._people.get(draft)
        if found is None:
            if draft.organisation is not None:
                organisation = self.organisation(tx, draft.organisation)
            found = self._people[draft] = _person(tx, draft, organisation)
        return found

    def _identify(self, tx: Session, draft: OrganisationDraft) -> int:
        domain = domain_key(draft.domain) if draft.domain else None
        row = _known(tx, draft, domain)
        if row is None:
            row = OrganisationRow(name=draft.name.strip(), visit_id=self._visit)
            tx.add(row)
        # A domain that is somebody else's stays theirs: two organisations can share a site.
        taken = domain and _by_domain(tx, domain)
        row.domain = row.domain or (None if taken else domain)
        row.industry = row.industry or draft.industry
        row.country = row.country or draft.country
        row.employees = row.employees or draft.employees
        row.revenue = row.revenue or draft.revenue
        row.is_withdrawn = False
        tx.flush()
        _name(tx, row, draft)
        if draft.parent and not row.parent_id and name_key(draft.parent) != name_key(row.name):
            parent = self.organisation(tx, OrganisationDraft(name=draft.parent))
            row.parent_id = parent if parent != row.id else None
        return row.id


def _name(tx: Session, row: OrganisationRow, draft: OrganisationDraft) -> None:
    """Write down by what else an organisation is known, where that is nobody else's yet."""
    for name in (draft.name, *draft.names):
        key = name_key(name)
        if key and tx.get(OrganisationNameRow, key) is None:
            tx.add(OrganisationNameRow(key=key, organisation_id=row.id, name=name.strip()))
            tx.flush()
    for key in draft.identifiers:
        if tx.get(OrganisationIdentifierRow, key.casefold()) is None:
            tx.add(OrganisationIdentifierRow(key=key.casefold(), organisation_id=row.id))
            tx.flush()


def _known(tx: Session, draft: OrganisationDraft, domain: str | None) -> OrganisationRow | None:
    for key in draft.identifiers:
        numbered = tx.get(OrganisationIdentifierRow, key.casefold())
        if numbered is not None:
            return tx.get(OrganisationRow, numbered.organisation_id)
    for name in (draft.name, *draft.names):
        named = tx.get(OrganisationNameRow, name_key(name))
        row = tx.get(OrganisationRow, named.organisation_id) if named else None
        if row is not None and not _is_another(tx, row, draft, domain):
            return row
    return _by_domain(tx, domain) if domain else None


def _by_domain(tx: Session, domain: str) -> OrganisationRow | None:
    row = tx.scalar(select(OrganisationRow).filter_by(domain=domain))
    if row is None:
        other = tx.get(OrganisationIdentifierRow, f"domain:{domain}")
        row = tx.get(OrganisationRow, other.organisation_id) if other else None
    return row


def _is_another(
    tx: Session, row: OrganisationRow, draft: OrganisationDraft, domain: str | None
) -> bool:
    """Whether an organisation of the same name cannot be the one that the draft means."""
    known = tx.scalars(
        select(OrganisationIdentifierRow.key).filter_by(organisation_id=row.id)
    ).all()
    return are_apart(domain, row.domain, [key.casefold() for key in draft.identifiers], known)


def _person(tx: Session, draft: PersonDraft, organisation: int | None) -> int:
    email = email_key(draft.email) if draft.email else None
    named = f"name:{organisation}:{name_key(draft.name)}" if draft.name.strip() else None
    # Somebody with an address is known by it alone: two of one name can work in one place.
    key = f"mailto:{email}" if email else named
    assert key is not None
    known = tx.get(PersonKeyRow, key)
    row = tx.get(PersonRow, known.person_id) if known else None
    if row is None and email and named and organisation is not None:
        row = _without_address(tx, named)
    if row is None:
        row = PersonRow(name=draft.name.strip() or draft.email or "")
        tx.add(row)
    if "@" in row.name and draft.name.strip():
        row.name = draft.name.strip()
    row.title = row.title or draft.title
    row.phone = row.phone or draft.phone
    row.organisation_id = row.organisation_id or organisation
    tx.flush()
    for one in filter(None, (key, named if organisation is not None else None)):
        if tx.get(PersonKeyRow, one) is None:
            tx.add(PersonKeyRow(key=one, person_id=row.id))
            tx.flush()
    return row.id


def _without_address(tx: Session, named: str) -> PersonRow | None:
    """Return who has that name there, when no address of theirs is known yet."""
    known = tx.get(PersonKeyRow, named)
    if known is None:
        return None
    has = tx.scalar(
        select(PersonKeyRow.key).where(
            PersonKeyRow.person_id == known.person_id, PersonKeyRow.key.startswith("mailto:")
        )
    )
    return None if has else tx.get(PersonRow, known.person_id)
