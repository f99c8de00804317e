"""How long does today take, with many deals and much said in them? ``python -m bench.today``.

2,000 open opportunities and 3,000 decided ones, 500,000 activities in their organisations, all
made up. What is worked out is timed whole; pages from the request to the last byte of the
answer, in this process. Then every statement that ran is explained: a scan of what grows with
the years is a failure. ``--share 0.1`` makes a tenth of it.
"""

import argparse
import json
import re
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, event, func, select, update
from starlette.testclient import TestClient

from bench.many_deals import SELLERS, fill
from bench.tables import Cell, show
from bench.world import fresh
from unsolved import problems
from unsolved.app import make_app
from unsolved.db import Base, Sessions, engine_of, transaction
from unsolved.deals.service.attention import work_out
from unsolved.deals.service.refreshing import Hands, refresh
from unsolved.problems import Library

GROWS = ("records", "record_people", "evidence", "opportunities", "opportunity_parts")
"""No statement may go through all of these."""

REQUESTS, WARM, HEARD = 40, 3, 100
MOST_PAGE, MOST_WORK = 300, 30
PAGES = {
    "Today, a seller's": "/today?seller={seller}",
    "Today, everybody's": "/today",
    "Today, a manager's": "/today?view=manager",
    "Today, a manager's of one seller": "/today?view=manager&seller={seller}",
    "Opportunities": "/opportunities",
    "Opportunities by attention": "/opportunities?sort=attention",
}
Statements = dict[str, Any]


def main() -> None:
    """Fill a database beside this process, then measure in this one."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--share", type=float, default=1.0, help="how much of it, from 0 to 1")
    asked.add_argument("--processes", type=int, default=0, help="0 for one a core")
    asked.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.fill:
        fill(fresh(options.fill), problems.load(), datetime.now(UTC), options.share)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "today.sqlite"
        began = time.perf_counter()
        command = [sys.executable, "-m", "bench.today", "--share", str(options.share)]
        subprocess.run([*command, "--fill", str(path)], check=True)
        lasted = time.perf_counter() - began
        print(f"made in {lasted:.0f} s: {path.stat().st_size / 1e6:,.0f} MB")
        sessions = fresh(path)
        failures = _measure(sessions, path, Hands(processes=options.processes))
        engine_of(sessions).dispose()
    if failures:
        raise SystemExit("; ".join(failures))


def _measure(sessions: Sessions, path: Path, hands: Hands) -> list[str]:
    library, seen = problems.load(), Statements()
    _count(sessions)
    with _listening(engine_of(sessions), seen):
        worked = _work(sessions, library, path, hands)
        slowest = _pages(sessions, library)
    scans = _explain(path, seen)
    failures = [f"{what} scans {table}" for table, what in scans]
    if worked > MOST_WORK:
        failures.append(f"working it out took {worked:.0f} s")
    if slowest > MOST_PAGE:
        failures.append(f"a page took {slowest:.0f} ms")
    return failures


def _count(sessions: Sessions) -> None:
    names = ("opportunities", "opportunity_parts", "organisations", "people", *GROWS[:2])
    with transaction(sessions) as tx:
        counts = {
            name: tx.scalar(select(func.count()).select_from(Base.metadata.tables[name]))
            for name in names
        }
    print(", ".join(f"{count:,} {name}" for name, count in counts.items()))


def _work(sessions: Sessions, library: Library, path: Path, hands: Hands) -> float:
    """Time working out all that is open, first and again, beside reading the same plainly."""
    rows: list[list[Cell]] = []
    before = _peak()
    for name, now in (
        ("worked out, the first time", datetime.now(UTC)),
        ("worked out again, a day later", datetime.now(UTC) + timedelta(days=1)),
    ):
        began, burnt = time.perf_counter(), _burnt()
        done = [one.done for one in refresh(sessions, library, now, hands)]
        rows.append([name, done[-1], time.perf_counter() - began, _burnt() - burnt])
    taken = float(rows[-1][3] or 0)
    began, burnt = time.perf_counter(), _burnt()
    list(refresh(sessions, library, datetime.now(UTC) + timedelta(days=1)))
    rows.append(["nothing is out of date", 0, time.perf_counter() - began, _burnt() - burnt])
    for name, read in (("peer: count by a full scan", _scan), ("peer: read with json", _plain)):
        began, burnt = time.perf_counter(), _burnt()
        count = read(path)
        rows.append([name, count, time.perf_counter() - began, _burnt() - burnt])
    show("Working out", ["what", "how many", "s", "CPU s"], rows)
    with transaction(sessions) as tx:  # here, so that its statements are heard
        work_out(tx, range(1, HEARD + 1), library, datetime.now(UTC))
    beside = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\npeak {_peak():,.0f} MB here ({before:,.0f} before), {beside:,.0f} MB a process")
    print(
        f"CPU to that of reading the same plainly: {taken / float(rows[-1][3] or 1):.1f} times"
    )
    return max(float(row[2] or 0) for row in rows[:2])


def _burnt() -> float:
    """Return the seconds of processors that this process and those it started had."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def _scan(path: Path) -> int:
    query = "SELECT count(*) FROM records NOT INDEXED WHERE title <> ''"
    return int(sqlite3.connect(path).execute(query).fetchone()[0])


def _plain(path: Path) -> int:
    query = "SELECT organisation_id, at, facts FROM records WHERE kind = 'activity'"
    return sum(bool(json.loads(facts)) for _, _, facts in sqlite3.connect(path).execute(query))


def _pages(sessions: Sessions, library: Library) -> float:
    """Time the pages as they are, and after a night in which nothing was worked out."""
    client = TestClient(make_app(sessions, library), follow_redirects=False)
    _shift(sessions, timedelta())
    rows: list[list[Cell]] = []
    for name, address in PAGES.items():
        times = [
            _timed(client, address.format(seller=SELLERS[at % len(SELLERS)].replace(" ", "+")))
            for at in range(WARM + REQUESTS)
        ]
        rows.append([name, *_spread(times[WARM:])])
    for name, address in list(PAGES.items())[:3]:
        times = []
        for at in range(REQUESTS // 4):
            _shift(sessions, timedelta(days=1))
            seller = SELLERS[at % len(SELLERS)].replace(" ", "+")
            times.append(_timed(client, address.format(seller=seller)))
        rows.append([f"{name}, after a night", *_spread(times)])
    show("Pages, ms", ["page", "p50", "p95", "max"], rows)
    return max(float(row[2] or 0) for row in rows)


def _shift(sessions: Sessions, by: timedelta) -> None:
    """Make it as if all had been worked out just now, or so long ago."""
    table = Base.metadata.tables["opportunity_attention"]
    with transaction(sessions) as tx:
        tx.execute(update(table).values(worked_out_at=datetime.now(UTC) - by))


def _timed(client: TestClient, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    lasted = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}: {answer.text[:300]}")
    return lasted


def _spread(times: list[float]) -> tuple[float, float, float]:
    return median(times), quantiles(times, n=20, method="inclusive")[18], max(times)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def _listening(engine: Engine, seen: Statements) -> Iterator[None]:
    """Keep each statement that runs, with the parameters of one of its runs."""

    def hear(_connection: Any, _cursor: Any, statement: str, *rest: Any) -> None:
        parameters = rest[0]
        seen.setdefault(
            statement, parameters[0] if isinstance(parameters, list) else parameters
        )

    event.listen(engine, "before_cursor_execute", hear)
    yield
    event.remove(engine, "before_cursor_execute", hear)


def _explain(path: Path, seen: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Print which tables are gone through whole, and return those that may not be."""
    connection = sqlite3.connect(path)
    scanned: dict[str, set[str]] = {}
    count = 0
    for statement, parameters in seen.items():
        if not re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", statement):
            continue
        count += 1
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        for *_, detail in plan:
            if found := re.match(r"SCAN (\w+)", detail):
                scanned.setdefault(found.group(1), set()).add(" ".join(statement.split())[:160])
    print(f"\n{count} statements explained; gone through whole:")
    for table, which in sorted(scanned.items()):
        may = "may not be" if table in GROWS else "small"
        print(f"  {table} ({may}): {len(which)} statements")
    return [
        (table, statement) for table in GROWS for statement in sorted(scanned.get(table, ()))
    ]


if __name__ == "__main__":
    main()
