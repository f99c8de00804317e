"""What would bring a dormant deal back, and whether it has happened."""

from unsolved.deals.triggers.cues import is_executive, told
from unsolved.deals.triggers.firing import Why, chosen_names, fired, fires, wakes_on
from unsolved.deals.triggers.news import NOTHING, Newcomer, News, Piece
from unsolved.deals.triggers.proposing import proposed
from unsolved.deals.triggers.waking import awake, next_on, watching

__all__ = [
    "NOTHING",
    "Newcomer",
    "News",
    "Piece",
    "Why",
    "awake",
    "chosen_names",
    "fired",
    "fires",
    "is_executive",
    "next_on",
    "proposed",
    "told",
    "wakes_on",
    "watching",
]
