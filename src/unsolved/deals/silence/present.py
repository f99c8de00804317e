"""The present silence of each person, in numbers that say what they are made of."""

from collections.abc import Iterable
from datetime import datetime

from unsolved.deals.model import Channel, Exchange, Shift, Silence
from unsolved.deals.silence.away import absences_told
from unsolved.deals.silence.chance import chance_of_answer
from unsolved.deals.silence.fitting import WITHIN
from unsolved.deals.silence.population import Population, Rhythm, shipped
from unsolved.deals.silence.rhythm import Asked, person
from unsolved.deals.silence.shifts import shifts_of
from unsolved.deals.silence.telling import FEW
from unsolved.deals.silence.waits import History, histories
from unsolved.deals.silence.working import Absence, WorkingTime, working_time


def silences(
    exchanges: Iterable[Exchange],
    *,
    now: datetime,
    country: str | None = None,
    absences: Iterable[Absence] = (),
    population: Population | None = None,
) -> tuple[Silence, ...]:
    """Return how unusual the silence of each person is in each channel, by their number.

    ``country`` is whose public holidays count: a code or an English name. ``population`` is how
    people answer this team (`population_of`), else what ships. The order of the exchanges does
    not matter.
    """
    told = frozenset(exchanges)
    away = (*absences, *absences_told(told, now))
    time = working_time([*(one.at for one in told), now], country, away)
    known = histories(told, time, now)
    people = population or shipped()
    shifts = shifts_of(told, known, now=now)
    return tuple(
        _silence(
            one, people.of(one.channel), time, now, shifts.get((one.person_id, one.channel), ())
        )
        for one in known
    )


def _silence(
    known: History,
    rhythm: Rhythm,
    time: WorkingTime,
    now: datetime,
    shifts: tuple[Shift, ...],
) -> Silence:
    them, wait = person(rhythm, known.closed), known.open
    more = time.days(now, now + WITHIN, known.person_id)
    chance = chance_of_answer(known, rhythm, more, them)
    return Silence(
        person_id=known.person_id,
        channel=known.channel,
        last_at=known.last_at,
        waiting_since=wait.began if wait else None,
        days=wait.days if wait else 0.0,
        usual_days=them.usual_days,
        replies=known.replies,
        asked=len(known.closed) + (wait is not None),
        probability=them.silent(Asked.in_wait(wait), wait.days) if wait else 1.0,
        comes=chance.probability,
        reasons=chance.reasons,
        shifts=shifts,
        note=_note(known, is_away=time.is_away(now, known.person_id)),
        record_ids=wait.record_ids if wait else (),
    )


def _note(known: History, *, is_away: bool) -> str:
    """Return what must be said beside the numbers."""
    if known.next_at is not None:
        which = "a meeting" if known.channel is Channel.MEETING else "a call"
        return f"{which} is arranged for {known.next_at:%Y-%m-%d}"
    if is_away:
        return "away now, as their automatic answer says"
    if known.open is None:
        return "nothing waits for an answer"
    if known.replies < FEW:
        return "few answers so far: mostly what is known of others"
    return ""
