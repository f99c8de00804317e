"""Counts what it costs a year that nothing changes, in tens of thousands of drawn years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from unsolved.deals.inaction.counted import Counted, Slip, Together
from unsolved.deals.inaction.draws import DRAWS
from unsolved.deals.inaction.given import Given, formula_of, given
from unsolved.deals.inaction.simulating import Simulated, simulate
from unsolved.deals.inaction.spreads import Spread, is_share, spread_of
from unsolved.deals.model import Basis, Cost, Opportunity, Reason, added
from unsolved.errors import Invalid
from unsolved.problems import Problem
from unsolved.problems.formula import Name, Node, Product, divisors, names, told
from unsolved.problems.formula_reader import parse
from unsolved.problems.units import Scales, scales

MOST_INPUTS = 40


def cost_of(
    opportunity: Opportunity,
    problem: Problem | None,
    *,
    together: Sequence[Together] = (),
    draws: int = DRAWS,
) -> Counted:
    """Return what nothing changing costs a year, or why it cannot be counted.

    The figures of the opportunity come first, and the library's assumptions where it has none.
    Inputs are taken as independent but for those of ``together``. The same figures give the
    same cost, in whatever order they come. Nothing is raised for what people wrote: it is in
    ``slips``, each with its mend.
    """
    choice = opportunity.choice
    counted = Counted(
        formula=formula_of(choice, problem),
        currency=choice.currency,
        together=tuple(together),
    )
    if not counted.formula:
        mend = "Write one, or choose a problem that has a cost model."
        slip = Slip(about="formula", why="there is no formula to count with", mend=mend)
        return replace(counted, slips=(slip,))
    try:
        tree = parse(counted.formula)
        _few(tree)
        figures = given(names(tree), opportunity.inputs, problem, choice.currency)
        counted = replace(
            counted, inputs=tuple(figures.inputs.values()), missing=figures.missing
        )
        if figures.missing:
            return replace(counted, slips=tuple(_slips(tree, figures)[1]))
        return _counted(tree, figures, counted, draws)
    except Invalid as error:
        return replace(counted, slips=(_slip(error),))


def _few(tree: Node) -> None:
    """Refuse more inputs than anybody asks a buyer for; each takes memory and time."""
    if (count := len(names(tree))) > MOST_INPUTS:
        why = f"the formula names {count} inputs, and {MOST_INPUTS} are allowed"
        raise Invalid(why=why, mend="Sum some up in one.")


def _counted(tree: Node, figures: Given, counted: Counted, draws: int) -> Counted:
    spreads, slips = _slips(tree, figures)
    if slips:
        return replace(counted, slips=tuple(slips))
    units = {name: one.unit for name, one in figures.inputs.items()}
    scaled = scales(tree, units, counted.currency)
    factors = {
        # a percentage is drawn as a share of 1 already
        name: 1.0 if is_share(one) else scaled.factors[name]
        for name, one in figures.inputs.items()
    }
    drawn = simulate(tree, spreads, factors, together=counted.together, draws=draws)
    cost = _cost(drawn, figures, scaled, counted.currency)
    return replace(counted, cost=cost, errors=drawn.errors, quantiles=drawn.quantiles)


def _cost(drawn: Simulated, figures: Given, scaled: Scales, currency: str) -> Cost:
    shares = tuple(
        Reason(f"{'-' if sign < 0 else ''}{told(part)}", mean, "addend")
        for sign, part, mean in drawn.addends
    )
    said = sum(one.ground.basis is Basis.BUYER for one in figures.inputs.values())
    return Cost(
        currency=currency,
        p10=drawn.p10,
        p50=drawn.p50,
        p90=drawn.p90,
        mean=added(shares),
        draws=drawn.draws,
        swings=drawn.swings,
        shares=shares,
        said=said,
        inputs=len(figures.inputs),
        notes=(*figures.notes, *scaled.notes),
    )


def _slips(tree: Node, figures: Given) -> tuple[Mapping[str, Spread], list[Slip]]:
    """Return the distribution of each input, and what is wrong with any."""
    below = {name for divisor in divisors(tree) for name in _alone(divisor)}
    spreads: dict[str, Spread] = {}
    slips: list[Slip] = []
    for name, one in figures.inputs.items():
        try:
            spreads[name] = spread_of(one, divides=name in below)
        except Invalid as error:
            slips.append(replace(_slip(error), about=name))
    return spreads, slips


def _alone(divisor: Node) -> Iterator[str]:
    """Yield the inputs that make a divisor zero when they are."""
    if isinstance(divisor, Name):
        yield divisor.name
    elif isinstance(divisor, Product):
        for power, factor in divisor.factors:
            if power > 0:
                yield from _alone(factor)


def _slip(error: Invalid) -> Slip:
    facts = error.facts
    return Slip(
        about=str(facts.get("input", "formula")),
        why=str(facts["why"]),
        mend=str(facts["mend"]),
        column=int(str(facts.get("column", 0))),
    )
