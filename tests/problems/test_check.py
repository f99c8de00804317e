from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsolved.problems import FailedFix, Grade, Library, Problem, Question, check, load
from unsolved.problems.check import likeness

SOUND = Problem(
    id="late_close",
    title="The books close late",
    statement="The month is closed weeks after its end.",
    symptoms=("figures come late", "the auditor waits", "entries are typed twice"),
    terms=("ledger", "month-end", "chart of accounts"),
    typical_failed_fixes=(FailedFix("hire more staff", "they type the same entries"),),
    questions=(Question("attempts", "What did you change, and what came of it?"),),
)
SHIPPED = load().problems


def rules(*problems: Problem) -> list[str]:
    return [finding.rule for finding in check(Library(problems))]


def asking(text: str, theme: str = "attempts") -> Problem:
    return replace(SOUND, questions=(Question(theme, text),))


def test_a_sound_problem_leaves_nothing_to_say():
    assert rules(SOUND) == []


@pytest.mark.parametrize(
    ("change", "rule", "grade", "what"),
    [
        ({"symptoms": SOUND.symptoms[:2]}, "few-symptoms", "error", "it has only 2 symptoms"),
        ({"symptoms": SOUND.symptoms[:1]}, "few-symptoms", "error", "it has only 1 symptom"),
        ({"terms": ()}, "few-terms", "error", "it has no term"),
        ({"typical_failed_fixes": ()}, "no-failed-fix", "warning", "it names no fix"),
        ({"questions": ()}, "no-attempt-question", "warning", "no question is about"),
        ({"terms": (*SOUND.terms, "late")}, "failure-term", "warning", '"late" is of failure'),
        ({"terms": (*SOUND.terms, "Delayed problems")}, "failure-term", "warning", "Delayed"),
        ({"terms": (*SOUND.terms, "Ledgers")}, "term-twice", "warning", "twice"),
    ],
)
def test_each_rule_finds_what_it_is_for(change, rule, grade, what):
    [finding] = check(Library((replace(SOUND, **change),)))

    assert (finding.rule, finding.grade, finding.problem) == (rule, grade, "late_close")
    assert what in finding.what
    assert finding.mend.endswith(".")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Would you be interested in a quick look?", "pitch"),
        ("When can you see a demo?", "pitch"),
        ("Do you have 15 minutes next week?", "pitch"),
        ("How does Our Platform compare with yours?", "pitch"),
        ("Would we offer too much?", "pitch"),
        ("What would we find in your ledger?", "seller"),
        ("What is new since we\N{RIGHT SINGLE QUOTATION MARK}ve met?", "seller"),
        ("How does the US office close its month?", None),
        ("How far did the demographic shift reach your hours?", None),
        ("Who is responsible for master data?", None),
    ],
)
def test_a_question_is_about_the_reader_and_not_a_pitch(text, rule):
    assert rules(asking(text)) == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("theme", "text", "enough"),
    [
        ("attempts", "What changed?", True),
        ("history", "What changed?", True),
        ("why", "What have you tried so far?", True),
        ("why", "Which attempts are left?", True),
        ("why", "Why is it so?", False),
    ],
)
def test_a_question_about_attempts_is_known_by_its_theme_or_its_words(theme, text, enough):
    assert ("no-attempt-question" in rules(asking(text, theme))) is not enough


def test_a_term_of_failure_beside_a_topic_is_a_term():
    assert rules(replace(SOUND, terms=("late close", "ledger problem", "month-end"))) == []


def test_two_problems_that_share_their_terms_cannot_be_told_apart():
    other = replace(SHIPPED[0], id="other", terms=(*SOUND.terms[:2], "yard"))

    [finding] = [f for f in check(Library((other, SOUND))) if f.rule == "alike"]

    assert finding.problem == "late_close"
    assert finding.what == "it shares 2 of its terms with `other`"


@pytest.mark.parametrize("problem", SHIPPED, ids=lambda problem: problem.id)
def test_a_problem_and_its_copy_in_other_terms_cannot_be_told_apart(problem):
    copy = replace(problem, id="copy", terms=("yard", "crane", "berth"))

    assert rules(problem, copy) == ["alike"]


@given(st.permutations(SHIPPED))
@settings(max_examples=20)
def test_what_is_found_does_not_depend_on_the_order_of_problems(problems):
    problems = [replace(problem, symptoms=()) for problem in problems]

    found = check(Library(tuple(problems)))

    assert found == check(Library(tuple(sorted(problems, key=lambda p: p.id))))


@pytest.mark.parametrize(("one", "other"), list(combinations(SHIPPED, 2)))
def test_likeness_is_the_same_from_both_sides_and_whole_with_oneself(one, other):
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, one) == pytest.approx(1)
    assert 0 <= likeness(one, other) < 0.5


def test_only_errors_keep_the_product_from_its_work():
    assert {grade.value for grade in Grade} == {"error", "warning"}
