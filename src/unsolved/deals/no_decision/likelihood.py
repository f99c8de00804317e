"""How likely a deal is to end in no decision, and every reason to think so."""

from unsolved.deals.model import Chance, Situation
from unsolved.deals.no_decision import people, signs
from unsolved.deals.no_decision.track_record import base

_LOOKS = (
    signs.of_cost,
    people.of_people,
    people.of_power,
    people.of_owner,
    signs.of_dates,
    signs.of_leaning,
    signs.of_movement,
    people.of_silence,
    signs.of_ability,
)


def risk(situation: Situation) -> Chance:
    """Return the probability that a deal ends in no decision, with its reasons in log-odds.

    It begins with how such deals end at all (Dixon and McKenna, "The JOLT Effect", 2022) and
    how ours do, and adds the signs of ``weights.toml``. What nobody asked yet counts less
    early on. Of one that is decided it tells what was to be seen on that day.
    """
    signs_seen = (found for look in _LOOKS for found in look(situation))
    return Chance((*base(situation.track), *signs_seen))
