"""The times at which an event takes place, within a window, however often it repeats.

recurring-ical-events knows the rules of RFC 5545. A rule that would keep it busy without end
is refused before it is asked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from unsolved.errors import Unreadable
from unsolved.sources.connectors.calendar.blocks import Block, Blocks

MOST = 1_500  # times that one event is told
MOST_STEPS = 200_000  # of a rule, from its first day to the end of the window
EARLIEST_YEAR = 1900
MARK = "X-UNSOLVED-BLOCK"
FIELDS = frozenset({"DTSTART", "RRULE"})  # that a refusal names
_STEPS = {"HOURLY": timedelta(hours=1), "DAILY": timedelta(days=1)}
_DAYS_OF = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_YEAR = re.compile(r"(\d{4})(\d\d)(\d\d)")
_FAULTS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
)
_NEEDED = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID", "RDATE"})


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are told, from the first to before the last."""

    start: datetime
    end: datetime

    def may_hold(self, block: Block) -> bool:
        """Whether an event may lie within; one that repeats may."""
        if {"RRULE", "RDATE"} & block.properties.keys():
            return True
        days = [
            found.groups()
            for name in ("DTSTART", "DTEND")
            if (found := _YEAR.search(block.properties.get(name, "")))
        ]
        if not days or "DURATION" in block.properties:
            return True
        first = f"{self.start - timedelta(days=2):%Y%m%d}"
        last = f"{self.end + timedelta(days=2):%Y%m%d}"
        return max("".join(day) for day in days) >= first and "".join(min(days)) <= last


@dataclass(frozen=True, slots=True)
class Times:
    """When an event takes place, each as a component; whether there would be more."""

    components: Sequence[Any]
    masters: Sequence[Any] = field(default=())
    are_all: bool = True


def times(blocks: Sequence[Block], calendar: Blocks, window: Window) -> Times:
    """Return the times of one event: its blocks have one UID.

    Raises:
        Unreadable: it is broken, or repeats in a way that cannot be told.
    """
    import icalendar  # noqa: PLC0415
    import recurring_ical_events  # noqa: PLC0415

    for block in blocks:
        _check(block, window)
    try:
        parsed = icalendar.Calendar.from_ical(_calendar(blocks, calendar))
        for event in parsed.walk("VEVENT"):
            broken = {str(name).upper() for name, _ in event.errors} & _NEEDED
            if broken:
                raise _broken(blocks[0], f"{', '.join(sorted(broken))} makes no sense")
        found = recurring_ical_events.of(parsed).between(window.start, window.end)
    except Unreadable:
        raise
    except _FAULTS as error:
        raise _broken(blocks[0], f"it is damaged ({_first_line(error)})") from error
    found.sort(key=lambda one: str(one["DTSTART"].dt))
    return Times(found[:MOST], parsed.walk("VEVENT"), are_all=len(found) <= MOST)


def moment(told: date, zone: ZoneInfo) -> datetime:
    """Return a start or an end as a moment; a day begins at midnight, UTC.

    ``zone`` is where times are meant that name none.
    """
    if not isinstance(told, datetime):
        return datetime(told.year, told.month, told.day, tzinfo=UTC)
    return told if told.tzinfo else told.replace(tzinfo=zone)


def _check(block: Block, window: Window) -> None:
    """Refuse what has no beginning or end, and rules that would never come to one."""
    start = block.properties.get("DTSTART", "")
    day = _YEAR.match(start.strip())
    if not block.is_whole:
        raise _broken(block, "its end is missing, or it is too large")
    if not day:
        raise _broken(block, "it does not say when it begins", "DTSTART")
    rule = dict(
        part.upper().split("=", 1)
        for part in block.properties.get("RRULE", "").split(";")
        if "=" in part
    )
    if not rule:
        return
    if int(day.group(1)) < EARLIEST_YEAR:
        raise _broken(
            block, "it repeats since before there were calendars like this", "DTSTART"
        )
    often, interval = rule.get("FREQ", ""), rule.get("INTERVAL", "1")
    if not interval.isdecimal() or int(interval[:6]) < 1:
        raise _broken(block, "its interval is none", "RRULE")
    if often in {"SECONDLY", "MINUTELY"}:
        raise _broken(block, f"it repeats {often.lower()}, which no meeting does", "RRULE")
    if often in _STEPS:
        _check_often(block, rule, window, _STEPS[often] * int(interval[:6]))


def _check_often(block: Block, rule: dict[str, str], window: Window, step: timedelta) -> None:
    """Refuse what repeats each day or hour and takes too long, or is never reached."""
    start = block.properties["DTSTART"].strip()
    try:
        first = datetime.strptime(start[:8], "%Y%m%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise _broken(block, "it begins on no day that there is", "DTSTART") from error
    if (window.end - first) / step > MOST_STEPS:
        raise _broken(block, "it repeats too often to be told", "RRULE")
    if {"BYSETPOS", "BYYEARDAY", "BYWEEKNO", "BYEASTER"} & rule.keys():
        raise _broken(block, "its rule picks days out of days", "RRULE")
    months, days = _numbers(rule.get("BYMONTH")), _numbers(rule.get("BYMONTHDAY"))
    if months and days:
        longest = max(_DAYS_OF.get(month, 31) for month in months)
        if min(abs(day) for day in days) > longest:
            raise _broken(block, "its rule names a day that there never is", "RRULE")


def _numbers(told: str | None) -> list[int]:
    return [int(one) for one in (told or "").split(",") if one.lstrip("+-").isdecimal()]


def _calendar(blocks: Iterable[Block], calendar: Blocks) -> str:
    """Return a calendar that holds one event, and the time zones that only it explains."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//unsolved//one event//EN"]
    named = frozenset[str]().union(*(block.zones for block in blocks))
    for zone in sorted(named):
        if zone in calendar.zones and not is_known(zone):
            lines += ["BEGIN:VTIMEZONE", calendar.zones[zone], "END:VTIMEZONE"]
    for number, block in enumerate(blocks):
        lines += ["BEGIN:VEVENT", block.text, f"{MARK}:{number}"]
        if not block.uid:
            lines.append("UID:none")
        lines.append("END:VEVENT")
    return (
        "\r\n".join(line for part in lines for line in part.split("\n"))
        + "\r\nEND:VCALENDAR\r\n"
    )


def is_known(zone: str) -> bool:
    """Whether a time zone goes by the name that everybody uses for it."""
    try:
        ZoneInfo(zone)
    except (ValueError, LookupError, OSError):
        return False
    return True


def _broken(block: Block, why: str, field: str = "") -> Unreadable:
    mend = "Mend it in the calendar program; the other events are read"
    where = f"event {block.properties.get('SUMMARY', '')[:60]!r}"
    return Unreadable(
        where=f"{where}, {field}" if field else where, why=why, mend=mend, line=block.line
    )


def _first_line(error: Exception) -> str:
    return (str(error).partition("\n")[0] or type(error).__name__)[:120]
