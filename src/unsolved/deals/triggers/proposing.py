"""Which triggers suit a deal that is left: by why it is left, and by what is known of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median

from unsolved.deals.insights import budget_year
from unsolved.deals.model import (
    AlternativeKind,
    Cause,
    Power,
    Role,
    Situation,
    Stance,
    Trigger,
    TriggerKind,
)
from unsolved.deals.triggers.cues import told
from unsolved.deals.triggers.firing import chosen_names


def proposed(situation: Situation, cause: Cause | None = None) -> tuple[Trigger, ...]:
    """Return the triggers that suit a deal, the surest first; a person keeps those they want.

    There is always one for new evidence and one for a date, so that nothing is forgotten.
    """
    return (
        *_of_alternative(situation),
        *_of_budget(situation, cause),
        *_of_executive(situation, cause),
        *_of_evidence(situation),
        _of_date(situation),
    )


def _of_alternative(situation: Situation) -> Iterator[Trigger]:
    least = told()["limits"]["leaning"]
    leant = [
        one.kind.value
        for _, one in sorted(situation.opportunity.alternatives.items())
        if (one.leaning or 0.0) >= least and one.kind is not AlternativeKind.NOTHING
    ]
    if leant:
        names = chosen_names(situation.opportunity)
        yield Trigger(
            kind=TriggerKind.FAILED_ALTERNATIVE,
            what=", ".join(names) or leant[0],
            since=situation.today,
            watches=names,
        )


def _of_budget(situation: Situation, cause: Cause | None) -> Iterator[Trigger]:
    budget = budget_year(situation)
    if budget is not None:
        yield Trigger(
            kind=TriggerKind.DATE if budget.is_planned else TriggerKind.BUDGET_YEAR,
            what="they plan their budget" if budget.is_planned else "as they said",
            since=situation.today,
            on=budget.on,
            ground=budget.ground,
        )
    elif cause is Cause.BUDGET:
        month = told()["budget"]["assumed_month"]
        on = date(situation.today.year + 1, month, 1)
        what = "the month is assumed; ask for it"
        yield Trigger(kind=TriggerKind.BUDGET_YEAR, what=what, since=situation.today, on=on)


def _of_executive(situation: Situation, cause: Cause | None) -> Iterator[Trigger]:
    here = [one for one in situation.opportunity.stakeholders.values() if one.left_on is None]
    deciders = [one for one in here if one.power is Power.DECIDES or one.role is Role.EXECUTIVE]
    is_for = any(one.stance is Stance.FOR for one in deciders)
    if not is_for or cause in {Cause.OVERRULED, Cause.STRATEGY}:
        yield Trigger(
            kind=TriggerKind.EXECUTIVE,
            what="somebody comes who would decide otherwise",
            since=situation.today,
        )


def _of_evidence(situation: Situation) -> Iterator[Trigger]:
    if situation.opportunity.head.problem_id:
        yield Trigger(
            kind=TriggerKind.EVIDENCE,
            what="the problem shows again",
            since=situation.today,
        )


def _of_date(situation: Situation) -> Trigger:
    """Return a day to look again: as far off as half of our won deals took, within limits."""
    limits, cycles = told()["date"], situation.track.cycles
    if len(cycles) >= limits["cycles"]:
        days = max(limits["least_days"], min(limits["most_days"], round(median(cycles))))
        what = f"look again; {days} days, as half of our won deals took at most"
    else:
        days = limits["assumed_days"]
        what = f"look again; {days} days, assumed"
    on = situation.today + timedelta(days=days)
    return Trigger(kind=TriggerKind.DATE, what=what, since=situation.today, on=on)
