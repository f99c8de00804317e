"""The pages of practice: choosing, calling, looking back."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests import make, make_world
from tests.make_world import World
from tests.web.reading import Part, page
from unsolved.app import make_app
from unsolved.conversations.practice import Persona, Spoken, called, to_yaml
from unsolved.db import Sessions

WHY = "I read in your annual report of March 2025 that returned deliveries rose by a third."
CALL = """\
Sam Seller: Thanks for your time, Bea. What goes wrong with your deliveries today?
Bea Buyer: Our deliveries are late in two weeks of five because lists are printed too early.
Sam Seller: Our platform helps companies like yours. What have you tried so far?
Bea Buyer: We tried a new planning system in 2021 and it failed after nine weeks.
"""


def begin(client: TestClient, **told: str) -> str:
    """Begin a call, and return its address."""
    form = {"seller": "Ada", "persona": "cold_store", "seed": "3", **told}
    answer = client.post("/practice", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def say(client: TestClient, where: str, line: str) -> str:
    headers = {"HX-Request": "true"}
    answer = client.post(f"{where}/say", data={"line": line}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.text


def answers(part: Part) -> Sequence[str]:
    return [one.text for one in part.all(".talk .them > p:not(.sub)")]


def test_six_buyers_can_be_chosen_and_the_page_says_that_nobody_is_asked(client: TestClient):
    found = page(client, "/practice")

    assert len(found.all(".persona")) == 6
    assert "No language model is asked; nothing leaves this machine." in found.text
    assert "neither the people nor the organisations exist" in found.text


def test_a_line_is_answered_in_place_and_nothing_of_trust_is_shown(client: TestClient):
    where = begin(client)
    first = page(client, where)
    assert len(answers(first)) == 1

    block = say(client, where, WHY)

    assert "<html" not in block
    assert "returned deliveries rose" in block
    found = page(client, where)
    assert len(answers(found)) == 2
    assert not re.search(r"\b(?:trust|patience)\b", found.one("#talk").text)


def test_without_scripts_a_line_is_a_form(client: TestClient):
    where = begin(client)

    answer = client.post(f"{where}/say", data={"line": WHY}, follow_redirects=False)

    assert answer.status_code == 303
    assert len(answers(page(client, where))) == 2


def test_a_hint_is_shown_when_asked_for(client: TestClient):
    where = begin(client)

    assert not page(client, where).has("#hint")
    assert "why you call" in page(client, f"{where}?hint=true").one("#hint").text
    assert "why you call" in page(client, f"{where}?hint=true", htmx=True).one("#hint").text


def test_an_ended_call_is_looked_back_upon_with_a_score_that_adds_up(client: TestClient):
    where = begin(client)
    say(client, where, WHY)
    say(client, where, "What goes wrong today?")
    say(client, where, "Our platform is trusted by Amazon. Can I show you a demo?")

    assert client.post(f"{where}/end", follow_redirects=False).status_code == 303
    found = page(client, where)

    points = [float(cell.text) for cell in found.all("tbody .weight")]
    assert f"{sum(points):.2f}" == found.one("tfoot .weight").text
    assert found.has("svg.practice-chart polyline.trust")
    assert len(found.all(".theme-told")) == 8
    assert "turn 3" in found.text
    assert found.all(".better")


def test_a_call_that_the_buyer_ends_says_so_and_takes_no_more_lines(client: TestClient):
    where = begin(client, persona="night_haulier")
    block = ""
    for _ in range(4):
        block = say(client, where, "Can I show you a demo of our platform?")
        if "The call is over" in block:
            break

    assert "The call is over: the buyer walked out." in block
    answer = client.post(f"{where}/say", data={"line": "Hello?"})
    assert answer.status_code == 409
    assert "walked out" in page(client, where).one("h1").text


def test_the_same_call_can_be_repeated_and_history_shows_both(client: TestClient):
    where = begin(client)
    say(client, where, WHY)
    client.post(f"{where}/end")

    answer = client.post(f"{where}/again", follow_redirects=False)
    again = answer.headers["location"]
    say(client, again, WHY)

    assert again != where
    assert answers(page(client, again)) == answers(page(client, where))
    found = page(client, "/practice")
    assert len(found.all(".practice-history tbody tr")) == 2
    assert found.one("#seller")["value"] == "Ada"
    assert "1 call, best" in found.text


def test_a_buyer_of_an_organisation_quotes_it(client: TestClient, world: World):
    where = begin(client, persona="", organisation="Acme")
    found = page(client, where)

    assert "Acme" in found.text
    assert world.acme
    assert "The person is invented" in found.one(".known").text


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"persona": "nobody"}, "nobody"),
        ({"persona": ""}, "Choose with whom"),
        ({"seller": " "}, "Say who practises"),
        ({"seed": "x"}, "whole number"),
        ({"seed": "9" * 30}, "seed"),
        ({"persona": "", "organisation": "Nowhere"}, "Nowhere"),
        ({"persona": "", "organisation": "Calm"}, "Calm"),
        ({"persona": "", "organisation": "Acme", "problem": "none"}, "none"),
    ],
)
def test_what_makes_no_sense_is_told_beside_the_form(
    client: TestClient, told: dict[str, str], why: str
):
    form = {"seller": "Ada", "persona": "cold_store", **told}

    answer = client.post("/practice", data=form)

    assert answer.status_code == 422
    assert why in answer.text
    assert 'role="alert"' in answer.text


def test_a_file_is_a_persona_or_a_call(client: TestClient):
    own = to_yaml(called("pump_parts")).encode()
    for name, content, who in (
        ("mine.yaml", own, "Henrik Dahl"),
        ("call.txt", CALL.encode(), "Bea Buyer"),
    ):
        answer = client.post(
            "/practice", data={"seller": "Ada"}, files={"file": (name, content)}
        )
        assert answer.status_code == 200
        assert who in answer.text


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("mine.yaml", b"id: x\n", "line 1: `name` is missing"),
        ("mine.yaml", b"\xff\xfe", "not UTF-8"),
        ("call.vtt", b"", "WEBVTT|says anything|empty|nobody"),
        ("call.txt", b"\x00\x01", "call.txt"),
    ],
)
def test_a_file_with_a_hole_in_it_is_told_with_its_line(
    client: TestClient, name: str, content: bytes, why: str
):
    answer = client.post("/practice", data={"seller": "Ada"}, files={"file": (name, content)})

    assert answer.status_code == 422
    assert re.search(why, answer.text)


def test_what_is_not_here_is_404(client: TestClient):
    assert client.get("/practice/999").status_code == 404
    assert client.post("/practice/999/say", data={"line": "Hello."}).status_code == 404
    assert client.post("/practice/999/end").status_code == 404
    assert client.post("/practice/999/again").status_code == 404


def test_what_is_typed_is_shown_as_text_and_the_policy_holds(client: TestClient):
    where = begin(client, seller="<b>Ada</b>")
    say(client, where, "<script>alert(1)</script> What goes wrong?")
    talking = client.get(where).text
    client.post(f"{where}/end")

    for text in (talking, client.get(where).text, client.get("/practice").text):
        assert "<script>alert" not in text
        assert "<b>Ada" not in text
        assert " style=" not in text
        assert "<style" not in text
        assert " onclick" not in text


class Echo:
    """Words answers by putting a word before them."""

    name = "echo at nowhere, on this machine"

    def word(self, persona: Persona, line: str, parts: Sequence[Spoken]) -> str | None:
        assert persona.name
        assert isinstance(line, str)
        return "Well, " + " ".join(part.text for part in parts)


def test_a_language_model_words_only_where_the_seller_asked_for_it(sessions: Sessions):
    make_world.world(sessions)
    app = make_app(sessions, make.LIBRARY)
    app.state.phraser = Echo()
    client = TestClient(app, raise_server_exceptions=False)

    assert "echo at nowhere" in page(client, "/practice").one(".practice-model").text
    assert "Sent there with each line" in page(client, "/practice").text
    plain, worded = begin(client), begin(client, worded="yes")
    for where in (plain, worded):
        say(client, where, WHY)

    assert not answers(page(client, plain))[1].startswith("Well, ")
    assert answers(page(client, worded))[1].startswith("Well, ")


def test_every_buyer_that_ships_can_be_called(client: TestClient):
    folder = Path(__file__).parents[2] / "src/unsolved/conversations/practice/personas"
    for path in folder.glob("*.yaml"):
        assert page(client, begin(client, persona=path.stem)).has("#saying")
