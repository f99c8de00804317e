"""What the buyer could do instead, on one grid."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.deals.worlds import head, opportunity, situation
from unsolved.deals.alternatives import grid
from unsolved.deals.model import (
    Alternative,
    AlternativeKind,
    Attempt,
    AttemptKind,
    Basis,
    CameOf,
    Cost,
    Ground,
    InAttempt,
    Risk,
    RiskState,
    Stakeholder,
    Stance,
    Step,
    StepKind,
    Why,
)

BOLT = Alternative(
    kind=AlternativeKind.COMPETITOR,
    name="Bolt",
    why="They know them from Lyon.",
    ground=Ground(basis=Basis.BUYER, quote="We know them from Lyon.", by="Ines Maro"),
)
TRIED = Attempt(
    what="a portal",
    kind=AttemptKind.VENDOR,
    supplier="Bolt, SAIC",
    came_of=CameOf.FAILED,
    whys=(Why.TECHNOLOGY, Why.POLITICS),
)
LOSS = Cost(
    currency="EUR", p10=120e3, p50=260.4e3, p90=480e3, mean=280e3, draws=9, said=2, inputs=3
)


def rows(known=None, **but):
    return grid(situation(known or opportunity(), **but))


def row(found, kind, name=""):
    return next(one for one in found if one.kind is kind and (not name or one.name == name))


def test_every_kind_has_a_row_and_we_stand_beside_them():
    found = rows()

    assert [one.kind for one in found] == [*AlternativeKind, None]
    assert [one.is_us for one in found] == [False] * 4 + [True]


def test_each_named_competitor_has_a_row():
    other = replace(BOLT, name="Ampere")

    found = rows(opportunity(alternatives={1: BOLT, 2: other}))

    named = [one.name for one in found if one.kind is AlternativeKind.COMPETITOR]
    assert named == ["Ampere", "Bolt"]


def test_doing_nothing_costs_what_nothing_changing_costs():
    nothing = row(rows(cost=LOSS), AlternativeKind.NOTHING)

    assert nothing.costs.text == (
        "about EUR 260,000 a year (EUR 120,000 to EUR 480,000), EUR 21,700 a month of waiting; "
        "2 of 3 figures are the buyer's own"
    )
    assert nothing.costs.is_assumed
    assert nothing.solves == 0


def test_a_cost_that_is_all_in_the_buyers_figures_is_theirs():
    nothing = row(rows(cost=replace(LOSS, said=3)), AlternativeKind.NOTHING)

    assert nothing.costs.ground.basis is Basis.BUYER


def test_a_cost_that_was_never_counted_is_not_known():
    assert "what it costs" in row(rows(), AlternativeKind.NOTHING).unknown


def test_the_buyers_words_come_before_the_usual_reason():
    found = rows(opportunity(alternatives={1: BOLT}))

    assert row(found, AlternativeKind.COMPETITOR).why.text == "They know them from Lyon."
    assert not row(found, AlternativeKind.COMPETITOR).why.is_assumed
    assert row(found, AlternativeKind.INTERNAL).why.is_assumed
    assert "why they might choose it" in row(found, AlternativeKind.INTERNAL).unknown


def test_what_is_known_of_the_attempt_that_it_repeats_is_its_risk():
    found = rows(opportunity(alternatives={1: BOLT}, attempts={4: TRIED}))

    (again,) = row(found, AlternativeKind.COMPETITOR).risks
    assert (again.number, again.how) == (4, "the same supplier")
    assert again.told == "failed: technology, politics"


def test_the_attempt_that_was_noted_as_the_same_comes_before_any_likeness():
    inside = Attempt(what="spreadsheets", kind=AttemptKind.INTERNAL)
    noted = replace(BOLT, tried=7)

    found = rows(opportunity(alternatives={1: noted}, attempts={4: TRIED, 7: inside}))

    (again,) = row(found, AlternativeKind.COMPETITOR).risks
    assert (again.number, again.how) == (7, "noted as the same")


def test_another_supplier_of_the_same_sort_is_said_to_be_that_only():
    other = replace(BOLT, name="Ampere")

    (again,) = row(
        rows(opportunity(alternatives={1: other}, attempts={4: TRIED})),
        AlternativeKind.COMPETITOR,
    ).risks

    assert again.how == "another supplier, the same sort of fix"


def test_who_defends_or_led_the_earlier_attempt_leans_to_repeat_it():
    people = {
        1: Stakeholder(name="Ana", interest="her team runs the spreadsheets"),
        2: Stakeholder(name="Bo"),
        3: Stakeholder(name="Cy", in_attempt=InAttempt.LED, attempt=4),
        4: Stakeholder(name="Di", stance=Stance.FOR),
        5: Stakeholder(name="Ed", left_on=date(2026, 1, 1)),
    }
    tried = replace(TRIED, defended_by=(2, 5))

    found = rows(opportunity(stakeholders=people, attempts={4: tried}))

    def who(kind):
        return [(one.name, one.why) for one in row(found, kind).leaners]

    assert who(AlternativeKind.COMPETITOR) == [
        ("Bo", "defends a portal"),
        ("Cy", "led a portal"),
    ]
    assert [name for name, _ in who(AlternativeKind.NOTHING)] == ["Ana"]
    assert [name for name, _ in who(None)] == ["Di"]


def test_we_stand_there_with_what_we_ask_and_the_risks_that_are_left():
    known = opportunity(
        head=head(worth=50e3, fits=True, fit_note="done in two foundries"),
        steps={1: Step(kind=StepKind.PROPOSAL, amount=81_234)},
        risks={1: Risk(text="a"), 2: Risk(text="b", state=RiskState.PROVEN, proof="c")},
    )

    us = rows(known)[-1]

    assert us.costs.text == "EUR 81,200, as proposed"
    assert us.risk_note == "1 of 2 risks of the plan not yet dealt with"
    assert us.why.text == "done in two foundries"


@given(
    st.dictionaries(
        st.integers(1, 9),
        st.builds(
            Alternative,
            kind=st.sampled_from(AlternativeKind),
            name=st.sampled_from(["", "Bolt", "Ampere"]),
            leaning=st.none() | st.floats(0, 1),
        ),
        max_size=5,
    )
)
def test_nothing_that_was_noted_is_left_out(known):
    found = rows(opportunity(alternatives=known))

    assert sorted(one.number for one in found if one.number is not None) == sorted(known)
    assert {one.kind for one in found} == {*AlternativeKind, None}
