"""What the group agrees on and does not is told with who stands where and who was not asked."""

from hypothesis import given
from hypothesis import strategies as st

from tests.deals.stakeholders.people import deal, failed, met
from tests.deals.worlds import TODAY
from unsolved.deals.model import InAttempt, Power, Situation, Stakeholder, Stance
from unsolved.deals.stakeholders import Point, Theme, Verdict, agreement


def point(known: Situation, theme: Theme) -> Point:
    return next(one for one in agreement(known).points if one.theme is theme)


def test_one_who_sees_the_problem_otherwise_divides_the_group():
    known = deal(met("Ada", agrees=True), met("Bob", agrees=False), met("Cy"))

    found = point(known, Theme.PROBLEM)

    assert found.verdict is Verdict.DIVIDED
    assert [(camp.view, camp.who) for camp in found.camps] == [
        ("agrees what it is", (1,)),
        ("sees it otherwise", (2,)),
    ]
    assert found.unasked == (3,)


def test_agreement_holds_only_so_far_while_somebody_of_power_was_not_asked():
    asked = met("Ada", agrees=True), met("Bob", agrees=True)

    assert point(deal(*asked, met("Cy")), Theme.PROBLEM).verdict is Verdict.AGREED
    boss = met("Dee", Power.DECIDES)
    assert point(deal(*asked, boss), Theme.PROBLEM).verdict is Verdict.SO_FAR


def test_what_one_person_says_is_no_agreement():
    assert point(deal(met("Ada", agrees=True)), Theme.PROBLEM).verdict is Verdict.UNKNOWN


def test_for_beside_against_is_divided_and_beside_neutral_undecided():
    ada = met("Ada", stance=Stance.FOR)

    against = deal(ada, met("Bob", stance=Stance.DOUBTS))
    neutral = deal(ada, met("Bob", stance=Stance.NEUTRAL))

    assert point(against, Theme.STANCE).verdict is Verdict.DIVIDED
    assert point(neutral, Theme.STANCE).verdict is Verdict.UNDECIDED


def test_those_who_defend_what_failed_stand_against_those_who_see_that_it_failed():
    known = deal(
        met("Ada", in_denial=True),
        met("Bob", in_denial=False),
        met("Cy"),
        met("Dee", in_attempt=InAttempt.OPPOSED),
        attempts=(failed(defended_by=(3,)),),
    )

    found = point(known, Theme.FAILURE)

    assert found.verdict is Verdict.DIVIDED
    assert found.about == "the new scanners"
    assert {camp.view: camp.who for camp in found.camps} == {
        "sees that it failed": (2,),
        "was against it from the start": (4,),
        "defends it still": (3,),
        "says that it did not fail": (1,),
    }


def test_what_somebody_says_of_one_attempt_is_not_said_of_another():
    known = deal(met("Ada", in_denial=True, attempt=2), attempts=(failed(), failed("an audit")))

    first, second = (p for p in agreement(known).points if p.theme is Theme.FAILURE)

    assert first.unasked == (1,)
    assert second.camps[0].who == (1,)


def test_whose_view_nobody_asked_is_told_with_the_most_powerful_first():
    known = deal(
        met("Ada", stance=Stance.UNKNOWN),
        met("Bob", Power.DECIDES, Stance.UNKNOWN),
        met("Cy", stance=Stance.FOR),
        met("Gone", Power.DECIDES, Stance.UNKNOWN, left_on=TODAY),
    )

    assert agreement(known).unheard == (2, 1)


@given(
    st.lists(
        st.builds(
            Stakeholder,
            name=st.just("Ada"),
            power=st.sampled_from(Power),
            stance=st.sampled_from(Stance),
            agrees=st.sampled_from([True, False, None]),
            in_denial=st.sampled_from([True, False, None]),
            in_attempt=st.sampled_from(InAttempt),
        ),
        max_size=12,
    ),
    st.sets(st.integers(1, 12)),
)
def test_everybody_stands_in_one_camp_or_was_not_asked(
    people: list[Stakeholder], defenders: set[int]
):
    attempt = failed(defended_by=tuple(sorted(defenders)))

    for found in agreement(deal(*people, attempts=(attempt,))).points:
        placed = [who for camp in found.camps for who in camp.who] + list(found.unasked)
        assert sorted(placed) == list(range(1, len(people) + 1))
