"""What is missing on the map of people is said in words, with what to ask about it."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deals.stakeholders.people import deal, exchange, failed, met, person, tie, whole
from tests.deals.worlds import TODAY
from unsolved.deals.model import (
    InAttempt,
    Power,
    Role,
    Situation,
    Stakeholder,
    Stance,
    Sway,
    Tie,
    Track,
)
from unsolved.deals.stakeholders import Gap, gaps, known_rules
from unsolved.deals.stakeholders.rules import read_rules

DOCS = Path(__file__).parents[3] / "docs" / "stakeholders.md"


def found(known: Situation) -> dict[str, Gap]:
    return {gap.rule: gap for gap in gaps(known)}


def test_where_nothing_is_missing_nothing_is_said():
    assert gaps(whole(attempts=(failed(),), head={"worth": 90_000})) == ()


def test_of_an_empty_map_only_that_is_said():
    assert [gap.rule for gap in gaps(deal())] == ["nobody-known"]


def test_nobody_who_can_sign_has_been_met():
    known = deal(person("Ada", Power.DECIDES), met("Bob"))

    gap = found(known)["decider-unmet"]

    assert gap.text == "Nobody who can sign has been met: Ada."
    assert gap.who == (1,)


def test_who_stands_near_and_was_met_is_asked_to_bring_us_together():
    bob, cy = met("Bob", stance=Stance.FOR), met("Cy", stance=Stance.AGAINST)
    ties = (tie(2, 1, Sway.REPORTS_TO), tie(3, 1))
    known = deal(person("Ada", Power.DECIDES), bob, cy, ties=ties)

    assert found(known)["decider-unmet"].ask == "Ask Bob to bring us together with Ada."


def test_an_executive_is_taken_for_who_decides_until_somebody_knows_better():
    boss = person("Ada", Power.UNKNOWN, role=Role.EXECUTIVE)

    assert "decider-unmet" in found(deal(boss))
    assert "decider-unknown" in found(deal(replace(boss, power=Power.SWAYS)))


def test_that_who_decides_was_met_long_ago_is_said_with_the_days():
    known = deal(met("Ada", Power.DECIDES, met_on=TODAY - timedelta(days=50)), met("Bob"))

    assert "50 days old: Ada" in found(known)["decider-long-ago"].text


def test_a_mail_of_theirs_is_a_sign_and_one_of_ours_is_none():
    ada = person("Ada", Power.DECIDES, person_id=7)
    theirs, ours = exchange(2, 7), exchange(1, 7, is_ours=True)

    assert "decider-unmet" not in found(deal(ada, exchanges=(theirs,)))
    assert "decider-unmet" in found(deal(ada, exchanges=(ours,)))


@pytest.mark.parametrize(
    ("rule", "known"),
    [
        ("single-thread", deal(met("Ada"), person("Bob"))),
        ("nobody-met", deal(person("Ada"), person("Bob"))),
        ("few", deal(met("Ada"), met("Bob"))),
        ("many", deal(*(met(f"P{number}") for number in range(11)))),
        ("no-owner", deal(met("Ada"))),
        ("no-support", deal(met("Ada", stance=Stance.NEUTRAL))),
        ("power-unknown", whole(met("Gil", Power.UNKNOWN))),
        ("stance-unknown", whole(met("Gil", Power.BLOCKS, Stance.UNKNOWN))),
        ("blocker-unmet", whole(person("Gil", Power.BLOCKS))),
        ("against-unspoken", whole(person("Gil", Power.BLOCKS, Stance.AGAINST))),
        ("attempt-unknown", deal(met("Ada"), attempts=(failed(),))),
        (
            "attempt-unspoken",
            deal(met("Ada"), person("Gil", in_attempt=InAttempt.CHOSE), attempts=(failed(),)),
        ),
        ("defender-unspoken", whole(person("Gil"), attempts=(failed(defended_by=(7,)),))),
        ("defender-unspoken", whole(person("Gil", in_denial=True))),
        ("loser-unspoken", whole(person("Gil", loses="her bonus"))),
        ("losses-unasked", whole(met("Gil", Power.BLOCKS, loses=""))),
        ("interest", whole(met("Gil", interest="her team built it"))),
        ("conflict", whole(ties=(tie(1, 2, Sway.CONFLICT),))),
        ("left", whole(met("Gil", Power.DECIDES, left_on=TODAY))),
        ("quiet", whole(met("Gil", Power.BLOCKS, met_on=TODAY - timedelta(days=31)))),
        ("all-quiet", deal(met("Ada", met_on=TODAY - timedelta(days=22)))),
    ],
)
def test_each_rule_finds_what_it_is_for(rule: str, known: Situation):
    assert rule in found(known)


@pytest.mark.parametrize(
    ("rule", "known"),
    [
        ("blocker-unmet", whole(person("Gil", Power.BLOCKS, Stance.AGAINST))),
        ("against-unspoken", whole(met("Gil", Power.BLOCKS, Stance.AGAINST))),
        ("against-unspoken", whole(person("Gil", Power.SWAYS, Stance.AGAINST))),
        ("interest", whole(met("Gil", Power.NONE, interest="her team built it"))),
        ("conflict", whole(ties=(tie(1, 5, Sway.CONFLICT),))),
        ("left", whole(met("Gil", Power.DECIDES, left_on=TODAY - timedelta(days=400)))),
        ("left", whole(met("Gil", Power.DECIDES, left_on=TODAY + timedelta(days=1)))),
        ("quiet", deal(met("Ada", Power.BLOCKS, met_on=TODAY - timedelta(days=99)))),
        ("attempt-unspoken", whole(met("Gil"), attempts=(failed(),))),
    ],
)
def test_each_rule_is_silent_where_it_does_not_hold(rule: str, known: Situation):
    assert rule not in found(known)


def test_much_worth_without_anybody_of_the_money_is_said():
    known = deal(met("Ada"), head={"worth": 50_000})

    assert "50,000 EUR" in found(known)["no-money"].text
    assert "no-money" not in found(deal(met("Ada"), head={"worth": 49_999}))
    assert "no-money" not in found(deal(met("Ada"), head={"worth": 9e6, "currency": "XTS"}))


def test_what_is_much_is_told_by_our_own_won_deals_when_there_are_enough():
    known = deal(met("Ada"), head={"worth": 9_000}, track=Track(fees=(8_000.0,) * 8))

    assert "no-money" in found(known)
    assert "no-money" not in found(replace(known, track=Track(fees=(8_000.0,) * 7)))


def test_what_holds_back_most_is_told_first():
    weights = [gap.weight for gap in gaps(deal(person("Ada", Power.UNKNOWN)))]

    assert weights == sorted(weights, reverse=True)
    assert len(weights) > 3


def test_braces_in_a_name_are_a_name():
    gap = found(deal(person("{0.__class__} {who}", Power.DECIDES)))["decider-unmet"]

    assert gap.text == "Nobody who can sign has been met: {0.__class__} {who}."


PEOPLE = st.lists(
    st.builds(
        Stakeholder,
        name=st.text(min_size=1, max_size=20),
        role=st.sampled_from(Role),
        power=st.sampled_from(Power),
        stance=st.sampled_from(Stance),
        in_attempt=st.sampled_from(InAttempt),
        in_denial=st.sampled_from([True, False, None]),
        interest=st.sampled_from(["", "a bonus"]),
        loses=st.sampled_from(["", "hours"]),
        met_on=st.none() | st.dates(),
        left_on=st.none() | st.dates(),
    ),
    max_size=16,
)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_people_and_ties_changes_nothing(
    people: list[Stakeholder], chance: random.Random
):
    numbers = range(1, len(people) + 1)
    ties = [Tie(of=one, to=one + 1, sway=chance.choice(list(Sway))) for one in numbers[:-1]]
    known = deal(*people, ties=tuple(ties), attempts=(failed(), failed("an audit")))
    mixed = list(known.opportunity.stakeholders.items())
    chance.shuffle(mixed)
    mixed_ties = list(known.opportunity.ties.items())
    chance.shuffle(mixed_ties)
    other = replace(known.opportunity, stakeholders=dict(mixed), ties=dict(mixed_ties))

    assert gaps(replace(known, opportunity=other)) == gaps(known)


@given(PEOPLE)
def test_every_gap_is_about_somebody_on_the_map_and_has_all_its_words(
    people: list[Stakeholder],
):
    for gap in gaps(deal(*people, attempts=(failed(defended_by=(1,) if people else ()),))):
        assert set(gap.who) <= set(range(1, len(people) + 1))
        assert all((gap.text, gap.ask, gap.why, gap.source))
        assert 0 < gap.weight <= 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"weight": 1.1}, "a weight"),
        ({"text": "Nobody: {whom}."}, "whom"),
        ({"source": ""}, "must not be empty"),
        ({"rule": "few"}, "two of that name"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_when_it_is_loaded(
    wrong: dict[str, object], why: str
):
    good = {
        "rule": "other", "weight": 0.5, "text": "No {who}.", "ask": "Who?", "why": "So.",
        "source": "our judgement",
    }  # fmt: skip

    with pytest.raises(ValueError, match=why):
        read_rules({"rule": [{**good, "rule": "few"}, {**good, **wrong}]})


def test_every_rule_names_its_source():
    assert all(rule.source for rule in known_rules().values())


def test_every_rule_stands_in_the_documentation_with_its_weight():
    text = DOCS.read_text("utf-8")

    for rule in known_rules().values():
        assert f"| {rule.weight:g} | `{rule.rule}` |" in text
