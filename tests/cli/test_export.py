import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from unsolved.cli.export import COLUMNS


@pytest.fixture
def spoken(filled: Run) -> Run:
    """Type a command where somebody has spoken on a sentence, and a deal is open."""
    filled("evidence", "confirm", "1", "--problem", "erp_replacement")
    filled("deals", "open", "Acme Foods", "--problem", "erp_replacement")
    return filled


@pytest.mark.parametrize("what", COLUMNS)
def test_everything_can_be_written_as_csv(spoken: Run, here: Path, what: str):
    result = spoken("export", what, "--out", "out.csv")

    assert result.exit_code == 0
    with (here / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert tuple(rows[0]) == COLUMNS[what]


@pytest.mark.parametrize("what", COLUMNS)
def test_everything_can_be_written_as_json_lines(spoken: Run, what: str):
    result = spoken("export", what, "--format", "json")

    rows = [json.loads(line) for line in result.output.splitlines()]
    assert rows
    assert {"organisation", "name"} & set(rows[0])


def test_all_prospects_are_exported_the_eliminated_included(filled: Run):
    rows = filled("export", "prospects", "--format", "json").output.splitlines()

    assert len(rows) == 2 * 5


def test_a_spreadsheet_is_given_no_formula(run: Run, here: Path):
    (here / "a.csv").write_text('name\n"=HYPERLINK(1)"\n', "utf-8")
    run("add", "a.csv")

    result = run("export", "organisations")

    assert "'=HYPERLINK(1)" in result.output


def test_what_cannot_be_exported_is_refused(run: Run):
    assert run("export", "gossip").exit_code == 2


def test_a_file_that_cannot_be_written_is_told_in_a_line(run: Run):
    result = run("export", "organisations", "--out", "no/such/folder/o.csv")

    assert result.exit_code == 1
    assert "no/such/folder/o.csv" in result.output
    assert "No such file or directory" in result.output
