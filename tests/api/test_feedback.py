from fastapi.testclient import TestClient

from tests.make_world import World

PROBLEM = "late_orders"


def address(evidence: int, problem: str = PROBLEM) -> str:
    return f"/api/v1/evidence/{evidence}/feedback/{problem}"


def test_a_sentence_is_confirmed_dismissed_and_left_as_it_was(client: TestClient, world: World):
    before = client.get(f"/api/v1/evidence/{world.said}").json()

    confirmed = client.put(address(world.said), json={"verdict": "confirmed"}).json()
    dismissed = client.put(address(world.said), json={"verdict": "dismissed"}).json()
    after = client.delete(address(world.said)).json()

    assert (confirmed["problems"][PROBLEM], confirmed["verdicts"]) == (
        1,
        {PROBLEM: "confirmed"},
    )
    assert (dismissed["problems"][PROBLEM], dismissed["verdicts"]) == (
        0,
        {PROBLEM: "dismissed"},
    )
    assert after == before == client.get(f"/api/v1/evidence/{world.said}").json()


def test_the_organisation_is_assessed_at_once(client: TestClient, world: World):
    for evidence in (world.said, world.tried, world.failed):
        client.put(address(evidence), json={"verdict": "dismissed"})

    dossier = client.get(f"/api/v1/organisations/{world.acme}").json()

    late = next(found for found in dossier["prospects"] if found["problem"] == PROBLEM)
    assert late["eliminated"].startswith("no sign found")
    assert late["evidence"] == []


def test_what_was_said_can_be_listed(client: TestClient, world: World):
    client.put(address(world.failed), json={"verdict": "confirmed"})

    [said] = client.get("/api/v1/feedback").json()

    document = client.get(f"/api/v1/documents/{said['document_id']}").json()
    assert document["text"][said["start"] : said["end"]] == said["quote"]
    assert (said["problem"], said["verdict"]) == (PROBLEM, "confirmed")


def test_what_is_not_there_or_makes_no_sense_is_refused(client: TestClient, world: World):
    yes = {"verdict": "confirmed"}

    assert client.put(address(999), json=yes).status_code == 404
    assert client.put(address(world.said, "none"), json=yes).status_code == 404
    assert client.delete(address(999)).status_code == 404
    assert client.put(address(world.said), json={"verdict": "perhaps"}).status_code == 422


def test_another_sites_page_is_refused_in_the_apis_way(client: TestClient, world: World):
    elsewhere = {"sec-fetch-site": "cross-site"}

    answer = client.delete(address(world.said), headers=elsewhere)

    assert answer.status_code == 403
    assert set(answer.json()) == {"error", "detail"}
