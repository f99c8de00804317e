"""Whom to call: where each organisation stands on each problem, and in which order."""

from unsolved.prospects.links import (
    Attempt,
    Complaint,
    Link,
    Maker,
    Outcome,
    Role,
    Rule,
    Spent,
    When,
)
from unsolved.prospects.model import (
    Belief,
    Neighbour,
    Prospect,
    Reason,
    Standing,
    Step,
)
from unsolved.prospects.queries import (
    Wanted,
    count,
    neighbours,
    of_organisation,
    on_problem,
    per_problem,
    per_standing,
    ranked,
    standings,
)
from unsolved.prospects.service import assess_all, assess_one, forget
from unsolved.prospects.weights import Weights
from unsolved.prospects.weights import shipped as weights

__all__ = [
    "Attempt",
    "Belief",
    "Complaint",
    "Link",
    "Maker",
    "Neighbour",
    "Outcome",
    "Prospect",
    "Reason",
    "Role",
    "Rule",
    "Spent",
    "Standing",
    "Step",
    "Wanted",
    "Weights",
    "When",
    "assess_all",
    "assess_one",
    "count",
    "forget",
    "neighbours",
    "of_organisation",
    "on_problem",
    "per_problem",
    "per_standing",
    "ranked",
    "standings",
    "weights",
]
