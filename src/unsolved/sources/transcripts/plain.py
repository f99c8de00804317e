"""Reads a transcript in plain text or Markdown: a name, perhaps a time, and what was said.

The name stands before a colon (``Ann Lee: …``), with a time before or behind it
(``[00:01:02] Ann Lee: …``, ``Ann Lee (00:12): …``); or on a line of its own with a time
(``Ann Lee  0:12``, ``0:12 | Ann Lee``) and what was said below it; or in brackets
(``[S0] …``). Before the first of them may stand what the call was: ``Title: …``, ``Date: …``,
``Participants: …``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from unsolved.errors import Unreadable
from unsolved.sources.parsing.front_matter import front_matter
from unsolved.sources.transcripts.model import Participant, Transcript, Turn
from unsolved.sources.transcripts.names import (
    Labelled,
    accepted,
    is_name,
    is_nobody,
    labelled,
    with_address,
)
from unsolved.sources.transcripts.times import CLOCK, clock, day, moment, seconds

_TIMED = re.compile(rf"\s*[\[(<]?({CLOCK})(?:\s*[-\u2013]\s*{CLOCK})?[\])>]?\s*[-\u2013|:]?\s+")
_ONLY_TIME = re.compile(rf"\s*[\[(<]?({CLOCK})[\])>]?\s*")
_TIME_BEHIND = re.compile(rf"(.{{1,80}}?)\s*[\[(]({CLOCK})[\])]\s*:?(?:\s+|$)")
_NAME_LINE = re.compile(
    rf"\s*(.{{1,80}}?)(?:\s{{2,}}|\t+|\s*\|\s*|\s*[-\u2013]\s+)({CLOCK})\s*"
)
_LINE_OF_NAME = re.compile(
    rf"\s*({CLOCK})\s*(?:\||\t+|\s{{2,}}|[-\u2013]\s)\s*(\S.{{0,79}}?)\s*"
)
_BRACKETED = re.compile(r"\s*\[([A-Za-z][\w .'-]{0,40})\]:?\s+(?=\S)")
_SIGNS = re.compile(r"^[#>*_\s]+|[*_\s]+$")
_PART = re.compile(r"[,;]\s*")
_LONGEST_TITLE = 150

_HEADS = {
    "title": re.compile(r"(?:call|meeting)?[ _-]?title|subject|meeting|topic|call"),
    "date": re.compile(r"date|day|when|start(?:ed)?(?:[ _-](?:at|time))?|recorded(?:[ _-]on)?"),
    "people": re.compile(r"participants|attendees|speakers|present|people|guests"),
    "duration": re.compile(r"duration|length"),
    "language": re.compile(r"language"),
    "organisation": re.compile(r"organi[sz]ation|org|account|customer|company"),
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: its time, the name it may begin with, and the rest."""

    rest: str
    start: float | None = None
    label: Labelled | None = None
    is_sure: bool = False
    is_timed: bool = False


@dataclass(slots=True)
class _Open:
    """The turn that is being read."""

    speaker: str
    start: float | None
    words: list[str] = field(default_factory=list)


def plain(text: str, *, where: str) -> Transcript:
    """Return the call that a plain text is of.

    Raises:
        Unreadable: no line of it says who speaks.
    """
    facts, text = front_matter(text, where=where)
    lines = list(_lines(text))
    names = _names(lines)
    head, body = _head(lines, names)
    turns, people = _turns(body, names)
    if not any(turn.speaker for turn in turns):
        raise Unreadable(
            where=where,
            why="no line of it says who speaks",
            mend="Write `Name: what they said`, or export it as WebVTT, SRT or JSON",
        )
    told = {**head, **{k: v for k, v in _facts(facts).items() if v}}
    listed = tuple(_participants(told.get("people", ""), people))
    return Transcript(
        recorder="text",
        turns=tuple(turns),
        title=told.get("title"),
        started_at=moment(told.get("date")),
        held_on=day(told.get("date")) or day(told.get("title")),
        told_seconds=seconds(told.get("duration")),
        language=told.get("language"),
        language_is_told="language" in told,
        organisation=told.get("organisation"),
        participants=listed,
    )


def _names(lines: Sequence[_Line]) -> frozenset[str]:
    """Return which labels are names: where others are written in a surer way, only theirs."""
    unsure = [line for line in lines if line.label and not line.is_sure]
    names = accepted((line.label for line in lines if not line.is_sure), strictly=False)
    sure = [line.label.name for line in lines if line.label and line.is_sure]
    if len(sure) >= len(unsure):
        return names & frozenset(sure)
    inside = [line for line in unsure if line.label and not _head_name(line.label.name)]
    timed = [line.label.name for line in inside if line.label and line.is_timed]
    if timed and len(timed) * 2 >= len(inside):
        return names & frozenset(timed)
    return names


def _facts(facts: Mapping[str, object]) -> dict[str, str]:
    """Return what the front matter says, under the names that a head has."""
    found: dict[str, str] = {}
    for told, value in facts.items():
        name = _head_name(told)
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if name and text.strip():
            found.setdefault(name, text.strip())
    return found


def _lines(text: str) -> Iterator[_Line]:
    time: float | None = None
    for line in text.split("\n"):
        if not line.strip():
            continue
        if alone := _ONLY_TIME.fullmatch(line):
            time = clock(alone.group(1))
            continue
        found = _line(line, time)
        yield found
        if found.label:
            time = None


def _line(line: str, time: float | None) -> _Line:
    """Return what a line says, by the first of the ways in which a name can stand in it."""
    for pattern, name, at in ((_LINE_OF_NAME, 2, 1), (_NAME_LINE, 1, 2)):
        found = pattern.fullmatch(line)
        if found and (label := _label(found.group(name))):
            return _Line("", clock(found.group(at)), label, is_sure=True)
    if label := _bracketed(line):
        return _Line(label.rest, time, label, is_sure=True)
    if (found := _TIME_BEHIND.match(line)) and (label := _label(found.group(1))):
        return _Line(line[found.end() :].strip(), clock(found.group(2)), label, is_sure=True)
    timed = _TIMED.match(line)
    rest = line[timed.end() :] if timed else line
    start = clock(timed.group(1)) if timed else time
    if timed and (label := _bracketed(rest)):
        return _Line(label.rest, start, label, is_sure=True)
    return _Line(rest.strip(), start, labelled(rest), is_timed=start is not None)


def _bracketed(line: str) -> Labelled | None:
    """Return who stands in brackets, and not a sound: ``[laughs] Yes``."""
    found = _BRACKETED.match(line)
    name = found.group(1) if found else ""
    if found and is_name(name) and (is_nobody(name) or name[0].isupper()):
        return Labelled(name, line[found.end() :])
    return None


def _label(told: str) -> Labelled | None:
    named = with_address(_SIGNS.sub("", told).rstrip(":"))
    return named if named.name and is_name(named.name) else None


def _head(lines: Sequence[_Line], names: frozenset[str]) -> tuple[dict[str, str], list[_Line]]:
    """Return what stands before the first turn, and the lines from there on."""
    head: dict[str, str] = {}
    for at, line in enumerate(lines):
        name = _head_name(line.label.name) if line.label and not line.is_sure else None
        if name and line.label and name not in head:
            if line.label.rest:
                head[name] = line.label.rest
            continue
        if line.is_sure or (line.label and line.label.name in names):
            return head, list(lines[at:])
        if at == 0 and len(line.rest) <= _LONGEST_TITLE:
            head["title"] = _SIGNS.sub("", line.rest)
            continue
        return head, list(lines[at:])
    return head, []


def _head_name(told: str) -> str | None:
    plain = told.casefold().strip()
    return next((name for name, words in _HEADS.items() if words.fullmatch(plain)), None)


def _turns(
    lines: Sequence[_Line], names: frozenset[str]
) -> tuple[list[Turn], dict[str, Participant]]:
    """Return the turns; a line that names nobody goes on with the one before."""
    turns: list[Turn] = []
    people: dict[str, Participant] = {}
    now: _Open | None = None
    for line in lines:
        label = line.label
        if label and (line.is_sure or label.name in names):
            turns += _closed(now)
            now = _Open(label.name, line.start, [line.rest if line.is_sure else label.rest])
            if label.email:
                people.setdefault(label.name, Participant(name=label.name, email=label.email))
        elif now is None:
            turns.append(Turn(None, " ".join(line.rest.split()), line.start))
        else:
            now.words.append(line.rest)
    return [*turns, *_closed(now)], people


def _closed(turn: _Open | None) -> Iterator[Turn]:
    words = " ".join(" ".join(turn.words).split()) if turn else ""
    if turn and words:
        yield Turn(turn.speaker, words, turn.start)


def _participants(listed: str, found: Mapping[str, Participant]) -> Iterator[Participant]:
    """Yield those that the head lists, then those whose address stood with their words."""
    met = set()
    for part in _PART.split(listed):
        named = with_address(part)
        if named.name:
            met.add(named.name)
            yield Participant(name=named.name, email=named.email)
    yield from (one for one in found.values() if one.name not in met)
