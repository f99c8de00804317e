"""Which people may be one: what of them is compared."""

from collections.abc import Sequence
from typing import Any

from unsolved.sources.linkage.engine import Row
from unsolved.sources.linkage.model import PersonFacts
from unsolved.sources.linkage.names import folded, read, sounding
from unsolved.sources.linkage.organisations import own_domains
from unsolved.sources.linkage.persons import (
    PersonName,
    addresses_of,
    is_role,
    local_part,
    mail_domain,
    phone_key,
    read_person,
)
from unsolved.sources.linkage.words import words

_SMALL = frozenset("of the and for de la head vice".split())  # noqa: SIM905


def rows_of(known: Sequence[PersonFacts]) -> list[Row]:
    """Return a row for each person, with its keys; none for a mailbox that is nobody's."""
    return [row for facts in known if (row := _row(facts)) is not None]


def name_of(facts: PersonFacts) -> PersonName | None:
    """Return the name of a person; where only an address is known, the name in that."""
    name = read_person(facts.name)
    for address in facts.emails if name is None else ():
        name = name or read_person(address)
    return name


def _row(facts: PersonFacts) -> dict[str, Any] | None:
    emails = [folded(one) for one in facts.emails if not is_role(one)]
    name = name_of(facts)
    if name is None and not emails:
        return None
    locals_ = sorted({_joined(local_part(one)) for one in emails})
    row = {
        "owner": facts.id,
        "whole": sounding(name.full) if name else None,
        "given": sounding(name.given) if name else None,
        "family": sounding(name.family) if name else None,
        "middle": name.middle if name else None,
        "called": sorted(name.called) if name and name.given else [],
        "emails": emails,
        "locals": locals_,
        "hosts": own_domains([mail_domain(one) for one in emails]),
        "fits": addresses_of(name) if name else [],
        "organisation": str(facts.organisation) if facts.organisation is not None else None,
        "title": _title(facts.title),
        "phone": phone_key(facts.phone),
    }
    return {**row, "keys": _keys(row, name)}


def _joined(local: str) -> str:
    """Return what stands before the @ without its dots and without a number at its end."""
    return sounding("".join(c for c in local if c.isalnum()).rstrip("0123456789"))


def _title(told: str | None) -> list[str]:
    if not told or not told.strip():
        return []
    written = " ".join(words().titles.get(word, word) for word in folded(told).split())
    return sorted(set(read(written).words) - _SMALL)


def _keys(row: dict[str, Any], name: PersonName | None) -> list[tuple[str, str]]:
    keys = {("email", one) for one in row["emails"]}
    if row["phone"]:
        keys.add(("phone", row["phone"]))
    places = {*row["hosts"], *([f"#{row['organisation']}"] if row["organisation"] else [])}
    keys |= {
        ("address", f"{fit}@{place}")
        for fit in (*row["fits"], *row["locals"])
        for place in places
    }
    if name is None:
        return sorted(keys)
    given, family = row["given"], row["family"]
    keys.add(("sound", "".join(sorted([given, family]))))
    for place in places:
        keys.add(("family", f"{family}@{place}"))
        keys.add(("place", f"{given[:1]}{family[:3]}@{place}"))
        for called in name.called if given else ():
            keys.add(("given", f"{called}@{place}"))
        if given:
            keys.add(("place", f"{family[:1]}{given[:3]}@{place}"))
    return sorted(keys)
