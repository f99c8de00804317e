"""Makes people of a deal for tests: known, met, and dull but for what a test names."""

from datetime import date, timedelta
from typing import Any

from tests.deals.worlds import NOON, TODAY, head, opportunity, situation
from unsolved.deals.model import (
    Attempt,
    CameOf,
    Channel,
    Exchange,
    InAttempt,
    Power,
    Role,
    Situation,
    Stakeholder,
    Stance,
    Sway,
    Tie,
)

LAST_WEEK = TODAY - timedelta(days=7)


def person(name: str, power: Power = Power.SWAYS, stance: Stance = Stance.FOR, **but: Any):
    facts = {"name": name, "power": power, "stance": stance, "loses": "hours", **but}
    return Stakeholder(**facts)


def met(name: str, power: Power = Power.SWAYS, stance: Stance = Stance.FOR, **but: Any):
    return person(name, power, stance, **{"met_on": LAST_WEEK, **but})


def deal(
    *people: Stakeholder,
    ties: tuple[Tie, ...] = (),
    attempts: tuple[Attempt, ...] = (),
    **but: Any,
) -> Situation:
    known = opportunity(
        stakeholders=dict(enumerate(people, 1)),
        ties=dict(enumerate(ties, 1)),
        attempts=dict(enumerate(attempts, 1)),
        head=head(**but.pop("head", {})),
    )
    return situation(known, **but)


def whole(*people: Stakeholder, **but: Any) -> Situation:
    """A deal in whose people nothing is missing, with more people who may lack something."""
    return deal(
        met("Ada", Power.DECIDES, role=Role.EXECUTIVE),
        met("Bob", Power.BLOCKS, role=Role.FINANCE),
        met("Cleo", role=Role.OWNER, in_attempt=InAttempt.LED),
        met("Dan", role=Role.COACH),
        met("Eve", role=Role.USER),
        met("Fay", role=Role.TECHNICAL),
        *people,
        **but,
    )


def failed(what: str = "the new scanners", **but: Any) -> Attempt:
    return Attempt(what=what, came_of=CameOf.FAILED, **but)


def tie(of: int, to: int, sway: Sway = Sway.INFLUENCES, about: str = "") -> Tie:
    return Tie(of=of, to=to, sway=sway, about=about)


def exchange(days: int, *person_ids: int, is_ours: bool = False, **but: Any) -> Exchange:
    facts = {"channel": Channel.MAIL, "person_ids": person_ids, "is_ours": is_ours, **but}
    return Exchange(at=NOON - timedelta(days=days), **facts)


def on(day: int, month: int = 3) -> date:
    return date(2026, month, day)
