"""What one may ask about opportunities."""

from unsolved.deals.queries.situations import organisations_of, situation, situations
from unsolved.deals.queries.triggers import count_resting, resting_deals, woken_deals
from unsolved.deals.queries.whole import action, history, opportunities, opportunity

__all__ = [
    "action",
    "count_resting",
    "history",
    "opportunities",
    "opportunity",
    "organisations_of",
    "resting_deals",
    "situation",
    "situations",
    "woken_deals",
]
