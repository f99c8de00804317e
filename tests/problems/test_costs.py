"""The cost model of a file: what is refused, and on which line."""

import pytest

from tests.problems.test_library import GOOD
from unsolved.problems import (
    CostForRole,
    CostModel,
    CostQuantity,
    Insight,
    Library,
    check,
    parse,
)

COST = """\
cost:
  formula: orders * margin
  inputs:
    - name: orders
      what: orders that are lost
      unit: orders / week
      question: How many orders a week are lost?
      low: 10
      likely: 40
      high: 1.2e+2
    - name: margin
      what: margin of an order
      unit: money / order
  per_role:
    - role: controller
      means: Margin is lost.
      inputs: [margin]
insights:
  - text: Two of three errors came from data typed in wrongly.
    source: Auditor General, 2026
    industries: [Government]
    roles: [head of payroll]
    url: https://example.org/report
"""
GOOD_COST = GOOD + COST
LINES = len(GOOD.splitlines())


def test_a_cost_model_and_insights_are_read():
    problem, wrong = parse(GOOD_COST)

    assert wrong == []
    assert problem is not None
    assert problem.cost == CostModel(
        "orders * margin",
        (
            CostQuantity(
                name="orders",
                what="orders that are lost",
                unit="orders / week",
                question="How many orders a week are lost?",
                low=10,
                likely=40,
                high=120,
            ),
            CostQuantity(name="margin", what="margin of an order", unit="money / order"),
        ),
        (CostForRole("controller", "Margin is lost.", ("margin",)),),
    )
    assert problem.insights == (
        Insight(
            text="Two of three errors came from data typed in wrongly.",
            source="Auditor General, 2026",
            industries=("Government",),
            roles=("head of payroll",),
            url="https://example.org/report",
        ),
    )


@pytest.mark.parametrize(
    ("good", "bad", "line", "why", "mend"),
    [
        ("orders * margin", "orders * margn", 2, "no input `margn` (column 10)", "`margin`?"),
        ("orders * margin", "orders * (", 2, "breaks off", "Say what"),
        ("orders * margin", "eval(orders)", 2, "calls something", "Only `min"),
        ("orders * margin", "orders", 11, "does not name the input `margin`", "Use it"),
        ("orders / week", "orders", 2, "gives money, not money a year", "meant as"),
        ("money / order", "EUR / order", 2, "gives EUR/week", "Write money instead of EUR"),
        ("money / order", "money / customer", 2, "money·order/(customer·week)", "money/order"),
        ("money / order", "$ / order", 13, "names no currency", "Write the code"),
        ("name: margin", "name: orders", 4, "`orders` stands there twice", "Rename"),
        ("      likely: 40\n", "", 4, "`likely` is missing", "Add it"),
        ("likely: 40", "likely: 400", 8, "does not rise: 10, 400, 120", "least first"),
        ("likely: 40", "likely: .inf", 9, "no plain number", "Write it as"),
        ("likely: 40", "likely: 1:30", 9, "no plain number", "Write it as"),
        ("likely: 40", "likely: many", 9, "text, where a number is expected", "a number"),
        ("[margin]", "[margins]", 17, "no input `margins`", "There are: margin, orders"),
        ("name: margin", "name: Margin", 11, "cannot be 'Margin'", "small letter"),
        ("Auditor General, 2026", "somebody", 20, "`source` cannot be", "the year"),
        ("https://example.org/report", "javascript:alert(1)", 23, "`url` cannot", "https"),
    ],
)
def test_a_wrong_cost_model_is_refused_with_line_and_mend(good, bad, line, why, mend):
    assert good in COST

    problem, wrong = parse(GOOD + COST.replace(good, bad, 1))

    assert problem is None
    assert any(w.line == LINES + line and why in w.why and mend in w.mend for w in wrong), [
        str(w) for w in wrong
    ]


def test_a_toml_file_may_have_them_too():
    problem, _ = parse(GOOD_COST)
    assert problem is not None
    text = """
id = "late_close"
title = "The books close late"
statement = "The month is closed weeks after its end."
symptoms = ["figures come late"]
[cost]
formula = "orders * margin"
[[cost.inputs]]
name = "orders"
what = "orders that are lost"
unit = "orders / week"
question = "How many orders a week are lost?"
low = 10
likely = 40.0
high = 120
[[cost.inputs]]
name = "margin"
what = "margin of an order"
unit = "money / order"
[[cost.per_role]]
role = "controller"
means = "Margin is lost."
inputs = ["margin"]
"""

    found, wrong = parse(text, where="a.toml")

    assert wrong == []
    assert found is not None
    assert found.cost == problem.cost


def test_neither_changes_what_documents_are_read_by():
    bare, _ = parse(GOOD)
    whole, _ = parse(GOOD_COST)

    assert bare is not None
    assert whole is not None
    assert whole != bare
    assert whole.fingerprint == bare.fingerprint
    assert Library((whole,)).fingerprint == Library((bare,)).fingerprint


@pytest.mark.parametrize(
    ("good", "bad", "rule"),
    [
        ("How many orders a week are lost?", "When can you see a demo?", "pitch"),
        ("Two of three errors", "Our product found two of three errors", "pitch"),
        ("How many orders a week are lost?", "What would we find?", "seller"),
    ],
)
def test_neither_a_question_for_a_figure_nor_an_insight_pitches(good, bad, rule):
    problem, _ = parse(GOOD_COST.replace(good, bad))

    assert problem is not None
    assert rule in {finding.rule for finding in check(Library((problem,)))}
