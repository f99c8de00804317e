"""Google Meet: ``transcriptEntries`` of the API, with the participants they refer to."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from unsolved.sources.transcripts.model import Participant, Transcript, Turn
from unsolved.sources.transcripts.recorders import fields
from unsolved.sources.transcripts.recorders.fields import Row

NAME = "meet"
LOOKS_FOR = "transcriptEntries[] with participant, text, startTime, endTime; participants[]"
_USERS = ("signedinUser", "anonymousUser", "phoneUser")


def knows(told: object) -> bool:
    """Whether JSON is Meet's: entries whose names are those of conference records."""
    entries = fields.rows(told, "transcriptEntries", "entries")
    return any(_is_resource(e.get("participant")) for e in entries[:20]) or (
        isinstance(told, Mapping) and "transcriptEntries" in told
    )


def calls(told: Row, _where: str) -> Iterator[Transcript]:
    """Yield the call."""
    entries = fields.rows(told, "transcriptEntries", "entries")
    names = dict(_names(told))
    record = fields.row(told, "conferenceRecord", "conference_record")
    starts = [m for e in entries if (m := fields.at(e, "startTime"))]
    begun = fields.at(record, "startTime") or min(starts, default=None)
    turns = []
    for entry in entries:
        if words := fields.text(entry, "text"):
            who = fields.text(entry, "participant")
            name = names.get(who or "", Participant(name=_numbered(who))).name or None
            start, end = _since(begun, entry, "startTime"), _since(begun, entry, "endTime")
            turns.append(Turn(name, words, start, end))
    language = next((t for e in entries if (t := fields.text(e, "languageCode"))), None)
    yield Transcript(
        recorder=NAME,
        turns=tuple(turns),
        key=fields.text(record, "name") or _record_of(entries),
        title=fields.text(told, "title", "summary") or fields.text(record, "title"),
        started_at=begun,
        language=language,
        language_is_told=language is not None,
        participants=tuple(names.values()),
    )


def _names(told: Row) -> Iterator[tuple[str, Participant]]:
    for one in fields.rows(told, "participants"):
        user = fields.row(one, *_USERS)
        resource = fields.text(one, "name")
        name = fields.name(user, "displayName") or fields.name(one, "displayName")
        address = fields.email(user, "email") or fields.email(one, "email")
        if resource and (name or address):
            yield resource, Participant(name=name or address or "", email=address)


def _numbered(resource: str | None) -> str:
    """Return what somebody is called whose name was not exported: the last of its number."""
    return f"Participant {resource.rpartition('/')[2]}" if resource else ""


def _record_of(entries: list[Row]) -> str | None:
    for entry in entries:
        told = fields.text(entry, "name", "participant")
        if told and _is_resource(told):
            return "/".join(told.split("/")[:2])
    return None


def _is_resource(told: object) -> bool:
    return isinstance(told, str) and told.startswith("conferenceRecords/")


def _since(begun: datetime | None, entry: Row, field: str) -> float | None:
    at = fields.at(entry, field)
    if at is None or begun is None:
        return fields.time(entry, field)
    return max(0.0, (at - begun).total_seconds())
