"""Why a deal may end without a decision, how likely, and how to answer when it does."""

from unsolved.deals.no_decision.answers import addressee, answer, parting
from unsolved.deals.no_decision.causing import Likely, causes
from unsolved.deals.no_decision.likelihood import risk
from unsolved.deals.no_decision.signs import asks, last_sign
from unsolved.deals.no_decision.track_record import base
from unsolved.deals.no_decision.weights import Rule, rule_of, share_of

__all__ = [
    "Likely",
    "Rule",
    "addressee",
    "answer",
    "asks",
    "base",
    "causes",
    "last_sign",
    "parting",
    "risk",
    "rule_of",
    "share_of",
]
