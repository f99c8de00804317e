"""Deals at a terminal: opened, shown, moved, decided, taken back, taken up, written out."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.deals.crm.records import call, deal, person, sync
from unsolved.db import connect

PROBLEM = "erp_replacement"


@pytest.fixture
def open_one(filled: Run) -> Run:
    """Type a command where one opportunity is open."""
    result = filled("deals", "open", "Acme Foods", "--problem", PROBLEM, "--worth", "80000")
    assert result.exit_code == 0, result.output
    return filled


def test_one_is_opened_from_a_prospect_with_what_it_tried(open_one: Run):
    shown = open_one("deals", "show", "1", "--json")
    told = json.loads(shown.output)

    assert told["worth"] == 80_000
    assert told["standing"]
    assert told["attachments"]
    assert {one["act"] for one in told["thought"]["missing"]}
    assert "ask:" in open_one("deals", "show", "Acme Foods").output


def test_where_nothing_shows_the_problem_it_is_opened_by_hand(filled: Run):
    filled("deals", "open", "Bolt", "--problem", PROBLEM, "--seller", "Bo", "--currency", "usd")
    told = json.loads(filled("deals", "show", "Bolt", "--json").output)

    assert (told["seller"], told["standing"], told["currency"]) == ("Bo", None, "USD")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("open", "Nobody", "--problem", PROBLEM), 1, "Nobody"),
        (("open", "Acme Foods", "--problem", "nothing"), 1, "nothing"),
        (("open", "Acme Foods", "--problem", PROBLEM), 1, "it is open"),
        (("show", "99"), 1, "99"),
        (("show", "nobody"), 1, "unsolved deals list"),
        (("undo", "99"), 1, "99"),
        (("move", "1", "nowhere"), 2, "nowhere"),
        (("conclude", "1", "won", "--cause", "budget"), 1, "cause"),
        (("take-up", "d99"), 1, "d99"),
    ],
)
def test_what_cannot_be_done_says_why(open_one: Run, words, code: int, said: str):
    result = open_one("deals", *words)

    assert result.exit_code == code
    assert said in result.output


def test_a_stage_is_left_with_a_reason_and_that_is_taken_back(open_one: Run):
    refused = open_one("deals", "move", "1", "progress")
    moved = open_one("deals", "move", "1", "progress", "--why", "the board asked")
    action = moved.output.split()[-1]
    open_one("deals", "undo", action)
    told = [json.loads(line) for line in lines(open_one("deals", "history", "1", "--json"))]

    assert refused.exit_code == 1
    assert "has not yet" in refused.output
    assert [one["what"] for one in told[:2]] == [
        "took back: moved it to progress",
        "moved it to progress",
    ]
    assert told[1]["undone_by"] == told[0]["id"]
    assert "(taken back)" in open_one("deals", "history", "Acme Foods").output


def test_a_deal_is_decided_or_let_go_and_leaves_the_list(open_one: Run):
    gone = open_one("deals", "let-go", "1", "--why", "they do not answer")
    open_ones = open_one("deals", "list")
    dormant = json.loads(open_one("deals", "list", "--which", "dormant", "--json").output)
    open_one("deals", "undo", gone.output.split()[-1])
    open_one("deals", "conclude", "1", "no decision", "--cause", "budget")
    again = json.loads(open_one("deals", "list", "--which", "decided", "--json").output)

    assert "no such opportunity" in open_ones.output
    assert dormant["outcome"] == "let go"
    assert again["outcome"] == "no decision"


def test_the_list_is_filtered_and_added_up_by_currency(open_one: Run):
    open_one("deals", "open", "Bolt", "--problem", PROBLEM, "--worth", "9", "--currency", "usd")
    found = open_one("deals", "list", "--sort", "worth")

    assert found.output.index("Acme Foods") < found.output.index("Bolt")
    assert "provoke: 2, 80,000 EUR, 9 USD" in found.output
    assert "Bolt" not in open_one("deals", "list", "--search", "acme").output
    assert "1 more: --limit 2" in open_one("deals", "list", "--limit", "1").output


def test_a_name_that_means_several_is_asked_back(open_one: Run):
    open_one("deals", "open", "Acme Foods", "--problem", "supply_chain")
    result = open_one("deals", "show", "Acme Foods")

    assert result.exit_code == 1
    assert "say which by its number: 1" in result.output


def test_deals_of_a_crm_are_listed_and_taken_up(open_one: Run, here: Path):
    sessions = connect(f"sqlite:///{here}/unsolved.sqlite")
    lost = deal("d2", about="Bolt", is_closed=True, lost_reason="Price")
    sync(sessions, deal("d1", about="Bolt"), lost, call("c1", person("Ines", "Bolt")))
    listed = [json.loads(line) for line in lines(open_one("deals", "take-up", "--json"))]
    one = json.loads(open_one("deals", "take-up", "d1", "--json").output)
    left = open_one("deals", "take-up", "d2")
    said = open_one("deals", "take-up", "d2", "--outcome", "lost to a competitor")

    assert [deal["key"] for deal in listed] == ["d1"]
    assert one["opened"] == [2]
    assert (left.exit_code, said.exit_code) == (3, 0)
    assert "the CRM does not say how" in left.output


def test_all_deals_of_a_crm_are_taken_up(open_one: Run, here: Path):
    sessions = connect(f"sqlite:///{here}/unsolved.sqlite")
    sync(sessions, *(deal(f"d{n}", about="Bolt") for n in range(103)))
    result = open_one("deals", "take-up", "--all")

    assert result.exit_code == 0
    assert "103 opened" in result.output


def test_what_deserves_attention_is_worked_out_and_shown(open_one: Run):
    worked_out = open_one("deals", "work-out")
    today = open_one("deals", "today", "--json")

    assert worked_out.exit_code == 0
    assert today.exit_code == 0
    for line in lines(today):
        assert json.loads(line)["opportunity_id"] == 1
    assert open_one("deals", "today", "--manager").exit_code == 0


def test_the_buyers_page_on_the_cost_says_what_is_assumed(open_one: Run):
    page = open_one("deals", "cost", "1").output

    assert page.startswith("# What it costs that nothing changes: Acme Foods")


def test_silence_is_told_of_a_deal_an_organisation_and_all(open_one: Run, here: Path):
    sessions = connect(f"sqlite:///{here}/unsolved.sqlite")
    sync(sessions, call("c1", person("Ines", "Bolt")))

    for words in ((), ("1",), ("Acme Foods",), ("Bolt", "--json")):
        assert open_one("silence", *words).exit_code == 0
    assert open_one("silence", "Nobody").exit_code == 1


def test_opportunities_are_written_out_with_all_their_parts(open_one: Run, here: Path):
    row = json.loads(open_one("export", "opportunities", "--format", "json").output)
    open_one("export", "opportunities", "--out", here / "deals.csv")
    (told,) = csv.DictReader(io.StringIO((here / "deals.csv").read_text("utf-8")))

    assert row["organisation"] == "Acme Foods"
    assert {"acts", "attempts", "stakeholders", "notes", "attachments"} <= row.keys()
    assert (told["name"], told["worth"]) == (row["name"], "80000.0")


def lines(result) -> list[str]:
    return [line for line in result.output.splitlines() if line.startswith("{")]
