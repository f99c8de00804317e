"""A trigger fires on what is new, meant and about it, and says what that is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.deals.worlds import TODAY, head, opportunity, situation
from unsolved.deals.model import (
    Alternative,
    AlternativeKind,
    Cause,
    Note,
    Outcome,
    Power,
    Stage,
    Stakeholder,
    Stance,
    Track,
    Trigger,
    TriggerKind,
)
from unsolved.deals.triggers import (
    NOTHING,
    Newcomer,
    News,
    Piece,
    awake,
    fired,
    is_executive,
    next_on,
    proposed,
    wakes_on,
    watching,
)
from unsolved.deals.triggers import fires as looks
from unsolved.evidence import Assertion, Facet, FixKind, Speaker, Verdict

LEFT = date(2026, 1, 10)
LATER = date(2026, 3, 15)
DORMANT = head(
    stage=Stage.DECIDED, outcome=Outcome.LET_GO, decided_on=LEFT, problem_id="late_orders"
)
RESTS = opportunity(head=DORMANT)
EVIDENCE = Trigger(kind=TriggerKind.EVIDENCE, since=LEFT)
EXECUTIVE = Trigger(kind=TriggerKind.EXECUTIVE, since=LEFT)
FAILED = Trigger(kind=TriggerKind.FAILED_ALTERNATIVE, since=LEFT, watches=("Norsk Soft",))
ANN = Newcomer(person_id=5, name="Ann Lee", title="Chief Executive Officer", since=LATER)


def piece(*facets, came=LATER, is_repeat=False, **but):
    return Piece(make.evidence(*(facets or (Facet.PROBLEM,)), **but), came, is_repeat)


def fires(trigger, known, news, today, declined=()):
    """Return why it fires, as something that is there."""
    found = looks(trigger, known, news, today, declined)
    assert found is not None
    return found


def why(trigger, *pieces, people=(), known=RESTS, today=TODAY):
    found = looks(trigger, known, News(pieces, people), today)
    return found.text if found else None


def test_a_date_fires_on_its_day_and_not_before():
    trigger = Trigger(kind=TriggerKind.DATE, on=TODAY, what="look again")

    assert why(trigger, today=TODAY - timedelta(days=1)) is None
    assert why(trigger) == "The day has come: 1 Apr 2026. look again"
    assert why(replace(trigger, on=None)) is None


def test_a_budget_year_fires_some_weeks_before_it_begins():
    trigger = Trigger(kind=TriggerKind.BUDGET_YEAR, on=date(2026, 7, 1))

    assert wakes_on(trigger) == date(2026, 5, 2)
    assert why(trigger, today=date(2026, 5, 1)) is None
    assert "begins on 1 Jul 2026" in (why(trigger, today=date(2026, 5, 2)) or "")


def test_new_evidence_fires_with_its_quote_and_place():
    new = piece(quote="Orders arrive late again.", title="Annual report")

    found = fires(EVIDENCE, RESTS, News((new,)), TODAY)

    assert found.text == "New evidence of problem: Annual report, 1 Mar 2026"
    assert found.ground.quote == "Orders arrive late again."
    assert found.ground.evidence_id == new.evidence.id


@pytest.mark.parametrize(
    "old",
    [
        piece(came=LEFT),
        piece(is_repeat=True),
        piece(on=date(2020, 1, 1)),
        piece(assertion=Assertion.HYPOTHETICAL),
        piece(assertion=Assertion.OTHER),
        piece(matches={"late_orders": 0.2}),
        piece(matches={"bad_pay": 0.9}),
        piece(Facet.GOAL),
        piece(Facet.RESOLVED),
    ],
    ids=["known", "repeat", "stale", "might", "others", "hardly", "another", "goal", "solved"],
)
def test_what_is_not_new_meant_and_about_it_does_not_fire(old):
    assert why(EVIDENCE, old) is None


def test_failure_fires_before_other_news_and_their_own_words_before_others():
    late = piece(Facet.PROBLEM, title="A")
    press = piece(Facet.FAILURE, title="B", speaker=Speaker.THIRD_PARTY, on=date(2026, 3, 9))
    own = piece(Facet.FAILURE, title="C", on=date(2026, 3, 1))

    assert why(EVIDENCE, late, press, own) == "New evidence of failure: C, 1 Mar 2026"
    assert why(EVIDENCE, late, press) == "New evidence of failure: B, 9 Mar 2026"


def test_words_that_are_watched_for_must_be_there():
    watches = replace(EVIDENCE, watches=("Leeds plant",))

    assert why(watches, piece(quote="Orders arrive late.")) is None
    assert why(watches, piece(quote="Orders from the Leeds plant arrive late."))


def test_the_failure_of_what_they_chose_fires_when_it_is_named():
    other = piece(Facet.FAILURE, quote="The pilot failed.")
    named = piece(Facet.FAILURE, quote="The Norsk Soft pilot failed.", matches={})
    only = piece(Facet.ATTEMPT, quote="We installed Norsk Soft.")

    assert why(FAILED, other, only) is None
    assert "Norsk Soft is said to have failed" in (why(FAILED, other, named) or "")


def test_names_come_from_the_alternative_where_none_are_watched():
    chosen = Alternative(kind=AlternativeKind.COMPETITOR, name="Norsk Soft", leaning=0.8)
    known = replace(RESTS, alternatives={1: chosen})
    named = piece(Facet.FAILURE, quote="Norsk Soft was stopped.")

    assert why(replace(FAILED, watches=()), named, known=known)


def test_a_fix_without_a_name_fails_by_its_kind():
    inside = Alternative(kind=AlternativeKind.INTERNAL, leaning=0.9)
    known = replace(RESTS, alternatives={1: inside})
    trigger = replace(FAILED, watches=())

    assert why(trigger, piece(Facet.FAILURE, fix=FixKind.INTERNAL), known=known)
    assert why(trigger, piece(Facet.FAILURE, fix=FixKind.VENDOR), known=known) is None


def test_what_a_person_dismissed_fires_nothing():
    no = piece(
        Facet.FAILURE,
        quote="The Norsk Soft pilot failed.",
        matches={"late_orders": 0.0},
        verdicts={"late_orders": Verdict.DISMISSED},
    )

    assert why(FAILED, no) is None
    assert why(EVIDENCE, no) is None


def test_a_new_executive_fires_and_an_old_one_or_an_assistant_does_not():
    assert why(EXECUTIVE, people=(ANN,)) == "Ann Lee, Chief Executive Officer, is new there"
    assert why(EXECUTIVE, people=(replace(ANN, since=LEFT),)) is None
    assert why(EXECUTIVE, people=(replace(ANN, title="Assistant to the CEO"),)) is None
    assert why(EXECUTIVE, people=(replace(ANN, title="Clerk"),)) is None


def test_a_sentence_that_somebody_was_appointed_fires():
    quote = "Acme appointed Ann Lee as chief operating officer."

    assert why(EXECUTIVE, piece(quote=quote, matches={}))
    assert why(EXECUTIVE, piece(quote="The chief operating officer is sorry.")) is None


def test_who_stood_in_the_way_and_left_fires():
    paul = Stakeholder(name="Paul", power=Power.BLOCKS, stance=Stance.AGAINST, left_on=LATER)

    def rests(one):
        return replace(RESTS, stakeholders={1: one})

    assert why(EXECUTIVE, known=rests(paul)) == "Paul, who stood in the way, has left"
    assert why(EXECUTIVE, known=rests(replace(paul, stance=Stance.FOR))) is None
    assert why(EXECUTIVE, known=rests(replace(paul, left_on=LEFT))) is None


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("CEO", True),
        ("Chief Information Officer", True),
        ("SVP Operations", True),
        ("Managing Director DACH", True),
        ("Head of Procurement", True),
        ("Product Owner", False),
        ("Former CEO", False),
        ("Account manager", False),
        ("Executive Assistant to the President", False),
        ("", False),
    ],
)
def test_titles_tell_who_can_bring_a_deal_back(title, is_one):
    assert is_executive(title) is is_one


def test_a_trigger_that_fired_does_not_fire_again():
    found = fires(EXECUTIVE, RESTS, News((), (ANN,)), TODAY)
    after = fired(EXECUTIVE, found, TODAY)

    assert (after.fired_on, after.why) == (TODAY, found.text)
    assert why(after, people=(ANN,)) is None


def test_what_a_person_took_back_does_not_fire_but_the_next_reason_does():
    bob = replace(ANN, name="Bob Ode", since=date(2026, 2, 1))
    news = News((), (ANN, bob))
    first = fires(EXECUTIVE, RESTS, news, TODAY)

    second = fires(EXECUTIVE, RESTS, news, TODAY, {first.text})

    assert second.text.startswith("Bob Ode")


PIECES = st.lists(
    st.builds(
        lambda facet, day, number: piece(facet, on=day, title=str(number)),
        st.sampled_from(Facet),
        st.dates(date(2025, 12, 1), date(2026, 3, 1)),
        st.integers(0, 9),
    ),
    max_size=6,
)


@given(PIECES, st.randoms(use_true_random=False))
def test_the_order_of_news_changes_nothing(pieces, chance):
    shuffled = list(pieces)
    chance.shuffle(shuffled)

    assert why(EVIDENCE, *pieces) == why(EVIDENCE, *shuffled)


@given(st.sampled_from(TriggerKind))
def test_nothing_new_fires_nothing(kind):
    assert looks(Trigger(kind=kind, since=LEFT), RESTS, NOTHING, TODAY) is None


def test_what_fired_before_it_was_left_again_is_over():
    past = Trigger(kind=TriggerKind.DATE, fired_on=date(2025, 5, 1))
    now = Trigger(kind=TriggerKind.DATE, fired_on=LATER)
    waits = Trigger(kind=TriggerKind.DATE, on=date(2026, 9, 1))
    later = replace(waits, on=date(2027, 1, 1))
    seen = replace(now, is_seen=True)
    known = replace(RESTS, triggers={1: past, 2: now, 3: waits, 4: later, 5: seen})

    assert list(awake(known)) == [2]
    assert list(watching(known)) == [3, 4]
    assert next_on(known) == date(2026, 9, 1)


def kinds(known, cause=None):
    return [one.kind for one in proposed(known, cause)]


def test_there_is_always_something_that_brings_it_back():
    found = proposed(situation())

    assert {TriggerKind.EVIDENCE, TriggerKind.DATE} <= {one.kind for one in found}
    assert all(one.since == TODAY for one in found)
    assert "assumed" in found[-1].what


def test_what_they_chose_is_watched_by_its_name():
    chosen = Alternative(kind=AlternativeKind.COMPETITOR, name="Norsk Soft", leaning=0.7)
    refused = Alternative(kind=AlternativeKind.COMPETITOR, name="Other", leaning=0.1)
    known = situation(opportunity(alternatives={1: chosen, 2: refused}))

    assert proposed(known)[0].watches == ("Norsk Soft",)


def test_the_budget_year_is_as_they_said_or_assumed_where_money_was_the_cause():
    note = Note(text="Their fiscal year starts in October", on=TODAY)
    said = proposed(situation(opportunity(notes={1: note})))[0]
    guess = proposed(situation(), Cause.BUDGET)[0]

    assert (said.kind, said.on) == (TriggerKind.BUDGET_YEAR, date(2026, 10, 1))
    assert said.ground is not None
    assert said.ground.quote == note.text
    assert guess.on == date(2027, 1, 1)
    assert "assumed" in guess.what
    assert TriggerKind.BUDGET_YEAR not in kinds(situation())


def test_a_new_executive_is_watched_for_unless_who_decides_is_for_it():
    paul = Stakeholder(name="Paul", power=Power.DECIDES, stance=Stance.FOR)
    known = situation(opportunity(stakeholders={1: paul}))

    assert TriggerKind.EXECUTIVE in kinds(situation())
    assert TriggerKind.EXECUTIVE not in kinds(known)
    assert TriggerKind.EXECUTIVE in kinds(known, Cause.OVERRULED)


def test_the_day_to_look_again_comes_from_how_long_our_deals_take():
    days = [
        (proposed(situation(track=Track(cycles=cycles)))[-1].on or TODAY) - TODAY
        for cycles in [(), (120, 140, 160), (10, 10, 10), (900, 900, 900)]
    ]

    assert [one.days for one in days] == [180, 140, 90, 365]
