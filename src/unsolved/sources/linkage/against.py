"""What speaks against two organisations being one, however alike they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from unsolved.sources.linkage.model import Found, OrganisationFacts
from unsolved.sources.linkage.names import Name, folded, read
from unsolved.sources.linkage.organisations import UNIQUE, own_domains

TRUNCATED = 3
"""Letters that must be left of a word that a column cut off."""

SHORT = 3
"""A name of so few letters is borne by many."""


class Weight(IntEnum):
    """How much an objection weighs."""

    DOUBT = 1
    """A person should decide."""

    APART = 2
    """They are two, and nobody need be asked."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Something that speaks against it, in words."""

    weight: Weight
    text: str


def objections(
    first: OrganisationFacts, second: OrganisationFacts, names: tuple[str, str], found: Found
) -> list[Objection]:
    """Return what speaks against two organisations being one, the weightiest first."""
    told = [*_numbers(first, second), *_family(first, second)]
    if found.levels["number"] != "same":
        told += _facts(first, second, found)
        told += _names(read(names[0]), read(names[1]), found)
    return sorted(told, key=lambda one: -one.weight)


def unique_numbers(
    here: Sequence[OrganisationFacts], there: Sequence[OrganisationFacts]
) -> bool:
    """Whether one register numbers two groups of organisations otherwise."""
    return any(list(_numbers(first, second)) for first in here for second in there)


def _numbers(first: OrganisationFacts, second: OrganisationFacts) -> Iterator[Objection]:
    for scheme in UNIQUE:
        here, there = (
            sorted(key for key in facts.identifiers if key.startswith(scheme))
            for facts in (first, second)
        )
        if here and there and not set(here) & set(there):
            yield Objection(Weight.APART, f"two numbers in one register: {here[0]}, {there[0]}")


def _family(first: OrganisationFacts, second: OrganisationFacts) -> Iterator[Objection]:
    if first.parent == second.id or second.parent == first.id:
        yield Objection(Weight.APART, "one is the parent of the other")
    elif first.parent is not None and first.parent == second.parent:
        yield Objection(Weight.DOUBT, "both belong to one parent, and may be two of its parts")


def _facts(
    first: OrganisationFacts, second: OrganisationFacts, found: Found
) -> Iterator[Objection]:
    levels = found.levels
    here, there = own_domains(first.domains), own_domains(second.domains)
    apart = bool(here and there) and levels["site"] in {"other", "another ending", "related"}
    if apart and (levels["site"] != "another ending" or levels["name"] != "same"):
        yield Objection(Weight.DOUBT, f"at other sites: {here[0]}, {there[0]}")
    if levels["site"] == "same":
        return
    if first.country and second.country and levels["country"] == "other":
        yield Objection(Weight.DOUBT, f"in other countries: {first.country}, {second.country}")
    if first.industry and second.industry and levels["industry"] == "other":
        yield Objection(
            Weight.DOUBT, f"in other industries: {first.industry}, {second.industry}"
        )


def _names(one: Name, other: Name, found: Found) -> Iterator[Objection]:
    tied = found.levels["site"] == "same"
    numbers = set(one.numbers) ^ set(other.numbers)
    if numbers and found.levels["name"] not in {"same", "initials"}:
        both = one.numbers and other.numbers
        weight = Weight.APART if both or not tied else Weight.DOUBT
        yield Objection(weight, f"numbered otherwise: {_listed(numbers)}")
    here, there = set(one.places) - set(other.places), set(other.places) - set(one.places)
    if here and there and not tied:
        yield Objection(Weight.APART, f"of other places: {_listed(here)}; {_listed(there)}")
    elif (here or there) and found.levels["name"] not in {"same", "initials"}:
        yield Objection(Weight.DOUBT, f"only one is of a place: {_listed(here or there)}")
    if not tied:
        yield from _wording(one, other, found)


def _wording(one: Name, other: Name, found: Found) -> Iterator[Objection]:
    """Object to names that are not the same, where no site says that they are one."""
    level = found.levels["name"]
    spelt = found.levels["spelt"] == "yes"
    if level == "initials":
        yield Objection(Weight.DOUBT, "initials are borne by many")
    elif level in {"one within the other", "words in common", "the same but for weak words"}:
        extra = set(one.words) ^ set(other.words)
        yield Objection(Weight.DOUBT, f"only one is called “{_listed(extra)}”")
    elif level == "nearly the same" and not _is_cut(one, other):
        yield Objection(Weight.DOUBT, "the names are spelt differently")
    elif level == "other":
        yield Objection(Weight.DOUBT, "the names are different")
    elif one.is_common and found.levels["ticker"] != "same" and not spelt:
        yield Objection(Weight.DOUBT, "many are called by these words")
    elif len(one.squash) <= SHORT and not spelt:
        yield Objection(Weight.DOUBT, "so short a name is borne by many")


def _is_cut(one: Name, other: Name) -> bool:
    """Whether two names differ only in words that were cut off: "WORLD ACCEP"."""
    if len(one.words) != len(other.words):
        return False
    pairs = zip(one.words, other.words, strict=True)
    return all(
        a == b or (min(len(a), len(b)) >= TRUNCATED and (a.startswith(b) or b.startswith(a)))
        for a, b in pairs
    )


def _listed(words: set[str]) -> str:
    return ", ".join(sorted(folded(word) for word in words))
