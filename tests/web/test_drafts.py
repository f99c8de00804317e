from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from tests.make_world import World
from tests.web.reading import Part, page

PITCH = """Subject: Quick question

Hi Ann,

Our platform helps companies save time. Can I show you a demo?
"""


def sent(client: TestClient, text: str, *, htmx: bool = False, **more: object) -> Part:
    headers = {"HX-Request": "true"} if htmx else {}
    answer = client.post("/drafts/check", data={"text": text, **more}, headers=headers)
    assert answer.status_code == 200, answer.text
    root = LexborHTMLParser(answer.text).root
    assert root is not None
    return Part(root)


def rules(found: Part) -> set[str]:
    return {box["value"] for box in found.all(".finding [name=ignore]")}


def test_the_page_offers_a_sheet_and_stands_in_the_navigation(client: TestClient):
    found = page(client, "/drafts")

    assert found.one("textarea").text == ""
    assert found.one("nav [aria-current]").text == "Drafts"
    assert found.one("#found").text.strip().startswith("A good first mail")


def test_findings_come_as_a_fragment_with_what_to_write_instead(client: TestClient):
    found = sent(client, PITCH, htmx=True)

    assert not found.has("textarea")
    assert {"P101", "A401", "M808"} <= rules(found)
    assert "leave out what you offer" in found.text
    assert "errors" in found.one(".tally").text


def test_without_scripts_the_page_comes_back_with_what_was_typed(client: TestClient):
    found = sent(client, PITCH)

    assert found.one("textarea").text == PITCH
    assert "P101" in rules(found)


def test_the_mirror_is_the_text_and_marks_what_was_found(client: TestClient):
    found = sent(client, PITCH.replace("\n", "\r\n"), htmx=True)

    assert found.one(".mirror").text == PITCH
    for link in found.all(".finding [data-row]"):
        start, end = int(link["data-start"]), int(link["data-end"])
        assert PITCH[start:end].strip()
        assert found.has(f"mark{link['href']}") or "m" in link["href"]
    assert "Our platform" in "".join(mark.text for mark in found.all("mark.g-error"))


def test_a_rule_is_ignored_and_can_be_taken_back(client: TestClient):
    found = sent(client, PITCH, htmx=True, ignore=["A401", "nonsense"])

    assert "A401" not in rules(found)
    assert [box["value"] for box in found.all(".ignored input")] == ["A401"]


def test_a_claim_is_held_against_the_organisations_own_words(client: TestClient):
    text = "Hi Ann,\n\nyour new order system failed on its first day. What came next?\n"

    found = sent(client, text, htmx=True, to="Acme")

    assert "The new order system failed" in found.one(".borne-out a").text
    assert "/documents/" in found.one(".borne-out a")["href"]
    wrong = text.replace("order system failed on its first day", "warehouse burned twice")
    assert "C201" in rules(sent(client, wrong, htmx=True, to="Acme"))


def test_an_unknown_organisation_is_told_and_the_rest_is_checked(client: TestClient):
    found = sent(client, PITCH, htmx=True, to="Acmee")

    assert "no organisation called Acmee" in found.one(".notice").text
    assert "P101" in rules(found)


def test_what_was_typed_is_shown_and_not_run(client: TestClient):
    text = 'Hi <script>alert(1)</script>,\n\n"><b>Our platform helps companies save time.</b>'

    found = sent(client, text)

    assert not found.has("#found script")
    assert not found.has("#found b")
    assert found.one("textarea").text == text


def test_too_much_is_told_and_too_many_mails_too(client: TestClient):
    assert "200,000" in sent(client, "word " * 50_000, htmx=True).one(".notice").text
    mails = "\n---\n".join("Hi Ann,\n\nwhat became of the order system?\n" for _ in range(60))
    assert "60 mails" in sent(client, mails, htmx=True).one(".notice").text


def test_nothing_typed_is_no_fault(client: TestClient):
    assert "A good first mail" in sent(client, "  \n", htmx=True).text


def test_a_world_of_rows_is_not_needed(bare: TestClient):
    assert "P101" in rules(sent(bare, PITCH, htmx=True))


def test_places_are_counted_in_what_was_typed_across_a_sequence(
    client: TestClient, world: World
):
    assert world.acme
    text = f"Hi Ann,\n\nwhat became of the order system of 2020?\n\n---\n\n{PITCH}"

    found = sent(client, text, htmx=True)

    starts = [int(link["data-start"]) for link in found.all(".finding [data-row]")]
    assert any(text[start:].startswith("Our platform") for start in starts)
    assert "".join(found.one(".mirror").text) == text
