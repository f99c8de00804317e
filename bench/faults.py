"""What breaks in the middle, and what is there afterwards: ``python -m bench.faults``.

Lines that are cut, processes that are killed, the same delivered twice, clocks that are wrong
there and here, ten thousand bad rows among good ones. Each time the visit is made again as the
schedule would; then nothing may be missing and nothing be there twice. Leaves with 1 if it is.
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.imports import write_activities
from bench.tables import Cell, show
from bench.world import fresh
from tests.sources import hubspot_server
from tests.sources.imap_server import imap_server, line_to
from unsolved import sources
from unsolved.db import Sessions, engine_of, transaction
from unsolved.jobs.sync import Means, visit
from unsolved.sources.reach import Limits, Reach
from unsolved.sources.vault import Vault, new_key

NOW = datetime(2026, 4, 1, tzinfo=UTC)
MAILS, COMPANIES, ROWS, BAD = 300, 600, 60_000, 10_000
SEED = 4
VAULT = Vault(new_key())


def main() -> None:
    """Break everything, mend nothing by hand, and count."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=5)
    options = asked.parse_args()
    rows: list[list[Cell]] = []
    for name, scenario in (
        ("the line of a mailbox is cut, again and again", _cut_line),
        ("an API drops half of an answer, says 500 and 429", _dropped),
        ("an API delivers records twice", _twice),
        ("the clock there is 3 days behind, then 3 ahead", _skewed_there),
        ("the clock here goes back a year between visits", _skewed_here),
        ("10,000 bad rows among 60,000", _bad_rows),
    ):
        with TemporaryDirectory() as folder, ExitStack() as stack:
            rows.append([name, *scenario(Path(folder), stack)])
            print(f"{name}: done", flush=True)
    with TemporaryDirectory() as folder:
        rows.append(
            [
                f"kill -9 in an import, {options.kills} times",
                *_killed(Path(folder), options.kills),
            ]
        )
    with TemporaryDirectory() as folder, ExitStack() as stack:
        name = f"kill -9 in a sync of a mailbox, {options.kills} times"
        rows.append([name, *_killed_sync(Path(folder), stack, options.kills)])
    head = ["what happens", "visits", "there", "kept", "lost", "twice", "told as bad"]
    show("After everything was visited again", head, rows)
    if any(row[4] or row[5] for row in rows):
        sys.exit("something was lost, or kept twice")


Counts = list[Cell]


def _cut_line(home: Path, stack: ExitStack) -> Counts:
    server = stack.enter_context(imap_server())
    server.append(*map(_mail, range(MAILS)))
    sessions = fresh(home / "a.sqlite")
    visits, size = 0, 6_000
    while True:
        with line_to(server.port, breaks_after=size) as port:
            told = _imap(f"127.0.0.1:{port}")
            failure = _visit(sessions, "imap", told, {"password": server.password})
        visits, size = visits + 1, size * 3 // 2
        if failure is None:
            return [visits, MAILS, *_kept(sessions, MAILS)]


def _dropped(home: Path, stack: ExitStack) -> Counts:
    account = _account()
    place = stack.enter_context(hubspot_server.serving(account))
    sessions = fresh(home / "a.sqlite")
    visits = 0
    for fault in ("drop", 500, "drop before", 429, "drop after", "drop", None):
        if fault is not None:
            account.faults += [lambda *_: None, *[_said(fault)] * 6]
        visits += 1
        _visit(sessions, "hubspot", {"address": f"http://{place}"}, _TOKEN)
        account.faults.clear()
    return [visits, COMPANIES, *_kept(sessions, COMPANIES)]


def _twice(home: Path, stack: ExitStack) -> Counts:
    account = _account()
    account.faults += [_said("twice")] * 20
    place = stack.enter_context(hubspot_server.serving(account))
    sessions = fresh(home / "a.sqlite")
    for _ in range(2):
        _visit(sessions, "hubspot", {"address": f"http://{place}"}, _TOKEN)
    return [2, COMPANIES, *_kept(sessions, COMPANIES)]


def _skewed_there(home: Path, stack: ExitStack) -> Counts:
    account = _account(skew=timedelta(days=-3))
    place = stack.enter_context(hubspot_server.serving(account))
    sessions = fresh(home / "a.sqlite")
    _visit(sessions, "hubspot", {"address": f"http://{place}"}, _TOKEN)
    account.now += timedelta(days=6)
    for n in range(50):
        account.add("companies", name=f"Later {n}", domain=f"later{n}.example")
    for _ in range(2):
        _visit(sessions, "hubspot", {"address": f"http://{place}"}, _TOKEN)
    return [3, COMPANIES + 50, *_kept(sessions, COMPANIES + 50)]


def _skewed_here(home: Path, stack: ExitStack) -> Counts:
    account = _account()
    place = stack.enter_context(hubspot_server.serving(account))
    sessions = fresh(home / "a.sqlite")
    settings = {"address": f"http://{place}"}
    _visit(sessions, "hubspot", settings, _TOKEN)
    for n in range(50):
        account.add("companies", name=f"Later {n}", domain=f"later{n}.example")
    for _ in range(2):
        _visit(sessions, "hubspot", settings, _TOKEN, at=NOW - timedelta(days=365))
    return [3, COMPANIES + 50, *_kept(sessions, COMPANIES + 50)]


def _bad_rows(home: Path, _stack: ExitStack) -> Counts:
    path = home / "activities.csv"
    write_activities(path, ROWS, BAD)
    sessions = fresh(home / "a.sqlite")
    for _ in range(2):
        _visit(sessions, "crm-file", {"path": str(path)}, {})
    return [2, ROWS, *_kept(sessions, ROWS)]


def _killed(home: Path, kills: int) -> Counts:
    path = home / "activities.csv"
    write_activities(path, ROWS, 0)
    command = [sys.executable, "-m", "unsolved", "import", str(path), "--json"]
    visits = _kill_and_finish(command, home, kills)
    return [visits, ROWS, *_kept(fresh(home / "a.sqlite"), ROWS)]


def _killed_sync(home: Path, stack: ExitStack, kills: int) -> Counts:
    server = stack.enter_context(imap_server())
    server.append(*map(_mail, range(MAILS * 4)))
    key = new_key()
    sessions = fresh(home / "a.sqlite")
    with transaction(sessions) as tx:
        sealed = Vault(key).close({"password": server.password})
        sources.remember(tx, "imap", "imap", _imap(server.address), secret=sealed)
    engine_of(sessions).dispose()
    facts = {"UNSOLVED_KEY": key, "UNSOLVED_ALLOWED_HOSTS": f'["{server.address}"]'}
    command = [sys.executable, "-m", "unsolved", "sync", "--json"]
    visits = _kill_and_finish(command, home, kills, facts)
    return [visits, MAILS * 4, *_kept(fresh(home / "a.sqlite"), MAILS * 4)]


def _kill_and_finish(
    command: list[str], home: Path, kills: int, facts: Mapping[str, str] | None = None
) -> int:
    """Start it and kill it at random moments; then let it end. Returns the runs."""
    told = {"UNSOLVED_DATABASE_URL": f"sqlite:///{home}/a.sqlite", **(facts or {})}
    chance = random.Random(SEED)  # noqa: S311 (repeatable on purpose)
    for _ in range(kills):
        process = _start(command, home, told)
        _once_it_keeps(home / "a.sqlite", process)
        time.sleep(chance.uniform(0.0, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        _as_if_a_while_had_passed(home / "a.sqlite")
    if _start(command, home, told).wait():
        sys.exit("the last run failed")
    return kills + 1


def _once_it_keeps(database: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a new visit has begun."""
    before = _count(database, "select count(*) from visits")
    while process.poll() is None and _count(database, "select count(*) from visits") == before:
        time.sleep(0.02)


def _as_if_a_while_had_passed(database: Path) -> None:
    """Let the claim of the killed run out, as it does by itself after a quarter of an hour."""
    with sqlite3.connect(database, timeout=30) as own:
        own.execute("update sources set busy_until = null")


def _start(command: list[str], home: Path, facts: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=home,
        env={**os.environ, **facts},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _count(database: Path, query: str) -> int:
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30) as own:
            return int(own.execute(query).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


_TOKEN = {"token": hubspot_server.TOKEN}


def _said(fault: int | str) -> Callable[[str, str], int | str]:
    return lambda *_: fault


def _account(skew: timedelta = timedelta(0)) -> Any:
    account = hubspot_server.Account(skew=skew)
    for n in range(COMPANIES):
        account.add("companies", name=f"Company {n}", domain=f"company{n}.example")
    return account


def _imap(host: str) -> dict[str, str]:
    return {"host": host, "user": "ann@acme.example", "security": "none", "own": "acme.example"}


def _mail(n: int) -> bytes:
    return (
        f"Message-ID: <{n}@bolt.example>\r\nDate: Mon, 2 Mar 2026 08:{n % 60:02}:00 +0000\r\n"
        f"From: Bob <bob{n % 7}@bolt.example>\r\nTo: ann@acme.example\r\nSubject: Order {n}\r\n"
        f"\r\nOrder {n} is late again, and nobody here can say why. We have asked twice.\r\n"
    ).encode()


def _visit(
    sessions: Sessions,
    kind: str,
    settings: Mapping[str, str],
    secrets: Mapping[str, str],
    at: datetime = NOW,
) -> str | None:
    """Visit once, as the schedule does; return why it failed, if it did."""
    place = settings.get("host") or settings.get("address", "").removeprefix("http://")
    with transaction(sessions) as tx:
        known = sources.source_called(tx, kind)
        if known is None:
            known = sources.remember(tx, kind, kind, settings, secret=VAULT.close(secrets))
    with _moved(sessions, known, settings):
        reach = Reach(limits=Limits(seconds=10, tries=2), pause=lambda _: None)
        means = Means(vault=VAULT, allowed=frozenset({place}), reach=reach)
        return visit(sessions, known, means, clock=lambda: at).failure


@contextmanager
def _moved(sessions: Sessions, source: int, settings: Mapping[str, str]) -> Iterator[None]:
    """Have the source at another port for a visit, its cursor as it was."""
    from unsolved.sources.tables import SourceRow  # noqa: PLC0415 (what no person may do)

    with transaction(sessions) as tx:
        tx.get_one(SourceRow, source).settings = dict(settings)
    yield


def _kept(sessions: Sessions, wanted: int) -> Counts:
    engine = engine_of(sessions)
    with engine.connect() as connection:
        ask = connection.exec_driver_sql
        keys = ask(
            "select count(*), count(distinct kind || key) from records where is_current"
        ).one()
        bad = ask("select count(*) from refusals").scalar_one()
        documents = ask(
            "select count(*) - count(distinct key) from documents where is_current"
        ).scalar_one()
    engine.dispose()
    return [keys[1], max(0, wanted - keys[1]), keys[0] - keys[1] + documents, bad]


if __name__ == "__main__":
    main()
