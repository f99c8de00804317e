"""Practice in a browser: a call by keys alone, at the width of a phone, without complaints."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.make_world import World
from tests.web.test_browser import CONTRAST, browser, place, tab

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}")
__all__ = ["browser", "place", "tab"]

WHY = "I read in your annual report of March 2025 that returned deliveries rose by a third."


def test_a_call_is_held_from_begin_to_end_with_keys_alone(tab: Page):
    tab.goto("/prospects")
    tab.keyboard.press("g")
    tab.keyboard.press("x")
    expect(tab.locator("h1")).to_have_text("Practice")
    tab.locator("#seller").focus()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("Ada")
    tab.locator("[data-row]").first.focus()
    tab.keyboard.press("Enter")

    expect(tab.locator("h1")).to_have_text("Claire Fontaine")
    expect(tab.locator("#line")).to_be_focused()
    tab.keyboard.type(WHY)
    tab.keyboard.press("Enter")
    expect(tab.locator(".talk .them")).to_have_count(2)
    expect(tab.locator("#line")).to_be_focused()
    expect(tab.locator("#line")).to_have_value("")
    tab.keyboard.type("What goes wrong today?")
    tab.keyboard.press("Enter")
    expect(tab.locator(".talk .them")).to_have_count(3)

    tab.locator("#hint-button").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#hint")).to_be_visible()
    tab.locator("#end-button").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_contain_text("the seller ended it")
    expect(tab.locator(".practice-chart")).to_be_visible()
    tab.locator("#again-button").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".talk .them")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_practice_fits_a_phone_and_its_text_stands_out(tab: Page, scheme: str):
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for width in (390, 1280):
        tab.set_viewport_size({"width": width, "height": 844})
        tab.goto("/practice")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.evaluate(CONTRAST) == []
        tab.locator("#seller").fill("Bo")
        tab.locator("[data-row]").nth(1).click()
        expect(tab.locator("#line")).to_be_visible()
        for number, line in enumerate((WHY, "Can I show you a demo?"), 2):
            tab.locator("#line").fill(line)
            tab.keyboard.press("Enter")
            expect(tab.locator(".talk .them")).to_have_count(number)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.evaluate(CONTRAST) == []
        tab.locator("#end-button").click()
        expect(tab.locator(".practice-chart")).to_be_visible()
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.evaluate(CONTRAST) == []


def test_without_scripts_a_call_is_held_with_forms(
    browser: Browser, place: tuple[str, World, int, int]
):
    tab = browser.new_page(base_url=place[0], java_script_enabled=False)
    tab.goto("/practice")
    tab.locator("#seller").fill("Cy")
    tab.get_by_role("button", name="Call Des Murphy").click()

    tab.locator("#line").fill(WHY)
    tab.get_by_role("button", name="Say it").click()
    expect(tab.locator(".talk .them")).to_have_count(2)
    tab.get_by_role("button", name="Hint").click()
    expect(tab.locator("#hint")).to_be_visible()
    tab.get_by_role("button", name="End the call").click()

    expect(tab.locator("#score")).to_be_visible()
    tab.close()
