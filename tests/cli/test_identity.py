"""Commands say who is one, and take it back."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

LETTERS = {
    "Jack Henry & Associates, Inc.": "The ERP implementation has failed and we stopped it.",
    "HENRY JACK & ASSOC INC": "After go-live we could not ship orders.",
    "Kestrel Tools": "The weather was good.",
    "Kestrel Tools Worldwide": "The canteen was painted.",
}


@pytest.fixture
def names(run: Run, here: Path) -> Run:
    """Type a command where four letters tell of two or three organisations."""
    for number, (name, text) in enumerate(LETTERS.items()):
        path = here / "letters" / f"{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"---\norganisation: {json.dumps(name)}\ntitle: A letter\nkind: filing\n"
            f"published: 2025-03-0{number + 1}\n---\n\n{text}\n",
            "utf-8",
        )
    assert run("add", here / "letters").exit_code == 0
    assert run("read").exit_code == 0
    return run


def organisations(run: Run) -> list[str]:
    lines = run("export", "organisations", "--format", "json").output.splitlines()
    return sorted(json.loads(line)["name"] for line in lines)


def test_resolve_merges_the_sure_and_lists_how_many_are_proposed(names: Run):
    said = names("identity", "resolve")

    assert "1 pair merged, 1 pair proposed" in said.output
    assert len(organisations(names)) == 3
    again = json.loads(names("identity", "resolve", "--json").output)
    assert (again["merged"], again["proposed"]) == ([], 1)


def test_a_merge_shows_its_reasons_and_can_be_undone(names: Run):
    names("identity", "resolve")

    shown = names("identity", "merges")
    [merge] = [
        json.loads(line) for line in names("identity", "merges", "--json").output.splitlines()
    ]
    undone = names("identity", "undo", str(merge["id"]))

    assert "written out" in shown.output
    assert "are two again" in undone.output
    assert organisations(names) == sorted(LETTERS)
    assert "undone" in names("identity", "merges").output
    assert names("identity", "undo", str(merge["id"])).exit_code == 1


def test_a_proposal_can_be_accepted(names: Run):
    names("identity", "resolve")
    [one] = [
        json.loads(line)
        for line in names("identity", "proposals", "--json").output.splitlines()
    ]

    assert f"{one['id']}  " in names("identity", "proposals").output
    accepted = names("identity", "accept", str(one["id"]))

    assert "is part of Kestrel Tools now" in accepted.output
    assert "nothing to decide" in names("identity", "proposals").output


def test_a_pair_that_was_parted_is_not_proposed_again(names: Run):
    names("identity", "resolve")
    [one] = [
        json.loads(line)
        for line in names("identity", "proposals", "--json").output.splitlines()
    ]

    assert "two" in names("identity", "apart", str(one["id"])).output

    assert "0 pairs proposed" in names("identity", "resolve").output
    refused = names("identity", "accept", str(one["id"]))
    assert refused.exit_code == 1
    assert "decided already" in refused.output


def test_two_can_be_merged_by_name_and_the_prospects_follow(names: Run):
    merged = names("identity", "merge", "Kestrel Tools", "Jack Henry & Associates")

    assert "is part of Kestrel Tools now" in merged.output
    told = json.loads(names("organisation", "Jack Henry & Associates", "--json").output)
    assert told["organisation"] == "Kestrel Tools"
    assert any(one["documents_read"] == 2 for one in told["prospects"])
    lines = names("export", "prospects", "--format", "json").output
    assert "Jack Henry" not in lines


def test_names_can_be_split_off(names: Run):
    names("identity", "merge", "Kestrel Tools", "Kestrel Tools Worldwide")

    said = names("identity", "split", "Kestrel Tools", "--names", "Kestrel Tools Worldwide")

    assert (
        "Kestrel Tools Worldwide is an organisation of its own, with 1 document" in said.output
    )
    assert "Kestrel Tools Worldwide" in organisations(names)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("merge", "Kestrel Tools", "Nobody at all"), "Nobody at all"),
        (("merge", "Kestrel Tools", "Kestrel Tools"), "the same one"),
        (("merge", "a@b.example", "c@d.example", "--people"), "a@b.example"),
        (("accept", "99"), "proposal=99"),
        (("undo", "99"), "merge=99"),
        (("split", "Kestrel Tools", "--names", "Kestrel Tools"), "no name would be left"),
        (("split", "Kestrel Tools", "--names", " ; "), "no name is told"),
    ],
    ids=str,
)
def test_what_is_not_possible_is_told_in_a_line(names: Run, words: tuple[str, ...], told: str):
    refused = names("identity", *words)

    assert refused.exit_code == 1
    assert told in refused.output
    assert "Traceback" not in refused.output


def test_with_nothing_merged_that_is_said(names: Run):
    assert "nothing was merged" in names("identity", "merges").output
