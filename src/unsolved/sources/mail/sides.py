"""Whose side an address is on, and for which organisation it speaks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from unsolved.sources.domains import organisation_domain
from unsolved.sources.identity import domain_key
from unsolved.sources.model import OrganisationDraft

# Machines with an address of their own: rooms and calendars at those who keep them for others.
_MACHINES = ("calendar.google.com", "resource.calendar.google.com")


@dataclass(frozen=True, slots=True)
class Sides:
    """Our own domains and addresses; everybody else is the other side."""

    own: frozenset[str] = frozenset()

    @classmethod
    def named(cls, told: Iterable[str]) -> "Sides":
        """Return the sides when ``told`` are domains (``acme.com``) or addresses of our own.

        >>> Sides.named(["https://www.Acme.com/", "ann@gmail.com"]).is_own("bo@eu.acme.com")
        True
        """
        return cls(
            frozenset(
                one.strip().casefold()
                if one.strip().find("@") > 0
                else domain_key(one.strip(" @"))
                for one in told
                if one.strip(" @")
            )
        )

    def is_own(self, address: str) -> bool:
        """Whether an address is ours: itself, its domain, or a domain above that is named."""
        plain = address.casefold()
        host = plain.rpartition("@")[2]
        labels = host.split(".")
        above = (".".join(labels[number:]) for number in range(len(labels)))
        return plain in self.own or any(domain in self.own for domain in above)

    def other(self, addresses: Sequence[str]) -> str | None:
        """Return the first address that is not ours; the first of all when each is ours."""
        return next(
            (one for one in addresses if not self.is_own(one)), next(iter(addresses), None)
        )

    def direction(self, sender: str | None, addresses: Sequence[str]) -> str | None:
        """Return where a mail went: ``in``, ``out``, ``internal``; None where none is ours."""
        if not self.own or sender is None:
            return None
        if not self.is_own(sender):
            return "in"
        return "internal" if all(self.is_own(one) for one in addresses) else "out"


def organisation_at(address: str) -> OrganisationDraft | None:
    """Return the organisation that an address belongs to; none at a provider for anybody.

    >>> organisation_at("ann@mail.acme.co.uk").domain, organisation_at("ann@gmail.com")
    ('acme.co.uk', None)
    """
    if address.casefold().rpartition("@")[2].endswith(_MACHINES):
        return None
    domain = organisation_domain(address)
    return OrganisationDraft(name=domain, domain=domain) if domain else None
