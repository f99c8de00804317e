"""The frame of a deal's pages, its forms, its history and undo."""

import re
from dataclasses import replace

import pytest

from tests.deals.worlds import ME, opened
from unsolved import deals
from unsolved.db import transaction
from unsolved.deals.changes import put
from unsolved.deals.model import Act, Attempt, Note, Stakeholder, Tie, Why
from unsolved.deals.parts import PartKind, parts_of
from unsolved.web.deals.forms import labels

INES = Stakeholder(name="Ines <Maro>", title="Operations manager")


@pytest.fixture
def one(sessions, client):  # noqa: ARG001 (the world is there first)
    tried = Attempt(what="a tracking portal", whys=(Why.POLITICS,), defended_by=(1,))
    return opened(
        sessions, INES, Stakeholder(name="Paul"), Tie(of=1, to=2), tried, name="Globex"
    )


def whole(sessions, one):
    with transaction(sessions) as tx:
        return deals.opportunity(tx, one)


def test_the_overview_says_what_the_buyer_has_not_done(client, one):
    page = client.get(f"/opportunities/{one}").text

    assert "agreed what the problem is" in page
    assert "Go on to progress" in page


def test_going_on_too_early_is_refused_in_place_and_a_reason_lets_it_through(
    client, sessions, one
):
    refused = client.post(f"/opportunities/{one}/move", data={"to": "progress"})
    client.post(f"/opportunities/{one}/move", data={"to": "progress", "why": "the board asked"})

    assert refused.status_code == 422
    assert "has not yet" in refused.text
    assert whole(sessions, one).head.stage == "progress"


def test_a_person_is_added_changed_removed_and_brought_back_by_forms(client, sessions, one):
    base = f"/opportunities/{one}"
    client.post(f"{base}/parts/stakeholder", data={"name": "Ana", "power": "decides"})
    client.post(f"{base}/parts/stakeholder/3", data={"name": "Ana Lu", "power": "decides"})
    changed = whole(sessions, one)
    gone = client.post(f"{base}/parts/stakeholder/3/remove")
    action = re.search(r"undo/(\d+)", client.get(f"{base}?{gone.url.query.decode()}").text)
    assert action
    client.post(f"{base}/undo/{action[1]}")

    assert changed.stakeholders[3].name == "Ana Lu"
    assert whole(sessions, one) == changed


@pytest.mark.parametrize("kind", [kind.value for kind in PartKind])
def test_every_part_has_a_form_that_opens_empty(client, one, kind):
    page = client.get(f"/opportunities/{one}/parts/{kind}/new")

    assert page.status_code == 200
    for field in labels()[kind]["fields"]:
        assert field.get("hidden") or field["label"] in page.text.replace("&#39;", "'")


def test_a_form_sent_back_as_it_was_shown_changes_nothing(client, sessions, one):
    before = whole(sessions, one)
    for (kind, number), part in parts_of(before).items():
        page = client.get(f"/opportunities/{one}/parts/{kind.value}/{number}")
        assert page.status_code == 200, part
        client.post(f"/opportunities/{one}/parts/{kind.value}/{number}", data=sent(page.text))

    assert whole(sessions, one) == before


def sent(page: str) -> dict[str, list[str]]:
    """Return what a browser would send of the form on a page."""
    form = page.split('class="deal-form"')[1].split("</form>", maxsplit=1)[0]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name, text in re.findall(
        r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL
    ):
        found.setdefault(name, []).append(text)
    for name, inner in re.findall(
        r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        first = re.search(r'value="([^"]*)"', inner)
        value = chosen or first
        found.setdefault(name, []).append(value[1] if value else "")
    return {name: [_plain(one) for one in values] for name, values in found.items()}


def _plain(text: str) -> str:
    return (
        text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", '"')
        .replace("&amp;", "&")
    )


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        ("stakeholder", {"name": " "}, "must not be empty"),
        ("step", {"kind": "demo"}, "before the buyer agreed"),
        ("step", {"kind": "mail", "amount": "a lot"}, "is no number"),
        ("note", {"text": "x", "on": "tomorrow"}, "on"),
        (
            "opportunity/0",
            {"name": "x", "currency": "euros", "opened_on": "2026-01-01"},
            "three letters",
        ),
        ("tie", {"of": "1", "to": "1", "sway": "influences"}, "nobody sways themselves"),
    ],
)
def test_what_is_wrong_is_told_with_what_was_typed_still_there(client, one, kind, data, told):
    page = client.post(f"/opportunities/{one}/parts/{kind}", data=data)

    assert page.status_code == 422
    assert told in page.text
    assert 'role="alert"' in page.text


def test_money_may_be_written_as_people_write_it(client, sessions, one):
    base = f"/opportunities/{one}/parts/opportunity/0"
    typed = sent(client.get(base).text)
    for text, worth in [
        ("80k", 80_000),
        ("80 000", 80_000),
        ("1,200.50", 1200.5),
        ("1.5m", 1.5e6),
    ]:
        client.post(base, data={**typed, "worth": text})

        assert whole(sessions, one).head.worth == worth


def test_the_history_shows_every_change_and_takes_it_back(client, sessions, one):
    before = whole(sessions, one)
    with transaction(sessions) as tx:
        better = replace(INES, title="Head")
        made = deals.change(
            tx, one, [put(PartKind.STAKEHOLDER, better, 1)], replace(ME, what="told")
        )
    page = client.get(f"/opportunities/{one}/history").text
    client.post(f"/opportunities/{one}/undo/{made}", data={"tab": "history"})

    assert "Operations manager" in page
    assert "<ins>Head</ins>" in page
    assert whole(sessions, one) == before


def test_text_from_outside_is_escaped(client, sessions, one):
    with transaction(sessions) as tx:
        note = Note(text="<script>alert(1)</script>", on=ME.now.date())
        deals.change(tx, one, [put(PartKind.NOTE, note)], ME)

    for page in ("", "/history", "/parts/note/1"):
        assert "<script>alert" not in client.get(f"/opportunities/{one}{page}").text


def test_an_act_of_the_buyers_is_noted_with_one_button(client, sessions, one):
    client.post(f"/opportunities/{one}/acts", data={"act": Act.AGREED_PROBLEM.value})

    assert [a.act for a in whole(sessions, one).acts.values()] == [Act.AGREED_PROBLEM]


def test_what_is_not_there_is_said_so(client, one):
    assert client.get("/opportunities/999").status_code == 404
    assert client.get(f"/opportunities/{one}/parts/stakeholder/77").status_code == 404
    assert client.get(f"/opportunities/{one}/parts/nonsense/1").status_code == 422
    assert client.post(f"/opportunities/{one}/undo/999").status_code == 404
    assert client.get(f"/opportunities/{one}?done=99999999999999999999").status_code == 200
