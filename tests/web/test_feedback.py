"""On a page, people confirm and dismiss sentences, and take it back."""

import pytest
from fastapi.testclient import TestClient

from tests.make_world import World
from tests.web.reading import Part, page

PROBLEM = "late_orders"


def say(client: TestClient, evidence: int, verdict: str, **headers: str) -> str:
    answer = client.post(
        f"/evidence/{evidence}/feedback",
        data={"problem": PROBLEM, "verdict": verdict},
        headers=headers,
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def piece(client: TestClient, world: World, evidence: int, asked: str = "") -> Part:
    return page(client, f"/organisations/{world.acme}{asked}").one(f"#q{evidence}")


def test_every_sentence_can_be_confirmed_or_dismissed_by_buttons_that_say_what_they_do(
    client: TestClient, world: World
):
    for one in page(client, f"/organisations/{world.acme}").all(".opinion"):
        names = [button["aria-label"] for button in one.all("button")]
        assert names == [
            "Confirm: it is about Orders arrive late",
            "Dismiss: it is not about Orders arrive late",
        ]


def test_ids_are_told_apart_wherever_a_sentence_stands(client: TestClient, world: World):
    say(client, world.said, "dismissed")
    say(client, world.failed, "confirmed")

    ids = [one["id"] for one in page(client, f"/organisations/{world.acme}").all("[id]")]

    assert len(set(ids)) == len(ids)


def test_what_was_said_is_shown_and_can_be_taken_back(client: TestClient, world: World):
    say(client, world.tried, "confirmed")
    confirmed = piece(client, world, world.tried).one(".opinion")

    say(client, world.tried, "undo")

    assert "Orders arrive late: confirmed by you" in confirmed.text
    assert confirmed.one("button")["value"] == "undo"
    assert "90%" in piece(client, world, world.tried).one(".opinion").text


def test_a_dismissed_sentence_stands_under_its_problem_only_in_the_fold(
    client: TestClient, world: World
):
    say(client, world.tried, "dismissed")

    found = page(client, f"/organisations/{world.acme}?problem={PROBLEM}")
    fold = found.one(f"#{PROBLEM}-dismissed")
    assert "1 sentence dismissed by you" in fold.one("summary").text
    assert fold.one("blockquote a")["href"].endswith(f"#e{world.tried}")
    assert not found.has(f"#q{world.tried}")
    fold.remove()
    assert f"#e{world.tried}" not in "".join(
        link["href"] for link in found.one(f"#{PROBLEM}").all("a")
    )


def test_an_organisation_all_of_whose_sentences_are_dismissed_still_shows_the_fold(
    client: TestClient, world: World
):
    for evidence in (world.said, world.tried, world.failed):
        say(client, evidence, "dismissed")

    fold = page(client, f"/organisations/{world.acme}").one(f"#{PROBLEM}-dismissed")

    assert len(fold.all("blockquote")) == 3


def test_one_comes_back_to_the_sentence_with_the_page_as_it_was(
    client: TestClient, world: World
):
    asked = f"http://testserver/organisations/{world.acme}?facet=attempt"

    back = say(client, world.tried, "confirmed", referer=asked)

    assert back == f"/organisations/{world.acme}?facet=attempt#q{world.tried}"


def test_the_document_says_what_was_said_of_its_sentences(client: TestClient, world: World):
    say(client, world.failed, "dismissed")

    assert "dismissed by you" in page(client, f"/documents/{world.letter}").text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
    ids=str,
)
def test_nobody_elses_page_can_speak_in_our_name(
    client: TestClient, world: World, headers: dict[str, str]
):
    form = {"problem": PROBLEM, "verdict": "dismissed"}

    answer = client.post(f"/evidence/{world.said}/feedback", data=form, headers=headers)

    assert answer.status_code == 403
    assert "another site" in answer.text
    assert "Undo" not in piece(client, world, world.said).text


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}, {}],
    ids=str,
)
def test_our_own_pages_and_programs_can(
    client: TestClient, world: World, headers: dict[str, str]
):
    assert say(client, world.said, "dismissed", **headers)


def test_what_is_not_there_is_said_to_be_missing(client: TestClient, world: World):
    def status(evidence: int, problem: str) -> int:
        form = {"problem": problem, "verdict": "confirmed"}
        return client.post(f"/evidence/{evidence}/feedback", data=form).status_code

    assert status(world.said, "none") == 404
    assert status(999, PROBLEM) == 404
