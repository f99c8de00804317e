"""The last months with somebody as a small picture: theirs above, ours below, what waits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from unsolved.deals.model import Channel, Exchange, Silence
from unsolved.web.words import day, plural

WIDE, HIGH = 360, 64
EDGE = 8
THEIRS, MIDDLE, OURS = 10, 25, 40
"""How far down their mails lie, what was held together, and ours."""

MONTHS, LONGEST = timedelta(days=183), timedelta(days=365)
AHEAD, FURTHEST = timedelta(days=6), timedelta(days=60)
TIGHT = 34
"""Months nearer to each other than this are named by every other one."""


class Shape(StrEnum):
    """What a mark stands for."""

    THEIRS = "theirs"
    OURS = "ours"
    MEETING = "meeting"
    CALL = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One exchange; ``is_faint`` is one that asked or said little: a copy, called off."""

    shape: Shape
    x: float
    y: float
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """The first day of a month on the axis."""

    x: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Where everything lies; ``waits`` is from where to where something of ours waits.

    ``told`` says the same in words.
    """

    marks: tuple[Mark, ...]
    months: tuple[Month, ...]
    now: float
    waits: tuple[float, float] | None
    told: str


def drawn(exchanges: Iterable[Exchange], silence: Silence, now: datetime) -> Picture:
    """Return the picture of one person in one channel.

    In that of mails stand meetings and calls as well, for they end a wait too; in that of
    meetings only they.
    """
    start = _start(silence, now)
    known = sorted(_of(exchanges, silence), key=lambda one: (one.at, one.is_ours))
    seen = [one for one in known if start <= one.at <= now + FURTHEST]
    axis = _Axis(start, max([now + AHEAD, *(one.at + AHEAD for one in seen)]))
    since = silence.waiting_since
    return Picture(
        marks=tuple(_mark(one, silence.person_id, axis) for one in seen),
        months=tuple(axis.months()),
        now=axis(now),
        waits=(axis(max(since, start)), axis(now)) if since else None,
        told=_told(seen, silence, start, now),
    )


def _start(silence: Silence, now: datetime) -> datetime:
    """Return half a year back; further where the last sign or the wait lies further back."""
    moments = [at for at in (silence.last_at, silence.waiting_since) if at]
    reach = max([MONTHS, *(now - at + timedelta(days=30) for at in moments)])
    return now - min(reach, LONGEST)


def _of(exchanges: Iterable[Exchange], silence: Silence) -> Iterator[Exchange]:
    mail = silence.channel is Channel.MAIL
    for one in exchanges:
        is_theirs = one.person_ids[:1] == (silence.person_id,)
        if one.channel is Channel.MAIL:
            if mail and silence.person_id in one.person_ids and (one.is_ours or is_theirs):
                yield one
        elif silence.person_id in one.person_ids and (mail or one.channel is silence.channel):
            yield one


def _mark(one: Exchange, person_id: int, axis: "_Axis") -> Mark:
    if one.channel is Channel.MAIL:
        shape = Shape.OURS if one.is_ours else Shape.THEIRS
        y = OURS if one.is_ours else THEIRS
    else:
        shape = Shape.MEETING if one.channel is Channel.MEETING else Shape.CALL
        y = MIDDLE
    is_faint = one.is_off or one.is_automatic or person_id in one.copied_ids
    return Mark(shape=shape, x=axis(one.at), y=y, is_faint=is_faint)


def _told(seen: Sequence[Exchange], silence: Silence, start: datetime, now: datetime) -> str:
    """Return what the picture shows, in words."""
    past = [one for one in seen if one.at <= now]
    mails = [one for one in past if one.channel is Channel.MAIL]
    counts = [
        ("mail from them", "mails from them", sum(not one.is_ours for one in mails)),
        ("mail from us", "mails from us", sum(one.is_ours for one in mails)),
        ("meeting", "meetings", _held(past, Channel.MEETING)),
        ("call", "calls", _held(past, Channel.CALL)),
        ("called off", "called off", sum(one.is_off for one in past)),
    ]
    few = [plural(count, one, many) for one, many, count in counts if count]
    told = [f"Since {day(start.date())}: {', '.join(few) or 'nothing'}."]
    if silence.last_at:
        told.append(f"Their last sign: {day(silence.last_at.date())}.")
    if silence.waiting_since:
        told.append(f"Something of ours waits since {day(silence.waiting_since.date())}.")
    return " ".join(told)


def _held(past: Iterable[Exchange], channel: Channel) -> int:
    return sum(one.channel is channel and not one.is_off for one in past)


class _Axis:
    """From moments to places."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self.start, self.end = start, end

    def __call__(self, at: datetime) -> float:
        share = (at - self.start) / (self.end - self.start)
        return EDGE + min(max(share, 0.0), 1.0) * (WIDE - 2 * EDGE)

    def months(self) -> Iterator[Month]:
        """Yield the months that begin within, every other one where they lie tight."""
        firsts: list[datetime] = []
        at = datetime(self.start.year, self.start.month, 1, tzinfo=UTC)
        while at <= self.end:
            if at >= self.start:
                firsts.append(at)
            at = (at + timedelta(days=32)).replace(day=1)
        step = 1 + ((WIDE - 2 * EDGE) / max(len(firsts), 1) < TIGHT)
        for one in firsts[::step]:
            yield Month(self(one), f"{one:%b}")
