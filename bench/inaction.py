"""Does the simulated cost come to what is known in closed form, and how long does it take?

    python -m bench.inaction [--draws 65536]

Every formula is counted by `simulate` and by plain draws of numpy in the same run, with as
many draws. ``z`` is the difference from the closed form in standard errors of plain draws:
both should stay within 3 or so, and sums of stratified draws come nearer. The library's own
problems follow, with the time that a whole cost takes, swings and units included.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import exp, log, pi, sqrt
from statistics import NormalDist, median

import numpy as np

from bench.tables import Cell, show
from unsolved.deals.inaction import Spread, constant, cost_of, lognormal, normal, simulate
from unsolved.deals.inaction.sums import value
from unsolved.deals.model import Head, Opportunity
from unsolved.problems import load
from unsolved.problems.formula import Node, names
from unsolved.problems.formula_reader import parse

TENTHS = (0.1, 0.5, 0.9)
RUNS = 15
DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Known:
    """A formula whose quantiles and mean are known; ``sd`` is its standard deviation."""

    formula: str
    spreads: Mapping[str, Spread]
    quantile: Callable[[float], float]
    mean: float
    sd: float


def known() -> Iterator[Known]:
    """Yield formulas with their closed forms."""
    four = {name: normal(100 * n, 10 * n) for n, name in enumerate("abcd", start=1)}
    whole = NormalDist(1000, 10 * sqrt(30))
    yield Known("a + b + c + d", four, whole.inv_cdf, 1000, whole.stdev)
    yield _lognormal("a * b * c", (1, 1, 1))
    yield _lognormal("a * b / c", (1, 1, -1))
    times = NormalDist(-300, 60)
    spreads = {"a": normal(100, 20), "k": constant(-3)}
    yield Known("a * k", spreads, times.inv_cdf, -300, 60)
    one, bound = NormalDist(0, 1), 0.5
    density = exp(-(bound**2) / 2) / sqrt(2 * pi)
    cut = {"a": normal(0, 1), "k": constant(bound)}
    above = bound * one.cdf(bound) + density
    yield Known("max(a, k)", cut, lambda p: max(one.inv_cdf(p), bound), above, 0.7)
    below = bound * one.cdf(-bound) - density
    yield Known("min(a, k)", cut, lambda p: min(one.inv_cdf(p), bound), below, 0.8)


def _lognormal(formula: str, powers: tuple[int, ...]) -> Known:
    medians, gsds = (50.0, 4.0, 2.0), (1.8, 1.4, 2.2)
    spreads = {n: lognormal(m, g) for n, m, g in zip("abc", medians, gsds, strict=True)}
    middle = sum(p * log(m) for p, m in zip(powers, medians, strict=True))
    wide = sqrt(sum(log(g) ** 2 for g in gsds))
    logs = NormalDist(middle, wide)
    mean = exp(middle + wide**2 / 2)
    sd = mean * sqrt(exp(wide**2) - 1)
    return Known(formula, spreads, lambda p: exp(logs.inv_cdf(p)), mean, sd)


def accuracy(draws: int) -> None:
    """Show how far each figure is from its closed form, stratified and plain."""
    rows: list[list[Cell]] = []
    random = np.random.default_rng(20260101)
    for one in known():
        tree = parse(one.formula)
        ours = simulate(tree, one.spreads, draws=draws)
        values = {n: s.at(random.standard_normal(draws)) for n, s in one.spreads.items()}
        plain = np.broadcast_to(value(tree, values), draws)
        told = (ours.p10, ours.p50, ours.p90)
        figures = zip(("P10", "P50", "P90"), TENTHS, told, ours.errors, strict=True)
        for name, p, found, error in figures:
            exact = one.quantile(p)
            other = float(np.quantile(plain, p))
            rows.append([one.formula, name, exact, found, *_z(exact, error, found, other)])
        mean, error = sum(part for *_, part in ours.addends), one.sd / sqrt(draws)
        z = _z(one.mean, error, mean, float(plain.mean()))
        rows.append([one.formula, "mean", one.mean, mean, *z])
    head = ["formula", "figure", "closed form", "simulated", "z", "z of plain draws"]
    show(f"Against closed forms, {draws:,} draws", head, rows)


def _z(exact: float, error: float, *found: float) -> list[Cell]:
    near = 1e-9 * abs(exact)
    return [round((one - exact) / error, 2) if abs(one - exact) > near else 0 for one in found]


def times(draws: int) -> None:
    """Show how long a whole cost takes for each problem of the library, and plain draws."""
    rows: list[list[Cell]] = []
    random = np.random.default_rng(20260101)
    head = Head(name="x", organisation_id=1, opened_on=DAY, staged_on=DAY)
    for problem in load().problems:
        deal = Opportunity(id=1, head=head)
        spent = _times(partial(cost_of, deal, problem, draws=draws))
        tree = parse(problem.cost.formula if problem.cost else "")
        plain = _times(partial(_plain, tree, draws, random))
        row: list[Cell] = [problem.id, len(names(tree))]
        rows.append([*row, median(spent), min(spent), max(spent), median(plain)])
    columns = ["problem", "inputs", "median ms", "fastest ms", "slowest ms", "plain draws, ms"]
    show(f"A whole cost, {RUNS} runs, time of the processor", columns, rows)


def _plain(tree: Node, draws: int, random: np.random.Generator) -> None:
    drawn = {name: np.exp(random.standard_normal(draws)) for name in names(tree)}
    np.quantile(value(tree, drawn), TENTHS)


def _times(work: Callable[[], object]) -> list[float]:
    work()
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        spent.append((time.process_time() - began) * 1e3)
    return spent


def main() -> None:
    """Run both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=65_536)
    asked = parser.parse_args()
    accuracy(asked.draws)
    times(asked.draws)


if __name__ == "__main__":
    main()
