"""Makes CRM records for tests: a deal and who is in it, each as a connector would tell it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests import make
from unsolved.db import Sessions, transaction
from unsolved.sources import (
    OrganisationDraft,
    Part,
    PersonDraft,
    RecordDraft,
    RecordKind,
    add,
    source_called,
)

MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
FACTS = {
    "amount": 90000,
    "currency": "EUR",
    "stage": "Qualified",
    "owner": "Ada",
    "created": "2026-02-01T00:00:00+00:00",
    "closed": "2026-06-30T00:00:00+00:00",
}


@dataclass
class Crm:
    """A CRM with some records in it; a real connector, only nearer."""

    records: list[RecordDraft] = field(default_factory=list)
    name: str = "our crm"

    def fetch(self) -> Any:
        return iter(self.records)


def deal(key: str = "d1", about: str | None = "Acme", **facts: Any) -> RecordDraft:
    told = {**FACTS, **facts}
    return RecordDraft(
        kind=RecordKind.DEAL,
        key=key,
        title=told.pop("name", f"Deal {key}"),
        at=MARCH,
        organisation=OrganisationDraft(name=about) if about else None,
        person=told.pop("person", None),
        facts={name: value for name, value in told.items() if value is not None},
    )


def person(name: str, about: str = "Acme") -> PersonDraft:
    return PersonDraft(
        name=name,
        email=f"{name.lower()}@{about.lower()}.example",
        organisation=OrganisationDraft(name=about),
    )


def call(key: str, *people: PersonDraft, deal_key: str = "d1") -> RecordDraft:
    return RecordDraft(
        kind=RecordKind.ACTIVITY,
        key=key,
        title="a call",
        at=MARCH,
        deal_key=deal_key,
        organisation=OrganisationDraft(name="Acme"),
        person=people[0] if people else None,
        people=tuple((Part.GUEST, one) for one in people[1:]),
        facts={"type": "call"},
    )


def sync(sessions: Sessions, *records: RecordDraft) -> None:
    """Let the CRM be visited with these records in it."""
    add(sessions, Crm(list(records)), now=make.SPRING)


def place(sessions: Sessions, key: str) -> tuple[int, str]:
    """Return by which source and key a deal is known."""
    with transaction(sessions) as tx:
        source = source_called(tx, "our crm")
    assert source is not None
    return source, key
