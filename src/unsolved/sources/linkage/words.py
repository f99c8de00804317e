"""The words that names are made of, by what they tell: data that anybody may add to."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are short for others, that tell little, or where; and whose sites."""

    short: Mapping[str, str]
    tail: frozenset[str]
    weak: frozenset[str]
    common: frozenset[str]
    places: frozenset[str]
    letters: Mapping[int, str]
    platforms: frozenset[str]
    roles: frozenset[str]
    titles: Mapping[str, str]


@cache
def words() -> Words:
    """Return the words that ship."""
    told = tomllib.loads((_HERE / "words.toml").read_text("utf-8"))

    def listed(section: str, name: str = "words") -> frozenset[str]:
        return frozenset(told[section][name].split())

    return Words(
        short=told["short"],
        tail=listed("tail"),
        weak=listed("weak"),
        common=listed("common"),
        places=listed("place"),
        letters=str.maketrans(told["letters"]),
        platforms=listed("platforms", "domains"),
        roles=listed("roles"),
        titles=told["titles"],
    )


@cache
def variants_of(given: str) -> frozenset[str]:
    """Return every name that shares a full form with a given name."""
    known = nicknames()
    full = known.get(given, frozenset())
    return frozenset(name for name, forms in known.items() if forms & full) | {given}


@cache
def nicknames() -> Mapping[str, frozenset[str]]:
    """Return, for each given name, the names whose bearers may be called by it too."""
    told = tomllib.loads((_HERE / "nicknames.toml").read_text("utf-8"))
    groups: dict[str, set[str]] = {}
    for line in told["names"]:
        full = line.split()[0]
        for name in line.split():
            groups.setdefault(name, set()).add(full)
    return {name: frozenset(found) for name, found in groups.items()}
