"""Days on which somebody wants to read what is not urgent: no weekend, holiday or Christmas."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from babel import Locale
from holidays import country_holidays, list_supported_countries

WEEKEND = 5


def calm_day(day: date, country: str | None, quiet: Sequence[Sequence[str]]) -> date:
    """Return the first day from ``day`` on that is a working day and in no quiet time.

    ``country`` is a code or an English name; public holidays are known for those that the
    ``holidays`` library knows, weekends everywhere. ``quiet`` are first and last days as
    ``12-18``, which may go over the end of a year.
    """
    while _is_quiet(day, quiet) or day.weekday() >= WEEKEND or _is_holiday(day, country):
        day += timedelta(days=1)
    return day


def _is_quiet(day: date, quiet: Sequence[Sequence[str]]) -> bool:
    at = f"{day:%m-%d}"
    return any(
        first <= at <= last if first <= last else at >= first or at <= last
        for first, last in quiet
    )


def _is_holiday(day: date, country: str | None) -> bool:
    code = _code((country or "").strip().casefold())
    return code is not None and day in country_holidays(code, years=day.year)


@cache
def _code(country: str) -> str | None:
    territories = [(str(code), str(name)) for code, name in Locale("en").territories.items()]
    named = {name.casefold(): code for code, name in territories}
    codes = {code.casefold(): code for code, _ in territories}
    code = {**named, **codes, "usa": "US", "uk": "GB"}.get(country)
    return code if code in list_supported_countries() else None
