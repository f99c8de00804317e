"""What is asked of what was tried: whatever nobody knows, and nothing else."""

from dataclasses import replace
from datetime import date

from tests import make
from tests.deals.attempts.strong import PORTAL
from tests.deals.worlds import opportunity, situation
from unsolved.deals.attempts import questions
from unsolved.deals.model import Attempt, AttemptKind, CameOf, InAttempt, Stakeholder
from unsolved.problems import Question

FULL = replace(PORTAL, chosen="a tender", decided_by="Paul Gent")
LED = Stakeholder(name="Ines Maro", in_attempt=InAttempt.LED, attempt=1)


def asked(*attempts, **but):
    numbered = dict(enumerate(attempts, 1))
    return questions(situation(opportunity(attempts=numbered), **but))


def fills(found):
    return [one.fills for one in found]


def test_where_no_attempt_is_known_what_was_tried_is_asked_first():
    (first,) = asked()

    assert "What have you tried so far" in first.ask
    assert first.why


def test_of_an_attempt_of_which_nothing_is_known_all_is_asked():
    found = asked(Attempt(what="a portal"))

    assert fills(found) == [
        "came_of",
        "why_text",
        "is_structural",
        "different",
        "decided_by",
        "chosen",
        "stakeholder",
        "defended_by",
    ]
    assert all("\u201ca portal\u201d" in one.ask and one.why for one in found)


def test_of_one_of_which_all_is_known_nothing_is_asked():
    known = opportunity(attempts={1: FULL}, stakeholders={1: LED})

    assert questions(situation(known)) == ()


def test_what_was_noted_that_nobody_defends_it_is_not_asked_again():
    found = asked(replace(FULL, note="Nobody defends it any more."))

    assert "defended_by" not in fills(found)


def test_of_what_worked_nobody_asks_why_it_failed():
    found = asked(Attempt(what="a portal", came_of=CameOf.WORKED))

    assert not set(fills(found)) & {"why_text", "different", "is_structural", "defended_by"}


def test_of_what_is_under_way_one_asks_when_they_will_know():
    found = asked(Attempt(what="a portal", came_of=CameOf.UNDER_WAY))

    assert "when will you know" in found[0].ask


def test_a_question_suits_the_sort_of_fix():
    bought = asked(Attempt(what="a portal", kind=AttemptKind.VENDOR))
    built = asked(Attempt(what="a portal", kind=AttemptKind.INTERNAL))

    assert any("a tender" in one.ask for one in bought)
    assert any("build \u201ca portal\u201d yourselves" in one.ask for one in built)


def test_the_latest_attempt_is_asked_about_first():
    found = asked(
        Attempt(what="the old one", ended=date(2019, 1, 1)),
        Attempt(what="the new one", ended=date(2025, 1, 1)),
    )

    assert [one.attempt for one in found if one.fills == "came_of"] == [2, 1]


def test_the_problem_file_has_questions_of_its_own_on_attempts():
    told = (
        Question("attempts", "Who led the last one?"),
        Question("flow", "Where does it stop?"),
    )

    found = asked(FULL, problem=make.problem(questions=told))

    assert [one.ask for one in found if not one.fills] == ["Who led the last one?"]


def test_braces_in_what_was_tried_are_words_like_others():
    found = asked(Attempt(what="a {portal} <b>"))

    assert "\u201ca {portal} <b>\u201d" in found[0].ask
