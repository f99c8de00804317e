"""The chance of no decision is the sum of its reasons; causes add up; answers sell nothing."""

import random
from dataclasses import replace
from datetime import date, timedelta
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from tests.deals.worlds import NOON, TODAY, head, opportunity, situation
from unsolved.conversations import drafts
from unsolved.deals.model import (
    ASSUMED,
    Act,
    Alternative,
    AlternativeKind,
    Attempt,
    Basis,
    BuyerAct,
    CameOf,
    Cause,
    Channel,
    Cost,
    Exchange,
    Ground,
    Note,
    Opportunity,
    Power,
    Role,
    Silence,
    Stage,
    Stakeholder,
    Stance,
    Step,
    StepKind,
    Sway,
    Tie,
    Track,
    added,
)
from unsolved.deals.no_decision import answer, base, causes, parting, risk, rule_of
from unsolved.deals.no_decision.weights import cues, rules

INES = Stakeholder(name="Ines Maro", role=Role.OWNER, stance=Stance.FOR, met_on=TODAY)
PAUL = Stakeholder(
    name="Paul Gent", power=Power.DECIDES, stance=Stance.FOR, met_on=date(2026, 3, 20)
)
COST = Cost(currency="EUR", p10=90_000, p50=200_000, p90=400_000, mean=210_000, draws=1000)


def found(known, **but):
    """Return the names of the rules that found something."""
    chance = risk(situation(known, **but))
    return {one.rule.removeprefix("no_decision.") for one in chance.reasons}


def mail(text, days_ago=3, **but):
    at = NOON - timedelta(days=days_ago)
    facts = {"at": at, "channel": Channel.MAIL, "is_ours": False, "text": text, **but}
    return Exchange(**facts)


def test_of_nothing_known_the_risk_is_what_is_usual_and_a_little_more():
    known = opportunity(head=head(opened_on=TODAY))

    assert 0.5 < risk(situation(known)).probability < 0.75


def test_what_nobody_asked_yet_weighs_more_the_later_it_is():
    early, late = (
        risk(situation(opportunity(head=head(stage=stage, opened_on=TODAY)))).probability
        for stage in (Stage.PROVOKE, Stage.PARTNER)
    )

    assert late > early + 0.1


def test_our_own_share_is_drawn_to_what_is_usual_the_fewer_deals_the_more():
    few, many = (base(Track(lost=n, undecided=0)) for n in (2, 200))

    assert -0.5 < added(few) < 0
    assert added(many) < -3
    assert "2 are few" in few[1].text
    assert "few" not in many[1].text


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ({}, "people_none"),
        ({"stakeholders": {1: INES}}, "people_one"),
        ({"stakeholders": {1: INES, 2: PAUL}}, "people_few"),
        ({"stakeholders": {1: INES}}, "no_power"),
        ({"stakeholders": {1: replace(PAUL, met_on=None)}}, "power_unmet"),
        ({"stakeholders": {1: PAUL}}, "power_for"),
        ({"stakeholders": {1: replace(PAUL, stance=Stance.AGAINST)}}, "power_against"),
        ({"stakeholders": {1: replace(PAUL, left_on=TODAY)}}, "power_left"),
        ({"stakeholders": {1: INES}}, "owner"),
        ({"stakeholders": {1: PAUL}}, "no_owner"),
        ({"stakeholders": {1: replace(INES, agrees=False)}}, "disagree"),
        (
            {
                "stakeholders": {1: INES, 2: PAUL},
                "ties": {1: Tie(of=1, to=2, sway=Sway.CONFLICT)},
            },
            "conflict",
        ),
        (
            {
                "stakeholders": {
                    1: PAUL,
                    2: replace(INES, power=Power.BLOCKS, stance=Stance.AGAINST),
                }
            },
            "conflict",
        ),
        ({}, "no_date"),
        ({"acts": {1: BuyerAct(act=Act.NAMED_DATE, on=TODAY)}}, "date_named"),
        ({"acts": {1: BuyerAct(act=Act.NAMED_OWNER, on=TODAY)}}, "owner"),
        ({"acts": {1: BuyerAct(act=Act.GAVE_NUMBERS, on=TODAY)}}, "moving"),
        ({"head": head(close_on=date(2026, 3, 30))}, "date_passed"),
        ({}, "still"),
        (
            {"alternatives": {1: Alternative(kind=AlternativeKind.NOTHING, leaning=0.9)}},
            "status_quo",
        ),
        ({"attempts": {1: Attempt(what="a portal", is_structural=True)}}, "structural"),
        ({"steps": {1: Step(kind=StepKind.DEMO, overruled="they insist")}}, "early"),
    ],
)
def test_a_sign_is_found(parts, rule):
    assert rule in found(opportunity(**parts))


def test_a_cost_is_weighed_against_what_we_ask():
    asks = opportunity(head=head(worth=50_000.0))
    dear = opportunity(head=head(worth=500_000.0))
    offered = replace(dear, steps={1: Step(kind=StepKind.PROPOSAL, amount=50_000.0)})
    said = replace(COST, inputs=4, said=3)

    assert "cost_unknown" in found(asks)
    assert "cost_strong" in found(asks, cost=COST)
    assert "cost_weak" in found(dear, cost=COST)
    assert "cost_strong" in found(offered, cost=COST)
    assert "cost_said" in found(asks, cost=said)
    assert "cost_assumed" in found(asks, cost=replace(said, said=0))


def test_costs_of_another_currency_are_not_compared():
    known = opportunity(head=head(worth=50_000.0, currency="USD"))

    assert not {"cost_strong", "cost_weak"} & found(known, cost=COST)


def test_age_counts_once_it_is_older_than_half_of_what_we_won():
    cycles = (30, 60, 90, 120)

    def aged(days):
        known = opportunity(head=head(opened_on=TODAY - timedelta(days=days)))
        chance = risk(situation(known, track=Track(cycles=cycles)))
        return sum(one.weight for one in chance.reasons if one.rule.endswith(".age"))

    assert aged(70) == 0
    assert 0 < aged(100) < aged(130) == aged(400) <= 1.2


def test_a_silence_of_who_decides_counts():
    waits = NOON - timedelta(days=9)
    quiet = Silence(
        person_id=5,
        channel=Channel.MAIL,
        last_at=waits,
        waiting_since=waits,
        days=7,
        usual_days=1,
        replies=9,
        asked=9,
        probability=0.02,
        comes=0.1,
    )
    known = opportunity(stakeholders={1: replace(PAUL, person_id=5), 2: INES})

    assert "silent" in found(known, silences=(quiet,))
    assert "silent" not in found(known, silences=(replace(quiet, probability=0.5),))


def test_what_somebody_told_us_counts_as_having_spoken_with_them():
    words = Ground(basis=Basis.BUYER, by="Paul Gent", on=date(2026, 3, 25), quote="No money.")
    paul = replace(PAUL, met_on=None, stance=Stance.UNKNOWN)
    silent, spoke = (
        found(opportunity(stakeholders={1: replace(paul, ground=ground)}))
        for ground in (ASSUMED, words)
    )

    assert {"power_unmet", "still", "people_none"} <= silent
    assert not {"power_unmet", "still", "people_none"} & spoke


def test_putting_it_off_is_told_with_their_sentence():
    chance = risk(situation(exchanges=(mail("Thanks. We put this on hold for now."),)))

    [reason] = [one for one in chance.reasons if one.rule.endswith("putting_off")]

    assert reason.ground is not None
    assert reason.ground.quote == "We put this on hold for now."


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("There is no budget left for this.", Cause.BUDGET),
        ("A spending freeze was announced.", Cause.BUDGET),
        ("The board decided against it.", Cause.OVERRULED),
        ("It is out of my hands.", Cause.OVERRULED),
        ("After the merger we have a new strategy.", Cause.STRATEGY),
        ("We are still not sure and want to look at other options.", Cause.INDECISION),
        ("What if it fails again?", Cause.INDECISION),
        ("We are too busy with other projects.", Cause.MOMENTUM),
    ],
)
def test_what_they_say_tells_the_cause(text, cause):
    first = causes(situation(exchanges=(mail(text),)))[0]

    assert first.cause is cause
    assert any(one.ground and one.ground.quote == text for one in first.reasons)


@pytest.mark.parametrize(
    "text",
    ["The budget is not the problem.", "The board approved it.", "It was not overruled."],
)
def test_what_says_the_opposite_is_no_sign(text):
    said = [one for like in causes(situation(exchanges=(mail(text),))) for one in like.reasons]

    assert not any(one.rule == "cause.said" for one in said)


def test_who_decides_against_those_who_want_it_has_overruled_them():
    people = {1: INES, 2: replace(PAUL, stance=Stance.AGAINST)}
    known = opportunity(stakeholders=people, notes={1: Note(text="Paul vetoed it", on=TODAY)})

    assert causes(situation(known))[0].cause is Cause.OVERRULED


def test_every_cue_and_every_rule_can_be_read():
    assert {one.value for one in Cause} < set(cues())
    assert all(one.text and one.source for one in rules().values())
    assert all(one.ask for one in rules().values() if one.is_open)


@pytest.mark.parametrize("name", ["Acme", "Northern Rail Ltd", "Siemens"])
@pytest.mark.parametrize("why", [*(one.value for one in Cause), "let_go"])
def test_an_answer_passes_our_own_linter(why, name):
    organisation = make.organisation(name)
    known = situation(
        opportunity(stakeholders={1: INES}), organisation=organisation, problem=make.problem()
    )
    text = parting(known, why)

    [draft] = drafts.parse("x.txt", text, drafts.Kind.TEXT).drafts
    [checked] = drafts.lint([draft], reader=drafts.Reader(name, (name,)))

    assert [one.rule for one in checked.findings] == [], text
    assert text.startswith("Hello Ines,")
    assert text.endswith("Ada")


def test_an_answer_goes_to_who_is_for_it_and_still_there():
    gone = replace(INES, left_on=TODAY)
    people = {1: gone, 2: PAUL, 3: replace(INES, name="Ole Berg", stance=Stance.AGAINST)}

    assert answer(situation(opportunity(stakeholders=people)), Cause.BUDGET).startswith(
        "Hello Paul,"
    )
    assert answer(situation(), Cause.BUDGET).startswith("Hello,")


PEOPLE = st.builds(
    Stakeholder,
    name=st.sampled_from(["Ann", "Bob", "Cleo"]),
    role=st.sampled_from(Role),
    power=st.sampled_from(Power),
    stance=st.sampled_from(Stance),
    agrees=st.none() | st.booleans(),
    met_on=st.none() | st.just(TODAY),
    left_on=st.none() | st.just(TODAY),
)


def numbered(parts):
    return st.dictionaries(st.integers(1, 9), parts, max_size=4)


KNOWN = st.builds(
    opportunity,
    stakeholders=numbered(PEOPLE),
    acts=numbered(
        st.builds(BuyerAct, act=st.sampled_from(Act), on=st.dates(date(2026, 1, 1), TODAY))
    ),
    alternatives=numbered(
        st.builds(
            Alternative,
            kind=st.sampled_from(AlternativeKind),
            leaning=st.none() | st.floats(0, 1),
        )
    ),
    attempts=numbered(st.builds(Attempt, what=st.just("x"), came_of=st.sampled_from(CameOf))),
)


@settings(max_examples=60)
@given(KNOWN, st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_nothing_and_sums_are_exact(known: Opportunity, chance):
    other = replace(
        known,
        **{
            name: _shuffled(getattr(known, name), chance)
            for name in ("stakeholders", "acts", "alternatives", "attempts")
        },
    )
    one, again = risk(situation(known)), risk(situation(other))

    assert one == again
    assert one.log_odds == added(reversed(one.reasons))
    assert causes(situation(known)) == causes(situation(other))
    assert isclose(sum(like.probability for like in causes(situation(known))), 1)


def _shuffled(parts, chance: random.Random):
    items = list(parts.items())
    chance.shuffle(items)
    return dict(items)


def test_every_reason_of_a_sign_names_its_rule():
    chance = risk(situation())

    assert all(rule_of(one) for one in chance.reasons[2:])
