"""Takes the pictures of the worked example: ``python -m scripts.worked.pictures``.

Each page is looked at on the evening of a day of the story, at two widths. Needs Chromium at
/usr/bin/chromium.
"""

import tempfile
import threading
import time
from datetime import date
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright
from scripts.screens import FOLDER, SWITCHES, WIDTHS
from scripts.worked.build import AGAIN, COLD, LEFT, RETURNED, Worked, build, noon

from unsolved import evidence, problems
from unsolved.app import make_app
from unsolved.db import connect, engine_of
from unsolved.db.migrate import upgrade

PORT = 8795
TALLEST = {1280: 1300, 390: 1500}
PAGES = (
    (date(2025, 4, 30), "deal", "/opportunities/1"),
    (date(2025, 4, 30), "deal-people", "/opportunities/1/people"),
    (date(2025, 4, 30), "deal-tried", "/opportunities/1/tried"),
    (date(2025, 4, 30), "deal-cost", "/opportunities/1/cost"),
    (date(2025, 4, 30), "deal-cost-buyer", "/opportunities/1/cost/buyer"),
    (COLD, "deal-silence", "/opportunities/1/silence"),
    (COLD, "deal-diagnosis", "/opportunities/1/diagnosis"),
    (COLD, "deal-leaving", "/opportunities/1/leaving"),
    (COLD, "deal-today-cold", "/today"),
    (LEFT, "deal-dormant", "/dormant"),
    (RETURNED, "deal-today-returned", "/today"),
    (AGAIN, "deal-history", "/opportunities/1/history"),
    (AGAIN, "deal-board", "/opportunities?shape=board"),
)


def main() -> None:
    """Build the example day by day, and keep what its pages look like."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        for day in sorted({day for day, _, _ in PAGES}):
            app = _as_of(day, Path(folder) / day.isoformat())
            server = uvicorn.Server(uvicorn.Config(app, port=PORT, log_level="warning"))
            thread = threading.Thread(target=server.run)
            thread.start()
            while not server.started:
                time.sleep(0.05)
            for on, name, page in PAGES:
                if on == day:
                    _keep(browser, name, page)
            server.should_exit = True
            thread.join()
        browser.close()


def _as_of(day: date, folder: Path) -> FastAPI:
    folder.mkdir()
    sessions = connect(f"sqlite:///{folder / 'worked.sqlite'}")
    upgrade(engine_of(sessions))
    library = problems.load()
    method = evidence.method("model", library)
    build(Worked(sessions, library, method, folder), day)
    app = make_app(sessions, library, method.fingerprint, me="Ada Brandt")
    app.state.clock = lambda: noon(day)
    return app


def _keep(browser: Browser, name: str, page: str) -> None:
    for width, height in WIDTHS.items():
        context = browser.new_context(viewport={"width": width, "height": height})
        shown = context.new_page()
        answer = shown.goto(f"http://127.0.0.1:{PORT}{page}")
        assert answer is not None
        assert answer.ok, f"{page}: {answer.status}"
        wide = shown.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page} is {wide} wide at {width}"
        tall = min(TALLEST[width], shown.evaluate("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": width, "height": tall}
        shown.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True, clip=clip)
        context.close()


if __name__ == "__main__":
    main()
