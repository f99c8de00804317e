"""Letting go is advised by a sum of money that anybody can add up, and is done in one step."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deals.worlds import ME, NOON, TODAY, head, opened, opportunity, situation
from unsolved.db import transaction
from unsolved.deals.letting_go import (
    Parting,
    Verdict,
    advise,
    debrief,
    edits_of,
    limit,
    message,
    questions,
)
from unsolved.deals.model import (
    Act,
    Attempt,
    BuyerAct,
    Cause,
    Chance,
    Outcome,
    Reason,
    Stage,
    Stakeholder,
    Step,
    StepKind,
    StepState,
    Track,
    Trigger,
    TriggerKind,
    added,
)
from unsolved.deals.no_decision import risk
from unsolved.deals.queries import history
from unsolved.deals.queries import opportunity as whole
from unsolved.deals.service import let_go, undo
from unsolved.errors import Conflict, Invalid, NotFound

OLD = date(2025, 9, 1)
TOLD = {1: BuyerAct(act=Act.TOLD_ATTEMPTS, on=OLD)}
EVEN = Chance((Reason("as usual", 0.0),))
SURE = Chance((Reason("nothing speaks for a decision", 6.0),))
DATE = Trigger(kind=TriggerKind.DATE, on=date(2026, 10, 1))


def stored(tx, number):
    found = whole(tx, number)
    assert found is not None
    return found


def deal(**but):
    facts = {
        "opened_on": OLD,
        "worth": 100_000.0,
        "hours_left": 50.0,
        "hour_costs": 100.0,
        **but,
    }
    return opportunity(head=head(**facts), acts=TOLD)


def advice(chance=EVEN, track=None, known=None, **but):
    track = track or Track(won=40, lost=60)
    return advise(situation(known or deal(**but), track=track), chance)


def test_the_balance_is_chance_times_worth_less_effort():
    found = advice()

    assert found.wins == pytest.approx(0.5 * 0.4)
    assert found.balance == pytest.approx(100_000 * 0.2 - 5_000)
    assert [round(one.weight) for one in found.reasons] == [100_000, -50_000, -30_000, -5_000]
    assert found.verdict is Verdict.KEEP


def test_what_takes_more_than_it_may_bring_is_let_go():
    found = advice(SURE)

    assert found.verdict is Verdict.LET_GO
    assert found.balance < 0
    assert "no answer would turn" in found.because


def test_it_says_where_it_would_turn():
    found = advice()
    chance, hours = found.turns.chance, found.turns.hours

    assert chance == pytest.approx(0.05)
    assert hours == pytest.approx(200)
    assert advice(hours_left=hours).balance == pytest.approx(0)
    assert advice(worth=1_000.0).turns.chance is None


def test_what_nobody_said_is_assumed_and_said_to_be():
    given = advice(hours_left=None, hour_costs=None)
    told = advice()

    assert len(given.assumed) == 2
    assert (given.hours, given.hour_costs) == (40, 90)
    assert told.assumed == ()


def test_a_worth_that_nobody_gave_is_taken_from_what_we_won():
    known = deal(worth=None)
    fees = advise(situation(known, track=Track(fees=(10_000.0, 30_000.0, 90_000.0))), EVEN)
    none = advise(situation(known), EVEN)

    assert fees.worth == 30_000
    assert "3 fees won" in fees.assumed[0]
    assert none.verdict is Verdict.FIND_OUT
    assert "worth" in none.ask


def test_who_was_never_heard_is_asked_before_they_are_let_go():
    known = replace(deal(), acts={})
    found = advice(SURE, known=known)

    assert found.verdict is Verdict.FIND_OUT
    assert found.because == "They have not been heard yet"
    assert found.ask


def test_a_young_deal_is_not_given_up():
    young = advice(SURE, opened_on=TODAY - timedelta(days=5))

    assert (young.verdict, young.because) == (
        Verdict.FIND_OUT,
        "It is 5 days old; that is too early to give it up",
    )


def test_an_answer_that_would_turn_it_is_asked_for_first():
    known = deal(stage=Stage.PARTNER)
    around = situation(known, track=Track(won=40, lost=60, undecided=100))
    chance = risk(around)

    found = advise(around, chance)

    assert found.balance < 0
    assert found.verdict is Verdict.FIND_OUT
    assert "say yes" in found.ask
    assert "would turn it" in found.because


def test_what_we_cannot_solve_or_they_cannot_carry_out_is_let_go_whatever_the_sum():
    unfit = advice(fits=False, fit_note="they need it on site")
    stuck = replace(deal(), attempts={1: Attempt(what="a portal", is_structural=True)})

    assert unfit.verdict is Verdict.LET_GO
    assert unfit.because == "We cannot solve it well: they need it on site"
    assert advice(known=stuck).because.endswith("“a portal”")
    assert unfit.balance > 0


@given(
    st.floats(0, 1e9),
    st.floats(0, 1e5),
    st.floats(0, 1e4),
    st.floats(-20, 20),
    st.integers(0, 500),
    st.integers(0, 500),
)
def test_reasons_add_up_to_the_balance_in_any_order(worth, hours, costs, odds, won, lost):
    chance = Chance((Reason("x", odds),))
    track = Track(won=won, lost=lost)
    found = advice(chance, track, worth=worth, hours_left=hours, hour_costs=costs)

    assert found.balance == added(reversed(found.reasons))
    expected = worth * (1 - chance.probability) * found.won - hours * costs
    assert found.balance == pytest.approx(expected, abs=1e-6 * max(1, worth, hours * costs))
    assert 0 < found.won < 1


def test_the_message_is_short_and_kind():
    text = message(situation())

    assert len(text.split()) < 120
    assert "you owe me no answer" in text


def test_no_decision_has_a_cause_and_letting_go_has_none():
    known = deal()

    with pytest.raises(Invalid):
        edits_of(known, Parting(outcome=Outcome.NO_DECISION), TODAY)
    with pytest.raises(Invalid):
        edits_of(known, Parting(cause=Cause.BUDGET), TODAY)
    with pytest.raises(Invalid):
        edits_of(known, Parting(outcome=Outcome.WON), TODAY)


def test_a_deal_is_let_go_in_one_step_and_undo_restores_it_exactly(sessions):
    planned, done = Step(kind=StepKind.CALL), Step(kind=StepKind.MAIL, state=StepState.DONE)
    one = opened(sessions, Stakeholder(name="Ines"), planned, done, worth=10.0)
    value = Step(kind=StepKind.VALUE, due=date(2026, 6, 1), insight="x")
    left = Parting(triggers=(DATE,), message="Hello Ines", steps=(value,))
    with transaction(sessions) as tx:
        before = stored(tx, one)

        made = let_go(tx, one, left, ME)

        after = stored(tx, one)
        assert (after.head.outcome, after.head.in_forecast) == (Outcome.LET_GO, False)
        assert after.head.decided_on == TODAY
        states = [(step.kind, step.state) for step in after.steps.values()]
        assert states[0] == (StepKind.CALL, StepState.DROPPED)
        assert states[2:] == [(StepKind.MAIL, "planned"), (StepKind.VALUE, "planned")]
        assert after.steps[3].text == "Hello Ines"
        assert after.triggers[1].since == TODAY
        undo(tx, made, ME)
        assert stored(tx, one) == before


def test_what_was_left_says_so_in_its_history(sessions):
    one = opened(sessions)
    left = Parting(outcome=Outcome.NO_DECISION, cause=Cause.BUDGET)
    with transaction(sessions) as tx:
        let_go(tx, one, left, ME)

        assert history(tx, one)[0].what == "left it: no decision: budget"
        assert stored(tx, one).head.cause is Cause.BUDGET
        with pytest.raises(Conflict):
            let_go(tx, one, left, ME)
        with pytest.raises(NotFound):
            let_go(tx, 999, left, ME)


def test_a_debrief_is_made_of_ticks_and_words_and_knows_how_long_it_took():
    told = {"changed": ["the money", " the  money ", ""], "people": ["Ines left", "at odds"]}

    found = debrief("Ada", NOON, told, NOON - timedelta(seconds=42))

    assert (found.changed, found.people) == ("the money", "Ines left; at odds")
    assert (found.on, found.by, found.seconds) == (TODAY, "Ada", 42)


@pytest.mark.parametrize("began", [None, NOON + timedelta(1), NOON - timedelta(days=3)])
def test_a_time_that_cannot_be_is_not_told(began):
    assert debrief("Ada", NOON, {"again": ["x"]}, began).seconds is None


def test_an_empty_debrief_is_none():
    with pytest.raises(Invalid):
        debrief("Ada", NOON, {"changed": [" "]})


def test_four_short_questions_fit_ninety_seconds():
    assert [one.field for one in questions()] == ["changed", "people", "process", "again"]
    assert all(3 <= len(one.often) <= 7 for one in questions())
    assert limit() == 90
