"""Why no decision? A deal from an agreed problem to a decision, or let go in time."""

from typing import TYPE_CHECKING

from unsolved.later import later

if TYPE_CHECKING:
    from unsolved.deals.queries import (
        action,
        history,
        opportunities,
        opportunity,
        situation,
    )
    from unsolved.deals.service import (
        change,
        conclude,
        forecast,
        move,
        open_from_prospect,
        open_opportunity,
        remove,
        take_up,
        undo,
    )
    from unsolved.deals.stages import settled

__all__ = [
    "action",
    "change",
    "conclude",
    "forecast",
    "history",
    "move",
    "open_from_prospect",
    "open_opportunity",
    "opportunities",
    "opportunity",
    "remove",
    "settled",
    "situation",
    "take_up",
    "undo",
]

__getattr__ = later(
    __name__,
    {
        "queries": ("action", "history", "opportunities", "opportunity", "situation"),
        "service": (
            "change",
            "conclude",
            "forecast",
            "move",
            "open_from_prospect",
            "open_opportunity",
            "remove",
            "take_up",
            "undo",
        ),
        "stages": ("settled",),
    },
)
