"""A call is walked through with the keyboard alone, on a wide page and on a narrow one."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, sync_playwright

import unsolved.conversations.coverage.service  # noqa: F401 (declares its tables)
from tests import make, make_world
from tests.web.test_conversations import CALL
from unsolved.app import make_app
from unsolved.db import Base, connect, engine_of

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    """A tab that complains of nothing, and the address of a small world."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    sessions = connect(f"sqlite:///{tmp_path_factory.mktemp('call')}/test.sqlite")
    Base.metadata.create_all(engine_of(sessions))
    make_world.world(sessions)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app(sessions, make.LIBRARY)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page, f"http://127.0.0.1:{port}"
        browser.close()
    server.should_exit = True
    thread.join()
    engine_of(sessions).dispose()
    assert complaints == []


def test_a_call_is_brought_read_and_its_facts_accepted_by_keys(tab: tuple[Page, str]):
    page, home = tab
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{home}/prospects")

    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/conversations")
    page.focus("textarea[name=text]")
    page.keyboard.insert_text(CALL)
    page.focus(".bringing button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/conversations/*")
    waiting = page.locator(".fact.proposed").count()

    page.wait_for_load_state("networkidle")
    page.keyboard.press("a")  # takes the first in hand
    assert page.evaluate("document.activeElement.matches('.fact.proposed')")
    page.keyboard.press("a")
    page.wait_for_selector(".fact.accepted")
    page.keyboard.press("r")
    page.wait_for_selector(".fact.rejected")
    assert page.locator(".fact.proposed").count() == waiting - 2
    page.keyboard.press("u")
    page.wait_for_selector(".fact.rejected", state="detached")
    assert page.locator(".fact.proposed").count() == waiting - 1

    page.focus(".call-picture.wide .moment.pitch")
    page.keyboard.press("Enter")
    page.wait_for_url("**#turn-6")


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_stands_out_of_the_page(tab: tuple[Page, str], width: int):
    page, home = tab
    page.set_viewport_size({"width": width, "height": 900})

    for address in ("/conversations", "/conversations/1"):
        page.goto(home + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".call-picture.wide").is_visible() is (width == 1280)
    assert page.locator(".call-picture.narrow").is_visible() is (width == 390)
