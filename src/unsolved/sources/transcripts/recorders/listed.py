"""Any list of who said what: ``speaker``, ``text``, ``start``, ``end``, under common names."""

from collections.abc import Iterator, Mapping, Sequence

from unsolved.sources.transcripts.model import Participant, Transcript, Turn
from unsolved.sources.transcripts.recorders import fields
from unsolved.sources.transcripts.recorders.fields import Row

NAME = "json"
LISTS = (
    "turns", "segments", "utterances", "sentences", "entries", "transcript", "transcripts",
    "transcription", "captions", "monologues", "items", "results", "data",
)  # fmt: skip
SPEAKER = (
    "speaker", "speaker_name", "speakerName", "speakerDisplayName", "name", "user",
    "participant", "speaker_label", "speakerLabel", "speaker_id", "speakerId",
)  # fmt: skip
TEXT = ("text", "words", "sentence", "transcript", "content", "body", "utterance", "raw_text")
START = (
    "start", "start_time", "startTime", "start_timestamp", "startOffset", "begin", "from",
    "offset", "timestamp", "ts", "time",
)  # fmt: skip
END = ("end", "end_time", "endTime", "end_timestamp", "endOffset", "to", "end_ts", "until")
LOOKS_FOR = (
    f"a list of objects with one of {', '.join(TEXT[:4])} and one of {', '.join(SPEAKER[:4])}"
    f" or {', '.join(START[:3])}, bare or under one of {', '.join(LISTS[:6])}"
)
TOO_SLOW = 60.0
"""Seconds a word: slower than that, whole numbers were milliseconds."""

_TOO_MANY = 1e15  # no clock shows that


def knows(told: object) -> bool:
    """Whether JSON holds a list of objects that say who or when, and what."""
    return bool(_entries(told))


def calls(told: object, _where: str) -> Iterator[Transcript]:
    """Yield the call."""
    entries = _entries(told)
    about: Row = told if isinstance(told, Mapping) else {}
    about = fields.row(about, "metadata", "meta", "call", "meeting") or about
    people: dict[str, Participant] = {}
    unit = 1000.0 if _is_in_milliseconds(entries) else 1.0
    turns = [turn for entry in entries if (turn := _turn(entry, unit, people))]
    for one in fields.rows(told, "participants", "attendees", "speakers"):
        who = _participant(one)
        if who.name or who.email:
            people[who.name or who.email or ""] = who
    language = fields.text(about, "language", "language_code", "lang", "locale")
    yield Transcript(
        recorder=NAME,
        turns=tuple(turns),
        key=fields.text(about, "id", "call_id", "callId", "meeting_id"),
        title=fields.text(about, "title", "topic", "subject", "name"),
        started_at=fields.at(about, "started_at", "start_time", "started", "date", "start"),
        held_on=fields.on(about, "date", "started_at", "day"),
        told_seconds=fields.time(about, "duration", "audio_duration", "duration_seconds"),
        language=language,
        language_is_told=language is not None,
        organisation=fields.text(about, "organisation", "organization", "org"),
        participants=tuple(people.values()),
    )


def _entries(told: object) -> list[Row]:
    """Return the list: bare, under a known name, or one level below that."""
    if isinstance(told, list):
        found = [one for one in told if isinstance(one, Mapping)]
        return found if _are_entries(found) else []
    for name in LISTS:
        found = fields.rows(told, name)
        if _are_entries(found):
            return found
    for name in LISTS:
        inner = fields.row(told, name)
        for below in LISTS if inner else ():
            if _are_entries(found := fields.rows(inner, below)):
                return found
    return []


def _are_entries(rows: Sequence[Row]) -> bool:
    first = rows[:20]
    return any(
        any(isinstance(row.get(n), str | list) for n in TEXT)
        and any(n in row for n in (*SPEAKER, *START))
        for row in first
    )


def _turn(entry: Row, unit: float, people: dict[str, Participant]) -> Turn | None:
    who = _participant(entry)
    if who.name:
        people.setdefault(who.name, who)
    words = fields.text(entry, *TEXT) or _of_pieces(entry)
    if not words:
        return None
    start, end = fields.time(entry, *START, unit=unit), fields.time(entry, *END, unit=unit)
    return Turn(who.name or None, words, start, end)


def _participant(entry: Row) -> Participant:
    """Return who speaks: named in the entry itself, or in an object within it."""
    inner = fields.row(entry, "speaker", "participant", "user")
    told = inner or entry
    name = fields.name(told, "name", "displayName", "display_name") if inner else None
    name = name or fields.name(told, *SPEAKER, "displayName", "display_name") or ""
    if name.isdecimal():
        name = f"Speaker {name}"
    return Participant(
        name=name,
        email=fields.email(told, "email", "email_address", "emailAddress", "speaker_email"),
        title=None if not inner else fields.text(inner, "title", "role"),
    )


def _of_pieces(entry: Row) -> str | None:
    """Return the words of an entry that lists them one by one."""
    pieces = fields.rows(entry, "words", "elements", "tokens")
    said = [w for piece in pieces if (w := fields.text(piece, "text", "word", "value"))]
    return " ".join(" ".join(said).split()) or None


def _is_in_milliseconds(entries: Sequence[Row]) -> bool:
    """Whether nobody could speak as slowly as the numbers say in seconds."""
    spent = words = 0.0
    for entry in entries:
        start, end = _number(entry, START), _number(entry, END)
        said = fields.text(entry, *TEXT) or _of_pieces(entry)
        if start is None or end is None or not said:
            continue
        if not (start.is_integer() and end.is_integer()):
            return False
        if end > start:
            spent += end - start
            words += len(said.split())
    return words > 0 and spent / words > TOO_SLOW


def _number(entry: Row, names: Sequence[str]) -> float | None:
    told = next((entry[n] for n in names if n in entry), None)
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    return float(told) if abs(told) < _TOO_MANY else None
