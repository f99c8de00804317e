from math import fsum

import pytest
from fastapi.testclient import TestClient

from tests.make_world import LETTER, World


def test_a_prospect_carries_every_reason_and_every_sentence(client: TestClient, world: World):
    answer = client.get("/api/v1/prospects").json()

    assert answer["total"] == 2
    acme = answer["items"][0]
    assert acme["standing"] == "tried and failed"
    assert fsum(part["weight"] for part in acme["parts"]) == pytest.approx(acme["score"])
    belief = acme["beliefs"][0]
    assert fsum(r["weight"] for r in belief["reasons"]) == pytest.approx(belief["log_odds"])
    for piece in acme["evidence"]:
        assert LETTER[piece["start"] : piece["end"]] == piece["quote"]
    assert acme["attempts"][0]["outcome_evidence"] == world.failed
    assert acme["attempts"][0]["reasons"][0]["quote"] in LETTER
    assert acme["complaints"][0]["consequences"][0]["to"] == world.said
    assert acme["next_question"] == "Who chose the system?"


def test_prospects_can_be_filtered_sorted_and_paged(client: TestClient):
    def names(query: str) -> list[str]:
        return [
            p["organisation"] for p in client.get(f"/api/v1/prospects?{query}").json()["items"]
        ]

    assert names("standing=has it") == ["Bolt"]
    assert names("industry=Retail&all=true") == ["Acme", "Calm"]
    assert names("sort=recent") == ["Bolt", "Acme"]
    assert names("limit=1&offset=1") == ["Bolt"]
    assert client.get("/api/v1/prospects?limit=1").json()["next_offset"] == 1
    assert client.get("/api/v1/prospects?limit=1&offset=1").json()["next_offset"] is None


def test_organisations_are_found_by_any_of_their_names(client: TestClient):
    found = client.get("/api/v1/organisations?q=mail order").json()

    assert [organisation["name"] for organisation in found["items"]] == ["Acme"]
    assert found["items"][0]["names"] == ["Acme Mail Order"]


def test_an_organisation_comes_with_its_prospects(client: TestClient, world: World):
    dossier = client.get(f"/api/v1/organisations/{world.calm}").json()

    assert dossier["organisation"]["name"] == "Calm"
    assert dossier["prospects"][0]["eliminated"] == "no sign found"
    assert dossier["prospects"][0]["sentences_read"] == 40


def test_evidence_can_be_had_by_organisation_by_id_and_with_its_document(
    client: TestClient, world: World
):
    of_acme = client.get(f"/api/v1/organisations/{world.acme}/evidence").json()
    one = client.get(f"/api/v1/evidence/{world.tried}").json()
    document = client.get(f"/api/v1/documents/{world.letter}").json()

    assert of_acme == document["evidence"]
    assert one in of_acme
    assert one["facets"] == ["attempt"]
    assert document["text"] == LETTER


def test_evidence_says_in_which_sense_it_is_said_and_can_be_filtered_by_it(
    client: TestClient, world: World
):
    address = f"/api/v1/organisations/{world.acme}/evidence"

    [past] = client.get(f"{address}?tense=past").json()

    assert past["id"] == world.tried
    assert past["sense"]["tense_words"] == [{"words": "2020", "start": 3, "end": 7}]
    assert past["sense"]["periods"][0]["first"] == "2020-01-01"
    assert client.get(f"{address}?assertion=hypothetical").json() == []
    assert len(client.get(f"{address}?problem=bad_pay").json()) == 1
    assert client.get(f"{address}?speaker=nobody").status_code == 422


def test_the_library_and_the_sources_can_be_read(client: TestClient):
    problems = client.get("/api/v1/problems").json()
    sources = client.get("/api/v1/sources").json()

    assert problems[0] == client.get(f"/api/v1/problems/{problems[0]['id']}").json()
    assert {p["id"]: p["standings"] for p in problems}["late_orders"]["has it"] == 1
    assert sources["sources"][0]["refusals"][0]["line"] == 7
    assert sources["progress"] == {"documents": 1, "sentences": LETTER.count("."), "left": 0}


@pytest.mark.parametrize(
    "where",
    [
        "organisations/999",
        "organisations/999/evidence",
        "documents/999",
        "evidence/999",
        "problems/none",
        "prospects?problem=none",
        "nowhere",
    ],
)
def test_what_is_not_here_is_a_404_that_programs_can_read(client: TestClient, where: str):
    answer = client.get(f"/api/v1/{where}")

    assert answer.status_code == 404
    assert set(answer.json()) == {"error", "detail"}


def test_what_makes_no_sense_is_a_422_that_says_what(client: TestClient):
    answer = client.get("/api/v1/prospects?limit=0")

    assert answer.status_code == 422
    assert answer.json()["error"] == "Invalid"
    assert answer.json()["detail"].startswith("limit:")


def test_the_description_names_the_answers(client: TestClient):
    told = client.get("/api/v1/openapi.json").json()

    assert "ProspectOut" in told["components"]["schemas"]
    assert all(path.startswith("/api/v1/") for path in told["paths"])
