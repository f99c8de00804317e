"""A million activities from a CSV: ``python -m bench.imports``.

Our import (read, mapped, people and organisations found, kept with every version) beside pandas
putting the same file into SQLite as it is, each in a process of its own. Then again, when
nothing has changed. Leaves with 1 if a row is lost or memory passes 500 MiB.
"""

import argparse
import csv
import json
import os
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.tables import Cell, show

MOST_MIB = 500
HEAD = (
    *("Activity ID", "Type", "Date", "Subject", "Company", "Contact", "Email"),
    *("Deal ID", "Owner", "Duration"),
)
KINDS = ("Call", "Email", "Meeting", "Task")
PANDAS = """
import sqlite3, sys, pandas
with sqlite3.connect(sys.argv[2]) as database:
    pandas.read_csv(sys.argv[1]).to_sql("activities", database, index=False)
"""


def main() -> None:
    """Make the file, import it in each way, and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--bad", type=int, default=0, help="rows that cannot be read whole")
    options = asked.parse_args()
    with TemporaryDirectory() as folder:
        home = Path(folder)
        path = home / "activities.csv"
        write_activities(path, options.rows, options.bad)
        ours = [sys.executable, "-m", "unsolved", "import", str(path), "--json"]
        facts = {"UNSOLVED_DATABASE_URL": f"sqlite:///{home}/ours.sqlite"}
        theirs = [sys.executable, "-c", PANDAS, str(path), str(home / "pandas.sqlite")]
        rows = [
            _row("pandas to SQLite", theirs, options.rows, home, {}),
            _row("unsolved import", ours, options.rows, home, facts),
            _row("again, nothing changed", ours, options.rows, home, facts),
        ]
        kept = _kept(home / "ours.sqlite")
    size = f"{options.rows:,} rows"
    head = ["import", "seconds", "rows a second", "peak MiB", "beside pandas"]
    for row in rows:
        row.append(float(str(row[2])) / float(str(rows[0][2])))
    show(f"{size} of activities", head, rows)
    print(f"\nkept: {', '.join(f'{count:,} {name}' for name, count in kept.items())}")
    peak = max(float(str(row[3])) for row in rows[1:])
    if kept["activities"] != options.rows or peak > MOST_MIB:
        sys.exit(f"a row was lost, or memory passed {MOST_MIB} MiB")


def _row(
    name: str, command: list[str], rows: int, home: Path, facts: dict[str, str]
) -> list[Cell]:
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=home, env={**os.environ, **facts}, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    told = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    lasted = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 3}:
        sys.exit(f"{name} failed with {process.returncode}")
    if told:
        print(name, json.loads(told.splitlines()[-1]), flush=True)
    return [name, lasted, rows / lasted, used.ru_maxrss / 1024]


def write_activities(path: Path, rows: int, bad: int) -> None:
    """Write activities of 5,000 companies and 20,000 people; some with a date that is none."""
    every = rows // bad if bad else rows + 1
    moment = datetime(2020, 1, 1, 8, tzinfo=UTC)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEAD)
        for n in range(rows):
            company, person = n % 5_000, n % 20_000
            at = moment + timedelta(minutes=2 * n)
            out.writerow(
                (
                    f"A{n:07}",
                    KINDS[n % 4],
                    "soon" if n % every == every - 1 else at.strftime("%Y-%m-%d %H:%M"),
                    f"About order {n * 7 % 9_999}, and what came of it",
                    f"Company {company} Ltd",
                    f"Person {person}",
                    f"person{person}@company{company}.example",
                    f"D{n % 30_000}",
                    f"Seller {n % 40}",
                    n % 60,
                )
            )


def _kept(path: Path) -> dict[str, int]:
    asked = {
        "activities": "select count(*) from records where kind = 'activity' and is_current",
        "organisations": "select count(*) from organisations",
        "people": "select count(*) from people",
        "refusals": "select count(*) from refusals",
    }
    with sqlite3.connect(path) as database:
        return {name: database.execute(query).fetchone()[0] for name, query in asked.items()}


if __name__ == "__main__":
    main()
