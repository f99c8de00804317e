"""What speaks against two people being one, however alike they are."""

from collections.abc import Iterator

from unsolved.sources.linkage.against import Objection, Weight
from unsolved.sources.linkage.model import Found, PersonFacts
from unsolved.sources.linkage.names import sounding
from unsolved.sources.linkage.people import name_of
from unsolved.sources.linkage.persons import PersonName, addresses_of, local_part, phone_key


def objections(first: PersonFacts, second: PersonFacts, found: Found) -> list[Objection]:
    """Return what speaks against two people being one, the weightiest first."""
    here, there = name_of(first), name_of(second)
    told: list[Objection] = []
    if here is not None and there is not None:
        told += _names(here, there, found)
    told += _facts(first, second, found)
    told += _addresses(first, second, found)
    return sorted(told, key=lambda one: -one.weight)


def _names(here: PersonName, there: PersonName, found: Found) -> Iterator[Objection]:
    tied = found.levels["phone"] == "same"
    if here.generation != there.generation:
        both = here.generation and there.generation
        yield Objection(
            Weight.APART if both else Weight.DOUBT, "of another generation (Jr, Sr)"
        )
    if here.middle and there.middle and here.middle[0] != there.middle[0]:
        yield Objection(Weight.APART, f"other middle names: {here.middle}, {there.middle}")
    level = found.levels["name"]
    if level == "initial":
        yield Objection(Weight.DOUBT, "only the initial of the given name is known of one")
    elif level in {"family", "other"}:
        weight = Weight.DOUBT if tied or found.levels["address"] == "fits" else Weight.APART
        yield Objection(weight, "called by other names")
    elif level == "turned":
        yield Objection(Weight.DOUBT, "given and family name are the other way round")
    elif level in {"nearly", "longer"}:
        yield Objection(Weight.DOUBT, "the names are spelt differently")


def _facts(first: PersonFacts, second: PersonFacts, found: Found) -> Iterator[Objection]:
    levels = found.levels
    tied = "same" in (levels["phone"], levels["address"])
    if levels["place"] == "other" and not tied:
        yield Objection(Weight.APART, "at other organisations")
    elif levels["place"] != "same" and levels["phone"] != "same":
        yield Objection(Weight.DOUBT, "it is not known that they work in one place")
    elif levels["place"] == "other":
        yield Objection(Weight.DOUBT, "at other organisations")
    if levels["phone"] == "other" and phone_key(first.phone):
        yield Objection(Weight.DOUBT, f"other telephones: {first.phone}, {second.phone}")
    if levels["title"] == "other" and levels["phone"] != "same":
        yield Objection(Weight.DOUBT, f"other titles: {first.title}, {second.title}")


def _addresses(first: PersonFacts, second: PersonFacts, found: Found) -> Iterator[Objection]:
    """Object to two addresses where one of them is not made of the other's name."""
    if not first.emails or not second.emails or found.levels["phone"] == "same":
        return
    if found.levels["address"] == "same":
        return
    names = [name for name in (name_of(first), name_of(second)) if name]
    fits = {fit for name in names for fit in addresses_of(name)}
    for owner, other in ((first, second), (second, first)):
        for address in other.emails:
            local = sounding("".join(c for c in local_part(address) if c.isalnum()))
            if local not in fits:
                yield Objection(Weight.DOUBT, f"{address} is not made of the name {owner.name}")
                return
