"""Time that counts: working days, with the hours of a day as its fraction.

Nobody answers on a Sunday, a public holiday or on leave, so a wait stands still on such days.
A day runs from midnight to midnight in UTC, whole: who writes on Friday evening and is answered
on Monday morning waited for some hours, not for three days. Public holidays are those of the
``holidays`` library, which also knows where the weekend is not Saturday and Sunday.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from babel import Locale
from holidays import country_holidays, list_supported_countries

WEEKEND = frozenset({5, 6})
"""Saturday and Sunday, as numbers of weekdays from Monday, 0."""

LONGEST_ABSENCE = 400  # days; a longer one is a slip of the pen


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """That somebody is away from ``first`` to ``last``, both included.

    ``person_id`` is who; None means all. ``record_id`` is the mail that said so, if one did.
    """

    first: date
    last: date
    person_id: int | None = None
    record_id: int | None = None


class WorkingTime:
    """Which days count in a country, for everybody and for one person."""

    def __init__(
        self, country: str | None = None, absences: Iterable[Absence] = (), *, years: range
    ) -> None:
        code = country_code(country)
        self._weekend, holidays = _off(code, years.start, years.stop) if code else (WEEKEND, ())
        self._before = [sum(d not in self._weekend for d in range(n)) for n in range(8)]
        self._all = frozenset(holidays)
        self._away: dict[int, set[int]] = {}
        for one in absences:
            days = _ordinals(one)
            if one.person_id is None:
                self._all |= days
            else:
                self._away.setdefault(one.person_id, set()).update(days)
        self._sorted: dict[int | None, list[int]] = {}

    def days(self, start: datetime, end: datetime, person_id: int | None = None) -> float:
        """Return how many working days lie between two moments; never less than none."""
        return max(0.0, self.at(end, person_id) - self.at(start, person_id))

    def at(self, moment: datetime, person_id: int | None = None) -> float:
        """Return the working days since the year 1, up to a moment."""
        plain = moment.astimezone(UTC)
        day = plain.toordinal()
        weeks, weekday = divmod(day - 1, 7)
        off = self._off_days(person_id)
        passed = bisect_left(off, day)
        counted = weeks * self._before[7] + self._before[weekday] - passed
        is_off = weekday in self._weekend or (passed < len(off) and off[passed] == day)
        seconds = plain.hour * 3600 + plain.minute * 60 + plain.second
        return counted + (0.0 if is_off else seconds / 86_400)

    def is_away(self, moment: datetime, person_id: int) -> bool:
        """Whether a person is told to be away at a moment."""
        return moment.astimezone(UTC).toordinal() in self._away.get(person_id, ())

    def _off_days(self, person_id: int | None) -> list[int]:
        """Return the days off that do not fall on a weekend, in order."""
        who = person_id if person_id in self._away else None
        known = self._sorted.get(who)
        if known is None:
            days = self._all | self._away.get(who, set()) if who is not None else self._all
            known = sorted(day for day in days if (day - 1) % 7 not in self._weekend)
            self._sorted[who] = known
        return known


def working_time(
    moments: Iterable[datetime], country: str | None, absences: Iterable[Absence]
) -> WorkingTime:
    """Return the working time that covers all of some moments, and a year after."""
    years = [moment.year for moment in moments]
    span = range(min(years, default=1970), max(years, default=1970) + 2)
    return WorkingTime(country, absences, years=span)


@cache
def country_code(country: str | None) -> str | None:
    """Return the ISO 3166 code of a country by its code or English name; None if not known.

    >>> country_code("Germany"), country_code("us"), country_code("Atlantis")
    ('DE', 'US', None)
    """
    told = " ".join((country or "").split())
    code = _codes().get(told.casefold())
    return code if code in list_supported_countries() else None


@cache
def _codes() -> Mapping[str, str]:
    territories = {str(code): str(name) for code, name in Locale("en").territories.items()}
    named = {name.casefold(): code for code, name in territories.items()}
    common = {"usa": "US", "united states of america": "US", "uk": "GB", "great britain": "GB"}
    return {**{code.casefold(): code for code in territories}, **named, **common}


@cache
def _off(code: str, first: int, stop: int) -> tuple[frozenset[int], tuple[int, ...]]:
    """Return the weekend of a country and its public holidays, as ordinals."""
    known = country_holidays(code, years=range(first, stop))
    return frozenset(known.weekend), tuple(sorted(day.toordinal() for day in known))


def _ordinals(absence: Absence) -> set[int]:
    last = min(absence.last, absence.first + timedelta(days=LONGEST_ABSENCE))
    return set(range(absence.first.toordinal(), last.toordinal() + 1))
