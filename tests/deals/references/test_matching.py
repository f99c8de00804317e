"""Which customers can vouch to this buyer, and why."""

from dataclasses import replace
from datetime import date, timedelta
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.deals.worlds import TODAY, opportunity, situation
from unsolved.deals.model import (
    Alternative,
    AlternativeKind,
    Attempt,
    AttemptKind,
    CameOf,
    Why,
)
from unsolved.deals.references import Reference, Used, match

TRIED = Attempt(
    what="a portal",
    kind=AttemptKind.VENDOR,
    came_of=CameOf.FAILED,
    whys=(Why.TECHNOLOGY, Why.POLITICS),
)
BUYER = make.organisation(
    "Acme Ltd", industry="Grocery retail", country="Austria", employees=400
)
ALIKE = Reference(
    organisation="Bolt",
    problem_id="erp_replacement",
    tried="a portal of their own",
    kind=AttemptKind.VENDOR,
    whys=(Why.TECHNOLOGY,),
    industry="Retail",
    country="Germany",
    employees=500,
    contact="Ana Lu",
    vouches_for="how the first month went",
)
FAMOUS = Reference(
    organisation="Colossus", problem_id="erp_replacement", industry="Banking", employees=400_000
)


def matched(*references, uses=(), buyer=BUYER, **parts):
    known = opportunity(attempts={1: TRIED}, **parts)
    numbered = dict(enumerate(references, 1))
    return match(situation(known, organisation=buyer), numbered, uses)


def used(on=TODAY, reference=1, deal=9):
    return Used(reference_id=reference, opportunity_id=deal, opportunity="x", number=1, on=on)


def test_a_match_explains_itself():
    (one,) = matched(ALIKE)

    assert [reason.text for reason in one.reasons] == [
        "had the same problem",
        "had failed with the same sort of fix: vendor product",
        "had failed for the same reason: technology",
        "is in an industry near theirs: Retail",
        "is about as large: 500 people",
        "speaks the same language: German",
    ]
    assert one.points == fsum(reason.weight for reason in one.reasons)
    assert one.may_be_asked


def test_who_is_alike_comes_before_who_is_famous():
    first, second = matched(FAMOUS, ALIKE)

    assert first.reference.organisation == "Bolt"
    assert any("1,000 times larger" in reason.text for reason in second.reasons)
    assert not second.is_like


def test_sizes_are_compared_by_their_factor():
    near, far = (
        next(
            r.weight
            for r in matched(replace(ALIKE, employees=n))[0].reasons
            if r.rule == "size"
        )
        for n in (800, 1600)
    )

    assert near == pytest.approx(1.5 * 2 / 3)
    assert far == pytest.approx(1.5 / 3)


def test_a_sort_of_fix_that_did_not_fail_here_makes_nobody_alike():
    known = opportunity(attempts={1: replace(TRIED, came_of=CameOf.WORKED)})

    (one,) = match(situation(known, organisation=BUYER), {1: ALIKE}, ())

    assert not {"kind", "whys"} & {reason.rule for reason in one.reasons}


def test_each_time_it_was_asked_lately_counts_against_it():
    lately, before = TODAY - timedelta(days=90), TODAY - timedelta(days=91)

    (fresh,) = matched(ALIKE, uses=[used(before)])
    (worn,) = matched(ALIKE, uses=[used(lately), used(before)])

    assert worn.points == pytest.approx(fresh.points - 0.5)
    assert (fresh.recent, worn.recent, worn.last_on) == (0, 1, lately)


def test_what_was_asked_as_often_as_agreed_is_not_asked_again():
    (one,) = matched(ALIKE, uses=[used(), used()])

    assert one.refused == "was asked twice in the last 91 days, and no more is agreed"
    assert not one.may_be_asked


@pytest.mark.parametrize(
    ("but", "why"),
    [
        ({"is_willing": False}, "does not want to be asked"),
        ({"organisation": "ACME Limited"}, "is the buyer itself"),
        ({"organisation_id": 1}, "is the buyer itself"),
        ({"rivals": ("Acme",)}, "competes with the buyer"),
        ({"most_uses": 0}, "no more is agreed"),
    ],
)
def test_who_may_not_be_asked_is_refused_with_the_reason(but, why):
    (one,) = matched(replace(ALIKE, **but))

    assert why in one.refused


def test_a_supplier_that_the_buyer_compares_us_with_does_not_vouch_for_us():
    rival = Alternative(kind=AlternativeKind.COMPETITOR, name="Bolt GmbH")

    (one,) = matched(ALIKE, alternatives={1: rival})

    assert "compares us with" in one.refused


def test_who_was_asked_in_this_deal_is_not_asked_twice():
    (one,) = matched(ALIKE, uses=[used(date(2025, 1, 1), deal=1)])

    assert one.refused == "was asked in this deal on 2025-01-01"


def test_who_may_compete_is_told_before_asking():
    (one,) = matched(replace(ALIKE, industry="Grocery retail", country="AT", contact=""))

    assert one.cautions == (
        "same industry and country: ask first whether they compete",
        "nobody is named whom to ask",
    )


def test_of_a_buyer_of_whom_nothing_is_known_the_problem_decides():
    (one,) = matched(ALIKE, buyer=None)

    assert [reason.rule for reason in one.reasons] == ["problem", "kind", "whys"]


REFERENCES = st.builds(
    Reference,
    organisation=st.sampled_from(["Bolt", "Calm", "Acme", "Ohm"]),
    problem_id=st.sampled_from(["erp_replacement", "other", ""]),
    kind=st.none() | st.sampled_from(AttemptKind),
    whys=st.lists(st.sampled_from(Why), unique=True).map(tuple),
    industry=st.sampled_from(["", "Retail", "Banking"]),
    country=st.sampled_from(["", "Germany", "Atlantis"]),
    employees=st.none() | st.integers(1, 10**6),
    most_uses=st.integers(0, 3),
    is_willing=st.booleans(),
)
USES = st.builds(
    used, st.dates(date(2025, 6, 1), date(2026, 4, 1)), st.integers(1, 4), st.integers(1, 3)
)


@given(
    st.lists(REFERENCES, max_size=4).map(lambda many: dict(enumerate(many, 1))),
    st.lists(USES, max_size=6),
)
def test_none_is_lost_and_who_may_not_be_asked_comes_after_who_may(references, uses):
    known = situation(opportunity(attempts={1: TRIED}), organisation=BUYER)

    found = match(known, references, uses)

    assert sorted(one.reference_id for one in found) == sorted(references)
    order = [one.may_be_asked for one in found]
    assert order == sorted(order, reverse=True)
    assert found == match(known, dict(reversed(references.items())), uses[::-1])
    for one in found:
        if one.may_be_asked:
            assert one.recent < one.reference.most_uses
            assert one.reference.is_willing
