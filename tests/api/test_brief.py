from datetime import date

from fastapi.testclient import TestClient

from tests import make
from tests.make_world import LETTER, World
from unsolved.conversations import brief
from unsolved.db import Sessions, transaction


def test_every_statement_of_the_answer_is_cut_from_its_document(
    client: TestClient, world: World
):
    told = client.get(f"/api/v1/organisations/{world.acme}/brief").json()

    cited = [one["citation"] for one in told["because"] + told["falls_short"]]
    assert cited
    for one in cited:
        assert one["document_id"] == world.letter
        assert LETTER[one["start"] : one["end"]] == one["quote"]


def test_the_answer_holds_what_the_page_holds(
    client: TestClient, world: World, sessions: Sessions
):
    told = client.get(f"/api/v1/organisations/{world.acme}/brief?seed=2").json()

    with transaction(sessions) as tx:
        today = date.fromisoformat(told["made_on"])
        made = brief.make(tx, make.LIBRARY, world.acme, today=today, seed=2)
    assert told == brief.facts(made)


def test_what_is_not_there_is_told(client: TestClient, world: World):
    nobody = client.get("/api/v1/organisations/4711/brief")
    nothing = client.get(f"/api/v1/organisations/{world.acme}/brief?problem=none")
    wrong = client.get(f"/api/v1/organisations/{world.acme}/brief?seed=-1")

    assert (nobody.status_code, nothing.status_code, wrong.status_code) == (404, 404, 422)


def test_no_sign_is_told_with_how_much_was_read(client: TestClient, world: World):
    told = client.get(f"/api/v1/organisations/{world.calm}/brief").json()

    assert told["nothing_found"] == "No sign found in 2 documents, 40 sentences."
    assert told["presumption"] is None
