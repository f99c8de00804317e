"""Makes cold deals for tests: dull ones, but for what a test names."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.deals.worlds import NOON, TODAY, head, opportunity, situation
from unsolved.deals.model import (
    Channel,
    Exchange,
    Note,
    Power,
    Silence,
    Situation,
    Stakeholder,
    Stance,
    Step,
    StepKind,
    StepState,
    Track,
)

WON = (60_000.0, 70_000.0, 80_000.0)


def ines(**but: Any) -> Stakeholder:
    """Return the owner of the problem, whom we met."""
    facts = {
        "name": "Ines Maro",
        "person_id": 1,
        "power": Power.SWAYS,
        "stance": Stance.FOR,
        "met_on": TODAY - timedelta(days=40),
        **but,
    }
    return Stakeholder(**facts)


def paul(**but: Any) -> Stakeholder:
    """Return who decides, whom we never met."""
    return Stakeholder(**{"name": "Paul Gent", "person_id": 2, "power": Power.DECIDES, **but})


def proposal(amount: float | None = 70_000.0, days: int = 35) -> Step:
    on = TODAY - timedelta(days=days)
    return Step(
        kind=StepKind.PROPOSAL, amount=amount, state=StepState.DONE, done_on=on, with_whom=(1,)
    )


def theirs(text: str, days: int = 30, person: int = 1) -> Exchange:
    at = NOON - timedelta(days=days)
    return Exchange(
        at=at, channel=Channel.MAIL, is_ours=False, person_ids=(person,), text=text, record_id=7
    )


def ours(text: str, days: int = 20) -> Exchange:
    return replace(theirs(text, days), is_ours=True)


def note(text: str, about: str = "") -> Note:
    return Note(text=text, on=TODAY - timedelta(days=10), about=about)


def silence(probability: float = 0.02) -> Silence:
    return Silence(
        person_id=1,
        channel=Channel.MAIL,
        last_at=NOON - timedelta(days=30),
        waiting_since=NOON - timedelta(days=20),
        days=14.0,
        usual_days=1.5,
        replies=9,
        asked=2,
        probability=probability,
        comes=0.2,
    )


def cold(*exchanges: Exchange, won: tuple[float, ...] = WON, **parts: Any) -> Situation:
    """Return a deal that is cold; ``parts`` are those of the opportunity."""
    facts = {"stakeholders": {1: ines()}, "steps": {1: proposal()}, "head": head(), **parts}
    return situation(
        opportunity(**facts),
        exchanges=exchanges,
        silences=(silence(),),
        track=Track(fees=won, won=len(won)),
    )
