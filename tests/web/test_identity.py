"""On a page, people say who is one and who is two, and take it back."""

import pytest
from fastapi.testclient import TestClient

from tests import make
from tests.make_world import World
from tests.web.reading import page
from unsolved import sources
from unsolved.db import Sessions, transaction
from unsolved.sources import OrganisationDraft

NOW = make.SPRING


@pytest.fixture
def alike(sessions: Sessions, world: World) -> World:
    """A world with a pair that may be one, and one that surely is."""
    make.bring(
        sessions,
        OrganisationDraft(name="Kestrel Tools", country="Norway", domain="kestrel.example"),
        OrganisationDraft(name="Kestrel Tools Worldwide"),
        OrganisationDraft(name="Jack Henry & Associates"),
        OrganisationDraft(name="HENRY JACK & ASSOC INC"),
    )
    sources.resolve(sessions, NOW)
    return world


def press(client: TestClient, address: str, **form: str) -> str:
    answer = client.post(address, data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_an_empty_page_says_what_will_be_there(client: TestClient):
    found = page(client, "/identity")

    assert "Nothing to decide" in found.text
    assert "Nothing was merged yet" in found.text


@pytest.mark.usefixtures("alike")
def test_a_pair_stands_side_by_side_with_its_reasons(client: TestClient):
    pair = page(client, "/identity").one(".proposal")

    assert [side.one("h3").text for side in pair.all(".side")] == [
        "Kestrel Tools",
        "Kestrel Tools Worldwide",
    ]
    assert "kestrel.example" in pair.text
    assert any(reason.text.startswith("but: ") for reason in pair.all(".reasons li"))
    assert [button["aria-label"] for button in pair.all("button")] == [
        "One and the same: Kestrel Tools and Kestrel Tools Worldwide",
        "Two: Kestrel Tools and Kestrel Tools Worldwide",
    ]


@pytest.mark.usefixtures("alike")
def test_one_and_the_same_merges_and_can_be_undone(client: TestClient, sessions: Sessions):
    with transaction(sessions) as tx:
        [proposal] = sources.proposals(tx)
    press(client, f"/identity/proposals/{proposal.id}", said="one")

    merged = page(client, "/identity").all(".merge")[0]
    assert "Kestrel Tools Worldwide is part of Kestrel Tools" in " ".join(merged.text.split())
    with transaction(sessions) as tx:
        number = sources.merges(tx)[0].id

    press(client, f"/identity/merges/{number}/undo")

    assert "they are two again" in page(client, "/identity").text
    with transaction(sessions) as tx:
        assert "Kestrel Tools Worldwide" in [one.name for one in sources.organisations(tx)]


@pytest.mark.usefixtures("alike")
def test_two_takes_the_pair_away_for_good(client: TestClient, sessions: Sessions):
    with transaction(sessions) as tx:
        [proposal] = sources.proposals(tx)
    press(client, f"/identity/proposals/{proposal.id}", said="two")
    press(client, "/identity/resolve")

    assert not page(client, "/identity").has(".proposal")


def test_a_page_of_one_who_was_merged_leads_to_whom_it_is_part_of(
    client: TestClient, world: World, sessions: Sessions
):
    with transaction(sessions) as tx:
        sources.merge(tx, sources.Of.ORGANISATION, world.bolt, world.acme, NOW)

    answer = client.get(f"/organisations/{world.acme}", follow_redirects=False)

    assert answer.headers["location"] == f"/organisations/{world.bolt}"
    assert "Orders arrive late" in page(client, f"/organisations/{world.acme}").text
    told = client.get(f"/api/v1/organisations/{world.acme}").json()
    assert told["organisation"]["name"] == "Bolt"


def test_prospects_are_of_the_kept_one_after_a_merge(client: TestClient, sessions: Sessions):
    make.bring(sessions, OrganisationDraft(name="Acme Industries"))
    sources.resolve(sessions, NOW)
    with transaction(sessions) as tx:
        [proposal] = sources.proposals(tx)

    press(client, f"/identity/proposals/{proposal.id}", said="one")

    assert page(client, "/prospects?all=true").text.count("Acme") >= 1
    with transaction(sessions) as tx:
        assert sources.count_proposals(tx) == 0


@pytest.mark.parametrize(
    ("address", "form", "status"),
    [
        ("/identity/proposals/999", {"said": "one"}, 404),
        ("/identity/merges/999/undo", {}, 404),
        ("/identity/proposals/1", {"said": "three"}, 422),
    ],
    ids=str,
)
def test_what_is_not_there_is_said(
    client: TestClient, address: str, form: dict[str, str], status: int
):
    assert client.post(address, data=form).status_code == status
