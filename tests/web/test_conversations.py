"""On the pages, a call is a picture with its words, and what the buyer told is accepted."""

import pytest
from fastapi.testclient import TestClient

from tests import make
from tests.web.reading import page
from unsolved.conversations import coverage
from unsolved.conversations.coverage import State
from unsolved.db import Sessions, transaction
from unsolved.sources import Kind

CALL = """\
Title: A first call with Acme
Date: 2026-03-02
[00:00:05] Sam Field: Thanks for making time, Ada. Your annual report says that a fifth \
of your orders left late last year. I imagine that your pickers wait for the lists?
[00:00:40] Ada Holm: Yes, that is right. We ship nine thousand orders a week and two \
thousand of them are late.
[00:01:10] Sam Field: What have you tried so far?
[00:01:20] Ada Holm: We bought a scanner system two years ago and it failed because \
nobody trained the night shift. Frau Jankowski runs the depot and she still defends it.
[00:02:00] Sam Field: So the problem is not the scanners, it is that the lists come too late \
for the night shift. Did I get that right?
[00:02:20] Ada Holm: Exactly, that is it. What do you actually charge?
[00:02:30] Sam Field: We will get back to you on that. Our platform is the market-leading tool \
and customers love it.
[00:03:00] Ada Holm: I see. We want the late orders halved by Christmas.
"""


def keep(client: TestClient, text: str = CALL, **form: str) -> str:
    answer = client.post("/conversations", data={"text": text, **form}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_an_empty_list_says_what_to_do(bare: TestClient):
    found = page(bare, "/conversations")

    assert "Nothing is kept yet" in found.text
    assert found.one("nav [aria-current]").text == "Conversations"


def test_a_pasted_call_is_kept_and_listed(client: TestClient):
    address = keep(client, organisation="Acme")

    row = page(client, "/conversations").one(".calls li")
    assert row.one("a")["href"] == address
    assert "A first call with Acme" in row.text
    assert "8 turns" in row.text
    assert "to accept" in row.text


def test_the_same_call_is_kept_once(client: TestClient):
    assert keep(client) == keep(client)
    assert len(page(client, "/conversations").all(".calls li")) == 1


def test_a_file_is_read_by_its_name(client: TestClient):
    vtt = (
        "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Sam>What have you tried so far?\n\n"
        "00:05.000 --> 00:08.000\n<v Ada>We bought a scanner system two years ago.\n"
    )

    answer = client.post(
        "/conversations",
        files={"file": ("first call.vtt", vtt.encode())},
        data={"text": ""},
        follow_redirects=False,
    )

    found = page(client, answer.headers["location"])
    assert found.one("h1").text == "first call"
    assert len(found.all(".turn")) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("   \n ", "it is empty"),
        ("One line only", "no line of it says who speaks"),
    ],
)
def test_what_is_no_call_is_refused_with_its_words_kept(client: TestClient, text, why):
    answer = client.post("/conversations", data={"text": text})

    assert answer.status_code == 422
    assert why in answer.text
    assert text.strip() in answer.text


def test_a_speaker_who_is_not_there_is_refused_with_those_who_are(client: TestClient):
    answer = client.post("/conversations", data={"text": CALL, "seller": "Nobody"})

    assert answer.status_code == 422
    assert "Sam Field, Ada Holm" in answer.text


def test_an_unknown_organisation_is_refused(client: TestClient):
    answer = client.post("/conversations", data={"text": CALL, "organisation": "Nowhere Ltd"})

    assert answer.status_code == 422
    assert "no organisation is called that here" in answer.text


def test_the_call_is_a_picture_whose_marks_lead_to_the_words(client: TestClient):
    found = page(client, keep(client))

    for size in ("wide", "narrow"):
        drawn = found.one(f".call-picture.{size}")
        assert [lane.one("title").text for lane in drawn.all(".lane-name")] == [
            "Sam Field",
            "Ada Holm",
        ]
        pitch = drawn.one(".moment.pitch")
        assert pitch["href"] == "#turn-6"
        assert drawn.one(".moment.agreed")["href"] == "#turn-5"
        for mark in drawn.all("a"):
            assert found.has(mark["href"])
            assert mark["aria-label"]
    shown = {use["href"] for use in found.all(".call-picture use")}
    assert shown <= {f"#{symbol['id']}" for symbol in found.all("symbol")}


def test_themes_show_whose_words_they_were_covered_in(client: TestClient):
    found = page(client, keep(client))

    attempts = found.one("#theme-attempts")
    assert "the buyer said it" in attempts.text
    assert "We bought a scanner system" in attempts.text
    assert attempts.one("blockquote a")["href"] == "#turn-3"


def test_what_was_asked_and_not_answered_is_shown(client: TestClient):
    found = page(client, keep(client))

    assert "What do you actually charge?" in found.one(".open-question").text
    assert found.one("#turn-5.unanswered").text


def test_a_fact_is_accepted_rejected_and_taken_back(client: TestClient, sessions: Sessions):
    address = keep(client, organisation="Acme")
    fact = next(one for one in page(client, address).all(".fact") if "Jankowski" in one.text)
    number = fact["id"].removeprefix("fact-")

    for state in ("accepted", "rejected", "proposed"):
        answer = client.post(
            f"/conversations/facts/{number}", data={"state": state}, follow_redirects=False
        )
        assert answer.headers["location"] == f"{address}#fact-{number}"
        assert page(client, address).has(f"#fact-{number}.{state}")
    client.post(f"/conversations/facts/{number}", data={"state": "accepted"})

    with transaction(sessions) as tx:
        kept = coverage.call(tx, int(address.rsplit("/", 1)[1]))
        assert kept
        assert kept.organisation_id
        accepted = coverage.facts_of(tx, kept.organisation_id)
    assert len(accepted) == 1
    assert "Frau Jankowski" in accepted[0].fact.detail
    assert accepted[0].state is State.ACCEPTED


def test_covering_anew_swaps_the_sides_and_keeps_what_was_decided(client: TestClient):
    address = keep(client)
    fact = page(client, address).one(".fact")
    number = fact["id"].removeprefix("fact-")
    client.post(f"/conversations/facts/{number}", data={"state": "accepted"})

    answer = client.post(address, data={"seller": "Ada Holm", "buyer": "Sam Field"})

    assert answer.status_code == 200
    found = page(client, address)
    assert "as you said" in found.text
    assert found.has(f"#fact-{number}.accepted")


def test_sides_that_cannot_be_are_said_on_the_page(client: TestClient):
    answer = client.post(keep(client), data={"seller": "Somebody Else"})

    assert answer.status_code == 422
    assert "Sam Field, Ada Holm" in answer.text


def test_with_a_problem_its_questions_are_asked_next(client: TestClient):
    found = page(client, keep(client, problem="late_orders"))

    assert found.one("option[value=late_orders][selected]").text == "Orders arrive late"


def test_a_call_is_taken_away_and_brought_back(client: TestClient):
    address = keep(client)

    client.post(f"{address}/remove")
    assert "Nothing is kept yet" in page(client, "/conversations").text
    assert "This was taken away" in page(client, address).text

    client.post(f"{address}/restore")
    assert page(client, "/conversations").has(".calls li")


def test_a_document_that_is_a_transcript_leads_to_what_was_covered(
    client: TestClient, sessions: Sessions
):
    added = make.bring(
        sessions,
        make.draft(
            CALL, key="calls/acme.txt", kind=Kind.TRANSCRIPT, original=CALL.encode(), title="It"
        ),
    )
    assert added.new
    document = max(
        int(link["href"].rsplit("/", 1)[1].partition("#")[0])
        for link in page(client, organisation_of(client)).all("a[href^='/documents/']")
    )
    assert page(client, f"/documents/{document}").has(
        f"form[action='/conversations/of/{document}']"
    )

    first, again = (
        client.post(f"/conversations/of/{document}", follow_redirects=False) for _ in range(2)
    )

    assert first.headers["location"] == again.headers["location"]
    found = page(client, first.headers["location"])
    assert found.one(f"a[href='/documents/{document}']").text == "The document"
    assert found.one(".crumb a[href^='/organisations/']").text == "Acme"


def organisation_of(client: TestClient) -> str:
    return next(
        link["href"]
        for link in page(client, "/prospects?all=true").all("a[href^='/organisations/']")
        if link.text.strip() == "Acme"
    )


def test_another_language_shows_who_spoke_and_nothing_else(client: TestClient):
    text = "\n".join(
        f"{who}: Wir haben das schon einmal versucht und es hat nicht funktioniert, weil die"
        " Leute nicht wissen, was sie damit machen sollen, und das ist schade."
        for who in ("Anna Berg", "Uwe Lang", "Anna Berg")
    )

    found = page(client, keep(client, text))

    assert "It seems to be in German" in found.text
    assert len(found.all(".shares tbody tr")) == 2
    assert not found.has(".themes")
    assert not found.has(".call-picture")


def test_words_of_a_stranger_stay_words(client: TestClient):
    text = "Ann: <b>hi\nBo: <script>alert(1)</script> we\nAnn: all right then"

    found = client.get(keep(client, text))

    assert "<script>alert" not in found.text


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/conversations/999"),
        ("post", "/conversations/facts/999"),
        ("post", "/conversations/999/remove"),
        ("post", "/conversations/of/999"),
    ],
)
def test_what_is_not_there_is_said(client: TestClient, method, address):
    answer = client.request(
        method, address, data={"state": "accepted"} if method == "post" else {}
    )

    assert answer.status_code == 404
