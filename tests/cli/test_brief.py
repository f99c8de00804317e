import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.evidence.endpoint import Given, Heard, completion, serving


def test_the_page_is_told_as_text_with_its_sources(filled: Run):
    told = filled("brief", "Acme Foods").output

    assert told.startswith("Acme Foods\n==========\n")
    assert "What causes us to say so" in told
    assert "The ERP implementation has failed" in told
    assert "A letter to shareholders, 1 March 2025" in told


def test_as_markdown_every_quote_leads_to_its_place(filled: Run):
    told = filled("brief", "Acme Foods", "--format", "markdown").output

    assert "# Acme Foods" in told
    assert "](http://127.0.0.1:8765/documents/1?at=" in told


def test_as_json_it_is_all_there(filled: Run):
    told = json.loads(filled("brief", "Acme Foods", "--json").output)

    assert told["organisation"]["name"] == "Acme Foods"
    assert told["problem"] == "erp_replacement"
    assert told["because"][0]["citation"]["quote"]
    assert told == json.loads(filled("brief", "Acme Foods", "--format", "json").output)


def test_a_file_is_written_as_its_name_says(filled: Run, here: Path):
    done = filled("brief", "Acme Foods", "--out", here / "acme.md")
    filled("brief", "Acme Foods", "--out", here / "acme.json")
    filled("brief", "Acme Foods", "--out", here / "acme.txt")
    filled("brief", "Acme Foods", "--format", "text", "--out", here / "other.md")

    assert "acme.md" in done.output
    assert (here / "acme.md").read_text("utf-8").startswith("# Acme Foods")
    assert json.loads((here / "acme.json").read_text("utf-8"))["problem"]
    for name in ("acme.txt", "other.md"):
        assert (here / name).read_text("utf-8").startswith("Acme Foods\n=")


def test_no_sign_is_said_as_such(filled: Run):
    told = filled("brief", "Bolt").output

    assert "No sign found in 1 document, 1 sentence." in told
    assert "What to ask, in this order" in told


def test_who_is_not_known_and_what_is_no_problem_is_told_in_a_line(filled: Run):
    unknown = filled("brief", "Acme Drinks")
    wrong = filled("brief", "Acme Foods", "--problem", "erp")

    assert unknown.exit_code == 1
    assert "Acme Foods" in unknown.output
    assert wrong.exit_code == 1
    assert "erp_replacement" in wrong.output


def test_a_file_that_cannot_be_written_is_told(filled: Run, here: Path):
    done = filled("brief", "Acme Foods", "--out", here / "nowhere" / "acme.md")

    assert done.exit_code == 1
    assert "acme.md" in done.output


def test_another_seed_opens_in_other_words(filled: Run):
    one = json.loads(filled("brief", "Acme Foods", "--json").output)
    other = json.loads(filled("brief", "Acme Foods", "--json", "--seed", "1").output)

    assert one["openers"][0]["text"] != other["openers"][0]["text"]
    assert one["because"] == other["because"]


def ask(filled: Run, monkeypatch: pytest.MonkeyPatch, say) -> tuple[str, list[Heard]]:
    """Have a language model sum up the quotes with a function of them."""

    def manner(heard: Heard) -> Given:
        quotes = json.loads(heard.body["messages"][1]["content"])
        return completion({at: say(quote) for at, quote in quotes.items()})

    with serving(manner) as (endpoint, url):
        monkeypatch.setenv("UNSOLVED_LLM_URL", url)
        monkeypatch.setenv("UNSOLVED_LLM_MODEL", "small")
        told = filled("brief", "Acme Foods", "--llm", "--yes").output
    return told, endpoint.heard


def test_a_language_model_may_phrase(filled: Run, monkeypatch: pytest.MonkeyPatch):
    told, heard = ask(filled, monkeypatch, lambda _: "The project has stopped; the ERP failed.")

    assert "- The project has stopped; the ERP failed. \u201cThe ERP implementation" in told
    assert len(heard) == 1
    assert "Acme" not in json.dumps(heard[0].body)


@pytest.mark.parametrize(
    "sentence",
    [
        "The ERP failed at Walmart.",
        "The ERP failed after 3 years.",
        "The ERP has not failed.",
        "The ERP failed because of the supplier.",
        "Did the ERP fail?",
        "",
        None,
        ["The ERP failed."],
    ],
)
def test_a_language_model_may_not_add(
    filled: Run, monkeypatch: pytest.MonkeyPatch, sentence: object
):
    told, heard = ask(filled, monkeypatch, lambda _: sentence)

    assert heard
    assert "- \u201cThe ERP implementation" in told
    assert not sentence or str(sentence) not in told


@pytest.mark.parametrize("answer", ["", "{", "[1]", "no", "{}", "{" * 5000])
def test_whatever_a_language_model_says_the_page_is_whole(
    filled: Run, monkeypatch: pytest.MonkeyPatch, answer: str
):
    with serving(lambda _: completion(answer)) as (_, url):
        monkeypatch.setenv("UNSOLVED_LLM_URL", url)
        monkeypatch.setenv("UNSOLVED_LLM_MODEL", "small")
        done = filled("brief", "Acme Foods", "--llm", "--yes")

    assert done.exit_code == 0
    assert "- \u201cThe ERP implementation" in done.output


def test_nothing_is_sent_unless_somebody_agrees(filled: Run, monkeypatch: pytest.MonkeyPatch):
    with serving(lambda _: completion({})) as (endpoint, url):
        monkeypatch.setenv("UNSOLVED_LLM_URL", url)
        monkeypatch.setenv("UNSOLVED_LLM_MODEL", "small")
        filled("brief", "Acme Foods")
        refused = filled("brief", "Acme Foods", "--llm")

    assert not endpoint.heard
    assert refused.exit_code == 1


def test_without_an_endpoint_it_says_which_setting_is_missing(filled: Run):
    done = filled("brief", "Acme Foods", "--llm", "--yes")

    assert done.exit_code == 2
    assert "UNSOLVED_LLM_URL" in done.output
