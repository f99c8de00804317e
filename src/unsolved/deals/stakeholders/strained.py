"""Where the group is strained: a quarrel, an interest in the old way, somebody who left."""

from unsolved.deals.model import Power, Role, Stakeholder, Sway
from unsolved.deals.stakeholders.group import Group, by_power, decides
from unsolved.deals.stakeholders.lacks import Lack, Lacks
from unsolved.deals.stakeholders.rules import limits


def conflicts(group: Group) -> Lacks:
    """Yield each two who have power and are in conflict, once however often it is noted."""
    seen: set[tuple[int, int]] = set()
    for _, tie in sorted(group.deal.ties.items()):
        both = (min(tie.of, tie.to), max(tie.of, tie.to))
        if tie.sway is Sway.CONFLICT and set(both) <= set(group.powerful):
            about = f", about {tie.about}" if tie.about.strip() else ""
            if both not in seen:
                yield Lack(rule="conflict", who=both, facts={"about": about})
            seen.add(both)


def leavers(group: Group) -> Lacks:
    """Yield who counted and left: of late, or so that nobody does now what they did."""
    for number, one in group.gone.items():
        what = _what(one)
        if what and (_is_recent(group, one) or not _is_replaced(group, one)):
            yield Lack(rule="left", who=(number,), facts={"what": f" ({what})"})


def interests(group: Group) -> Lacks:
    """Yield who has something in keeping it as it is, and a word that is worth something."""
    who = [
        number
        for number, one in group.here.items()
        if one.interest.strip() and one.power is not Power.NONE
    ]
    if who:
        yield Lack(rule="interest", who=by_power(group.here, who))


LOOKS = (conflicts, leavers, interests)


def _what(one: Stakeholder) -> str:
    """Return what somebody was to the deal, if they counted."""
    if decides(one):
        return "decided"
    if one.power is Power.BLOCKS:
        return "could block it"
    return {Role.OWNER: "owned the problem", Role.COACH: "helped us"}.get(one.role, "")


def _is_recent(group: Group, one: Stakeholder) -> bool:
    left = one.left_on
    return left is not None and (group.situation.today - left).days <= limits().left


def _is_replaced(group: Group, gone: Stakeholder) -> bool:
    if decides(gone):
        return bool(group.deciders)
    if gone.power is Power.BLOCKS:
        return True  # who could stop it and is gone leaves no gap
    return any(one.role is gone.role for one in group.here.values())
