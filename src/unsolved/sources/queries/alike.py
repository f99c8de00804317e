"""What of organisations and people is compared to find who is one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from unsolved.sources.domains import organisation_domain
from unsolved.sources.linkage.model import OrganisationFacts, PersonFacts
from unsolved.sources.tables import (
    OrganisationIdentifierRow,
    OrganisationNameRow,
    OrganisationRow,
    PersonKeyRow,
    PersonRow,
)

MAILTO = "mailto:"
DOMAIN = "domain:"
Ids = Sequence[int] | None


def organisation_facts(tx: Session, ids: Ids = None) -> list[OrganisationFacts]:
    """Return what of organisations is compared: of those asked for, or of all that stand."""
    stands = [OrganisationRow.merged_into_id.is_(None), OrganisationRow.is_withdrawn.is_(False)]
    chosen = stands if ids is None else [OrganisationRow.id.in_(ids)]
    rows = tx.execute(
        select(
            OrganisationRow.id,
            OrganisationRow.name,
            OrganisationRow.domain,
            OrganisationRow.country,
            OrganisationRow.industry,
            OrganisationRow.parent_id,
        )
        .where(*chosen)
        .order_by(OrganisationRow.id)
    ).all()
    names = _further(tx, OrganisationNameRow.organisation_id, OrganisationNameRow.name)
    numbers = _further(
        tx, OrganisationIdentifierRow.organisation_id, OrganisationIdentifierRow.key
    )
    mail = _mail_domains(tx)
    return [
        OrganisationFacts(
            id=row.id,
            names=tuple(dict.fromkeys([row.name, *names.get(row.id, ())])),
            domains=tuple(filter(None, [row.domain, *_with(numbers.get(row.id, ()), DOMAIN)])),
            mail_domains=tuple(mail.get(row.id, ())),
            country=row.country,
            industry=row.industry,
            identifiers=tuple(k for k in numbers.get(row.id, ()) if not k.startswith(DOMAIN)),
            parent=row.parent_id,
        )
        for row in rows
    ]


def person_facts(tx: Session) -> tuple[list[PersonFacts], dict[int, str]]:
    """Return what of people is compared, and the names of where they work."""
    emails: dict[int, list[str]] = defaultdict(list)
    keys = select(PersonKeyRow.person_id, PersonKeyRow.key).order_by(PersonKeyRow.key)
    for one, key in tx.execute(keys.where(PersonKeyRow.key.startswith(MAILTO))):
        emails[one].append(key.removeprefix(MAILTO))
    rows = tx.execute(
        select(
            PersonRow.id,
            PersonRow.name,
            PersonRow.title,
            PersonRow.phone,
            PersonRow.organisation_id,
            OrganisationRow.name.label("place"),
        )
        .outerjoin(OrganisationRow, OrganisationRow.id == PersonRow.organisation_id)
        .where(PersonRow.merged_into_id.is_(None))
        .order_by(PersonRow.id)
    ).all()
    known = [
        PersonFacts(
            id=row.id,
            name=row.name,
            emails=tuple(emails.get(row.id, ())),
            organisation=row.organisation_id,
            title=row.title,
            phone=row.phone,
        )
        for row in rows
    ]
    return known, {row.organisation_id: row.place for row in rows if row.organisation_id}


def _further(
    tx: Session, owner: InstrumentedAttribute[int], told: InstrumentedAttribute[str]
) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for one, text in tx.execute(select(owner, told).order_by(owner, told)):
        found[one].append(text)
    return found


def _with(keys: Sequence[str], scheme: str) -> Iterator[str]:
    return (key.removeprefix(scheme) for key in keys if key.startswith(scheme))


def _mail_domains(tx: Session) -> Mapping[int, Sequence[str]]:
    """Return from where the people of organisations write."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = tx.execute(
        select(PersonRow.organisation_id, PersonKeyRow.key)
        .join(PersonKeyRow, PersonKeyRow.person_id == PersonRow.id)
        .where(PersonRow.organisation_id.is_not(None), PersonKeyRow.key.startswith(MAILTO))
    )
    for one, key in rows:
        domain = organisation_domain(key.removeprefix(MAILTO))
        if one is not None and domain is not None:
            found[one].add(domain)
    return {one: sorted(domains) for one, domains in found.items()}
