"""The page before the call: in its order, every word in its place, on one sheet."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import uvicorn
from fastapi.testclient import TestClient
from playwright.sync_api import Page, sync_playwright

from tests import make, make_world
from tests.make_world import World
from tests.web.reading import page
from tests.web.test_browser import CHROMIUM, FLAGS
from unsolved.app import make_app
from unsolved.db import Base, connect, engine_of, transaction
from unsolved.evidence import Facet, Speaker
from unsolved.problems import FailedFix, Library, Question
from unsolved.prospects import Standing

WORDS = "deliveries rescheduled throughout northern warehouses because nobody reconciled"


def test_what_is_not_known_stands_on_top_and_the_rest_in_its_order(
    client: TestClient, world: World
):
    found = page(client, f"/organisations/{world.acme}/brief")

    titles = [title.text for title in found.all("article h2")]
    assert titles == [
        *("Ask next", "Not known yet", "Where they fall short"),
        "What they tried, and what came of it",
        "What we may presume, and what causes us to say so",
        *("Ways to open", "What to ask, in this order", "Organisations like this one"),
        *("What we do not know", "What not to say yet"),
    ]


def test_every_quote_leads_to_its_place(client: TestClient, world: World):
    found = page(client, f"/organisations/{world.acme}/brief")

    quotes = found.all("blockquote a")
    assert len(quotes) > 4
    for quote in quotes:
        address, _, anchor = quote["href"].partition("#")
        assert page(client, address).one(f"mark#{anchor}").text == quote.text


def test_the_organisation_and_its_row_lead_to_the_page(client: TestClient, world: World):
    address = f"/organisations/{world.acme}/brief?problem=late_orders"

    for place in (f"/organisations/{world.acme}", "/prospects"):
        links = [link["href"] for link in page(client, place).all("a")]
        assert address in links


def test_other_words_come_without_the_rest_of_the_page(client: TestClient, world: World):
    address = f"/organisations/{world.acme}/brief"

    first = page(client, address).one("#openers").text
    other = page(client, f"{address}?seed=1", htmx=True)

    assert not other.has("article")
    assert other.one(".opener").text not in first


def test_markdown_is_handed_over_with_addresses_of_this_place(client: TestClient, world: World):
    answer = client.get(f"/organisations/{world.acme}/brief.md")

    assert answer.headers["content-type"].startswith("text/markdown")
    assert "attachment" in answer.headers["content-disposition"]
    assert f"(http://testserver/documents/{world.letter}?at=" in answer.text


def test_no_sign_is_said_as_such(client: TestClient, world: World):
    told = page(client, f"/organisations/{world.calm}/brief").text

    assert "No sign found in 2 documents, 40 sentences." in told
    assert "Eliminated: no sign found" in " ".join(told.split())


def test_what_is_not_there_is_told(client: TestClient, world: World):
    assert client.get("/organisations/4711/brief").status_code == 404
    assert client.get("/organisations/4711/brief.md").status_code == 404
    assert client.get(f"/organisations/{world.acme}/brief?problem=no").status_code == 404


def test_one_that_was_merged_leads_to_the_one_it_is_part_of(sessions, client, world):
    with transaction(sessions) as tx:
        old = make_world.organisation(tx, "Acme Old", merged_into_id=world.acme)

    answer = client.get(
        f"/organisations/{old}/brief?problem=late_orders", follow_redirects=False
    )

    assert (
        answer.headers["location"] == f"/organisations/{world.acme}/brief?problem=late_orders"
    )


# On paper


def _full() -> Library:
    """A problem that has something to say everywhere, and at length."""
    many = " ".join([WORDS] * 2)
    questions = [
        Question(theme, f"{theme}: what {WORDS} {number}?")
        for theme in ("goals", "issue", "why", "impact", "attempts", "people", "decision")
        for number in (1, 2, 3)
    ]
    fixes = (FailedFix(many, many),)
    problem = make.problem(
        title=f"Orders: {WORDS}",
        goals_it_blocks=(many, many),
        typical_failed_fixes=fixes,
        questions=tuple(questions),
    )
    return Library((problem,))


def _fill(sessions) -> int:
    """Make an organisation of which as much is told as a page can hold, and peers."""
    with transaction(sessions) as tx:
        known = {"industry": "Retail", "country": "Finland", "employees": 900}
        own = make_world.organisation(tx, f"A firm of {WORDS}", **known)
        said = []
        for number, facet in enumerate([*Facet] * 4):
            unlike = " ".join(f"{word}{number}" for word in WORDS.split() * 7)
            text = f"Said {number}: {unlike}."
            document = make_world.document(
                tx, own, text, title=f"{number} {WORDS} {WORDS}", kind="filing",
                published_on=make.TODAY.replace(year=2019),
            )  # fmt: skip
            one = make_world.evidence(tx, document, text, facet, speaker=Speaker.ORGANISATION)
            said.append((facet, one))
        tries = [one for facet, one in said if facet is Facet.ATTEMPT]
        ends = [one for facet, one in said if facet is Facet.FAILURE]
        attempts = [
            {
                "what": "", "kind": "programme", "makers": [], "when": None, "spent": [],
                "told": [make_world.link(tried, "tells of it first")], "against": None,
                "outcome": "failed",
                "reasons": [make_world.link(end, "speaks of the same fix", shows="failed")],
            }
            for tried, end in zip(tries, ends, strict=True)
        ]  # fmt: skip
        facts = {
            "evidence": [one for _, one in said],
            "unknowns": [f"{n} {WORDS}" for n in range(8)],
            "next_question": f"What {WORDS} {WORDS}?",
            "eliminated": f"Too far away: {WORDS}",
        }
        score = [make_world.reason("so", 9)]
        make_world.prospect(
            tx, own, Standing.TRIED_AND_FAILED, score, attempts=attempts, **facts
        )
        for number in range(5):
            peer = make_world.organisation(tx, f"Peer {number} of {WORDS}", **known)
            make_world.prospect(tx, peer, Standing.TRIED_AND_FAILED, score)
    return own


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str, int, World]]:
    """A tab, an address, the organisation with the fullest page, and the small world."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    sessions = connect(f"sqlite:///{tmp_path_factory.mktemp('paper')}/test.sqlite")
    Base.metadata.create_all(engine_of(sessions))
    world, full = make_world.world(sessions), _fill(sessions)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(make_app(sessions, _full()), port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(), f"http://127.0.0.1:{port}", full, world
        browser.close()
    server.should_exit = True
    thread.join()
    engine_of(sessions).dispose()


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_fullest_page_prints_on_one_sheet(paper, size: str, tmp_path: Path):
    tab, home, full, world = paper
    for organisation in (full, world.acme, world.calm):
        tab.goto(f"{home}/organisations/{organisation}/brief")
        path = tmp_path / "brief.pdf"

        path.write_bytes(tab.pdf(format=size))

        assert len(pypdfium2.PdfDocument(path)) == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_stands_out_of_the_page(paper, width: int):
    tab, home, full, _ = paper
    tab.set_viewport_size({"width": width, "height": 900})

    tab.goto(f"{home}/organisations/{full}/brief")

    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_a_quote_and_other_words(paper):
    tab, home, _, world = paper
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(f"{home}/organisations/{world.acme}/brief")
    before = tab.inner_text("#openers .opener >> nth=0")

    for _ in range(120):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.textContent") == "In other words":
            break
    tab.keyboard.press("Enter")

    tab.wait_for_function(
        "before => document.querySelector('#openers .opener').innerText !== before", arg=before
    )
    tab.focus("blockquote a")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/documents/{world.letter}**")
