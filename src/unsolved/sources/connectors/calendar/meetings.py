"""A time at which an event takes place becomes a record of who meets whom."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timezone
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from unsolved.errors import Unreadable
from unsolved.sources.connectors.calendar.blocks import Block, Blocks
from unsolved.sources.connectors.calendar.occurrences import (
    MARK,
    Times,
    Window,
    is_known,
    moment,
)
from unsolved.sources.mail import Sides, organisation_at
from unsolved.sources.parsing import clean
from unsolved.sources.parsing.html import html_text
from unsolved.sources.records import Fact, Gone, Part, PersonDraft, RecordDraft, RecordKind

LONGEST_TEXT = 5_000
LONGEST_TITLE = 300
LONGEST_UID = 200
MOST_PEOPLE = 500
_TAG = re.compile(r"</?(?:p|br|div|span|a|ul|ol|li|b|i|html|table)\b[^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+")
_BLANKS = re.compile(r"\n{3,}")
_ROOMS = frozenset({"ROOM", "RESOURCE"})
_ANSWERS = ("accepted", "declined", "tentative")

Guest = tuple[Part, str, str, str]
"""A part, a name, an address, and what was answered."""


class Meetings:
    """Tells the meetings of a calendar."""

    def __init__(self, calendar: Blocks, sides: Sides) -> None:
        self._sides = sides
        zone = calendar.properties.get("X-WR-TIMEZONE", "").strip()
        self._zone = ZoneInfo(zone if zone and is_known(zone) else "UTC")
        self._is_cancelled = calendar.properties.get("METHOD", "").strip().upper() == "CANCEL"

    def told(
        self, blocks: Sequence[Block], found: Times, window: Window
    ) -> Iterator[RecordDraft | Gone]:
        """Yield the times of an event, and which of them are no more.

        Raises:
            Unreadable: one of them has a time that there is not.
        """
        recurring = any(
            {"RRULE", "RDATE", "RECURRENCE-ID"} & b.properties.keys() for b in blocks
        )
        name = _uid(blocks[0])
        met: set[str] = set()
        for component in found.components:
            block = blocks[int(str(component.get(MARK, "0")))]
            try:
                start = self._moment(component["DTSTART"].dt)
                end = self._moment(component.end)
                first = component.get("RECURRENCE-ID")
                original = self._moment(first.dt) if first is not None else start
            except (
                ValueError,
                LookupError,
                TypeError,
                AttributeError,
                ArithmeticError,
            ) as error:
                why = "it names a time that there is not"
                raise Unreadable(
                    where="event", why=why, mend="Mend it", line=block.line
                ) from error
            key = f"{name}#{_in_utc(original)}" if recurring else name
            # A change of this and all that follow names only the first of them.
            key = key if key not in met else f"{name}#{_in_utc(start)}"
            if key in met:
                continue
            met.add(key)
            yield self._record(key, component, block, (start, end), recurring=recurring)
        for day in _taken_out(found):
            gone = self._moment(day)
            key = f"{name}#{_in_utc(gone)}"
            if key not in met and window.start <= gone < window.end:
                yield Gone(key, RecordKind.ACTIVITY)

    def _record(
        self,
        key: str,
        component: Any,  # noqa: ANN401 (icalendar's)
        block: Block,
        times: tuple[datetime, datetime],
        *,
        recurring: bool,
    ) -> RecordDraft:
        start, end = times
        all_day = not isinstance(component["DTSTART"].dt, datetime)
        guests = _guests(component)
        # Without our own domains the host is the other side, as the sender of a mail is.
        addresses = [address for _, _, address, _ in guests if address]
        outside = [one for one in addresses if not self._sides.is_own(one)]
        other = next(filter(organisation_at, outside), self._sides.other(addresses))
        organisation = organisation_at(other) if other else None
        name = next((name for _, name, address, _ in guests if address == other), "")
        answers = Counter(answer for _, _, _, answer in guests)
        facts: dict[str, Fact] = {
            "type": "meeting",
            "start": start.date().isoformat() if all_day else start.isoformat(),
            "end": end.date().isoformat() if all_day else end.isoformat(),
            "all_day": all_day,
            "zone": _zone(component) or None,
            "status": self._status(component),
            **{answer: answers[answer] for answer in _ANSWERS},
            "location": _text(component, "LOCATION")[:LONGEST_TITLE],
            "description": _described(_text(component, "DESCRIPTION")),
            "sequence": _whole(_text(component, "SEQUENCE")),
            "recurring": recurring,
            "attendees": [
                f"{address or name}: {answer}"
                for part, name, address, answer in guests
                if part is Part.GUEST
            ],
        }
        return RecordDraft(
            kind=RecordKind.ACTIVITY,
            key=key,
            title=" ".join(_text(component, "SUMMARY").split())[:LONGEST_TITLE] or "(no title)",
            at=start,
            organisation=organisation,
            person=PersonDraft(name=name, email=other, organisation=organisation)
            if other
            else None,
            people=tuple(
                (part, PersonDraft(name=name, email=address or None))
                for part, name, address, _ in guests
            ),
            facts=facts,
            received=block.text,
        )

    def _status(self, component: Any) -> str:  # noqa: ANN401
        told = _text(component, "STATUS").casefold()
        if self._is_cancelled or told == "cancelled":
            return "cancelled"
        return told if told in {"tentative", "confirmed"} else "confirmed"

    def _moment(self, told: date) -> datetime:
        """Return a moment with the distance to UTC that its zone has then."""
        found = moment(told, self._zone)
        return found.replace(tzinfo=timezone(found.utcoffset() or UTC.utcoffset(None)))


def _guests(component: Any) -> list[Guest]:  # noqa: ANN401
    """Return who takes part, the host first; rooms do not."""
    found: dict[tuple[Part, str], Guest] = {}
    for name, part in (("ORGANIZER", Part.HOST), ("ATTENDEE", Part.GUEST)):
        told = component.get(name, [])
        for one in (told if isinstance(told, list) else [told])[:MOST_PEOPLE]:
            parameters = getattr(one, "params", {})
            if str(parameters.get("CUTYPE", "")).upper() in _ROOMS:
                continue
            address = _ADDRESS.search(re.sub(r"(?i)^mailto:", "", clean(str(one)).strip()))
            email = address.group().casefold() if address else ""
            shown = clean(str(parameters.get("CN", ""))).strip(" \"'")[:LONGEST_TITLE]
            shown = "" if shown.casefold() == email else shown
            answer = str(parameters.get("PARTSTAT", "")).casefold() or "needs-action"
            if email or shown:
                found.setdefault((part, email or shown), (part, shown, email, answer))
    return list(found.values())


def _taken_out(found: Times) -> Iterator[date]:
    """Yield the times that a series says it no longer has."""
    for master in found.masters:
        told = master.get("EXDATE", [])
        for some in told if isinstance(told, list) else [told]:
            for one in getattr(some, "dts", ()):
                if isinstance(one.dt, date):
                    yield one.dt


def _text(component: Any, name: str) -> str:  # noqa: ANN401
    told = component.get(name, "")
    first = told[0] if isinstance(told, list) and told else told
    return clean(str(first)).strip()


def _described(text: str) -> str:
    """Return what a meeting is about, as a person would read it."""
    shown = html_text(text) if _TAG.search(text) else text
    return _BLANKS.sub("\n\n", shown).strip()[:LONGEST_TEXT]


def _whole(told: str) -> int:
    return int(told[:9]) if told.isdecimal() else 0


def _zone(component: Any) -> str:  # noqa: ANN401
    return str(getattr(component["DTSTART"], "params", {}).get("TZID", ""))


def _uid(block: Block) -> str:
    """Return what an event is called; its digest where it has no name, or one too long."""
    uid = clean(block.uid)
    if uid and len(uid) <= LONGEST_UID:
        return uid
    told = uid or repr(
        [block.properties.get(name) for name in ("SUMMARY", "DTSTART", "ORGANIZER")]
    )
    return f"sha256:{sha256(told.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _in_utc(told: datetime) -> str:
    return told.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
