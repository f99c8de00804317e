"""A company, a contact or a deal of HubSpot becomes a record, under the names we use."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unsolved.sources.cells import Cells, as_received, moment_of, text_of
from unsolved.sources.connectors.hubspot.client import Json
from unsolved.sources.connectors.hubspot.naming import Naming, domain_of
from unsolved.sources.model import OrganisationDraft
from unsolved.sources.records import Fact, PersonDraft, RecordDraft, RecordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Whom and what an object is about, the first one first."""

    companies: Sequence[str] = ()
    contacts: Sequence[str] = ()
    deals: Sequence[str] = ()


def company(cells: Cells, parent: str | None) -> OrganisationDraft | None:
    """Return the organisation that a company is; None where it has neither name nor domain."""
    domain = domain_of(cells.text("domain", "website"))
    name = cells.text("name") or domain
    if not name:
        return None
    ticker = cells.text("ticker")
    return OrganisationDraft(
        name=name,
        domain=domain,
        industry=_words(cells.text("industry")),
        country=cells.text("country"),
        employees=cells.count("numberofemployees"),
        revenue=cells.text("annualrevenue"),
        identifiers=(f"ticker:{ticker}",) if ticker else (),
        parent=parent,
    )


def stages(
    deal: Json, told: Json, names: Naming, organisation: str | None
) -> Iterator[RecordDraft]:
    """Yield that a deal entered its stages, the first one first; ``told`` has the history."""
    key = str(deal.get("id"))
    history = told.get("propertiesWithHistory")
    entries = history.get("dealstage") if isinstance(history, dict) else None
    found = []
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            continue
        stage, at = text_of(entry.get("value")), moment_of(entry.get("timestamp"))
        if stage and at:
            found.append((at, stage, entry))
    before = None
    for at, stage, entry in sorted(found, key=lambda one: one[:2]):
        if stage == before:
            continue
        before, known = stage, names.stages.get(stage)
        facts: dict[str, Fact] = {"stage": known.label if known else stage, "id": stage}
        if known:
            facts |= {"is_closed": known.is_closed, "is_won": known.is_won}
        yield RecordDraft(
            kind=RecordKind.STAGE,
            key=f"{key}:{at.isoformat()}:{stage}",
            title=known.label if known else stage,
            at=at,
            deal_key=key,
            organisation_key=organisation,
            facts=facts,
            received=as_received(entry),
        )


def company_record(told: Json, cells: Cells, names: Naming, parent: str | None) -> RecordDraft:
    """Return the record that a company is; ``parent`` is what its parent is called."""
    draft = company(cells, parent)
    key = str(told.get("id"))
    facts: dict[str, Fact] = {
        "name": cells.text("name"),
        "domain": cells.text("domain", "website"),
        "industry": draft.industry if draft else _words(cells.text("industry")),
        "country": cells.text("country"),
        "employees": draft.employees if draft else None,
        "revenue": cells.text("annualrevenue"),
        "parent": parent,
        "parent_key": cells.text("hs_parent_company_id"),
        "ticker": cells.text("ticker"),
        "phone": cells.text("phone"),
        "about": cells.text("description"),
        **common(cells, names, "createdate", "hs_lastmodifieddate"),
    }
    return RecordDraft(
        kind=RecordKind.ORGANISATION,
        key=key,
        title=draft.name if draft else f"company {key}",
        at=cells.moment("createdate"),
        organisation=draft,
        facts=said(facts),
        received=as_received(told),
    )


def contact_record(told: Json, cells: Cells, links: Links, names: Naming) -> RecordDraft:
    """Return the record that a contact is."""
    key = str(told.get("id"))
    first, last, email = cells.text("firstname"), cells.text("lastname"), cells.text("email")
    name = " ".join(part for part in (first, last) if part)
    phone = cells.text("phone", "mobilephone")
    firm = first_of(links.companies) or cells.text("associatedcompanyid")
    named = cells.text("company")
    works_at = OrganisationDraft(name=named) if named and not firm else None
    facts: dict[str, Fact] = {
        "name": name or None,
        "first_name": first,
        "last_name": last,
        "email": email,
        "title": cells.text("jobtitle"),
        "phone": phone,
        "organisation": named,
        **common(cells, names, "createdate", "lastmodifieddate"),
    }
    person = None
    if name or email:
        title = cells.text("jobtitle")
        person = PersonDraft(name=name, email=email, title=title, phone=phone)
    return RecordDraft(
        kind=RecordKind.PERSON,
        key=key,
        title=name or email or f"contact {key}",
        at=cells.moment("createdate"),
        organisation=works_at,
        organisation_key=firm,
        person=person,
        facts=said(facts),
        received=as_received(told),
    )


def deal_record(told: Json, cells: Cells, links: Links, names: Naming) -> RecordDraft:
    """Return the record that a deal is."""
    key = str(told.get("id"))
    stage = names.stage(cells.text("dealstage"))
    is_won, is_closed = cells.is_so("hs_is_closed_won"), cells.is_so("hs_is_closed")
    amount = cells.number("amount")
    facts: dict[str, Fact] = {
        "name": cells.text("dealname"),
        "amount": amount,
        "currency": cells.text("deal_currency_code")
        or (names.currency if amount is not None else None),
        "stage": stage.label if stage else None,
        "pipeline": names.pipeline(cells.text("pipeline")),
        "probability": cells.number("hs_deal_stage_probability"),
        "closed": cells.iso("closedate"),
        "is_won": stage.is_won if stage and stage.is_won is not None else is_won,
        "is_closed": stage.is_closed if stage and stage.is_closed is not None else is_closed,
        "lost_reason": cells.text("closed_lost_reason"),
        "next_step": cells.text("hs_next_step"),
        "about": cells.text("description"),
        **common(cells, names, "createdate", "hs_lastmodifieddate"),
    }
    return RecordDraft(
        kind=RecordKind.DEAL,
        key=key,
        title=cells.text("dealname") or f"deal {key}",
        at=cells.moment("createdate"),
        organisation_key=first_of(links.companies),
        person_key=first_of(links.contacts),
        facts=said(facts),
        received=as_received(told),
    )


def common(cells: Cells, names: Naming, created: str, changed: str) -> dict[str, Fact]:
    """Return what every object says: whose it is, and when it was made and last changed."""
    return {
        "owner": names.owner(cells.text("hubspot_owner_id")),
        "created": cells.iso(created),
        "changed": cells.iso(changed),
    }


def said(facts: dict[str, Fact]) -> dict[str, Fact]:
    """Return the facts that say something."""
    return {name: value for name, value in facts.items() if value is not None}


def _words(told: str | None) -> str | None:
    """Return one of HubSpot's own choices as words: ``COMPUTER_SOFTWARE``."""
    if told and re.fullmatch(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*", told) and "_" in told:
        return told.replace("_", " ").capitalize()
    return told


def first_of(keys: Sequence[str]) -> str | None:
    """Return the first of some keys, if there is one."""
    return keys[0] if keys else None
