"""A command says which words, cues and neighbours made a label."""

import json

import pytest

from tests.cli.conftest import Run

PROBLEM = "erp_replacement"


@pytest.fixture
def failed(filled: Run) -> str:
    """The id of the sentence that says that the implementation has failed."""
    pieces = map(
        json.loads, filled("export", "evidence", "--format", "json").output.splitlines()
    )
    return next(str(piece["id"]) for piece in pieces if "has failed" in piece["quote"])


def test_words_cues_and_what_weighs_for_the_problem_are_shown(filled: Run, failed: str):
    told = filled("evidence", "explain", failed).output

    assert "read by cues" in told
    assert "failure, " in told
    assert "failed" in told
    assert "cue" in told
    assert f"about {PROBLEM}" in told
    assert "own terms (" in told


def test_as_json_every_word_has_a_worth_a_facet_and_what_weighs_adds_up(
    filled: Run, failed: str
):
    told = json.loads(filled("evidence", "explain", failed, "--json").output)

    words = [part for part in told["parts"] if part["role"] == "word"]
    assert [part["text"] for part in words] == told["sentence"].split()
    assert all(told["sentence"][part["start"] : part["end"]] == part["text"] for part in words)
    assert all(len(part["worth"]) == 8 for part in told["parts"])
    [late] = [one for one in told["matches"] if one["problem"] == PROBLEM]
    assert sum(part["worth"] for part in late["parts"]) == pytest.approx(late["log_odds"])


def test_what_a_person_said_is_told_with_the_reasons(filled: Run, failed: str):
    filled("evidence", "dismiss", failed, "--problem", PROBLEM)

    told = filled("evidence", "explain", failed).output

    assert "dismissed by you, which settles it" in told


def test_no_evidence_no_explanation(filled: Run):
    result = filled("evidence", "explain", "999")

    assert result.exit_code == 1
    assert "evidence=999" in result.output
