"""What can be done to opportunities; every action is written down and can be taken back."""

from unsolved.deals.service.changing import change, undo
from unsolved.deals.service.opening import open_from_prospect, open_opportunity
from unsolved.deals.service.staging import conclude, forecast, move, remove, take_up

__all__ = [
    "change",
    "conclude",
    "forecast",
    "move",
    "open_from_prospect",
    "open_opportunity",
    "remove",
    "take_up",
    "undo",
]
