"""Who is away: what an automatic answer says, in so far as it says it plainly.

Such an answer is no answer. Where it names the day of coming back, they are away until then;
where it does not, until they next write, but for no more than two working weeks: a person who
never comes back is not on leave.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dateutil import parser as dates

from unsolved.deals.model import Channel, Exchange
from unsolved.deals.silence.working import Absence

CUES = Path(__file__).with_name("away.toml")
LONGEST = timedelta(days=180)
"""A day of coming back further off than this is read as a slip."""

LONGEST_TEXT = 2_000  # characters that are looked at
_DAY = (
    r"(\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    r"|(?:\w{3,9},? )?\d{1,2}(?:st|nd|rd|th|\.)?(?: of)? [A-Za-z]{3,9}\.?(?:,? \d{4})?"
    r"|(?:\w{6,9},? )?[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?)"
)


def absences_told(exchanges: Iterable[Exchange], now: datetime) -> tuple[Absence, ...]:
    """Return who was told to be away, and when, by automatic answers up to ``now``."""
    mails = [
        one
        for one in exchanges
        if one.channel is Channel.MAIL and not one.is_ours and one.person_ids and one.at <= now
    ]
    told = [one for one in mails if is_absence(one)]
    if not told:
        return ()
    who = {one.person_ids[0] for one in told}
    signs = sorted(
        (one.at, one.person_ids[0])
        for one in mails
        if one.person_ids[0] in who and not one.is_automatic and not is_absence(one)
    )
    return tuple(sorted(_absences(told, signs, now), key=repr))


def is_absence(one: Exchange) -> bool:
    """Whether somebody else's mail is an automatic answer that tells of an absence."""
    if one.is_ours or one.channel is not Channel.MAIL:
        return False
    subject = one.subject.casefold().lstrip(" :*[")
    return subject.startswith(_cues()[0]) or (one.is_automatic and _back_on(one) is not None)


def _absences(
    told: Iterable[Exchange], signs: Iterable[tuple[datetime, int]], now: datetime
) -> Iterator[Absence]:
    signs = list(signs)
    for one in told:
        person = one.person_ids[0]
        first = one.at.astimezone(UTC).date()
        back = _back_on(one)
        if back is None:
            after = (at for at, who in signs if who == person and at > one.at)
            seen = min(next(after, now), now).astimezone(UTC).date()
            back = min(seen, _after_working_days(first, _cues()[3]))
        if back > first:
            last = back - timedelta(days=1)
            yield Absence(first=first, last=last, person_id=person, record_id=one.record_id)


def _back_on(one: Exchange) -> date | None:
    """Return the day from which on they are there again, where the text names one."""
    text = " ".join(f"{one.subject} {one.text}"[:LONGEST_TEXT].split())
    sent = one.at.astimezone(UTC).date()
    for pattern, more in zip(_patterns(), (0, 1), strict=True):
        for found in pattern.finditer(text):
            day = _day(found.group(1), sent)
            if day is not None:
                return day + timedelta(days=more)
    return None


def _day(told: str, sent: date) -> date | None:
    """Return the day that is meant, on or after the one on which it was written."""
    is_day_first = "." in told
    start = datetime(sent.year, sent.month, sent.day)  # noqa: DTZ001 - a day, not a moment
    try:
        day = dates.parse(told, default=start, dayfirst=is_day_first).date()
    except (ValueError, OverflowError):
        return None
    has_year = re.search(r"\d{4}|[./]\d{2}$", told) is not None
    if day < sent and not has_year:
        day = day.replace(year=day.year + 1, day=min(day.day, 28))
    return day if sent <= day <= sent + LONGEST else None


def _after_working_days(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5  # noqa: PLR2004 - Monday to Friday
    return day


@cache
def _cues() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int]:
    told: dict[str, Any] = tomllib.loads(CUES.read_text("utf-8"))
    return (
        tuple(told["subjects"]["begins"]),
        tuple(told["dates"]["back"]),
        tuple(told["dates"]["until"]),
        int(told["untold"]["days"]),
    )


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds the day of coming back, and the last day away."""
    back, until = (
        re.compile(rf"\b(?:{_either(cues)}) (?:the |dem |den )?{_DAY}", re.IGNORECASE)
        for cues in _cues()[1:3]
    )
    return back, until


def _either(cues: Iterable[str]) -> str:
    return "|".join(map(re.escape, cues))
