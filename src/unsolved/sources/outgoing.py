"""What we write into somebody's CRM: listed before it is sent, and never sent twice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol

from unsolved.sources.records import RecordKind

_MARK = re.compile(r"\bunsolved:[0-9a-f]{20}\b")


class Action(StrEnum):
    """What is written."""

    NOTE = "note"
    FIELD = "field"
    TASK = "task"


class State(StrEnum):
    """How far it has come; what is ``sending`` may or may not have arrived."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One thing to be written: a note or a task at a record, or a field of it.

    ``target_key`` is the record's key in the CRM. For a field, ``title`` is its name and
    ``text`` its value.
    """

    action: Action
    target: RecordKind
    target_key: str
    title: str
    text: str
    due: date | None = None

    @property
    def key(self) -> str:
        """What is the same exactly when the same is meant, so that it is sent once."""
        told = (self.action, self.target, self.target_key, self.title, self.text, self.due)
        return sha256(repr(tuple(map(str, told))).encode()).hexdigest()[:20]

    @property
    def mark(self) -> str:
        """What stands in the text that is written, so that it is found again."""
        return f"unsolved:{self.key}"

    def told(self) -> dict[str, Any]:
        """Return it as JSON may keep it."""
        return {
            "action": self.action.value,
            "target": self.target.value,
            "target_key": self.target_key,
            "title": self.title,
            "text": self.text,
            "due": self.due.isoformat() if self.due else None,
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Outgoing":
        """Return what `told` kept."""
        return cls(
            action=Action(told["action"]),
            target=RecordKind(told["target"]),
            target_key=told["target_key"],
            title=told["title"],
            text=told["text"],
            due=date.fromisoformat(told["due"]) if told["due"] else None,
        )

    def __str__(self) -> str:
        until = f", due {self.due}" if self.due else ""
        return f"{self.action} at {self.target} {self.target_key}: {self.title}{until}"


def is_ours(text: str) -> bool:
    """Whether a text bears the `Outgoing.mark` of something that we wrote.

    >>> is_ours("It failed. unsolved:0123456789abcdef0123"), is_ours("unsolved: sales")
    (True, False)
    """
    return bool(_MARK.search(text))


class Writer(Protocol):
    """Writes into a CRM; nothing is sent before `write` or `prepare` is called."""

    def describe(self) -> str:
        """Return where is written, for a person who is asked whether to."""

    def prepare(self, item: Outgoing) -> None:
        """Make the field that ``item`` fills, where it is missing and may be made from here.

        Raises:
            SourceRefused: a person must make it, and it says how; or it is none of ours.
            SourceDown: no answer; asking again does no harm.
        """

    def find(self, item: Outgoing) -> str | None:
        """Return the CRM's own id of ``item`` when it is there already.

        Raises:
            SourceRefused, SourceDown: it could not be asked.
        """

    def write(self, item: Outgoing) -> str:
        """Write ``item`` unless it is there, and return the CRM's own id of it.

        Raises:
            SourceRefused: it was not taken; says how to mend it.
            SourceDown: no answer; it may have arrived, so the next try looks first.
        """
