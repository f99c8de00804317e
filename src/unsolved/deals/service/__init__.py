"""What can be done to opportunities; every action is written down and can be taken back."""

from unsolved.deals.service.changing import change, undo
from unsolved.deals.service.crm import Taking, Took, take_deals, take_some
from unsolved.deals.service.following import (
    all_differences,
    crm_differences,
    follow_crm,
    link_deal,
    settle,
)
from unsolved.deals.service.leaving import let_go
from unsolved.deals.service.opening import open_from_prospect, open_opportunity
from unsolved.deals.service.staging import conclude, forecast, move, remove, take_up
from unsolved.deals.service.telling import attach, take_fact
from unsolved.deals.service.triggers import Fired, fire, see
from unsolved.deals.service.views import remove_view, rename_view, save_view

__all__ = [
    "Fired",
    "Taking",
    "Took",
    "all_differences",
    "attach",
    "change",
    "conclude",
    "crm_differences",
    "fire",
    "follow_crm",
    "forecast",
    "let_go",
    "link_deal",
    "move",
    "open_from_prospect",
    "open_opportunity",
    "remove",
    "remove_view",
    "rename_view",
    "save_view",
    "see",
    "settle",
    "take_deals",
    "take_fact",
    "take_some",
    "take_up",
    "undo",
]
