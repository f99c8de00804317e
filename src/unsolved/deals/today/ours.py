"""What is ours to do: what we planned, what came back, what is over and was not looked at."""

from unsolved.deals.model import (
    Reason,
    RiskState,
    Situation,
    Step,
    StepKind,
    StepState,
)
from unsolved.deals.today.days import counted, day
from unsolved.deals.today.kinds import told
from unsolved.deals.today.model import ItemKind, Waiting
from unsolved.deals.today.seen import Seen, Sights, plain
from unsolved.deals.triggers import awake

SHORT = 140
"""So many characters of what somebody wrote stand in a line."""


def returned(situation: Situation) -> Sights:
    """Yield that a trigger of a deal that was left has fired, and nobody dealt with it yet."""
    known = situation.opportunity
    fired = awake(known)
    if known.head.is_dormant and fired:
        why = tuple(
            Reason(one.why or one.what or one.kind.value, 0.0, "today.fired", one.ground)
            for _, one in sorted(fired.items(), key=lambda pair: (pair[1].fired_on, pair[0]))
        )
        facts = {"why": short(why[0].text)}
        yield Seen(kind=ItemKind.RETURNED, facts=facts, why=why)


def due(situation: Situation) -> Sights:
    """Yield the step that is due longest, today or before."""
    known = situation.opportunity
    waiting = sorted(
        (step.due, number)
        for number, step in known.steps.items()
        if step.state is StepState.PLANNED and step.due and step.due <= situation.today
    )
    if not (waiting and _is_living(situation)):
        return
    number = waiting[0][1]
    reasons = [_due(known.steps[one], situation) for _, one in waiting]
    facts = {
        "when": reasons[0].text.partition(": ")[0],
        "what": _what(known.steps[number]),
        "number": number,
    }
    yield Seen(kind=ItemKind.STEP, facts=facts, why=tuple(reasons))


def overdue_risk(situation: Situation) -> Sights:
    """Yield the measure of the risk plan that is overdue longest."""
    late = sorted(
        (risk.due, number, risk)
        for number, risk in situation.opportunity.risks.items()
        if risk.state in {RiskState.OPEN, RiskState.UNDER_WAY}
        and risk.due is not None
        and risk.due < situation.today
    )
    if late and situation.opportunity.head.is_open:
        _, _, first = late[0]
        facts = {
            "day": day(first.due),
            "what": short(first.measure or first.text),
            "owner": first.owner or "whoever should own it",
        }
        why = tuple(
            Reason(f"Due {day(one.due)}: {one.text}", 0.0, "today.risk", one.ground)
            for _, _, one in late
        )
        yield Seen(kind=ItemKind.RISK, facts=facts, why=why)


def uncounted(situation: Situation) -> Sights:
    """Yield that an offer is planned before the cost of nothing changing was counted."""
    known = situation.opportunity
    offers = [
        step
        for _, step in sorted(known.steps.items())
        if step.kind in {StepKind.PROPOSAL, StepKind.REVIEW} and step.state is StepState.PLANNED
    ]
    if known.head.is_open and offers and situation.cost is None:
        why = plain("What nobody counted is compared with the price alone", "uncounted")
        facts = {"what": offers[0].kind.value}
        yield Seen(kind=ItemKind.UNCOUNTED, facts=facts, why=(why,))


def passed(situation: Situation) -> Sights:
    """Yield that the day on which a decision was expected has passed."""
    head = situation.opportunity.head
    if head.is_open and head.close_on is not None and head.close_on < situation.today:
        facts = {"day": day(head.close_on), "days": (situation.today - head.close_on).days}
        why = plain(
            "A date that passes unsaid tells the buyer that dates mean nothing", "passed"
        )
        yield Seen(kind=ItemKind.PASSED, facts=facts, why=(why,))


def facts_waiting(situation: Situation, waiting: Waiting) -> Sights:
    """Yield that facts buyers told in a talk wait for somebody to accept them."""
    if waiting.facts and waiting.call_id is not None and situation.opportunity.head.is_open:
        facts = {
            "count": counted(waiting.facts, "fact"),
            "page": f"/conversations/{waiting.call_id}",
        }
        why = plain(
            "What buyers said of themselves counts for more than what we assume", "facts"
        )
        yield Seen(kind=ItemKind.FACTS, facts=facts, why=(why,))


def undebriefed(situation: Situation) -> Sights:
    """Yield that a deal was decided lately and nobody said what was learned."""
    head = situation.opportunity.head
    if head.is_open or head.is_removed or head.decided_on is None or head.outcome is None:
        return
    days = (situation.today - head.decided_on).days
    if 0 <= days <= told().limits.debrief and not situation.opportunity.debriefs:
        facts = {"days": days, "outcome": head.outcome.value}
        why = plain("What is not said within weeks is not remembered", "debrief")
        yield Seen(kind=ItemKind.DEBRIEF, facts=facts, why=(why,))


def short(text: str) -> str:
    """Return a text in one line of some length.

    >>> short("It  failed   again")
    'It failed again'
    """
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


LOOKS = (returned, due, overdue_risk, uncounted, passed, undebriefed)


def _due(step: Step, situation: Situation) -> Reason:
    assert step.due is not None
    days = (situation.today - step.due).days
    when = f"Overdue for {counted(days, 'day')}" if days else "Due today"
    return plain(f"{when}: {_what(step)}", "step")


def _what(step: Step) -> str:
    return short(f"{step.kind.value}: {step.what}" if step.what else step.kind.value)


def _is_living(situation: Situation) -> bool:
    """Whether steps still count: it is open, or left with something of value to send."""
    head = situation.opportunity.head
    return head.is_open or head.is_dormant
