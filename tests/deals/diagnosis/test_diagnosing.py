"""How signs become a diagnosis, and how often it is right on written cases."""

import random
from dataclasses import replace
from math import exp, fsum, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deals.diagnosis.cases import BUILDING, JUDGING, read
from tests.deals.diagnosis.makers import cold, ines, paul, silence, theirs
from unsolved.deals.diagnosis import Cold, Doubt, Sign, diagnose, entries, weighed

NAMES = sorted(entries())
SIGNS = st.lists(
    st.builds(
        Sign,
        id=st.sampled_from(NAMES),
        text=st.just("seen"),
        strength=st.floats(min_value=0.1, max_value=2.0),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)
RIGHT = 0.8


@given(SIGNS)
def test_probabilities_add_up_to_one_and_reasons_to_scores(signs):
    found = weighed(signs)

    assert isclose(fsum(one.probability for one in found.likely), 1)
    total = fsum(exp(one.score) for one in found.likely)
    for one in found.likely:
        assert one.score == fsum(reason.weight for reason in one.reasons)
        assert isclose(one.probability, exp(one.score) / total)


@given(SIGNS, st.randoms())
def test_the_order_of_signs_does_not_matter(signs: list[Sign], chance: random.Random):
    other = list(signs)
    chance.shuffle(other)

    assert weighed(signs).likely == weighed(other).likely


@given(SIGNS, st.sampled_from(NAMES))
def test_a_sign_never_lowers_the_reason_it_speaks_for_most(signs, name):
    rest = [one for one in signs if one.id != name]
    weights = entries()[name].weights
    best = max(weights, key=lambda cold: weights[cold])

    before, after = weighed(rest), weighed([*rest, Sign(id=name, text="seen")])

    assert after.probability(best) >= before.probability(best) - 1e-12


@pytest.mark.parametrize("name", NAMES)
def test_fitting_leaves_a_sign_with_the_reason_it_was_judged_to_speak_for(name):
    entry = entries()[name]
    most = max(entry.judged.values())
    best = max(entry.weights, key=lambda cold: entry.weights[cold])

    assert most <= 0 or entry.judged[best] == most


@pytest.mark.parametrize("case", read(BUILDING), ids=lambda case: case.id)
def test_the_order_of_facts_does_not_matter(case):
    known = case.situation
    one = known.opportunity
    turned = replace(
        one,
        stakeholders=dict(reversed(one.stakeholders.items())),
        acts=dict(reversed(one.acts.items())),
        steps=dict(reversed(one.steps.items())),
        notes=dict(reversed(one.notes.items())),
    )
    other = replace(known, opportunity=turned, exchanges=known.exchanges[::-1])

    assert diagnose(other) == diagnose(known)


def test_without_facts_nothing_is_told():
    bare = cold(stakeholders={}, steps={}, won=())

    found = diagnose(bare)

    assert found.top is None
    assert Doubt.FEW in found.doubts


def test_two_that_are_close_are_not_told_apart():
    signs = [
        Sign(id="decider-not-met", text="seen"),
        Sign(id="fee-high", text="seen", strength=0.9),
        Sign(id="puts-off", text="seen", strength=0.1),
    ]

    assert Doubt.CLOSE in weighed(signs).doubts


def test_a_silence_that_is_not_unusual_asks_for_more_before_a_verdict():
    known = cold(theirs("It is on my boss's desk."), stakeholders={1: ines(), 2: paul()})
    early = replace(known, silences=(silence(0.5),))

    assert diagnose(known).is_cold is True
    assert diagnose(early).is_cold is False
    assert diagnose(replace(known, silences=())).is_cold is None


def test_a_sign_that_was_looked_for_and_not_found_is_named():
    found = diagnose(cold())

    assert "quarrel-on-map" in found.not_found
    assert not {one.id for one in found.signs} & set(found.not_found)


def test_every_reason_can_be_the_likeliest():
    tops = {case.cold for case in read(BUILDING) if diagnose(case.situation).top is case.cold}

    assert tops >= set(Cold)


@pytest.mark.skipif(not JUDGING.is_file(), reason="the judged cases are not there")
def test_four_of_five_judged_cases_are_named_rightly():
    judged = [(case.cold, diagnose(case.situation)) for case in read(JUDGING)]
    told = [(reason, found) for reason, found in judged if reason]

    right = sum(found.top is reason for reason, found in told)

    assert right >= RIGHT * len(told)


@pytest.mark.skipif(not JUDGING.is_file(), reason="the judged cases are not there")
def test_where_nobody_could_tell_it_mostly_says_so():
    open_ = [diagnose(case.situation) for case in read(JUDGING) if case.cold is None]

    assert sum(found.top is None for found in open_) > len(open_) / 2
