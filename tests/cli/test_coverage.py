"""`unsolved coverage` shows what was understood, from a file or a pipe."""

import json
from pathlib import Path

from click.testing import CliRunner

from tests.cli.conftest import Run
from tests.conversations.coverage.test_reading import ANSWER, MAIL
from unsolved.cli import cli

CALL = """\
Sam Field: Thanks for making time. What have you tried so far?
Ada Holm: We bought a scanner system two years ago and nobody used it.
Sam Field: Our platform is the market-leading tool.
Ada Holm: What makes you say we have this problem?
Sam Field: Our customers love it.
"""


def call(here: Path, text: str = CALL, name: str = "call.txt") -> Path:
    path = here / name
    path.write_text(text, "utf-8")
    return path


def test_a_call_is_shown_in_lines(run: Run, here: Path):
    done = run("coverage", call(here))

    assert done.exit_code == 0
    assert "seller: Sam Field · buyer: Ada Holm" in done.output
    assert "attempts: the buyer said it" in done.output
    assert "“We bought a scanner system two years ago and nobody used it.”" in done.output
    assert "the pitch came before the problem was agreed" in done.output
    assert "“What makes you say we have this problem?”" in done.output


def test_it_needs_no_database(run: Run, here: Path):
    assert run("coverage", call(here)).exit_code == 0

    assert [path.name for path in here.iterdir()] == ["call.txt"]


def test_markdown_is_markdown(run: Run, here: Path):
    done = run("coverage", call(here), "--format", "markdown")

    assert done.output.startswith("# call\n")
    assert "\n## Themes\n" in done.output
    assert "- attempts: the buyer said it\n" in done.output


def test_json_is_a_line_a_talk(run: Run, here: Path):
    done = run("coverage", call(here), call(here, name="b.txt"), "--format", "json")

    first, second = (json.loads(line) for line in done.output.splitlines())
    assert first["themes"] == second["themes"]
    assert first["sides"]["seller"] == ["Sam Field"]
    assert first["questions"][0]["wants_evidence"] is True
    assert first["questions"][0]["answer"] is None


def test_it_reads_what_is_piped(here: Path):
    for words in (["coverage"], ["coverage", "-"]):
        done = CliRunner().invoke(cli, words, input=CALL)

        assert done.exit_code == 0, done.output
        assert "attempts: the buyer said it" in done.output
    assert here.is_dir()


def test_the_sides_are_as_you_say(run: Run, here: Path):
    done = run("coverage", call(here), "--seller", "Ada")

    assert "seller: Ada Holm · buyer: Sam Field · sides as you said, 90% sure" in done.output


def test_a_name_that_nobody_has_is_refused(run: Run, here: Path):
    done = run("coverage", call(here), "--buyer", "Zoe")

    assert done.exit_code == 1
    assert "Sam Field, Ada Holm" in done.output


def test_mails_of_one_thread_are_one_talk(run: Run, here: Path):
    done = run(
        "coverage",
        call(here, ANSWER, "2.eml"),
        call(here, MAIL, "1.eml"),
        "--own",
        "ours.example",
    )

    assert done.exit_code == 0
    assert "2 mails · seller: Sam Field · buyer: Ada Holm · sides by the domains" in done.output


def test_a_problem_brings_its_questions(run: Run, here: Path):
    done = run("coverage", call(here), "--problem", "supply_chain")

    assert "issue: Where do goods stop, and who sees it first?" in done.output


def test_a_problem_that_is_not_there_is_refused_with_a_near_one(run: Run, here: Path):
    done = run("coverage", call(here), "--problem", "suply_chain")

    assert done.exit_code == 2
    assert "Did you mean supply_chain?" in done.output


def test_good_files_are_shown_and_bad_ones_named(run: Run, here: Path):
    done = run("coverage", call(here), call(here, "", "empty.txt"))

    assert done.exit_code == 3
    assert "attempts: the buyer said it" in done.output
    assert "empty.txt: it is empty. Export it again" in done.output


def test_with_nothing_good_it_fails(run: Run, here: Path):
    assert run("coverage", call(here, "", "empty.txt")).exit_code == 1


def test_a_file_that_is_not_there_is_said(run: Run):
    assert run("coverage", "nowhere.txt").exit_code == 2


def test_it_is_kept_when_asked(run: Run, here: Path):
    done = run("coverage", call(here), "--keep")

    assert done.exit_code == 0
    assert "kept: /conversations/1" in done.output


def test_it_is_kept_with_an_organisation_that_is_known(run: Run, here: Path, letters: Path):
    run("add", letters)

    assert (
        "kept: /conversations/1"
        in run("coverage", call(here), "--organisation", "Acme Foods").output
    )
    assert run("coverage", call(here), "--organisation", "Nowhere").exit_code == 1
