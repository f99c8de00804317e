"""How likely somebody shows a sign of life, as a sum of reasons in log-odds."""

from collections.abc import Iterator
from itertools import pairwise
from math import log

from unsolved.deals.model import Basis, Chance, Ground, Reason
from unsolved.deals.silence.population import Rhythm
from unsolved.deals.silence.rhythm import USUAL, Asked, Person, anybody, person, writes
from unsolved.deals.silence.telling import days_in_words, of_what, times_in_words
from unsolved.deals.silence.waits import History

_LEAST = 1e-6  # no chance is nearer to none or to certainty


def chance_of_answer(
    known: History, rhythm: Rhythm, more: float, them: Person | None = None
) -> Chance:
    """Return how likely a sign is within ``more`` working days from now, with its reasons.

    ``them`` is what their waits tell of them, for who knows it already.

    The reasons are steps from people in general to this one: each is how far one more fact
    moves the log-odds, so the order in which they are told is part of what they say.
    """
    whose = them or person(rhythm, known.closed)
    return Chance(tuple(one for one in _reasons(known, whose, more) if one.weight))


def odds_of(known: History, rhythm: Rhythm, more: float) -> tuple[float, float]:
    """Return the log-odds of a sign by the rhythm, and by how often they write."""
    wait = known.open
    asked = Asked.in_wait(wait) if wait else USUAL
    answers = person(rhythm, known.closed).answers(asked, wait.days if wait else 0.0, more)
    return _log_odds(answers), _log_odds(writes(rhythm, known, more))


def _reasons(known: History, them: Person, more: float) -> Iterator[Reason]:
    """Yield the steps from people in general to this person."""
    rhythm, wait = them.rhythm, known.open
    asked = Asked.in_wait(wait) if wait else USUAL
    days = wait.days if wait else 0.0
    record = wait.record_ids[0] if wait and wait.record_ids else None
    ground = Ground(basis=Basis.RECORD, record_id=record) if record else None
    steps: list[tuple[Person, Asked, float]] = [
        (anybody(rhythm), USUAL, 0.0),
        (anybody(rhythm), USUAL, days),
        (anybody(rhythm), asked, days),
        (them.only_share, asked, days),
        (them, asked, days),
    ]
    odds: list[float] = []
    for at, step in enumerate(steps):
        whose, heard, silent = step
        same = at > 0 and steps[at - 1] == step
        told = odds[-1] if same else _log_odds(whose.answers(heard, silent, more))
        odds.append(told if same else told * rhythm.of_rhythm)
    of_others, of_them = (_log_odds(writes(rhythm, one, more)) for one in (None, known))
    start = rhythm.at + odds[0] + rhythm.of_rate * of_others
    what = of_what(known.channel)
    said = (
        (f"silent for {days_in_words(days)}", "waiting", ground),
        (_asked(asked), "asked", ground),
        (f"{times_in_words(known.replies, len(known.closed))} so far", "share", None),
        (f"usually {what} in {days_in_words(them.usual_days)}", "speed", None),
    )
    yield Reason("others, just asked", start, "silence.others")
    for (before, after), (text, rule, rests_on) in zip(pairwise(odds), said, strict=True):
        yield Reason(text, after - before, f"silence.{rule}", rests_on)
    wrote = f"{known.signs} signs of theirs in {days_in_words(known.known_days)}"
    yield Reason(wrote, rhythm.of_rate * (of_them - of_others), "silence.rate")


def _asked(asked: Asked) -> str:
    people = f"{asked.people} people on it"
    return f"{people}, in a thread of theirs" if asked.is_reply else people


def _log_odds(chance: float) -> float:
    held = min(max(chance, _LEAST), 1 - _LEAST)
    return log(held / (1 - held))
