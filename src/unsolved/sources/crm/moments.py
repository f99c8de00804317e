"""Dates and moments as the world writes them; a column has its own order of day and month.

What says so itself (``2019-04-12``, ``12. März 2019``, ``13/04/2019``) is read as it says; for
``04/05/2019`` the column must know, and where it leaves that open a person is asked.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache

from unsolved.sources.crm.amounts import BadCellError, shown
from unsolved.sources.crm.words import words

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day-first", "month-first", "year-first"
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs")
EARLIEST, LATEST = 1900, 2200
PIVOT = 70  # of years in two digits: 69 is 2069, 70 is 1970
_LAST_MONTH = 12
_EXCEL = date(1899, 12, 30)
_EXCEL_DAYS = (20_000, 80_000)  # 1954 to 2119
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MEND = "Write it as year-month-day, for example 2021-03-31"

_NUMERIC = re.compile(r"(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)[.,]?")
_YEAR = re.compile(r"(\d{4})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)(?=[T ,]|$)")
_WORDED = re.compile(r"[^\W\d_]+\.?")
_CLOCK = re.compile(
    r"[T\s,]*(?:\b(?:at|um|à|om|alle|a las)\s+)?"
    r"(\d{1,2})(?:[:.]|\s?h\s?)(\d{2})(?:(?:[:.]|\s?min\s?)(\d{2})(?:\s?s\b)?)?(?:[.,](\d{1,9}))?"
    r"(?:\s*([ap])\.?\s?(?:m\.?)?(?![^\W\d_]))?\s*(?:uhr\b)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MILLISECONDS = re.compile(r"-?\d{12,13}")
_SECONDS = re.compile(r"\d{10}(?:\.\d+)?")
_NUMBER_OF_HOURS = 12


def order_of(cell: str) -> str | None:
    """Return which of day and month comes first in a cell, or None when it does not show.

    >>> order_of("13/04/2019"), order_of("4/30/2019 3:15 PM"), order_of("04/05/2019")
    ('day-first', 'month-first', None)
    """
    found = _NUMERIC.match(cell.strip())
    if found is None:
        return None
    first, sign, second = int(found.group(1)), found.group(2), int(found.group(3))
    if first > _LAST_MONTH >= second > 0:
        return DAY_FIRST
    if second > _LAST_MONTH >= first > 0:
        return MONTH_FIRST
    return DAY_FIRST if sign == "." else None


def is_open(cell: str) -> bool:
    """Whether a cell is a date whose day could be its month."""
    found = _NUMERIC.match(cell.strip())
    return found is not None and found.group(1) != found.group(3) and order_of(cell) is None


def moment_of(cell: str, order: str, zone: tzinfo) -> datetime | date:
    """Return the moment in a cell, or the date where it has no time of day.

    ``order`` holds where day and month could be either; ``zone`` where none is told.

    >>> moment_of("4/5/2019", "day-first", UTC)
    datetime.date(2019, 5, 4)
    >>> moment_of("12. März 2019 15:30", "", UTC).isoformat()
    '2019-03-12T15:30:00+00:00'

    Raises:
        BadCellError: it is none.
    """
    text = " ".join(cell.split())
    try:
        found = _iso(text) or _counted(text) or _written(text, order)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise BadCellError(f"{shown(cell)} is no date", _MEND)
    if not EARLIEST <= found.year < LATEST:
        raise BadCellError(f"{shown(cell)} is no likely date", _MEND)
    if isinstance(found, datetime) and found.tzinfo is None:
        return found.replace(tzinfo=zone)
    return found


def time_of(cell: str) -> time:
    """Return the time of day in a cell.

    Raises:
        BadCellError: it is none.
    """
    found = _CLOCK.fullmatch(cell.strip())
    try:
        told = _clock(found) if found else None
    except ValueError:
        told = None
    if told is None:
        raise BadCellError(f"{shown(cell)} is no time of day", "Write it as 14:30")
    return told


def _iso(text: str) -> datetime | date | None:
    """Return what ISO 8601 tells, the commonest by far."""
    if text[4:5] != "-" or not text[:4].isdecimal():
        return None
    try:
        is_date = len(text) == len("2019-04-12")
        return date.fromisoformat(text) if is_date else datetime.fromisoformat(text)
    except ValueError:
        return None


def _counted(text: str) -> datetime | date | None:
    """Return what a number tells: days (Excel), milliseconds, seconds, or 20190412."""
    if not text[:1].isdigit() and not text.startswith("-"):
        return None
    if _MILLISECONDS.fullmatch(text):
        return _EPOCH + timedelta(milliseconds=int(text))
    if _SECONDS.fullmatch(text):
        return _EPOCH + timedelta(seconds=float(text))
    if len(text) == 8 and text.isdecimal():  # noqa: PLR2004 (year, month, day)
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    return _serial(float(text)) if _SERIAL.fullmatch(text) else None


def _serial(days: float) -> datetime | date | None:
    """Return what the number of days since the beginning of Excel's count tells."""
    if not _EXCEL_DAYS[0] <= days <= _EXCEL_DAYS[1]:
        return None
    day = _EXCEL + timedelta(days=int(days))
    if days == int(days):
        return day
    seconds = round((days - int(days)) * 86_400)
    return datetime.combine(day, time()) + timedelta(seconds=seconds)


def _written(text: str, order: str) -> datetime | date | None:
    day, rest = _day(text, order)
    if day is None:
        return None
    if not (rest := rest.strip(" ,-\u2013")):
        return day
    clock = _CLOCK.match(rest)
    told = _clock(clock) if clock else None
    if clock is None or told is None:
        return None
    moment = datetime.combine(day, told)
    zone = rest[clock.end() :].strip(" ()")
    return moment.replace(tzinfo=_zone(zone)) if zone else moment


def _day(text: str, order: str) -> tuple[date | None, str]:
    """Return the day that a text begins with, and what follows it."""
    if found := _YEAR.match(text):
        year, _, month, day = found.groups()
        return date(int(year), int(month), int(day)), text[found.end() :]
    if found := _NUMERIC.match(text):
        first, second, year = int(found.group(1)), int(found.group(3)), found.group(4)
        told = _order(found, order)
        month, day = (second, first) if told == DAY_FIRST else (first, second)
        return date(_whole_year(year), month, day), text[found.end() :]
    return _named(text)


def _order(found: re.Match[str], order: str) -> str:
    """Return which comes first in a date.

    Raises:
        ValueError: it is the other way round than its column.
    """
    told = order_of(found.group())
    if told and order in {DAY_FIRST, MONTH_FIRST} and told != order and found.group(2) != ".":
        raise ValueError(told)
    return told or order


def _named(text: str) -> tuple[date | None, str]:
    """Return a day whose month is a word: ``12. März 2019``, ``Apr 12, 2019``."""
    month = 0
    for word in _WORDED.finditer(text):
        month = months().get(word.group().rstrip(".").casefold(), 0)
        if month:
            break
    else:
        return None, text
    before = re.findall(r"\d+", text[: word.start()])
    after = re.match(
        r"[\s.,/-]*(?:de|del|of)?\s*(\d{1,4})(?:st|nd|rd|th)?(?![:\d])(?:[\s,.'/-]*(?:de|del)?\s*(\d{4}))?",
        text[word.end() :],
    )
    rest = text[word.end() + (after.end() if after else 0) :]
    first, second = after.groups() if after else (None, None)
    match before, first, second:
        case [year], str(), None if len(year) == 4:  # noqa: PLR2004 (2019-Apr-12)
            return date(int(year), month, int(first)), rest
        case [day], str(), None:  # 12 April 2019
            return date(_whole_year(first), month, int(day)), rest
        case [], str(), str():  # April 12, 2019
            return date(int(second), month, int(first)), rest
    return None, text


def _whole_year(told: str) -> int:
    year = int(told)
    if len(told) > 2:  # noqa: PLR2004
        return year
    return year + (2000 if year < PIVOT else 1900)


def _clock(found: re.Match[str]) -> time | None:
    hour, minute, second, fraction, half = found.groups()
    number = int(hour)
    if half:
        if not 1 <= number <= _NUMBER_OF_HOURS:
            return None
        number = number % _NUMBER_OF_HOURS + (_NUMBER_OF_HOURS if half.lower() == "p" else 0)
    micro = int(fraction[:6].ljust(6, "0")) if fraction else 0
    return time(number, int(minute), int(second or 0), micro)


def _zone(told: str) -> tzinfo:
    """Return the zone that is told by name or distance.

    Raises:
        ValueError: there is none of that name.
    """
    offset = _zones().get(told.casefold(), told)
    found = _OFFSET.fullmatch(offset)
    if found is None:
        raise ValueError(told)
    sign, hours, minutes = found.groups()
    distance = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-distance if sign == "-" else distance)


@cache
def _zones() -> Mapping[str, str]:
    return dict(words()["zones"])


@cache
def months() -> Mapping[str, int]:
    """Return the number of a month by its names, whole and short, in the languages we know."""
    from babel.dates import get_month_names  # noqa: PLC0415

    found: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(name.rstrip(".").casefold(), number)
    return {"sept": 9, "mrz": 3, "jänner": 1, "jän": 1, "feber": 2, "juill": 7, **found}
