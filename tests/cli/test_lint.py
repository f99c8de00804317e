import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.conftest import Run
from unsolved.cli import cli

PITCH = """Subject: Quick question

Hi Ann,

I hope this email finds you well. Our platform helps companies save time. Can I show you a demo?
"""
GOOD = """Subject: Second go-live

Hi Ann,

The audit report of May 2024 says the second go-live was postponed. What held it up?
"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_good_mail_passes_and_a_bad_one_does_not(run: Run, here: Path):
    good = run("lint", write(here, "good.txt", GOOD))
    bad = run("lint", write(here, "bad.txt", PITCH))

    assert good.exit_code == 0
    assert "1 mail checked, nothing found" in good.output
    assert bad.exit_code == 1
    assert "bad.txt:5:35: error P101 product-before-problem" in bad.output
    assert "^^^^^^^^^^^^" in bad.output


def test_notes_alone_do_not_fail(run: Run, here: Path):
    text = GOOD.replace("postponed.", "postponed in a robust way.")

    done = run("lint", write(here, "note.txt", text))

    assert "note W604" in done.output
    assert done.exit_code == 0


def test_what_was_not_understood_is_exit_code_2(run: Run, here: Path):
    mail = write(here, "a.txt", GOOD)

    assert run("lint").exit_code == 2
    assert run("lint", "nowhere.txt").exit_code == 2
    assert run("lint", mail, "--select", "P999").exit_code == 2
    assert run("lint", "--explain", "P999").exit_code == 2
    assert run("lint", mail, "--format", "fax").exit_code == 2


def test_a_rule_is_explained_and_all_are_listed(run: Run):
    told = run("lint", "--explain", "product-before-problem")
    listed = run("lint", "--rules")

    assert "P101 product-before-problem (error)" in told.output
    assert "Bad:" in told.output
    assert len(listed.output.splitlines()) >= 24
    assert told.exit_code == listed.exit_code == 0


def test_formats_for_programs(run: Run, here: Path):
    mail = write(here, "a,b.txt", PITCH)

    facts = json.loads(run("lint", mail, "--json").output)
    sarif = json.loads(run("lint", mail, "--format", "sarif").output)
    github = run("lint", mail, "--format", "github").output

    [draft] = facts
    finding = next(one for one in draft["findings"] if one["rule"] == "P101")
    assert PITCH[finding["start"] : finding["end"]] == finding["words"]
    assert sarif["version"] == "2.1.0"
    results = sarif["runs"][0]["results"]
    rules = sarif["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in results)
    assert any("fixes" in one for one in results)
    assert "file=" in github
    assert "a%2Cb.txt" in github
    assert "::error " in github


def test_fix_mends_and_diff_only_shows(run: Run, here: Path):
    mail = write(here, "a.txt", PITCH.replace("\n", "\r\n"))

    shown = run("lint", mail, "--diff")
    assert "-I hope this email finds you well." in shown.output
    assert shown.exit_code == 1
    assert b"finds you well" in mail.read_bytes()

    done = run("lint", mail, "--fix")
    assert "M801" not in done.output
    assert (
        mail.read_bytes()
        == PITCH.replace("I hope this email finds you well. ", "")
        .replace("\n", "\r\n")
        .encode()
    )
    assert run("lint", mail, "--diff").exit_code == 0


def test_standard_input_is_read_and_mended_to_standard_output(
    here: Path, monkeypatch: pytest.MonkeyPatch
):
    assert here == Path.cwd()
    monkeypatch.setenv("UNSOLVED_READER", "cues")
    done = CliRunner().invoke(cli, ["lint", "-"], input=PITCH)
    assert "-:5:35: error P101" in done.output
    mended = CliRunner().invoke(cli, ["lint", "-", "--fix"], input=PITCH)
    assert mended.stdout == PITCH.replace("I hope this email finds you well. ", "")
    assert "P101" in mended.stderr


def test_a_folder_is_read_with_all_that_is_in_it(run: Run, here: Path):
    write(here, "mails/one.txt", GOOD)
    write(here, "mails/deep/two.md", PITCH)
    write(here, "mails/.hidden/three.md", PITCH)
    write(here, "mails/picture.png", b"\x89PNG")

    facts = json.loads(run("lint", here / "mails", "--json").output)

    assert [Path(one["file"]).name for one in facts] == ["two.md", "one.txt"]


def test_files_numbered_from_one_on_are_a_sequence(run: Run, here: Path):
    write(here, "seq/1-first.txt", GOOD)
    write(here, "seq/2-second.txt", GOOD.replace("Second go-live", "Re: Second go-live"))

    together = run("lint", here / "seq")
    apart = run("lint", here / "seq", "--no-sequence")

    assert "T001" in together.output
    assert "M805" not in together.output
    assert "T001" not in apart.output
    assert "M805" in apart.output


def test_settings_are_read_from_the_file_and_the_command_line_wins(run: Run, here: Path):
    mail = write(here, "a.txt", PITCH)
    (here / "unsolved.toml").write_text(
        '[drafts]\nignore = ["P", "Q", "M", "W", "F"]\nown = ["Nordlicht"]\n'
        '[drafts.severity]\nA401 = "note"\n',
        "utf-8",
    )
    done = run("lint", mail)
    assert "note A401" in done.output
    assert done.exit_code == 0
    assert "P101" in run("lint", mail, "--select", "P101").output

    (here / "unsolved.toml").write_text("[drafts]\nmost-wrds = 3\n", "utf-8")
    slip = run("lint", mail)
    assert slip.exit_code == 2
    assert "most_words" in slip.output


def test_settings_may_stand_in_pyproject(run: Run, here: Path):
    mail = write(here, "a.txt", GOOD)
    write(here, "pyproject.toml", "[tool.unsolved.drafts]\nmost-words = 5\n")

    assert "S901" in run("lint", mail).output

    own = write(here, "own.toml", "[drafts]\nmost-words = 500\n")
    assert "S901" not in run("lint", mail, "--config", own).output
    broken = write(here, "broken.toml", "[drafts\n")
    assert run("lint", mail, "--config", broken).exit_code == 2


def test_what_cannot_be_read_is_told_and_the_rest_is_checked(run: Run, here: Path):
    good = write(here, "good.txt", GOOD)
    binary = write(here, "picture.txt", b"\x00\x01\x02" * 10)

    both = run("lint", good, binary)
    alone = run("lint", binary)

    assert both.exit_code == 3
    assert "picture.txt" in both.stderr
    assert alone.exit_code == 1
    assert "Traceback" not in alone.output


def test_claims_are_held_against_an_organisations_quotes(filled: Run, here: Path):
    backed = write(
        here, "a.txt", "Hi Ann,\n\nyour ERP implementation has failed. What came after?\n"
    )
    wrong = write(here, "b.txt", "Hi Ann,\n\nyour canteen was closed in spring. Why?\n")

    done = filled("lint", backed, "--to", "Acme Foods")
    assert "borne out" in done.output
    assert "The ERP implementation has failed" in done.output
    assert done.exit_code == 0

    done = filled("lint", wrong, "--to", "Acme Foods")
    assert "C201" in done.output
    assert done.exit_code == 1
    assert filled("lint", wrong, "--to", "Nobody").exit_code == 1
