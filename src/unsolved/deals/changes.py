"""What is done to an opportunity, and how it is undone exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unsolved.deals.parts import Part, PartKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A part that becomes another: a new one without a number, gone without a value."""

    kind: PartKind
    number: int | None = None
    part: Part | None = None


def put(kind: PartKind, part: Part, number: int | None = None) -> Edit:
    """Return an edit that makes a part, or with its number replaces it."""
    return Edit(kind=kind, number=number, part=part)


def drop(kind: PartKind, number: int) -> Edit:
    """Return an edit that takes a part away."""
    return Edit(kind=kind, number=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Who does something, when, what it is in a few words, and why if they said."""

    by: str
    now: datetime
    what: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One part before and after, as plain data; None where there was or is none."""

    kind: PartKind
    number: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def fields(self) -> tuple[tuple[str, object, object], ...]:
        """The fields that differ, each with what it was and what it is."""
        before, after = self.before or {}, self.after or {}
        names = sorted({*before, *after})
        return tuple(
            (name, before.get(name), after.get(name))
            for name in names
            if before.get(name) != after.get(name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that was done in one go, with all that it changed.

    ``undoes`` is the action that this one took back; ``undone_by`` the one that took this back.
    """

    id: int
    opportunity_id: int
    at: datetime
    by: str
    what: str
    why: str
    undoes: int | None
    undone_by: int | None
    changed: tuple[Changed, ...] = ()
