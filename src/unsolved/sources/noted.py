"""An activity in a CRM that says enough is a document too, to be read for evidence."""

import re
from collections.abc import Iterator
from datetime import date

from unsolved.sources.model import Draft, Kind, OrganisationDraft
from unsolved.sources.outgoing import is_ours
from unsolved.sources.records import RecordDraft

LONG_ENOUGH = 200  # characters; what is shorter is a remark
_TURN = re.compile(
    r"^(?:\[?\d{1,2}:\d{2}[^\n]{0,12}\s)?[^\W\d_][\w .'-]{1,40}:\s+\S", re.MULTILINE
)
_TURNS = 4  # so many make a transcript of what was noted


def document_of(
    key: str, record: RecordDraft, organisation: OrganisationDraft | None, today: date
) -> Iterator[Draft]:
    """Yield the document that an activity is, if it is one and we know whom it is about.

    What we wrote into the CRM ourselves is none: it would be evidence for itself.
    """
    text = record.facts.get("text")
    if organisation is None or not isinstance(text, str) or len(text) < LONG_ENOUGH:
        return
    if is_ours(text):
        return
    yield Draft(
        key=key,
        organisation=organisation,
        text=text,
        title=record.title,
        kind=_kind(str(record.facts.get("type")), text),
        published_on=min(record.at.date(), today) if record.at else None,
        original=record.received.encode(),
        media_type="application/json",
    )


def _kind(activity: str, text: str) -> Kind:
    if activity == "e-mail":
        return Kind.EMAIL
    if activity in {"call", "meeting"} and len(_TURN.findall(text)) >= _TURNS:
        return Kind.TRANSCRIPT
    return Kind.NOTE
