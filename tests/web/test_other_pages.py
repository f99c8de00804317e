import pytest
from fastapi.testclient import TestClient

from tests import make_world
from tests.make_world import World
from tests.web.reading import page
from unsolved.app import SAFETY
from unsolved.db import Sessions, transaction
from unsolved.evidence.tables import ReadingRow
from unsolved.web.assets import ASSETS, address


def test_a_problem_is_shown_with_how_many_stand_where(client: TestClient):
    found = page(client, "/problems/late_orders")

    assert "customers wait" in found.text
    census = [link.text.split() for link in found.all(".census li a")]
    assert ["tried", "and", "failed", "1"] in census


def test_sources_say_what_could_not_be_read_and_the_mend(client: TestClient):
    row = page(client, "/sources").one(".refusals tbody tr")

    assert [cell.text for cell in row.all("td")] == [
        "b.pdf, line 7",
        "it is locked",
        "Unlock it.",
    ]


def test_pages_say_how_many_documents_are_still_unread(
    client: TestClient, sessions: Sessions, world: World
):
    with transaction(sessions) as tx:
        make_world.document(tx, world.bolt, "New.", key="unread")
        tx.query(ReadingRow).filter_by(document_id=world.letter).delete()

    assert "1 document still unread" in page(client, "/prospects").one(".notice").text
    assert "1 to go" in page(client, "/sources").one(".progress").text


@pytest.mark.parametrize(
    "where",
    [
        "/nowhere",
        "/organisations/999",
        "/documents/999",
        "/documents/999/original",
        "/evidence/999",
        "/problems/none",
        "/prospects?problem=none",
        "/static/none.css",
    ],
)
def test_what_is_not_here_gives_404_in_the_look_of_the_rest(client: TestClient, where: str):
    answer = client.get(where)

    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text
    assert "<nav" in answer.text


@pytest.mark.parametrize(
    "where", ["/prospects?standing=odd", "/prospects?page=0", "/documents/x"]
)
def test_an_address_that_makes_no_sense_is_told_so(client: TestClient, where: str):
    answer = client.get(where)

    assert answer.status_code == 422
    assert "does not make sense" in answer.text


@pytest.mark.parametrize(
    "where", ["/prospects", "/nowhere", "/api/v1/problems", "/static/app.css"]
)
def test_every_answer_tells_the_browser_to_be_careful(client: TestClient, where: str):
    headers = client.get(where).headers

    assert {name: headers[name] for name in SAFETY} == SAFETY


@pytest.mark.parametrize(
    "where", ["/prospects", "/problems", "/sources", "/reference", "/nowhere"]
)
def test_pages_hold_nothing_that_the_policy_forbids(client: TestClient, where: str):
    found = client.get(where).text

    assert " style=" not in found
    assert "<style" not in found
    assert "<script>" not in found
    assert " onclick" not in found


def test_assets_are_kept_for_ever_under_the_address_of_their_content(client: TestClient):
    for name in ASSETS:
        assert "immutable" in client.get(address(name)).headers["cache-control"]
        assert client.get(f"/static/{name}?v=old").headers["cache-control"] == "no-cache"


def test_pages_are_compressed(client: TestClient):
    assert client.get("/prospects").headers["content-encoding"] == "gzip"


def test_the_reference_lists_every_endpoint(client: TestClient):
    told = page(client, "/reference").text

    assert all(path in told for path in client.get("/api/v1/openapi.json").json()["paths"])
