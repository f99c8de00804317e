"""Only a browser can tell: the board fits a phone, and cards go by mouse and by keys."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import make, make_world
from tests.deals.crm.records import call, deal, person, sync
from tests.deals.talks import told
from tests.deals.worlds import opened
from tests.web.test_browser import CHROMIUM, FLAGS
from unsolved.app import make_app
from unsolved.db import Base, connect, engine_of, transaction

LONG = "A very long name of an opportunity-without-a-single-space-" + "x" * 60

expect.set_options(timeout=20_000)  # a machine that is busy with other things is slow
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """An address with opportunities behind it, and one of them with material."""
    folder = tmp_path_factory.mktemp("board")
    sessions = connect(f"sqlite:///{folder}/test.sqlite")
    Base.metadata.create_all(engine_of(sessions))
    make_world.world(sessions)
    one = opened(sessions, name="Acme", worth=1_250_000.0)
    opened(sessions, name=f"Globex {LONG}", worth=70_000.0)
    lost = deal("d2", about="Bolt", is_closed=True, lost_reason=LONG)
    sync(sessions, deal("d1", name=LONG), lost, call("c1", person("Ines")))
    with transaction(sessions) as tx:
        told(tx)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = uvicorn.Server(
        uvicorn.Config(make_app(sessions, make.LIBRARY), port=port, log_level="error")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}", one
    server.should_exit = True
    thread.join()
    engine_of(sessions).dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture
def tab(browser: Browser, place: tuple[str, int]) -> Iterator[Page]:
    """A tab; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    tab = browser.new_page(base_url=place[0], viewport={"width": 1280, "height": 900})
    tab.on("console", lambda said: complaints.append(said.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    tab.close()
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_the_list_is_wider_than_the_screen(
    tab: Page, place: tuple[str, int], width: int
):
    tab.set_viewport_size({"width": width, "height": 844})

    for address in (
        "/opportunities",
        "/opportunities?shape=board",
        "/opportunities/lists",
        "/opportunities/new",
        "/opportunities/crm?where=",
        "/opportunities/crm/differences",
        f"/opportunities/{place[1]}/moving?to=progress",
        f"/opportunities/{place[1]}/moving?to=decided",
        f"/opportunities/{place[1]}/material",
    ):
        tab.goto(address)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_card_is_dragged_to_the_next_column_and_asked_what_is_missing(
    tab: Page, place: tuple[str, int]
):
    tab.goto("/opportunities?shape=board")
    tab.drag_and_drop(f"#o{place[1]}", "[data-stage=progress]")

    expect(tab.locator("h2").first).to_have_text("To progress")
    tab.get_by_label("Or: why it goes on all the same").fill("the board asked")
    tab.get_by_role("button", name="Move it to progress").click()

    expect(tab.locator(f"[data-stage=progress] #o{place[1]}")).to_be_visible()
    tab.get_by_role("button", name="Undo").click()
    expect(tab.locator(f"[data-stage=provoke] #o{place[1]}")).to_be_visible()


def test_a_card_goes_on_by_keys_alone(tab: Page, place: tuple[str, int]):
    tab.goto("/opportunities?shape=board")
    tab.locator(f"#o{place[1]} button[value=progress]").focus()
    tab.keyboard.press("Enter")

    expect(tab.locator("h2").first).to_have_text("To progress")
    tab.get_by_role("link", name="Cancel").click()
    expect(tab.locator("[data-board]")).to_be_visible()


def test_the_list_follows_as_one_types(tab: Page):
    tab.goto("/opportunities")
    tab.get_by_placeholder("Search by name").fill("globex")

    expect(tab.locator("tr.row")).to_have_count(1)
    expect(tab).to_have_url("/opportunities?q=globex")


def test_organisations_are_suggested_while_one_types(tab: Page):
    tab.goto("/opportunities/new")
    tab.locator("input[name=organisation]").press_sequentially("Bo", delay=20)

    expect(tab.locator("#organisations option")).to_have_attribute("value", "Bolt")
