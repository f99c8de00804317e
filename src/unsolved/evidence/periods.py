"""When: the dates and periods in a sentence, each with the words that say it.

What is said from where one stands ("last year", "two years ago", "in May") is reckoned from the
date of the document. A quarter is one of the calendar, since a sentence does not say when its
writer's year begins.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from unsolved.evidence.amounts import Measure, amounts_in
from unsolved.evidence.model import Quote, Span

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.|April|Apr\.|May|June|July"
    r"|Aug(?:ust|\.)?|Sept(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:19[5-9]|20\d)\d)"
_FISCAL = r"(?:(?:the )?(?:fiscal|financial)(?: year)? |FY ?|(?:the )?year )?"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTED = {word: count for count, word in enumerate(_NUMBERS, 1)}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day; ``words`` has its place in the sentence."""

    first: date
    last: date
    words: Quote


def periods_in(text: str, said_on: date | None) -> tuple[Period, ...]:
    """Return the periods that a sentence names, in the order of their places.

    >>> [(p.first, p.last) for p in periods_in("It began last year.", date(2005, 3, 1))]
    [(datetime.date(2004, 1, 1), datetime.date(2004, 12, 31))]
    """
    taken: list[Period] = []
    counted = [a.words.span for a in amounts_in(text) if a.measure is not Measure.TIME]
    for pattern, days in _all_forms():
        for found in pattern.finditer(text):
            reckoned = days(found, said_on)
            used = [*counted, *(known.words.span for known in taken)]
            if reckoned and not any(_overlap(found, span) for span in used):
                taken.append(Period(*reckoned, Quote.cut(text, Span(*found.span()))))
    return tuple(sorted(taken, key=lambda period: period.words.span.start))


def _overlap(found: re.Match[str], span: Span) -> bool:
    return found.start() < span.end and span.start < found.end()


Days = tuple[date, date]
Reckon = Callable[[re.Match[str], date | None], Days | None]


def _day(found: re.Match[str], said_on: date | None) -> Days | None:  # noqa: ARG001 - a Reckon
    try:
        one = date(int(found["year"]), _month_number(found["month"]), int(found["day"]))
    except ValueError:  # there is no 31 June
        return None
    return one, one


def _iso_day(found: re.Match[str], said_on: date | None) -> Days | None:  # noqa: ARG001
    try:
        one = date(int(found["year"]), int(found["number"]), int(found["day"]))
    except ValueError:
        return None
    return one, one


def _day_of_this_year(found: re.Match[str], said_on: date | None) -> Days | None:
    months = _month(found, said_on)
    if months is None:
        return None
    try:
        one = months[0].replace(day=int(found["day"]))
    except ValueError:
        return None
    return one, one


def _month(found: re.Match[str], said_on: date | None) -> Days | None:
    """Return the month of a year, or the one that was last when it was said."""
    number = _month_number(found["month"])
    told = found.groupdict().get("year")
    if told:
        return _months(int(told), number, 1)
    if said_on is None:
        return None
    ahead = bool(_AHEAD.search(found.string[max(0, found.start() - 40) : found.start()]))
    year = said_on.year - (number > said_on.month) + (ahead and number != said_on.month)
    return _months(year, number, 1)


_AHEAD = re.compile(r"\b(?:will|until|till|by|ends?|due|planned|expect\w*|to be|next)\b")


def _quarter(found: re.Match[str], said_on: date | None) -> Days | None:
    told = found["nth"].casefold()
    number = _ORDINALS.get(told) or int(told)
    if found["year"]:
        return _months(int(found["year"]), 3 * number - 2, 3)
    if said_on is None:
        return None
    year = said_on.year if 3 * number - 2 <= said_on.month else said_on.year - 1
    return _months(year, 3 * number - 2, 3)


def _half(found: re.Match[str], said_on: date | None) -> Days | None:  # noqa: ARG001
    number = _ORDINALS.get(found["nth"].casefold()) or int(found["nth"])
    return _months(int(found["year"]), 6 * number - 5, 6)


def _season(found: re.Match[str], said_on: date | None) -> Days | None:
    first = _SEASONS[found["season"].casefold()]
    if found["year"]:
        return _months(int(found["year"]), first, 3)
    if said_on is None:
        return None
    return _months(said_on.year - (said_on.month <= first + 2), first, 3)


def _years(found: re.Match[str], said_on: date | None) -> Days | None:  # noqa: ARG001
    first, last = int(found["year"]), found["until"]
    until = int(last) if len(last) == 4 else first // 100 * 100 + int(last)  # noqa: PLR2004
    return (date(first, 1, 1), date(until, 12, 31)) if first < until else None


def _year(found: re.Match[str], said_on: date | None) -> Days | None:  # noqa: ARG001
    year = int(found["year"])
    return date(year, 1, 1), date(year, 12, 31)


def _decade(found: re.Match[str], said_on: date | None) -> Days | None:  # noqa: ARG001
    year = int(found["year"])
    return date(year, 1, 1), date(year + 9, 12, 31)


def _beside(found: re.Match[str], said_on: date | None) -> Days | None:
    """Return the period before, around or after the one in which it was said."""
    if said_on is None:
        return None
    step = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1}[
        found["which"].casefold()
    ]
    unit = found["unit"].casefold()
    if unit == "week":
        monday = said_on - timedelta(days=said_on.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6)
    size = {"year": 12, "quarter": 3, "month": 1}[unit]
    at = (said_on.year * 12 + said_on.month - 1) // size * size + step * size
    return _months(at // 12, at % 12 + 1, size)


def _ago(found: re.Match[str], said_on: date | None) -> Days | None:
    if said_on is None:
        return None
    told = found["count"].casefold()
    count = int(told) if told.isdigit() else _COUNTED.get(told, 1)
    unit = found["unit"].casefold()
    if unit in {"day", "week"}:
        one = said_on - timedelta(days=count * (7 if unit == "week" else 1))
        return one, one
    at = said_on.year * 12 + said_on.month - 1 - count * (12 if unit == "year" else 1)
    if unit == "year":
        return _months(at // 12, 1, 12)
    return _months(at // 12, at % 12 + 1, 1)


def _months(year: int, first: int, count: int) -> Days | None:
    last = year * 12 + first - 1 + count - 1
    if not 1 <= year < 9990:  # noqa: PLR2004 - where dates end
        return None
    end_year, end_month = last // 12, last % 12 + 1
    end = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return date(year, first, 1), end


def _month_number(name: str) -> int:
    return MONTHS.index(name[:3].casefold()) + 1


@cache
def _all_forms() -> tuple[tuple[re.Pattern[str], Reckon], ...]:
    return tuple(_forms())


def _forms() -> Iterator[tuple[re.Pattern[str], Reckon]]:
    """Yield the ways in which a period is written, the most exact first."""
    day = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
    nth = r"(?P<nth>first|second|third|fourth)"
    year = rf"(?: (?:of )?{_FISCAL}{_YEAR})"
    yield re.compile(rf"\b{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)\b"), _iso_day
    yield re.compile(rf"\b{day} (?:of )?{_MONTH},? {_YEAR}\b"), _day
    yield re.compile(rf"\b{_MONTH} {day},? {_YEAR}\b"), _day
    yield re.compile(rf"\b{_MONTH},? (?:of )?{_YEAR}\b"), _month
    yield re.compile(rf"\bQ(?P<nth>[1-4])(?:{year}|(?P<none>))\b"), _quarter
    yield (
        re.compile(rf"\b(?:the )?{nth}[ -](?:fiscal )?quarter{year}?\b", re.IGNORECASE),
        _quarter,
    )
    yield re.compile(rf"\b(?:the )?(?P<nth>first|second) half{year}\b", re.IGNORECASE), _half
    yield re.compile(rf"\bH(?P<nth>[12]){year}\b"), _half
    yield (
        re.compile(rf"\b(?P<season>spring|summer|autumn|fall|winter){year}\b", re.IGNORECASE),
        _season,
    )
    yield (
        re.compile(r"\blast (?P<season>spring|summer|autumn|fall|winter)(?P<year>)\b"),
        _season,
    )
    yield re.compile(rf"\b(?:the )?{_YEAR}s\b"), _decade
    until = r"(?P<until>(?:19[5-9]|20\d)\d)"
    short = r"(?P<until>\d\d)(?!\d|-)"
    yield re.compile(rf"\b{_YEAR} ?[-\u2013/] ?{until}\b"), _years
    yield re.compile(rf"\b{_YEAR}[\u2013/-]{short}\b"), _years
    yield (
        re.compile(rf"\b(?:from {_YEAR} (?:to|until|till|through) {until})\b", re.IGNORECASE),
        _years,
    )
    yield re.compile(rf"\bbetween {_YEAR} and {until}\b", re.IGNORECASE), _years
    yield (
        re.compile(rf"(?<![\w$€£.,])(?:FY ?|fiscal (?:year )?)?{_YEAR}(?![\w%]|,\d|\.\d)"),
        _year,
    )
    count = rf"(?P<count>\d{{1,2}}|an?|{'|'.join(_COUNTED)})"
    yield re.compile(rf"\b{count} (?P<unit>year|month|week|day)s? ago\b", re.IGNORECASE), _ago
    which = r"(?P<which>last|previous|past|this|current|next)"
    yield re.compile(rf"\b{which} (?P<unit>year|quarter|month|week)\b", re.IGNORECASE), _beside
    yield re.compile(rf"\b{day} {_MONTH}\b(?P<none>)"), _day_of_this_year
    yield re.compile(rf"\b{_MONTH} {day}\b(?! \d)(?P<none>)"), _day_of_this_year
    near = r"(?<=\bin )|(?<=\bby )|(?<=\bof )|(?<=\bsince )|(?<=\buntil )|(?<=\blast )"
    near += r"|(?<=\bearly )|(?<=\blate )|(?<=\bfrom )|(?<=\bto )|(?<=\bbefore )|(?<=\bafter )"
    yield re.compile(rf"(?:{near}){_MONTH}\b"), _month
