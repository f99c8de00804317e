"""Finds the row that names the columns, whatever stands before it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from unsolved.sources.sheets.model import Row

_VALUE = re.compile(
    r"[-+(]?[€$£¥]?\s?\d[\d.,:/\s'-]*%?\)?|\S+@\S+\.\w+|https?://\S+|true|false", re.IGNORECASE
)


def head_among(rows: Sequence[Row], known: Callable[[str], bool]) -> Row | None:
    """Return the row with the names of the columns, or None when there is none.

    It is the one with most names that we know; when there is none such, the first that is as
    wide as most rows, unless it holds what only values look like.
    """
    if not rows:
        return None
    counts = [sum(map(known, cells)) for _, cells in rows]
    most = max(counts)
    usual = Counter(width(cells) for _, cells in rows).most_common(1)[0][0]
    if most > 1 or (most and usual <= 1):
        return rows[counts.index(most)]
    for row in rows:
        if width(row[1]) * 2 >= usual and (most or not _is_values(row[1])):
            return row
    return None


def width(cells: Sequence[str]) -> int:
    """Return how many cells say something."""
    return sum(1 for cell in cells if cell.strip())


def named(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, each once: empty ones are numbered, doubles too.

    >>> named(["Name", "", "Name"])
    ('Name', 'column 2', 'Name (2)')
    """
    met: set[str] = set()
    names = []
    for number, cell in enumerate(cells, 1):
        name = plain = " ".join(cell.split()) or f"column {number}"
        again = 1
        while name in met:
            again += 1
            name = f"{plain} ({again})"
        met.add(name)
        names.append(name)
    return tuple(names)


def _is_values(cells: Sequence[str]) -> bool:
    told = [cell.strip() for cell in cells if cell.strip()]
    return sum(bool(_VALUE.fullmatch(cell)) for cell in told) * 2 > len(told)
