"""Otter: a ``speech`` as its web application has it, ``transcripts`` and ``speakers``."""

from collections.abc import Iterator, Mapping

from unsolved.sources.transcripts.model import Participant, Transcript, Turn
from unsolved.sources.transcripts.recorders import fields
from unsolved.sources.transcripts.recorders.fields import Row

NAME = "otter"
LOOKS_FOR = "speech.transcripts[] with transcript, speaker_id, start_offset, end_offset"
_SAMPLES = 16_000.0  # of sound in a second; what its offsets count
_MILLISECONDS = 1000.0
_SLACK = 1.05


def knows(told: object) -> bool:
    """Whether JSON is Otter's: segments with ``transcript`` and an offset or a speaker."""
    return any(
        "transcript" in one and ("start_offset" in one or "speaker_id" in one)
        for one in fields.rows(_speech(told), "transcripts")[:20]
    )


def calls(told: Row, _where: str) -> Iterator[Transcript]:
    """Yield the call."""
    speech = _speech(told)
    segments = fields.rows(speech, "transcripts")
    people = {
        key: Participant(name=name, email=fields.email(one, "speaker_email", "email"))
        for one in fields.rows(speech, "speakers") or fields.rows(told, "speakers")
        if (key := fields.text(one, "speaker_id", "id"))
        and (name := fields.name(one, "speaker_name", "name"))
    }
    unit = _unit(segments, fields.time(speech, "duration"))
    turns = [
        Turn(
            _speaker(segment, people),
            words,
            fields.time(segment, "start_offset", unit=unit),
            fields.time(segment, "end_offset", unit=unit),
        )
        for segment in segments
        if (words := fields.text(segment, "transcript"))
    ]
    language = fields.text(speech, "language")
    yield Transcript(
        recorder=NAME,
        turns=tuple(turns),
        key=fields.text(speech, "otid", "speech_id"),
        title=fields.text(speech, "title"),
        started_at=fields.at(speech, "start_time", "displayed_start_time", "created_at"),
        told_seconds=fields.time(speech, "duration"),
        language=language,
        language_is_told=language is not None,
        participants=tuple(people.values()),
    )


def _speech(told: object) -> Row:
    return fields.row(told, "speech") or (told if isinstance(told, Mapping) else {})


def _speaker(segment: Row, people: Mapping[str, Participant]) -> str | None:
    known = people.get(fields.text(segment, "speaker_id") or "")
    if known:
        return known.name
    label = fields.text(segment, "speaker_model_label", "label", "speaker_id")
    return fields.name(segment, "speaker_name") or (f"Speaker {label}" if label else None)


def _unit(segments: list[Row], duration: float | None) -> float:
    """Return how many of the offsets make a second: samples, or milliseconds if that fits.

    Otter does not document them; both have been seen in what others wrote about it.
    """
    last = max(
        (o for s in segments if isinstance(o := s.get("end_offset"), int | float)), default=0
    )
    if duration and last <= duration * _MILLISECONDS * _SLACK:
        return _MILLISECONDS
    return _SAMPLES
