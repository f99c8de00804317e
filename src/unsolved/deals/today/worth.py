"""What acting is worth: the chance it adds times what the deal brings, less our hours.

The expected value of a change of probability (Raiffa, "Decision Analysis", 1968). How far an
act moves the odds is stated judgement; what it moves from is the chance of this very deal.
"""

from dataclasses import dataclass
from math import exp, log

from unsolved.deals.letting_go import Advice
from unsolved.deals.model import Reason, Track
from unsolved.deals.today.kinds import Kind, told

LEAST, MOST = 0.01, 0.99
"""A chance is never taken as further out than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What is at stake in a deal: its worth, the chance to win it, what our hours cost.

    ``assumed`` says what of it nobody told.
    """

    worth: float
    currency: str
    chance: float
    hour: float
    assumed: str = ""


def stake(advice: Advice, track: Track) -> Stake:
    """Return what is at stake, as the arithmetic of letting go reckons it.

    Where nobody said what a deal is worth it is taken to be worth some hours of ours.
    """
    assumed = "" if advice.worth else "assumed: nobody said what it is worth"
    if advice.worth and any(one.startswith("worth ") for one in advice.assumed):
        assumed = f"assumed: the middle of {len(track.fees)} fees won"
    return Stake(
        worth=advice.worth or told().limits.worth_hours * advice.hour_costs,
        currency=advice.currency,
        chance=min(max(advice.wins, LEAST), MOST),
        hour=advice.hour_costs,
        assumed=assumed,
    )


def gain(kind: Kind, at: Stake, size: float = 1.0, saved: float = 0.0) -> tuple[Reason, ...]:
    """Return what acting brings and takes, in the currency of the deal, as reasons.

    ``size`` is how strong a case it is of its kind, 1 for a plain one; ``saved`` is what the
    arithmetic of letting go says that is saved.
    """
    brings = Reason(*_brings(kind, at, size, saved), f"today.{kind.kind.value}")
    hours = f"{kind.takes:g} hours" if kind.takes != 1 else "1 hour"
    takes = Reason(
        f"It takes {hours} of ours at {_money(at.hour, at)}",
        -kind.takes * at.hour,
        "today.takes",
    )
    return brings, takes


def _brings(kind: Kind, at: Stake, size: float, saved: float) -> tuple[str, float]:
    worth = f"{_money(at.worth, at)}{f' ({at.assumed})' if at.assumed else ''}"
    if kind.odds:
        then = _moved(at.chance, kind.odds * size)
        told_as = f"Won with {_share(then)} instead of {_share(at.chance)}, of {worth}"
        return told_as, (then - at.chance) * at.worth
    if kind.chance:
        chance = min(kind.chance * size, MOST)
        return f"Won with {_share(chance)} once it is taken up, of {worth}", chance * at.worth
    if kind.share:
        misleads = min(kind.share * size, 1.0)
        return f"A forecast that is wrong by {worth} misleads by {misleads:.0%} of it", (
            misleads * at.worth
        )
    if kind.saves:
        return f"It saves {kind.saves:g} hours in later deals", kind.saves * size * at.hour
    return "What keeping it costs more than it may bring", saved


def _moved(chance: float, odds: float) -> float:
    return 1 / (1 + exp(-(log(chance / (1 - chance)) + odds)))


def _share(chance: float) -> str:
    return f"{chance:.1%}" if chance < 0.1 else f"{chance:.0%}"  # noqa: PLR2004 - a tenth


def _money(amount: float, at: Stake) -> str:
    return f"{amount:,.0f} {at.currency}"
