"""Which column means which field, and what a person has fixed about that."""

import json
import re
from collections.abc import Mapping as Map
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from unsolved.errors import Invalid
from unsolved.sources.crm.amounts import COMMA, POINT
from unsolved.sources.crm.fields import FIELDS, Object, field_of
from unsolved.sources.crm.layouts import LAYOUTS
from unsolved.sources.crm.moments import DAY_FIRST, MONTH_FIRST

NOTHING = ""
"""The field of a column that is not used."""

_PAIR = re.compile(r"\s*(.+?)[^\S\n]*(?:=|→|->)[^\S\n]*([\w-]*)\s*(?:[,;\n]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What a table holds and what its columns mean; it can be kept and used again.

    ``columns`` gives the field of a column, "" for one that is not used; ``signature`` tells
    the table by the names of its columns.
    """

    object: Object
    columns: Map[str, str]
    layout: str = "any"
    dates: str = ""
    numbers: str = ""
    timezone: str = ""
    signature: str = ""

    def to_json(self) -> str:
        """Return it as text."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({**told, "columns": dict(self.columns)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return what `to_json` made.

        Raises:
            Invalid: it is something else.
        """
        try:
            told = json.loads(text)
        except ValueError as error:
            raise Invalid(field="mapping", got=text[:100], mend="write JSON") from error
        return cls._checked(told)

    @classmethod
    def _checked(cls, told: Any) -> Self:  # noqa: ANN401 (JSON from outside)
        columns = told.get("columns") if isinstance(told, dict) else None
        if not isinstance(columns, dict):
            raise Invalid(field="mapping", mend="give object and columns")
        thing = _object(str(told.get("object", "")))
        for column, name in columns.items():
            if name and field_of(thing, str(name)) is None:
                raise _no_field(str(name), thing, str(column))
        return cls(
            object=thing,
            columns={str(column): str(name) for column, name in columns.items()},
            layout=_one_of("layout", str(told.get("layout") or "any"), LAYOUTS),
            dates=_one_of("dates", str(told.get("dates") or ""), _DATES),
            numbers=_one_of("numbers", str(told.get("numbers") or ""), _NUMBERS),
            timezone=_zoned(str(told.get("timezone") or "")),
            signature=str(told.get("signature") or ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person fixed; what is empty is guessed.

    ``columns`` are fixed for any table; ``remembered`` mappings hold for the table that has
    their signature.
    """

    layout: str = ""
    object: Object | None = None
    columns: Map[str, str] = field(default_factory=dict)
    remembered: Map[str, Mapping] = field(default_factory=dict)
    dates: str = ""
    numbers: str = ""
    encoding: str = ""
    timezone: str = ""

    def __post_init__(self) -> None:
        """Refuse what means nothing.

        Raises:
            Invalid: a setting is none of what it may be.
        """
        _one_of("layout", self.layout, ("", *LAYOUTS))
        _one_of("dates", self.dates, _DATES)
        _one_of("numbers", self.numbers, _NUMBERS)
        _zoned(self.timezone)
        _encoded(self.encoding)
        for column, name in self.columns.items():
            things = [self.object] if self.object else list(FIELDS)
            if name and not any(field_of(thing, name) for thing in things):
                raise _no_field(name, self.object, column)

    @classmethod
    def of(cls, settings: Map[str, str]) -> Self:
        """Return what the settings of a source say.

        ``mapping`` is ``column = field`` parted by commas or lines, or a kept `Mapping` as
        JSON, or a list of them.

        Raises:
            Invalid: a setting is none of what it may be.
        """
        said = {name: settings.get(name, "").strip() for name in _SETTINGS}
        columns, remembered = _mapping(said["mapping"])
        return cls(
            layout=said["layout"].casefold(),
            object=_object(said["object"]) if said["object"] else None,
            columns=columns,
            remembered={mapping.signature: mapping for mapping in remembered},
            dates=said["dates"].casefold(),
            numbers=said["numbers"].casefold(),
            encoding=said["encoding"],
            timezone=said["timezone"],
        )

    def for_table(self, signature: str) -> Self:
        """Return it with what is remembered of a table; what a person says now goes first."""
        kept = self.remembered.get(signature) or self.remembered.get("")
        if kept is None:
            return self
        return replace(
            self,
            object=self.object or kept.object,
            layout=self.layout or kept.layout,
            columns={**kept.columns, **self.columns},
            dates=self.dates or kept.dates,
            numbers=self.numbers or kept.numbers,
            timezone=self.timezone or kept.timezone,
        )


_SETTINGS = ("layout", "object", "mapping", "dates", "numbers", "encoding", "timezone")
_DATES = ("", DAY_FIRST, MONTH_FIRST)
_NUMBERS = ("", POINT, COMMA)
_SINGULAR = {
    **{thing.value: thing for thing in Object},
    **{thing.kind.value: thing for thing in Object},
    "companies": Object.ORGANISATIONS,
    "accounts": Object.ORGANISATIONS,
    "contacts": Object.PEOPLE,
    "opportunities": Object.DEALS,
}


def zone_of(name: str) -> tzinfo:
    """Return the zone of that name; UTC when none is told.

    Raises:
        Invalid: there is none of that name.
    """
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        mend = "write a zone such as Europe/Berlin"
        raise Invalid(field="timezone", got=name, mend=mend) from error


def _mapping(text: str) -> tuple[dict[str, str], list[Mapping]]:
    if text.startswith("{"):
        return {}, [Mapping.from_json(text)]
    if text.startswith("["):
        try:
            told = json.loads(text)
        except ValueError as error:
            raise Invalid(field="mapping", got=text[:100], mend="write JSON") from error
        return {}, [Mapping.from_json(json.dumps(each)) for each in told]
    columns: dict[str, str] = {}
    rest = text
    while rest.strip():
        pair = _PAIR.match(rest)
        if pair is None:
            raise Invalid(field="mapping", got=rest.strip(), mend="write column = field")
        columns[" ".join(pair.group(1).split())] = pair.group(2).strip("-")
        rest = rest[pair.end() :]
    return columns, []


def _object(told: str) -> Object:
    thing = _SINGULAR.get(told.strip().casefold())
    if thing is None:
        raise Invalid(field="object", got=told, mend=f"write one of {', '.join(Object)}")
    return thing


def _one_of(name: str, told: str, known: tuple[str, ...]) -> str:
    if told not in known:
        mend = f"write one of {', '.join(filter(None, known))}"
        raise Invalid(field=name, got=told, mend=mend)
    return told


def _zoned(name: str) -> str:
    zone_of(name)
    return name


def _encoded(name: str) -> None:
    try:
        with suppress(UnicodeDecodeError):
            b"a".decode(name or "utf-8")
    except LookupError as error:
        mend = "write one such as utf-8 or cp1252"
        raise Invalid(field="encoding", got=name, mend=mend) from error


def _no_field(name: str, thing: Object | None, column: str) -> Invalid:
    things = [thing] if thing else list(FIELDS)
    known = dict.fromkeys(field.name for each in things for field in FIELDS[each])
    return Invalid(
        field="mapping", column=column, got=name, mend=f"write one of {', '.join(known)}"
    )
