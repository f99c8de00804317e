"""What the local reader is unsure of, and what an answer changes about it.

An answer counts as a witness who is right nine times in ten: it moves the local probability by
the logarithm of nine to one, up or down. What was not in doubt stays as it was, whatever is
answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log

from unsolved.evidence.model import Assertion, Facet, FixKind, Label

EVEN = 0.5
WITNESS = log(0.9 / 0.1)
TRIED = frozenset({Facet.ATTEMPT, Facet.FAILURE})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a language model makes of one sentence, once it has been checked."""

    said: frozenset[Facet]
    assertion: Assertion | None = None
    fix: FixKind | None = None


def doubtful(facets: Mapping[Facet, float], band: float) -> frozenset[Facet]:
    """Return the facets whose probability lies within ``band`` of even."""
    return frozenset(facet for facet, p in facets.items() if abs(p - EVEN) <= band)


def settled(local: Label, doubt: frozenset[Facet], answer: Answer) -> Label:
    """Return the label with what was in doubt decided by the answer.

    Whether the writer means it, and the kind of fix, are taken from the answer only when
    nothing of that sort was sure before.
    """
    facets = {
        facet: _moved(p, up=facet in answer.said) if facet in doubt else p
        for facet, p in local.facets.items()
    }
    sure = local.labels - doubt
    labels = sure | (answer.said & doubt)
    given = answer.assertion or local.assertion or Assertion.ACTUAL
    fix = local.fix if sure & TRIED else answer.fix or local.fix
    return Label(
        facets=facets,
        labels=labels,
        assertion=(local.assertion if sure else given) if labels else None,
        fix=(fix or FixKind.OTHER) if labels & TRIED else None,
    )


def _moved(p: float, *, up: bool) -> float:
    if not 0 < p < 1:
        return p
    odds = log(p / (1 - p)) + (WITNESS if up else -WITNESS)
    return round(1 / (1 + exp(-odds)), 4)
