import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.conftest import Run
from unsolved.cli import cli
from unsolved.conversations.practice import called, to_yaml

WHY = "I read in your annual report of March 2025 that returned deliveries rose by a third."
CALL = """\
Sam Seller: Thanks for your time, Bea. What goes wrong with your deliveries today?
Bea Buyer: Our deliveries are late in two weeks of five because lists are printed too early.
Sam Seller: Our platform helps companies like yours. What have you tried so far?
Bea Buyer: We tried a new planning system in 2021 and it failed after nine weeks.
"""


def typed(*words: str | Path, lines: str = "") -> Result:
    """Type a command, and lines into it."""
    result = CliRunner().invoke(cli, [str(word) for word in words], input=lines)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_buyers_are_listed_without_a_database(run: Run, here: Path):
    listed = run("practice", "--list")

    assert listed.exit_code == 0
    assert "cold_store" in listed.output
    assert run("practice").output == listed.output
    assert len(json.loads(run("practice", "--list", "--json").output)) == 6
    assert not list(here.glob("*.sqlite"))


@pytest.mark.usefixtures("here")
def test_lines_are_read_where_nobody_types_and_the_talk_is_looked_back_upon():
    done = typed(
        *("practice", "cold_store", "--seed", "3"),
        lines=f"{WHY}\n/hint\nWhat goes wrong today?\nCan I show you a demo?\n/odd\n/end\n",
    )

    assert done.exit_code == 0
    assert "  hint: " in done.output
    assert "/hint what to do next" in done.output
    score = re.search(r"score (\d+\.\d\d) of 100", done.output)
    points = re.findall(r"^ +([+-]\d+\.\d\d)  ", done.output, re.MULTILINE)
    assert score
    assert float(score[1]) == sum(map(float, points))
    assert "unsolved practice cold_store --seed 3" in done.output


@pytest.mark.usefixtures("here")
def test_the_same_seed_and_lines_make_the_same_talk():
    words = ("practice", "pump_parts", "--seed", "5", "--json")
    told = [json.loads(typed(*words, lines=f"{WHY}\nWhy?\n").output) for _ in range(2)]

    assert [turn["answer"] for turn in told[0]["turns"]] == [
        turn["answer"] for turn in told[1]["turns"]
    ]
    assert told[0]["id"] != told[1]["id"]
    assert told[0]["debrief"]["score"] == sum(
        point["points"] for point in told[0]["debrief"]["reasons"]
    )


def test_a_script_is_said_line_by_line_without_its_notes(run: Run, here: Path):
    script = here / "script.txt"
    script.write_text(f"# the reason first\n{WHY}\n\nWhat goes wrong today?\n", "utf-8")

    told = json.loads(run("practice", "cold_store", "--script", script, "--json").output)

    assert [turn["line"] for turn in told["turns"]] == [WHY, "What goes wrong today?"]
    assert told["debrief"]["ending"] == "the seller ended it"


@pytest.mark.usefixtures("here")
def test_a_call_is_repeated_from_within():
    done = typed(
        *("practice", "cold_store", "--seed", "3", "--seller", "Ada"),
        lines=f"{WHY}\n/repeat\n{WHY}\n/end\n",
    )

    said = [line for line in done.output.splitlines() if line.startswith("Marta: ")]
    assert len(said) == 4
    assert said[:2] == said[2:]
    past = typed("practice", "--history", "--seller", "Ada", "--json")
    assert [call["turns"] for call in json.loads(past.output)] == [1, 1]


def test_history_is_kept_per_seller(run: Run):
    assert "nobody has practised yet" in run("practice", "--history").output
    for seller in ("Ada", "Ada", "Bo"):
        typed("practice", "cold_store", "--seller", seller, lines=f"{WHY}\n")

    told = run("practice", "--history").output
    assert "Ada: 2 calls, best" in told
    assert "Bo: 1 call, best" in told
    assert "Bo" not in run("practice", "--history", "--seller", "Ada").output


def test_an_organisation_is_called_and_tells_what_is_quoted_of_it(filled: Run):
    words = ("practice", "Acme Foods", "--json")
    told = json.loads(typed(*words, lines="What have you tried so far?\n").output)

    assert told["persona"]["origin"] == "prospect"
    assert filled("practice", "Nobody at all").exit_code == 1
    assert filled("practice", "Acme Foods", "--problem", "none").exit_code == 1
    assert filled("practice", "Bolt").exit_code == 1


def test_a_persona_file_and_a_call_are_taken(here: Path):
    (here / "mine.yaml").write_text(to_yaml(called("cold_store")), "utf-8")
    (here / "call.txt").write_text(CALL, "utf-8")

    assert "Marta Kowalczyk" in typed("practice", "mine.yaml", lines="/end\n").output
    done = typed("practice", "call.txt", "--buyer", "Bea", lines="What goes wrong?\n")
    assert "Made from the call" in done.output


HOLES = [
    ("mine.yaml", b"id: x\nname: y\n", "mine.yaml, line 1: `role` is missing"),
    ("mine.yaml", b"id: [\n", "mine.yaml, line"),
    ("mine.yaml", b"", "the file is empty"),
    ("mine.yaml", b"\xff", "not UTF-8"),
    ("call.txt", b"Anna: Hi.\nBert: Hi.\n", "nobody on the buyer's side tells"),
    ("call.vtt", b"", "call.vtt"),
]


@pytest.mark.parametrize(("name", "content", "why"), HOLES)
def test_a_file_with_a_hole_in_it_is_told_with_its_line(
    here: Path, name: str, content: bytes, why: str
):
    (here / name).write_bytes(content)

    done = typed("practice", name, lines="Hello.\n")

    assert done.exit_code == 1
    assert why in done.output
    assert "Traceback" not in done.output


def test_what_is_not_there_is_told_with_what_is(run: Run):
    done = run("practice", "cold_stor")

    assert done.exit_code == 1
    assert "cold_store" in done.output
    assert run("practice", "none.yaml").exit_code == 1
    assert run("practice", "cold_store", "--seed", "-1").exit_code == 2
    assert run("practice", "cold_store", "--script", "none.txt").exit_code == 2


@pytest.mark.usefixtures("here")
def test_odd_bytes_and_silence_are_answered():
    done = CliRunner().invoke(
        cli, ["practice", "cold_store"], input=b"\xff\xfe\x00\n\n" + b"a" * 9000 + b"\n"
    )

    assert done.exit_code == 0
    assert done.output.count("Marta: ") >= 3


def test_a_language_model_is_asked_only_where_one_is_set_and_somebody_agrees(
    run: Run, monkeypatch: pytest.MonkeyPatch
):
    assert "UNSOLVED_LLM_URL" in run("practice", "cold_store", "--llm").output
    monkeypatch.setenv("UNSOLVED_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("UNSOLVED_LLM_MODEL", "small")
    monkeypatch.setenv("UNSOLVED_LLM_SECONDS", "1")

    refused = typed("practice", "cold_store", "--llm", lines="n\n")
    assert refused.exit_code == 1
    assert "small at http://127.0.0.1:9/v1" in refused.output
    assert "no other fact" in refused.output
    agreed = typed("practice", "cold_store", "--llm", "--yes", lines=f"{WHY}\n")
    assert agreed.exit_code == 0
    assert "of 100" in agreed.output
