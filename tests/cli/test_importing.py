import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

DEALS = """Deal Name,Amount,Close Date,Deal Stage,Associated Company
Portal,"1,200.50",2026-03-31,Won,Acme
Pump,lots,2026-04-01,Open,Bolt
Pipe,13,2026-04-02,Open,Acme
"""


@pytest.fixture
def deals(here: Path) -> Path:
    path = here / "deals.csv"
    path.write_text(DEALS, "utf-8")
    return path


def test_a_table_is_imported_once_and_again_changes_nothing(run: Run, deals: Path):
    first = run("import", deals, "--yes")
    assert "Deal Name = name" in first.output
    assert "3 records came new" in first.output

    again = run("import", deals, "--yes")
    assert "0 records came new, 0 changed, 3 as before" in again.output


def test_a_dry_run_keeps_nothing(run: Run, deals: Path):
    done = run("import", deals, "--dry-run")

    assert "3 records would come new" in done.output
    assert "nothing was kept" in done.output
    assert "no source yet" in run("source", "list").output


def test_a_preview_shows_and_stops(run: Run, deals: Path):
    [told] = json.loads(run("import", deals, "--preview", "--json").output)

    assert (told["object"], told["layout"]) == ("deals", "hubspot")
    assert {one["name"]: one["field"] for one in told["columns"]}["Close Date"] == "closed"
    assert "no source yet" in run("source", "list").output


def test_rows_that_cannot_be_read_are_in_a_file_with_line_field_and_reason(
    run: Run, deals: Path, here: Path
):
    done = run("import", deals, "--yes")

    assert done.exit_code == 3
    assert "deals.bad-rows.csv" in done.output
    with (here / "deals.bad-rows.csv").open(encoding="utf-8") as file:
        [bad] = csv.DictReader(file)
    assert (bad["line"], bad["field"]) == ("3", "Amount")
    assert "lots" in bad["why"]
    assert bad["mend"]


def test_what_a_column_means_is_said_once_and_remembered(run: Run, here: Path):
    (here / "a.csv").write_text("Thing,Money\nPortal,12\n", "utf-8")
    (here / "b.csv").write_text("Thing,Money\nPump,15\n", "utf-8")

    refused = run("import", here / "a.csv", "--yes")
    assert refused.exit_code == 1
    assert "--object and --map" in refused.output
    said = ("--object", "deals", "--map", "Thing=name", "--map", "Money=amount")
    assert "1 records came new" in run("import", here / "a.csv", "--yes", *said).output

    assert "1 records came new" in run("import", here / "b.csv", "--yes").output


def test_an_import_is_undone_whole(run: Run, deals: Path):
    run("import", deals, "--yes")

    run("source", "undo", 1)

    assert json.loads(run("source", "list", "--json").output)["records"] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere.csv",), "does not exist"),
        (("deals.csv", "--map", "Amount=colour"), "colour"),
        (("deals.csv", "--map", "Price=amount", "--dry-run"), "no table has such a column"),
        (("deals.csv", "--timezone", "Mars"), "Mars"),
        (("deals.csv", "--encoding", "klingon"), "klingon"),
    ],
)
def test_a_mistake_is_told_in_words(
    run: Run,
    deals: Path,  # noqa: ARG001 (made)
    words: tuple[str, ...],
    told: str,
):
    done = run("import", *words)

    assert done.exit_code in {1, 2, 3}
    assert told in done.output
