"""People say in a command what a sentence is about, and take it back."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PROBLEM = "erp_replacement"


@pytest.fixture
def sentence(filled: Run) -> str:
    """The id of the sentence that tells of Acme's standing."""
    [acme] = json.loads(filled("prospects", "--problem", PROBLEM, "--json").output)
    return str(acme["evidence"][0]["id"])


def told(run: Run, sentence: str) -> list[dict[str, object]]:
    [acme] = [
        found
        for found in json.loads(run("organisation", "Acme Foods", "--json").output)["prospects"]
        if found["problem"] == PROBLEM
    ]
    return [piece for piece in acme["evidence"] if str(piece["id"]) == sentence]


def test_a_dismissed_sentence_leaves_the_dossier_and_comes_back_when_taken_back(
    filled: Run, sentence: str
):
    before = told(filled, sentence)

    dismissed = filled("evidence", "dismiss", sentence, "--problem", PROBLEM)
    without = told(filled, sentence)
    filled("evidence", "undo", sentence, "--problem", PROBLEM)

    assert "dismissed by you" in dismissed.output
    assert without == []
    assert told(filled, sentence) == before != []


def test_a_confirmed_sentence_is_marked_as_such(filled: Run, sentence: str):
    filled("evidence", "confirm", sentence, "--problem", PROBLEM)

    [piece] = told(filled, sentence)
    assert (piece["match"], piece["verdict"]) == (1.0, "confirmed")
    assert (
        f"about {PROBLEM}: 1.00, confirmed by you"
        in filled("evidence", "show", sentence).output
    )


def test_feedback_can_be_had_as_lines_to_learn_from(filled: Run, sentence: str, letters: Path):
    filled("evidence", "confirm", sentence, "--problem", PROBLEM)

    [line] = filled("evidence", "feedback", "--json").output.splitlines()
    [exported] = filled("export", "feedback", "--format", "json").output.splitlines()

    told = json.loads(line)
    assert json.loads(exported) == told
    assert (told["problem"], told["verdict"]) == (PROBLEM, "confirmed")
    assert told["quote"] in (letters / "acme" / "2025.md").read_text("utf-8")
    assert told["quote"] in filled("evidence", "feedback").output


def test_feedback_is_still_there_after_everything_was_read_again(
    filled: Run, sentence: str, here: Path
):
    filled("evidence", "dismiss", sentence, "--problem", PROBLEM)
    with sqlite3.connect(here / "unsolved.sqlite") as database:
        database.execute("update readings set fingerprint = 'an older one'")
    database.close()

    filled("read")

    pieces = filled("export", "evidence", "--format", "json").output.splitlines()
    verdicts = [json.loads(piece)["verdicts"] for piece in pieces]
    assert verdicts.count({PROBLEM: "dismissed"}) == 1


def test_a_problem_or_a_sentence_that_is_not_there_is_told_in_a_line(
    filled: Run, sentence: str
):
    other = filled("evidence", "confirm", sentence, "--problem", "none")
    gone = filled("evidence", "dismiss", "999", "--problem", PROBLEM)

    assert (other.exit_code, gone.exit_code) == (1, 1)
    assert PROBLEM in other.output
    assert "evidence=999" in gone.output


def test_nothing_said_shows_nothing(filled: Run):
    assert filled("evidence", "feedback").output == ""
