"""A deal of which all is known that weighs, and all of it good."""

from datetime import date
from typing import Any

from tests.deals.worlds import head, opportunity, situation
from unsolved.deals.model import (
    Act,
    Alternative,
    AlternativeKind,
    Attempt,
    AttemptKind,
    BuyerAct,
    CameOf,
    Cost,
    Power,
    Situation,
    Stakeholder,
    Stance,
    Why,
)

PORTAL = Attempt(
    what="a tracking portal",
    kind=AttemptKind.VENDOR,
    ended=date(2024, 6, 1),
    came_of=CameOf.FAILED,
    whys=(Why.TECHNOLOGY,),
    why_text="It could not see the stock in two of the depots.",
    different="it must see all depots",
    is_structural=False,
    note="nobody defends it",
)
PAUL = Stakeholder(
    name="Paul Gent", power=Power.DECIDES, stance=Stance.FOR, met_on=date(2026, 3, 10)
)
INES = Stakeholder(
    name="Ines Maro", power=Power.SWAYS, stance=Stance.FOR, met_on=date(2026, 3, 20)
)
DONE = (Act.AGREED_PROBLEM, Act.GAVE_NUMBERS, Act.NAMED_DATE)
LOSS = Cost(currency="EUR", p10=200e3, p50=400e3, p90=800e3, mean=450e3, draws=10_000)


def parts(**but: Any) -> dict[str, Any]:
    """Return all parts by kind; what is named replaces its kind."""
    return {
        "head": head(worth=80e3, fits=True),
        "attempts": {1: PORTAL},
        "stakeholders": {1: PAUL, 2: INES},
        "acts": {n: BuyerAct(act=act, on=date(2026, 3, 20)) for n, act in enumerate(DONE, 1)},
        "alternatives": {1: Alternative(kind=AlternativeKind.NOTHING, leaning=0.2)},
        **but,
    }


def strong(*, cost: Cost | None = LOSS, **but: Any) -> Situation:
    """Return a situation that is worth going on with, but for what is named."""
    return situation(opportunity(**parts(**but)), cost=cost)
