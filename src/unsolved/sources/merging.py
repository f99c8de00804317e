"""When two organisations or two people are one: what was found, proposed and decided."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Of(StrEnum):
    """What is merged."""

    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two that may be one, how likely, and the reasons in words, the weightiest first."""

    of: Of
    first_id: int
    second_id: int
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pair as it is shown to a person, and what they decided."""

    id: int
    pair: Pair
    first: str
    second: str
    are_one: bool | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """That one was merged into another: when, by whom or what, and why."""

    id: int
    of: Of
    kept_id: int
    kept: str
    merged_id: int
    merged: str
    made_at: datetime
    made_by: str
    probability: float | None
    reasons: tuple[str, ...]
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two who are to be compared: what is known of them, and how much they said."""

    id: int
    name: str
    facts: tuple[tuple[str, str], ...]
    documents: int
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What looking for who is one has brought.

    ``kept`` and ``gone`` are the organisations into which others were merged, and those.
    """

    merged: tuple[Pair, ...] = ()
    proposed: tuple[Pair, ...] = ()
    kept: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
