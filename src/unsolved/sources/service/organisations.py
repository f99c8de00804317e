"""Which organisations drafts mean: those we know by a number, a name or a domain, or new ones.

Many at a time: what may be known is asked for at once, and what is new is written at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from unsolved.sources.identity import are_apart, domain_key, name_key
from unsolved.sources.linkage.organisations import is_shared
from unsolved.sources.model import OrganisationDraft
from unsolved.sources.tables import (
    OrganisationIdentifierRow,
    OrganisationNameRow,
    OrganisationRow,
)

T = TypeVar("T")

MOST_ASKED = 5_000
"""Keys in one question; SQLite takes 32,766 of them and old ones 999."""


def parts(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield values in parts that one question can hold."""
    left = iter(values)
    return iter(lambda: list(islice(left, MOST_ASKED)), [])


def identify(
    tx: Session, drafts: Sequence[OrganisationDraft], visit: int
) -> dict[OrganisationDraft, int]:
    """Return whose each draft is; what it says and we did not know is written down."""
    book = _Book(tx, drafts, visit)
    rows = {draft: book.row_of(draft) for draft in drafts}
    book.write()
    return {draft: row.id for draft, row in rows.items()}


def _site(draft: OrganisationDraft) -> str | None:
    """Return an organisation's own domain; a page on a platform tells nobody from another."""
    domain = domain_key(draft.domain) if draft.domain else None
    return None if domain is None or is_shared(domain) else domain


class _Book:
    """What is known of the organisations that some drafts may mean."""

    def __init__(self, tx: Session, drafts: Sequence[OrganisationDraft], visit: int) -> None:
        self._tx, self._visit = tx, visit
        self._new: list[OrganisationRow] = []
        self._named: dict[str, str] = {}
        self._numbered: list[str] = []
        self._by_number: dict[str, OrganisationRow] = {}
        self._by_name: dict[str, OrganisationRow] = {}
        self._by_domain: dict[str, OrganisationRow] = {}
        self._numbers: dict[int, set[str]] = {}
        self._look_up(drafts)

    def row_of(self, draft: OrganisationDraft) -> OrganisationRow:
        """Return the row of a draft; a new one has no id until it is written."""
        domain = _site(draft)
        row = self._known(draft, domain)
        if row is None:
            row = OrganisationRow(name=draft.name.strip(), visit_id=self._visit)
            self._new.append(row)
        # A domain that is somebody else's stays theirs: two organisations can share a site.
        if domain and domain not in self._by_domain and not row.domain:
            row.domain = domain
            self._by_domain[domain] = row
        row.industry = row.industry or draft.industry
        row.country = row.country or draft.country
        row.employees = row.employees or draft.employees
        row.revenue = row.revenue or draft.revenue
        row.is_withdrawn = False
        self._name(row, draft)
        return row

    def write(self) -> None:
        """Write down what is new."""
        self._tx.add_all(self._new)
        self._tx.flush()
        names = [
            {"key": key, "organisation_id": self._by_name[key].id, "name": name}
            for key, name in self._named.items()
        ]
        numbers = [
            {"key": key, "organisation_id": self._by_number[key].id} for key in self._numbered
        ]
        if names:
            self._tx.execute(insert(OrganisationNameRow), names)
        if numbers:
            self._tx.execute(insert(OrganisationIdentifierRow), numbers)

    def _look_up(self, drafts: Sequence[OrganisationDraft]) -> None:
        names = {name_key(name) for draft in drafts for name in (draft.name, *draft.names)}
        domains = {domain for draft in drafts if (domain := _site(draft))}
        numbers = {key.casefold() for draft in drafts for key in draft.identifiers}
        numbers |= {f"domain:{domain}" for domain in domains}
        tx, of = self._tx, OrganisationRow
        for some in parts(names):
            rows = tx.execute(
                select(OrganisationNameRow.key, of)
                .join(of, of.id == OrganisationNameRow.organisation_id)
                .where(OrganisationNameRow.key.in_(some))
            )
            self._by_name.update((key, row) for key, row in rows)
        for some in parts(numbers):
            rows = tx.execute(
                select(OrganisationIdentifierRow.key, of)
                .join(of, of.id == OrganisationIdentifierRow.organisation_id)
                .where(OrganisationIdentifierRow.key.in_(some))
            )
            for key, row in rows:
                self._by_number[key] = row
                if key.startswith("domain:"):
                    self._by_domain[key.removeprefix("domain:")] = row
        for some in parts(domains):
            for row in tx.scalars(select(of).where(of.domain.in_(some))):
                self._by_domain[row.domain or ""] = row
        numbered = OrganisationIdentifierRow
        for ids in parts({row.id for row in self._by_name.values()}):
            of_ids = select(numbered).where(numbered.organisation_id.in_(ids))
            for one in tx.scalars(of_ids):
                self._numbers.setdefault(one.organisation_id, set()).add(one.key)

    def _known(self, draft: OrganisationDraft, domain: str | None) -> OrganisationRow | None:
        for key in draft.identifiers:
            if row := self._by_number.get(key.casefold()):
                return row
        for name in (draft.name, *draft.names):
            row = self._by_name.get(name_key(name))
            if row is not None and not self._is_another(row, draft, domain):
                return row
        return self._by_domain.get(domain) if domain else None

    def _is_another(
        self, row: OrganisationRow, draft: OrganisationDraft, domain: str | None
    ) -> bool:
        """Whether an organisation of the same name cannot be the one that the draft means."""
        known = self._numbers.get(row.id, ()) if row.id else ()
        mine = {key for key, other in self._by_number.items() if other is row} if known else ()
        keys = [key.casefold() for key in draft.identifiers]
        return are_apart(domain, row.domain, keys, {*known, *mine})

    def _name(self, row: OrganisationRow, draft: OrganisationDraft) -> None:
        """Note by what else an organisation is known, where that is nobody else's yet."""
        for name in (draft.name, *draft.names):
            key = name_key(name)
            if key and key not in self._by_name:
                self._by_name[key] = row
                self._named[key] = name.strip()
        for number in draft.identifiers:
            key = number.casefold()
            if key not in self._by_number:
                self._by_number[key] = row
                self._numbered.append(key)
                if row.id:
                    self._numbers.setdefault(row.id, set()).add(key)
