"""Who is not on the map, and what is not known of those who are."""

from statistics import median

from unsolved.deals.model import Power, Role, Stance
from unsolved.deals.stakeholders.group import FAILED, Group, by_power
from unsolved.deals.stakeholders.lacks import Lack, Lacks
from unsolved.deals.stakeholders.rules import limits

MONEY = (Role.FINANCE, Role.PURCHASING)


def nobody(group: Group) -> Lacks:
    """Yield that nobody is on the map."""
    if not group.here:
        yield Lack(rule="nobody-known")


def nobody_decides(group: Group) -> Lacks:
    """Yield that nobody is known who decides."""
    if group.here and not group.deciders:
        yield Lack(rule="decider-unknown")


def too_few(group: Group) -> Lacks:
    """Yield that fewer people are known than usually have a say."""
    if 0 < len(group.here) < limits().few:
        yield Lack(rule="few", facts={"count": len(group.here)})


def too_many(group: Group) -> Lacks:
    """Yield that there are so many that who matters has to be marked."""
    if len(group.here) > limits().many:
        yield Lack(rule="many", facts={"count": len(group.here)})


def no_owner(group: Group) -> Lacks:
    """Yield that the problem belongs to nobody there."""
    if group.here and all(one.role is not Role.OWNER for one in group.here.values()):
        yield Lack(rule="no-owner")


def no_money(group: Group) -> Lacks:
    """Yield that it is worth much, and nobody is known who holds the money."""
    head = group.deal.head
    large = _large(group)
    known = any(one.role in MONEY for one in group.here.values())
    if group.here and not known and large is not None and (head.worth or 0) >= large:
        yield Lack(rule="no-money", facts={"worth": f"{head.worth:,.0f} {head.currency}"})


def no_support(group: Group) -> Lacks:
    """Yield that nobody there is known to want it."""
    wanting = any(
        one.stance is Stance.FOR or one.role is Role.COACH for one in group.here.values()
    )
    if group.here and not wanting:
        yield Lack(rule="no-support")


def no_part(group: Group) -> Lacks:
    """Yield each attempt that failed and in which nobody is known to have had a part."""
    for number, attempt in sorted(group.deal.attempts.items()):
        if group.here and attempt.came_of in FAILED and not group.had_part(number):
            yield Lack(rule="attempt-unknown", facts={"attempt": attempt.what})


def stances(group: Group) -> Lacks:
    """Yield those with power of whom nobody knows how they stand."""
    who = [n for n in group.powerful if group.here[n].stance is Stance.UNKNOWN]
    if who:
        yield Lack(rule="stance-unknown", who=by_power(group.here, who))


def powers(group: Group) -> Lacks:
    """Yield those of whom nobody knows what their word is worth."""
    who = [n for n, one in group.here.items() if one.power is Power.UNKNOWN]
    if who:
        yield Lack(rule="power-unknown", who=tuple(who))


def losses(group: Group) -> Lacks:
    """Yield whom we spoke with and did not ask what they lose if nothing changes."""
    matter = {*group.powerful, *(n for n, o in group.here.items() if o.role is Role.OWNER)}
    who = [n for n in group.reached if n in matter and not group.here[n].loses.strip()]
    if who:
        yield Lack(rule="losses-unasked", who=by_power(group.here, who))


LOOKS = (
    *(nobody, nobody_decides, too_few, too_many, no_owner, no_money, no_support, no_part),
    *(stances, powers, losses),
)


def _large(group: Group) -> float | None:
    """Return from which worth on a deal is large for us, None where nothing tells."""
    fees = group.situation.track.fees
    if len(fees) >= limits().own_deals:
        return median(fees)
    return limits().large.get(group.deal.head.currency.upper())
