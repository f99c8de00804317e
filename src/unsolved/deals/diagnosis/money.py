"""Signs on the fee: beside what others paid, beside what it is worth to them, and its way."""

from collections.abc import Iterator
from math import log
from typing import Any

from unsolved.deals.diagnosis.catalogue import sign
from unsolved.deals.diagnosis.facts import Facts
from unsolved.deals.diagnosis.model import Sign
from unsolved.deals.model import StepState

HIGH, LOW = 1.3, 0.7
"""From here on a fee is out of what is usual, if it is also outside of all that was paid."""

FAR = 1.5
"""A fee so many times the usual weighs once; the logarithm tells more and less."""

MOST = 1.8
"""The most that one ratio weighs."""

WORTH, LITTLE = 4.0, 0.4
"""What nothing changing costs a year, beside the fee: far more, far less."""

MOVED = 1.35
"""A fee so many times the first one, or the first so many times it, has moved."""


def of_fee(facts: Facts) -> Iterator[Sign]:
    """Yield how our fee stands beside what won deals of the like paid."""
    ask, typical = facts.ask, facts.typical
    if not ask or not typical:
        return
    fees = [fee for fee in facts.situation.track.fees if fee > 0]
    ratio = ask / typical
    slots: dict[str, Any] = {
        "ask": facts.money(ask),
        "typical": facts.money(typical),
        "ratio": f"{ratio:.1f}",
    }
    strength = min(MOST, abs(log(ratio)) / log(FAR))
    cost = facts.situation.cost
    if ratio >= HIGH and ask > max(fees):
        yield sign("fee-high", strength=strength, **slots)
    elif ratio <= LOW and ask < min(fees):
        if cost is not None and cost.p50 < ask:
            yield sign("smaller-than-ours", **slots, cost=facts.money(cost.p50))
        else:
            yield sign("fee-low", strength=strength, **slots)
    elif ask > max(fees):
        yield sign("fee-high", strength=max(0.2, strength), **slots)
    else:
        yield sign("fee-usual", **slots)


def of_worth(facts: Facts) -> Iterator[Sign]:
    """Yield how our fee stands beside what nothing changing costs them a year."""
    ask, cost = facts.ask, facts.situation.cost
    if not ask or not facts.proposals:
        return
    if cost is None:
        yield sign("cost-not-counted")
        return
    share = cost.p50 / ask
    slots: dict[str, Any] = {"ask": facts.money(ask), "cost": facts.money(cost.p50)}
    if share < 1:
        yield sign("cost-under-fee", strength=1.3 if share < LITTLE else 0.8, **slots)
    elif share >= WORTH:
        yield sign("cost-far-over-fee", **slots)


def of_way(facts: Facts) -> Iterator[Sign]:
    """Yield that what we asked for changed much on the way."""
    amounts = [one.amount for one in facts.steps if one.amount and one.state is StepState.DONE]
    if len(amounts) < 2:  # noqa: PLR2004 - a way has two ends
        return
    moved = abs(log(amounts[-1] / amounts[0]))
    if moved >= log(MOVED):
        first, last = facts.money(amounts[0]), facts.money(amounts[-1])
        yield sign("fee-moved", first=first, last=last)
