import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from unsolved.cli.problems import problems

GOOD = """\
id: late_close
title: The books close late
statement: The month is closed weeks after its end.
symptoms: [figures come late, the auditor waits, entries are typed twice]
terms: [ledger, month-end, chart of accounts]
typical_failed_fixes:
  - fix: hire more staff
    why_it_fails: they type the same entries
questions:
  attempts: ["What did you try?"]
"""


@dataclass
class Obj:
    problems: Path | None = None


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def run(*words: str | Path, obj: Obj | None = None) -> Result:
    return CliRunner().invoke(problems, [str(word) for word in words], obj=obj)


def test_list_names_the_problems_that_ship_with_us():
    result = run("list")

    assert result.exit_code == 0
    assert "supply_chain       Supply and delivery that break" in result.output


def test_the_library_of_the_context_is_used_and_an_option_goes_before_it(file: Path):
    assert run("list", obj=Obj(file)).output == "late_close  The books close late\n"
    assert "supply_chain" in run("list", obj=Obj()).output
    assert run("list", "--problems", file, obj=Obj(Path("nowhere"))).exit_code == 0
    assert run("check", "--problems", file, obj=Obj(Path("nowhere"))).exit_code == 0
    assert run("check", file, obj=Obj(Path("nowhere"))).exit_code == 0


def test_list_speaks_json(file: Path):
    told = json.loads(run("list", "--problems", file, "--json").output)

    assert told == [{"id": "late_close", "title": "The books close late"}]


def test_show_says_all_that_is_known(file: Path):
    result = run("show", "late_close", "--problems", file)

    assert result.exit_code == 0
    assert "  - hire more staff: they type the same entries\n" in result.output
    assert "  - attempts: What did you try?\n" in result.output
    assert "Causes" not in result.output


def test_show_speaks_json(file: Path):
    told = json.loads(run("show", "late_close", "--problems", file, "--json").output)

    assert told["questions"] == [{"theme": "attempts", "text": "What did you try?"}]


@pytest.mark.parametrize(
    ("asked", "mend"),
    [("suply_chain", "Did you mean supply_chain?"), ("x", "There are: erp_replacement, ")],
)
def test_showing_what_is_not_there_names_what_is(asked, mend):
    result = run("show", asked)

    assert result.exit_code == 1
    assert f"there is no problem {asked}. {mend}" in result.output


@pytest.mark.parametrize("command", [("list",), ("show", "late_close")])
def test_a_broken_library_is_told_with_line_and_mend(file: Path, command):
    file.write_text(GOOD.replace("title", "titel"), encoding="utf-8")

    result = run(*command, "--problems", file)

    assert result.exit_code == 1
    assert f"{file}:1: `title` is missing. Add it: the problem in one line" in result.output


def test_check_has_nothing_to_say_about_a_sound_library(file: Path):
    result = run("check", file)

    assert result.exit_code == 0
    assert result.output == "1 problem, 0 errors, 0 warnings\n"


def test_check_prints_every_fault_of_every_file_and_fails(file: Path):
    (file.parent / "b.yaml").write_text("id: B\ntitle: [\n", encoding="utf-8")
    (file.parent / "c.yaml").write_text(GOOD.replace("symptoms", "symptom"), encoding="utf-8")

    result = run("check", file.parent)

    assert result.exit_code == 1
    assert f"{file.parent / 'c.yaml'}:4: there is no field `symptom`." in result.output
    assert "Did you mean `symptoms`?" in result.output
    assert f"{file.parent / 'b.yaml'}:3: this is not YAML" in result.output
    assert result.output.endswith("1 problem, 3 errors, 0 warnings\n")


def test_a_finding_that_is_an_error_fails(file: Path):
    file.write_text(GOOD.replace("What did you try", "May we show a demo"), encoding="utf-8")

    result = run("check", file)

    assert result.exit_code == 1
    assert (
        'late_close: error pitch: the question "May we show a demo?" pitches' in result.output
    )


def test_a_warning_does_not_fail(file: Path):
    file.write_text(GOOD.replace("[ledger", "[delay, ledger"), encoding="utf-8")

    result = run("check", file)

    assert result.exit_code == 0
    assert 'late_close: warning failure-term: the term "delay"' in result.output
    assert "1 problem, 0 errors, 1 warning" in result.output


def test_check_speaks_json(file: Path):
    file.write_text(GOOD.replace("[ledger", "[delay, ledger"), encoding="utf-8")
    (file.parent / "b.yaml").write_text("id: 7\n" + GOOD, encoding="utf-8")

    told = json.loads(run("check", file.parent, "--json").output)

    assert told["problems"] == 1
    assert told["unreadable"][0]["line"] == 1
    assert told["unreadable"][0]["where"] == str(file.parent / "b.yaml")
    assert {finding["rule"] for finding in told["findings"]} == {"failure-term"}


def test_show_tells_what_it_costs_and_what_is_worth_telling():
    told = run("show", "supply_chain").output

    assert "What it costs a year that nothing changes" in told
    assert "Worth telling" in told
