"""Is reading the same when it is killed and started again? ``python -m bench.killed``.

Ten times ``unsolved read`` is ended by SIGKILL at a random moment and then run to its end; its
evidence must be, row for row, that of a run nobody disturbed. Leaves with 1 if it is not.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from bench.tables import Cell, show
from bench.world import bring_casebook, fresh
from unsolved.db import engine_of, transaction

TABLES = {
    "evidence": "select e.document_id, e.start, e.end, e.quote, e.facets, e.labels, "
    "e.assertion, e.speaker, e.fix, e.statement from evidence e "
    "order by e.document_id, e.start, e.end",
    "matches": "select e.document_id, e.start, m.problem_id, m.probability from matches m "
    "join evidence e on e.id = m.evidence_id order by 1, 2, 3",
    "readings": "select document_id, fingerprint, sentences, characters from readings "
    "order by 1",
    "prospects": "select organisation_id, problem_id, standing, probability, score from "
    "prospects order by 1, 2",
}
SEED = 20


def main() -> None:
    """Kill, resume and compare."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reader", default="model", help="model or cues")
    asked.add_argument("--times", type=int, default=10)
    asked.add_argument("--processes", type=int, default=1, help="in those that are killed")
    options = asked.parse_args()
    with TemporaryDirectory() as folder:
        home = Path(folder)
        sessions = fresh(home / "start.sqlite")
        bring_casebook(sessions)
        engine_of(sessions).dispose()
        began = time.perf_counter()
        _read(_copy(home, "whole"), options.reader)
        lasted = time.perf_counter() - began
        whole = _contents(home / "whole.sqlite")
        rows = [_killed(home, at, options, lasted, whole) for at in range(options.times)]
    print(f"reader {options.reader}, {options.processes} processes")
    print(f"a run nobody disturbs takes {lasted:.1f} s")
    print(", ".join(f"{len(rows)} rows of {name}" for name, rows in whole.items()))
    head = ["run", "killed after s", "documents read by then", "rows that differ", "digest"]
    show("Killed and run again", head, rows)
    if any(row[3] for row in rows):
        sys.exit(1)


def _killed(
    home: Path,
    at: int,
    options: argparse.Namespace,
    lasted: float,
    whole: Mapping[str, list[tuple[object]]],
) -> list[Cell]:
    moment = random.Random(SEED + at).uniform(0.1, lasted)  # noqa: S311 (repeatable on purpose)
    database = _copy(home, f"run{at}")
    reading = _start(database, options.reader, options.processes)
    time.sleep(moment)
    reading.send_signal(signal.SIGKILL)
    reading.wait()
    by_then = len(_contents(database)["readings"])
    _read(database, options.reader, options.processes)
    now = _contents(database)
    differ = sum(
        len(set(map(repr, rows)) ^ set(map(repr, now[name]))) + (len(rows) != len(now[name]))
        for name, rows in whole.items()
    )
    digest = sha256(repr(now["evidence"]).encode()).hexdigest()[:12]
    return [str(at + 1), moment, by_then, differ, digest]


def _copy(home: Path, name: str) -> Path:
    return Path(shutil.copy(home / "start.sqlite", home / f"{name}.sqlite"))


def _read(database: Path, reader: str, processes: int = 1) -> None:
    if _start(database, reader, processes).wait():
        sys.exit("reading failed; run `unsolved read` to see why")


def _start(database: Path, reader: str, processes: int) -> subprocess.Popen[bytes]:
    facts = {
        "UNSOLVED_DATABASE_URL": f"sqlite:///{database}",
        "UNSOLVED_READER": reader,
        "UNSOLVED_PROCESSES": str(processes),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "unsolved", "read"],
        env={**os.environ, **facts},
        cwd=database.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _contents(database: Path) -> dict[str, list[tuple[object]]]:
    sessions = fresh(database)
    with transaction(sessions) as tx:
        found = {name: [tuple(r) for r in tx.execute(text(q))] for name, q in TABLES.items()}
    engine_of(sessions).dispose()
    return found  # type: ignore[return-value]


if __name__ == "__main__":
    main()
