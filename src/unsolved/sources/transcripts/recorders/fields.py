"""Takes what it needs out of JSON that others wrote, whatever else is in it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from unsolved.sources.parsing import clean
from unsolved.sources.transcripts.names import tidy_name
from unsolved.sources.transcripts.times import day, moment, seconds

Row = Mapping[str, object]


def text(row: Row, *names: str) -> str | None:
    """Return the first of the fields that says something, on one line."""
    for name in names:
        told = row.get(name)
        if isinstance(told, bool) or not isinstance(told, str | int | float):
            continue
        if plain := " ".join(clean(str(told)).split()):
            return plain
    return None


def name(row: Row, *names: str) -> str | None:
    """Return the first of the fields that names somebody."""
    told = text(row, *names)
    return tidy_name(told) or None if told else None


def email(row: Row, *names: str) -> str | None:
    """Return the first of the fields that is an e-mail address."""
    for field in names:
        told = row.get(field)
        if isinstance(told, str) and "@" in told.strip()[1:-1]:
            return tidy_name(told)
    return None


def time(row: Row, *names: str, unit: float = 1.0) -> float | None:
    """Return the first of the fields that is a time within the call, in seconds.

    ``unit`` is how many of its numbers make a second.
    """
    for field in names:
        told = row.get(field)
        if isinstance(told, int | float) and not isinstance(told, bool) and unit != 1.0:
            told = _divided(told, unit)
        if (found := seconds(told)) is not None:
            return found
    return None


def at(row: Row, *names: str) -> datetime | None:
    """Return the first of the fields that is a moment."""
    return next((found for n in names if (found := moment(row.get(n))) is not None), None)


def on(row: Row, *names: str) -> date | None:
    """Return the first of the fields that names a day."""
    return next((found for n in names if (found := day(row.get(n))) is not None), None)


def row(told: object, *names: str) -> Row:
    """Return the object under the first of the fields that holds one, or an empty one."""
    if not isinstance(told, Mapping):
        return {}
    return next((v for n in names if isinstance(v := told.get(n), Mapping)), {})


def rows(told: object, *names: str) -> list[Row]:
    """Return the objects in the first of the fields that is a list."""
    if not isinstance(told, Mapping):
        return []
    found = next((v for n in names if isinstance(v := told.get(n), list)), [])
    return [one for one in found if isinstance(one, Mapping)]


def texts(told: Row, *names: str) -> Iterator[str]:
    """Yield the texts in the first of the fields that is a list."""
    found = next((v for n in names if isinstance(v := told.get(n), list)), [])
    yield from (one.strip() for one in found if isinstance(one, str) and one.strip())


def _divided(told: float, unit: float) -> float | None:
    try:
        return told / unit
    except OverflowError:
        return None
