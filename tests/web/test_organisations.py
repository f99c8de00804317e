from fastapi.testclient import TestClient

from tests.make_world import World
from tests.web.reading import page, tenths


def test_every_case_shows_standing_attempts_unknowns_and_the_next_question(
    client: TestClient, world: World
):
    case = page(client, f"/organisations/{world.acme}").one("#late_orders")

    told = case.text
    assert "tried and failed" in told
    assert "failed" in told
    assert "who decided" in told
    assert "Who chose the system?" in told


def test_reasons_of_a_belief_add_up_and_lead_to_their_sentences(
    client: TestClient, world: World
):
    belief = page(client, f"/organisations/{world.acme}").one(".belief")

    parts = [tenths(weight.text) for weight in belief.all("tbody .weight")]

    assert sum(parts) == tenths(belief.one("tfoot .weight").text) == 20
    assert belief.one(".percent").text == "88%"
    assert belief.one(".cite")["href"].endswith(f"#e{world.said}")


def test_every_mark_of_the_timeline_leads_to_its_sentence(client: TestClient, world: World):
    line = page(client, f"/organisations/{world.acme}").one(".timeline.wide")

    places = {link["href"] for link in line.all("a")}

    ids = (world.said, world.tried, world.failed)
    assert places == {f"/documents/{world.letter}#e{known}" for known in ids}


def test_every_link_to_a_sentence_arrives(client: TestClient, world: World):
    found = page(client, f"/organisations/{world.acme}")

    for link in found.all("blockquote a"):
        address, _, anchor = link["href"].partition("#")
        mark = page(client, address).one(f"mark#{anchor}")
        assert mark.text == link.text


def test_a_problem_on_which_nothing_was_found_is_said_as_such(client: TestClient, world: World):
    told = page(client, f"/organisations/{world.calm}").one("#late_orders").text

    assert "No sign found in 2 documents, 40 sentences." in told


def test_evidence_is_filtered_by_problem_and_facet(client: TestClient, world: World):
    address = f"/organisations/{world.acme}"

    part = page(client, f"{address}?facet=failure", htmx=True)

    assert [piece["id"] for piece in part.all(".piece")] == [f"q{world.failed}"]
    assert not part.has("h1")
    assert not page(client, f"{address}?problem=bad_pay&facet=goal").all(".piece")


def test_what_else_a_sentence_may_be_about_is_told_with_it(client: TestClient, world: World):
    piece = page(client, f"/organisations/{world.acme}?problem=bad_pay&facet=").one(".piece")

    assert piece["id"] == f"q{world.said}"
    assert "Pay is wrong: 20%" in piece.one(".opinion").text
    assert piece.one(".weaker")["title"] == "Orders arrive late: 90%"


def test_an_attempt_is_a_timeline_whose_every_word_has_its_sentence(
    client: TestClient, world: World
):
    attempt = page(client, f"/organisations/{world.acme}").one(".attempt")

    assert attempt.one(".outcome").text == "failed"
    assert "2020" in attempt.one(".attempt-facts").text
    steps = [step["href"] for step in attempt.all(".steps blockquote a")]
    assert [step.partition("#")[2] for step in steps] == [
        f"e{world.tried}",
        f"e{world.failed}",
    ]
    assert "speaks of the same fix" in attempt.text


def test_a_consequence_stands_under_the_problem_it_belongs_to(client: TestClient, world: World):
    stated = page(client, f"/organisations/{world.acme}").one(".complaints > li")

    assert stated.one("blockquote a")["href"].endswith(f"#e{world.said}")
    assert stated.one(".steps blockquote a")["href"].endswith(f"#e{world.failed}")
    assert "nearest in the same document" in stated.text


def test_evidence_is_filtered_by_how_it_is_meant_who_says_it_and_of_when(
    client: TestClient, world: World
):
    def ids(query: str) -> list[str]:
        part = page(client, f"/organisations/{world.acme}?{query}", htmx=True)
        return [piece["id"] for piece in part.all(".piece")]

    assert ids("tense=past") == [f"q{world.tried}"]
    assert len(ids("assertion=actual&speaker=organisation")) == 3
    assert ids("assertion=hypothetical") == ids("speaker=third party") == []


def test_the_words_that_put_a_sentence_in_the_past_stand_beside_it(
    client: TestClient, world: World
):
    piece = page(client, f"/organisations/{world.acme}").one(f"#q{world.tried}")

    assert "past: “2020”" in piece.text
