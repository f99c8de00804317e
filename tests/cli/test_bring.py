from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_init_makes_a_database_and_settings_to_edit(run: Run, here: Path):
    result = run("init")

    assert result.exit_code == 0
    assert (here / "unsolved.sqlite").is_file()
    assert "# reader" in (here / "unsolved.toml").read_text("utf-8")
    assert "next: unsolved add FOLDER" in result.output


def test_init_again_leaves_the_settings_alone(run: Run, here: Path):
    (here / "unsolved.toml").write_text("port = 9000\n", "utf-8")

    assert run("init").exit_code == 0
    assert (here / "unsolved.toml").read_text("utf-8") == "port = 9000\n"


def test_add_tells_what_it_brought_and_adding_again_changes_nothing(run: Run, letters: Path):
    first, second = run("add", letters), run("add", letters)

    assert "2 new, 0 changed, 0 as before" in first.output
    assert "0 new, 0 changed, 2 as before" in second.output


def test_a_changed_file_is_told_as_changed(run: Run, letters: Path):
    run("add", letters)
    file = letters / "bolt" / "2025.md"
    file.write_text(file.read_text("utf-8").replace("green", "blue"), "utf-8")

    assert "0 new, 1 changed, 1 as before" in run("add", letters).output


def test_what_cannot_be_read_is_named_the_rest_is_kept_and_the_exit_code_is_3(
    run: Run, letters: Path
):
    (letters / "acme" / "broken.pdf").write_bytes(b"%PDF-1.4 no more than that")

    result = run("add", letters)

    assert result.exit_code == 3
    assert "2 new" in result.output
    assert "broken.pdf" in result.output


def test_organisations_come_from_a_csv_file(run: Run, here: Path):
    (here / "firms.csv").write_text("name,domain\nAcme,acme.com\n,nobody.com\n", "utf-8")

    result = run("add", "firms.csv")

    assert result.exit_code == 3
    assert "1 organisations" in result.output
    assert "line 3" in result.output


def test_documents_that_do_not_say_whom_they_are_about_can_be_told(run: Run, here: Path):
    (here / "a.txt").write_text("Orders were late again at every plant.", "utf-8")

    result = run("add", "a.txt", "--organisation", "Acme", "--kind", "news")

    assert "1 new" in result.output
    assert run("organisation", "acme").exit_code == 0


def test_a_path_that_is_not_there_is_refused_by_name(run: Run):
    result = run("add", "nowhere")

    assert result.exit_code == 2
    assert "'nowhere' does not exist" in result.output


def test_read_says_how_much_and_that_nothing_is_left(run: Run, letters: Path):
    run("add", letters)

    result = run("read")

    assert result.exit_code == 0
    assert "2 documents read" in result.output
    assert "nothing is left unread" in result.output


def test_read_with_nothing_to_read_is_no_error(run: Run):
    assert run("read").exit_code == 0


SETTINGS = [
    ('reader = "oracle"', "reader"),
    ("port = yes", "unsolved.toml cannot be read"),
    ("colour = 1", "colour"),
]


@pytest.mark.parametrize(("written", "named"), SETTINGS)
def test_wrong_settings_are_named(run: Run, here: Path, monkeypatch, written: str, named: str):
    monkeypatch.delenv("UNSOLVED_READER")
    (here / "unsolved.toml").write_text(written, "utf-8")

    result = run("read")

    assert result.exit_code == 2
    assert named in result.output


def test_a_wrong_problem_file_is_named_with_its_line(run: Run, here: Path, monkeypatch):
    (here / "mine.yaml").write_text("id: x\ntitel: Y\n", "utf-8")
    monkeypatch.setenv("UNSOLVED_PROBLEMS", "mine.yaml")

    result = run("read")

    assert result.exit_code == 1
    assert "mine.yaml, line" in result.output
