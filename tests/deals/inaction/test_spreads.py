from math import inf, nan, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deals.inaction.figures import figure, ranged
from unsolved.deals.inaction import lognormal, spread_of
from unsolved.deals.inaction.spreads import Scale
from unsolved.errors import Invalid

Z = NormalDist().inv_cdf(0.9)
THREE = np.array([-Z, 0.0, Z])
RANGES = st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3).map(sorted)


def at(low: float, likely: float, high: float, unit: str = "EUR / year") -> list[float]:
    return [float(x) for x in spread_of(figure("a", low, likely, high, unit)).at(THREE)]


@settings(deadline=None)
@given(RANGES)
def test_the_curve_goes_through_low_likely_and_high(three: list[float]):
    scale = max(abs(x) for x in three)
    low, likely, high = three

    assert at(low, likely, high) == pytest.approx(three, rel=1e-6, abs=1e-9 * scale + 1e-12)


@pytest.mark.parametrize("three", [(1, 5, 20), (40, 50, 60), (0, 30, 100), (0.1, 99, 99.9)])
def test_a_percentage_goes_through_them_as_a_share_and_stays_one(three):
    spread = spread_of(ranged("a", three, "percent"))

    assert list(spread.at(THREE)) == pytest.approx([x / 100 for x in three])
    assert 0 <= spread.at(np.array([-9.0])) <= spread.at(np.array([9.0])) <= 1


@pytest.mark.parametrize(
    ("three", "scale"),
    [
        ((80, 100, 120), Scale.PLAIN),
        ((50, 100, 200), Scale.LOG),
        ((10, 100, 190), Scale.LOG),
        ((0, 10, 50), Scale.PLAIN),
        ((-20, 10, 50), Scale.PLAIN),
    ],
)
def test_what_cannot_be_negative_is_drawn_so(three, scale):
    spread = spread_of(ranged("a", three))

    assert spread.scale is scale
    assert three[0] < 0 or spread.at(np.array([-6.0])) >= 0


def test_equal_sides_are_a_normal_and_equal_ratios_a_lognormal():
    even, ratio = spread_of(figure("a", 80, 100, 120)), spread_of(figure("a", 50, 100, 200))

    assert even.below == even.above == pytest.approx(20 / Z)
    assert ratio.below == pytest.approx(ratio.above)
    assert ratio.at(np.array([1.0])) == pytest.approx(
        lognormal(100, 2 ** (1 / Z)).at(np.array([1.0]))
    )


def test_a_quantity_without_a_range_is_a_constant():
    assert spread_of(figure("a", 7, 7, 7)).is_fixed
    assert list(spread_of(figure("a", 7, 7, 7)).at(THREE)) == [7, 7, 7]


def test_a_range_on_one_side_only_keeps_the_other_side_fixed():
    assert at(10, 10, 20) == pytest.approx([10, 10, 20])


@pytest.mark.parametrize(
    ("three", "unit", "why", "mend"),
    [
        ((3, 2, 4), "EUR", "which does not rise", "least first"),
        ((3, 4, 2), "EUR", "which does not rise", "least first"),
        ((nan, 2, 4), "EUR", "cannot be counted with", "Write numbers"),
        ((1, 2, inf), "EUR", "cannot be counted with", "Write numbers"),
        ((1, 2, 1e300), "EUR", "cannot be counted with", "Write numbers"),
        ((-5, 10, 20), "percent", "a share of -5 to 20 %", "between 0 and 100"),
        ((50, 90, 101), "%", "a share of 50 to 101 %", "between 0 and 100"),
        ((1, 2, 3), "order line", "is no unit", "join words"),
    ],
)
def test_what_is_no_range_is_refused_with_a_mend(three, unit, why, mend):
    with pytest.raises(Invalid) as caught:
        spread_of(ranged("a", three, unit))

    assert why in str(caught.value.facts["why"])
    assert mend in str(caught.value.facts["mend"])


def test_what_is_divided_by_is_kept_from_zero():
    assert spread_of(figure("a", 60, 100, 140), divides=True).scale is Scale.LOG
    with pytest.raises(Invalid, match="divides by it"):
        spread_of(figure("a", 0, 1, 2), divides=True)


def test_a_lognormal_needs_a_median_above_zero():
    with pytest.raises(Invalid, match="no median"):
        lognormal(0, 2)
    with pytest.raises(Invalid, match="deviation"):
        lognormal(1, sqrt(0.5))
