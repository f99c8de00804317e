"""Why it could fail again: each reason of a failure as a risk with what removes it."""

from unsolved.deals.risks.planning import DEALT_WITH, Plan, Planned, plan
from unsolved.deals.risks.proposing import Proposal, proposed

__all__ = ["DEALT_WITH", "Plan", "Planned", "Proposal", "plan", "proposed"]
