"""The commands about deals: what is in work, what is done to it, what deserves attention."""

from collections.abc import Mapping

import click

from unsolved.cli.lazily import Lazily, Where

COMMANDS: Mapping[str, Where] = {
    "list": Where("deals_list", "list_deals", "List opportunities of a sort, in an order."),
    "show": Where(
        "deals_show",
        "show",
        "Show one whole: its stage, people, attempts, and every number with its reasons.",
    ),
    "open": Where(
        "deals_do", "open_", "Open one from a prospect, whose evidence comes along, or by hand."
    ),
    "take-up": Where(
        "deals_crm", "take_up", "Take up deals of your CRM, or list those that are not yet."
    ),
    "move": Where("deals_do", "move", "Let one go on, or back, to a stage."),
    "conclude": Where("deals_do", "conclude", "Say how one ended."),
    "let-go": Where("deals_do", "let_go", "Let one go, out of the forecast."),
    "history": Where("deals_list", "history", "Show everything that was done to one."),
    "undo": Where("deals_do", "undo", "Take an action back; `history` lists them."),
    "today": Where("deals_today", "today", "Show what deserves attention, why, what to do."),
    "work-out": Where(
        "deals_today",
        "work_out",
        "Follow the CRM, fire triggers, work out what is out of date.",
    ),
    "cost": Where(
        "deals_show", "cost", "Print the buyer's page on what it costs that nothing changes."
    ),
}


@click.group(cls=Lazily, table=COMMANDS)
def deals() -> None:
    """Carry deals to a decision, or let them go in time."""
