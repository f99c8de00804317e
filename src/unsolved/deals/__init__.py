"""Why no decision? A deal from an agreed problem to a decision, or let go in time."""

from typing import TYPE_CHECKING

from unsolved.later import later

if TYPE_CHECKING:
    from unsolved.deals.queries import (
        action,
        count_resting,
        history,
        opportunities,
        opportunity,
        organisations_of,
        resting_deals,
        situation,
        woken_deals,
    )
    from unsolved.deals.service import (
        change,
        conclude,
        fire,
        follow_crm,
        forecast,
        let_go,
        move,
        open_from_prospect,
        open_opportunity,
        remove,
        see,
        take_up,
        undo,
    )
    from unsolved.deals.stages import settled

__all__ = [
    "action",
    "change",
    "conclude",
    "count_resting",
    "fire",
    "follow_crm",
    "forecast",
    "history",
    "let_go",
    "move",
    "open_from_prospect",
    "open_opportunity",
    "opportunities",
    "opportunity",
    "organisations_of",
    "remove",
    "resting_deals",
    "see",
    "settled",
    "situation",
    "take_up",
    "undo",
    "woken_deals",
]

__getattr__ = later(
    __name__,
    {
        "queries": (
            "action",
            "count_resting",
            "history",
            "opportunities",
            "opportunity",
            "organisations_of",
            "resting_deals",
            "situation",
            "woken_deals",
        ),
        "service": (
            "change",
            "conclude",
            "fire",
            "follow_crm",
            "forecast",
            "let_go",
            "move",
            "open_from_prospect",
            "open_opportunity",
            "remove",
            "see",
            "take_up",
            "undo",
        ),
        "stages": ("settled",),
    },
)
