"""Who is on the map and has not been spoken to, or not for long."""

from collections.abc import Iterable

from unsolved.deals.model import Power, Role, Stance
from unsolved.deals.stakeholders.group import FAILED, Group, by_power
from unsolved.deals.stakeholders.lacks import Lack, Lacks
from unsolved.deals.stakeholders.rules import limits

MATTERS = (Role.OWNER, Role.COACH, Role.EXECUTIVE)


def deciders(group: Group) -> Lacks:
    """Yield that nobody who decides was met, or none of them for long."""
    who = group.deciders
    if who and len(group.unreached(who)) == len(who):
        yield Lack(rule="decider-unmet", who=who)
        return
    seen = {one: days for one in who if (days := group.days(one)) is not None}
    latest = min(seen.values(), default=0)
    if latest > limits().long_ago:
        yield Lack(rule="decider-long-ago", who=tuple(seen), facts={"days": latest})


def anybody(group: Group) -> Lacks:
    """Yield that nobody was spoken to, or only one of several, or nobody for long."""
    reached = group.reached
    if group.here and not reached:
        yield Lack(rule="nobody-met")
    if len(reached) == 1:
        yield Lack(rule="single-thread", who=reached)
    quiet = min((group.days(one) or 0 for one in reached), default=0)
    if quiet > limits().all_quiet:
        yield Lack(rule="all-quiet", facts={"days": quiet})


def blockers(group: Group) -> Lacks:
    """Yield who can block it and was not met; who is against it is told of apart."""
    who = [
        number
        for number in group.unreached(group.here)
        if group.here[number].power is Power.BLOCKS
        and group.here[number].stance is not Stance.AGAINST
    ]
    if who:
        yield Lack(rule="blocker-unmet", who=tuple(who))


def against(group: Group) -> Lacks:
    """Yield who has power, is against it, and was not heard lately."""
    who = [
        number
        for number in group.powerful
        if group.here[number].stance is Stance.AGAINST and not _lately(group, number)
    ]
    if who:
        yield Lack(rule="against-unspoken", who=by_power(group.here, who))


def of_attempts(group: Group) -> Lacks:
    """Yield each failed attempt of which nobody who had a part in it was spoken to."""
    for number, attempt in sorted(group.deal.attempts.items()):
        who = group.had_part(number)
        if attempt.came_of in FAILED and who and len(group.unreached(who)) == len(who):
            yield Lack(rule="attempt-unspoken", who=who, facts={"attempt": attempt.what})


def defenders(group: Group) -> Lacks:
    """Yield who defends what failed, or says it did not fail, and was not spoken to."""
    who = group.unreached(n for n in group.here if group.defends(n))
    if who:
        yield Lack(rule="defender-unspoken", who=by_power(group.here, who))


def losers(group: Group) -> Lacks:
    """Yield who would lose something if nothing changed, and was not asked."""
    who = group.unreached(n for n, one in group.here.items() if one.loses.strip())
    if who:
        yield Lack(rule="loser-unspoken", who=by_power(group.here, who))


def quiet(group: Group) -> Lacks:
    """Yield who counts and gave no sign for long, where others did."""
    if all(_is_quiet(group, one) for one in group.reached):
        return
    who = [one for one in _counting(group) if _is_quiet(group, one)]
    if who:
        days = min(group.days(one) or 0 for one in who)
        yield Lack(rule="quiet", who=by_power(group.here, who), facts={"days": days})


LOOKS = (deciders, anybody, blockers, against, of_attempts, defenders, losers, quiet)


def _counting(group: Group) -> Iterable[int]:
    """Return who counts but does not decide; of those who do another rule tells."""
    roles = {n for n, one in group.here.items() if one.role in MATTERS}
    return sorted({*group.powerful, *roles} - set(group.deciders))


def _lately(group: Group, number: int) -> bool:
    days = group.days(number)
    return days is not None and days <= limits().long_ago


def _is_quiet(group: Group, number: int) -> bool:
    days = group.days(number)
    return days is not None and days > limits().long_ago
