"""What a fact of a deal rests on, and what a number is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import exp, fsum


class Basis(StrEnum):
    """Who says so."""

    BUYER = "the buyer said so"
    EVIDENCE = "a document says so"
    RECORD = "a record says so"
    NOTED = "noted by us"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a fact rests on: a quote and where it stands, a record, a note, or nothing yet.

    ``by`` is who said or wrote it, ``on`` when. A quote with a document, a piece of evidence or
    a call is verbatim from there; one without is as we noted it.
    """

    basis: Basis = Basis.ASSUMED
    quote: str = ""
    by: str = ""
    on: date | None = None
    evidence_id: int | None = None
    document_id: int | None = None
    call_id: int | None = None
    turn: int | None = None
    record_id: int | None = None


ASSUMED = Ground()


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a number: what speaks for or against, how much, and what it rests on.

    The unit of ``weight`` is that of the number: log-odds for a chance, money for a worth.
    ``rule`` names the rule that found it, which the reference explains with its source.
    """

    text: str
    weight: float
    rule: str = ""
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability as a sum of reasons in log-odds; the order of the reasons is theirs."""

    reasons: tuple[Reason, ...] = field(default=())

    @property
    def log_odds(self) -> float:
        """The reasons, added up."""
        return added(self.reasons)

    @property
    def probability(self) -> float:
        """The same as a probability, in [0, 1]."""
        odds = max(-700.0, min(700.0, self.log_odds))  # exp() knows no more
        return 1 / (1 + exp(-odds))


def added(reasons: Iterable[Reason]) -> float:
    """Return the weights of reasons, added up so exactly that their order does not matter."""
    return fsum(reason.weight for reason in reasons)
