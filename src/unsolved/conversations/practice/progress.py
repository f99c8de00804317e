"""How somebody's practice goes: each call in a line, and whether the later ones go better."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One practice call in a line."""

    id: int
    seller: str
    persona_id: str
    buyer: str
    organisation: str
    seed: int
    begun_at: datetime
    ending: str | None
    score: float
    trust: int
    covered: int
    themes: int
    turns: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Somebody's calls that have ended: how many, the best, and the first against the last.

    ``first`` and ``last`` are mean scores of up to three calls; None until there are two.
    """

    seller: str
    calls: int
    best: float
    first: float | None
    last: float | None

    @property
    def change(self) -> float | None:
        """By how much the last are better than the first."""
        return None if self.first is None or self.last is None else self.last - self.first


def progress(calls: Sequence[Call]) -> tuple[Progress, ...]:
    """Return how each seller's practice goes, by name; calls that go on are left out."""
    found = []
    for seller in sorted({call.seller for call in calls}):
        theirs = [call for call in calls if call.seller == seller and call.ending]
        scores = [call.score for call in sorted(theirs, key=lambda one: (one.begun_at, one.id))]
        if not scores:
            continue
        few = min(FEW, len(scores) // 2)
        first = fmean(scores[:few]) if few else None
        last = fmean(scores[-few:]) if few else None
        found.append(Progress(seller, len(scores), max(scores), first, last))
    return tuple(found)
