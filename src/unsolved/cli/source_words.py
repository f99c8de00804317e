"""How a source is told on the terminal."""

import csv
from collections.abc import Iterable
from typing import TextIO

from unsolved import sources

MINUTES = {"m": 1, "h": 60, "d": 24 * 60}


def write_refusals(found: Iterable[sources.Refusal], file: TextIO) -> int:
    """Write refusals as CSV with the names of their parts above, and return how many."""
    rows = csv.writer(file)
    rows.writerow(("place", "line", "field", "why", "mend"))
    count = 0
    for refusal in found:
        line = "" if refusal.line is None else refusal.line
        rows.writerow((refusal.place, line, refusal.field or "", refusal.why, refusal.mend))
        count += 1
    return count


def schedule(every: int | None) -> str:
    """Return how often it is visited, in words."""
    if not every:
        return "visited when asked"
    for letter in ("d", "h"):
        if every % MINUTES[letter] == 0:
            return f"visited every {every // MINUTES[letter]}{letter}"
    return f"visited every {every}m"


def state(one: sources.Source) -> str:
    """Return how it is: paused, visited, failed, and what comes next."""
    if one.is_busy:
        return "being visited now"
    if one.is_paused:
        return "paused"
    last = (
        f"last visited {one.visited_at:%Y-%m-%d %H:%M}" if one.visited_at else "not visited yet"
    )
    if one.failure:
        often = "" if one.failures == 1 else f" {one.failures} times in a row"
        last += f", failed{often}: {one.failure}"
    following = f"next {one.next_at:%Y-%m-%d %H:%M}" if one.next_at else schedule(one.every)
    return f"{last}; {following}"


def brought(one: sources.Source) -> str:
    """Return what it holds, and what the last visit brought."""
    return (
        f"{one.documents} documents, {one.records} records; last visit: {one.new} new,"
        f" {one.changed} changed, {one.unchanged} as before, {one.refused} not read"
    )


def facts(one: sources.Source) -> dict[str, object]:
    """Return all of it but the secrets, for JSON."""
    return {
        "name": one.name,
        "kind": one.kind,
        "settings": dict(one.settings),
        "every_minutes": one.every,
        "is_paused": one.is_paused,
        "is_busy": one.is_busy,
        "visited_at": one.visited_at.isoformat() if one.visited_at else None,
        "next_at": one.next_at.isoformat() if one.next_at else None,
        "failure": one.failure,
        "failures": one.failures,
        "documents": one.documents,
        "records": one.records,
        "new": one.new,
        "changed": one.changed,
        "unchanged": one.unchanged,
        "refused": one.refused,
    }
