"""What a manager would ask about: what was overruled, and what stands ahead of the buyer."""

from datetime import timedelta

from unsolved.deals.model import Reason, Situation, Stage, StepState
from unsolved.deals.stages import must, overruled
from unsolved.deals.today.days import day
from unsolved.deals.today.kinds import told
from unsolved.deals.today.model import ItemKind
from unsolved.deals.today.seen import Seen, Sights, plain


def early(situation: Situation) -> Sights:
    """Yield the latest demo or proposal that came before the problem was agreed."""
    known = situation.opportunity
    since = situation.today - timedelta(days=told().limits.overruled)
    lately = [
        (step.done_on or situation.today, number, step)
        for number, step in overruled(known)
        if step.state is StepState.PLANNED or (step.done_on and step.done_on >= since)
    ]
    if lately and known.head.is_open:
        _, _, step = max(lately, key=lambda one: one[:2])
        facts = {"what": step.kind.value, "why": step.overruled, "seller": _seller(situation)}
        why = plain("What is shown before the problem is agreed answers nothing", "early")
        yield Seen(kind=ItemKind.EARLY, facts=facts, why=(why,))


def ahead(situation: Situation) -> Sights:
    """Yield that the CRM has the deal in a stage that the buyer has not come to."""
    head = situation.opportunity.head
    named = head.crm_stage.casefold()
    lacking = must(situation.opportunity, Stage.PARTNER)
    if head.is_open and lacking and any(cue in named for cue in told().late):
        facts = {
            "crm": head.crm_stage,
            "act": lacking[0].act.value,
            "seller": _seller(situation),
        }
        yield Seen(kind=ItemKind.AHEAD, facts=facts, why=_lacking(situation))


def unbacked(situation: Situation) -> Sights:
    """Yield that the deal is forecast to be decided soon, without the buyer's acts for it."""
    head = situation.opportunity.head
    until = situation.today + timedelta(days=told().limits.closing)
    lacking = must(situation.opportunity, Stage.PARTNER)
    is_near = head.close_on is not None and head.close_on <= until
    if head.is_open and head.in_forecast and is_near and lacking:
        facts = {"day": day(head.close_on), "act": lacking[0].act.value}
        yield Seen(kind=ItemKind.UNBACKED, facts=facts, why=_lacking(situation))


def _lacking(situation: Situation) -> tuple[Reason, ...]:
    """Return what the buyer has still to do before a decision can be counted on."""
    lacking = must(situation.opportunity, Stage.PARTNER)
    return tuple(plain(f"Not yet: {want.act.value}. {want.why}", "must") for want in lacking)


def _seller(situation: Situation) -> str:
    return situation.opportunity.head.seller or "whose deal it is"


LOOKS = (early, ahead, unbacked)
