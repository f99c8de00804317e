"""Puts together what deserves attention of a deal, and leaves out what is not worth doing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from unsolved.deals.attempts import Verdict
from unsolved.deals.letting_go import Verdict as Advised
from unsolved.deals.model import Reason, Situation, StepState
from unsolved.deals.today import cold, managed, ours, theirs
from unsolved.deals.today.found import Found
from unsolved.deals.today.kinds import Kind, told
from unsolved.deals.today.model import Attention, Item, ItemKind
from unsolved.deals.today.seen import Seen, Sights, plain
from unsolved.deals.today.worth import gain

KEPT = 8
"""So many reasons of an item are kept."""

CHEAPEST = 1.0
"""An hour of ours is never reckoned as cheaper when deals are put in order."""


def attention(found: Found) -> Attention:
    """Return what deserves attention of a deal and is worth doing, the foremost first.

    Worth doing is what brings more than it takes by at least an hour of ours, and what is not
    answered already by a step that is planned soon or was done lately. Where a deal had better
    be let go, nothing new is asked for it; what was promised still is. Facts in another order
    give the same.
    """
    if found.situation.opportunity.head.is_removed:
        return Attention()
    answered = is_answered(found.situation)
    items = [
        item
        for seen in sights(found)
        if not (answered and told().kinds[seen.kind].rests)
        and (item := _item(seen, found)).hours >= told().limits.least
    ]
    if any(one.kind is ItemKind.LET_GO for one in items):
        items = [one for one in items if not _invests(one.kind)]
    return Attention(items=tuple(sorted(items, key=_foremost)))


def sights(found: Found) -> Sights:
    """Yield all that is to be seen in a deal, whether it is worth doing or not."""
    situation = found.situation
    for look in (*ours.LOOKS, *theirs.LOOKS, *managed.LOOKS):
        yield from look(situation)
    yield from cold.silent(found)
    yield from theirs.drifting(situation, found.risk)
    yield from ours.facts_waiting(situation, found.waiting)
    yield from _let_go(found)
    yield from _question(found)


def is_answered(situation: Situation) -> bool:
    """Whether a step is planned within days, or something of ours is still at work."""
    today, limits = situation.today, told().limits
    soon, lately = today + timedelta(days=limits.soon), today - timedelta(days=limits.lately)
    steps = situation.opportunity.steps.values()
    planned = any(
        one.state is StepState.PLANNED and one.due and today <= one.due <= soon for one in steps
    )
    done = any(
        one.state is StepState.DONE and one.done_on and one.done_on > lately for one in steps
    )
    sent = any(
        one.is_ours and not one.is_automatic and lately < one.at.date() <= today
        for one in situation.exchanges
    )
    return planned or done or sent


def _invests(kind: ItemKind) -> bool:
    """Whether it would have us put more into winning the deal, and was not promised."""
    return told().kinds[kind].odds > 0 and kind is not ItemKind.STEP


def _let_go(found: Found) -> Sights:
    """Yield that the arithmetic says to let it go."""
    advice = found.advice
    if advice.verdict is Advised.LET_GO and found.situation.opportunity.head.is_open:
        why = (plain(advice.because, "let_go"), *advice.reasons, *advice.besides)
        saved = advice.hours * advice.hour_costs if advice.besides else -advice.balance
        facts = {"why": advice.because}
        yield Seen(kind=ItemKind.LET_GO, why=why, saved=max(saved, 0.0), facts=facts)


def _question(found: Found) -> Sights:
    """Yield the question whose answer would turn the verdict."""
    verdict = found.verdict
    if verdict is None or verdict.verdict is not Verdict.FIND_OUT or not verdict.turning:
        return
    first = verdict.turning[0]
    facts = {"what": first.what, "do": first.ask}
    yield Seen(kind=ItemKind.QUESTION, facts=facts, why=tuple(_answers(found)))


def _answers(found: Found) -> Iterator[Reason]:
    assert found.verdict is not None
    for one in found.verdict.turning[0].answers:
        if one.verdict is not None:
            yield Reason(f"“{one.text}” → {one.verdict.value}", one.weight, "today.answer")


def _item(seen: Seen, found: Found) -> Item:
    kind = told().kinds[seen.kind]
    reckoned = gain(kind, found.stake, seen.size, seen.saved)
    item = Item(
        kind=seen.kind,
        text=kind.text.format(**seen.facts),
        do=kind.do.format(**seen.facts),
        label=kind.label,
        page=kind.page.format(**seen.facts),
        why=seen.why[:KEPT],
        gain=reckoned,
        whose=told().whose[kind.whose],
        pattern=_pattern(kind, seen),
    )
    return replace(item, hours=item.worth / max(found.stake.hour, CHEAPEST))


def _pattern(kind: Kind, seen: Seen) -> str:
    text = kind.offered if seen.is_offered and kind.offered else kind.pattern
    return text.format(**seen.facts)


def _foremost(item: Item) -> tuple[float, str, str]:
    return -item.hours, item.kind.value, item.text
