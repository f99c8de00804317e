"""Are the pages before the call true, short and quick? ``python -m bench.briefs``.

Briefs for twenty organisations of the casebook: sentences without a quote, openers that the
linter would not let pass, printed sheets (with Chromium, where there is one). Then how long a
brief takes among many organisations; they are made by copying a few, shifted.
"""

import argparse
import json
import random
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

import pypdfium2
import uvicorn
from sqlalchemy import text

from bench.many import PIECES, fill
from bench.tables import Cell, show
from bench.world import bring_casebook, catch_up, database, today
from unsolved import evidence, problems, prospects, sources
from unsolved.app import make_app
from unsolved.conversations import brief, drafts
from unsolved.conversations.brief import Brief
from unsolved.db import Session, Sessions, transaction
from unsolved.problems import Library
from unsolved.prospects import Wanted

BRIEFS = 20
FEW = 1_000
ORGANISATIONS = 100_000
TIMED = 200
MOST_MS = 300
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
SHEETS = ("A4", "Letter")
_SHIFTED = re.compile(r'"(evidence|to)": (\d+|\[[\d, ]*\])')


def main() -> None:
    """Measure both, and leave with 1 where a promise is not kept."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reader", default="model", help="who reads the casebook")
    asked.add_argument("--organisations", type=int, default=ORGANISATIONS)
    options = asked.parse_args()
    library = problems.load()
    with database() as sessions:
        bring_casebook(sessions)
        catch_up(sessions, evidence.method(options.reader, library))
        kept = _casebook(sessions, library)
    with database() as sessions:
        began = time.perf_counter()
        fill(sessions, library, min(FEW, options.organisations))
        for copy in range(1, options.organisations // FEW):
            _copy(sessions, copy)
        _sized(sessions)
        print(f"\nmade in {time.perf_counter() - began:.0f} s")
        kept = _timed(sessions, library) and kept
    raise SystemExit(0 if kept else 1)


def _casebook(sessions: Sessions, library: Library) -> bool:
    with transaction(sessions) as tx:
        ids = dict.fromkeys(one.organisation_id for one in prospects.ranked(tx, Wanted(), 200))
        made = [brief.make(tx, library, one, today=today()) for one in list(ids)[:BRIEFS]]
        faults = [_faults(tx, one) for one in made]
    sheets = _sheets(sessions, library, made) if CHROMIUM.exists() else []
    rows: list[list[Cell]] = []
    for at, one in enumerate(made):
        printed = ", ".join(map(str, sheets[at])) if sheets else "not printed"
        told = [len(list(one.statements)), len(brief.uncited(one)), len(one.because)]
        documents = len({said.citation.document_id for said in one.because})
        row: list[Cell] = [
            one.organisation.name,
            *told,
            documents,
            len(one.peers),
            faults[at],
            printed,
        ]
        rows.append(row)
    head = ["organisation", "quotes", "uncited", "answers", "documents", "alike", "lint"]
    show("Briefs of the casebook", [*head, f"sheets ({', '.join(SHEETS)})"], rows)
    uncited = sum(len(brief.uncited(one)) for one in made)
    print(f"sentences about an organisation without a quote: {uncited}")
    return not uncited and not any(faults) and all(set(pages) == {1} for pages in sheets)


def _faults(tx: Session, made: Brief) -> int:
    known = made.organisation
    pieces = evidence.of_organisation(tx, known.id)
    reader = drafts.reader(known.name, known.names, pieces)
    found = 0
    for one in made.openers:
        draft = drafts.Draft(
            name=one.way, source=one.text, text=one.text, body=(0, len(one.text))
        )
        for checked in drafts.lint([draft], reader=reader):
            found += sum(finding.fails for finding in checked.findings)
    return found


def _sheets(sessions: Sessions, library: Library, made: list[Brief]) -> list[list[int]]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is one

    found = []
    with _served(sessions, library) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        tab = browser.new_page()
        for one in made:
            tab.goto(f"{home}/organisations/{one.organisation.id}/brief")
            pages = [pypdfium2.PdfDocument(tab.pdf(format=size)) for size in SHEETS]
            found.append([len(document) for document in pages])
        browser.close()
    return found


@contextmanager
def _served(sessions: Sessions, library: Library) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(make_app(sessions, library), port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def _copy(sessions: Sessions, copy: int) -> None:
    """Copy the few organisations with all that is known of them, under new numbers."""
    by, pieces = copy * FEW, copy * FEW * PIECES
    whose = f"document_id <= {FEW}"
    told = {"name": f"name || ' {copy}'", "key": f"key || '-{copy}'"}
    documents = {"id": by, "organisation_id": by}
    with transaction(sessions) as tx:
        _insert(tx, "organisations", f"id <= {FEW}", {"id": by}, told)
        _insert(tx, "documents", f"id <= {FEW}", documents, told)
        _insert(tx, "readings", whose, {"document_id": by}, {})
        _insert(tx, "evidence", whose, {"id": pieces, "document_id": by}, {})
        above = (FEW + 1) * PIECES
        _insert(tx, "matches", f"evidence_id < {above}", {"evidence_id": pieces}, {})
        few = f"select * from prospects where organisation_id <= {FEW}"  # noqa: S608 (ours)
        rows = [dict(row) for row in tx.execute(text(few)).mappings()]
        for row in rows:
            row["organisation_id"] += by
            row["facts"] = _SHIFTED.sub(lambda found: _moved(found, pieces), row["facts"])
        names, values = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
        into = f"insert into prospects ({names}) values ({values})"  # noqa: S608 (ours)
        tx.execute(text(into), rows)


def _insert(
    tx: Session, table: str, where: str, shifts: dict[str, int], told: dict[str, str]
) -> None:
    """Copy rows of a table, those columns shifted that number things."""
    names = [row[1] for row in tx.execute(text(f"pragma table_info({table})"))]
    columns = ", ".join(
        told.get(name, f"{name} + {shifts[name]}" if name in shifts else f'"{name}"')
        for name in names
    )
    copied = f"insert into {table} select {columns} from {table} where {where}"  # noqa: S608 (ours)
    tx.execute(text(copied))


def _moved(found: re.Match[str], pieces: int) -> str:
    told = json.loads(found[2])
    moved = [one + pieces for one in told] if isinstance(told, list) else told + pieces
    return f'"{found[1]}": {json.dumps(moved)}'


def _sized(sessions: Sessions) -> None:
    with transaction(sessions) as tx:
        tx.execute(text("update organisations set employees = 20 + (id * 7919) % 5000"))
        tx.execute(text("analyze"))


def _timed(sessions: Sessions, library: Library) -> bool:
    chance = random.Random(20)  # noqa: S311 (the same requests every time)
    with transaction(sessions) as tx:
        counts = {
            name: tx.scalar(text(f"select count(*) from {name}"))  # noqa: S608 (our own names)
            for name in ("organisations", "evidence", "prospects")
        }
        ids = list(tx.scalars(text("select id from organisations")))
    times, alike = [], 0
    for _ in range(TIMED):
        chosen = chance.choice(ids)
        with transaction(sessions) as tx:
            began = time.perf_counter()
            made = brief.make(tx, library, chosen, today=today())
            times.append((time.perf_counter() - began) * 1000)
        alike += bool(made.peers)
    cuts = quantiles(times, n=20, method="inclusive")
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items())
    rows: list[list[Cell]] = [["a brief", cuts[9], cuts[18], max(times), f"{alike} of {TIMED}"]]
    show(f"Asked and made: {told}", ["", "p50 ms", "p95 ms", "most ms", "with peers"], rows)
    with transaction(sessions) as tx:
        assert sources.organisation(tx, ids[-1]) is not None
    return cuts[18] < MOST_MS


if __name__ == "__main__":
    main()
