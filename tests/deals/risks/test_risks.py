"""Why it could fail again, and what removes that."""

from dataclasses import replace
from datetime import date

import pytest

from tests import make
from tests.deals.worlds import TODAY, opportunity, situation
from unsolved.deals.model import (
    Act,
    Attempt,
    AttemptKind,
    BuyerAct,
    CameOf,
    Risk,
    RiskState,
    Role,
    Stakeholder,
    Stance,
    Why,
)
from unsolved.deals.risks import plan, proposed
from unsolved.problems import FailedFix

TRIED = Attempt(
    what="a tracking portal",
    kind=AttemptKind.VENDOR,
    came_of=CameOf.FAILED,
    whys=(Why.POLITICS, Why.TECHNOLOGY),
    why_text="Sales never used it.",
    defended_by=(1,),
)
WHOLE = Risk(
    text="x", measure="try it first", owner="Ines Maro", proof="they ran it", due=TODAY
)


def proposals(*attempts, **parts):
    numbered = dict(enumerate(attempts, 1))
    return proposed(situation(opportunity(attempts=numbered, **parts)))


def planned(*risks, **parts):
    numbered = dict(enumerate(risks, 1))
    return plan(situation(opportunity(risks=numbered, **parts)))


def test_each_reason_of_a_failure_becomes_a_risk():
    found = proposals(TRIED)

    assert [(one.attempt, one.why) for one in found] == [
        (1, Why.TECHNOLOGY),
        (1, Why.POLITICS),
    ]
    assert all(one.risk.measure and one.risk.proof and one.risk.text for one in found)
    assert "Sales never used it." in found[0].risk.text


def test_what_the_plan_has_is_not_proposed_again():
    found = proposals(TRIED, risks={1: replace(WHOLE, attempt=1, why=Why.POLITICS)})

    assert [one.why for one in found] == [Why.TECHNOLOGY]


def test_what_worked_leaves_no_risk():
    assert proposals(replace(TRIED, came_of=CameOf.WORKED)) == ()


def test_an_owner_is_named_where_somebody_on_the_map_has_that_part():
    people = {
        2: Stakeholder(name="Ana", role=Role.TECHNICAL, stance=Stance.AGAINST),
        3: Stakeholder(name="Bo", role=Role.TECHNICAL),
        4: Stakeholder(name="Cy", role=Role.TECHNICAL, left_on=date(2026, 1, 1)),
    }

    technology, politics = proposals(TRIED, stakeholders=people)

    assert technology.risk.owner == "Bo"
    assert (politics.risk.owner, politics.owner_role) == ("", "executive")


def test_who_defends_what_failed_does_not_own_what_removes_its_cause():
    people = {1: Stakeholder(name="Paul Gent", role=Role.TECHNICAL)}

    assert proposals(TRIED, stakeholders=people)[0].risk.owner == ""


def test_a_measure_against_politics_names_who_defends_it():
    people = {1: Stakeholder(name="Paul Gent")}

    found = proposals(TRIED, stakeholders=people)

    assert "first of all with Paul Gent" in found[1].risk.measure


def test_a_sort_of_fix_has_a_measure_of_its_own():
    bought, _ = proposals(TRIED)
    built, _ = proposals(replace(TRIED, kind=AttemptKind.INTERNAL))

    assert bought.risk.measure != built.risk.measure


def test_the_problem_file_says_what_usually_fails_in_such_a_place():
    fixes = (FailedFix("buy another tracking portal", "it shows the same wrong data"),)
    problem = make.problem(typical_failed_fixes=fixes)

    known = situation(opportunity(attempts={1: TRIED}), problem=problem)

    expected = "buy another tracking portal: it shows the same wrong data"
    assert {one.usually for one in proposed(known)} == {expected}


def test_a_proposal_has_no_day_so_that_the_plan_says_that_one_is_missing():
    risk = proposals(TRIED)[0].risk

    assert "a date" in planned(risk).risks[0].lacks


@pytest.mark.parametrize(
    ("lacks", "but"),
    [
        ("a measure", {"measure": " "}),
        ("an owner", {"owner": ""}),
        ("a date", {"due": None}),
        ("a proof", {"proof": ""}),
    ],
)
def test_what_a_risk_lacks_is_said(lacks, but):
    assert planned(replace(WHOLE, **but)).risks[0].lacks == (lacks,)


def test_what_is_late_comes_first_and_what_was_dealt_with_last():
    proven = replace(WHOLE, state=RiskState.PROVEN, due=date(2026, 1, 1))
    late = replace(WHOLE, due=date(2026, 3, 29))
    bare = replace(WHOLE, owner="")

    found = planned(proven, WHOLE, bare, late)

    assert [one.number for one in found.risks] == [4, 3, 2, 1]
    assert [one.late for one in found.risks] == [3, 0, 0, 0]
    assert (len(found.late), len(found.lacking), found.dealt_with) == (1, 1, 1)


def test_who_took_a_measure_on_is_told_beside_it():
    act = BuyerAct(act=Act.TOOK_RISKS, on=date(2026, 3, 20), who="ines maro")
    other = replace(WHOLE, owner="Paul Gent")

    found = planned(WHOLE, other, acts={1: act})

    assert [one.taken_on for one in found.risks] == [act, None]
    assert found.taken == (act,)
