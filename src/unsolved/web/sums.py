"""Reasons as a page shows them: rounded so that what stands there adds up."""

from collections.abc import Iterable

from unsolved.deals.model import Reason
from unsolved.web.words import in_steps, money

HUNDREDTHS = 100


def adding_up(
    reasons: Iterable[Reason], total: float, unit: str, currency: str = "EUR"
) -> tuple[list[tuple[Reason, str]], str]:
    """Return each reason with its weight as shown, and the total they then add up to.

    ``unit`` is ``money``, shown whole, or ``log-odds``, shown to a hundredth.

    >>> adding_up([Reason("a", 0.005), Reason("b", 0.005)], 0.01, "log-odds")[1]
    '+0.01'
    """
    parts = list(reasons)
    steps = 1 if unit == "money" else HUNDREDTHS
    whole = in_steps([part.weight for part in parts], total, steps)
    shown = [_told(one, unit, currency) for one in whole]
    return list(zip(parts, shown, strict=True)), _told(round(total * steps), unit, currency)


def _told(steps: int, unit: str, currency: str) -> str:
    return money(steps, currency) if unit == "money" else f"{steps / HUNDREDTHS:+.2f}"
