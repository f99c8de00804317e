"""Fireflies: a ``transcript`` of its GraphQL API, made of ``sentences``."""

from collections.abc import Iterator, Mapping

from unsolved.sources.transcripts.model import Participant, Transcript, Turn
from unsolved.sources.transcripts.recorders import fields
from unsolved.sources.transcripts.recorders.fields import Row

NAME = "fireflies"
LOOKS_FOR = "sentences[] with speaker_name, text or raw_text, start_time, end_time"
_MINUTE = 60.0


def knows(told: object) -> bool:
    """Whether JSON is that of Fireflies: sentences with ``speaker_name``."""
    return any(
        "speaker_name" in sentence or "raw_text" in sentence
        for one in _transcripts(told)
        for sentence in fields.rows(one, "sentences")[:20]
    )


def calls(told: Row, _where: str) -> Iterator[Transcript]:
    """Yield the calls, in their order."""
    for one in _transcripts(told):
        yield _call(one)


def _transcripts(told: object) -> list[Row]:
    data = fields.row(told, "data") or told
    if many := fields.rows(data, "transcripts"):
        return many
    single = fields.row(data, "transcript")
    return [single] if single else [data] if isinstance(data, Mapping) else []


def _call(told: Row) -> Transcript:
    turns = [
        Turn(
            fields.name(sentence, "speaker_name") or _numbered(sentence),
            words,
            fields.time(sentence, "start_time"),
            fields.time(sentence, "end_time"),
        )
        for sentence in fields.rows(told, "sentences")
        if (words := fields.text(sentence, "text", "raw_text"))
    ]
    minutes = fields.time(told, "duration", unit=1 / _MINUTE)
    return Transcript(
        recorder=NAME,
        turns=tuple(turns),
        key=fields.text(told, "id", "transcript_id"),
        title=fields.text(told, "title"),
        started_at=fields.at(told, "dateString", "date"),
        held_on=fields.on(told, "dateString", "date"),
        told_seconds=minutes,
        participants=tuple(_participants(told)),
    )


def _numbered(sentence: Row) -> str | None:
    number = fields.text(sentence, "speaker_id")
    return f"Speaker {number}" if number else None


def _participants(told: Row) -> Iterator[Participant]:
    """Yield the attendees, then the addresses that are listed beside them."""
    met: set[str] = set()
    for one in fields.rows(told, "meeting_attendees"):
        address = fields.email(one, "email")
        name = fields.name(one, "displayName", "name")
        if name or address:
            met.add((address or "").casefold())
            yield Participant(name=name or "", email=address)
    listed = [*fields.texts(told, "participants"), fields.email(told, "organizer_email") or ""]
    for line in listed:
        for address in line.split(","):  # some entries hold several
            if "@" in address and address.strip().casefold() not in met:
                met.add(address.strip().casefold())
                yield Participant(email=address.strip())
