"""When somebody answers, if at all, learnt from how they did and from how others do.

A mixture cure model (Boag 1949; Farewell 1982): of what waits, a share is never answered; the
rest is, after a time whose logarithm is normal, as times of answers to mail are nearly (Kooti
et al. 2015, "Evolution of Conversations in the Age of Email Overload"; it also fitted better
here than a log-logistic or a Weibull time). Each person has a share, a speed and a scatter of
their own, drawn from those of people in general, so that who has answered twice is taken to be
much like others (partial pooling: Gelman & Hill 2007, chapter 12). None of the three is
guessed: all are summed over, on a grid that is the same for everybody, so that what a person's
waits tell is worked out once, whatever is thought of people in general.

Beside it stands how often they write at all, as a gamma and Poisson process (Ehrenberg 1959;
Fader, Hardie & Lee 2005): whoever wrote every week will write of their own accord too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr

from unsolved.deals.silence.population import Rhythm
from unsolved.deals.silence.waits import HORIZON, History, Wait

Array = NDArray[np.float64]

SHORTEST = 0.02
"""Working days, half an hour of a day: a quicker answer is taken as one of these."""

MOST_WAITS = 200  # of one person; the latest
_SHARES = np.linspace(-7.0, 7.0, 22)  # log-odds
_SPEEDS = np.linspace(np.log(SHORTEST), np.log(250.0), 40)  # logarithms of working days
_SCATTERS = np.log(np.array([0.3, 0.5, 0.8, 1.25, 2.0, 3.2, 5.0]))
_SPEED = np.repeat(_SPEEDS, len(_SCATTERS))  # speeds and scatters in pairs
_SCATTER = np.tile(_SCATTERS, len(_SPEEDS))
_SMALL = 1e-12


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a wait matters for whether it is answered."""

    people: int = 2
    is_reply: bool = False

    @classmethod
    def in_wait(cls, wait: Wait) -> "Asked":
        """Return it as it stands in a wait."""
        return cls(wait.people, wait.is_reply)


USUAL = Asked()
"""A mail to one person that begins a thread."""


@dataclass(frozen=True, eq=False)
class Person:
    """What is believed of somebody: a weight for each share with each speed and scatter."""

    rhythm: Rhythm
    weights: Array

    @cached_property
    def only_share(self) -> "Person":
        """The same person as far as their share goes, as quick as people in general."""
        return Person(self.rhythm, np.outer(self.weights.sum(axis=1), _times(self.rhythm)))

    @cached_property
    def usual_days(self) -> float:
        """The median of their answers in working days, as estimated."""
        return float(np.exp(self.weights.sum(axis=0) @ _SPEED))

    def silent(self, asked: Asked, days: float) -> float:
        """Return the probability that something asked is not answered within so many days.

        It is never answered, or not yet: both count, each as often as with them so far.
        """
        answered = _shares(self.rhythm, asked) @ self.weights @ _by(days)
        return max(float(1 - answered), 0.0)

    def answers(self, asked: Asked, days: float, more: float) -> float:
        """Return the probability of an answer within ``more`` days, after ``days`` of none."""
        before = self.silent(asked, days)
        return 1 - self.silent(asked, days + more) / max(before, _SMALL)


@lru_cache(maxsize=64)
def anybody(rhythm: Rhythm) -> Person:
    """Return a person of whom nothing is known."""
    return Person(rhythm, prior(rhythm))


def person(rhythm: Rhythm, closed: Sequence[Wait]) -> Person:
    """Return what somebody's waits that have ended tell of them."""
    if not closed:
        return anybody(rhythm)
    weights = prior(rhythm) * likelihood(rhythm, closed[-MOST_WAITS:])[0]
    return Person(rhythm, weights / weights.sum())


@lru_cache(maxsize=64)
def prior(rhythm: Rhythm) -> Array:
    """Return how likely each share with each speed and scatter is among people in general."""
    shares = _normal(_SHARES, rhythm.share, rhythm.share_spread)
    return np.outer(shares, _times(rhythm))


def likelihood(rhythm: Rhythm, waits: Sequence[Wait]) -> tuple[Array, float]:
    """Return how well each share, speed and scatter explains waits, and the log of its unit.

    Only the weights of what was asked are taken from ``rhythm``.
    """
    days = [min(one.days, HORIZON) for one in waits]
    answered = np.array([one.is_answered for one in waits])
    share = _log_shares(rhythm, [Asked.in_wait(one) for one in waits])
    steps = _steps(days)
    time = (-(steps[answered] ** 2) / 2 - _SCATTER).sum(axis=0)
    told = share[answered].sum(axis=0)[:, None] + time[None, :]
    early = -np.expm1(log_ndtr(-steps[~answered]))
    none = np.exp(share[~answered])[:, :, None] * early[:, None, :]
    told += np.log1p(_SMALL - none).sum(axis=0)
    top = float(told.max())
    return np.exp(told - top), top


def writes(rhythm: Rhythm, history: History | None, more: float) -> float:
    """Return the probability that somebody writes at all within ``more`` working days.

    It goes by how often they did in the days that we have known them, the silent ones counted;
    without a history it is that of people in general.
    """
    often = rhythm.often + (history.signs if history else 0)
    over = rhythm.over + (history.known_days if history else 0.0)
    return float(1 - (over / (over + more)) ** often)


@lru_cache(maxsize=64)
def _times(rhythm: Rhythm) -> Array:
    speeds = _normal(_SPEEDS, rhythm.speed, rhythm.speed_spread)
    scatters = _normal(_SCATTERS, float(np.log(rhythm.scatter)), rhythm.scatter_spread)
    return np.outer(speeds, scatters).ravel()


def _normal(at: Array, middle: float, spread: float) -> Array:
    """Return weights that add up to 1, in the shape of a bell."""
    bell = np.exp(-(((at - middle) / spread) ** 2) / 2) + _SMALL
    weights: Array = bell / bell.sum()
    return weights


@lru_cache(maxsize=1024)
def _shares(rhythm: Rhythm, asked: Asked) -> Array:
    """Return the probability that something asked is ever answered, by each share."""
    found: Array = np.exp(_log_shares(rhythm, [asked])[0])
    return found


@lru_cache(maxsize=4096)
def _by(days: float) -> Array:
    """Return the probability that an answer has come by then, by each speed and scatter."""
    found: Array = ndtr(_steps([days])[0])
    return found


def _log_shares(rhythm: Rhythm, asked: Sequence[Asked]) -> Array:
    """Return the log-probability of an answer, by what was asked and each share."""
    people = np.log2([max(one.people, 2) / 2 for one in asked])
    reply = np.array([one.is_reply for one in asked], dtype=float)
    level = rhythm.people * people + rhythm.reply * reply
    found: Array = -np.logaddexp(0, -(level[:, None] + _SHARES[None, :]))
    return found


def _steps(days: Sequence[float]) -> Array:
    """Return how many scatters slower than each speed so many days are."""
    told = np.log(np.maximum(np.asarray(days, dtype=float), SHORTEST))
    found: Array = (told[:, None] - _SPEED) / np.exp(_SCATTER)
    return found
