"""What we ask somebody opens a wait, and their next sign of life closes it.

Whom we write to is asked; who only gets a copy is not. A wait begins with our first message
since they last wrote and lasts until they write again, of whatever: it is measured in the same
way as the silence that is held against it. A colleague's answer in the same thread, or a call
or a meeting with them, makes it moot, and so does a sign that comes after twelve weeks, which
is a new beginning. Moot and open waits are not known to fail: the model takes them as censored.

Calls and meetings have a rhythm of their own: each that was held opens a wait for the next.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from unsolved.deals.model import Channel, Exchange
from unsolved.deals.silence.away import is_absence
from unsolved.deals.silence.working import WorkingTime

HORIZON = 60.0
"""Working days, twelve weeks, after which a sign is no answer any more; our judgement."""

OFF_HOURS = 1 / 3
"""Of a day: who writes and answers on days off has taken the hours it took, up to so many."""


class Ending(StrEnum):
    """What became of a wait."""

    ANSWERED = "answered"
    MOOT = "moot"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One time that somebody had something from us to answer.

    ``days`` are working days until it ended, or until now. ``messages`` counts ours in it,
    ``people`` everybody on the one with the fewest; ``is_reply`` is whether one of them came
    in a thread in which they had written. ``record_ids`` are ours.
    """

    person_id: int
    channel: Channel
    began: datetime
    ended: datetime
    days: float
    ending: Ending
    messages: int = 1
    people: int = 2
    is_reply: bool = False
    record_ids: tuple[int, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether they answered."""
        return self.ending is Ending.ANSWERED


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What passed with one person in one channel: waits, oldest first, and signs of theirs.

    ``known_days`` are the working days since the first exchange with them, ``signs`` how often
    they showed themselves after it, ``last_at`` when they last did. ``next_at`` is when a
    meeting or a call with them is arranged, after now.
    """

    person_id: int
    channel: Channel
    closed: tuple[Wait, ...]
    open: Wait | None
    known_days: float
    signs: int
    last_at: datetime | None = None
    next_at: datetime | None = None

    @property
    def replies(self) -> int:
        """How often they have answered."""
        return sum(one.is_answered for one in self.closed)

    @property
    def waits(self) -> tuple[Wait, ...]:
        """All waits, the open one last."""
        return (*self.closed, self.open) if self.open else self.closed


def histories(
    exchanges: Iterable[Exchange], time: WorkingTime, now: datetime
) -> tuple[History, ...]:
    """Return what passed with each person in each channel, as it stood at ``now``.

    What lies after ``now`` is not looked at, but for meetings that are arranged. The order of
    the exchanges does not matter, nor whether one is given twice.
    """
    people: dict[int, _Person] = {}
    for one in sorted(set(exchanges), key=_order):
        for person_id in dict.fromkeys(one.person_ids):
            person = people.get(person_id)
            if person is None:
                person = people[person_id] = _Person(person_id, time)
            person.meet(one, now)
    return tuple(
        history for _, person in sorted(people.items()) for history in person.histories(now)
    )


def thread_of(one: Exchange) -> str:
    """Return what tells the thread of an exchange: its own, else its subject."""
    return one.thread or " ".join(one.subject.casefold().split())


@dataclass(slots=True)
class _Kept:
    """What one channel with a person has brought so far."""

    closed: list[Wait] = field(default_factory=list)
    open: dict[str, list[Exchange]] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    """The threads in which they have written."""

    first_at: datetime | None = None
    last_at: datetime | None = None
    next_at: datetime | None = None
    signs: int = 0


class _Person:
    """Goes through what passed with one person, in the order of time."""

    def __init__(self, person_id: int, time: WorkingTime) -> None:
        self._id, self._time = person_id, time
        self._kept: dict[Channel, _Kept] = defaultdict(_Kept)

    def meet(self, one: Exchange, now: datetime) -> None:
        """Take one more exchange."""
        if one.at > now:
            self._arranged(one)
        elif one.is_automatic or is_absence(one):
            return
        elif one.channel is not Channel.MAIL:
            self._spoke(one)
        elif one.is_ours:
            if self._id not in one.copied_ids:
                self._ask(one)
        elif one.person_ids[0] == self._id:
            self._sign(one)
        elif one.thread:
            self._colleague(one)

    def histories(self, now: datetime) -> Iterable[History]:
        """Yield what each channel brought, with what is open now."""
        for channel, kept in sorted(self._kept.items()):
            if kept.first_at is None and kept.next_at is None:
                continue
            asked = [] if kept.next_at else [one for some in kept.open.values() for one in some]
            begun = kept.first_at or now
            yield History(
                person_id=self._id,
                channel=channel,
                closed=tuple(kept.closed),
                open=self._wait(asked, kept, now, Ending.OPEN) if asked else None,
                known_days=self._time.days(begun, now, self._id),
                signs=kept.signs,
                last_at=kept.last_at,
                next_at=kept.next_at,
            )

    def _arranged(self, one: Exchange) -> None:
        if one.channel is not Channel.MAIL and not one.is_off:
            kept = self._kept[one.channel]
            kept.next_at = kept.next_at or one.at

    def _ask(self, one: Exchange) -> None:
        kept = self._kept[one.channel]
        kept.first_at = kept.first_at or one.at
        kept.open.setdefault(thread_of(one), []).append(one)

    def _sign(self, one: Exchange) -> None:
        """They have shown themselves: whatever waits in this channel is answered."""
        kept = self._kept[one.channel]
        kept.signs += 1
        kept.first_at = kept.first_at or one.at
        kept.last_at = one.at
        self._close(kept, one.at, Ending.ANSWERED)
        kept.heard.add(thread_of(one))

    def _colleague(self, one: Exchange) -> None:
        """Somebody beside them has written: what was asked in that thread is answered."""
        kept = self._kept[one.channel]
        asked = kept.open.pop(one.thread, None)
        if asked and not kept.open:
            kept.closed.append(self._wait(asked, kept, one.at, Ending.MOOT))

    def _spoke(self, one: Exchange) -> None:
        """A call or a meeting: when it was held, they have shown themselves."""
        if one.is_off:
            if one.channel is Channel.CALL and one.is_ours:
                self._ask(one)
            return
        self._sign(one)
        if mail := self._kept.get(Channel.MAIL):
            self._close(mail, one.at, Ending.MOOT)
        self._ask(one)

    def _close(self, kept: _Kept, at: datetime, ending: Ending) -> None:
        asked = [one for some in kept.open.values() for one in some]
        if asked:
            kept.closed.append(self._wait(asked, kept, at, ending))
        kept.open.clear()

    def _wait(
        self, asked: Sequence[Exchange], kept: _Kept, at: datetime, ending: Ending
    ) -> Wait:
        began = min(one.at for one in asked)
        days = self._time.days(began, at, self._id)
        if ending is Ending.ANSWERED and days < OFF_HOURS:
            days = max(days, min(OFF_HOURS, (at - began).total_seconds() / 86_400))
        is_late = ending is Ending.ANSWERED and days > HORIZON
        return Wait(
            person_id=self._id,
            channel=asked[0].channel,
            began=began,
            ended=at,
            days=days,
            ending=Ending.MOOT if is_late else ending,
            messages=len(asked),
            people=min(one.people for one in asked),
            is_reply=any(thread_of(one) in kept.heard for one in asked),
            record_ids=tuple(one.record_id for one in asked if one.record_id is not None),
        )


def _order(one: Exchange) -> tuple[Any, ...]:
    """Return what exchanges are ordered by; of two at one moment, theirs comes first."""
    return (
        one.at,
        one.is_ours,
        one.channel,
        one.record_id or 0,
        one.thread,
        one.subject,
        one.person_ids,
        one.copied_ids,
        one.people,
        one.words or 0,
        (one.is_off, one.is_automatic, one.moved, one.document_id or 0, one.text),
    )
