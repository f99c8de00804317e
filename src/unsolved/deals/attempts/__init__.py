"""What was tried and what to ask of it, and whether the deal is worth going on with."""

from unsolved.deals.attempts.asking import OpenQuestion, questions
from unsolved.deals.attempts.hints import Hint, hinted, likely_whys
from unsolved.deals.attempts.looking import FAILED
from unsolved.deals.attempts.model import Answer, Qualification, Unknown, Verdict
from unsolved.deals.attempts.weighing import qualify
from unsolved.deals.attempts.weights import sources

__all__ = [
    "FAILED",
    "Answer",
    "Hint",
    "OpenQuestion",
    "Qualification",
    "Unknown",
    "Verdict",
    "hinted",
    "likely_whys",
    "qualify",
    "questions",
    "sources",
]
