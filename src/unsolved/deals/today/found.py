"""What the other rooms say of a deal, each asked only where its answer is needed."""

from dataclasses import dataclass

from unsolved.deals.attempts import Qualification, qualify
from unsolved.deals.diagnosis import Diagnosis, diagnose
from unsolved.deals.letting_go import Advice, advise
from unsolved.deals.model import Chance, Silence, Situation
from unsolved.deals.no_decision import risk
from unsolved.deals.today.model import NONE_WAITING, Waiting
from unsolved.deals.today.worth import Stake, stake


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A situation, and what is said of it.

    ``silence`` is the unusual silence that counts, with its diagnosis; both are None where
    nobody's silence is unusual. ``verdict`` is None of a deal that is decided.
    """

    situation: Situation
    waiting: Waiting
    risk: Chance
    advice: Advice
    stake: Stake
    silence: Silence | None = None
    diagnosis: Diagnosis | None = None
    verdict: Qualification | None = None


def look(situation: Situation, waiting: Waiting = NONE_WAITING) -> Found:
    """Return what the other rooms say of a deal."""
    chance = risk(situation)
    advice = advise(situation, chance)
    is_open = situation.opportunity.head.is_open
    silence = foremost(situation) if is_open else None
    return Found(
        situation=situation,
        waiting=waiting,
        risk=chance,
        advice=advice,
        stake=stake(advice, situation.track),
        silence=silence,
        diagnosis=diagnose(situation) if silence else None,
        verdict=qualify(situation) if is_open else None,
    )


def foremost(situation: Situation) -> Silence | None:
    """Return the most unusual silence of who has a say; None where none is unusual.

    Where nobody on the map is known among the people of our sources, that of anybody.
    """
    mapped = {
        one.person_id
        for one in situation.opportunity.stakeholders.values()
        if one.person_id is not None and one.left_on is None
    }
    silent = [
        one
        for one in situation.silences
        if one.is_silent and (one.person_id in mapped or not mapped)
    ]
    return min(
        silent, key=lambda one: (one.probability, one.person_id, one.channel), default=None
    )
