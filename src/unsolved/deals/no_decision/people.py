"""What speaks of no decision in the people: too few, at odds, without power, without owner."""

from collections.abc import Iterator, Mapping

from unsolved.deals.contacts import met
from unsolved.deals.model import (
    Act,
    Basis,
    BuyerAct,
    Ground,
    Opportunity,
    Power,
    Reason,
    Role,
    Situation,
    Stakeholder,
    Stance,
    Sway,
)
from unsolved.deals.no_decision.weights import limit, reason

People = Mapping[int, Stakeholder]
_FEW = {0: "people_none", 1: "people_one"}
_HEAVY = (Power.DECIDES, Power.BLOCKS)


def of_people(situation: Situation) -> Iterator[Reason]:
    """Yield whether few were spoken with, whether they agree, and who is at odds."""
    known = situation.opportunity
    here = present(known.stakeholders)
    count = len(here.keys() & met(situation))
    if count < limit("people"):
        yield reason(known, _FEW.get(count, "people_few"), count=count)
    odds = _at_odds(situation, here)
    if odds:
        yield reason(known, "conflict", who=odds)
    against = [one for one in here.values() if one.agrees is False]
    agree = sum(one.agrees is True for one in here.values())
    if against:
        yield reason(known, "disagree", ground=against[0].ground, who=_names(against))
    elif agree >= limit("agree"):
        yield reason(known, "agree", count=agree)


def of_power(situation: Situation) -> Iterator[Reason]:
    """Yield whether somebody decides, whether we have spoken with them, and how they stand."""
    known = situation.opportunity
    deciders = [one for _, one in sorted(known.stakeholders.items()) if _decides(one)]
    here = [one for one in deciders if one.left_on is None]
    reached = [known.stakeholders[number] for number in met(situation)]
    spoken = [one for one in here if one in reached]
    if not deciders:
        yield reason(known, "no_power")
    elif not here:
        yield reason(known, "power_left", ground=deciders[0].ground, who=_names(deciders))
    elif against := [one for one in here if one.stance is Stance.AGAINST]:
        yield reason(known, "power_against", ground=against[0].ground, who=_names(against))
    elif not spoken:
        yield reason(known, "power_unmet", ground=here[0].ground, who=_names(here))
    elif inclined := [one for one in spoken if one.stance is Stance.FOR]:
        yield reason(known, "power_for", ground=inclined[0].ground, who=_names(inclined))


def of_owner(situation: Situation) -> Iterator[Reason]:
    """Yield whether somebody on their side owns the problem."""
    known = situation.opportunity
    named = done(known, Act.NAMED_OWNER)
    owners = [one for one in present(known.stakeholders).values() if one.role is Role.OWNER]
    if owners:
        yield reason(known, "owner", ground=owners[0].ground, who=_names(owners))
    elif named:
        yield reason(known, "owner", ground=named.ground, who=named.who or "named by them")
    else:
        yield reason(known, "no_owner")


def done(known: Opportunity, act: Act) -> BuyerAct | None:
    """Return when they last did something, None for never."""
    found = [(one.on, number) for number, one in known.acts.items() if one.act is act]
    return known.acts[max(found)[1]] if found else None


def of_silence(situation: Situation) -> Iterator[Reason]:
    """Yield whose silence is unusual: who decides, or all from whom an answer is awaited."""
    known = situation.opportunity
    by_person = {
        one.person_id: one for one in present(known.stakeholders).values() if one.person_id
    }
    silent = {one.person_id for one in situation.silences if one.is_silent}
    heavy = {number for number, one in by_person.items() if _decides(one)}
    waits = {one.person_id for one in situation.silences if one.waiting_since is not None}
    if silent and (silent & heavy or silent == waits):
        who = [by_person[number] for number in sorted(silent) if number in by_person]
        yield reason(known, "silent", who=_names(who) or "everybody who owes us an answer")


def present(people: People) -> People:
    """Return those who have not left, by number."""
    return {number: one for number, one in sorted(people.items()) if one.left_on is None}


def told_by_them(known: Opportunity) -> Iterator[Ground]:
    """Yield what facts rest on that the buyer's people told us."""
    parts = (known.stakeholders, known.acts, known.notes, known.alternatives, known.inputs)
    grounds = (one.ground for held in parts for one in held.values())
    tried = (ground for one in known.attempts.values() for ground in one.grounds)
    for ground in (*grounds, *tried):
        if ground.basis is Basis.BUYER:
            yield ground


def _at_odds(situation: Situation, here: People) -> str:
    """Return who is at odds, by name; empty for nobody."""
    ties = situation.opportunity.ties.values()
    for tie in sorted(ties, key=lambda one: (one.of, one.to)):
        if tie.sway is Sway.CONFLICT and tie.of in here and tie.to in here:
            return f"{here[tie.of].name} and {here[tie.to].name}"
    heavy = [one for one in here.values() if one.power in _HEAVY]
    fors = [one for one in heavy if one.stance is Stance.FOR]
    against = [one for one in heavy if one.stance is Stance.AGAINST]
    return f"{fors[0].name} is for it, {against[0].name} against" if fors and against else ""


def _decides(one: Stakeholder) -> bool:
    is_known = one.power is not Power.UNKNOWN
    return one.power is Power.DECIDES or (one.role is Role.EXECUTIVE and not is_known)


def _names(people: list[Stakeholder]) -> str:
    return ", ".join(one.name for one in people)
