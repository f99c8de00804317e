"""The simulation against distributions that are known in closed form.

Every figure has to lie within four of the Monte Carlo standard errors that are told with it.
"""

from math import erf, exp, log, pi, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsolved.deals.inaction import Simulated, Spread, Together, constant, lognormal, normal
from unsolved.deals.inaction import simulate as simulated
from unsolved.problems.formula_reader import parse

MEANS = st.floats(-1e6, 1e6)
SDS = st.floats(0.01, 1e5)
MEDIANS = st.floats(0.01, 1e6)
GSDS = st.floats(1.01, 3)
MANY = settings(max_examples=40, deadline=None)
TENTHS = (0.1, 0.5, 0.9)


def simulate(formula: str, **spreads: Spread) -> Simulated:
    return simulated(parse(formula), spreads)


def mean(found: Simulated) -> float:
    return sum(part for _, _, part in found.addends)


def quantiles_fit(found: Simulated, *expected: float) -> bool:
    told = (found.p10, found.p50, found.p90)
    return all(
        abs(ours - theirs) <= 4 * error + 1e-9 * abs(theirs)
        for ours, theirs, error in zip(told, expected, found.errors, strict=True)
    )


def mean_fits(found: Simulated, expected: float, sd: float) -> bool:
    return abs(mean(found) - expected) <= 4 * sd / sqrt(found.draws) + 1e-9 * abs(expected)


@MANY
@given(st.lists(st.tuples(MEANS, SDS), min_size=1, max_size=6))
def test_a_sum_of_normals_is_normal(given_: list[tuple[float, float]]):
    names = [f"x{number}" for number in range(len(given_))]
    spreads = {name: normal(*one) for name, one in zip(names, given_, strict=True)}
    whole = NormalDist(sum(m for m, _ in given_), sqrt(sum(s * s for _, s in given_)))

    found = simulated(parse(" + ".join(names)), spreads)

    assert quantiles_fit(found, *map(whole.inv_cdf, TENTHS))
    assert mean_fits(found, whole.mean, whole.stdev)


@MANY
@given(st.lists(st.tuples(MEDIANS, GSDS), min_size=1, max_size=4), st.integers(0, 3))
def test_a_product_and_a_quotient_of_lognormals_are_lognormal(
    given_: list[tuple[float, float]], divided: int
):
    names = [f"x{number}" for number in range(len(given_))]
    signs = ["/" if 0 < number <= divided else "*" for number in range(len(given_))]
    formula = "1" + "".join(f" {s} {n}" for s, n in zip(signs, names, strict=True))
    spreads = {n: lognormal(*one) for n, one in zip(names, given_, strict=True)}
    middle = sum(
        log(m) * (-1 if s == "/" else 1) for s, (m, _) in zip(signs, given_, strict=True)
    )
    logs = NormalDist(middle, sqrt(sum(log(g) ** 2 for _, g in given_)))

    found = simulated(parse(formula), spreads)

    assert quantiles_fit(found, *(exp(logs.inv_cdf(p)) for p in TENTHS))


@pytest.mark.parametrize("gsd", [1.1, 1.5, 2.0, 3.0])
def test_the_mean_of_a_lognormal_is_above_its_median(gsd):
    found = simulate("a", a=lognormal(100, gsd))

    variance = log(gsd) ** 2
    expected = 100 * exp(variance / 2)
    assert mean_fits(found, expected, expected * sqrt(exp(variance) - 1))


@MANY
@given(MEANS, SDS, st.floats(-1e3, 1e3).filter(bool))
def test_a_normal_times_a_constant_is_normal(middle: float, sd: float, times: float):
    whole = NormalDist(middle * times, sd * abs(times))

    found = simulate("a * k", a=normal(middle, sd), k=constant(times))

    assert quantiles_fit(found, *map(whole.inv_cdf, TENTHS))


@MANY
@given(st.floats(-3, 3), st.floats(0.1, 100))
def test_the_greater_of_a_normal_and_a_bound_is_cut_there(bound: float, sd: float):
    one, least = NormalDist(0, sd), bound * sd

    found = simulate("max(a, b)", a=normal(0, sd), b=constant(least))

    assert quantiles_fit(found, *(max(one.inv_cdf(p), least) for p in TENTHS))
    density = exp(-(bound**2) / 2) / sqrt(2 * pi)
    expected = least * one.cdf(least) + sd * density
    assert mean_fits(found, expected, sd)


def test_the_lesser_of_two_normals_has_the_known_mean():
    found = simulate("min(a, b)", a=normal(10, 2), b=normal(10, 2))

    assert mean_fits(found, 10 - 2 / sqrt(pi), 2)


def test_a_mixture_by_a_share_keeps_its_mean():
    found = simulate("(1 - s) * a + s * b", a=normal(10, 1), b=normal(20, 2), s=constant(0.25))

    assert mean_fits(found, 12.5, 1.2)
    assert quantiles_fit(found, *map(NormalDist(12.5, sqrt(0.75**2 + 0.5**2)).inv_cdf, TENTHS))


@pytest.mark.parametrize("rank", [-1.0, -0.6, 0.0, 0.5, 0.95, 1.0])
def test_what_rises_together_has_the_variance_of_its_correlation(rank):
    spreads = {"a": normal(0, 3), "b": normal(0, 4)}
    r = 2 * np.sin(np.pi * rank / 6)
    whole = NormalDist(0, sqrt(9 + 16 + 2 * r * 12))

    found = simulated(parse("a + b"), spreads, together=[Together("a", "b", rank)])

    assert quantiles_fit(found, *map(whole.inv_cdf, TENTHS))


def test_the_errors_told_are_those_of_plain_draws():
    found = simulate("a", a=normal(0, 1))

    density = exp(-(1.2815515655446004**2) / 2) / sqrt(2 * pi)
    assert found.errors[0] == pytest.approx(sqrt(0.09 / found.draws) / density, rel=0.1)
    assert found.errors[1] == pytest.approx(sqrt(0.25 / found.draws) * sqrt(2 * pi), rel=0.1)


def test_a_cumulated_share_is_that_of_the_error_function():
    found = simulate("a", a=normal(0, 1))

    below = [(1 + erf(q / sqrt(2))) / 2 for q in found.quantiles]
    assert below == pytest.approx([(step + 0.5) / 20 for step in range(20)], abs=0.002)
