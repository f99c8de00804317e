"""Rows of somebody's CRM, mailbox or calendar: who, with whom, about which deal, when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from unsolved.sources.model import OrganisationDraft

Fact = str | int | float | bool | None | list[str]


_in_order = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str).encode


class RecordKind(StrEnum):
    """What a record is of."""

    ORGANISATION = "organisation"
    PERSON = "person"
    DEAL = "deal"
    ACTIVITY = "activity"
    """A mail, a call, a meeting, a note or a task; ``facts["type"]`` says which."""

    STAGE = "stage"
    """That a deal entered a stage: ``deal_key``, ``at``, and the stage as ``title``."""


class Part(StrEnum):
    """What a person has to do with an activity."""

    FROM = "from"
    TO = "to"
    CC = "cc"
    HOST = "host"
    GUEST = "guest"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDraft:
    """A person as a source names them, before we know whether we have met.

    Known by an e-mail address; without one, by the name within the organisation. ``name`` may
    be empty where only the address is told.
    """

    name: str = ""
    email: str | None = None
    title: str | None = None
    phone: str | None = None
    organisation: OrganisationDraft | None = None

    def __post_init__(self) -> None:
        """Refuse a person with neither name nor address."""
        if not self.name.strip() and not self.email:
            raise ValueError("a person needs a name or an e-mail address")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDraft:
    """A record as its source gave it.

    ``key`` is unique within its source and kind, and stays when the row changes. Whom it is
    about is told as a draft, or as the key that another record of the same source has:
    ``organisation_key``, ``person_key``, ``deal_key``; those may come later or never.
    ``facts`` are its cells under the names that `crm` documents, numbers as numbers and moments
    in ISO 8601; ``received`` is the row exactly as it came, for nothing is to be lost.
    """

    kind: RecordKind
    key: str
    title: str
    at: datetime | None = None
    organisation: OrganisationDraft | None = None
    organisation_key: str | None = None
    person: PersonDraft | None = None
    person_key: str | None = None
    deal_key: str | None = None
    people: tuple[tuple[Part, PersonDraft], ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    received: str = ""
    is_gone: bool = False
    """That the source has it marked as deleted: it is kept, and is not current."""

    def __post_init__(self) -> None:
        """Refuse a moment that does not say where it is."""
        if self.at is not None and self.at.tzinfo is None:
            raise ValueError("the moment of a record must know its zone")

    @property
    def digest(self) -> str:
        """What changes exactly when the record does: the row, or what we see in it."""
        keys = (self.organisation_key, self.person_key, self.deal_key)
        told = (self.title, self.at, *keys, *((True,) if self.is_gone else ()))
        facts = _in_order(self.facts)
        return sha256(
            f"{told!r}\n{facts}\n{self.received}".encode("utf-8", "surrogatepass")
        ).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Gone:
    """That the source says it no longer has something: a record of a kind, or a document."""

    key: str
    kind: RecordKind | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a connector has come: everything before it need not be asked for again.

    Kept in the same transaction as what came before it, and handed back as ``cursor`` on the
    next visit. Made from what the other side says (its numbers, its clock), never from the
    clock here.
    """

    cursor: str
