"""Writes notes, tasks and one field into HubSpot, each once.

A note or a task bears a mark that is made from what it says. Before it is written, what is
already at its record is looked through for the mark; this reads the record's own links and not
the search, for the search shows only after some seconds what was written.
"""

import html
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources.cells import text_of
from unsolved.sources.connectors.hubspot.client import Client, Json, after_of, results_of
from unsolved.sources.connectors.hubspot.naming import BATCH
from unsolved.sources.outgoing import Action, Outgoing
from unsolved.sources.records import RecordKind
from unsolved.sources.steps import written

GROUP = "unsolved"
LONGEST = 65_536  # characters of a body
_OBJECTS = {
    RecordKind.ORGANISATION: "companies",
    RecordKind.PERSON: "contacts",
    RecordKind.DEAL: "deals",
}
# How HubSpot numbers its own links: from a note or a task to what it is about.
_LINKS: Mapping[tuple[Action, RecordKind], int] = {
    (Action.NOTE, RecordKind.ORGANISATION): 190,
    (Action.NOTE, RecordKind.PERSON): 202,
    (Action.NOTE, RecordKind.DEAL): 214,
    (Action.TASK, RecordKind.ORGANISATION): 192,
    (Action.TASK, RecordKind.PERSON): 204,
    (Action.TASK, RecordKind.DEAL): 216,
}
_TABLES = {Action.NOTE: ("notes", "hs_note_body"), Action.TASK: ("tasks", "hs_task_body")}
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,99}")
_NOT_THERE, _THERE_ALREADY = 404, 409


class HubSpotWriter:
    """Writes into one account."""

    def __init__(self, client: Client, now: datetime) -> None:
        self._client, self._now = client, now
        self._ours: set[tuple[str, str]] = set()

    def describe(self) -> str:
        """Return where is written."""
        return f"HubSpot, through {self._client.address}"

    def find(self, item: Outgoing) -> str | None:
        """Return HubSpot's id of ``item`` when it is there already.

        Raises:
            Invalid: it names no record or field that HubSpot could have.
            SourceRefused, SourceDown: it could not be asked.
        """
        where = _where(item)
        if item.action is Action.FIELD:
            is_so = self._value(where, item) == text_of(item.text)
            return item.target_key if is_so else None
        table, body = _TABLES[item.action]
        for ids in self._at(where, table):
            path = f"/crm/v3/objects/{table}/batch/read"
            for one in self._client.batch(path, ids, BATCH, properties=[body]):
                properties = one.get("properties")
                said = properties.get(body) if isinstance(properties, dict) else None
                if isinstance(said, str) and item.mark in said:
                    return text_of(one.get("id"))
        return None

    def write(self, item: Outgoing) -> str:
        """Write ``item`` unless it is there, and return HubSpot's id of it.

        Raises:
            Invalid: it names no record or field that HubSpot could have, or is too long.
            SourceRefused: it was not taken; says how to mend it.
            SourceDown: no answer; it may have arrived, so the next try looks first.
        """
        there = self.find(item)
        if there is not None:
            return there
        if item.action is Action.FIELD:
            return self._fill(item)
        table, _ = _TABLES[item.action]
        told = {"properties": self._properties(item), "associations": [_link(item)]}
        try:
            made = self._client.ask("POST", f"/crm/v3/objects/{table}", told, again=False).told
        except SourceDown:
            there = self.find(item)
            if there is None:
                raise
            return there
        return text_of(made.get("id")) or self.find(item) or item.mark

    def prepare(self, item: Outgoing) -> None:
        """Make the property that ``item`` fills, in a group of its own, where it is missing.

        Raises:
            Invalid: HubSpot could have no such property.
            SourceRefused: it is HubSpot's own, or the token may not make one.
            SourceDown: no answer; asking again does no harm.
        """
        _where(item)
        if item.action is not Action.FIELD or self._is_ours(item):
            return
        base = f"/crm/v3/properties/{_OBJECTS[item.target]}"
        there = {_THERE_ALREADY}
        if self._client.get(f"{base}/groups/{GROUP}", accept={_NOT_THERE}).status == _NOT_THERE:
            group = {"name": GROUP, "label": "Unsolved", "displayOrder": -1}
            self._client.ask("POST", f"{base}/groups", group, accept=there, again=False)
        told = {
            "name": item.title,
            "label": item.title.replace("_", " ").capitalize(),
            "description": "Written by unsolved.",
            "groupName": GROUP,
            "type": "string",
            "fieldType": "text",
        }
        self._client.ask("POST", base, told, accept=there, again=False)

    def _is_ours(self, item: Outgoing) -> bool:
        """Whether the property is there.

        Raises:
            SourceRefused: it is HubSpot's own, or nobody may fill it.
        """
        key = (_OBJECTS[item.target], item.title)
        if key in self._ours:
            return True
        reply = self._client.get(f"/crm/v3/properties/{key[0]}/{key[1]}", accept={_NOT_THERE})
        if reply.status == _NOT_THERE:
            return False
        rules = reply.told.get("modificationMetadata")
        is_read_only = isinstance(rules, dict) and rules.get("readOnlyValue") is True
        if reply.told.get("hubspotDefined") is True or is_read_only:
            mend = "name a property of your own, as unsolved_standing"
            raise SourceRefused(property=item.title, why="it is HubSpot's own", mend=mend)
        self._ours.add(key)
        return True

    def _value(self, where: str, item: Outgoing) -> str | None:
        path = f"/crm/v3/objects/{where}?properties={item.title}"
        reply = self._client.get(path, accept={_NOT_THERE})
        if reply.status == _NOT_THERE:
            raise _not_there(where)
        properties = reply.told.get("properties")
        told = properties.get(item.title) if isinstance(properties, dict) else None
        return text_of(told)

    def _fill(self, item: Outgoing) -> str:
        if not self._is_ours(item):
            mend = "make it in HubSpot as a single-line text, or have it made"
            raise SourceRefused(property=item.title, why="there is none", mend=mend)
        told = {"properties": {item.title: item.text.strip()}}
        self._client.ask("PATCH", f"/crm/v3/objects/{_where(item)}", told)
        return item.target_key

    def _at(self, where: str, table: str) -> Iterator[list[str]]:
        """Yield the ids of what is at a record, some at a time."""
        after: str | None = ""
        while after is not None:
            path = f"/crm/v4/objects/{where}/associations/{table}?limit=500"
            path += f"&after={after}" if after else ""
            reply = self._client.get(path, accept={_NOT_THERE})
            if reply.status == _NOT_THERE:
                raise _not_there(where)
            ids = [text_of(one.get("toObjectId")) for one in results_of(reply.told)]
            yield [one for one in ids if one]
            came = after_of(reply.told)
            after = came if came != after else None

    def _properties(self, item: Outgoing) -> dict[str, str]:
        body = _html(item.text) + f"<p>{item.mark}</p>"
        if item.action is Action.NOTE and item.title.strip():
            body = f"<p><strong>{html.escape(item.title.strip())}</strong></p>{body}"
        if len(body) > LONGEST:
            mend = f"shorten it: HubSpot takes {LONGEST:,} characters"
            raise Invalid(field="text", length=len(body), mend=mend)
        if item.action is Action.NOTE:
            return {"hs_timestamp": written(self._now), "hs_note_body": body}
        due = item.due
        when = datetime(due.year, due.month, due.day, 9, tzinfo=UTC) if due else self._now
        return {
            "hs_timestamp": written(when),
            "hs_task_subject": item.title.strip() or "Task",
            "hs_task_body": body,
            "hs_task_status": "NOT_STARTED",
            "hs_task_type": "TODO",
        }


def _where(item: Outgoing) -> str:
    """Return the path of the record.

    Raises:
        Invalid: HubSpot could have no such record or field.
    """
    table = _OBJECTS.get(item.target)
    if table is None:
        raise Invalid(field="target", got=item.target, known=", ".join(_OBJECTS))
    if not re.fullmatch(r"[0-9]{1,20}", item.target_key):
        mend = "HubSpot numbers its records"
        raise Invalid(field="target_key", got=item.target_key, mend=mend)
    if item.action is Action.FIELD and not _FIELD.fullmatch(item.title):
        mend = "write small letters, digits and _, as unsolved_standing"
        raise Invalid(field="property", got=item.title, mend=mend)
    return f"{table}/{item.target_key}"


def _link(item: Outgoing) -> Json:
    number = _LINKS[item.action, item.target]
    types: list[dict[str, Any]] = [
        {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": number}
    ]
    return {"to": {"id": item.target_key}, "types": types}


def _html(text: str) -> str:
    """Return a text as HTML that shows exactly it."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    shown = (html.escape(one).replace("\n", "<br>") for one in paragraphs if one)
    return "".join(f"<p>{one}</p>" for one in shown)


def _not_there(where: str) -> SourceRefused:
    mend = "read the source again: it was removed, or merged into another"
    return SourceRefused(record=where, why="HubSpot has no such record", mend=mend)
