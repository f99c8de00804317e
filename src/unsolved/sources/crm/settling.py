"""Settles how each column is read, by what was told, what was seen, and what is usual."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo

from unsolved.sources.crm.amounts import COMMA, POINT, currency_of
from unsolved.sources.crm.columns import Manner
from unsolved.sources.crm.fields import Sort, field_of
from unsolved.sources.crm.layouts import layouts
from unsolved.sources.crm.mapping import Mapping as Columns
from unsolved.sources.crm.mapping import zone_of
from unsolved.sources.crm.moments import DAY_FIRST, MONTH_FIRST
from unsolved.sources.crm.naming import plain
from unsolved.sources.crm.survey import Column, Survey
from unsolved.sources.crm.words import words

_IN_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]{1,20}?)\s*[)\]]|\bin\s+(\S{1,3})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How each column is read.

    ``notes`` say by column how that was found; ``open`` those where nothing showed it.
    """

    by_column: Mapping[int, Manner]
    notes: Mapping[int, str] = field(default_factory=dict)
    open: Mapping[int, str] = field(default_factory=dict)


def settled(
    mapping: Columns, head: Sequence[str], survey: Survey, *, delimiter: str, is_native: bool
) -> Manners:
    """Return how each column is read."""
    zone = zone_of(mapping.timezone)
    layout = layouts()[mapping.layout]
    numbers = _Signs(
        told=mapping.numbers,
        seen=_votes(survey, {Sort.MONEY, Sort.SHARE}),
        usual=layout.numbers or (COMMA if delimiter == ";" else ""),
        fallback=POINT,
    )
    usual = layout.dates if layout.dates in {DAY_FIRST, MONTH_FIRST} else ""
    dates = _Signs(
        told=mapping.dates,
        seen=_votes(survey, {Sort.MOMENT}),
        usual=usual,
        fallback=DAY_FIRST if COMMA in numbers.seen or delimiter == ";" else MONTH_FIRST,
    )
    manners: dict[int, Manner] = {}
    notes: dict[int, str] = {}
    left: dict[int, str] = {}
    for number, column in enumerate(head):
        seen = survey.columns.get(number)
        manner = _manner(mapping, column, zone)
        if seen is None:
            sign = numbers.settle(Column(Sort.LENGTH))[0]
            manners[number] = replace(manner, numbers=sign)
            continue
        is_moment = seen.sort is Sort.MOMENT
        sign, why, is_open = (dates if is_moment else numbers).settle(seen)
        if is_native and not is_moment:
            sign, why, is_open = mapping.numbers or POINT, "", False
        manners[number] = Manner(
            dates=sign if is_moment else "",
            numbers=POINT if is_moment else sign,
            in_percent=seen.over_one > 0,
            zone=zone,
            seconds=manner.seconds,
            is_salesforce=manner.is_salesforce,
            is_native=is_native,
        )
        if why:
            notes[number] = why
        if is_open:
            left[number] = sign
    return Manners(by_column=manners, notes=notes, open=left)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    """What decides between two ways of writing, the strongest first."""

    told: str
    seen: Counter[str]
    usual: str
    fallback: str

    def settle(self, column: Column) -> tuple[str, str, bool]:
        """Return the way of a column, the reason in words, and whether it was left open."""
        if self.told and (column.open or column.shown):
            return self.told, f"{self.told}, as told", False
        if column.answer:
            count = column.shown[column.answer]
            return column.answer, f"{column.answer}, as {count:,} of its cells show", False
        if not column.open:
            return self.told or self._elsewhere() or self.usual or self.fallback, "", False
        if self._elsewhere():
            return self._elsewhere(), f"{self._elsewhere()}, as other columns show", False
        if self.usual:
            return self.usual, f"left open; {self.usual} is usual in this layout", False
        return self.fallback, f"left open; read as {self.fallback}", True

    def _elsewhere(self) -> str:
        return self.seen.most_common(1)[0][0] if self.seen else ""


def _votes(survey: Survey, sorts: set[Sort]) -> Counter[str]:
    votes: Counter[str] = Counter()
    for column in survey.columns.values():
        if column.sort in sorts:
            votes.update(column.shown)
    return votes


def _manner(mapping: Columns, column: str, zone: tzinfo = UTC) -> Manner:
    return Manner(
        zone=zone,
        seconds=_units(mapping, column),
        is_salesforce=mapping.layout == "salesforce",
        is_list=plain(column).startswith("associated "),
    )


def _units(mapping: Columns, column: str) -> float:
    for name in (mapping.layout, "any"):
        table = layouts()[name].table(mapping.object)
        if table is not None and plain(column) in table.units:
            return table.units[plain(column)]
    return 1.0


def columns_read(mapping: Columns, head: Sequence[str]) -> Iterator[tuple[int, str, Sort]]:
    """Yield the columns that mean something: their number, field and sort, the best first."""
    ranked = sorted(
        (
            (_rank(mapping, mapping.columns[column], column), number)
            for number, column in enumerate(head)
            if mapping.columns.get(column)
        )
    )
    for _, number in ranked:
        name = mapping.columns[head[number]]
        found = field_of(mapping.object, name)
        assert found is not None
        yield number, name, found.sort


def _rank(mapping: Columns, name: str, column: str) -> int:
    """Return how good a column is for its field: of several, the first filled counts."""
    for layout in (mapping.layout, "any"):
        table = layouts()[layout].table(mapping.object)
        names = table.names.get(name, ()) if table else ()
        if plain(column) in names:
            return list(names).index(plain(column))
    return 1_000


def currency_in(mapping: Columns) -> str:
    """Return the currency that the name of the column of amounts tells: ``Amount (EUR)``."""
    for column, name in mapping.columns.items():
        if name == "amount" and (found := _IN_BRACKETS.search(column)):
            told = found.group(1) or found.group(2)
            currency = currency_of(told)
            if currency in set(words()["currencies"].values()) or (
                len(told) == 3 and told.isupper()  # noqa: PLR2004 (ISO 4217)
            ):
                return currency
    return ""
