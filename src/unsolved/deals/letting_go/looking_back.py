"""The debrief: four short questions at the end, answered in under ninety seconds."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from unsolved.deals.model import Debrief
from unsolved.errors import Invalid

LONGEST = 24 * 3600
"""Seconds after which a form was forgotten and not filled in."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the debrief, and what is often the answer."""

    field: str
    asks: str
    often: tuple[str, ...]


@cache
def questions() -> tuple[Asked, ...]:
    """Return the questions of the debrief, in their order."""
    told = tomllib.loads(Path(__file__).with_name("debrief.toml").read_text("utf-8"))
    return tuple(Asked(one["field"], one["asks"], tuple(one["often"])) for one in told["asks"])


@cache
def limit() -> int:
    """Return in how many seconds a debrief should be done."""
    told = tomllib.loads(Path(__file__).with_name("debrief.toml").read_text("utf-8"))
    return int(told["seconds"])


def debrief(
    by: str,
    now: datetime,
    told: Mapping[str, Sequence[str]],
    began_at: datetime | None = None,
) -> Debrief:
    """Return the debrief that ticks and words make, by field, and how long it took.

    Raises:
        Invalid: nothing was ticked or written.
    """
    fields = {
        one.field: "; ".join(
            dict.fromkeys(
                " ".join(word.split()) for word in told.get(one.field, ()) if word.strip()
            )
        )
        for one in questions()
    }
    if not any(fields.values()):
        raise Invalid(
            debrief="it is empty", mend="tick or write something under one of the four"
        )
    return Debrief(on=now.date(), by=by, seconds=_took(began_at, now), **fields)


def _took(began_at: datetime | None, now: datetime) -> int | None:
    if began_at is None:
        return None
    seconds = round((now - began_at).total_seconds())
    return seconds if 0 <= seconds <= LONGEST else None
