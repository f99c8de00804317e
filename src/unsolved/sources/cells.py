"""What stands in a cell that a CRM sends: a text, a number, a moment, a yes; or nonsense."""

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from unsolved.sources.model import Refusal
from unsolved.sources.parsing import clean

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = re.compile(r"-?\d{9,15}")
_LONGEST_SHOWN = 60
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


class Cells:
    """The cells of one row; what is nonsense is told in ``refusals`` and otherwise left out."""

    def __init__(self, place: str, row: Mapping[str, Any]) -> None:
        self.place, self.row = place, row
        self.refusals: list[Refusal] = []

    def text(self, *names: str) -> str | None:
        """Return the first of the named cells that says something."""
        return next(filter(None, (text_of(self.row.get(name)) for name in names)), None)

    def number(self, name: str) -> int | float | None:
        """Return a number, whole where it is."""
        told = self.text(name)
        if told is None:
            return None
        try:
            number = float(told)
            if math.isfinite(number):
                return int(told) if told.lstrip("+-").isdecimal() else _whole(number)
        except ValueError:
            pass
        self._refuse(name, told, "is no number")
        return None

    def count(self, name: str) -> int | None:
        """Return a whole number of things or people."""
        number = self.number(name)
        if number is None:
            return None
        if number < 0 or number != int(number):
            self._refuse(name, str(number), "counts nothing")
            return None
        return int(number)

    def moment(self, name: str) -> datetime | None:
        """Return a moment with its zone; one without is meant in UTC."""
        told = self.text(name)
        found = moment_of(told)
        if told is not None and found is None:
            self._refuse(name, told, "is no date")
        return found

    def iso(self, name: str) -> str | None:
        """Return a moment as a fact has it."""
        found = self.moment(name)
        return found.isoformat() if found else None

    def is_so(self, name: str) -> bool | None:
        """Return yes or no."""
        told = (self.text(name) or "").casefold()
        return True if told in _YES else False if told in _NO else None

    def _refuse(self, name: str, told: str, why: str) -> None:
        if any(refusal.field == name for refusal in self.refusals):
            return
        shown = told if len(told) <= _LONGEST_SHOWN else told[:_LONGEST_SHOWN] + "…"
        mend = "Correct it in the CRM"
        self.refusals.append(Refusal(self.place, f"{shown!r} {why}", mend, field=name))


def text_of(value: object) -> str | None:
    """Return what a cell says, or None where it says nothing."""
    if not isinstance(value, str | int | float):
        return None
    told = str(value).lower() if isinstance(value, bool) else str(value)
    return clean(told).strip() or None


def moment_of(told: object) -> datetime | None:
    """Return the moment that ISO 8601 or milliseconds since 1970 tell, in UTC; else None.

    >>> moment_of("2026-03-01T09:30:00.000+0000") == moment_of("1772357400000")
    True
    >>> moment_of("2026-03-01")
    datetime.datetime(2026, 3, 1, 0, 0, tzinfo=datetime.timezone.utc)
    """
    if not isinstance(told, str):
        return None
    text = told.strip()
    try:
        if _MILLISECONDS.fullmatch(text):
            return _BEGINNING + timedelta(milliseconds=int(text))
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def milliseconds(moment: datetime) -> int:
    """Return a moment as milliseconds since 1970."""
    return (moment - _BEGINNING) // timedelta(milliseconds=1)


def as_received(row: object) -> str:
    """Return a row as JSON, its names in order so that the same row is always the same text."""
    told = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _whole(number: float) -> int | float:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number  # noqa: PLR2004
