"""Programs open opportunities, read them whole, edit, move, decide them and take that back."""

from collections.abc import Mapping
from dataclasses import fields

import pytest
from fastapi.testclient import TestClient

from tests.make_world import World
from unsolved.api.deal_whole import MODELS
from unsolved.deals.parts import TYPES, PartKind

PLACE = "/api/v1/opportunities"


@pytest.fixture
def one(client: TestClient, world: World) -> int:
    told = {"organisation_id": world.bolt, "problem": "late_orders", "worth": 70_000}
    answer = client.post(PLACE, json=told)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["opportunity"]["id"])


def edit(client: TestClient, one: int, *edits: Mapping[str, object]):
    return client.patch(f"{PLACE}/{one}", json={"edits": list(edits)})


@pytest.mark.parametrize("kind", PartKind)
def test_every_part_is_promised_with_all_that_it_holds(kind: PartKind):
    held = {one.name for one in fields(TYPES[kind])}

    assert set(MODELS[kind].model_fields) == held


def test_one_is_opened_listed_and_read_whole(client: TestClient, one: int):
    listed = client.get(PLACE).json()
    whole = client.get(f"{PLACE}/{one}").json()

    assert (listed["total"], listed["next_offset"]) == (1, None)
    assert listed["items"][0]["name"] == "Bolt: Orders arrive late"
    assert whole["head"]["worth"] == 70_000
    assert whole["alternatives"] == [
        {"number": 1, "part": whole["alternatives"][0]["part"]},
    ]
    assert whole["alternatives"][0]["part"]["kind"] == "do nothing"


def test_one_from_a_prospect_brings_its_evidence(client: TestClient, world: World):
    told = {
        "organisation_id": world.acme,
        "problem": "late_orders",
        "from_prospect": True,
        "worth": 5,
    }
    whole = client.post(PLACE, json=told).json()["opportunity"]
    again = client.post(PLACE, json=told)

    assert whole["head"]["standing"] == "tried and failed"
    assert whole["head"]["worth"] == 5
    assert whole["attempts"][0]["part"]["grounds"][0]["document_id"] == world.letter
    assert (again.status_code, again.json()["error"]) == (409, "Conflict")


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"organisation_id": 999}, 404),
        ({"organisation_id": 1, "problem": "nothing"}, 404),
        ({"organisation_id": 1, "from_prospect": True}, 404),
        ({"organisation_id": 1, "currency": "EURO"}, 422),
        ({}, 422),
    ],
)
def test_what_cannot_be_opened_says_why(
    client: TestClient, told: dict[str, object], status: int
):
    answer = client.post(PLACE, json=told)

    assert answer.status_code == status
    assert set(answer.json()) == {"error", "detail"}


def test_parts_are_edited_in_one_go_and_taken_back(client: TestClient, one: int):
    before = client.get(f"{PLACE}/{one}").json()
    added = edit(
        client,
        one,
        {"kind": "stakeholder", "part": {"name": "Ines", "power": "decides"}},
        {"kind": "note", "part": {"text": "by May", "on": "2026-03-02", "about": "date"}},
    ).json()
    changed = edit(
        client, one, {"kind": "stakeholder", "number": 1, "part": {"title": "Chief"}}
    ).json()["opportunity"]["stakeholders"][0]["part"]
    gone = edit(client, one, {"kind": "stakeholder", "number": 1}).json()
    history = client.get(f"{PLACE}/{one}/history").json()
    for action in [history[0]["id"], history[1]["id"], added["action"]]:
        client.post(f"{PLACE}/{one}/history/{action}/undo")

    assert (changed["name"], changed["title"], changed["power"]) == ("Ines", "Chief", "decides")
    assert gone["opportunity"]["stakeholders"] == []
    assert client.get(f"{PLACE}/{one}").json() == before


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"kind": "stakeholder", "part": {"name": ""}}, 422),
        ({"kind": "stakeholder", "part": {"name": "Ines", "age": 40}}, 422),
        ({"kind": "stakeholder", "part": {}}, 422),
        ({"kind": "nothing", "part": {}}, 422),
        ({"kind": "note", "number": 7}, 404),
        ({"kind": "opportunity", "number": 0}, 422),
        ({"kind": "step", "part": {"kind": "demo"}}, 409),
    ],
)
def test_an_edit_that_makes_no_sense_changes_nothing(
    client: TestClient, one: int, wrong: dict[str, object], status: int
):
    before = client.get(f"{PLACE}/{one}").json()
    fine = {"kind": "note", "part": {"text": "x", "on": "2026-03-02"}}

    assert edit(client, one, fine, wrong).status_code == status
    assert client.get(f"{PLACE}/{one}").json() == before


def test_a_stage_is_left_by_the_buyers_acts_or_a_reason(client: TestClient, one: int):
    refused = client.post(f"{PLACE}/{one}/move", json={"to": "progress"})
    moved = client.post(f"{PLACE}/{one}/move", json={"to": "progress", "why": "they insist"})

    assert refused.status_code == 409
    assert "brought in who decides" in refused.json()["detail"]
    assert moved.json()["opportunity"]["head"]["stage"] == "progress"


def test_one_is_decided_filtered_by_it_and_taken_back(client: TestClient, one: int):
    told = {"outcome": "no decision", "cause": "budget"}
    done = client.post(f"{PLACE}/{one}/conclude", json=told).json()
    dormant = client.get(PLACE, params={"which": "dormant"}).json()
    client.post(f"{PLACE}/{one}/history/{done['action']}/undo")

    assert [item["id"] for item in dormant["items"]] == [one]
    assert client.get(PLACE).json()["total"] == 1
    assert client.get(PLACE, params={"which": "dormant"}).json()["total"] == 0


def test_what_is_not_there_is_not_found(client: TestClient, one: int):
    for address in ("/999", "/999/history"):
        assert client.get(PLACE + address).status_code == 404
    assert client.post(f"{PLACE}/999/move", json={"to": "progress"}).status_code == 404
    assert client.post(f"{PLACE}/{one}/history/999/undo").status_code == 404


def test_today_is_told_with_reasons_that_add_up(client: TestClient, one: int):
    told = client.get("/api/v1/today").json()

    assert told["total"] == len(told["items"])
    for found in told["items"]:
        assert found["opportunity_id"] == one
        weights = sum(part["weight"] for part in found["item"]["gain"])
        assert weights == pytest.approx(found["item"]["worth"])
    assert client.get("/api/v1/today", params={"view": "manager"}).status_code == 200


def test_the_description_of_the_api_names_every_part(client: TestClient):
    described = client.get("/api/v1/openapi.json").json()

    assert {model.__name__ for model in MODELS.values()} <= described["components"][
        "schemas"
    ].keys()
    assert f"{PLACE}/{{opportunity_id}}/move" in described["paths"]
