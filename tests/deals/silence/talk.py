"""Makes mails, calls and meetings for tests: dull, but for what a test names."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from unsolved.deals.model import Channel, Exchange, Silence
from unsolved.deals.silence import silences

NOW = datetime(2026, 3, 19, 12, tzinfo=UTC)  # a Thursday
ANN, BOB = 1, 2
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def ours(at: datetime, *people: int, **but: Any) -> Exchange:
    return _mail(at, people or (ANN,), is_ours=True, **but)


def theirs(at: datetime, *people: int, **but: Any) -> Exchange:
    return _mail(at, people or (ANN,), is_ours=False, **but)


def meeting(at: datetime, *people: int, **but: Any) -> Exchange:
    facts = {"channel": Channel.MEETING, "is_ours": True, **but}
    return Exchange(at=at, person_ids=people or (ANN,), **facts)


def answered(
    times: int, delay: timedelta = DAY, *, person: int = ANN, before: datetime = NOW - 3 * WEEK
) -> list[Exchange]:
    """Once a week on a Monday we ask, and are answered; delays differ a little."""
    found = []
    monday = before - timedelta(days=before.weekday())
    for number in range(times):
        at = monday - WEEK * (number + 1)
        late = delay * (0.6, 1.0, 1.5)[number % 3]
        found += [
            ours(at, person, thread=f"t{person}-{number}"),
            theirs(at + late, person, thread=f"t{person}-{number}"),
        ]
    return found


def silence_of(
    exchanges: Sequence[Exchange],
    person: int = ANN,
    channel: Channel = Channel.MAIL,
    **but: Any,
) -> Silence:
    facts = {"now": NOW, **but}
    return next(
        one
        for one in silences(exchanges, **facts)
        if one.person_id == person and one.channel is channel
    )


def _mail(at: datetime, who: tuple[int, ...], **but: Any) -> Exchange:
    return Exchange(at=at, channel=Channel.MAIL, person_ids=who, **but)
