"""Whom a row is about: the organisation and the person in its cells, made once and kept."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any, NamedTuple

from unsolved.sources.crm.columns import Kept
from unsolved.sources.domains import organisation_domain
from unsolved.sources.model import OrganisationDraft
from unsolved.sources.records import PersonDraft

Values = dict[str, Any]
"""What the cells of a row were read as, by field."""

OF_PERSON = ("person_name", "person_email")
_OF_ORGANISATION = (
    "organisation",
    "organisation_domain",
    "organisation_country",
    "organisation_industry",
)


class Parties(NamedTuple):
    """The organisation and the person of a row, as far as its cells tell."""

    organisation: OrganisationDraft | None
    person: PersonDraft | None


class PartiesOf:
    """Finds the parties of rows; the same cells give the same ones."""

    def __init__(self, fields: Collection[str]) -> None:
        self._fields = tuple(name for name in (*_OF_ORGANISATION, *OF_PERSON) if name in fields)
        self._kept: tuple[Kept[tuple[object, ...], Parties], ...] = (
            Kept(partial(self._made, has_key=False)),
            Kept(partial(self._made, has_key=True)),
        )

    def __call__(self, values: Values, *, has_key: bool) -> Parties:
        """Return the parties of a row; with a key its organisation has a row of its own."""
        return self._kept[has_key][tuple(map(values.get, self._fields))]

    def _made(self, told: tuple[object, ...], *, has_key: bool) -> Parties:
        values = dict(zip(self._fields, told, strict=True))
        email = values.get("person_email")
        organisation = organisation_in(values)
        if organisation is None and not has_key:
            organisation = _at(email)
        name = values.get("person_name")
        if not name and not email:
            return Parties(organisation, None)
        person = PersonDraft(name=_text(name), email=_or_none(email), organisation=organisation)
        return Parties(organisation, person)


def organisation_in(values: Mapping[str, object]) -> OrganisationDraft | None:
    """Return the organisation that a row of something else names; None where it names none."""
    name, domain = values.get("organisation"), values.get("organisation_domain")
    if not name and not domain:
        return None
    return OrganisationDraft(
        name=_text(name or domain),
        domain=_or_none(domain),
        country=_or_none(values.get("organisation_country")),
        industry=_or_none(values.get("organisation_industry")),
    )


def _at(email: object) -> OrganisationDraft | None:
    """Return the organisation that an address is at; none where anybody can have one."""
    domain = organisation_domain(email) if isinstance(email, str) else None
    return OrganisationDraft(name=domain, domain=domain) if domain else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None
