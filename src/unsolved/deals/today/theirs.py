"""What waits for the buyer: an act, somebody with power, a decision that drifts away."""

from statistics import median, quantiles

from unsolved.deals.model import (
    Chance,
    Situation,
    Stage,
    StepKind,
    StepState,
)
from unsolved.deals.no_decision import rule_of
from unsolved.deals.stages import Want, missing
from unsolved.deals.stakeholders import gaps
from unsolved.deals.today.days import counted
from unsolved.deals.today.kinds import told
from unsolved.deals.today.model import ItemKind
from unsolved.deals.today.ours import short
from unsolved.deals.today.seen import Seen, Sights, plain

STAGES = 3
"""In how many stages a deal is in work."""

LONGEST = 1.5
"""However long it lasts, it counts no more than so many plain cases."""

FEW = 3
"""With fewer won deals, their cycles tell nothing, nor do their fees."""


def stuck(situation: Situation) -> Sights:
    """Yield that an act of the buyer's is missing for longer than a stage usually takes."""
    head = situation.opportunity.head
    lacking = _lacking(situation)
    days = (situation.today - head.staged_on).days
    usual, told_as = _usual(situation)
    if not (head.is_open and lacking) or days <= usual:
        return
    want = lacking[0]
    facts = {"days": days, "stage": head.stage.value, "act": want.act.value, "do": want.ask}
    why = (
        plain(f"{counted(days, 'day')} in {head.stage.value}; {told_as}", "stuck"),
        *(plain(f"Not yet: {one.act.value}. {one.why}", "missing") for one in lacking),
    )
    yield Seen(
        kind=ItemKind.STUCK,
        facts=facts,
        why=why,
        size=min(days / usual, LONGEST),
        is_offered=_is_offered(situation),
    )


def powerless(situation: Situation) -> Sights:
    """Yield that nobody who decides is known, was met, or was heard lately."""
    if _is_young(situation):
        return
    found = [gap for gap in gaps(situation) if gap.rule in told().power]
    if found:
        facts = {"what": found[0].text.rstrip("."), "do": found[0].ask}
        why = (
            plain(found[0].why, f"gap.{found[0].rule}"),
            *(plain(f"{gap.text} {gap.why}", f"gap.{gap.rule}") for gap in found[1:]),
        )
        yield Seen(kind=ItemKind.POWER, facts=facts, why=why, size=found[0].weight)


def drifting(situation: Situation, risk: Chance) -> Sights:
    """Yield that a large deal is likely to end in no decision, and what to ask about it."""
    if _is_young(situation) or not _is_large(situation):
        return
    if risk.probability < told().limits.drifting:
        return
    against = sorted(
        (one for one in risk.reasons if one.weight > 0), key=lambda one: (-one.weight, one.text)
    )
    asked = [(one, rule.ask) for one in against if (rule := rule_of(one)) and rule.ask]
    if asked:
        most, ask = asked[0]
        facts = {
            "chance": f"{risk.probability:.0%}",
            "most": short(_lower(most.text)),
            "do": ask,
            "rule": short(_lower(most.text)),
        }
        yield Seen(kind=ItemKind.DRIFTING, facts=facts, why=tuple(against))


LOOKS = (stuck, powerless)


def _lacking(situation: Situation) -> tuple[Want, ...]:
    """Return what is wanted of the buyer in this stage and must not be left out.

    In the last stage nothing must: there it is what is wanted at all.
    """
    lacking = missing(situation.opportunity)
    return tuple(one for one in lacking if one.is_must) or (
        lacking if situation.opportunity.head.stage is Stage.PARTNER else ()
    )


def _usual(situation: Situation) -> tuple[float, str]:
    """Return how many days a stage usually takes, at least one, and what that rests on."""
    cycles = situation.track.cycles
    if len(cycles) >= FEW:
        whole = float(median(cycles))
        told_as = f"the {len(cycles)} that we won took {whole:.0f} days in all (median)"
    else:
        whole = float(told().limits.cycle)
        told_as = f"a deal is taken to last {whole:.0f} days, as too few were won to tell"
    return max(whole / STAGES, 1.0), f"{told_as}, a third of it a stage"


def _is_young(situation: Situation) -> bool:
    """Whether it is in its first weeks, in which little can be known; or not in work at all."""
    head = situation.opportunity.head
    days = (situation.today - head.opened_on).days
    return not head.is_open or (head.stage is Stage.PROVOKE and days < told().limits.early)


def _is_offered(situation: Situation) -> bool:
    return any(
        step.kind is StepKind.PROPOSAL and step.state is StepState.DONE
        for step in situation.opportunity.steps.values()
    )


def _is_large(situation: Situation) -> bool:
    """Whether its worth is above that of most deals we won; any that is told, if few were."""
    worth, fees = situation.opportunity.head.worth, situation.track.fees
    if worth is None:
        return False
    if len(fees) < FEW:
        return True
    hundredths = quantiles(fees, n=100, method="inclusive")
    return worth >= hundredths[round(told().limits.large * 100) - 1]


def _lower(text: str) -> str:
    """Return a sentence as it stands within another.

    >>> _lower("Nobody owns it."), _lower("EUR is missing")
    ('nobody owns it', 'EUR is missing')
    """
    text = text.rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
