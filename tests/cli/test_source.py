import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def named(run: Run, letters: Path) -> Run:
    """Type a command where the letters are a source, and have been visited."""
    assert run("source", "add", "folder", letters, "--name", "letters").exit_code == 0
    assert run("sync").exit_code == 0
    return run


def test_a_source_is_named_once_and_synced_again_and_again(named: Run, letters: Path):
    (letters / "acme" / "more.txt").write_text("Orders are late still.", "utf-8")

    done = named("sync", "letters")

    assert done.output.splitlines()[0] == "letters: 1 new, 0 changed, 2 as before"
    assert named("sync").output.splitlines()[0] == "letters: 0 new, 0 changed, 3 as before"


def test_sync_tells_as_json_what_came(named: Run):
    told = json.loads(named("sync", "--json").output)

    assert told["source"] == "letters"
    assert told["documents"] == {"new": 0, "changed": 0, "unchanged": 2}
    assert (told["failure"], told["refused"]) == (None, 0)


def test_only_what_is_due_is_visited_when_asked_so(named: Run, letters: Path):
    assert named("sync", "--due").output == ""

    named("source", "add", "folder", letters / "acme", "--name", "acme", "--every", "1h")
    assert named("sync", "--due").output.startswith("acme: ")
    assert named("sync", "--due").output == ""


def test_what_could_not_be_read_is_written_as_a_table(named: Run, letters: Path, here: Path):
    (letters / "acme" / "picture.png").write_bytes(b"\x89PNG")

    assert named("sync").exit_code == 3
    done = named("source", "refusals", "letters", "--out", here / "bad.csv")

    assert "1 refusals written" in done.output
    rows = (here / "bad.csv").read_text("utf-8").splitlines()
    assert rows[0] == "place,line,field,why,mend"
    assert rows[1].startswith("acme/picture.png,,,files ending in '.png' are not read,")
    assert named("source", "refusals", "letters").output.splitlines()[0] == rows[0]


def test_a_paused_source_is_left_out_until_it_goes_on(named: Run):
    named("source", "pause", "letters")
    assert "paused" in named("source", "list").output
    assert named("sync").output == "no source yet; unsolved source add --help lists the kinds\n"

    named("source", "resume", "letters")
    assert named("sync").output.startswith("letters: ")


def test_an_import_is_undone_by_its_number_and_brought_back(named: Run):
    assert "import 1, " in named("source", "show", "letters").output

    assert named("source", "undo", 1).exit_code == 0
    assert "0 documents" in named("source", "list").output
    again = named("source", "undo", 1)
    assert again.exit_code == 1
    assert "undone already" in again.output
    assert named("source", "redo", 1).exit_code == 0
    assert "2 documents" in named("source", "list").output


def test_a_source_is_removed_and_restored(named: Run):
    named("source", "remove", "letters")
    assert "no source yet" in named("source", "list").output

    named("source", "restore", "letters")
    assert json.loads(named("source", "list", "--json").output)["documents"] == 2


def test_a_source_is_read_again_from_its_beginning(named: Run):
    assert (
        "will be read from 2026-01-31"
        in named("source", "reread", "letters", "--since", "2026-01-31").output
    )
    assert named("sync").exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("source", "show", "nobody"), "no such thing"),
        (("sync", "nobody"), "no such thing"),
        (("source", "add", "folder", "nowhere"), "no such file or folder"),
        (("source", "add", "pigeon", "x"), "No such command"),
        (("source", "add", "feed", "https://x.example", "--every", "often"), "no interval"),
        (("source", "add", "feed"), "Missing argument"),
        (("source", "add", "edgar", "WMT", "--contact", "nobody"), "name and e-mail address"),
        (("source", "add", "site", "file:///etc/passwd"), "https://"),
        (("source", "undo", 99), "no such thing"),
    ],
)
def test_a_mistake_is_told_in_words(run: Run, words: tuple[object, ...], told: str):
    done = run(*words)

    assert done.exit_code in {1, 2}
    assert told in done.output


def test_a_secret_is_asked_for_kept_under_a_key_and_never_shown(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("UNSOLVED_IMAP_PASSWORD", "open-sesame")

    done = run("source", "add", "imap", "imap.acme.example", "--user", "ann")

    assert done.exit_code == 0
    key = here / "unsolved.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert b"open-sesame" not in (here / "unsolved.sqlite").read_bytes()
    for words in (("source", "show", "imap.acme.example"), ("source", "list", "--json")):
        assert "open-sesame" not in run(*words).output
    assert "open-sesame" not in done.output


def test_adding_files_makes_them_a_source_that_can_be_synced(run: Run, letters: Path):
    run("add", letters)

    done = run("sync")

    assert done.output.startswith(f"{letters}: 0 new, 0 changed, 2 as before")
