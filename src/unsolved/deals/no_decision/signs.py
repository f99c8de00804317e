"""What speaks of no decision in the cost, the dates, the leaning and the movement of a deal."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import log
from statistics import median

from unsolved.deals.insights import heard, told_day
from unsolved.deals.model import Act, AlternativeKind, Ground, Reason, Situation
from unsolved.deals.no_decision.people import done, told_by_them
from unsolved.deals.no_decision.weights import cues, limit, reason
from unsolved.deals.stages import overruled


def of_cost(situation: Situation) -> Iterator[Reason]:
    """Yield what the cost of nothing changing says, and whose figures it is made of."""
    known, cost = situation.opportunity, situation.cost
    if cost is None:
        yield reason(known, "cost_unknown")
        return
    asked = asks(situation)
    if asked and cost.currency == known.head.currency:
        told, enough = f"{asked:,.0f} {cost.currency}", known.choice.weak_under * asked
        if cost.p50 < enough:
            middle = f"{cost.p50:,.0f} {cost.currency}"
            yield reason(known, "cost_weak", cost=middle, asked=told)
        elif cost.p10 >= enough:
            low = f"{cost.p10:,.0f} {cost.currency}"
            yield reason(known, "cost_strong", cost=low, asked=told)
    if cost.inputs and not cost.said:
        yield reason(known, "cost_assumed", inputs=cost.inputs)
    elif cost.inputs and cost.said * 2 >= cost.inputs:
        yield reason(known, "cost_said", said=cost.said, inputs=cost.inputs)


def asks(situation: Situation) -> float | None:
    """Return what we ask for: the fee proposed last, else what the deal is worth to us."""
    steps = situation.opportunity.steps
    offered = [
        (one.due or one.done_on or date.min, number)
        for number, one in steps.items()
        if one.amount
    ]
    return steps[max(offered)[1]].amount if offered else situation.opportunity.head.worth


def of_dates(situation: Situation) -> Iterator[Reason]:
    """Yield what the dates say: one that they named, one that passed, and the deal's age."""
    known, head = situation.opportunity, situation.opportunity.head
    named = done(known, Act.NAMED_DATE)
    if named:
        yield reason(known, "date_named", ground=named.ground)
    else:
        yield reason(known, "no_date")
    if head.close_on is not None and head.close_on < _until(situation):
        yield reason(known, "date_passed", day=told_day(head.close_on))
    yield from _of_age(situation)


def _of_age(situation: Situation) -> Iterator[Reason]:
    """Yield how old the deal is against those that we won, once it is older than half."""
    known, cycles = situation.opportunity, situation.track.cycles
    days = (_until(situation) - known.head.opened_on).days
    if len(cycles) < limit("cycles") or days <= median(cycles):
        return
    longer = sum(one > days for one in cycles)
    share = (longer + 0.5) / (len(cycles) + 1)
    times = min(limit("age_most"), -limit("age_slope") * log(share))
    small = "; few to go by" if len(cycles) < limit("few_cycles") else ""
    yield reason(
        known, "age", times=times, days=days, longer=longer, count=len(cycles), small=small
    )


def of_leaning(situation: Situation) -> Iterator[Reason]:
    """Yield how much they lean to doing nothing, as noted and as they said."""
    known = situation.opportunity
    for _, one in sorted(known.alternatives.items()):
        if one.kind is AlternativeKind.NOTHING and one.leaning is not None:
            pull = 2 * one.leaning - 1
            name = "status_quo" if pull >= 0 else "status_quo_unattractive"
            share = f"{one.leaning:.0%}"
            yield reason(known, name, times=pull, ground=one.ground, share=share)
    since = _until(situation) - timedelta(days=limit("putting_off"))
    lately = (one for one in heard(situation) if one.on >= since)
    said = cues()["putting_off"].first(lately)
    if said is not None:
        yield reason(known, "putting_off", ground=said.ground)


def of_movement(situation: Situation) -> Iterator[Reason]:
    """Yield whether they still move: what they did lately, or that nothing came from them."""
    known, until = situation.opportunity, _until(situation)
    quiet = (until - last_sign(situation)).days
    if quiet > limit("still"):
        yield reason(known, "still", days=quiet)
    recent = until - timedelta(days=limit("recent"))
    acts = sorted(
        (
            (one.on, one.act.value, number)
            for number, one in known.acts.items()
            if one.on >= recent
        ),
        reverse=True,
    )
    for on, act, number in acts[: int(limit("acts"))]:
        ground = known.acts[number].ground
        yield reason(known, "moving", ground=ground, day=told_day(on), act=act)
    if any(step.overruled for _, step in overruled(known)):
        yield reason(known, "early")


def of_ability(situation: Situation) -> Iterator[Reason]:
    """Yield whether they could carry out a fix at all."""
    known = situation.opportunity
    unable = [one for _, one in sorted(known.attempts.items()) if one.is_structural]
    if unable:
        ground: Ground | None = next(iter(unable[0].grounds), None)
        yield reason(known, "structural", ground=ground, what=unable[0].what)


def last_sign(situation: Situation) -> date:
    """Return the last day on which something came from them; else when it was opened."""
    known = situation.opportunity
    acts = (one.on for one in known.acts.values())
    mails = (
        one.at.date() for one in situation.exchanges if not one.is_ours and not one.is_automatic
    )
    talks = (one.met_on for one in known.stakeholders.values() if one.met_on)
    told = (one.on for one in told_by_them(known) if one.on)
    until = _until(situation)
    days = (day for day in (*acts, *mails, *talks, *told) if day <= until)
    return max(days, default=known.head.opened_on)


def _until(situation: Situation) -> date:
    """Return the day that it is judged by: today, or when it was decided."""
    return situation.opportunity.head.decided_on or situation.today
