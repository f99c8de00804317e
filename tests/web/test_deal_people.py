"""The page on the people of a deal: the map, what is missing, and every change as a form."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from tests.deals.worlds import NOON, opened
from tests.web.reading import Part, page
from unsolved import deals
from unsolved.db import Sessions, transaction
from unsolved.deals.model import (
    Attempt,
    Basis,
    CameOf,
    Ground,
    Opportunity,
    Power,
    Stakeholder,
    Stance,
    Sway,
    Tie,
)
from unsolved.sources.tables import PersonRow

BOSS = Stakeholder(name="Ines <b>Maro</b>", power=Power.DECIDES, title='"Chief" & more')
PAUL = Stakeholder(
    name="Paul",
    power=Power.BLOCKS,
    stance=Stance.AGAINST,
    met_on=NOON.date() - timedelta(days=3),
    ground=Ground(basis=Basis.BUYER, quote="I would not sign that", by="Paul"),
)


@pytest.fixture
def one(sessions: Sessions, client: TestClient) -> int:  # noqa: ARG001 (the world is there first)
    tried = Attempt(what="a tracking portal", came_of=CameOf.FAILED, defended_by=(2,))
    tie = Tie(of=2, to=1, sway=Sway.CONFLICT, about="dispatch")
    return opened(sessions, BOSS, PAUL, tie, tried, name="Globex")


def shown(client: TestClient, one: int) -> Part:
    return page(client, f"/opportunities/{one}/people")


def whole(sessions: Sessions, one: int) -> Opportunity:
    with transaction(sessions) as tx:
        known = deals.opportunity(tx, one)
        assert known is not None
        return known


def works_there(sessions: Sessions, one: int, *names: str) -> list[int]:
    place = whole(sessions, one).head.organisation_id
    with transaction(sessions) as tx:
        rows = [PersonRow(name=name, title="Buyer", organisation_id=place) for name in names]
        tx.add_all(rows)
        tx.flush()
        return [row.id for row in rows]


def test_what_is_missing_is_said_with_what_to_ask(client: TestClient, one: int):
    text = shown(client, one).one(".gaps").text

    assert "Nobody who can sign has been met: Ines <b>Maro</b>." in text
    assert "After: " not in text  # it is the style's word, the source stands by itself
    assert "Miller and Heiman 1985" in text


def test_everybody_stands_on_both_maps_and_in_the_table(client: TestClient, one: int):
    found = shown(client, one)

    for size in ("wide", "narrow"):
        drawing = found.one(f".people-map.{size}")
        assert [one["data-person"] for one in drawing.all(".figure")] == ["1", "2"]
        assert drawing.has(".t-in-conflict-with .line")
        says = drawing.one(".figure")["aria-label"]
        assert "decides, stance not known. never spoken to" in says
    assert "I would not sign that" in found.one("#stakeholder-2").text
    assert "defends a tracking portal" in found.one("#stakeholder-2").text


def test_what_they_do_not_agree_on_is_told_with_who_stands_where(client: TestClient, one: int):
    text = shown(client, one).one(".agreed-points").text

    assert "Is against it: Paul" in text
    assert "Nobody asked: Ines" in text


def test_a_name_from_outside_is_text_and_nothing_else(client: TestClient, one: int):
    html = client.get(f"/opportunities/{one}/people").text

    assert "<b>Maro" not in html
    assert "Ines &lt;b&gt;Maro&lt;/b&gt;" in html


def test_somebody_is_placed_by_a_form_and_that_is_taken_back(
    client: TestClient, sessions: Sessions, one: int
):
    before = whole(sessions, one)
    place = {"stance": "for", "power": "sways"}
    answer = client.post(f"/opportunities/{one}/people/1/place", data=place)
    placed = whole(sessions, one).stakeholders[1]
    with transaction(sessions) as tx:
        last = deals.history(tx, one)[0]
    client.post(f"/opportunities/{one}/undo/{last.id}", data={"tab": "people"})

    assert (placed.stance, placed.power) == (Stance.FOR, Power.SWAYS)
    assert "placed Ines &lt;b&gt;Maro&lt;/b&gt;: sways, for" in answer.text
    assert "Undo" in answer.text
    assert whole(sessions, one) == before


def test_to_place_somebody_where_they_are_changes_nothing(
    client: TestClient, sessions: Sessions, one: int
):
    place = {"stance": "against", "power": "can block"}
    client.post(f"/opportunities/{one}/people/2/place", data=place)

    with transaction(sessions) as tx:
        assert len(deals.history(tx, one)) == 1


@pytest.mark.parametrize(
    ("number", "place", "status"),
    [
        (9, {"stance": "for", "power": "sways"}, 404),
        (1, {"stance": "perhaps", "power": "sways"}, 422),
        (1, {"stance": "for"}, 422),
    ],
)
def test_a_place_that_makes_no_sense_is_refused(
    client: TestClient, one: int, number: int, place: dict[str, str], status: int
):
    answer = client.post(f"/opportunities/{one}/people/{number}/place", data=place)

    assert answer.status_code == status


def test_known_people_are_added_with_one_click_and_then_no_longer_offered(
    client: TestClient, sessions: Sessions, one: int
):
    ann, bo = works_there(sessions, one, "Ann Lee", "Bo Ek")
    client.post(f"/opportunities/{one}/people", data={"person_id": ann})

    added = whole(sessions, one).stakeholders[3]
    offered = [button["value"] for button in shown(client, one).all(".known button")]
    assert (added.name, added.title, added.person_id) == ("Ann Lee", "Buyer", ann)
    assert added.ground.basis is Basis.RECORD
    assert offered == [str(bo)]


def test_who_is_added_by_a_name_that_our_sources_know_is_that_person(
    client: TestClient, sessions: Sessions, one: int
):
    (ann,) = works_there(sessions, one, "Ann Lee")
    client.post(f"/opportunities/{one}/people", data={"name": " ann  lee "})
    client.post(f"/opportunities/{one}/people", data={"name": "Somebody Else"})

    people = whole(sessions, one).stakeholders
    assert people[3].person_id == ann
    assert (people[4].name, people[4].person_id) == ("Somebody Else", None)


def test_nobody_is_added_without_a_name_or_twice(
    client: TestClient, sessions: Sessions, one: int
):
    (ann,) = works_there(sessions, one, "Ann Lee")
    client.post(f"/opportunities/{one}/people", data={"person_id": ann})
    twice = client.post(f"/opportunities/{one}/people", data={"person_id": ann})
    nameless = client.post(f"/opportunities/{one}/people", data={"name": "  "})

    assert (twice.status_code, nameless.status_code) == (422, 422)
    assert "on the map already" in twice.text
    assert len(whole(sessions, one).stakeholders) == 3


def test_a_tie_is_added_by_a_form_and_told_in_words(client: TestClient, one: int):
    facts = {"tab": "people", "of": "1", "sway": "influences", "to": "2", "about": "money"}
    answer = client.post(f"/opportunities/{one}/parts/tie", data=facts)

    assert answer.url.path == f"/opportunities/{one}/people"
    assert "influences Paul, about money" in shown(client, one).one("#ties ~ ul").text


def test_an_empty_map_says_so_and_offers_those_who_are_known(
    client: TestClient, sessions: Sessions
):
    one = opened(sessions, name="Initech")
    works_there(sessions, one, "Ann Lee")

    found = shown(client, one)

    assert "Nobody is on the map yet" in found.one(".empty").text
    assert "Ann Lee" in found.one(".known").text
    assert not found.has(".people-table")


def test_of_many_known_people_the_rest_is_found_by_name(
    client: TestClient, sessions: Sessions, one: int
):
    works_there(sessions, one, *(f"Person {number:02}" for number in range(30)))

    found = shown(client, one)

    assert len(found.all(".known button")) == 24
    assert len(found.all("#known-people option")) == 30
    assert "6 others" in found.one("#adding ~ form ~ .sub:last-child").text


def test_a_deal_that_is_none_has_no_people(client: TestClient):
    assert client.get("/opportunities/999/people").status_code == 404
