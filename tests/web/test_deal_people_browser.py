"""The map of people is moved by mouse, by finger and by keys, and printed on one sheet."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import make, make_world
from tests.deals.worlds import NOON, opened
from tests.web.test_browser import CONTRAST, FLAGS
from unsolved import deals
from unsolved.app import make_app
from unsolved.db import Base, Sessions, connect, engine_of, transaction
from unsolved.deals.model import (
    Attempt,
    CameOf,
    InAttempt,
    Power,
    Stakeholder,
    Stance,
    Sway,
    Tie,
)

CHROMIUM = Path("/usr/bin/chromium")
LONG = "Wilhelmina Montgomery-Wyndham Mwangi"
PEOPLE = [
    Stakeholder(name="Ines", power=Power.SWAYS, stance=Stance.FOR, met_on=NOON.date()),
    Stakeholder(
        name=LONG,
        title=f"Chief {LONG}",
        power=Power.DECIDES,
        interest="a bonus",
        in_attempt=InAttempt.SUFFERED,
        in_denial=True,
    ),
    Stakeholder(name="Paul", power=Power.BLOCKS, stance=Stance.AGAINST),
    Stakeholder(name="Gone", power=Power.NONE, stance=Stance.NEUTRAL, left_on=NOON.date()),
    *(Stakeholder(name=f"Person {number}") for number in range(6)),
]
TIES = [Tie(of=1, to=2), Tie(of=3, to=1, sway=Sway.CONFLICT), Tie(of=4, to=3)]

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Sessions]]:
    """The address of a world, and the way to what it keeps."""
    folder = tmp_path_factory.mktemp("people")
    sessions = connect(f"sqlite:///{folder}/test.sqlite")
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
    yield f"http://127.0.0.1:{port}", sessions
    server.should_exit = True
    thread.join()
    engine_of(sessions).dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture
def one(world: tuple[str, Sessions]) -> int:
    tried = Attempt(what="a tracking portal", came_of=CameOf.FAILED, defended_by=(3,))
    return opened(world[1], *PEOPLE, *TIES, tried, name="Globex")


@pytest.fixture
def tab(browser: Browser, world: tuple[str, Sessions], one: int) -> Iterator[Page]:
    """The page on the people of a deal; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    tab = browser.new_page(base_url=world[0], viewport={"width": 1280, "height": 900})
    tab.set_default_timeout(20_000)
    tab.on("console", lambda said: complaints.append(said.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(f"/opportunities/{one}/people")
    yield tab
    tab.close()
    assert complaints == []


def stands(world: tuple[str, Sessions], one: int, number: int) -> tuple[str, str]:
    with transaction(world[1]) as tx:
        known = deals.opportunity(tx, one)
    assert known is not None
    person = known.stakeholders[number]
    return person.stance.value, person.power.value


def drag(tab: Page, start: str, end: str) -> None:
    for selector, press in ((start, tab.mouse.down), (end, tab.mouse.up)):
        box = tab.locator(selector).bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        tab.mouse.move(x - 9, y, steps=4)
        tab.mouse.move(x, y, steps=2)
        press()


def zone(stance: str, power: str, size: str = "wide") -> str:
    return f'.{size} .zone[data-stance="{stance}"][data-power="{power}"]'


def test_somebody_is_dragged_to_another_place_and_brought_back_by_undo(
    tab: Page, world: tuple[str, Sessions], one: int
):
    drag(tab, '.wide [data-person="1"] .card', zone("doubts", "can block"))

    expect(tab.locator(".did")).to_contain_text("placed Ines: can block, doubts")
    expect(tab.locator("#told")).to_have_text("Ines: can block, doubts. Kept.")
    assert stands(world, one, 1) == ("doubts", "can block")
    assert tab.url.split("?")[0].endswith(
        f"/opportunities/{one}/people"
    )  # no click went through
    tab.get_by_role("button", name="Undo").click()
    tab.wait_for_url("**done=*")
    assert stands(world, one, 1) == ("for", "sways")


def test_a_drag_that_ends_where_it_began_or_nowhere_changes_nothing(
    tab: Page, world: tuple[str, Sessions], one: int
):
    drag(tab, '.wide [data-person="1"] .card', zone("for", "sways"))
    drag(tab, '.wide [data-person="1"] .card', "h1")

    assert stands(world, one, 1) == ("for", "sways")
    assert tab.locator('.wide [data-person="1"]').get_attribute("transform") is None
    expect(tab.locator(".did")).to_have_count(0)


def test_keys_walk_from_one_to_another_and_move_them_in_one_change(
    tab: Page, world: tuple[str, Sessions], one: int
):
    tab.locator('.wide [data-person="1"]').focus()
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate("document.activeElement.dataset.person") in {"2", "3"}
    tab.locator('.wide [data-person="1"]').focus()

    for key in ("Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowUp"):
        tab.keyboard.press(key)
    expect(tab.locator("#told")).to_have_text("Ines: can block, doubts")

    expect(tab.locator("#told")).to_have_text("Ines: can block, doubts. Kept.")
    assert stands(world, one, 1) == ("doubts", "can block")
    assert tab.evaluate("document.activeElement.dataset.person") == "1"
    tab.keyboard.press("u")
    tab.wait_for_url("**done=*")
    expect(tab.locator(".did")).to_contain_text("took back")
    assert stands(world, one, 1) == ("for", "sways")


def test_enter_opens_the_form_after_what_was_moved_is_kept(
    tab: Page, world: tuple[str, Sessions], one: int
):
    tab.locator('.wide [data-person="3"]').focus()
    tab.keyboard.press("Shift+ArrowDown")
    tab.keyboard.press("Enter")

    tab.wait_for_url(re.compile(r"/parts/stakeholder/3\?tab=people$"))
    expect(tab.locator("select[name=power]")).to_have_value("sways")
    assert stands(world, one, 3) == ("against", "sways")


def test_a_tie_is_begun_with_a_key_and_given_with_the_form(tab: Page):
    tab.locator('.wide [data-person="1"]').focus()
    tab.keyboard.press("c")
    expect(tab.locator("#told")).to_contain_text("A tie from Ines")
    tab.locator('.wide [data-person="3"]').focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.name") == "sway"

    tab.keyboard.type("reports")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")

    expect(tab.get_by_text("Ines reports to Paul").first).to_be_attached()
    expect(tab.locator(".wide .tie")).to_have_count(4)


def test_escape_leaves_a_tie_and_a_click_opens_the_form_again(tab: Page):
    tab.get_by_role("button", name="Draw a tie").click()
    tab.locator('.wide [data-person="1"]').click()
    expect(tab.locator(".wide .tying")).to_have_count(1)
    tab.keyboard.press("Escape")
    expect(tab.locator(".wide .tying")).to_have_count(0)

    tab.locator('.wide [data-person="1"]').click()

    tab.wait_for_url("**/parts/stakeholder/1**")


def test_a_finger_moves_a_stance_on_a_phone(
    browser: Browser, world: tuple[str, Sessions], one: int
):
    phone = browser.new_context(
        base_url=world[0], viewport={"width": 390, "height": 844}, has_touch=True
    )
    tab = phone.new_page()
    tab.goto(f"/opportunities/{one}/people")
    tab.locator('.narrow [data-person="1"] .stop').scroll_into_view_if_needed()
    start = tab.locator('.narrow [data-person="1"] .stop').bounding_box()
    end = tab.locator(zone("against", "can block", "narrow")).bounding_box()
    assert start is not None
    assert end is not None

    touch = phone.new_cdp_session(tab)
    x, y = start["x"] + 20, start["y"] + 5
    goal = end["x"] + end["width"] / 2, end["y"] + end["height"] / 2
    send = "Input.dispatchTouchEvent"
    touch.send(send, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for share in (0.3, 0.7, 1.0):
        at = {"x": x + share * (goal[0] - x), "y": y + share * (goal[1] - y)}
        touch.send(send, {"type": "touchMove", "touchPoints": [at]})
    touch.send(send, {"type": "touchEnd", "touchPoints": []})

    expect(tab.locator("#told")).to_contain_text("Kept.", timeout=20_000)
    assert stands(world, one, 1) == ("against", "can block")
    phone.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_out_of_the_page_and_all_text_stands_out(
    tab: Page, width: int, scheme: str
):
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.set_viewport_size({"width": width, "height": 900})
    tab.reload()

    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(CONTRAST) == []
    assert tab.locator(".people-map.narrow").is_visible() is (width == 390)


def test_between_page_and_phone_the_map_is_moved_aside_in_its_frame(tab: Page):
    tab.set_viewport_size({"width": 800, "height": 900})

    assert tab.evaluate("main.scrollWidth <= main.clientWidth")
    assert tab.evaluate("document.querySelector('.wide').scrollWidth") > 800


def test_the_words_on_the_map_stay_in_their_boxes(tab: Page):
    outside = """(size) => [...document.querySelectorAll(`.${size} .figure`)].flatMap((one) => {
      const card = one.querySelector('.card').getBBox();
      return [...one.querySelectorAll('text')].filter((text) => {
        const box = text.getBBox();
        return box.x < card.x || box.x + box.width > card.x + card.width
          || box.y < card.y || box.y + box.height > card.y + card.height;
      }).map((text) => text.textContent);
    })"""
    assert tab.evaluate(outside, "wide") == []
    tab.set_viewport_size({"width": 390, "height": 844})
    assert tab.evaluate(outside, "narrow") == []


def test_without_scripts_somebody_is_placed_by_the_form_in_the_table(
    browser: Browser, world: tuple[str, Sessions], one: int
):
    tab = browser.new_page(base_url=world[0], java_script_enabled=False)
    tab.goto(f"/opportunities/{one}/people")

    tab.get_by_label("Stance of Paul").select_option("for")
    tab.get_by_role("button", name="Place Paul").click()

    expect(tab.locator(".did")).to_contain_text("placed Paul: can block, for")
    assert stands(world, one, 3) == ("for", "can block")
    tab.close()


def test_the_map_and_what_is_missing_are_printed_on_one_sheet(tab: Page):
    sheets = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True))

    first, second = (sheets[at].get_textpage().get_text_range() for at in (0, 1))
    assert sheets[0].get_width() > sheets[0].get_height()
    assert "Ines" in first
    assert first.count("Who has a say") == first.count("What is missing") == 1
    last = tab.locator(".gaps li").last.locator("strong").text_content()
    assert last is not None
    assert last.split()[0] in first
    assert second.startswith("What they agree on")
    sheets.close()
