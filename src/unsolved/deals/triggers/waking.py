"""Which triggers watch over a dormant deal, which have fired, and when the next one is due."""

from datetime import date

from unsolved.deals.model import Opportunity, Trigger
from unsolved.deals.triggers.firing import wakes_on


def watching(known: Opportunity) -> dict[int, Trigger]:
    """Return the triggers that have not fired, by number."""
    return {n: one for n, one in sorted(known.triggers.items()) if one.fired_on is None}


def awake(known: Opportunity) -> dict[int, Trigger]:
    """Return the triggers that fired since a deal was left and that nobody dealt with.

    What fired before it was left the last time belongs to a time that is over.
    """
    left = known.head.decided_on or date.min
    return {
        number: one
        for number, one in sorted(known.triggers.items())
        if one.fired_on is not None and one.fired_on >= left and not one.is_seen
    }


def next_on(known: Opportunity) -> date | None:
    """Return the day on which the next trigger fires by itself, None when all wait for news."""
    days = (wakes_on(one) for one in watching(known).values())
    return min((day for day in days if day is not None), default=None)
