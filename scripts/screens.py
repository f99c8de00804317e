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


def main() -> None:
    """Serve the demo, look at three pages at two widths, and keep what is seen."""
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
                page.screenshot(path=FOLDER / f"{name}-{width}.png")
        browser.close()
    server.should_exit = True


def _addresses(page: Page) -> dict[str, str]:
    """Return the page of a problem, of its first organisation, and the sentence that tells."""
    prospects = f"{BASE}/prospects?problem=erp_replacement"
    page.goto(prospects)
    organisation = page.locator('main a[href^="/organisations/"]').first.get_attribute("href")
    sentence = page.locator('main a[href^="/documents/"]').first.get_attribute("href")
    return {
        "prospects": prospects,
        "organisation": f"{BASE}{organisation}".partition("#")[0],
        "document": f"{BASE}{sentence}",
    }


if __name__ == "__main__":
    main()
