"""What tables of an export say about rows of others: links, and what keys stand for."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field

from unsolved.sources.model import OrganisationDraft

MOST_ORGANISATIONS = 200_000  # kept to say whom an activity is about; beyond, its key says so

Links = MutableMapping[tuple[str, str], MutableMapping[str, str]]
"""By the field and the key of one row: fields and keys of the other."""


@dataclass(slots=True)
class Known:
    """What was learned from tables read before.

    ``links`` adds keys to rows that lack them; ``names`` gives by sort ("stage", "owner") what
    a key stands for, ``ends`` which stages end a deal, and whether won.
    """

    links: Links = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    ends: dict[str, bool] = field(default_factory=dict)
    organisations: dict[tuple[str, str], OrganisationDraft] = field(default_factory=dict)

    def link(self, field_name: str, key: str, other: str, other_key: str) -> None:
        """Note that two rows belong together; the first link of a sort is kept."""
        self.links.setdefault((field_name, key), {}).setdefault(other, other_key)
        self.links.setdefault((other, other_key), {}).setdefault(field_name, key)

    def linked(self, field_name: str, key: str) -> Mapping[str, str]:
        """Return the keys of what belongs to a row."""
        return self.links.get((field_name, key), {})

    def named(self, of: str, key: str) -> str:
        """Return what a key stands for, or the key."""
        return self.names.get(of, {}).get(key, key)

    def met(self, field_name: str, key: str, organisation: OrganisationDraft) -> None:
        """Note whom a row is about."""
        if len(self.organisations) < MOST_ORGANISATIONS:
            self.organisations[field_name, key] = organisation

    def about(self, **keys: str | None) -> OrganisationDraft | None:
        """Return the organisation behind the first of the keys that is known."""
        for field_name, key in keys.items():
            if key and (found := self.organisations.get((field_name, key))):
                return found
        return None
