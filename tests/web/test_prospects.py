import re

from fastapi.testclient import TestClient

from tests.make_world import World
from tests.web.reading import Part, page, tenths


def names(found: Part) -> list[str]:
    return [link.text for link in found.all(".who [data-row]")]


def test_the_first_page_is_that_of_prospects(client: TestClient):
    answer = client.get("/")

    assert answer.url.path == "/prospects"
    assert "Acme" in answer.text


def test_the_best_prospect_comes_first_and_the_eliminated_do_not_come(client: TestClient):
    assert names(page(client, "/prospects")) == ["Acme", "Bolt"]


def test_whoever_was_eliminated_is_shown_on_request_with_the_reason(client: TestClient):
    found = page(client, "/prospects?all=true&q=calm")

    assert names(found) == ["Calm"]
    assert "no sign found" in found.one(".reason").text


def test_prospects_are_filtered_sorted_and_searched_by_the_address(client: TestClient):
    assert names(page(client, "/prospects?standing=has+it&standing=fixing")) == ["Bolt"]
    assert names(page(client, "/prospects?industry=Retail")) == ["Acme"]
    assert names(page(client, "/prospects?sort=recent")) == ["Bolt", "Acme"]
    assert names(page(client, "/prospects?q=OL")) == ["Bolt"]
    assert names(page(client, "/prospects?problem=bad_pay")) == []


def test_the_parts_shown_add_up_to_the_score_shown(client: TestClient):
    row = page(client, "/prospects").one(".row")

    parts = [tenths(weight.text) for weight in row.all(".sum tbody .weight")]

    assert sum(parts) == tenths(row.one("tfoot .weight").text) == 700
    assert row.one("summary").text.strip() == "70.0"


def test_the_strongest_sentence_leads_to_its_place(client: TestClient, world: World):
    quote = page(client, "/prospects").one(".words blockquote a")

    assert quote.text == "The new order system failed on its first day."
    assert quote["href"] == f"/documents/{world.letter}#e{world.failed}"


def test_htmx_gets_only_the_list_and_the_shortest_address(client: TestClient):
    answer = client.get("/prospects?problem=&q=acme&sort=score", headers={"HX-Request": "true"})

    assert "<html" not in answer.text
    assert '<form class="filters"' not in answer.text
    assert "Acme" in answer.text
    assert answer.headers["hx-replace-url"] == "/prospects?q=acme"
    assert "HX-Request" in answer.headers["vary"]


def test_going_back_htmx_gets_the_whole_page(client: TestClient):
    headers = {"HX-Request": "true", "HX-Request-Type": "full"}

    assert "<html" in client.get("/prospects", headers=headers).text


def test_counts_follow_the_filter_beside_the_list(client: TestClient):
    part = page(client, "/prospects?industry=Steel", htmx=True)

    assert part.one("#n-has-it[hx-swap-oob]").text == "1"
    assert part.one("#n-tried-and-failed").text == "0"


def test_no_id_stands_twice_on_a_page(client: TestClient, world: World):
    for address in ("/prospects?all=true", f"/organisations/{world.acme}", "/problems"):
        ids = re.findall(r'\sid="([^"]+)"', client.get(address).text)

        assert len(ids) == len(set(ids)), address


def test_an_empty_workbench_says_what_to_do_next(bare: TestClient):
    assert "unsolved add" in bare.get("/prospects").text
    assert "unsolved add" in bare.get("/sources").text
    assert "unsolved read" in bare.get("/problems").text


def test_a_search_for_nobody_offers_a_way_out(client: TestClient):
    found = page(client, "/prospects?q=nobody")

    assert found.one(".empty a")["href"] == "/prospects?q=nobody&all=true"
