"""What is compared when two may be one, and how sure is sure."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    """An organisation as far as its identity goes.

    ``names`` begin with the one it goes by; ``domains`` are its own, ``mail_domains`` those of
    its people's addresses. ``identifiers`` have their scheme first: ``cik:0000104169``.
    """

    id: int
    names: tuple[str, ...]
    domains: tuple[str, ...] = ()
    mail_domains: tuple[str, ...] = ()
    country: str | None = None
    industry: str | None = None
    identifiers: tuple[str, ...] = ()
    parent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """A person as far as identity goes; ``organisation`` is where they work, by its id."""

    id: int
    name: str
    emails: tuple[str, ...] = ()
    organisation: int | None = None
    title: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which probability two are merged, and from which they are proposed."""

    sure: float
    doubtful: float


@dataclass(frozen=True, slots=True)
class Found:
    """Two rows that share a key: how likely they are one, and the level of each comparison.

    ``first`` and ``second`` are the owners, ``rows`` the places of their likeliest rows.
    """

    first: int
    second: int
    probability: float
    rows: tuple[int, int]
    levels: dict[str, str] = field(default_factory=dict)
