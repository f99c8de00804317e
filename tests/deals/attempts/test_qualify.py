"""Whether a deal is worth going on with, and what would turn that."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deals.attempts.strong import INES, LOSS, PAUL, PORTAL, strong
from tests.deals.worlds import NOON, head, opportunity, situation
from unsolved.deals.attempts import Verdict, qualify, sources
from unsolved.deals.attempts.weighing import LOOKS
from unsolved.deals.attempts.weights import weights
from unsolved.deals.model import (
    Act,
    Alternative,
    AlternativeKind,
    Attempt,
    AttemptKind,
    BuyerAct,
    CameOf,
    Channel,
    Cost,
    Exchange,
    Power,
    Risk,
    RiskState,
    Stakeholder,
    Stance,
    Step,
    StepKind,
    Why,
)
from unsolved.prospects import Standing


def rules(verdict, name):
    return [one.text for one in verdict.reasons if one.rule == name]


def test_a_deal_of_which_all_is_known_and_good_is_pursued():
    found = qualify(strong())

    assert found.verdict is Verdict.PURSUE
    assert not found.unknowns
    assert found.points > found.pursue_from


def test_structural_inability_is_a_reason_to_walk_away_by_itself():
    found = qualify(strong(attempts={1: replace(PORTAL, is_structural=True)}))

    assert found.verdict is Verdict.WALK_AWAY
    assert "could not carry out any fix" in found.because
    assert [one.rule for one in found.barred] == ["able"]
    assert not found.turning


def test_what_does_not_fit_is_left_with_the_note_that_says_why():
    found = qualify(strong(head=head(worth=80e3, fits=False, fit_note="no depots in Asia")))

    assert found.verdict is Verdict.WALK_AWAY
    assert "no depots in Asia" in found.because


def test_of_a_deal_of_which_nothing_is_known_it_is_found_out_first():
    found = qualify(situation())

    assert found.verdict is Verdict.FIND_OUT
    assert {one.rule for one in found.turning} >= {"fit", "able", "cost"}


def test_an_open_answer_that_would_turn_the_verdict_is_found_out_first_and_named():
    found = qualify(strong(attempts={1: replace(PORTAL, is_structural=None)}))
    (open_,) = found.unknowns
    turning = [answer for answer in open_.answers if answer.verdict]

    assert found.verdict is Verdict.FIND_OUT
    assert "whether they could carry out any fix" in found.because
    assert [answer.verdict for answer in turning] == [Verdict.WALK_AWAY]


def test_an_open_answer_that_would_turn_nothing_does_not_keep_from_pursuing():
    found = qualify(strong(alternatives={}))

    assert found.verdict is Verdict.PURSUE
    assert [one.rule for one in found.unknowns] == ["leaning"]
    assert not found.turning


def test_that_they_test_it_shows_that_they_can_carry_it_out():
    untold = {1: replace(PORTAL, is_structural=None)}
    acts = dict(strong().opportunity.acts) | {9: BuyerAct(act=Act.TESTED, on=date(2026, 3, 1))}

    found = qualify(strong(attempts=untold, acts=acts))

    assert found.verdict is Verdict.PURSUE
    assert rules(found, "able") == [
        "they can carry out a fix: they tested it with their own people"
    ]


@pytest.mark.parametrize(
    ("p50", "told"),
    [(40e3, "only 0.5 times"), (120e3, "them 1.5 times"), (400e3, "them 5 times")],
)
def test_a_weak_cost_is_said_and_counts_against(p50, told):
    found = qualify(strong(cost=replace(LOSS, p50=p50)))

    (text,) = rules(found, "cost")
    assert told in text
    assert (next(r.weight for r in found.reasons if r.rule == "cost") < 0) == (p50 == 40e3)


def test_a_cost_in_another_currency_compares_with_nothing():
    found = qualify(strong(cost=replace(LOSS, currency="USD")))

    assert "cost" in [one.rule for one in found.unknowns]


def test_the_latest_proposal_is_what_we_ask_for():
    steps = {
        1: Step(kind=StepKind.PROPOSAL, amount=100e3, due=date(2026, 3, 1)),
        2: Step(kind=StepKind.PROPOSAL, amount=500e3, due=date(2026, 3, 20)),
    }

    found = qualify(strong(steps=steps))

    assert "only 0.8 times" in rules(found, "cost")[0]


def test_what_worked_leaves_nothing_to_solve():
    acts = {1: BuyerAct(act=Act.GAVE_NUMBERS, on=date(2026, 3, 1))}
    worked = replace(PORTAL, came_of=CameOf.WORKED, whys=(), why_text="")

    found = qualify(strong(attempts={1: worked}, acts=acts))

    assert rules(found, "came") == ["\u201ca tracking portal\u201d worked"]
    assert found.verdict is not Verdict.PURSUE


def test_what_is_said_to_have_worked_counts_less_when_they_agreed_on_the_problem_since():
    worked = replace(PORTAL, came_of=CameOf.WORKED)

    found = qualify(strong(attempts={1: worked}))

    assert "yet they agreed on the problem since" in rules(found, "came")[0]


def test_the_last_attempt_is_what_counts():
    later = Attempt(what="a rebuild", came_of=CameOf.WORKED, ended=date(2026, 3, 30))

    found = qualify(strong(attempts={1: PORTAL, 2: later}))

    assert rules(found, "came") == ["\u201ca rebuild\u201d worked"]


def test_politics_count_against_until_a_measure_against_them_is_proven():
    political = {1: replace(PORTAL, whys=(Why.POLITICS,))}
    risk = Risk(text="x", why=Why.POLITICS, state=RiskState.PROVEN, proof="sales signed it")

    before = qualify(strong(attempts=political))
    after = qualify(strong(attempts=political, risks={1: risk}))

    assert after.points > before.points
    assert "sales signed it" in rules(after, "why")[0]


def test_several_reasons_share_one_weight():
    both = replace(PORTAL, whys=(Why.TECHNOLOGY, Why.POLITICS))

    found = qualify(strong(attempts={1: both}))

    shares = sorted(one.weight for one in found.reasons if one.rule == "why")
    assert shares == pytest.approx([-0.4, 0.4])


def test_nobody_with_power_in_half_a_year_counts_against_and_can_still_be_turned():
    long_ago = head(worth=80e3, fits=True, opened_on=date(2025, 6, 1))

    found = qualify(strong(head=long_ago, stakeholders={2: INES}))

    assert "nobody who decides has been met in 304 days" in rules(found, "power")
    assert "power" in [one.rule for one in found.unknowns]


def test_who_wrote_to_us_was_met():
    paul = replace(PAUL, met_on=None, person_id=7)
    theirs = Exchange(at=NOON, channel=Channel.MAIL, is_ours=False, person_ids=(7,))
    quiet = strong(stakeholders={1: paul, 2: INES})

    heard = replace(quiet, exchanges=(theirs,))

    assert not rules(qualify(quiet), "power")
    assert "Paul Gent decides, was met" in rules(qualify(heard), "power")[0]


def test_who_left_neither_decides_nor_defends():
    gone = replace(PAUL, left_on=date(2026, 1, 1))
    tried = replace(PORTAL, defended_by=(1,), note="")

    found = qualify(strong(stakeholders={1: gone, 2: INES}, attempts={1: tried}))

    assert not rules(found, "power")
    assert not rules(found, "defended")


def test_who_has_power_and_defends_what_failed_is_named():
    tried = replace(PORTAL, defended_by=(1,))

    found = qualify(strong(attempts={1: tried}))

    assert "Paul Gent, whose word counts" in rules(found, "defended")[0]


def test_without_attempts_the_evidence_speaks_and_the_question_stays_open():
    stood = head(worth=80e3, fits=True, standing=Standing.TRIED_AND_FAILED)

    found = qualify(strong(head=stood, attempts={}))

    assert rules(found, "came") == ["the evidence says that they tried and failed"]
    assert "came" in [one.rule for one in found.unknowns]


def test_attempts_that_contradict_each_other_on_the_same_day_leave_it_open():
    other = replace(PORTAL, what="a rebuild", is_structural=True)

    found = qualify(strong(attempts={1: PORTAL, 2: other}))

    assert not found.barred
    assert "able" in [one.rule for one in found.turning]


def test_who_leans_to_something_else_is_said_with_what_it_is():
    leans = Alternative(kind=AlternativeKind.COMPETITOR, name="Bolt", leaning=0.8)

    found = qualify(strong(alternatives={1: leans}))

    assert rules(found, "leaning") == ["they lean to something else: another supplier, Bolt"]


def test_every_weight_says_who_says_so_and_every_look_has_its_weights():
    assert list(LOOKS) == [name for name in LOOKS if name in weights().facets]
    assert set(weights().facets) == set(LOOKS)
    assert all(sources().values())
    assert all(f.ways for f in weights().facets.values())
    assert all(
        sum(bool(w.answer) for w in f.ways.values()) >= 2 for f in weights().facets.values()
    )


ATTEMPTS = st.builds(
    Attempt,
    what=st.sampled_from(["a portal", "a rebuild", "new people"]),
    kind=st.sampled_from(AttemptKind),
    ended=st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    came_of=st.sampled_from(CameOf),
    whys=st.lists(st.sampled_from(Why), unique=True, max_size=3).map(tuple),
    is_structural=st.none() | st.booleans(),
    different=st.sampled_from(["", "more people", "all depots"]),
)
PEOPLE = st.builds(
    Stakeholder,
    name=st.sampled_from(["Ana", "Bo", "Cy"]),
    power=st.sampled_from(Power),
    stance=st.sampled_from(Stance),
    met_on=st.none() | st.just(date(2026, 3, 1)),
    agrees=st.none() | st.booleans(),
)
ACTS = st.builds(
    BuyerAct, act=st.sampled_from(Act), on=st.dates(date(2025, 1, 1), date(2026, 3, 1))
)
ALTERNATIVES = st.builds(
    Alternative, kind=st.sampled_from(AlternativeKind), leaning=st.none() | st.floats(0, 1)
)
COSTS = st.none() | st.floats(0, 1e6).map(
    lambda p50: Cost(currency="EUR", p10=p50 / 2, p50=p50, p90=p50 * 2, mean=p50, draws=10)
)


def numbered(parts):
    return dict(enumerate(parts, 1))


@given(
    st.lists(ATTEMPTS, max_size=4),
    st.lists(PEOPLE, max_size=4),
    st.lists(ACTS, max_size=4),
    st.lists(ALTERNATIVES, max_size=3),
    COSTS,
    st.none() | st.booleans(),
)
def test_facts_in_another_order_give_the_same_and_reasons_add_up(
    tried, people, acts, alternatives, cost, fits
):
    def made(turn):
        return situation(
            opportunity(
                head=head(worth=50e3, fits=fits),
                attempts=numbered(turn(tried)),
                stakeholders=numbered(turn(people)),
                acts=numbered(turn(acts)),
                alternatives=numbered(turn(alternatives)),
            ),
            cost=cost,
        )

    found, again = qualify(made(list)), qualify(made(lambda parts: parts[::-1]))

    assert found == again
    assert found.points == fsum(one.weight for one in found.reasons)
    if found.verdict is Verdict.PURSUE:
        assert not found.barred
        assert not found.turning
    if found.barred:
        assert found.verdict is Verdict.WALK_AWAY


@given(st.lists(ATTEMPTS, max_size=3), st.lists(ACTS, max_size=3), COSTS)
def test_an_answer_that_is_said_to_turn_the_verdict_stands_on_the_other_side(tried, acts, cost):
    known = opportunity(
        head=head(worth=50e3, fits=True), attempts=numbered(tried), acts=numbered(acts)
    )

    found = qualify(situation(known, cost=cost))

    for unknown in found.unknowns:
        for answer in unknown.answers:
            if answer.verdict is Verdict.PURSUE:
                assert answer.points >= found.pursue_from
            if answer.verdict is Verdict.WALK_AWAY:
                assert answer.points <= max(found.points, found.walk_from)


def test_nothing_of_it_reads_the_future():
    later = Exchange(
        at=datetime(2026, 5, 1, tzinfo=NOON.tzinfo),
        channel=Channel.CALL,
        is_ours=False,
        person_ids=(7,),
    )
    paul = replace(PAUL, met_on=NOON.date() + timedelta(days=3), person_id=7)
    known = replace(strong(stakeholders={1: paul, 2: INES}), exchanges=(later,))

    assert not rules(qualify(known), "power")
