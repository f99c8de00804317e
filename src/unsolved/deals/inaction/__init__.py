"""What it costs that nothing changes: the buyer's figures first, and ours called ours."""

from typing import TYPE_CHECKING

from unsolved.deals.inaction.counted import Counted, Slip, Together
from unsolved.deals.inaction.given import key_of
from unsolved.deals.inaction.meaning import Meaning, means_for
from unsolved.deals.inaction.telling import as_markdown
from unsolved.deals.inaction.tornado import Dots, Tornado, dots, tornado_of
from unsolved.deals.inaction.weakness import assumed_share, weak
from unsolved.later import later

if TYPE_CHECKING:
    from unsolved.deals.inaction.counting import cost_of
    from unsolved.deals.inaction.simulating import Simulated, simulate
    from unsolved.deals.inaction.spreads import Spread, constant, lognormal, normal, spread_of

__all__ = [
    "Counted",
    "Dots",
    "Meaning",
    "Simulated",
    "Slip",
    "Spread",
    "Together",
    "Tornado",
    "as_markdown",
    "assumed_share",
    "constant",
    "cost_of",
    "dots",
    "key_of",
    "lognormal",
    "means_for",
    "normal",
    "simulate",
    "spread_of",
    "tornado_of",
    "weak",
]

__getattr__ = later(
    __name__,
    {
        "counting": ("cost_of",),
        "simulating": ("Simulated", "simulate"),
        "spreads": ("Spread", "constant", "lognormal", "normal", "spread_of"),
    },
)
