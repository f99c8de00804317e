"""Whom to call: where each organisation stands on each problem, and in which order."""

from unsolved.prospects.model import (
    Attempt,
    Belief,
    Prospect,
    Reason,
    Standing,
    Step,
)
from unsolved.prospects.queries import (
    Wanted,
    count,
    of_organisation,
    per_problem,
    per_standing,
    ranked,
    standings,
)
from unsolved.prospects.service import assess_all, assess_one
from unsolved.prospects.weights import Weights
from unsolved.prospects.weights import shipped as weights

__all__ = [
    "Attempt",
    "Belief",
    "Prospect",
    "Reason",
    "Standing",
    "Step",
    "Wanted",
    "Weights",
    "assess_all",
    "assess_one",
    "count",
    "of_organisation",
    "per_problem",
    "per_standing",
    "ranked",
    "standings",
    "weights",
]
