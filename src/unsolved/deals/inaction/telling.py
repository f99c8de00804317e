"""The cost of nothing changing as a page for the buyer, with none of our assumptions hidden."""

from collections.abc import Iterator, Sequence

from unsolved.deals.inaction.counted import Counted
from unsolved.deals.inaction.meaning import Meaning
from unsolved.deals.inaction.wording import (
    figure,
    in_words,
    money,
    quoted,
    safe,
    unit_in_words,
    who,
)
from unsolved.deals.model import Basis, Cost, CostInput
from unsolved.problems import Problem

MOVES = 3
"""How many inputs are named as those that move the cost most."""


def as_markdown(
    counted: Counted,
    title: str,
    problem: Problem | None = None,
    meanings: Sequence[Meaning] = (),
) -> str:
    """Return the page: the figures, how they are counted, from what, and what moves them.

    ``title`` names the organisation. Every figure says who gave it, and our own assumptions
    are called so; what we have noted of people is left out. What people wrote is escaped. A
    cost that could not be counted says what is missing or wrong instead.
    """
    lines = [f"# What it costs that nothing changes: {safe(title)}", ""]
    cost = counted.cost
    if cost is None:
        lines += _uncounted(counted)
    else:
        lines += _figures(counted, cost)
        lines += _parts(counted, cost)
        lines += _inputs(counted, cost)
        lines += _moves(counted, cost)
        lines += _meanings(cost, meanings)
        lines += _minds(counted, cost, problem)
    return "\n".join(lines).rstrip() + "\n"


def _uncounted(counted: Counted) -> Iterator[str]:
    yield "It cannot be counted yet."
    yield ""
    for slip in counted.slips:
        place = f" (column {slip.column})" if slip.column else ""
        yield f"- {safe(slip.about)}{place}: {safe(slip.why)}. {safe(slip.mend)}"
    for one in counted.missing:
        asked = f" {safe(one.question)}" if one.question else ""
        yield f"- There is no figure yet for {safe(one.what or one.name)}.{asked}"


def _figures(counted: Counted, cost: Cost) -> Iterator[str]:
    year, month = (cost.p10, cost.p50, cost.p90), cost.month
    about = f"about {money(cost.p50, cost.currency)}" if cost.p50 > 0 else "nothing"
    yield f"That nothing changes costs {about} a year, as far as it can be told today."
    yield ""
    yield "| | one case in ten is below | half of all cases | one case in ten is above |"
    yield "|---|---|---|---|"
    for name, three in (("a year", year), ("each month of delay", month)):
        yield f"| {name} | {' | '.join(money(one, cost.currency) for one in three)} |"
    error = max(counted.errors)
    yield ""
    yield (
        f"{cost.said} of {cost.inputs} figures are your own. Drawn {cost.draws:,} times; to "
        f"draw again would move these sums by about {money(error, cost.currency)} or less."
    )
    yield ""


def _parts(counted: Counted, cost: Cost) -> Iterator[str]:
    yield "## How it is counted"
    yield ""
    yield f"{safe(in_words(counted.formula, counted.inputs))}"
    yield ""
    yield "| part | a year, on average |"
    yield "|---|---|"
    for part in cost.shares:
        said = safe(in_words(part.text, counted.inputs))
        yield f"| {said} | {money(part.weight, cost.currency)} |"
    yield f"| together | {money(cost.mean, cost.currency)} |"
    yield ""
    for note in cost.notes:
        yield f"- {safe(note[:1].upper() + note[1:])}."
    if cost.notes:
        yield ""


def _inputs(counted: Counted, cost: Cost) -> Iterator[str]:
    yield "## The figures it rests on"
    yield ""
    yield "| figure | low | likely | high | unit | who says so |"
    yield "|---|---|---|---|---|---|"
    for one in counted.inputs:
        three = " | ".join(figure(value) for value in (one.low, one.likely, one.high))
        unit = safe(unit_in_words(one.unit, cost.currency))
        yield f"| {safe(_called(one))} | {three} | {unit} | {safe(quoted(one.ground))} |"
    yield ""
    pairs = [f"{one.one} and {one.other} ({one.rank:+.1f})" for one in counted.together]
    but = f", but for {safe('; '.join(pairs))}" if pairs else ""
    yield (
        "One case in ten lies below *low*, half below *likely*, one in ten above *high*. The "
        f"figures are taken to vary independently of each other{but}."
    )
    yield ""


def _moves(counted: Counted, cost: Cost) -> Iterator[str]:
    if not cost.swings:
        return
    known = {one.name: one for one in counted.inputs}
    yield "## What moves it most"
    yield ""
    for swing in cost.swings[:MOVES]:
        one = known[swing.name]
        low, high = money(swing.at_low, cost.currency), money(swing.at_high, cost.currency)
        unit = (
            "" if one.unit in {"", "1"} else f" {safe(unit_in_words(one.unit, cost.currency))}"
        )
        yield (
            f"- {safe(_called(one))} ({safe(who(one.ground))}): {low} a year at "
            f"{figure(one.low)}{unit}, {high} at {figure(one.high)}"
        )
    yield ""


def _meanings(cost: Cost, meanings: Sequence[Meaning]) -> Iterator[str]:
    """Say it by role. What we have noted of a person is not for this page."""
    by_role = {one.role: one for one in meanings if one.means}
    if not by_role:
        return
    yield "## What it means for whom"
    yield ""
    for role, one in by_role.items():
        year = (
            f" {money(one.year, cost.currency)} a year on average touch it." if one.year else ""
        )
        yield f"- **{safe(role)}**: {safe(one.means.rstrip('.'))}.{year}"
    yield ""


def _minds(counted: Counted, cost: Cost, problem: Problem | None) -> Iterator[str]:
    model = problem.cost if problem else None
    asks = {one.name: one.question for one in model.inputs} if model else {}
    swings = {one.name: one for one in cost.swings}
    ours = [one for one in counted.inputs if one.ground.basis is Basis.ASSUMED]
    yield "## What would change our mind"
    yield ""
    for one in sorted(
        ours, key=lambda one: -swings[one.name].width if one.name in swings else 0
    ):
        asked = f" {safe(asks[one.name])}" if asks.get(one.name) else ""
        yield f"- {safe(_called(one))}: this is our assumption.{asked}"
    if not ours:
        yield "- Any figure above that is not what you see in your own books."
    yield f"- A year in which it cost less than {money(cost.p10, cost.currency)}."


def _called(one: CostInput) -> str:
    return one.what or one.name
