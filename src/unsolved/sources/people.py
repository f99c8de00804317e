"""A person: one human being, whatever addresses and names they go by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody we know of; ``emails`` by alphabet, ``organisation`` where they work."""

    id: int
    name: str
    title: str | None
    phone: str | None
    emails: tuple[str, ...]
    organisation_id: int | None
    organisation: str | None
