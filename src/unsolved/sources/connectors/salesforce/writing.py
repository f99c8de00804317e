"""Writes notes, tasks and one field into Salesforce, each once.

A note is written as a completed task and not as a ContentNote: a task is made in one request
and stands in the account's history in every org, while a ContentNote is made in one request and
linked in a second, between which a crash leaves a note that belongs to nobody, and an org may
have notes switched off. Either bears a mark that is made from what it says, which is looked for
before anything is written; the mark is looked for here, for Salesforce cannot search in it.
"""

import re
from collections.abc import Mapping
from datetime import date

from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources.cells import text_of
from unsolved.sources.connectors.salesforce.org import Org, Refused, Row
from unsolved.sources.outgoing import Action, Outgoing
from unsolved.sources.records import RecordKind

LONGEST, LONGEST_SUBJECT = 32_000, 255
_OBJECTS = {
    RecordKind.ORGANISATION: "Account",
    RecordKind.PERSON: "Contact",
    RecordKind.DEAL: "Opportunity",
}
_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_]*__c")
_LEAD = "00Q"
_DONE = "Completed"


class SalesforceWriter:
    """Writes into one org."""

    def __init__(self, org: Org, today: date) -> None:
        self._org, self._today = org, today
        self._done: str | None = None

    def describe(self) -> str:
        """Return where is written."""
        return f"Salesforce, at {self._org.address}"

    def find(self, item: Outgoing) -> str | None:
        """Return Salesforce's id of ``item`` when it is there already.

        Raises:
            Invalid: it names no record or field that Salesforce could have.
            SourceRefused, SourceDown: it could not be asked.
        """
        name = _object(item)
        if item.action is Action.FIELD:
            is_so = text_of(self._held(name, item).get(item.title)) == text_of(item.text)
            return item.target_key if is_so else None
        about = "WhoId" if item.target is RecordKind.PERSON else "WhatId"
        soql = (
            f"SELECT Id, Description, IsDeleted FROM Task WHERE {about} = '{item.target_key}'"  # noqa: S608
            " ORDER BY CreatedDate DESC"
        )
        for rows in self._org.pages(soql):
            for row in rows:
                said = row.get("Description")
                if (
                    row.get("IsDeleted") is not True
                    and isinstance(said, str)
                    and item.mark in said
                ):
                    return text_of(row.get("Id"))
        return None

    def write(self, item: Outgoing) -> str:
        """Write ``item`` unless it is there, and return Salesforce's id of it.

        Raises:
            Invalid: it names no record or field that Salesforce could have, or is too long.
            SourceRefused: it was not taken; says how to mend it.
            SourceDown: no answer; it may have arrived, so the next try looks first.
        """
        there = self.find(item)
        if there is not None:
            return there
        if item.action is Action.FIELD:
            self._org.update(_object(item), item.target_key, {item.title: item.text.strip()})
            return item.target_key
        told = self._task(item)
        try:
            made = self._org.create("Task", told)
        except SourceDown:
            there = self.find(item)
            if there is None:
                raise
            return there
        return made or self.find(item) or item.mark

    def prepare(self, item: Outgoing) -> None:
        """See that the field that ``item`` fills is there; a person makes fields in Salesforce.

        Raises:
            Invalid: Salesforce could have no such field of one's own.
            SourceRefused: it is missing; says how to make it.
            SourceDown: no answer; asking again does no harm.
        """
        if item.action is Action.FIELD and item.title not in self._org.fields(_object(item)):
            raise _missing(item)

    def _held(self, name: str, item: Outgoing) -> Row:
        soql = f"SELECT Id, IsDeleted, {item.title} FROM {name} WHERE Id = '{item.target_key}'"  # noqa: S608
        try:
            rows = [row for page in self._org.pages(soql) for row in page]
        except Refused as error:
            if error.code == "INVALID_FIELD":
                raise _missing(item) from None
            raise
        held = next((row for row in rows if row.get("IsDeleted") is not True), None)
        if held is None:
            mend = "read the source again: it was removed, or merged into another"
            raise SourceRefused(
                record=item.target_key, why="Salesforce has no such record", mend=mend
            )
        return held

    def _task(self, item: Outgoing) -> Mapping[str, str]:
        text = f"{item.text.strip()}\n\n{item.mark}"
        for field, length, longest in (
            ("text", len(text), LONGEST),
            ("title", len(item.title), LONGEST_SUBJECT),
        ):
            if length > longest:
                mend = f"shorten it: Salesforce takes {longest:,} characters"
                raise Invalid(field=field, length=length, mend=mend)
        is_note = item.action is Action.NOTE
        when = (item.due or self._today) if is_note else item.due
        about = "WhoId" if item.target is RecordKind.PERSON else "WhatId"
        told = {
            "Subject": item.title.strip() or item.action.value.capitalize(),
            "Description": text,
            about: item.target_key,
        }
        if when:
            told["ActivityDate"] = when.isoformat()
        if is_note:
            told["Status"] = self._completed()
        return told

    def _completed(self) -> str:
        """Return what this org calls a task that is done."""
        if self._done is None:
            soql = "SELECT ApiName, IsClosed, SortOrder FROM TaskStatus"
            try:
                rows = [row for page in self._org.pages(soql) for row in page]
            except Refused:
                rows = []
            names = [
                name
                for row in rows
                if row.get("IsClosed") is True and (name := text_of(row.get("ApiName")))
            ]
            self._done = _DONE if _DONE in names or not names else names[0]
        return self._done


def _object(item: Outgoing) -> str:
    """Return the sort of object.

    Raises:
        Invalid: Salesforce could have no such record or field.
    """
    name = _OBJECTS.get(item.target)
    if name is None:
        raise Invalid(field="target", got=item.target, known=", ".join(_OBJECTS))
    if not _ID.fullmatch(item.target_key):
        mend = "Salesforce gives its records ids of 15 or 18 letters and digits"
        raise Invalid(field="target_key", got=item.target_key, mend=mend)
    if item.action is Action.FIELD and not _FIELD.fullmatch(item.title):
        mend = "name a field of your own, as Unsolved_Standing__c"
        raise Invalid(field="field", got=item.title, mend=mend)
    return "Lead" if name == "Contact" and item.target_key.startswith(_LEAD) else name


def _missing(item: Outgoing) -> SourceRefused:
    mend = (
        f"make it in Setup, Object Manager, {_object(item)}, Fields & Relationships: a text of"
        " 255 characters, which the user of the connected app may see and edit"
    )
    return SourceRefused(
        field=item.title, why="the org has no such field, or hides it", mend=mend
    )
