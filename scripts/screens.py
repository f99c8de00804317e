"""Takes the pictures of the pages that the documentation shows: ``python scripts/screens.py``.

Needs Chromium at /usr/bin/chromium, and a demo database made by ``unsolved demo --no-serve`` in
the working folder.
"""

import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from unsolved import problems
from unsolved.app import make_app
from unsolved.db import connect

PORT = 8791
BASE = f"http://127.0.0.1:{PORT}"
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
WIDTHS = {1280: 860, 390: 844}
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

MAIL = """Subject: Your warehouse

Hi Anna,

I hope this finds you well. Our platform helps companies like Amazon and Tesla to ship faster.
Who is responsible for logistics at your company? Can I show you a quick demo on Tuesday?

Tom
"""
CALL = """Title: A first call
Date: 2026-03-02
[00:00:05] Sam Field: Thanks for making time, Ada. Your annual report says that a fifth \
of your orders left late last year. I imagine that your pickers wait for the lists?
[00:00:40] Ada Holm: Yes, that is right. We ship nine thousand orders a week and two \
thousand of them are late.
[00:01:10] Sam Field: What have you tried so far?
[00:01:20] Ada Holm: We bought a scanner system two years ago and it failed because nobody \
trained the night shift. Frau Jankowski runs the depot and she still defends it.
[00:02:00] Sam Field: So the problem is not the scanners, it is that the lists come too \
late for the night shift. Did I get that right?
[00:02:20] Ada Holm: Exactly, that is it. What do you actually charge?
[00:02:30] Sam Field: We will get back to you on that. Our platform is the market-leading tool.
[00:03:00] Ada Holm: I see. We want the late orders halved by Christmas.
"""


def main() -> None:
    """Serve the demo, look at its pages at two widths, and keep what is seen."""
    app = make_app(connect("sqlite:///unsolved-demo.sqlite"), problems.load())
    server = uvicorn.Server(uvicorn.Config(app, port=PORT, log_level="warning"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        for width, height in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for name, address in _addresses(page).items():
                page.goto(address)
                page.wait_for_load_state("networkidle")
                if name == "drafts":
                    page.locator("textarea").first.fill(MAIL)
                    page.wait_for_timeout(1_500)
                page.screenshot(path=FOLDER / f"{name}-{width}.png")
        browser.close()
    server.should_exit = True


def _talk(page: Page) -> str:
    """Have a call covered, and return the address of its page."""
    page.goto(f"{BASE}/conversations")
    page.locator("textarea").first.fill(CALL)
    page.locator("textarea").first.evaluate("field => field.form.requestSubmit()")
    page.wait_for_url("**/conversations/*")
    return page.url


def _addresses(page: Page) -> dict[str, str]:
    """Return the page of a problem, of its first organisation, and the sentence that tells."""
    prospects = f"{BASE}/prospects?problem=erp_replacement"
    page.goto(prospects)
    organisation = page.locator('main a[href^="/organisations/"]').first.get_attribute("href")
    sentence = page.locator('main a[href^="/documents/"]').first.get_attribute("href")
    return {
        "brief": f"{BASE}{organisation}".partition("#")[0] + "/brief",
        "drafts": f"{BASE}/drafts",
        "conversation": _talk(page),
        "practice": f"{BASE}/practice",
        "sources": f"{BASE}/sources",
        "prospects": prospects,
        "organisation": f"{BASE}{organisation}".partition("#")[0],
        "document": f"{BASE}{sentence}",
    }


if __name__ == "__main__":
    main()
