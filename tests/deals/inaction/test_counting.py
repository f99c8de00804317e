import time
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deals.inaction.figures import SAID, figure, opportunity, problem, ranged
from unsolved.deals.inaction import Counted, Together, cost_of, key_of
from unsolved.deals.model import ASSUMED, Basis, Cost, CostChoice, Ground, added
from unsolved.problems import CostQuantity, load

ORDERS = figure("orders", 10, 40, 120, "orders / week")
MARGIN = figure("margin", 20, 50, 90, "EUR / order")
HOURS = figure("hours", 100, 200, 400, "hours / week")
RATE = figure("rate", 30, 40, 50, "EUR / hour")
FORMULA = "orders * margin + hours * rate"
FIGURES = (ORDERS, MARGIN, HOURS, RATE)
SIZES = st.just(0.0) | st.floats(0.001, 1e6)
QUANTITIES = (
    CostQuantity(
        name="orders", what="orders lost", unit="orders / week", low=5, likely=9, high=20
    ),
    CostQuantity(
        name="margin", what="margin", unit="money / order", question="How much is it?"
    ),
)


def cost(found: Counted) -> Cost:
    assert found.cost is not None, found.slips
    return found.cost


def test_a_cost_is_counted_a_year_and_a_month_of_delay():
    found = cost(cost_of(opportunity("a", figure("a", 100, 100, 100, "EUR / month")), None))

    assert found.p10 == found.p50 == found.p90 == found.mean == pytest.approx(1200)
    assert found.month == pytest.approx((100, 100, 100))
    assert found.currency == "EUR"
    assert found.swings == ()


def test_the_parts_of_a_cost_add_up_to_its_mean_exactly():
    found = cost(cost_of(opportunity(f"{FORMULA} - 12 * rate * 1 / 1 * 0", *FIGURES), None))

    assert added(found.shares) == found.mean
    assert [part.text for part in found.shares][:2] == ["orders × margin", "hours × rate"]
    assert found.p10 < found.p50 < found.p90


def test_a_sum_in_brackets_is_multiplied_out_and_a_difference_is_not():
    figures = (figure("a", 1, 2, 3), figure("b", 2, 3, 4), figure("s", 10, 20, 30, "%"))

    found = cost(cost_of(opportunity("(a + b) * (1 - s) - a", *figures), None))

    texts = [part.text for part in found.shares]
    assert texts == ["a × (1 - s)", "b × (1 - s)", "-a"]
    assert found.mean == pytest.approx(5 * 0.8 - 2, rel=0.02)


@pytest.mark.parametrize("order", list(permutations(FIGURES))[::5])
def test_the_order_of_figures_changes_nothing(order):
    one = cost_of(opportunity(FORMULA, *FIGURES), None)

    assert cost_of(opportunity(FORMULA, *order), None) == one
    assert cost_of(opportunity(FORMULA, *FIGURES), None) == one


def test_the_order_of_addends_changes_only_their_order():
    one = cost(cost_of(opportunity("orders * margin + hours * rate", *FIGURES), None))
    other = cost(cost_of(opportunity("rate * hours + margin * orders", *FIGURES), None))

    assert (one.p10, one.p50, one.p90) == pytest.approx((other.p10, other.p50, other.p90))
    assert one.mean == pytest.approx(other.mean)


def test_another_input_changes_no_draw_of_those_there_are():
    bare = cost(cost_of(opportunity("a", figure("a", 1, 2, 9)), None))
    both = cost(cost_of(opportunity("a + b", figure("a", 1, 2, 9), figure("b", 5, 5, 5)), None))

    assert both.p90 - bare.p90 == pytest.approx(5)


def test_swings_are_the_widest_first_and_move_the_median():
    found = cost(cost_of(opportunity(FORMULA, *FIGURES), None))

    widths = [one.width for one in found.swings]
    assert found.swings[0].name == "hours"
    assert widths == sorted(widths, reverse=True)
    assert all(one.at_low < found.p50 < one.at_high for one in found.swings)


def test_an_input_that_is_taken_away_swings_the_other_way():
    found = cost(
        cost_of(opportunity("a - b", figure("a", 5, 9, 20), figure("b", 1, 2, 3)), None)
    )

    swing = next(one for one in found.swings if one.name == "b")
    assert swing.at_low > found.p50 > swing.at_high
    assert swing.width == pytest.approx(2)


def test_what_the_buyer_said_comes_before_what_the_library_assumes():
    known = problem("orders * margin", *QUANTITIES)
    said = replace(ORDERS, ground=SAID)
    margin = replace(MARGIN, ground=SAID)

    ours = cost_of(opportunity("", margin), known)
    theirs = cost_of(opportunity("", said, margin), known)

    assert [one.ground for one in ours.inputs] == [ASSUMED, SAID]
    assert ours.inputs[0].likely == 9
    assert theirs.inputs[0].likely == 40
    assert theirs.inputs[0].what == "orders lost"
    assert (cost(ours).said, cost(theirs).said, cost(theirs).inputs) == (1, 2, 2)


def test_a_quantity_without_any_figure_is_missing_with_its_question():
    found = cost_of(opportunity(), problem("orders * margin", *QUANTITIES))

    assert found.cost is None
    assert [one.question for one in found.missing] == ["How much is it?"]


def test_what_the_library_assumes_in_money_is_not_taken_for_yen():
    quantity = replace(QUANTITIES[1], low=20, likely=50, high=90)
    known = problem("orders * margin", QUANTITIES[0], quantity)

    assert cost_of(opportunity(currency="GBP"), known).cost is not None
    assert [m.name for m in cost_of(opportunity(currency="JPY"), known).missing] == ["margin"]


def test_of_two_figures_the_better_grounded_counts_and_it_is_said():
    guess = replace(ORDERS, likely=99, ground=Ground(basis=Basis.NOTED))
    said = replace(ORDERS, ground=SAID)

    found = cost_of(opportunity("orders * margin", said, guess, MARGIN, RATE), None)

    assert found.inputs[0].ground == SAID
    assert cost(found).notes == (
        "`orders` has more than one figure; the best grounded counts",
        "`rate` is not in the formula",
    )


@pytest.mark.parametrize(
    ("formula", "figures", "about", "why"),
    [
        ("", (), "formula", "there is no formula"),
        ("a +", (), "formula", "breaks off"),
        ("__import__('os')", (), "formula", "calls something"),
        ("a", (figure("a", 1, 2, 3, "USD / year"),), "formula", "gives USD/year"),
        ("a", (figure("a", 1, 2, 3, "EUR"),), "formula", "gives EUR, not EUR a year"),
        ("a", (figure("a", 3, 2, 3),), "a", "does not rise"),
        ("a", (figure("a", 1, 2, 3, "order line"),), "a", "is no unit"),
        ("a / b", (figure("a", 1, 2, 3), figure("b", 0, 1, 2, "1")), "b", "divides by it"),
        (
            "a / (b - c)",
            (figure("a", 1, 2, 3), figure("b", 1, 2, 3, "1"), figure("c", 1, 2, 3, "1")),
            "formula",
            "`b - c` may be 0",
        ),
        ("a / 0", (figure("a", 1, 2, 3),), "formula", "divides by 0"),
        (" + ".join(f"x{n}" for n in range(41)), (), "formula", "names 41 inputs"),
        (
            " * ".join(["a", *(["b"] * 30)]),
            (figure("a", 1, 2, 3), figure("b", 1e-15, 1, 1e15, "1")),
            "formula",
            "more than can be counted",
        ),
    ],
)
def test_what_cannot_be_counted_is_said_with_a_mend(formula, figures, about, why):
    found = cost_of(opportunity(formula, *figures), None)

    assert found.cost is None
    assert found.slips[0].about == about
    assert why in found.slips[0].why
    assert found.slips[0].mend


def test_every_wrong_figure_is_told_at_once():
    found = cost_of(opportunity("a + b", figure("a", 3, 2, 1), figure("b", 3, 2, 1)), None)

    assert [slip.about for slip in found.slips] == ["a", "b"]


def test_figures_that_rise_together_widen_a_sum():
    figures = (figure("a", 50, 100, 200), figure("b", 50, 100, 200))
    deal = opportunity("a + b", *figures)

    alone = cost(cost_of(deal, None))
    tied = cost(cost_of(deal, None, together=[Together("a", "b", 0.8)]))

    assert tied.p90 - tied.p10 > 1.2 * (alone.p90 - alone.p10)
    assert tied.mean == pytest.approx(alone.mean, rel=0.01)


@pytest.mark.parametrize(
    "together",
    [
        [Together("a", "b", 2)],
        [Together("a", "a", 0.5)],
        [Together("a", "b", 0.9), Together("b", "c", 0.9), Together("a", "c", -0.9)],
    ],
)
def test_correlations_that_cannot_be_are_refused(together):
    figures = tuple(figure(name, 1, 2, 4) for name in "abc")

    found = cost_of(opportunity("a + b + c", *figures), None, together=together)

    assert found.cost is None
    assert "correlation" in found.slips[0].why


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(SIZES, min_size=3, max_size=3).map(sorted), min_size=2, max_size=4),
    st.sampled_from(["+", "-", "*"]),
)
def test_whatever_is_given_the_parts_add_up_and_the_quantiles_rise(threes, sign):
    names = "abcd"[: len(threes)]
    units = ["EUR / year", *(["1"] * 3 if sign == "*" else ["EUR / month"] * 3)]
    figures = [ranged(n, t, u) for n, t, u in zip(names, threes, units, strict=False)]

    found = cost(cost_of(opportunity(f" {sign} ".join(names), *figures), None, draws=2_048))

    assert added(found.shares) == found.mean
    assert found.p10 <= found.p50 <= found.p90


def test_a_key_is_the_same_exactly_when_the_cost_is():
    known = problem("orders * margin", *QUANTITIES)
    choice = CostChoice()
    key = key_of({1: ORDERS, 2: MARGIN}, choice, known)

    assert key_of({7: MARGIN, 3: ORDERS}, choice, known) == key
    assert key_of({1: ORDERS, 2: MARGIN}, replace(choice, weak_under=2), known) == key
    assert len({
        key,
        key_of({1: ORDERS}, choice, known),
        key_of({1: replace(ORDERS, low=11), 2: MARGIN}, choice, known),
        key_of({1: replace(ORDERS, ground=SAID), 2: MARGIN}, choice, known),
        key_of({1: ORDERS, 2: MARGIN}, replace(choice, currency="USD"), known),
        key_of({1: ORDERS, 2: MARGIN}, replace(choice, formula="orders"), known),
        key_of({1: ORDERS, 2: MARGIN}, choice, None),
    }) == 7  # fmt: skip


def test_a_key_knows_which_of_two_figures_counts():
    choice, other = CostChoice(formula="orders * margin"), replace(ORDERS, likely=99)

    assert key_of({1: ORDERS, 2: other, 3: MARGIN}, choice, None) != key_of(
        {1: other, 2: ORDERS, 3: MARGIN}, choice, None
    )


@pytest.mark.parametrize("known", load().problems, ids=lambda one: one.id)
def test_every_problem_we_ship_can_be_counted_before_the_buyer_has_said_anything(known):
    found = cost_of(opportunity(), known)

    assert not found.missing
    assert not found.slips
    assert cost(found).said == 0
    assert 0 < cost(found).p10 < cost(found).p50 < cost(found).p90


def test_a_cost_is_counted_in_less_than_a_second():
    deal = opportunity(FORMULA, *FIGURES)
    cost_of(deal, None)
    began = time.perf_counter()

    cost_of(deal, None)

    assert time.perf_counter() - began < 1
