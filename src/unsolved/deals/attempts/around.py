"""Where each thing that weighs stands in what is known of people, money and dates."""

from datetime import date

from unsolved.deals.attempts.looking import Found, Look, names, present
from unsolved.deals.attempts.weights import weights
from unsolved.deals.contacts import met
from unsolved.deals.model import (
    Act,
    Alternative,
    BuyerAct,
    Power,
    Role,
    Situation,
    Stakeholder,
    Stance,
    StepKind,
    StepState,
)

ASKING = frozenset({StepKind.PROPOSAL, StepKind.REVIEW})
SWAYING = frozenset({Power.SWAYS, Power.BLOCKS, Power.DECIDES})


def fit(situation: Situation) -> Look:
    """Return whether we can solve it well, as we judged."""
    head = situation.opportunity.head
    if head.fits is None:
        return Look(is_open=True)
    note = f": {head.fit_note.strip()}" if head.fit_note.strip() else ""
    return Look(found=(Found(way="yes" if head.fits else "no", facts={"note": note}),))


def agreed(situation: Situation) -> Look:
    """Return whether the buyer agreed what the problem is, or somebody with power does not."""
    done = _done(situation, Act.AGREED_PROBLEM)
    if done.found:
        return done
    people = situation.opportunity.stakeholders.values()
    against = [
        one
        for one in present(situation, people)
        if one.agrees is False and one.power in {Power.DECIDES, Power.BLOCKS}
    ]
    if not against:
        return Look(is_open=True)
    facts = {"who": names(against)}
    return Look(found=(Found(way="no", facts=facts, ground=against[0].ground),), is_open=True)


def numbers(situation: Situation) -> Look:
    """Return whether the buyer gave numbers of their own."""
    return _done(situation, Act.GAVE_NUMBERS)


def dated(situation: Situation) -> Look:
    """Return whether the buyer named a date and a reason for it."""
    return _done(situation, Act.NAMED_DATE)


def cost(situation: Situation) -> Look:
    """Return how what nothing changing costs a year compares with what we ask for a year.

    In the middle of its range (P50). It is weak under ``weak_under`` times what we ask, which
    the opportunity says. In two currencies, or without a fee, nothing can be compared.
    """
    known, ask = situation.cost, asked(situation)
    head, choice = situation.opportunity.head, situation.opportunity.choice
    if known is None or not ask or known.currency != head.currency:
        return Look(is_open=True)
    times = known.p50 / ask
    way = "fair"
    if times < choice.weak_under:
        way = "weak"
    elif times >= weights().strong_times * choice.weak_under:
        way = "strong"
    return Look(found=(Found(way=way, facts={"times": f"{times:.2g}"}),))


def asked(situation: Situation) -> float | None:
    """Return what we ask for a year: by the latest proposal, else what it is worth to us."""
    steps = [
        one
        for one in situation.opportunity.steps.values()
        if one.kind in ASKING and one.amount is not None and one.state is not StepState.DROPPED
    ]
    if not steps:
        return situation.opportunity.head.worth
    latest = max(steps, key=lambda one: (one.done_on or one.due or date.min, one.amount or 0))
    return latest.amount


def power(situation: Situation) -> Look:
    """Return what is known of who decides: met or not, for or against."""
    people = present(situation, situation.opportunity.stakeholders.values())
    deciding = [one for one in people if one.power is Power.DECIDES]
    against = [one for one in deciding if one.stance is Stance.AGAINST]
    reached = reached_in(situation)
    met = [one for one in deciding if one in reached and one not in against]
    keen = [one for one in met if one.stance is Stance.FOR]
    for way, who, is_open in (
        ("against", against, False),
        ("for", keen, False),
        ("met", met, True),
    ):
        if who:
            found = Found(way=way, facts={"who": names(who)}, ground=who[0].ground)
            return Look(found=(found,), is_open=is_open)
    brought = _first(situation, Act.BROUGHT_POWER)
    if brought:
        facts = {"who": f": {brought.who}" if brought.who else ""}
        return Look(
            found=(Found(way="brought", facts=facts, ground=brought.ground),), is_open=True
        )
    days = (situation.today - situation.opportunity.head.opened_on).days
    if days > weights().unreached_days:
        found = Found(way="unreached", facts={"days": str(days)})
        return Look(found=(found,), is_open=True)
    return Look(is_open=True)


def champion(situation: Situation) -> Look:
    """Return who inside carries it: who helps us, or wants it and has a say, and was met."""
    people = present(situation, situation.opportunity.stakeholders.values())
    reached = reached_in(situation)
    who = [one for one in people if _carries(one) and one in reached]
    if who:
        found = Found(way="yes", facts={"who": names(who)}, ground=who[0].ground)
        return Look(found=(found,))
    owner = _first(situation, Act.NAMED_OWNER)
    if owner:
        facts = {"who": owner.who or "an owner whom they named"}
        return Look(found=(Found(way="yes", facts=facts, ground=owner.ground),))
    return Look(is_open=True)


def leaning(situation: Situation) -> Look:
    """Return whether the buyer leans to something else than us."""
    known = situation.opportunity.alternatives.values()
    told = [one for one in known if one.leaning is not None]
    if not told:
        return Look(is_open=True)
    most = max(told, key=lambda one: (one.leaning or 0.0, one.kind.value, one.name))
    if (most.leaning or 0.0) >= weights().leans_from:
        found = Found(way="elsewhere", facts={"what": _called(most)}, ground=most.ground)
        return Look(found=(found,))
    return Look(found=(Found(way="open", ground=most.ground),))


def reached_in(situation: Situation) -> list[Stakeholder]:
    """Return those who ever gave a sign."""
    people = situation.opportunity.stakeholders
    return [people[number] for number in sorted(met(situation))]


def _carries(one: Stakeholder) -> bool:
    if one.stance is Stance.AGAINST:
        return False
    wants = one.stance is Stance.FOR and one.power in SWAYING - {Power.DECIDES}
    return one.role is Role.COACH or wants


def _done(situation: Situation, act: Act) -> Look:
    one = _first(situation, act)
    if one is None:
        return Look(is_open=True)
    facts = {"who": f", {one.who}" if one.who else ""}
    return Look(found=(Found(way="yes", facts=facts, ground=one.ground),))


def _first(situation: Situation, act: Act) -> BuyerAct | None:
    done = [one for one in situation.opportunity.acts.values() if one.act is act]
    return min(done, key=lambda one: (one.on, one.who, repr(one.ground)), default=None)


def _called(one: Alternative) -> str:
    return f"{one.kind.value}, {one.name}" if one.name else one.kind.value
