"""How long a command takes that needs the model, from its start to its end."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.stock import sentences
from bench.tables import Cell, show
from bench.world import CASEBOOK, today
from unsolved import evidence
from unsolved.evidence.cascade import CascadeReader
from unsolved.sources import Draft
from unsolved.sources.connectors.folder import Folder

RUNS = 7
FAILURE = "The new system failed again in March and orders could not be shipped for two weeks."

DROP = Path("/proc/sys/vm/drop_caches")


def cold(reader: str) -> None:
    """Show how long ``unsolved evidence label`` takes for one sentence."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        line = {"id": 1, "text": _doubtful(reader)}
        (home / "in.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
        label = ["-m", "unsolved", "evidence", "label", "in.jsonl", "--out", "out.jsonl"]
        labelled = partial(_started, [*label, "--reader", reader], home)
        nothing = partial(_started, ["-c", "pass"], home)
        labelled()
        rows: list[list[Cell]] = [
            ["python alone", "in memory", *_spread([nothing() for _ in range(RUNS)])],
            ["evidence label", "in memory", *_spread([labelled() for _ in range(RUNS)])],
        ]
        if _forget():
            times = [labelled() for _ in range(RUNS) if _forget()]
            rows.append(["evidence label", "read from disk", *_spread(times)])
        else:
            print(f"{DROP} cannot be written, so only with files in memory")
    head = ["command", "its files", "median ms", "fastest ms", "slowest ms"]
    show(f"A start that needs the reader {reader}, {RUNS} runs", head, rows)


def _doubtful(reader: str) -> str:
    """Return a sentence for which every network of the reader must be loaded."""
    said = evidence.reader(reader)
    if isinstance(said, CascadeReader):
        for draft in Folder(CASEBOOK / "documents", today=today()).fetch():
            for one in sentences(draft.text) if isinstance(draft, Draft) else ():
                if said.doubts(said.quick_logits([evidence.Sentence(one)])).any():
                    return one
    return FAILURE


def _started(arguments: Sequence[str], home: Path) -> float:
    """Run a command in a folder of its own and return its milliseconds."""
    facts = {"UNSOLVED_DATABASE_URL": f"sqlite:///{home / 'cold.sqlite'}"}
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=home, env={**os.environ, **facts}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return (time.perf_counter() - began) * 1000


def _spread(times: Sequence[float]) -> tuple[float, float, float]:
    return statistics.median(times), min(times), max(times)


def _forget() -> bool:
    """Have the system forget the files it holds in memory; False where it may not."""
    try:
        DROP.write_text("3\n", encoding="ascii")
    except OSError:
        return False
    return True
