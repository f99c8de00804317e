from dataclasses import replace

import pytest

from tests.deals.inaction.figures import SAID, figure, opportunity
from unsolved.deals.inaction import assumed_share, cost_of, weak
from unsolved.deals.inaction.rules import FILE, rules
from unsolved.deals.model import Cost, Opportunity
from unsolved.errors import Unreadable

STRONG = replace(figure("a", 200_000, 300_000, 500_000), ground=SAID)


def counted(deal: Opportunity) -> Cost:
    found = cost_of(deal, None).cost
    assert found is not None
    return found


def told(deal: Opportunity) -> dict[str, float]:
    return {reason.rule: reason.weight for reason in weak(counted(deal), deal)}


def test_a_cost_that_the_buyer_said_and_that_outweighs_the_fee_is_not_weak():
    assert told(opportunity("a", STRONG, worth=100_000)) == {}


def test_a_cost_under_the_fee_is_weak_the_more_the_smaller_it_is():
    near = told(opportunity("a", STRONG, worth=400_000))
    far = told(opportunity("a", STRONG, worth=1_200_000))
    none = told(opportunity("a", STRONG, worth=4e12))

    assert none["weak-under"] == -2.0 < far["weak-under"] < near["weak-under"] < 0


def test_how_much_the_cost_must_outweigh_the_fee_can_be_chosen():
    deal = opportunity("a", STRONG, worth=100_000, weak_under=5)

    [reason] = weak(counted(deal), deal)

    assert reason.text == (
        "Doing nothing costs about EUR 300,000 a year; 5 times what we ask for is EUR 500,000."
    )


def test_doing_nothing_that_may_pay_is_weak():
    either = replace(figure("a", -10_000, 200_000, 500_000), ground=SAID)

    assert set(told(opportunity("a", either))) == {"weak-free"}


def test_a_cost_below_zero_is_as_weak_as_can_be():
    gain = replace(figure("a", -30_000, -20_000, -10_000), ground=SAID)

    assert told(opportunity("a", gain))["weak-under"] == -2.0


def test_a_cost_that_rests_on_our_assumptions_is_weak():
    ours = figure("b", 200_000, 400_000, 900_000)
    deal = opportunity("a + b", STRONG, ours)

    [reason] = weak(counted(deal), deal)

    assert reason.rule == "weak-ours"
    assert f"{assumed_share(counted(deal), deal):.0%} of what moves the cost" in reason.text


def test_of_fixed_figures_those_that_nobody_said_are_ours():
    deal = opportunity("a + b", figure("a", 9e5, 9e5, 9e5), figure("b", 1, 1, 1))

    assert assumed_share(counted(deal), deal) == 1


def test_nobody_knowing_the_cost_counts_against_pursuing():
    [reason] = weak(None, opportunity())

    assert reason.rule == "weak-unknown"
    assert reason.weight < 0


def test_without_a_fee_or_in_another_currency_nothing_is_compared():
    dollars = replace(STRONG, unit="USD / year")

    assert told(opportunity("a", STRONG, worth=None)) == {}
    assert told(opportunity("a", dollars, currency="USD")) == {"weak-currency": 0.0}


@pytest.mark.parametrize(
    ("good", "bad", "why"),
    [
        ("free = -0.5", "free = 0.5", "speaks for pursuing"),
        ("ours_from = 0.5", "ours_from = 50", "no share"),
        ("free = -0.5", "", "'free' is missing"),
        ("[weak]", "[weak", "Expected"),
    ],
)
def test_a_wrong_rule_file_is_refused(tmp_path, good, bad, why):
    file = tmp_path / "inaction.toml"
    file.write_text(FILE.read_text("utf-8").replace(good, bad, 1), "utf-8")

    with pytest.raises(Unreadable, match=why):
        rules(file)
