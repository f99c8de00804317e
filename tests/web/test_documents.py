from fastapi.testclient import TestClient

from tests import make_world
from tests.make_world import LETTER, World
from tests.web.reading import Part, page
from unsolved.db import Sessions, transaction
from unsolved.evidence import Facet
from unsolved.web.passages import PAGE


def shown(found: Part) -> str:
    text = found.one(".text")
    for note in text.all(".note"):
        note.remove()
    return text.text


def test_a_document_is_shown_whole_with_each_quote_in_its_place(
    client: TestClient, world: World
):
    found = page(client, f"/documents/{world.letter}")

    assert shown(found) == LETTER
    assert found.one(f"mark#e{world.failed}").text.startswith("The new order system")


def test_scripts_in_a_document_are_shown_as_text(client: TestClient, world: World):
    html = client.get(f"/documents/{world.letter}").text

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_only_web_addresses_become_links(client: TestClient, world: World):
    origin = page(client, f"/documents/{world.letter}").one(".origin")

    links = origin.all("a")
    assert [link["href"] for link in links] == ["https://news.example/acme"]
    assert links[0]["rel"] == "noopener noreferrer"
    assert "javascript:alert(1)" in origin.text


def test_the_original_is_handed_over_and_never_shown(client: TestClient, world: World):
    answer = client.get(f"/documents/{world.letter}/original")

    assert answer.content == LETTER.encode()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")


def test_an_old_version_says_that_a_newer_one_exists(
    client: TestClient, sessions: Sessions, world: World
):
    with transaction(sessions) as tx:
        old = make_world.document(tx, world.bolt, "Old.", key="k", is_current=False)
        new = make_world.document(tx, world.bolt, "New.", key="k", version=2)

    notice = page(client, f"/documents/{old}").one(".notice a")

    assert notice["href"] == f"/documents/{new}"
    assert not page(client, f"/documents/{new}").has(".notice")


def test_a_long_document_opens_at_the_sentence_asked_for(
    client: TestClient, sessions: Sessions, world: World
):
    text = "Nothing of note here.\n" * (3 * PAGE // 22) + "The late order failed.\nThe end.\n"
    with transaction(sessions) as tx:
        long = make_world.document(tx, world.bolt, text)
        known = make_world.evidence(tx, long, "The late order failed.", Facet.FAILURE)

    led = client.get(f"/evidence/{known}", follow_redirects=False).headers["location"]
    found = page(client, led.partition("#")[0])
    parts = [shown(page(client, f"/documents/{long}?page={at}")) for at in (1, 2, 3, 4)]

    assert led == f"/documents/{long}?at={known}#e{known}"
    assert found.one(f"mark#e{known}").text == "The late order failed."
    assert "".join(dict.fromkeys(parts)) == text or "".join(parts) == text


def test_a_document_without_text_can_still_be_downloaded(
    client: TestClient, sessions: Sessions, world: World
):
    with transaction(sessions) as tx:
        empty = make_world.document(tx, world.bolt, "", content=b"\x00")

    assert "has no text" in client.get(f"/documents/{empty}").text
