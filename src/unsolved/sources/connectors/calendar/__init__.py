"""A calendar as an ics file or feed: who met, or will meet, whom, and what became of it.

Each time an event takes place is a record. It keeps its key when it is moved, so a meeting
that moves is seen to move; a repetition that was taken out is told to be gone.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from unsolved.errors import Invalid, SourceRefused, Unreadable
from unsolved.sources.connector import Visit
from unsolved.sources.connectors.calendar.blocks import Block, Blocks, cut
from unsolved.sources.connectors.calendar.meetings import Meetings
from unsolved.sources.connectors.calendar.occurrences import FIELDS, MOST, Window, times
from unsolved.sources.mail import Sides
from unsolved.sources.model import Refusal
from unsolved.sources.records import Gone, Mark, RecordDraft

Told = RecordDraft | Refusal | Gone

DAYS = 365
MOST_DAYS = 3_650
MOST_RECORDS = 50_000
NOT_MODIFIED = 304
_SCHEMES = {"webcal": "https", "webcals": "https", "http": "http", "https": "https"}


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar in a file, or at an address."""

    visit: Visit
    days: int
    sides: Sides

    @property
    def name(self) -> str:
        """What the source is called."""
        return self.visit.name

    def fetch(self) -> Iterator[Told | Mark]:
        """Yield the meetings that lie within so many days, event by event."""
        told = self.visit.text("address")
        scheme, colon, rest = told.partition("://")
        if colon and scheme.casefold() in _SCHEMES:
            yield from self._feed(f"{_SCHEMES[scheme.casefold()]}://{rest}")
            return
        path = Path(told)
        if not path.exists():
            raise SourceRefused(path=told, why="there is no such file")
        files = sorted(path.rglob("*.ics")) if path.is_dir() else [path]
        for file in files:
            where = file.relative_to(path).as_posix() if path.is_dir() else file.name
            if file.stat().st_size > self.visit.largest_mb * 1_000_000:
                yield Refusal(where, "it is too large", "Export fewer days")
                continue
            calendar = cut(file.read_bytes())
            if calendar is None:
                yield Refusal(where, "it is no calendar", "Export it as iCalendar (.ics)")
                continue
            yield from self._meetings(calendar, where)

    def _feed(self, url: str) -> Iterator[Told | Mark]:
        """Yield what is at an address, unless nothing has changed since a visit today."""
        visit = self.visit
        known = _known(visit.cursor)
        today = visit.today.isoformat()
        asked: dict[str, str] = {}
        # The days that are told move on, so once a day the calendar is read whatever it says.
        if known.get("day") == today and visit.since is None:
            asked = {
                name: known[key]
                for name, key in (("if-none-match", "etag"), ("if-modified-since", "modified"))
                if known.get(key)
            }
        limits = replace(visit.reach.limits, largest=visit.largest_mb * 1_000_000)
        answer = visit.reach.but(limits=limits).get(url, headers=asked, accept={NOT_MODIFIED})
        if answer.status == NOT_MODIFIED:
            return
        calendar = cut(answer.body)
        if calendar is None:
            why = f"what is there is no calendar but {answer.media_type or 'something else'}"
            raise SourceRefused(url=url, why=why)
        yield from self._meetings(calendar, visit.name)
        step = {
            "day": today,
            "etag": answer.headers.get("etag", ""),
            "modified": answer.headers.get("last-modified", ""),
        }
        yield Mark(json.dumps(step, sort_keys=True))

    def _meetings(self, calendar: Blocks, where: str) -> Iterator[Told]:
        window = _window(self.visit, self.days)
        meetings = Meetings(calendar, self.sides)
        left = MOST_RECORDS
        for blocks in _events(calendar):
            if not any(window.may_hold(block) for block in blocks):
                continue
            try:
                found = times(blocks, calendar, window)
                for told in meetings.told(blocks, found, window):
                    yield told
                    left -= 1
            except Unreadable as error:
                yield _refusal(error, where)
                continue
            if not found.are_all:
                why = f"it takes place more than {MOST} times; the first are told"
                yield Refusal(where, why, "Set days lower", blocks[0].line, "RRULE")
            if left <= 0:
                why = f"it holds more than {MOST_RECORDS} meetings; the rest is left out"
                yield Refusal(where, why, "Set days lower")
                return


def _events(calendar: Blocks) -> Iterator[Sequence[Block]]:
    """Yield the blocks of each event: the one that repeats, then the times that differ."""
    together: dict[str, list[Block]] = defaultdict(list)
    for number, block in enumerate(calendar.events):
        together[block.uid or f"#{number}"].append(block)
    for blocks in together.values():
        latest: dict[str, Block] = {}
        for block in sorted(blocks, key=_sequence):
            latest[block.properties.get("RECURRENCE-ID", "")] = block
        yield [latest[moment] for moment in sorted(latest)]


def _refusal(error: Unreadable, where: str) -> Refusal:
    place, _, field = error.where.rpartition(", ")
    if field not in FIELDS:
        return Refusal(f"{where}, {error.where}", error.why, error.mend, error.line)
    return Refusal(f"{where}, {place}", error.why, error.mend, error.line, field)


def _sequence(block: Block) -> int:
    told = block.properties.get("SEQUENCE", "").strip()
    return int(told[:9]) if told.isdecimal() else 0


def _window(visit: Visit, days: int) -> Window:
    midnight = datetime.combine(visit.today, time(), UTC)
    start = midnight - timedelta(days=days)
    if visit.since is not None:
        start = max(start, datetime.combine(visit.since, time(), UTC))
    return Window(start, midnight + timedelta(days=days))


def _known(cursor: str | None) -> dict[str, str]:
    """Return what the last visit learnt; nothing when that cannot be made out."""
    try:
        told = json.loads(cursor or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in told.items()} if isinstance(told, dict) else {}


def connector(visit: Visit) -> Calendar:
    """Return who reads a calendar.

    Raises:
        Invalid: a setting cannot be used.
    """
    if not visit.text("address"):
        raise Invalid(field="address", mend="name the file, or the address of the feed")
    days = visit.number("days", DAYS)
    if not 0 < days <= MOST_DAYS:
        raise Invalid(field="days", got=days, mend=f"write 1 to {MOST_DAYS}")
    return Calendar(visit, days, Sides.named(visit.texts("own")))
