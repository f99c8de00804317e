"""A deal of somebody's CRM becomes an opportunity, and what the CRM says later is followed."""

from unsolved.deals.crm.deal import Deal, Ended, Where, deal_of, ended, lost_because
from unsolved.deals.crm.following import (
    BY,
    SETTLED,
    Difference,
    Held,
    differences,
    is_by_hand,
    kept_text,
    open_differences,
    taken_over,
)
from unsolved.deals.crm.taking import MOST_PEOPLE, Involved, head_of, people_of

__all__ = [
    "BY",
    "MOST_PEOPLE",
    "SETTLED",
    "Deal",
    "Difference",
    "Ended",
    "Held",
    "Involved",
    "Where",
    "deal_of",
    "differences",
    "ended",
    "head_of",
    "is_by_hand",
    "kept_text",
    "lost_because",
    "open_differences",
    "people_of",
    "taken_over",
]
