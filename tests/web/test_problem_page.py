"""What the page of a problem says of its cost and its insights."""

from dataclasses import replace

from fastapi.testclient import TestClient

from tests import make_world
from tests.web.reading import page
from unsolved.app import make_app
from unsolved.db import Sessions
from unsolved.problems import CostForRole, CostModel, CostQuantity, Insight, Library, load

QUANTITIES = (
    CostQuantity(
        name="orders", what="<b>orders</b>", unit="orders / week", question="How many?"
    ),
    CostQuantity(
        name="margin", what="margin", unit="money / order", low=0.5, likely=2000, high=80000
    ),
)
PROBLEM = replace(
    load().problems[0],
    cost=CostModel("orders * margin", QUANTITIES, (CostForRole("controller", "It is lost."),)),
    insights=(
        Insight(text="One in ten.", source="Audit, 2026", url="https://example.org/a"),
        Insight(text="Two in ten.", source="Audit, 2025", url="javascript:alert(1)"),
    ),
)


def shown(sessions: Sessions) -> TestClient:
    return TestClient(make_app(sessions, Library((PROBLEM,)), make_world.READING))


def test_a_cost_model_is_shown_with_what_is_assumed_and_what_is_not(sessions: Sessions):
    found = page(shown(sessions), f"/problems/{PROBLEM.id}")

    assert "orders * margin" in found.text
    assert "Assumed until the buyer says: 0.5 to 80,000, likely 2,000." in found.text
    assert "Nothing is assumed. How many?" in " ".join(found.text.split())
    assert "It is lost." in found.text


def test_what_a_file_says_is_text_on_the_page_and_no_markup(sessions: Sessions):
    found = page(shown(sessions), f"/problems/{PROBLEM.id}")

    assert "<b>orders</b>" in found.text
    links = [link["href"] for link in found.all(".fixes a")]
    assert links == ["https://example.org/a"]


def test_a_problem_without_either_has_no_heading_for_them(sessions: Sessions):
    bare = replace(PROBLEM, cost=None, insights=())
    client = TestClient(make_app(sessions, Library((bare,)), make_world.READING))

    text = page(client, f"/problems/{PROBLEM.id}").text

    assert "What it costs" not in text
    assert "Worth telling" not in text
