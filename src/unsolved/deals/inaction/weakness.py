"""Says plainly that doing nothing is cheap, or that nobody knows what it costs."""

from collections.abc import Iterator
from math import fsum, log

from unsolved.deals.inaction.rules import rules
from unsolved.deals.inaction.wording import money
from unsolved.deals.model import Basis, Cost, Opportunity, Reason


def weak(cost: Cost | None, opportunity: Opportunity) -> tuple[Reason, ...]:
    """Return why a cost of inaction is weak, as reasons against pursuing in log-odds.

    No reason means that it is not. Each weight is 0 or less; the weights and their source are
    in `inaction.toml`. A cost in another currency than what we ask for is not compared, and
    the reason that says so has the weight 0.
    """
    if cost is None:
        text = "Nobody can say yet what it costs the buyer that nothing changes."
        return (Reason(text, rules()["weak"]["unknown"], "weak-unknown"),)
    return (*_under(cost, opportunity), *_free(cost), *_ours(cost, opportunity))


def assumed_share(cost: Cost, opportunity: Opportunity) -> float:
    """Return how much of what moves a cost is assumed: a share of the widths of its swings.

    Where nothing moves it, the share of its figures that the buyer did not say.
    """
    said = {
        one.name for one in opportunity.inputs.values() if one.ground.basis is not Basis.ASSUMED
    }
    wide = fsum(swing.width for swing in cost.swings)
    ours = fsum(swing.width for swing in cost.swings if swing.name not in said)
    if wide:
        return ours / wide
    return 1 - cost.said / cost.inputs if cost.inputs else 0.0


def _under(cost: Cost, opportunity: Opportunity) -> Iterator[Reason]:
    """Yield how far the cost stays under what we ask for."""
    worth, head = opportunity.head.worth, opportunity.head
    least = opportunity.choice.weak_under * (worth or 0)
    if least <= 0:
        return
    if head.currency != cost.currency:
        text = f"The cost is in {cost.currency} and the fee in {head.currency}: not compared."
        yield Reason(text, 0.0, "weak-currency")
    elif cost.p50 < least:
        told = rules()["weak"]
        odds = told["under"] * log(cost.p50 / least) if cost.p50 > 0 else told["under_most"]
        times = opportunity.choice.weak_under
        ask = "what we ask for" if times == 1 else f"{times:g} times what we ask for"
        text = (
            f"Doing nothing costs about {money(cost.p50, cost.currency)} a year; {ask} is "
            f"{money(least, cost.currency)}."
        )
        yield Reason(text, max(odds, told["under_most"]), "weak-under")


def _free(cost: Cost) -> Iterator[Reason]:
    if cost.p10 <= 0:
        text = "In one case of ten or more, doing nothing costs nothing."
        yield Reason(text, rules()["weak"]["free"], "weak-free")


def _ours(cost: Cost, opportunity: Opportunity) -> Iterator[Reason]:
    told = rules()["weak"]
    share = assumed_share(cost, opportunity)
    if share > told["ours_from"]:
        text = f"{share:.0%} of what moves the cost is assumed by us, not said by the buyer."
        yield Reason(text, told["ours"], "weak-ours")
