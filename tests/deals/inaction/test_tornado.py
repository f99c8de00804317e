import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deals.inaction.figures import SAID, figure, opportunity
from unsolved.deals.inaction import cost_of, dots, tornado_of
from unsolved.deals.inaction.tornado import WIDE
from unsolved.deals.model import Cost, CostInput, Swing


def cost(*swings: Swing, p50: float = 100) -> Cost:
    return Cost(currency="EUR", p10=0, p50=p50, p90=200, mean=100, draws=1, swings=swings)


def test_bars_lie_around_the_median_the_widest_on_top():
    drawn = tornado_of(
        cost(Swing(name="a", at_low=0, at_high=300), Swing(name="b", at_low=150, at_high=50))
    )

    a, b = drawn.bars
    assert a.x < b.x < drawn.middle < b.x + b.width < a.x + a.width
    assert a.y < b.y
    assert (a.low_is_left, b.low_is_left) == (True, False)


def test_a_bar_says_what_it_is_and_who_said_it():
    told = CostInput(name="a", low=1, likely=2, high=3, what="orders", ground=SAID)

    [bar] = tornado_of(cost(Swing(name="a", at_low=1, at_high=2)), [told]).bars

    assert (bar.what, bar.ground) == ("orders", SAID)


def test_what_moves_too_little_to_be_drawn_is_counted():
    swings = [Swing(name=f"x{n}", at_low=0, at_high=100 - n) for n in range(15)]

    drawn = tornado_of(cost(*swings))

    assert (len(drawn.bars), drawn.left_out) == (12, 3)


def test_a_cost_that_nothing_moves_has_a_picture_all_the_same():
    drawn = tornado_of(cost())

    assert drawn.bars == ()
    assert [tick.value for tick in drawn.ticks] == [100]


@given(st.lists(st.tuples(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12)), max_size=12))
def test_everything_is_within_the_picture(ends):
    swings = [Swing(name=str(n), at_low=a, at_high=b) for n, (a, b) in enumerate(ends)]

    drawn = tornado_of(cost(*swings))

    assert all(bar.x >= 0 and bar.x + bar.width <= WIDE for bar in drawn.bars)
    assert all(0 <= tick.x <= WIDE for tick in drawn.ticks)
    assert all(bar.y + bar.height <= drawn.height for bar in drawn.bars)
    assert len(drawn.ticks) <= 7


def test_twenty_dots_stand_for_twenty_equally_likely_costs():
    counted = cost_of(opportunity("a", figure("a", 10, 20, 90)), None)

    drawn = dots(counted.quantiles)

    assert len(drawn.dots) == 20
    assert [dot.value for dot in drawn.dots] == sorted(counted.quantiles)
    assert all(0 <= dot.x <= drawn.width and 0 <= dot.y <= drawn.height for dot in drawn.dots)
    places = [(dot.x, dot.y) for dot in drawn.dots]
    assert len(set(places)) == 20


def test_equal_costs_stand_on_one_pile_and_none_make_no_picture():
    assert len({dot.x for dot in dots([5.0] * 20).dots}) == 1
    assert dots([]).dots == ()
    assert dots([1.0, 2.0]).ticks[0].value == pytest.approx(1.0)
