"""Which organisations may be one: what of them is compared, and what speaks against it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from unsolved.sources.domains import is_free_mail, organisation_domain
from unsolved.sources.identity import domain_key
from unsolved.sources.linkage.engine import Row
from unsolved.sources.linkage.model import OrganisationFacts
from unsolved.sources.linkage.names import Name, folded, read
from unsolved.sources.linkage.words import words

MOST_NAMES = 20
LONGEST_TICKER = 5
SHORTEST_WORD = 3
RESERVED = frozenset({"corp", "example", "internal", "lan", "local", "test"})
UNIQUE = ("cik:", "lei:")


def rows_of(known: Sequence[OrganisationFacts]) -> list[Row]:
    """Return a row for each name of each organisation, with its keys."""
    return [row for facts in known for row in _rows(facts)]


def own_domains(told: Sequence[str]) -> list[str]:
    """Return the domains that are an organisation's own: no platform, no mailbox for all."""
    found = {domain_key(domain) for domain in told if domain}
    return sorted(one for one in found if is_own(one))


@lru_cache(maxsize=200_000)
def is_own(domain: str) -> bool:
    """Whether a domain can be one organisation's: no platform, no mailbox for all.

    >>> is_own("acme.com"), is_own("uk.linkedin.com"), is_own("gmail.com")
    (True, False, False)
    """
    return _registered(domain) is not None and not is_shared(domain)


@lru_cache(maxsize=200_000)
def is_shared(domain: str) -> bool:
    """Whether a domain is a platform's or a provider's of mail for all.

    >>> is_shared("uk.linkedin.com"), is_shared("gmail.com"), is_shared("bolt.example")
    (True, True, False)
    """
    registered = organisation_domain(domain)
    return is_free_mail(domain) or is_platform(domain) or is_platform(registered or domain)


def is_platform(domain: str) -> bool:
    """Whether anybody can have a page at a domain.

    >>> is_platform("facebook.com"), is_platform("acme.com")
    (True, False)
    """
    return domain in words().platforms


def names_of(facts: OrganisationFacts) -> list[str]:
    """Return the names of an organisation that differ, each as it was told first."""
    by_core: dict[str, str] = {}
    for told in facts.names[:MOST_NAMES]:
        by_core.setdefault(read(told).core, told)
    return list(by_core.values())


def _rows(facts: OrganisationFacts) -> Iterator[dict[str, Any]]:
    domains = own_domains(facts.domains)
    shared = {
        "owner": facts.id,
        "domains": domains,
        "mail": sorted(
            {*own_domains(facts.mail_domains), *filter(None, map(_registered, domains))}
        ),
        "labels": sorted({label_of(domain) for domain in domains}),
        "numbers": sorted(k.casefold() for k in facts.identifiers if k.startswith(UNIQUE)),
        "tickers": tickers_of(facts),
        "country": folded(facts.country) if facts.country else None,
        "industry": _industry(facts.industry),
    }
    for told in names_of(facts):
        name = read(told)
        yield {
            **shared,
            "squash": name.squash,
            "ordered": name.ordered,
            "loose": name.loose,
            "stem": name.stem,
            "skeleton": name.skeleton,
            "initials": list(name.initials),
            "bare": list(name.bare),
            "told": list(name.sounds),
            "keys": _keys(name, shared),
        }


def tickers_of(facts: OrganisationFacts) -> list[str]:
    """Return the symbols of an organisation's shares, without the market and the class."""
    told = (
        k.casefold().partition(":")[2] for k in facts.identifiers if k.startswith("ticker:")
    )
    return sorted({one.split(".")[0].strip() for one in told if one})


@lru_cache(maxsize=200_000)
def _registered(domain: str) -> str | None:
    """Return what was registered; at home and in examples, what stands before the last word."""
    *before, last = domain.split(".")
    if before and last in RESERVED:
        return f"{before[-1]}.{last}"
    return organisation_domain(domain)


def label_of(domain: str) -> str:
    """Return what stands before the suffix, as names are squashed: ``lamb-weston.com``."""
    return folded((_registered(domain) or domain).split(".")[0]).replace("-", "")


def _industry(told: str | None) -> list[str]:
    found = folded(told or "").replace("(", " ").replace(")", " ").replace(",", " ").split()
    return sorted({word for word in found if len(word) > 3})  # noqa: PLR2004


def _keys(name: Name, shared: dict[str, Any]) -> list[tuple[str, str]]:
    keys = {("spelling", name.squash), ("order", name.ordered), ("sound", name.skeleton)}
    keys |= {("number", number) for number in shared["numbers"]}
    keys |= {("ticker", ticker) for ticker in shared["tickers"]}
    keys |= {("domain", domain) for domain in [*shared["domains"], *shared["mail"]]}
    keys |= {("spelling", label) for label in shared["labels"]}
    keys.add(("stem", name.stem))
    if name.bare:
        keys.add(("bare", "".join(name.bare)))
        keys |= {("word", word) for word in name.bare if len(word) >= SHORTEST_WORD}
    if len(name.words) == 1 and len(name.squash) <= LONGEST_TICKER:
        keys |= {("ticker", name.squash), ("initials", name.squash)}
    else:
        keys |= {("initials", one) for one in name.initials}
    return sorted(keys)
