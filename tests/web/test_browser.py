"""What only a browser can tell: room, keys, and that nothing is forbidden or broken."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import make, make_world
from tests.make_world import World
from unsolved.app import make_app
from unsolved.db import Base, connect, engine_of, transaction
from unsolved.evidence import Facet
from unsolved.prospects import Standing

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONG = "Nothing of note in this line.\n" * 400

expect.set_options(timeout=20_000)  # a machine that is busy with other things is slow
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, World, int, int]]:
    """An address with a world behind it, and a sentence deep in a long document."""
    folder = tmp_path_factory.mktemp("browser")
    sessions = connect(f"sqlite:///{folder}/test.sqlite")
    Base.metadata.create_all(engine_of(sessions))
    world = make_world.world(sessions)
    with transaction(sessions) as tx:
        document = make_world.document(tx, world.bolt, f"{LONG}Orders failed again.\n{LONG}")
        deep = make_world.evidence(tx, document, "Orders failed again.", Facet.FAILURE)
        ohm = make_world.organisation(tx, "Ohm")
        note = make_world.document(tx, ohm, "Orders were late. Orders failed at last.")
        make_world.evidence(tx, note, "Orders were late.", Facet.PROBLEM)
        make_world.evidence(tx, note, "Orders failed at last.", Facet.FAILURE)
        make_world.prospect(tx, ohm, Standing.FIXING, [make_world.reason("so", 1)])
        for number in range(20):
            other = make_world.organisation(tx, f"Organisation number {number} of a long name")
            make_world.prospect(tx, other, Standing.FIXING, [make_world.reason("so", number)])
    server = uvicorn.Server(
        uvicorn.Config(
            make_app(sessions, make.LIBRARY, method=make.method()),
            port=_free(),
            log_level="error",
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.config.port}", world, document, deep
    server.should_exit = True
    thread.join()
    engine_of(sessions).dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture
def tab(browser: Browser, place: tuple[str, World, int, int]) -> Iterator[Page]:
    """A tab; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    tab = browser.new_page(base_url=place[0], viewport={"width": 1280, "height": 800})
    tab.on("console", lambda told: complaints.append(told.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    tab.close()
    assert complaints == []


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_no_page_is_wider_than_the_screen(
    tab: Page, place: tuple[str, World, int, int], scheme: str
):
    _, world, document, _ = place
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    for address in (
        "/prospects?all=true",
        f"/organisations/{world.acme}",
        f"/documents/{world.letter}",
        f"/documents/{document}",
        f"/evidence/{world.failed}/why",
        "/problems",
        "/problems/late_orders",
        "/drafts",
        "/sources",
        "/reference",
    ):
        tab.goto(address)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390, address

    tab.goto(f"/documents/{world.letter}")
    hidden = tab.locator(".note:not(:has(+ mark:target)) > .facet > span")
    assert hidden.count()
    assert hidden.evaluate_all("all => all.every(one => one.offsetWidth <= 1)")


def test_the_sentence_one_is_sent_to_is_in_view_and_stands_out(
    tab: Page, place: tuple[str, World, int, int]
):
    _, _, document, deep = place

    tab.goto(f"/documents/{document}#e{deep}")

    expect(tab.locator(f"mark#e{deep}")).to_be_in_viewport()
    assert tab.evaluate("document.querySelector(':target').textContent") == (
        "Orders failed again."
    )


def test_the_list_follows_as_one_types_and_the_address_can_be_shared(tab: Page):
    tab.goto("/prospects")
    tab.keyboard.press("/")
    tab.keyboard.type("acm", delay=80)

    expect(tab.locator(".who [data-row]")).to_have_text(["Acme"])
    expect(tab).to_have_url("/prospects?q=acm")
    expect(tab.locator("#told")).to_have_text("1 prospect")
    expect(tab.locator("#n-fixing")).to_have_text("0")
    assert tab.evaluate("document.activeElement.id") == "q"

    tab.get_by_label("has it").check()
    expect(tab.locator(".empty h2")).to_have_text("No such prospect")
    expect(tab).to_have_url("/prospects?standing=has+it&q=acm")


def test_rows_can_be_walked_and_opened_with_keys(tab: Page):
    tab.goto("/prospects")
    for key in ("j", "j", "k"):
        tab.keyboard.press(key)
    assert tab.evaluate("document.activeElement.textContent") == "Acme"

    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_have_text("Acme")
    expect(tab.locator("#keys-button")).to_be_visible()  # the scripts are there
    tab.keyboard.press("g")
    tab.keyboard.press("s")
    expect(tab.locator("h1")).to_have_text("Sources")
    tab.keyboard.press("g")
    tab.keyboard.press("p")
    expect(tab.locator("h1")).to_have_text("Prospects")


def test_the_score_opens_its_reasons_and_escape_closes_them(tab: Page):
    tab.goto("/prospects")
    score = tab.locator(".why summary").first

    score.click()
    expect(tab.get_by_text("What adds up to 70.0")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_text("What adds up to 70.0")).to_be_hidden()


def test_the_keys_are_shown_on_request(tab: Page):
    tab.goto("/problems")
    tab.keyboard.press("?")
    expect(tab.get_by_role("dialog")).to_be_visible()

    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_be_hidden()


def test_light_or_dark_is_remembered(tab: Page):
    tab.goto("/problems")
    before = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    tab.get_by_role("button", name="Switch between light and dark").click()
    after = tab.evaluate("getComputedStyle(document.body).backgroundColor")

    tab.goto("/sources")

    assert before != after
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == after


def test_a_sentence_is_dismissed_and_taken_back_with_keys_and_the_page_stays_as_it_was(
    tab: Page,
):
    tab.goto("/prospects?q=Ohm&all=true")
    tab.get_by_role("link", name="Ohm").first.click()
    piece = tab.locator(".piece", has_text="Orders failed at last.")
    piece.get_by_role("button", name="Confirm").focus()
    tab.keyboard.press("Enter")
    expect(piece.get_by_text("confirmed by you")).to_be_visible()
    belief = tab.locator(".belief").first
    belief.locator("summary").click()

    piece.get_by_role("button", name="Undo").focus()
    tab.keyboard.press("Enter")
    expect(piece.get_by_role("button", name="Dismiss")).to_be_visible()
    piece.get_by_role("button", name="Dismiss").focus()
    tab.keyboard.press("Space")

    expect(piece.get_by_text("dismissed by you")).to_be_visible()
    expect(tab.locator("#told")).to_have_text("Orders arrive late: dismissed by you")
    assert tab.evaluate("document.activeElement.value") == "undo"
    assert belief.evaluate("one => one.open")
    tab.get_by_text("1 sentence dismissed by you").click()
    fold = tab.locator(".dismissed")
    expect(fold.get_by_text("Orders failed at last.")).to_be_visible()
    fold.get_by_role("button", name="Undo").click()
    expect(fold).to_have_count(0)
    expect(tab).to_have_url(re.compile(r"/organisations/\d+#late_orders$"))


def test_why_a_sentence_counts_is_fetched_when_its_fold_is_opened(
    tab: Page, place: tuple[str, World, int, int]
):
    tab.goto(f"/organisations/{place[1].acme}")
    piece = tab.locator(f"#q{place[1].failed}")

    piece.get_by_text("Why?").click()

    expect(piece.locator(".word")).to_contain_text("failed+")
    tab.set_viewport_size({"width": 390, "height": 844})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.evaluate(CONTRAST) == []


def test_a_mail_is_linted_as_one_writes_and_walked_with_keys(tab: Page):
    tab.goto("/prospects")
    expect(tab.locator("#keys-button")).to_be_visible()
    tab.keyboard.press("g")
    tab.keyboard.press("d")
    expect(tab.locator("h1")).to_have_text("Drafts")
    tab.keyboard.press("e")
    tab.keyboard.insert_text(
        "Hi Ann \U0001f642,\n\nour platform helps companies save time. Why?\n"
    )
    expect(tab.locator(".finding").first).to_be_visible()
    expect(tab.locator("#told")).to_contain_text("error")

    for key in ("Escape", "j", "Enter"):
        tab.keyboard.press(key)

    assert tab.evaluate("String(getSelection()) || document.activeElement.value") == (
        "our platform"
    )
    tab.keyboard.press("Escape")
    ignored = tab.get_by_label("Ignore P101").first
    ignored.focus()
    tab.keyboard.press("Space")
    expect(tab.locator(".ignored")).to_contain_text("P101")
    expect(tab.locator(".finding", has_text="P101")).to_have_count(0)
    tab.set_viewport_size({"width": 390, "height": 844})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.evaluate(CONTRAST) == []


def test_without_scripts_a_sentence_is_dismissed_by_a_form(
    browser: Browser, place: tuple[str, World, int, int]
):
    tab = browser.new_page(base_url=place[0], java_script_enabled=False)
    tab.goto("/prospects?q=Ohm&all=true")
    tab.get_by_role("link", name="Ohm").first.click()
    piece = tab.locator(".piece", has_text="Orders were late.")

    piece.get_by_role("button", name="Dismiss").click()
    expect(piece.get_by_text("dismissed by you")).to_be_visible()
    piece.get_by_role("button", name="Undo").click()

    expect(piece.get_by_role("button", name="Dismiss")).to_be_visible()
    tab.close()


def test_without_scripts_the_filter_is_a_form_with_a_button(
    browser: Browser, place: tuple[str, World, int, int]
):
    tab = browser.new_page(base_url=place[0], java_script_enabled=False)
    tab.goto("/prospects")

    tab.get_by_label("Search by name").fill("bolt")
    tab.get_by_role("button", name="Show", exact=True).click()

    expect(tab.locator(".who [data-row]")).to_have_text(["Bolt"])
    tab.close()


CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const paint = (layers) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const layer of layers) { canvas.fillStyle = layer; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb
    .map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const low = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !node.checkVisibility()) continue;
    if (node.closest('.unseen, title, .skip, svg, script')) continue;
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      layers.unshift(getComputedStyle(at).backgroundColor);
    }
    const behind = paint(layers);
    const text = paint([...layers, getComputedStyle(node).color]);
    const [a, b] = [light(behind), light(text)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low.push(`${node.className} ${ratio.toFixed(2)} ${node.textContent}`);
  }
  return low;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_enough_from_what_is_behind_it(
    tab: Page, place: tuple[str, World, int, int], scheme: str
):
    _, world, document, deep = place
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    for address in (
        "/prospects?all=true",
        f"/organisations/{world.acme}",
        f"/documents/{world.letter}#e{world.failed}",
        f"/documents/{document}?at={deep}#e{deep}",
        "/problems/late_orders",
        "/drafts",
        "/sources",
    ):
        tab.goto(address)
        assert tab.evaluate(CONTRAST) == [], address
