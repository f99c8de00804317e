"""How CRMs call their columns, as data: one TOML file a layout, checked when it is loaded.

In a list of names a star says that the name tells the object, and how strongly; a text in the
place of a list means the names that another object has for the same field.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from unsolved.errors import Invalid
from unsolved.sources.crm.fields import Object, field_of
from unsolved.sources.crm.naming import plain

ANY = "any"
LAYOUTS = ("hubspot", "salesforce", "pipedrive", ANY)
LINKED = ("deal_key", "organisation_key", "person_key", "activity_key")
_HERE = Path(__file__).parent / "layouts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How a layout calls the columns of an object.

    ``names`` gives for each field its names, the best first; ``stars`` for a name how much it
    tells; ``all`` are sets of names each of which settles the matter; ``units`` how many
    seconds one is, by column.
    """

    thing: Object
    names: Mapping[str, Sequence[str]]
    stars: Mapping[str, int]
    files: re.Pattern[str]
    all: Sequence[frozenset[str]]
    units: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Links:
    """A table that only says which row belongs to which: two fields, and their columns."""

    pair: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A table that says what a key stands for: a stage, a pipeline, an owner."""

    of: str
    key: Sequence[str]
    label: Sequence[str]
    first: Sequence[str] = ()
    last: Sequence[str] = ()
    won: Sequence[str] = ()
    closed: Sequence[str] = ()
    all: frozenset[str]
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """A table of a CRM that is none of ours."""

    what: str
    all: Sequence[frozenset[str]]
    without: frozenset[str] = frozenset()
    most: int = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One way of calling things; ``dates`` and ``numbers`` are what is usual there."""

    name: str
    tells: frozenset[str]
    dates: str
    numbers: str
    tables: Sequence[Table]
    links: Sequence[Links]
    names: Sequence[Names]
    unused: Sequence[Unused]

    def table(self, thing: Object) -> Table | None:
        """Return how it calls the columns of an object."""
        return next((table for table in self.tables if table.thing is thing), None)


@cache
def layouts() -> Mapping[str, Layout]:
    """Return every layout by its name.

    Raises:
        Invalid: a file of them says something that means nothing.
    """
    return {name: _loaded(_HERE / f"{name}.toml") for name in LAYOUTS}


@cache
def known_names() -> frozenset[str]:
    """Return every name of a column that some layout has."""
    found: set[str] = set()
    for layout in layouts().values():
        found |= layout.tells
        for table in layout.tables:
            found.update(name for names in table.names.values() for name in names)
            found.update(name for names in table.all for name in names)
        for names in layout.names:
            found |= names.all
        for unused in layout.unused:
            found.update(name for names in unused.all for name in names)
    return frozenset(found)


def _loaded(path: Path) -> Layout:
    told = tomllib.loads(path.read_text("utf-8"))
    raw = {Object(table["object"]): table for table in told["table"]}
    return Layout(
        name=told["name"],
        tells=frozenset(told["tells"]),
        dates=told["dates"],
        numbers=told["numbers"],
        tables=[_table(thing, raw, path) for thing in raw],
        links=[
            Links({field: frozenset(names) for field, names in links["pair"].items()})
            for links in told.get("links", ())
        ],
        names=[
            Names(**{**names, "all": frozenset(names["all"]), **_without(names)})
            for names in told.get("names", ())
        ],
        unused=[
            Unused(**{**unused, "all": _sets(unused["all"]), **_without(unused)})
            for unused in told.get("unused", ())
        ],
    )


def _table(thing: Object, raw: Mapping[Object, Any], path: Path) -> Table:
    told = raw[thing]
    names: dict[str, list[str]] = {}
    stars: dict[str, int] = {}
    for field in told["fields"]:
        if field_of(thing, field) is None:
            raise Invalid(
                file=path.name, field=f"{thing}.{field}", mend="there is no such field"
            )
        names[field] = []
        for name in _names(raw, thing, field):
            bare = name.lstrip("*")
            if bare != plain(bare):
                raise Invalid(file=path.name, got=name, mend=f"write {plain(bare)!r}")
            names[field].append(bare)
            stars[bare] = max(stars.get(bare, 0), len(name) - len(bare))
    return Table(
        thing=thing,
        names=names,
        stars=stars,
        files=re.compile(rf"(?<![a-z])(?:{'|'.join(told.get('files', ['$^']))})(?![a-z])"),
        all=_sets(told.get("all", ())),
        units=told.get("units", {}),
    )


def _names(raw: Mapping[Object, Any], thing: Object, field: str) -> Sequence[str]:
    """Return the names of a field with their stars, those it shares with others included."""
    told = raw[thing]["fields"][field]
    if isinstance(told, str):
        return [name.lstrip("*") for name in _names(raw, Object(told), field)]
    found: list[str] = []
    for name in told:
        found += _names(raw, Object(name[1:]), field) if name.startswith("+") else [name]
    return found


def _sets(told: Sequence[Sequence[str]]) -> Sequence[frozenset[str]]:
    return [frozenset(names) for names in told]


def _without(told: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {"without": frozenset(told.get("without", ()))}
