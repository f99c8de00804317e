from fastapi.testclient import TestClient

from tests.make_world import World

ADDRESS = "/api/v1/drafts/check"
PITCH = "Hi Ann,\n\nOur platform helps companies save time. Can I show you a demo?\n"


def test_a_draft_is_checked_and_every_place_cuts_its_words(client: TestClient):
    told = client.post(ADDRESS, json={"text": PITCH}).json()

    [mail] = told["mails"]
    assert not told["passes"]
    assert told["errors"] >= 2
    assert {"P101", "A401"} <= {one["rule"] for one in mail["findings"]}
    for one in mail["findings"]:
        assert mail["text"][one["start"] : one["end"]] == one["words"]


def test_a_good_draft_passes(client: TestClient):
    text = "Hi Ann,\n\nthe audit report of May 2024 lists 41 late orders. What came of them?\n"

    told = client.post(ADDRESS, json={"text": text}).json()

    assert told["passes"]
    assert told["errors"] == told["warnings"] == 0


def test_rules_are_chosen(client: TestClient):
    told = client.post(ADDRESS, json={"text": PITCH, "select": ["A4"]}).json()
    assert {one["rule"] for one in told["mails"][0]["findings"]} == {"A401"}

    own = client.post(
        ADDRESS, json={"text": "FlowPlan runs at two bakeries.", "own": ["FlowPlan"]}
    )
    assert "P101" in {one["rule"] for one in own.json()["mails"][0]["findings"]}

    assert client.post(ADDRESS, json={"text": PITCH, "ignore": ["P999"]}).status_code == 422


def test_claims_are_held_against_quotes(client: TestClient, world: World):
    text = "Hi Ann,\n\nyour new order system failed on its first day. What came next?\n"

    told = client.post(ADDRESS, json={"text": text, "to": "Acme"}).json()

    [backed] = told["mails"][0]["backed"]
    assert backed["quote"]["evidence_id"] == world.failed
    assert backed["words"] == "your new order system failed on its first day."
    assert client.post(ADDRESS, json={"text": text, "to": "Nobody"}).status_code == 404


def test_other_formats_are_read_and_bad_ones_refused(client: TestClient):
    page = {"text": f"<p>{PITCH}</p>", "format": "html"}
    assert client.post(ADDRESS, json=page).json()["errors"] >= 2
    sheet = {"text": "mails: [", "format": "yaml"}
    assert client.post(ADDRESS, json=sheet).status_code == 422
    assert client.post(ADDRESS, json={"text": "x", "format": "fax"}).status_code == 422
    assert client.post(ADDRESS, json={"text": "x" * 1_000_001}).status_code == 422


def test_the_rules_are_told(client: TestClient):
    told = client.get("/api/v1/drafts/rules").json()

    assert len(told) >= 24
    assert all(one["why"] and one["instead"] and one["bad"] and one["good"] for one in told)
