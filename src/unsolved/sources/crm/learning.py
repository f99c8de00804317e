"""Learns from the tables of an export that only help: links between rows, and names of keys."""

from collections.abc import Iterator, Sequence

from unsolved.sources.crm.amounts import BadCellError
from unsolved.sources.crm.known import Known
from unsolved.sources.crm.layouts import Links, Names
from unsolved.sources.crm.naming import plain
from unsolved.sources.crm.planning import Table
from unsolved.sources.crm.readings import flag_of, key_of, text_of
from unsolved.sources.model import Refusal


def learn(table: Table, known: Known) -> Iterator[Refusal]:
    """Note what a table of links or names says; yield what could not be read."""
    other = table.guess.other
    if isinstance(other, Links):
        yield from _links(table, other, known)
    elif isinstance(other, Names):
        yield from _names(table, other, known)


def _links(table: Table, links: Links, known: Known) -> Iterator[Refusal]:
    (one, one_at), (other, other_at) = (
        (field, _number(table, called)) for field, called in links.pair.items()
    )
    for row in table.sheet.rows():
        if isinstance(row, Refusal):
            yield row
            continue
        line, cells = row
        keys = [
            key_of(cells[number]) if number < len(cells) else None
            for number in (one_at, other_at)
        ]
        if keys[0] and keys[1]:
            known.link(one, keys[0], other, keys[1])
        else:
            yield Refusal(table.sheet.place, "it links to nothing", "Complete the row", line)


def _names(table: Table, names: Names, known: Known) -> Iterator[Refusal]:
    key_at = _number(table, names.key)
    label_at = [_number(table, called) for called in (names.label, names.first, names.last)]
    won_at, closed_at = _number(table, names.won), _number(table, names.closed)
    found = known.names.setdefault(names.of, {})
    for row in table.sheet.rows():
        if isinstance(row, Refusal):
            yield row
            continue
        _, cells = row

        def cell(number: int, cells: Sequence[str] = cells) -> str | None:
            return text_of(cells[number]) if 0 <= number < len(cells) else None

        key = cell(key_at)
        label, first, last = map(cell, label_at)
        whole = " ".join(filter(None, (first, last)))
        if key and (whole or label):
            found[key] = whole or label or key
        if key and names.of == "stage" and _is(cell(closed_at)):
            known.ends[key] = _is(cell(won_at))


def _is(told: str | None) -> bool:
    try:
        return bool(told and flag_of(told))
    except BadCellError:
        return False


def _number(table: Table, called: Sequence[str] | frozenset[str]) -> int:
    """Return which column is called so, -1 when none is."""
    for name in called:
        for number, column in enumerate(table.sheet.head):
            if plain(column) == name:
                return number
    return -1
