from math import fsum

from hypothesis import given
from hypothesis import strategies as st

from tests.web.reading import tenths
from unsolved.prospects import Reason
from unsolved.web.words import points, summed

WEIGHTS = st.lists(st.floats(-100, 100, allow_nan=False), min_size=1, max_size=20)


@given(WEIGHTS)
def test_weights_as_shown_add_up_to_the_total_as_shown(weights: list[float]):
    total = fsum(weights)

    shown = [tenths(told) for _, told in summed([Reason("r", w) for w in weights], total)]

    assert sum(shown) == tenths(points(total))


@given(WEIGHTS)
def test_no_weight_is_shown_a_tenth_or_more_beside_itself(weights: list[float]):
    told = summed([Reason("r", weight) for weight in weights], fsum(weights))

    assert all(abs(tenths(text) - reason.weight * 10) < 1 + 1e-9 for reason, text in told)
