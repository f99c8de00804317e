"""What is worth sending later fits its reader, comes once, and on a day that suits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.deals.worlds import NOON, TODAY, head, opportunity, situation
from unsolved.conversations import drafts
from unsolved.deals.insights import (
    budget_year,
    days_of_value,
    first_name,
    heard,
    matched,
    plan_of_value,
)
from unsolved.deals.insights.calm import calm_day
from unsolved.deals.model import (
    Basis,
    Channel,
    Exchange,
    Ground,
    Note,
    Role,
    Stakeholder,
    Step,
    StepKind,
    StepState,
    added,
)
from unsolved.problems import Insight, Library

FOOD = Insight(
    text="Two of three late orders in food plants begin with a wrong item number.",
    source="Food Logistics Survey 2025",
    industries=("Food manufacturing",),
    roles=("operations",),
)
BANKS = Insight(text="Banks reconcile late.", source="A bank study", industries=("Banking",))
ANY = Insight(
    text="A second count of stock finds the cause in a day.",
    source="Warehouse Review, May 2024",
)
INES = Stakeholder(name="Ines Maro", title="Chief Operating Officer", met_on=date(2026, 3, 2))
PAUL = Stakeholder(name="Paul Gent", role=Role.FINANCE, met_on=date(2026, 3, 20))
PROBLEM = make.problem(insights=(FOOD, BANKS, ANY))
LIBRARY = Library((PROBLEM,))


def food(**but):
    known = opportunity(stakeholders={1: INES, 2: PAUL}, **but)
    organisation = make.organisation(industry="Food manufacturing", country="Germany")
    return situation(known, problem=PROBLEM, organisation=organisation)


def test_what_is_about_their_trade_and_for_somebody_there_comes_first():
    first, second, third = matched(food(), LIBRARY)

    assert (first.insight, first.whom) == (FOOD, (1,))
    assert (second.insight, third.insight) == (ANY, BANKS)
    assert any("and they are Food manufacturing" in one.text for one in third.reasons)


def test_points_are_the_sum_of_their_reasons():
    for one in matched(food(), LIBRARY):
        assert one.points == added(one.reasons)


def test_what_was_sent_or_is_planned_is_not_sent_again_but_what_was_dropped_is():
    sent = Step(kind=StepKind.VALUE, insight=FOOD.text, state=StepState.DONE)
    dropped = Step(kind=StepKind.VALUE, insight=ANY.text, state=StepState.DROPPED)

    found = matched(food(steps={1: sent, 2: dropped}), LIBRARY)

    assert [one.insight for one in found] == [ANY, BANKS]


def test_two_that_say_nearly_the_same_are_one():
    again = Insight(
        text="Two of three late orders in food plants begin with wrong item numbers.", source=""
    )
    known = situation(problem=make.problem(insights=(again, FOOD)))

    assert [one.insight for one in matched(known, LIBRARY)] == [FOOD]


def test_the_problem_is_found_in_the_library_where_it_is_not_at_hand():
    known = situation(opportunity(head=head(problem_id=PROBLEM.id)))

    assert len(matched(known, LIBRARY)) == 3


def test_a_plan_of_value_lies_weeks_apart_and_sends_each_once():
    steps = plan_of_value(food(), LIBRARY)

    assert [step.due for step in steps] == [date(2026, 5, 13), date(2026, 7, 1)]
    assert [step.insight for step in steps] == [FOOD.text, ANY.text]
    assert {step.kind for step in steps} == {StepKind.VALUE}
    assert [step.with_whom for step in steps] == [(1,), (2,)]


def test_without_insights_there_is_nothing_to_send():
    assert plan_of_value(situation(problem=make.problem()), LIBRARY) == ()


def test_what_is_sent_reads_as_a_mail_that_the_linter_lets_pass():
    for step in plan_of_value(food(), LIBRARY):
        [draft] = drafts.parse("x.txt", step.text, drafts.Kind.TEXT).drafts
        [checked] = drafts.lint([draft])
        assert [one.rule for one in checked.findings if one.fails] == [], step.text


def test_something_comes_before_their_budget_year():
    note = Note(text="Their fiscal year starts in October.", on=TODAY, about="budget")

    days = days_of_value(food(notes={1: note}))

    assert date(2026, 8, 6) in days


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Our fiscal year ends in June.", 7),
        ("The financial year closes in December", 1),
        ("There is no budget until October.", 10),
        ("New budgets begin in April", 4),
        ("FY26 runs from October to September", 10),
        ("We get the new budget in Q2", 4),
        ("We may have a budget", None),
        ("We meet in October", None),
    ],
)
def test_a_budget_year_is_heard(text, month):
    found = budget_year(situation(opportunity(notes={1: Note(text=text, on=TODAY)})))

    assert (found.on.month if found else None) == month
    assert found is None or found.on > TODAY


def test_when_budgets_are_planned_is_told_from_when_they_begin():
    note = Note(text="Budgets are planned in September", on=TODAY)

    found = budget_year(situation(opportunity(notes={1: note})))

    assert found is not None
    assert (found.on, found.is_planned) == (date(2026, 9, 1), True)


def test_what_was_said_last_of_the_budget_counts():
    old = Note(text="The budget year starts in May", on=date(2025, 1, 1))
    new = Note(text="The budget year starts in July", on=date(2026, 1, 1))

    found = budget_year(situation(opportunity(notes={1: new, 2: old})))

    assert found is not None
    assert found.on == date(2026, 7, 1)


def test_what_we_wrote_and_what_machines_answer_is_not_theirs():
    def mail(text, **but):
        facts = {"at": NOON, "channel": Channel.MAIL, "is_ours": False, "text": text, **but}
        return Exchange(**facts)

    exchanges = (
        mail("No money.\n> We quoted ours.", record_id=7, person_ids=(5,)),
        mail("We wrote this.", is_ours=True),
        mail("I am away.", is_automatic=True),
    )
    people = {1: Stakeholder(name="Ines", person_id=5)}

    [said] = heard(situation(opportunity(stakeholders=people), exchanges=exchanges))

    assert said.text == "No money."
    assert (said.ground.by, said.ground.basis, said.ground.record_id) == (
        "Ines",
        "a record says so",
        7,
    )


def test_the_quote_of_a_document_stays_with_what_was_noted():
    ground = Ground(basis=Basis.EVIDENCE, quote="We froze spending.", document_id=4)
    note = Note(text="We froze spending.", on=TODAY, ground=ground)

    assert heard(situation(opportunity(notes={1: note})))[0].ground == ground


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["Germany", "US", "Oz", None])
)
def test_a_calm_day_is_a_working_day_soon_after(day, country):
    found = calm_day(day, country, [["12-18", "01-06"]])

    assert found.weekday() < 5
    assert 0 <= (found - day).days < 30
    assert not (found.month == 12 and found.day >= 18)


def test_a_holiday_is_no_day_to_write():
    assert calm_day(date(2026, 10, 2), "Germany", []) == date(2026, 10, 2)
    assert calm_day(date(2026, 12, 25), "Germany", []) == date(2026, 12, 28)


def test_a_mail_is_never_planned_for_the_past_however_long_ago_it_was_left():
    for left in (None, date(2026, 2, 1), date(2025, 1, 1)):
        days = days_of_value(food(head=head(decided_on=left)))

        assert days
        assert all(day > TODAY for day in days)


def test_a_first_name_is_found_behind_titles():
    assert first_name("Prof. Dr. Ada Byron") == "Ada"
    assert first_name("  ") == "  "
