"""A row of Salesforce becomes a record, with everything it says under the names we use."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from unsolved.sources.cells import Cells, as_received, moment_of, text_of
from unsolved.sources.connectors.salesforce.org import Row
from unsolved.sources.connectors.salesforce.tables import (
    ACCOUNT,
    CONTACT,
    LEAD,
    OPPORTUNITY,
    Table,
)
from unsolved.sources.domains import is_free_mail
from unsolved.sources.identity import domain_key
from unsolved.sources.model import OrganisationDraft
from unsolved.sources.records import Fact, PersonDraft, RecordDraft, RecordKind

_TYPES = {"Email": "e-mail", "ListEmail": "e-mail", "Call": "call"}
_DIRECTIONS = {"Inbound": "in", "Outbound": "out"}
_MINUTE = 60
# How ids begin: what sort of object somebody or something is.
_CONTACT, _LEAD, _ACCOUNT, _OPPORTUNITY = "003", "00Q", "001", "006"


def flat(row: Row) -> dict[str, Any]:
    """Return a row with the fields of its relations beside its own.

    >>> flat({"Name": "Portal", "Owner": {"attributes": {}, "Name": "Ann"}})
    {'Name': 'Portal', 'Owner.Name': 'Ann'}
    """
    told: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            if name != "attributes":
                told |= {f"{name}.{k}": v for k, v in value.items() if k != "attributes"}
        else:
            told[name] = value
    return told


def record(table: Table, row: Row, cells: Cells) -> RecordDraft:
    """Return the record that a row is."""
    key = str(row.get("Id"))
    if table is ACCOUNT:
        return _account(key, row, cells)
    if table in {CONTACT, LEAD}:
        return _person(key, row, cells)
    if table is OPPORTUNITY:
        return _opportunity(key, row, cells)
    return _activity(key, row, cells)


def about(cells: Cells) -> OrganisationDraft | None:
    """Return whom an activity is about, if that is told with it."""
    name = cells.text("Account.Name")
    return (
        OrganisationDraft(name=name, domain=_domain(cells, "Account.Website")) if name else None
    )


def stages(rows: Sequence[Row], accounts: Mapping[str, str | None]) -> Iterator[RecordDraft]:
    """Yield that opportunities entered their stages; ``rows`` are their whole histories.

    A history has a row for every new amount and date too; those are no entries.
    """
    found = []
    for row in rows:
        deal, stage = text_of(row.get("OpportunityId")), text_of(row.get("StageName"))
        at, key = moment_of(row.get("CreatedDate")), text_of(row.get("Id"))
        if deal and stage and at and key:
            found.append((deal, at, key, stage, row))
    before: tuple[str, str] | None = None
    for deal, at, key, stage, row in sorted(found, key=lambda one: one[:3]):
        if before == (deal, stage):
            continue
        before = (deal, stage)
        cells = Cells(f"OpportunityHistory {key}", flat(row))
        facts: dict[str, Fact] = {
            "stage": stage,
            "amount": cells.number("Amount"),
            "probability": _probability(cells),
            "owner": cells.text("CreatedBy.Name"),
        }
        yield RecordDraft(
            kind=RecordKind.STAGE,
            key=key,
            title=stage,
            at=at,
            deal_key=deal,
            organisation_key=accounts.get(deal),
            facts=_said(facts),
            received=as_received(row),
        )


def _account(key: str, row: Row, cells: Cells) -> RecordDraft:
    name, domain = cells.text("Name"), _domain(cells, "Website")
    employees, ticker = cells.count("NumberOfEmployees"), cells.text("TickerSymbol")
    number, currency = cells.number("AnnualRevenue"), cells.text("CurrencyIsoCode")
    revenue = None if number is None else " ".join(filter(None, (str(number), currency)))
    draft = None
    if name or domain:
        draft = OrganisationDraft(
            name=name or domain or "",
            domain=domain,
            industry=cells.text("Industry"),
            country=cells.text("BillingCountry"),
            employees=employees,
            revenue=revenue,
            identifiers=(f"ticker:{ticker}",) if ticker else (),
            parent=cells.text("Parent.Name"),
        )
    facts: dict[str, Fact] = {
        "name": name,
        "domain": cells.text("Website"),
        "industry": cells.text("Industry"),
        "country": cells.text("BillingCountry"),
        "employees": employees,
        "revenue": revenue,
        "parent": cells.text("Parent.Name"),
        "parent_key": cells.text("ParentId"),
        "ticker": ticker,
        "phone": cells.text("Phone"),
        "about": cells.text("Description"),
        **_common(cells),
    }
    return RecordDraft(
        kind=RecordKind.ORGANISATION,
        key=key,
        title=draft.name if draft else f"account {key}",
        at=cells.moment("CreatedDate"),
        organisation=draft,
        facts=_said(facts),
        received=as_received(row),
    )


def _person(key: str, row: Row, cells: Cells) -> RecordDraft:
    first, last = cells.text("FirstName"), cells.text("LastName")
    name = " ".join(filter(None, (first, last))) or cells.text("Name") or ""
    email, title = cells.text("Email"), cells.text("Title")
    phone = cells.text("Phone", "MobilePhone")
    firm = cells.text("AccountId", "ConvertedAccountId")
    named = cells.text("Company")
    works_at = None
    if named and not firm:
        works_at = OrganisationDraft(
            name=named,
            domain=_domain(cells, "Website"),
            industry=cells.text("Industry"),
            country=cells.text("Country"),
            employees=cells.count("NumberOfEmployees"),
        )
    person = (
        PersonDraft(name=name, email=email, title=title, phone=phone) if name or email else None
    )
    facts: dict[str, Fact] = {
        "name": name or None,
        "first_name": first,
        "last_name": last,
        "email": email,
        "title": title,
        "phone": phone,
        "organisation": named,
        "status": cells.text("Status"),
        **_common(cells),
    }
    return RecordDraft(
        kind=RecordKind.PERSON,
        key=key,
        title=name or email or f"person {key}",
        at=cells.moment("CreatedDate"),
        organisation=works_at,
        organisation_key=firm,
        person=person,
        facts=_said(facts),
        received=as_received(row),
    )


def _opportunity(key: str, row: Row, cells: Cells) -> RecordDraft:
    facts: dict[str, Fact] = {
        "name": cells.text("Name"),
        "amount": cells.number("Amount"),
        "currency": cells.text("CurrencyIsoCode"),
        "stage": cells.text("StageName"),
        "pipeline": cells.text("RecordType.Name"),
        "probability": _probability(cells),
        "closed": cells.iso("CloseDate"),
        "is_won": cells.is_so("IsWon"),
        "is_closed": cells.is_so("IsClosed"),
        "lost_reason": cells.text(*(name for name in cells.row if is_lost_reason(name))),
        "next_step": cells.text("NextStep"),
        "about": cells.text("Description"),
        **_common(cells),
    }
    return RecordDraft(
        kind=RecordKind.DEAL,
        key=key,
        title=cells.text("Name") or f"opportunity {key}",
        at=cells.moment("CreatedDate"),
        organisation_key=cells.text("AccountId"),
        person_key=cells.text("ContactId"),
        facts=_said(facts),
        received=as_received(row),
    )


def is_lost_reason(field: str) -> bool:
    """Whether an org's own field says why a deal was lost.

    >>> is_lost_reason("Loss_Reason__c"), is_lost_reason("Reason_Won_Lost__c")
    (True, True)
    >>> is_lost_reason("Lost_Weight__c")
    False
    """
    plain = field.casefold()
    return plain.endswith("__c") and "reason" in plain and ("lost" in plain or "loss" in plain)


def _activity(key: str, row: Row, cells: Cells) -> RecordDraft:
    is_event = "StartDateTime" in cells.row or "DurationInMinutes" in cells.row
    minutes, seconds = cells.number("DurationInMinutes"), cells.number("CallDurationInSeconds")
    kind = "meeting" if is_event else _TYPES.get(cells.text("TaskSubtype") or "", "task")
    who, what = cells.text("WhoId") or "", cells.text("WhatId") or ""
    firm = cells.text("AccountId") or (what if what.startswith(_ACCOUNT) else None)
    begins = cells.moment("StartDateTime") or cells.moment("CompletedDateTime")
    direction = cells.text("CallType")
    facts: dict[str, Fact] = {
        "type": kind,
        "subject": cells.text("Subject"),
        "text": cells.text("Description"),
        "direction": _DIRECTIONS.get(direction, direction) if direction else None,
        "duration": minutes * _MINUTE if minutes is not None else seconds,
        "status": cells.text("Status"),
        "due": None if is_event else cells.iso("ActivityDate"),
        **_common(cells),
    }
    return RecordDraft(
        kind=RecordKind.ACTIVITY,
        key=key,
        title=cells.text("Subject") or kind,
        at=begins or cells.moment("ActivityDate") or cells.moment("CreatedDate"),
        organisation_key=firm,
        person_key=who if who.startswith((_CONTACT, _LEAD)) else None,
        deal_key=what if what.startswith(_OPPORTUNITY) else None,
        facts=_said(facts),
        # The account's name is the account's: when it changes, the activity has not.
        received=as_received({name: value for name, value in row.items() if name != "Account"}),
    )


def _common(cells: Cells) -> dict[str, Fact]:
    return {
        "owner": cells.text("Owner.Name"),
        "created": cells.iso("CreatedDate"),
        "changed": cells.iso("LastModifiedDate"),
    }


def _probability(cells: Cells) -> float | None:
    """Return a chance as a part of one; Salesforce tells per cent."""
    told = cells.number("Probability")
    return None if told is None else told / 100


def _domain(cells: Cells, name: str) -> str | None:
    told = cells.text(name)
    domain = domain_key(told) if told else ""
    return domain if "." in domain and " " not in domain and not is_free_mail(domain) else None


def _said(facts: dict[str, Fact]) -> dict[str, Fact]:
    return {name: value for name, value in facts.items() if value is not None}
