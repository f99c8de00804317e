"""What a record of an activity tells of an exchange: by whom, with whom, what became of it."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from unsolved.deals.model import Channel, Exchange
from unsolved.sources import Part

STATUSES = Path(__file__).with_name("statuses.toml")
CHANNELS = {"e-mail": Channel.MAIL, "call": Channel.CALL, "meeting": Channel.MEETING}
PARTS = {one.value: one for one in Part}
_FIRST = (Part.FROM, Part.HOST, Part.SPEAKER, Part.TO, Part.GUEST, Part.CC)
_PLACE = {part: number for number, part in enumerate(_FIRST)}


class OnIt(NamedTuple):
    """Somebody on an activity; ``is_theirs`` is whether they belong to the buyer."""

    person_id: int
    part: Part
    is_theirs: bool


class Activity(NamedTuple):
    """The columns of a record that an exchange is made of.

    ``person_id`` is the other side as its source told it; ``moved`` is how often earlier
    versions of the record had another moment.
    """

    id: int
    at: datetime
    title: str
    person_id: int | None
    facts: Mapping[str, Any]
    is_gone: bool = False
    moved: int = 0


def exchange_of(activity: Activity, on_it: Sequence[OnIt]) -> Exchange | None:
    """Return the exchange that an activity is; None for notes, tasks, third parties' mail."""
    facts = activity.facts
    channel = CHANNELS.get(str(facts.get("type")))
    if channel is None or (activity.is_gone and channel is not Channel.MEETING):
        return None
    told = sorted(on_it, key=_place)
    theirs = list(dict.fromkeys(one.person_id for one in told if one.is_theirs))
    if not theirs and activity.person_id is not None:
        theirs = [activity.person_id]
    is_ours = _is_ours(channel, facts, told)
    is_third = channel is Channel.MAIL and not is_ours and told and not _wrote(told, theirs)
    if not theirs or is_third:
        return None
    asked = {one.person_id for one in told if one.part is not Part.CC}
    text = facts.get("text")
    return Exchange(
        at=activity.at,
        channel=channel,
        is_ours=is_ours,
        person_ids=tuple(theirs),
        copied_ids=tuple(one for one in theirs if told and one not in asked),
        people=max(len({one.person_id for one in told}), len(theirs) + (not told)),
        words=_whole(facts.get("words")),
        thread=str(facts.get("thread") or ""),
        subject=str(facts.get("subject") or activity.title),
        is_automatic=facts.get("automatic") is True,
        moved=activity.moved,
        is_off=activity.is_gone or _is_off(facts.get("status")),
        record_id=activity.id,
        text=text if isinstance(text, str) else "",
    )


def once(exchanges: Iterable[Exchange]) -> tuple[Exchange, ...]:
    """Return exchanges by their time, without those that two sources have both told.

    The same mail in a mailbox and in a CRM has the same side, minute and subject; the one that
    tells a thread is kept.
    """
    kept: dict[object, Exchange] = {}
    for one in sorted(exchanges, key=lambda one: (not one.thread, one.record_id or 0)):
        minute = one.at.replace(second=0, microsecond=0)
        kept.setdefault((one.channel, one.is_ours, minute, one.subject.casefold()), one)
    return tuple(sorted(kept.values(), key=lambda one: (one.at, one.record_id or 0)))


def without_text(one: Exchange) -> Exchange:
    """Return an exchange without what was written."""
    return replace(one, text="") if one.text else one


def moves(moments: Iterable[datetime | None]) -> int:
    """Return how often a meeting was moved, by the moments that its versions had in turn."""
    told = [one for one in moments if one is not None]
    return sum(one != other for one, other in pairwise(told))


def _place(one: OnIt) -> tuple[int, int]:
    return _PLACE[one.part], one.person_id


def _is_ours(channel: Channel, facts: Mapping[str, Any], told: Sequence[OnIt]) -> bool:
    direction = str(facts.get("direction"))
    if direction in {"in", "out", "internal"}:
        return direction != "in"
    if channel is Channel.CALL:
        return True
    first = next((one for one in told if one.part in {Part.FROM, Part.HOST}), None)
    return not (first and first.is_theirs)


def _wrote(told: Sequence[OnIt], theirs: Sequence[int]) -> bool:
    """Whether one of theirs wrote; who wrote is not told by every source."""
    writers = [one for one in told if one.part is Part.FROM]
    return not writers or bool(writers[0].person_id == theirs[0])


def _is_off(status: object) -> bool:
    if not status:
        return False
    return " ".join(str(status).replace("_", " ").split()).casefold() in _off()


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


@cache
def _off() -> frozenset[str]:
    told: dict[str, list[str]] = tomllib.loads(STATUSES.read_text("utf-8"))
    return frozenset(told["off"])
