"""When a deal is let go: its arithmetic, how it is done, and what was learned."""

from unsolved.deals.letting_go.advice import Advice, Turns, Verdict, advise, effort
from unsolved.deals.letting_go.looking_back import Asked, debrief, limit, questions
from unsolved.deals.letting_go.parting import LEFT, Parting, edits_of, message

__all__ = [
    "LEFT",
    "Advice",
    "Asked",
    "Parting",
    "Turns",
    "Verdict",
    "advise",
    "debrief",
    "edits_of",
    "effort",
    "limit",
    "message",
    "questions",
]
