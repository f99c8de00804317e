"""Commands that show one deal: ``deals show``, ``deals cost``."""

import json
from collections.abc import Iterator, Sequence
from math import fsum

import click

from unsolved.cli.deals_facts import name_of, thought_facts, whole_facts
from unsolved.cli.deals_found import situation_of
from unsolved.cli.telling import short
from unsolved.cli.workbench import Workbench, out
from unsolved.db import transaction
from unsolved.deals import (
    attempts,
    diagnosis,
    inaction,
    letting_go,
    no_decision,
    silence,
    stages,
)
from unsolved.deals.model import Chance, Ground, Reason, Situation, StepState, added

SHOWN = 6
"""Reasons of a number that are shown; --json has them all."""


@click.command()
@click.argument("named", metavar="NAME|ID")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with every part and reason.")
@click.pass_obj
def show(bench: Workbench, named: str, *, as_json: bool) -> None:
    """Show one whole: its stage, people, attempts, and every number with its reasons."""
    with transaction(bench.sessions) as tx:
        known = situation_of(tx, bench, named)
    if as_json:
        facts = {**whole_facts(known.opportunity), "thought": thought_facts(known)}
        click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    for line in _lines(known):
        out.print(line)


@click.command()
@click.argument("named", metavar="ID")
@click.pass_obj
def cost(bench: Workbench, named: str) -> None:
    """Print the buyer's page on what it costs that nothing changes, as Markdown.

    Every figure says who gave it; what we assume is called so. ID may be its name.
    """
    with transaction(bench.sessions) as tx:
        known = situation_of(tx, bench, named)
    counted = inaction.cost_of(known.opportunity, known.problem)
    meanings = inaction.means_for(counted.cost, known.opportunity, known.problem)
    title = known.organisation.name if known.organisation else known.opportunity.head.name
    click.echo(inaction.as_markdown(counted, title, known.problem, meanings), nl=False)


def _lines(known: Situation) -> Iterator[str]:
    yield from _head(known)
    yield from _buyer(known)
    yield from _people(known)
    yield from _tried(known)
    yield from _plan(known)
    yield from _cost(known)
    yield from _thought(known)


def _head(known: Situation) -> Iterator[str]:
    head = known.opportunity.head
    worth = f"{head.worth:,.0f} {head.currency}" if head.worth is not None else "not said"
    where = f"{head.stage.value}, since {head.staged_on}"
    if head.outcome:
        cause = f" ({head.cause.value})" if head.cause else ""
        where = f"{head.outcome.value}{cause}, on {head.decided_on}"
    yield f"{known.opportunity.id}  {head.name}"
    if known.organisation:
        yield f"  with {known.organisation.name}, on {head.problem_id or 'no problem yet'}"
    yield f"  {where} · worth {worth} · {head.seller or 'nobody'}"
    if head.is_open and not head.in_forecast:
        yield "  not in the forecast"


def _buyer(known: Situation) -> Iterator[str]:
    for _, act in sorted(known.opportunity.acts.items(), key=lambda pair: pair[1].on):
        who = f", {act.who}" if act.who else ""
        yield f"  + {act.on}  {act.act.value}{who}{_rests(act.ground)}"
    for want in stages.missing(known.opportunity):
        yield f"  - not yet: {want.act.value}{'' if want.is_must else ' (good to have)'}"
        yield f"      ask: {want.ask}"


def _people(known: Situation) -> Iterator[str]:
    if known.opportunity.stakeholders:
        yield "people:"
    for number, one in known.opportunity.stakeholders.items():
        known_of = (one.title, one.role.value, one.power.value, one.stance.value)
        told = [part for part in known_of if part and part != "unknown"]
        gone = [f"left {one.left_on}"] if one.left_on else []
        yield f"  {number}  {one.name}: {', '.join([*told, *gone])}"


def _tried(known: Situation) -> Iterator[str]:
    if known.opportunity.attempts:
        yield "tried:"
    for number, one in known.opportunity.attempts.items():
        whys = f" ({', '.join(why.value for why in one.whys)})" if one.whys else ""
        yield f"  {number}  {short(one.what)} ({one.kind.value}): {one.came_of.value}{whys}"
        for ground in one.grounds[:1]:
            yield f"      “{short(ground.quote)}”"


def _plan(known: Situation) -> Iterator[str]:
    planned = [s for s in known.opportunity.steps.values() if s.state is StepState.PLANNED]
    if planned:
        yield "planned:"
    for step in planned:
        due = f", due {step.due}" if step.due else ""
        yield f"  {step.kind.value}{f': {short(step.what)}' if step.what else ''}{due}"
    for _, step in stages.overruled(known.opportunity):
        yield f"  {step.kind.value} before the problem was agreed: “{short(step.overruled)}”"


def _cost(known: Situation) -> Iterator[str]:
    cost = known.cost
    if cost is None:
        yield "cost of nothing changing: not counted; unsolved deals cost says what is missing"
        return
    figures = (
        f"{cost.p10:,.0f} to {cost.p90:,.0f}, likely {cost.p50:,.0f} {cost.currency} a year"
    )
    yield f"cost of nothing changing: {figures}"
    yield f"  {cost.said} of {cost.inputs} figures are the buyer's own"


def _thought(known: Situation) -> Iterator[str]:
    verdict = attempts.qualify(known)
    yield f"verdict: {verdict.verdict.value}; {verdict.because}"
    yield from _reasons((*verdict.barred, *verdict.reasons))
    risk = no_decision.risk(known)
    yield f"no decision: {_percent(risk)}"
    yield from _reasons(risk.reasons)
    for one in known.silences:
        name = name_of(known, one.person_id)
        yield f"silence: {name}, {one.channel.value}: {silence.said(one, name)}"
    yield from _cold(known)
    if known.opportunity.head.is_open:
        advice = letting_go.advise(known, risk)
        yield f"advice: {advice.verdict.value}; {advice.because}"
        told = shown_as([one.weight for one in advice.reasons], 0)
        for amount, reason in zip(told, advice.reasons, strict=True):
            yield f"  {amount:+12,.0f} {advice.currency}  {reason.text}"
        yield f"  {advice.balance:+12,.0f} {advice.currency}  on the whole"


def _cold(known: Situation) -> Iterator[str]:
    found = diagnosis.diagnose(known)
    if not found.is_cold:
        return
    if found.top is None:
        yield f"diagnosis: cannot tell ({', '.join(one.value for one in found.doubts)})"
    else:
        yield f"diagnosis: {found.top.value}, {found.probability(found.top):.0%}"
    for one in found.likely:
        yield f"  {one.probability:4.0%}  {one.cold.value}"
    for question in found.questions[:1]:
        yield f"  would tell: {question.ask}"


def _reasons(reasons: Sequence[Reason]) -> Iterator[str]:
    ordered = sorted(reasons, key=lambda one: -abs(one.weight))
    first, others = ordered[:SHOWN], ordered[SHOWN:]
    told = shown_as([*(one.weight for one in first), *([added(others)] if others else [])], 2)
    for weight, one in zip(told, first, strict=False):
        yield f"  {weight:+6.2f}  {one.text}{_rests(one.ground)}"
    if others:
        yield f"  {told[-1]:+6.2f}  {len(others)} more"


def shown_as(parts: Sequence[float], digits: int) -> list[float]:
    """Return numbers as they are shown, so that they add up to their sum as it is shown.

    What rounding leaves goes to the largest of them.

    >>> shown_as([80_000, -42_595.6, -22_441.6, -3_600], 0)
    [80001.0, -42596.0, -22442.0, -3600.0]
    """
    told = [round(float(part), digits) for part in parts]
    if told:
        largest = max(range(len(told)), key=lambda at: abs(told[at]))
        rest = round(fsum(parts), digits) - fsum(told)
        told[largest] = round(told[largest] + rest, digits)
    return told


def _rests(ground: Ground | None) -> str:
    if ground is None or not ground.quote:
        return ""
    return f" (“{short(ground.quote, 80)}”)"


def _percent(chance: Chance) -> str:
    return f"{chance.probability:.0%}, from {chance.log_odds:+.2f} log-odds"
