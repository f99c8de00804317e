"""Gong: ``callTranscripts`` of its API, and ``calls`` of calls/extensive if they are there."""

from collections.abc import Iterator, Mapping

from unsolved.sources.transcripts.model import Participant, Transcript, Turn
from unsolved.sources.transcripts.recorders import fields
from unsolved.sources.transcripts.recorders.fields import Row

NAME = "gong"
LOOKS_FOR = (
    "callTranscripts[] with callId, transcript[] of speakerId and sentences[] of text, start,"
    " end; calls[] with metaData and parties"
)
_MILLISECONDS = 1000.0
_SIDES = {"internal": True, "external": False}


def knows(told: object) -> bool:
    """Whether JSON is Gong's: monologues of sentences by ``speakerId``."""
    if not isinstance(told, Mapping):
        return False
    if "callTranscripts" in told:
        return True
    return any("speakerId" in m and "sentences" in m for m in fields.rows(told, "transcript"))


def calls(told: Row, _where: str) -> Iterator[Transcript]:
    """Yield the calls, in the order of the transcripts."""
    known = {
        key: call
        for call in fields.rows(told, "calls")
        if (key := fields.text(fields.row(call, "metaData"), "id") or fields.text(call, "id"))
    }
    transcripts = fields.rows(told, "callTranscripts") or [told]
    for one in transcripts:
        key = fields.text(one, "callId", "id")
        alone = told if len(transcripts) == 1 and not known else {}
        yield _call(one, key, known.get(key or "", alone))


def _call(told: Row, key: str | None, call: Row) -> Transcript:
    meta = fields.row(call, "metaData") or call
    parties = fields.rows(call, "parties") or fields.rows(told, "parties")
    names = {
        speaker: name
        for party in parties
        if (speaker := fields.text(party, "speakerId")) and (name := _party(party).name)
    }
    turns = []
    for monologue in fields.rows(told, "transcript"):
        speaker = fields.text(monologue, "speakerId")
        named = names.get(speaker or "")
        who = named or (f"Speaker {speaker}" if speaker else None)
        for sentence in fields.rows(monologue, "sentences"):
            if words := fields.text(sentence, "text"):
                start = fields.time(sentence, "start", unit=_MILLISECONDS)
                end = fields.time(sentence, "end", unit=_MILLISECONDS)
                turns.append(Turn(who, words, start, end))
    language = fields.text(meta, "language")
    return Transcript(
        recorder=NAME,
        turns=tuple(turns),
        key=key or fields.text(meta, "id"),
        title=fields.text(meta, "title"),
        started_at=fields.at(meta, "started", "scheduled"),
        told_seconds=fields.time(meta, "duration"),
        language=language,
        language_is_told=language is not None,
        participants=tuple(one for party in parties if (one := _party(party)).name),
    )


def _party(party: Row) -> Participant:
    address = fields.email(party, "emailAddress", "email")
    name = fields.name(party, "name") or address or fields.text(party, "phoneNumber") or ""
    side = (fields.text(party, "affiliation") or "").casefold()
    return Participant(
        name=name,
        email=address,
        title=fields.text(party, "title"),
        is_ours=_SIDES.get(side),
    )
