import json
from pathlib import Path

from tests.cli.conftest import Run
from unsolved.evidence import Facet

GOOD = {
    "id": 1,
    "before": [],
    "text": "The new system has failed and was scrapped.",
    "after": [],
}


def label(run: Run, here: Path, *lines: str):
    (here / "in.jsonl").write_text("".join(line + "\n" for line in lines), "utf-8")
    result = run("evidence", "label", "in.jsonl", "--out", "out.jsonl", "--reader", "cues")
    answers = (here / "out.jsonl").read_text("utf-8").splitlines()
    return result, [json.loads(answer) for answer in answers]


def test_each_sentence_gets_a_probability_a_facet(run: Run, here: Path):
    result, [answer] = label(run, here, json.dumps(GOOD))

    assert result.exit_code == 0
    assert set(answer) == {"id", "facets", "labels", "assertion", "fix"}
    assert set(answer["facets"]) == {facet.value for facet in Facet}
    assert all(0 <= p <= 1 for p in answer["facets"].values())
    assert answer["labels"] == ["failure"]
    assert answer["assertion"] == "actual"


def test_a_sentence_that_says_nothing_has_no_assertion(run: Run, here: Path):
    quiet = {"id": "q", "text": "The canteen was painted green."}

    _, [answer] = label(run, here, json.dumps(quiet))

    assert (answer["labels"], answer["assertion"], answer["fix"]) == ([], None, None)


def test_lines_that_cannot_be_read_are_named_and_the_rest_is_labelled(run: Run, here: Path):
    bad = ["{", "[]", '{"id": 3}', '{"id": 4, "text": "x", "before": "y"}', '{"text": "x"}']

    result, answers = label(run, here, *bad, "", json.dumps(GOOD))

    assert result.exit_code == 3
    assert [answer["id"] for answer in answers] == [1]
    for line in range(1, 6):
        assert f"in.jsonl, line {line}:" in result.output


def test_an_empty_file_gives_an_empty_file(run: Run, here: Path):
    result, answers = label(run, here)

    assert (result.exit_code, answers) == (0, [])


def test_an_unknown_reader_is_refused(run: Run, here: Path):
    (here / "in.jsonl").write_text("", "utf-8")

    result = run("evidence", "label", "in.jsonl", "--out", "out", "--reader", "oracle")

    assert result.exit_code == 2


def test_the_file_that_is_read_is_never_written_over(run: Run, here: Path):
    (here / "in.jsonl").write_text(json.dumps(GOOD), "utf-8")

    result = run("evidence", "label", "in.jsonl", "--out", "in.jsonl")

    assert result.exit_code == 2
    assert json.loads((here / "in.jsonl").read_text("utf-8")) == GOOD


def test_a_kind_may_be_named_as_people_call_it(run: Run, here: Path):
    kinds = [{"kind": "filing"}, {"kind": "10-K"}, {"genre": "10k"}]
    lines = [json.dumps({"id": n, "text": GOOD["text"], **k}) for n, k in enumerate(kinds)]
    (here / "in.jsonl").write_text("\n".join(lines), "utf-8")

    run("evidence", "label", "in.jsonl", "--out", "out.jsonl", "--reader", "model")

    answers = [json.loads(line) for line in (here / "out.jsonl").read_text().splitlines()]
    assert [answer["facets"] for answer in answers] == [answers[0]["facets"]] * len(kinds)
