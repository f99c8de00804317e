"""Cuts an ics file into its events, so that a broken one does not take the others with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from unsolved.sources.mail.characters import characters

LONGEST_EVENT = 200_000  # bytes
_NAMED = re.compile(r"([A-Za-z0-9-]+)(?:;[^:]*)?:(.*)")
_ZONE = re.compile(r"TZID=\"?([^\";:]+)")
# When it was sent, which is at each visit another moment and says nothing about the meeting.
_PASSING = re.compile(rb"DTSTAMP[:;]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """An event as it stands in the file: its line, its text, its properties, unfolded."""

    line: int
    text: str = field(repr=False)
    properties: Mapping[str, str]
    """The first of each name, in capitals."""

    is_whole: bool = True

    @property
    def uid(self) -> str:
        """What the calendar calls the event and all its repetitions; may be empty."""
        return self.properties.get("UID", "").strip()

    @property
    def zones(self) -> frozenset[str]:
        """The time zones that it names."""
        return frozenset(_ZONE.findall(self.text))


@dataclass(frozen=True, slots=True)
class Blocks:
    """A calendar: its events, the time zones it tells itself, and what holds for all."""

    events: Sequence[Block]
    zones: Mapping[str, str]
    properties: Mapping[str, str]


def cut(data: bytes) -> Blocks | None:
    """Return the events of a file; None when it is no calendar."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"BEGIN:VCALENDAR" not in data[:LONGEST_EVENT].upper():
        return None
    events: list[Block] = []
    zones: dict[str, str] = {}
    properties: dict[str, str] = {}
    for kind, line, lines, is_whole in _parts(data):
        text = characters(_unfolded(lines))
        found = _properties(text)
        if kind == "VEVENT":
            events.append(Block(line, text, found, is_whole))
        elif kind == "VTIMEZONE":
            zones.setdefault(found.get("TZID", ""), text)
        else:
            properties.update(found)
    return Blocks(events, zones, properties)


def _parts(data: bytes) -> Iterator[tuple[str, int, list[bytes], bool]]:
    """Yield the parts of a calendar: what each is, where it begins, its lines, if it ends."""
    within: str | None = None
    depth = start = held = 0
    lines: list[bytes] = []
    for number, line in enumerate(data.splitlines(), 1):
        word, _, name = line.strip().upper().partition(b":")
        called = name.strip().decode("ascii", "replace")
        if within is None:
            if word == b"BEGIN" and called in {"VEVENT", "VTIMEZONE"}:
                within, depth, start, lines, held = called, 0, number, [], 0
            elif word not in {b"BEGIN", b"END"} and depth == 0:
                yield "VCALENDAR", number, [line], True
        elif word == b"BEGIN" and called == within == "VEVENT":
            # The one before has no end: this begins another.
            yield within, start, lines, False
            start, lines, depth, held = number, [], 0, 0
        elif word == b"END" and called == within:
            yield within, start, lines, held <= LONGEST_EVENT
            within, lines = None, []
        else:
            depth += (word == b"BEGIN") - (word == b"END")
            held += len(line)
            is_inner = within == "VEVENT" and (depth > 0 or word == b"END")
            if held <= LONGEST_EVENT and not is_inner:
                lines.append(line)
    if within is not None:
        yield within, start, lines, False


def _unfolded(lines: Sequence[bytes]) -> bytes:
    """Return a line for each property (RFC 5545, 3.1); some break within a letter."""
    whole: list[bytearray] = []
    for line in lines:
        if line[:1] in {b" ", b"\t"} and whole:
            whole[-1] += line[1:]
        elif line.strip():
            whole.append(bytearray(line))
    return b"\n".join(bytes(line) for line in whole if not _PASSING.match(line))


def _properties(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.split("\n"):
        if named := _NAMED.match(line):
            found.setdefault(named.group(1).upper(), named.group(2))
    return found
