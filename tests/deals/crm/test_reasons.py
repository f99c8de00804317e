import pytest

from unsolved.deals.crm import Ended, Where, deal_of, ended, lost_because
from unsolved.deals.model import Cause, Outcome

REASONS = [
    ("No budget", "no decision", "budget"),
    ("Budget was cut in Q3", "no decision", "budget"),
    ("went dark after the second call", "no decision", None),
    ("Postponed to next year", "no decision", "momentum"),
    ("Staying with the status quo", "no decision", "momentum"),
    ("Other priorities this year", "no decision", "strategy"),
    ("Vetoed by the board", "no decision", "overruled"),
    ("They could not agree", "no decision", "indecision"),
    ("Lost to a competitor", "lost to a competitor", None),
    ("Chose another vendor", "lost to a competitor", None),
    ("Wettbewerber war günstiger", "lost to a competitor", None),
    ("Built in-house", "lost to an internal fix", None),
    ("Eigenentwicklung", "lost to an internal fix", None),
    ("Price", None, None),
    ("Too expensive", None, None),
    ("", None, None),
    ("Other", None, None),
    ("No competitor involved, price", None, None),
    ("Competitor, since no budget for ours", None, None),
    ("No budget, and other priorities", "no decision", None),
]


@pytest.mark.parametrize(("reason", "outcome", "cause"), REASONS)
def test_a_reason_for_losing_tells_how_it_ended_or_nothing(reason, outcome, cause):
    told = lost_because(reason)

    assert told.outcome == (Outcome(outcome) if outcome else None)
    assert told.cause == (Cause(cause) if cause else None)


def test_a_deal_that_was_won_ended_so_whatever_else_is_said():
    deal = made(is_won=True, lost_reason="No budget")

    assert ended(deal) == Ended(outcome=Outcome.WON)


def test_an_open_deal_has_not_ended():
    deal = made(stage="Proposal", lost_reason="No budget")

    assert (deal.where, ended(deal)) == (Where.OPEN, None)


@pytest.mark.parametrize("amount", [-5, float("nan"), float("inf"), 1e18, "many", True, None])
def test_an_amount_that_no_deal_can_have_is_not_taken(amount):
    assert made(amount=amount).amount is None


@pytest.mark.parametrize("told", ["", "euro", "E1R", None, 7])
def test_a_currency_that_is_none_is_left_out(told):
    assert made(currency=told).currency == ""


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2026-06-30T23:30:00-05:00", "2026-06-30"),
        ("2026-06-30", "2026-06-30"),
        ("soon", "None"),
    ],
)
def test_a_day_is_the_one_that_was_written(told, day):
    assert str(made(closed=told).closes_on) == day


def made(**facts):
    return deal_of(facts, record_id=1, source_id=1, key="d1", name="A deal")
