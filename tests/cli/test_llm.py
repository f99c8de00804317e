"""The reader llm from the command line, with an endpoint on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.evidence.endpoint import Endpoint, Given, Heard, completion, item, serving

SENTENCES = [
    "We had hoped that the new system might improve the situation in our plants.",
    "Orders arrived late because two plants plan on different systems.",
    "The canteen was painted green.",
]


def answering(heard: Heard) -> Given:
    return completion({"answers": [item(one, *one["in_doubt"]) for one in heard.sentences]})


@pytest.fixture
def endpoint(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """An endpoint that the settings name; every facet from 0.01 to 0.99 counts as in doubt."""
    assert here.is_dir()
    with serving(answering) as (endpoint, url):
        monkeypatch.setenv("UNSOLVED_LLM_URL", url)
        monkeypatch.setenv("UNSOLVED_LLM_MODEL", "small")
        monkeypatch.setenv("UNSOLVED_LLM_KEY", "sk-secret")
        monkeypatch.setenv("UNSOLVED_LLM_PRICE_IN", "2")
        monkeypatch.setenv("UNSOLVED_LLM_PRICE_OUT", "2")
        monkeypatch.setenv("UNSOLVED_LLM_BAND", "0.49")
        yield endpoint


def label(run: Run, here: Path, *options: str):
    lines = [json.dumps({"id": n, "text": text}) for n, text in enumerate(SENTENCES)]
    (here / "in.jsonl").write_text("\n".join(lines), "utf-8")
    words = ["evidence", "label", "in.jsonl", "--out", "out.jsonl", "--reader", "llm"]
    return run(*words, *options)


def test_before_asking_it_says_what_goes_where_and_for_how_much(
    run: Run, here: Path, endpoint: Endpoint
):
    result = label(run, here)

    assert result.exit_code == 1
    assert endpoint.heard == []
    assert "in doubt" in result.output
    assert "small at http://127.0.0.1:" in result.output
    assert "on this machine" in result.output
    assert "of a budget of 1.00" in result.output
    assert not (here / "out.jsonl").exists()


def test_after_asking_it_says_what_came_of_it_and_what_it_cost(
    run: Run, here: Path, endpoint: Endpoint
):
    result = label(run, here, "--yes")

    assert result.exit_code == 0
    assert len(endpoint.heard) == 1
    assert "requests: 1" in result.output
    assert "100 tokens sent and 20 got; cost 0.0002 of a budget of 1.00" in result.output
    assert "3 sentences labelled by llm" in result.output


def test_no_output_ever_shows_the_key(run: Run, here: Path, endpoint: Endpoint):
    shown = label(run, here, "--yes").output

    assert endpoint.heard[0].headers["authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in shown
    assert not any(
        b"sk-secret" in path.read_bytes() for path in here.iterdir() if path.is_file()
    )


def test_labels_that_had_to_stay_local_are_said_to_be_and_the_exit_code_is_3(
    run: Run, here: Path, endpoint: Endpoint
):
    endpoint.manner = lambda _: Given(401)

    result = label(run, here, "--yes")

    assert result.exit_code == 3
    assert "asking stopped: the endpoint answered with status 401" in result.output
    assert "keep the label of the reader model" in result.output
    assert len((here / "out.jsonl").read_text("utf-8").splitlines()) == 3


def test_without_an_endpoint_it_says_which_settings_are_missing(run: Run, here: Path):
    result = label(run, here, "--yes")

    assert result.exit_code == 2
    assert "UNSOLVED_LLM_URL" in result.output


def test_documents_are_read_with_the_answers(run: Run, letters: Path, endpoint: Endpoint):
    run("add", letters)

    result = run("read", "--reader", "llm", "--yes")

    assert result.exit_code == 0
    assert "2 documents read" in result.output
    assert "nothing is left unread" in result.output
    told = [one["text"] for heard in endpoint.heard for one in heard.sentences]
    assert told
    assert run("read", "--reader", "llm").exit_code == 0
    assert [one["text"] for heard in endpoint.heard for one in heard.sentences] == told


def test_a_document_never_shares_a_request_with_another(
    run: Run, letters: Path, endpoint: Endpoint
):
    run("add", letters)
    run("read", "--reader", "llm", "--yes")

    for heard in endpoint.heard:
        texts = " ".join(one["text"] for one in heard.sentences)
        assert not ("canteen" in texts and "ERP" in texts)


def test_what_could_not_be_asked_is_left_as_it_was_and_asked_the_next_time(
    run: Run, letters: Path, endpoint: Endpoint
):
    run("add", letters)
    assert run("read", "--reader", "model").exit_code == 0
    endpoint.manner = lambda _: Given(401)

    stopped = run("read", "--reader", "llm", "--yes")

    assert stopped.exit_code == 3
    assert "2 documents are left as they were" in stopped.output
    assert "erp_replacement" in run("export", "evidence").output

    endpoint.manner = answering
    assert run("read", "--reader", "llm", "--yes").exit_code == 0


def test_what_was_paid_for_is_not_paid_for_again(run: Run, letters: Path, endpoint: Endpoint):
    run("add", letters)
    assert run("read", "--reader", "llm", "--yes").exit_code == 0
    asked = len(endpoint.heard)

    run("read", "--reader", "model")
    again = run("read", "--reader", "llm")

    assert again.exit_code == 0
    assert len(endpoint.heard) == asked
