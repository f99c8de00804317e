"""How the cells of each column are read: made once for a table, used for every row."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Generic, TypeVar

from unsolved.sources.crm.amounts import (
    POINT,
    BadCellError,
    Money,
    count_of,
    currency_of,
    decimals_of,
    is_missing,
    money_of,
    number_of,
    plain_number,
    shown,
)
from unsolved.sources.crm.fields import Sort
from unsolved.sources.crm.moments import moment_of, time_of
from unsolved.sources.crm.readings import (
    LONGEST_WORD,
    domain_of,
    email_of,
    flag_of,
    key_of,
    salesforce_key,
    text_of,
)

MOST_KEPT = 50_000
_HOURS = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2})(?:\.\d+)?)?")
_UNITS = re.compile(
    r"([\d.,]+)\s*(h|hours?|hrs?|std\.?|m|mins?|minutes?|minuten|s|secs?|seconds?)?",
    re.IGNORECASE,
)

_SECONDS = {"h": 3600, "m": 60, "s": 1}

K = TypeVar("K")
V = TypeVar("V")
Reading = Callable[[str], object]
"""What reads a cell: a value, None where it says nothing; raises `BadCellError`."""


class Kept(dict[K, V], Generic[K, V]):
    """What cells were read as, for those that come again; forgets before it grows large."""

    def __init__(self, read: Callable[[K], V]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: K) -> V:
        """Read a cell that is new."""
        value = self._read(cell)
        if len(self) >= MOST_KEPT:
            self.clear()
        self[cell] = value
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a column writes: what is first in its dates, the sign of its decimals, its scale."""

    dates: str = ""
    numbers: str = POINT
    in_percent: bool = False
    zone: tzinfo = UTC
    seconds: float = 1.0
    is_salesforce: bool = False
    is_native: bool = False
    """Its numbers were cells of that type, and are written with a point."""

    is_list: bool = False
    """Its cells may name several, parted by semicolons; the first is meant."""


def reading(sort: Sort, manner: Manner, *, is_few: bool = False) -> Reading:
    """Return what reads the cells of a column; ``is_few`` says that the same come often."""
    if manner.is_list:
        plain = replace(manner, is_list=False)
        return _first_of(reading(sort, plain, is_few=is_few))
    if sort is Sort.TEXT and not is_few:
        return text_of
    if sort is Sort.KEY:
        return salesforce_key if manner.is_salesforce else key_of
    if sort is Sort.MOMENT:
        return _moment(manner)
    return Kept(_READINGS[sort](manner)).__getitem__


def _first_of(read: Reading) -> Reading:
    return lambda cell: read(cell.partition(";")[0])


def _unless_missing(read: Callable[[str], V]) -> Callable[[str], V | None]:
    return lambda cell: None if is_missing(cell) else read(cell)


def _money(manner: Manner) -> Callable[[str], Money | None]:
    def read(cell: str) -> Money | None:
        if is_missing(cell):
            return None
        is_plain = manner.is_native or manner.numbers == POINT
        plain = plain_number(cell) if is_plain or cell.isdecimal() else None
        if plain is not None:
            return Money(plain)
        shown_sign = decimals_of(cell) if manner.is_native else None
        return money_of(cell, shown_sign or manner.numbers)

    return read


def _share(manner: Manner) -> Callable[[str], float | None]:
    def read(cell: str) -> float | None:
        if is_missing(cell):
            return None
        text = cell.strip()
        is_percent = text.endswith("%")
        plain = plain_number(text)
        number = number_of(text.rstrip("% "), manner.numbers) if plain is None else plain
        share = number / 100 if is_percent or manner.in_percent else number
        if not 0 <= share <= 1:
            mend = "Write it between 0 and 1, or in per cent"
            raise BadCellError(f"{shown(cell)} is no probability", mend)
        return round(share, 6)

    return read


def _length(manner: Manner) -> Callable[[str], int | None]:
    def read(cell: str) -> int | None:
        if is_missing(cell):
            return None
        text = cell.strip()
        if clock := _HOURS.fullmatch(text):
            first, second, third = (int(part or 0) for part in clock.groups())
            return first * 3600 + second * 60 + third
        told = _UNITS.fullmatch(text)
        if told is None:
            raise BadCellError(f"{shown(cell)} is no length of time", "Write it in seconds")
        unit = (told.group(2) or "").casefold()
        number = number_of(told.group(1), manner.numbers)
        times = manner.seconds
        if unit:
            times = (
                3600
                if unit[0] == "h" or unit.startswith("std")
                else 60
                if unit[0] == "m"
                else 1
            )
        return round(number * times)

    return read


def _time(cell: str) -> timedelta | None:
    if is_missing(cell):
        return None
    told = time_of(cell)
    return timedelta(hours=told.hour, minutes=told.minute, seconds=told.second)


def _moment(manner: Manner) -> Callable[[str], datetime | date | None]:
    """Return what reads moments: quickly what is written as programs do, else with thought."""

    def read(cell: str) -> datetime | date | None:
        if len(cell) <= LONGEST_WORD and is_missing(cell):
            return None
        return moment_of(cell, manner.dates, manner.zone)

    kept = Kept(read)
    zone, parse = manner.zone, datetime.fromisoformat

    def read_quickly(cell: str) -> datetime | date | None:
        if len(cell) < _ISO or cell[4] != "-" or cell[:2] not in _CENTURIES:
            return kept[cell]
        try:
            at = parse(cell)
        except ValueError:
            return kept[cell]
        return at if at.tzinfo else at.replace(tzinfo=zone)

    return read_quickly


_ISO = len("2019-04-12T10:00:00")
_CENTURIES = ("19", "20")


_READINGS: Mapping[Sort, Callable[[Manner], Reading]] = {
    Sort.TEXT: lambda _: text_of,
    Sort.EMAIL: lambda _: email_of,
    Sort.DOMAIN: lambda _: domain_of,
    Sort.COUNT: lambda _: _unless_missing(count_of),
    Sort.MONEY: _money,
    Sort.SHARE: _share,
    Sort.LENGTH: _length,
    Sort.TIME: lambda _: _time,
    Sort.FLAG: lambda _: flag_of,
    Sort.CURRENCY: lambda _: _unless_missing(currency_of),
    Sort.COUNTRY: lambda _: text_of,
}
