"""The list and the board of opportunities, saved lists, and cards that go on."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.deals.known import whole
from tests.deals.worlds import opened
from tests.web.reading import page
from unsolved.db import Sessions, transaction
from unsolved.deals.model import Basis, Outcome, Stage


@pytest.fixture
def some(sessions: Sessions, client: TestClient) -> dict[str, int]:  # noqa: ARG001 (made)
    return {
        "globex": opened(sessions, name="Globex <b>", worth=50_000.0),
        "initech": opened(
            sessions, name="Initech", worth=70_000.0, currency="USD", seller="Bo"
        ),
    }


def test_an_empty_list_says_how_to_open_one(client: TestClient):
    found = page(client, "/opportunities")

    assert "No opportunity is open" in found.text
    assert found.one("nav[aria-label=Main] [aria-current]").text == "Opportunities"


def test_the_list_shows_each_with_its_stage_and_worth(client: TestClient, some: dict[str, int]):
    found = page(client, "/opportunities?sort=worth")

    assert [row.one("a[data-row]")["href"] for row in found.all("tr.row")] == [
        f"/opportunities/{some['initech']}",
        f"/opportunities/{some['globex']}",
    ]
    assert "70,000 USD" in found.one("tr.row").text
    assert found.one(".stage-tally dd").text.split() == (
        ["2", "50,000", "EUR", "·", "70,000", "USD"]
    )
    assert not found.all("tr.row b")


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("seller=Bo", 1),
        ("q=initech", 1),
        ("stage=partner", 0),
        ("which=decided", 0),
        ("which=all", 2),
        ("problem=nobody", 0),
        ("outcome=won", 0),
    ],
)
def test_filters_leave_what_fits(client: TestClient, some: dict[str, int], asked, count):
    assert len(page(client, f"/opportunities?{asked}").all("tr.row")) == count
    assert len(page(client, f"/opportunities?{asked}", htmx=True).all("tr.row")) == count
    assert some


def test_the_board_has_four_columns_and_buttons_that_need_no_script(
    client: TestClient, some: dict[str, int]
):
    found = page(client, "/opportunities?shape=board")

    assert [c.one("h2").text.split()[0] for c in found.all(".column")] == list(Stage)
    card = found.one(f"#o{some['globex']}")
    assert [b["value"] for b in card.all("button")] == ["progress"]


def test_a_card_goes_on_once_it_is_noted_what_the_buyer_did(
    client: TestClient, sessions: Sessions, some: dict[str, int]
):
    address = f"/opportunities/{some['globex']}/moving"
    back = "/opportunities?shape=board"
    asked = client.post(address, data={"to": "progress", "back": back})
    acts = re.findall(r'name="act" value="([^"]+)"', asked.text)
    form = {"to": "progress", "back": back, "act": acts, "asked": "yes", "on": "2026-03-02"}
    said = {"who.agreed what the problem is": "Ada", "quote.agreed what the problem is": "Yes."}
    answer = client.post(address, data={**form, **said})
    with transaction(sessions) as tx:
        known = whole(tx, some["globex"])

    assert asked.status_code == 200
    assert len(acts) == 3
    assert known.head.stage is Stage.PROGRESS
    assert (known.acts[1].ground.basis, known.acts[1].ground.quote) == (Basis.BUYER, "Yes.")
    assert known.acts[2].ground.basis is Basis.NOTED
    assert "shape=board" in str(answer.url)
    assert "moved it to progress" in answer.text


def test_undo_takes_back_the_move_and_the_acts_that_were_noted(
    client: TestClient, sessions: Sessions, some: dict[str, int]
):
    address = f"/opportunities/{some['globex']}/moving"
    acts = [
        "agreed what the problem is",
        "told what was tried and why it failed",
        "brought in who decides",
    ]
    moved = client.post(address, data={"to": "progress", "act": acts, "asked": "yes"})
    actions = re.search(r'name="actions" value="([\d,]+)"', moved.text)
    assert actions is not None
    client.post("/opportunities/undo", data={"actions": actions[1], "back": ""})
    with transaction(sessions) as tx:
        known = whole(tx, some["globex"])

    assert known.head.stage is Stage.PROVOKE
    assert not known.acts


def test_a_card_that_lacks_something_still_goes_on_with_a_reason(
    client: TestClient, sessions: Sessions, some: dict[str, int]
):
    address = f"/opportunities/{some['globex']}/moving"
    refused = client.post(address, data={"to": "progress", "asked": "yes"})
    client.post(address, data={"to": "progress", "asked": "yes", "why": "the board asked"})
    with transaction(sessions) as tx:
        known = whole(tx, some["globex"])

    assert refused.status_code == 422
    assert "has not yet" in refused.text
    assert known.head.stage is Stage.PROGRESS
    assert "the board asked" in known.notes[1].text


def test_a_card_that_is_decided_says_how_it_ended_and_can_come_back(
    client: TestClient, sessions: Sessions, some: dict[str, int]
):
    address = f"/opportunities/{some['globex']}/moving"
    asked = client.post(address, data={"to": "decided"})
    refused = client.post(address, data={"to": "decided", "asked": "yes"})
    form = {"to": "decided", "outcome": "no decision", "cause": "budget"}
    client.post(address, data=form)
    with transaction(sessions) as tx:
        ended = whole(tx, some["globex"]).head
    client.post(address, data={"to": "partner"})
    with transaction(sessions) as tx:
        again = whole(tx, some["globex"]).head

    assert "How did it end?" in asked.text
    assert refused.status_code == 422
    assert (ended.outcome, ended.cause) == (Outcome.NO_DECISION, "budget")
    assert again.stage is Stage.PARTNER


@pytest.mark.parametrize("form", [{"to": "nowhere"}, {}, {"to": "progress", "act": "danced"}])
def test_a_card_goes_nowhere_that_is_no_stage(client: TestClient, some: dict[str, int], form):
    answer = client.post(f"/opportunities/{some['globex']}/moving", data=form)

    assert answer.status_code == 422


def test_the_selected_ones_are_given_to_another_seller_and_back(
    client: TestClient, sessions: Sessions, some: dict[str, int]
):
    form = {"one": list(some.values()), "seller": "Cy", "back": "/opportunities?sort=age"}
    given = client.post("/opportunities/selected", data=form)
    with transaction(sessions) as tx:
        sellers = {whole(tx, one).head.seller for one in some.values()}
    actions = re.search(r'name="actions" value="([\d,]+)"', given.text)
    assert actions is not None
    client.post("/opportunities/undo", data={"actions": actions[1]})
    with transaction(sessions) as tx:
        before = {whole(tx, one).head.seller for one in some.values()}

    assert sellers == {"Cy"}
    assert "gave it to Cy, of 2 opportunities" in given.text
    assert before == {"Ada", "Bo"}


def test_filters_are_saved_renamed_removed_and_saved_again(client: TestClient):
    client.post(
        "/opportunities/lists", data={"name": "Bo's", "back": "/opportunities?seller=Bo"}
    )
    saved = page(client, "/opportunities?seller=Bo").one(".saved a[aria-current]")
    number = page(client, "/opportunities/lists").one("form[action$=rename]")["action"]
    client.post(number, data={"name": "Of Bo"})
    gone = client.post(number.replace("rename", "remove"))
    client.post(
        "/opportunities/lists", data={"name": "Of Bo", "back": "/opportunities?seller=Bo"}
    )

    assert (saved.text, saved["href"]) == ("Bo's", "/opportunities?seller=Bo")
    assert "Removed: Of Bo" in gone.text
    assert page(client, "/opportunities").one(".saved a").text == "Of Bo"


def test_a_list_without_a_name_is_refused_in_place(client: TestClient):
    assert client.post("/opportunities/lists", data={"name": " "}).status_code == 422


@pytest.mark.parametrize("back", ["https://evil.example/?which=all", "//evil", "?which=\0"])
def test_the_way_back_stays_here(client: TestClient, some: dict[str, int], back: str):
    form = {"one": [some["globex"]], "seller": "Cy", "back": back}
    answer = client.post("/opportunities/selected", data=form, follow_redirects=False)

    assert answer.headers["location"].startswith("/opportunities?")
