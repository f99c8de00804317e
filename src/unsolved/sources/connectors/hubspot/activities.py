"""A call, an e-mail, a meeting, a note or a task of HubSpot becomes a record."""

import re
from collections.abc import Callable, Mapping

from unsolved.sources.cells import Cells, as_received
from unsolved.sources.connectors.hubspot.client import Json
from unsolved.sources.connectors.hubspot.naming import Naming
from unsolved.sources.connectors.hubspot.rows import Links, common, first_of, said
from unsolved.sources.connectors.hubspot.tables import Table
from unsolved.sources.parsing.html import html_text
from unsolved.sources.records import Fact, Part, PersonDraft, RecordDraft, RecordKind

_ADDRESSES = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
_DIRECTIONS = {
    "INBOUND": "in",
    "OUTBOUND": "out",
    "INCOMING_EMAIL": "in",
    "EMAIL": "out",
    "FORWARDED_EMAIL": "out",
}


def activity_record(
    table: Table, told: Json, cells: Cells, links: Links, names: Naming
) -> RecordDraft:
    """Return the record that a call, an e-mail, a meeting, a note or a task is."""
    key = str(told.get("id"))
    subject, text, more = _SEEN[table.name](cells)
    people = _people(cells) if table.name == "emails" else ()
    facts: dict[str, Fact] = {
        "type": table.type,
        "subject": subject,
        "text": text,
        **more,
        **common(cells, names, "hs_createdate", "hs_lastmodifieddate"),
    }
    if len(links.contacts) > 1:
        facts["people"] = list(links.contacts)
    return RecordDraft(
        kind=RecordKind.ACTIVITY,
        key=key,
        title=subject or table.type,
        at=cells.moment("hs_timestamp") or cells.moment("hs_createdate"),
        organisation_key=first_of(links.companies),
        person_key=first_of(links.contacts),
        deal_key=first_of(links.deals),
        people=people,
        facts=said(facts),
        received=as_received(told),
    )


Seen = tuple[str | None, str | None, dict[str, Fact]]


def _call(cells: Cells) -> Seen:
    length = cells.number("hs_call_duration")
    more: dict[str, Fact] = {
        "direction": _direction(cells.text("hs_call_direction")),
        "duration": length / 1000 if length is not None else None,
        "status": cells.text("hs_call_status"),
    }
    return (
        cells.text("hs_call_title"),
        _plain(cells.text("hs_call_body", "hs_call_summary")),
        more,
    )


def _email(cells: Cells) -> Seen:
    text = cells.text("hs_email_text") or _plain(cells.text("hs_email_html"))
    more: dict[str, Fact] = {
        "direction": _direction(cells.text("hs_email_direction")),
        "status": cells.text("hs_email_status"),
    }
    return cells.text("hs_email_subject"), text, more


def _meeting(cells: Cells) -> Seen:
    parts = (cells.text("hs_meeting_body"), cells.text("hs_internal_meeting_notes"))
    begins = cells.moment("hs_meeting_start_time")
    ends = cells.moment("hs_meeting_end_time")
    more: dict[str, Fact] = {
        "duration": (ends - begins).total_seconds()
        if begins and ends and ends >= begins
        else None,
        "status": cells.text("hs_meeting_outcome"),
    }
    text = "\n\n".join(filter(None, map(_plain, parts)))
    return cells.text("hs_meeting_title"), text or None, more


def _note(cells: Cells) -> Seen:
    return None, _plain(cells.text("hs_note_body")), {}


def _task(cells: Cells) -> Seen:
    more: dict[str, Fact] = {
        "status": cells.text("hs_task_status"),
        "due": cells.iso("hs_timestamp"),
    }
    return cells.text("hs_task_subject"), _plain(cells.text("hs_task_body")), more


_SEEN: Mapping[str, Callable[[Cells], Seen]] = {
    "calls": _call,
    "emails": _email,
    "meetings": _meeting,
    "notes": _note,
    "tasks": _task,
}


def _people(cells: Cells) -> tuple[tuple[Part, PersonDraft], ...]:
    """Return from whom an e-mail came and to whom it went."""
    names = (cells.text("hs_email_from_firstname"), cells.text("hs_email_from_lastname"))
    sender = " ".join(name for name in names if name)
    found: dict[tuple[Part, str], PersonDraft] = {}
    for part, name in (
        (Part.FROM, "hs_email_from_email"),
        (Part.TO, "hs_email_to_email"),
        (Part.CC, "hs_email_cc_email"),
    ):
        for address in _ADDRESSES.findall(cells.text(name) or ""):
            called = sender if part is Part.FROM else ""
            found.setdefault(
                (part, address.casefold()), PersonDraft(name=called, email=address)
            )
    return tuple((part, person) for (part, _), person in found.items())


def _direction(told: str | None) -> str | None:
    return _DIRECTIONS.get(told.upper(), told.casefold()) if told else None


def _plain(told: str | None) -> str | None:
    return html_text(told) or None if told else None
