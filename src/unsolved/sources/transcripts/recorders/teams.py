"""Microsoft Teams: ``entries`` with ``speakerDisplayName``, or Graph's metadata with them."""

from collections.abc import Iterator

from unsolved.sources.transcripts.model import Participant, Transcript, Turn
from unsolved.sources.transcripts.recorders import fields
from unsolved.sources.transcripts.recorders.fields import Row

NAME = "teams"
LOOKS_FOR = (
    "entries[] with speakerDisplayName, text, startOffset, endOffset; or with speakerName and"
    " spokenText"
)
_TEXT = ("text", "spokenText")


def knows(told: object) -> bool:
    """Whether JSON is that of Teams, or of Graph."""
    return any(
        "speakerDisplayName" in entry or "spokenText" in entry for entry in _entries(told)[:20]
    )


def calls(told: Row, _where: str) -> Iterator[Transcript]:
    """Yield the call."""
    entries = _entries(told)
    meta = fields.row(told, "metadata", "callTranscript", "transcript") or told
    begun = fields.at(meta, "meetingStartDateTime", "startDateTime", "createdDateTime")
    moments = [m for e in entries if (m := fields.at(e, "startDateTime"))]
    begun = begun or min(moments, default=None)
    turns = []
    for entry in entries:
        if words := fields.text(entry, *_TEXT):
            start = fields.time(entry, "startOffset", "start")
            end = fields.time(entry, "endOffset", "end")
            if begun and start is None and (at := fields.at(entry, "startDateTime")):
                start = max(0.0, (at - begun).total_seconds())
                until = fields.at(entry, "endDateTime")
                end = (until - begun).total_seconds() if until else None
            who = fields.name(entry, "speakerDisplayName", "speakerName")
            turns.append(Turn(who, words, start, end))
    language = next(
        (t for e in entries if (t := fields.text(e, "spokenLanguageTag", "spokenLanguage"))),
        None,
    )
    yield Transcript(
        recorder=NAME,
        turns=tuple(turns),
        key=fields.text(meta, "id", "meetingId", "callId"),
        title=fields.text(meta, "subject", "title") or fields.text(told, "subject", "title"),
        started_at=begun,
        language=language,
        language_is_told=language is not None,
        participants=tuple(_participants(told)),
    )


def _participants(told: Row) -> Iterator[Participant]:
    """Yield the organiser and attendees, as Graph lists them with the meeting."""
    meta = fields.row(told, "metadata", "callTranscript", "transcript")
    listed = fields.row(told, "participants") or fields.row(meta, "participants")
    for one in [fields.row(listed, "organizer"), *fields.rows(listed, "attendees")]:
        user = fields.row(fields.row(one, "identity"), "user")
        name = fields.name(user, "displayName") or fields.name(one, "displayName") or ""
        address = fields.email(one, "upn", "email")
        if name or address:
            yield Participant(name=name, email=address)


def _entries(told: object) -> list[Row]:
    return fields.rows(told, "entries") or fields.rows(
        fields.row(told, "transcript", "content"), "entries"
    )
