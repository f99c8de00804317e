"""How people answer, learnt from waits: by the one who ships numbers, and by each team anew.

The numbers are those that make the waits likeliest once everybody's own share and speed are
integrated out (empirical Bayes), held towards where they were before (a maximum a posteriori
estimate). So ten waits of a new team move little, and a thousand decide.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from math import fsum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from unsolved.deals.model import Channel, Exchange
from unsolved.deals.silence.away import absences_told
from unsolved.deals.silence.chance import odds_of
from unsolved.deals.silence.population import Population, Rhythm, shipped
from unsolved.deals.silence.rhythm import MOST_WAITS, likelihood, prior
from unsolved.deals.silence.waits import History, Wait, histories
from unsolved.deals.silence.working import Absence, WorkingTime, working_time

OWN = {"share": 2.0, "spread": 0.5, "speed": 1.5, "speeds": 0.5, "scatter": 0.5}
"""What a team learns of its own mail, and how far it may lie from what ships: a standard
deviation, of the logarithm where the number is one of spread. Our judgement."""

ALL = {**OWN, "scatters": 0.5, "people": 2.0, "reply": 2.0}
"""The same and what only many teams' mail could tell."""

FEWEST = 30  # waits under which nothing is learnt
MOST, MOST_PEOPLE = 2_000, 500  # waits, and people met last, which are enough to learn from
WITHIN = timedelta(days=30)
BACK, MOST_CASES = 6, 300
"""How many times thirty days we look back to see what came of silences, at how many each."""

WEIGHTS = (0.7, 0.2, 0.2)
"""How far the level and the weights of rhythm and rate may move: standard deviations."""

Case = tuple[float, float, bool]
"""The log-odds of a sign by the rhythm and by the rate, and whether one came."""

_LOGS = frozenset({"spread", "speeds", "scatter", "scatters"})
_STEP = 0.05
_NEWTON = 20


def population_of(
    exchanges: Iterable[Exchange],
    *,
    now: datetime,
    country: str | None = None,
    absences: Iterable[Absence] = (),
    population: Population | None = None,
) -> Population:
    """Return how people answer this team, learnt from all that passed with them up to ``now``.

    With few waits it stays near to ``population``, what ships unless told; channels in which
    next to nothing passed are left as they are. Of very many people the last met are enough.
    """
    told = frozenset(one for one in exchanges if one.at <= now)
    away = (*absences, *absences_told(told, now))
    time = working_time([*(one.at for one in told), now], country, away)
    return learnt(told, time, now, population or shipped())


def learnt(
    exchanges: Iterable[Exchange], time: WorkingTime, now: datetime, population: Population
) -> Population:
    """Return a population as it is after what passed with people."""
    told = _of_some(exchanges)
    steps = [histories(told, time, now - WITHIN * back) for back in range(BACK, -1, -1)]
    for channel in Channel:
        known = [one for one in steps[-1] if one.channel is channel]
        if sum(len(one.waits) for one in known) >= FEWEST:
            found = fitted(population.of(channel), _enough(known), OWN)
            found = weighed(found, _cases(found, channel, steps, time, now))
            population = population.having(channel, found)
    return population


def fitted(start: Rhythm, known: Iterable[History], free: Mapping[str, float]) -> Rhythm:
    """Return the rhythm that waits tell; ``free`` is what may lie how far from ``start``."""
    whose = [one.waits[-MOST_WAITS:] for one in known if one.waits]
    names = sorted(free)
    origin = np.array([_free(start, name) for name in names])
    width = np.array([free[name] for name in names])
    evidence = _Evidence(whose)

    def against(at: NDArray[np.float64]) -> float:
        held = float((((at - origin) / width) ** 2).sum() / 2)
        return held - evidence.of(_having(start, names, at))

    found = minimize(against, origin, method="L-BFGS-B", options={"maxiter": 60})
    doubts = [_doubt(against, found.x, names.index(name)) for name in ("share", "speed")]
    # Rounded, so that the last bits do not depend on the machine.
    best = _having(start, names, np.round(found.x, 6))
    return replace(best, doubt=min(start.doubt, max(doubts)), waits=sum(map(len, whose)))


class _Evidence:
    """How likely the waits of many people are, each with what is their own summed over."""

    def __init__(self, whose: Sequence[Sequence[Wait]]) -> None:
        self._whose = whose
        self._known: dict[tuple[float, float], tuple[NDArray[np.float64], float]] = {}

    def of(self, rhythm: Rhythm) -> float:
        """Return the log-likelihood under a rhythm."""
        likely, unit = self._likelihoods(rhythm)
        return float(np.log(likely @ prior(rhythm).ravel()).sum()) + unit

    def _likelihoods(self, rhythm: Rhythm) -> tuple[NDArray[np.float64], float]:
        """Return what everybody's waits tell; it depends on what asking weighs alone."""
        key = rhythm.people, rhythm.reply
        if key not in self._known:
            told = [likelihood(rhythm, waits) for waits in self._whose]
            rows = np.array([weights.ravel() for weights, _ in told])
            self._known = {
                **dict(list(self._known.items())[-2:]),
                key: (rows, fsum(u for _, u in told)),
            }
        return self._known[key]


def weighed(start: Rhythm, cases: Sequence[Case]) -> Rhythm:
    """Return a rhythm whose chances come true as often as they say, on past cases.

    What the rhythm and the rate weigh moves as far as the cases bear it: a logistic regression
    held towards the weights before.
    """
    if not cases:
        return start
    by_rhythm, by_rate, wrote = (np.array(one, dtype=float) for one in zip(*cases, strict=True))
    told = np.stack([np.ones_like(by_rhythm), by_rhythm, by_rate], axis=1)
    origin = np.array([start.at, start.of_rhythm, start.of_rate])
    width = np.array(WEIGHTS)
    at = origin.copy()
    for _ in range(_NEWTON):
        chance = 1 / (1 + np.exp(-(told @ at)))
        slope = told.T @ (wrote - chance) - (at - origin) / width**2
        bend = (told * (chance * (1 - chance))[:, None]).T @ told + np.diag(1 / width**2)
        at += np.linalg.solve(bend, slope)
    level, of_rhythm, of_rate = (round(float(one), 6) for one in at)
    return replace(start, at=level, of_rhythm=of_rhythm, of_rate=of_rate)


def _of_some(exchanges: Iterable[Exchange]) -> list[Exchange]:
    """Return the exchanges with the people met last, so many as are enough."""
    told = list(exchanges)
    last: dict[int, datetime] = {}
    for one in told:
        for person_id in one.person_ids:
            last[person_id] = max(one.at, last.get(person_id, one.at))
    if len(last) <= MOST_PEOPLE:
        return told
    kept = {who for _, who in sorted(((at, who) for who, at in last.items()))[-MOST_PEOPLE:]}
    return [one for one in told if not kept.isdisjoint(one.person_ids)]


def _enough(known: Sequence[History]) -> list[History]:
    """Return the people asked last, with so many waits as are enough."""
    asked = sorted(
        (one for one in known if one.waits),
        key=lambda one: (one.waits[-1].began, one.person_id),
        reverse=True,
    )
    counts = accumulate(min(len(one.waits), MOST_WAITS) for one in asked)
    return [one for one, count in zip(asked, counts, strict=True) if count <= MOST] or asked[:1]


def _cases(
    rhythm: Rhythm,
    channel: Channel,
    steps: Sequence[Sequence[History]],
    time: WorkingTime,
    now: datetime,
) -> list[Case]:
    """Return the silences thirty, sixty, … days ago, and whether a sign came in the next."""
    found: list[Case] = []
    for back, (before, after) in zip(range(BACK, 0, -1), pairwise(steps), strict=True):
        then = now - WITHIN * back
        later = {one.person_id: one.signs for one in after if one.channel is channel}
        waiting = [one for one in before if one.channel is channel and one.open]
        for one in waiting[:MOST_CASES]:
            more = time.days(then, then + WITHIN, one.person_id)
            odds = odds_of(one, rhythm, more)
            found.append((*odds, later[one.person_id] > one.signs))
    return found


def _free(rhythm: Rhythm, name: str) -> float:
    value = float(getattr(rhythm, name))
    return float(np.log(value)) if name in _LOGS else value


def _having(start: Rhythm, names: Sequence[str], at: NDArray[np.float64]) -> Rhythm:
    """Return a rhythm with some of its numbers changed, and without doubt."""
    values = {
        name: float(np.exp(value)) if name in _LOGS else float(value)
        for name, value in zip(names, at, strict=True)
    }
    kept = {name: getattr(start, name) for name in Rhythm.__slots__}
    return Rhythm(**{**kept, **values, "doubt": 0.0})


def _doubt(
    against: Callable[[NDArray[np.float64]], float], best: NDArray[np.float64], number: int
) -> float:
    """Return how unsure one number is: a standard deviation, from how sharp the best is."""
    step = np.zeros_like(best)
    step[number] = _STEP
    bend = (against(best + step) - 2 * against(best) + against(best - step)) / _STEP**2
    return float(1 / np.sqrt(max(bend, 1e-6)))
