"""What is worth sending later, to whom, and when: a plan of value for a deal that rests."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from unsolved.deals.insights.budget import budget_year
from unsolved.deals.insights.calm import calm_day
from unsolved.deals.insights.choosing import Matched, matched, read
from unsolved.deals.insights.wording import first_name
from unsolved.deals.model import Situation, Stakeholder, Step, StepKind
from unsolved.problems import Library


def plan_of_value(situation: Situation, library: Library) -> tuple[Step, ...]:
    """Return the steps that send something of value while a deal rests, the soonest first.

    Each sends another insight, the best first; with none in the library there is no step.
    They lie at the distances of ``insights.toml`` after it was left, and some weeks before
    their next budget year; never on a day off, nor in the quiet time at the end of a year.
    """
    days = days_of_value(situation)
    chosen = [one for one in matched(situation, library) if one.points > 0]
    return tuple(_step(situation, one, day) for one, day in zip(chosen, days, strict=False))


def days_of_value(situation: Situation) -> tuple[date, ...]:
    """Return the days on which something of value could be sent, the soonest first."""
    plan = read()["plan"]
    left = situation.opportunity.head.decided_on or situation.today
    soonest = situation.today + timedelta(weeks=plan["soonest"])
    wanted = [left + timedelta(weeks=weeks) for weeks in plan["weeks"]]
    budget = budget_year(situation)
    first: list[date] = []
    if budget is not None:
        weeks = plan["at_planning"] if budget.is_planned else plan["before_budget"]
        first = [budget.on - timedelta(weeks=weeks)]
    country = situation.organisation.country if situation.organisation else None
    apart = timedelta(weeks=plan["apart"])
    if max(wanted) < soonest:  # it was left long ago, and is begun with anew
        wanted = [situation.today + timedelta(weeks=weeks) for weeks in plan["weeks"]]
    kept = _apart([day for day in (*first, *wanted) if day >= soonest], apart)
    return tuple(calm_day(day, country, plan["quiet"]) for day in kept)


def _apart(days: Sequence[date], apart: timedelta) -> list[date]:
    """Return days in order, without those too near to one that was named before them."""
    kept: list[date] = []
    for day in days:
        if all(abs(day - one) >= apart for one in kept):
            kept.append(day)
    return sorted(kept)


def _step(situation: Situation, one: Matched, day: date) -> Step:
    whom = one.whom[:1] or _anybody(situation)
    return Step(
        kind=StepKind.VALUE,
        what=f"send: {_short(one.insight.text)}",
        due=day,
        with_whom=whom,
        insight=one.insight.text,
        text=_text(situation, one, whom),
    )


def _anybody(situation: Situation) -> tuple[int, ...]:
    """Return whom we know best: who was met last."""
    people = situation.opportunity.stakeholders.items()
    here = [(number, who) for number, who in people if who.left_on is None]
    met = sorted(here, key=lambda pair: (pair[1].met_on or date.min, -pair[0]), reverse=True)
    return tuple(number for number, _ in met[:1])


def _text(situation: Situation, one: Matched, whom: Iterable[int]) -> str:
    words = read()["words"]
    people = situation.opportunity.stakeholders
    to: Stakeholder | None = next((people[number] for number in whom), None)
    known = situation.organisation
    organisation = known.name if known else situation.opportunity.head.name
    source = words["from"].format(source=one.insight.source.rstrip("."))
    where = one.insight.url
    return "\n\n".join(
        [
            words["greeting"].format(name=first_name(to.name)) if to else words["nobody"],
            words["opening"].format(organisation=organisation),
            one.insight.text,
            *([source] if one.insight.source.strip() else []),
            *([where] if where else []),
            words["close"],
            f"{words['sign']}\n{situation.opportunity.head.seller}".rstrip(),
        ]
    )


def _short(text: str, most: int = 70) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
