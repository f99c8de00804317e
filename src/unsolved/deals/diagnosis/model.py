"""Why a buyer who was warm turns a cold shoulder: five reasons, and the signs of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import fsum

from unsolved.deals.model import Ground, Reason, added


class Cold(StrEnum):
    """Why they stopped answering."""

    INFLUENCE = "lack of influence"
    """Whom we know cannot decide it, or no longer can."""

    INTELLIGENCE = "intelligence we do not have"
    """Something goes on that nobody told us and that we did not ask."""

    FEE = "fee too high or too low"
    """Too high for what they see in it, or too low to be believed."""

    CONFLICT = "conflict avoidance"
    """They decided against it, or quarrel over it, and would rather not say so."""

    FIT = "not the right fit"
    """What they need is not what we do well, and both begin to know."""


class Doubt(StrEnum):
    """Why no reason is named as the likeliest."""

    FEW = "too few independent signs"
    CLOSE = "the likeliest reasons are too close to each other"
    EARLY = "the silence is not unusual yet, and no reason stands out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something found in a deal that speaks for a reason, or against it.

    ``id`` is its name in the catalogue, ``text`` what was found, ``grounds`` where. It weighs
    ``strength`` times what the catalogue says of it.
    """

    id: str
    text: str
    strength: float = 1.0
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """One of the five reasons: how probable, and what makes it so.

    The reasons add up to ``score``. Probabilities are the exponentials of the five scores,
    each divided by the sum of all five.
    """

    cold: Cold
    probability: float
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """The reasons, added up."""
        return added(self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What they may answer to a question, how likely that is, and what we would then think."""

    says: str
    chance: float
    then: Mapping[Cold, float]

    @property
    def top(self) -> Cold:
        """What would then be the likeliest."""
        return max(self.then, key=lambda cold: (self.then[cold], cold.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What would tell the reasons apart: a question, what it may bring, and how much.

    ``bits`` is the expected information (Lindley 1956): by how much its answer will lower, on
    average, the doubt about the reason; from 0 to 2.3.
    """

    id: str
    ask: str
    why: str
    bits: float
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The five reasons, the likeliest first, the signs they rest on, and what to ask."""

    likely: tuple[Likely, ...]
    signs: tuple[Sign, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    questions: tuple[Question, ...] = ()
    is_cold: bool | None = None
    """Whether somebody's silence is unusual; None where no silence was counted."""

    not_found: tuple[str, ...] = field(default=())
    """The signs that were looked for and not found, by their ids."""

    @property
    def top(self) -> Cold | None:
        """The likeliest reason; None when the signs do not tell."""
        return None if self.doubts else self.likely[0].cold

    def probability(self, cold: Cold) -> float:
        """Return how probable one of the five is, in [0, 1]."""
        return fsum(one.probability for one in self.likely if one.cold is cold)
