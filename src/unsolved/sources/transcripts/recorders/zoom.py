"""Zoom: the transcript of a recording as JSON, a ``timeline`` of ``text`` and ``users``."""

from collections.abc import Iterator

from unsolved.errors import Unreadable
from unsolved.sources.transcripts.model import Participant, Transcript, Turn
from unsolved.sources.transcripts.recorders import fields
from unsolved.sources.transcripts.recorders.fields import Row

NAME = "zoom"
LOOKS_FOR = "timeline[] or transcript.content[] with text, ts, end_ts, users[].username"


def knows(told: object) -> bool:
    """Whether JSON is Zoom's: entries with ``ts`` and ``users``."""
    return any("ts" in entry and "users" in entry for entry in _entries(told)[:20])


def calls(told: Row, where: str) -> Iterator[Transcript]:
    """Yield the call.

    Raises:
        Unreadable: it is the timeline of who was seen, without words.
    """
    entries = _entries(told)
    if not any(fields.text(entry, "text") for entry in entries):
        why = "it says who spoke when, and not what (Zoom's timeline without `text`)"
        mend = "Download the transcript of the recording, as .vtt or JSON"
        raise Unreadable(where=where, why=why, mend=mend)
    meeting = fields.row(told, "transcript") or told
    people: dict[str, Participant] = {}
    turns = []
    for entry in entries:
        users = fields.rows(entry, "users")
        names = [n for user in users if (n := fields.name(user, "username", "name"))]
        for user, name in zip(users, names, strict=False):
            address = fields.email(user, "email", "email_address", "user_email")
            people.setdefault(name, Participant(name=name, email=address))
        if words := fields.text(entry, "text"):
            start, end = fields.time(entry, "ts"), fields.time(entry, "end_ts")
            turns.append(Turn(" & ".join(dict.fromkeys(names)) or None, words, start, end))
    yield Transcript(
        recorder=NAME,
        turns=tuple(turns),
        key=fields.text(meeting, "recording_id", "meeting_id", "uuid")
        or fields.text(told, "recording_id", "meeting_id", "uuid"),
        title=fields.text(told, "topic", "meeting_topic", "title"),
        started_at=fields.at(meeting, "recording_start", "start_time")
        or fields.at(told, "recording_start", "start_time"),
        participants=tuple(people.values()),
    )


def _entries(told: object) -> list[Row]:
    return fields.rows(told, "timeline") or fields.rows(
        fields.row(told, "transcript"), "timeline", "content"
    )
