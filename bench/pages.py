"""How long do the pages take? ``python -m bench.pages``.

Server side only: from the request to the last byte of the answer, in this process, without a
network and without a browser. Once over the casebook and once over many organisations.
"""

import argparse
import random
import time
from statistics import quantiles

from sqlalchemy import text
from starlette.testclient import TestClient

from bench.many import fill
from bench.tables import Cell, show
from bench.world import bring_casebook, catch_up, database
from unsolved import evidence, problems
from unsolved.app import make_app
from unsolved.db import Sessions, transaction
from unsolved.problems import Library

REQUESTS = 50
WARM = 3
SEED = 20

PAGES = {
    "Prospects": "/prospects",
    "Prospects of a problem": "/prospects?problem={problem}",
    "Prospects: failed, an industry": "/prospects?problem={problem}&standing=tried+and+failed"
    "&industry={industry}",
    "Prospects: a search, all": "/prospects?problem={problem}&q={word}&all=true",
    "Prospects by name, page 3": "/prospects?sort=name&page=3",
    "Organisation": "/organisations/{organisation}",
    "Document": "/documents/{document}",
    "Problems": "/problems",
    "Problem": "/problems/{problem}",
    "Sources": "/sources",
    "API: prospects, 50": "/api/v1/prospects?problem={problem}",
    "API: organisations, a search": "/api/v1/organisations?q={word}",
    "API: organisation": "/api/v1/organisations/{organisation}",
    "API: evidence": "/api/v1/organisations/{organisation}/evidence",
}


def main() -> None:
    """Measure the pages on a small world and on a large one."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reader", default="cues", help="who reads the casebook")
    reader = asked.parse_args().reader
    library = problems.load()
    with database() as sessions:
        bring_casebook(sessions)
        method = evidence.method(reader, library)
        catch_up(sessions, method)
        _measure("Casebook", sessions, library, method.fingerprint)
    with database() as sessions:
        began = time.perf_counter()
        fill(sessions, library)
        print(f"\nmade and assessed in {time.perf_counter() - began:.0f} s")
        _measure("Many organisations", sessions, library, "bench")


def _measure(title: str, sessions: Sessions, library: Library, reading: str) -> None:
    client = TestClient(make_app(sessions, library, reading), follow_redirects=False)
    with transaction(sessions) as tx:
        counts = {
            name: tx.scalar(text(f"select count(*) from {name}"))  # noqa: S608 (our own names)
            for name in ("organisations", "documents", "evidence", "prospects")
        }
        organisations = list(tx.scalars(text("select id from organisations order by id")))
        documents = list(tx.scalars(text("select id from documents order by id")))
        names = list(tx.scalars(text("select name from organisations order by id")))
        industries = list(tx.scalars(text("select distinct industry from organisations "
                                          "where industry is not null")))  # fmt: skip
    chance = random.Random(SEED)  # noqa: S311 (the same requests every time)
    rows: list[list[Cell]] = []
    for name, address in PAGES.items():
        times = []
        for _ in range(WARM + REQUESTS):
            asked = address.format(
                problem=chance.choice(library.problems).id,
                organisation=chance.choice(organisations),
                document=chance.choice(documents),
                industry=chance.choice(industries).replace("&", "%26"),
                word=chance.choice(names).split()[0],
            )
            times.append(_timed(client, asked))
        rows.append([name, *_spread(times[WARM:]), _size(client, asked)])
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items())
    head = ["page", "p50 ms", "p95 ms", "KB"]
    show(f"{title}: {told}", head, rows)


def _timed(client: TestClient, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    lasted = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}: {answer.text[:300]}")
    return lasted


def _spread(times: list[float]) -> tuple[float, float]:
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]


def _size(client: TestClient, address: str) -> float:
    return len(client.get(address).content) / 1000


if __name__ == "__main__":
    main()
