"""An organisation and a problem, where they stand, and every reason for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import exp, fsum

from unsolved.prospects.links import Attempt, Complaint


class Standing(StrEnum):
    """Where an organisation stands on a problem."""

    UNSEEN = "unseen"
    UNAWARE = "unaware"
    HAS_IT = "has it"
    FIXING = "fixing"
    TRIED_AND_FAILED = "tried and failed"
    IN_DENIAL = "in denial"
    RESOLVED = "resolved"


class Step(StrEnum):
    """The questions that are answered, one after the other, on the way to a standing."""

    HAS = "has the problem"
    KNOWS = "says so itself"
    TRIED = "tried to fix it"
    FAILED = "the fix did not work"
    RESOLVED = "it is resolved"
    CONTRADICTED = "a claim that it is resolved was contradicted"


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a number: what speaks for or against, how much, and where it stands.

    ``weight`` is in log-odds for a step and in points for a score. ``evidence`` is the id of
    the piece of evidence that says so, or None when the reason is a stated assumption.
    """

    text: str
    weight: float
    evidence: int | None = None
    said_on: date | None = None


@dataclass(frozen=True, slots=True)
class Belief:
    """How sure we are of one step, with the reasons that add up to it."""

    step: Step
    reasons: tuple[Reason, ...]

    @property
    def log_odds(self) -> float:
        """The reasons, added up."""
        return fsum(reason.weight for reason in self.reasons)

    @property
    def probability(self) -> float:
        """The same as a probability, in (0, 1)."""
        return 1 / (1 + exp(-self.log_odds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """An organisation and a problem, with a standing, a score and every reason for both.

    ``probability`` is that of ``standing``; ``beliefs`` are what it was computed from, and
    ``parts`` what adds up to ``score`` (points, 0 to 100 and a little beyond). ``eliminated``
    says why the organisation is no prospect, or is None. ``evidence`` are the ids of what
    speaks about this problem, what tells of the standing first.
    """

    organisation_id: int
    organisation: str
    industry: str | None
    country: str | None
    problem_id: str
    standing: Standing
    probability: float
    beliefs: tuple[Belief, ...]
    parts: tuple[Reason, ...]
    attempts: tuple[Attempt, ...]
    complaints: tuple[Complaint, ...]
    evidence: tuple[int, ...]
    unknowns: tuple[str, ...]
    next_question: str | None
    eliminated: str | None
    documents_read: int
    sentences_read: int
    first_on: date | None
    last_on: date | None

    @property
    def linked(self) -> tuple[int, ...]:
        """The sentences that its attempts and complaints rest on, each once."""
        tried = (one for attempt in self.attempts for one in attempt.sentences)
        stated = (one for complaint in self.complaints for one in complaint.sentences)
        return tuple(dict.fromkeys([*tried, *stated]))

    @property
    def score(self) -> float:
        """The parts, added up."""
        return fsum(part.weight for part in self.parts)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An organisation with a problem, without the reasons: enough to see who is like whom."""

    organisation_id: int
    name: str
    industry: str | None
    country: str | None
    employees: int | None
    revenue: str | None
    standing: Standing
    score: float
