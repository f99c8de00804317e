"""Why two may be one, in words."""

from collections.abc import Callable, Mapping, Sequence
from math import log2

from unsolved.sources.identity import name_key
from unsolved.sources.linkage.engine import NULL, OTHER, Row, Weights
from unsolved.sources.linkage.model import Found, OrganisationFacts, PersonFacts
from unsolved.sources.linkage.organisations import own_domains, tickers_of

LEAST = 0.5
"""Bits that a comparison must weigh to be told."""

AGAINST = frozenset({OTHER, "at one host"})
"""Levels that speak against it."""

Teller = Callable[[str], str | None]


def told(found: Found, weights: Weights, tellers: Mapping[str, Teller]) -> list[str]:
    """Return what was compared, in words, the weightiest first."""
    weighed = []
    for name, level in found.levels.items():
        if level == NULL:
            continue
        among_ones, among_twos = weights[name][level]
        weight = log2(among_ones / among_twos)
        speaks_against = level in AGAINST
        if abs(weight) < LEAST or speaks_against != (weight < 0):
            continue
        text = tellers[name](level) if name in tellers else None
        if text:
            weighed.append((abs(weight), f"but: {text}" if speaks_against else text))
    return [text for _, text in sorted(weighed, key=lambda one: (-one[0], one[1]))]


def of_organisations(
    first: OrganisationFacts,
    second: OrganisationFacts,
    names: tuple[str, str],
    rows: Sequence[Row],
) -> dict[str, Teller]:
    """Return how each comparison of two organisations is told."""
    one, other = (f"“{name}”" for name in names)
    here, there = rows

    def name(level: str) -> str | None:
        if level == "same":
            return _same(names)
        return {
            "nearly the same": f"{one} and {other} are nearly the same",
            "the same but for weak words": f"{one} and {other}: words that many bear differ",
            "initials": f"{one} and {other}: one is the initials of the other",
            "one within the other": f"{one} and {other}: one stands within the other",
            "words in common": f"{one} and {other} have words in common",
            "other": f"{one} and {other} are different names",
        }[level]

    def site(level: str) -> str | None:
        both = sorted(set(here["domains"]) & set(there["domains"]))
        near = sorted({*here["domains"], *here["mail"]} & {*there["domains"], *there["mail"]})
        mine, yours = own_domains(first.domains), own_domains(second.domains)
        return {
            "same": f"the same domain {both[0]}" if both else None,
            "related": f"both have to do with {near[0]}" if near else None,
            "another ending": f"{_first(mine)} and {_first(yours)} differ only in the ending",
            "other": f"at other sites: {_first(mine)}, {_first(yours)}"
            if mine and yours
            else None,
        }[level]

    def spelt(level: str) -> str | None:
        domain = _first(own_domains(first.domains) or own_domains(second.domains))
        return {
            "yes": f"the domain {domain} spells the name",
            "by initials": f"the domain {domain} is the initials of the name",
        }.get(level)

    def number(level: str) -> str | None:
        both = sorted(set(here["numbers"]) & set(there["numbers"]))
        return f"the same number {both[0]}" if level == "same" and both else None

    def ticker(level: str) -> str | None:
        mine, yours = tickers_of(first), tickers_of(second)
        both = sorted(set(mine) & set(yours))
        return {
            "same": f"tickers {both[0].upper()} and {both[0].upper()}" if both else None,
            "named": f"one is called by the other's ticker, {_first(mine or yours).upper()}",
            "other": f"tickers {_first(mine).upper()} and {_first(yours).upper()}",
        }[level]

    return {
        "name": name,
        "site": site,
        "spelt": spelt,
        "number": number,
        "ticker": ticker,
        "country": _pair("country", "in other countries", first.country, second.country),
        "industry": _pair("industry", "in other industries", first.industry, second.industry),
    }


def of_people(first: PersonFacts, second: PersonFacts, where: str | None) -> dict[str, Teller]:
    """Return how each comparison of two people is told; ``where`` is where both work."""
    one, other = f"“{first.name}”", f"“{second.name}”"
    at = f" at {where}" if where else ""

    def name(level: str) -> str | None:
        return {
            "same": f"both called {first.name}{at}"
            if first.name == second.name
            else f"{one} and {other}{at} are one name",
            "called": f"{one} and {other}{at}: one given name is short for the other",
            "turned": f"{one} and {other}{at}: the same names the other way round",
            "initial": f"{one} and {other}{at}: the same family name and initial",
            "nearly": f"{one} and {other}{at} are nearly the same name",
            "longer": f"{one} and {other}{at}: one family name begins as the other",
            "family": f"{one} and {other}{at} have the family name in common",
            "other": f"{one} and {other} are different names",
        }[level]

    def address(level: str) -> str | None:
        mails = [_first(first.emails), _first(second.emails)]
        return {
            "same": f"the same address {mails[0]}",
            "fits": f"the address {mails[0] or mails[1]} can be made of either name",
            "at one host": f"two addresses at one organisation: {mails[0]}, {mails[1]}",
            "other": f"addresses at other places: {mails[0]}, {mails[1]}",
        }.get(level)

    return {
        "name": name,
        "address": address,
        "place": lambda level: (
            f"both{at or ' at one organisation'}"
            if level == "same"
            else "at other organisations"
        ),
        "phone": _pair("telephone", "other telephones", first.phone, second.phone),
        "title": _pair("title", "other titles", first.title, second.title),
    }


def _same(names: tuple[str, str]) -> str:
    one, other = names
    if one == other:
        return f"the same name “{one}”"
    if name_key(one) == name_key(other):
        return f"“{one}” and “{other}” differ only in the legal form or in spelling"
    return f"“{one}” and “{other}” differ only in how they are written out"


def _pair(one: str, many: str, here: str | None, there: str | None) -> Teller:
    def tell(level: str) -> str:
        if level == "other":
            return f"{many}: {here}, {there}"
        if here == there:
            return f"the same {one}: {here}"
        return f"{'the same' if level == 'same' else 'a like'} {one}: {here}, {there}"

    return tell


def _first(told: Sequence[str]) -> str:
    return told[0] if told else ""
