"""How many sentences a second, and in how much memory? ``python -m bench.throughput``.

Ours is the whole way on two cores: from documents in SQLite to rows of evidence and matches in
it. Beside it, on some of the same sentences and the same two cores, plain MiniLM and spaCy, who
only read them: nothing is cut, matched or stored there. Each measure is a process of its own.
Memory is what that process and those it started hold together, what they share counted in
each. With ``--cold``, how long a command takes that needs the model.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import text

from bench.cold import cold
from bench.stock import Stock, sample, sentences, stock, texts
from bench.tables import Cell, show
from bench.world import CASEBOOK, ROOT, Shelf, bring, fresh
from unsolved import evidence, problems
from unsolved.db import engine_of, transaction
from unsolved.evidence.cascade import CascadeReader

CORES = 2
SIZES = (10_000,)
SAMPLE = 3_000
"""Sentences the peers read; their time is that of a sentence, so many times."""

JUDGE = CASEBOOK.parent / "evidence" / "weights" / "judge.onnx"
"""MiniLM in eight bits, as we tuned it: to run it takes as long as the plain one."""

MINILM = {  # sentences run together, runs side by side, threads within a run
    "MiniLM int8, one at a time, 2 side by side": (1, 2, 1),
    "MiniLM int8, batches of 32, 2 threads within": (32, 1, 2),
    "MiniLM int8, batches of 32, 2 side by side": (32, 2, 1),
}
SPACY = {"spaCy en_core_web_sm, 1 process": 1, "spaCy en_core_web_sm, 2 processes": 2}

GLANCE = 0.2
TOGETHER = 1024
MIB = 1024 * 1024
KIB = 1024

Told = dict[str, Any]


def main() -> None:
    """Measure the peers, then ours at each size; or how long a command takes."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="in sentences")
    asked.add_argument("--sample", type=int, default=SAMPLE, help="for the peers; 0 for none")
    asked.add_argument("--reader", default="model", help="model, fast, linear or cues")
    asked.add_argument("--spacy", default=sys.executable, help="a Python that has spaCy")
    asked.add_argument("--minilm", type=Path, default=JUDGE, help="an ONNX file of MiniLM")
    asked.add_argument("--cold", action="store_true", help="a command, from its start")
    asked.add_argument("--alone", nargs=2, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.alone:
        what, path = options.alone
        print(json.dumps((_read if what == "read" else _stages)(Path(path), options.reader)))
        return
    if hasattr(os, "sched_setaffinity"):  # what is started below inherits it
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    if options.cold:
        cold(options.reader)
    else:
        _throughput(options)


def _throughput(options: argparse.Namespace) -> None:
    every = texts()
    peers: dict[str, Told] = {}
    stages: dict[str, int] = {}
    ours: list[tuple[Stock, Told]] = []
    for size in sorted(options.sizes):
        with TemporaryDirectory() as folder:
            made = stock(every, size)
            database = Path(folder) / "bench.sqlite"
            sessions = fresh(database)
            bring(sessions, Shelf("bench", made.drafts))
            engine_of(sessions).dispose()
            if not ours:
                stages = _ours("stages", database, options.reader)["stages"]
                if options.sample:
                    peers = _peers(sample(made.drafts, options.sample), Path(folder), options)
            ours.append((made, _ours("read", database, options.reader)))
    _show(peers, ours, options.reader)
    _show_stages(stages)


def _peers(words: list[str], home: Path, options: argparse.Namespace) -> dict[str, Told]:
    """Return what each peer took, of those that are here."""
    path = home / "sample.json"
    path.write_text(json.dumps(words), encoding="utf-8")
    asked = {}
    for name, (batch, beside, within) in MINILM.items():
        facts = {"model": options.minilm, "batch": batch, "beside": beside, "within": within}
        flags = [f"--{fact}={value}" for fact, value in facts.items()]
        asked[name] = [sys.executable, "-m", "bench.peers", "minilm", str(path), *flags]
    for name, processes in SPACY.items():
        flags = [f"--beside={processes}"]
        asked[name] = [options.spacy, "-m", "bench.peers", "spacy", str(path), *flags]
    told: dict[str, Told] = {}
    for name, command in asked.items():
        one = _alone(command)
        if one is None:  # it has said why; spaCy, which may not be here, comes last
            break
        told[name] = one
    return told


def _ours(what: str, database: Path, reader: str) -> Told:
    command = [sys.executable, "-m", "bench.throughput", "--reader", reader, "--alone"]
    return _alone([*command, what, str(database)]) or sys.exit("it failed, as told above")


def _alone(command: Sequence[str]) -> Told | None:
    """Run a measure, watch how much it holds, and return what it told; None if it failed."""
    most = 0.0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while process.poll() is None:
            most = max(most, _held(process.pid))
            time.sleep(GLANCE)
        lines = process.stdout.read().splitlines()
    if process.returncode:
        return None
    told: Told = json.loads(lines[-1])
    return {**told, "peak": max(most, told["peak"])}


def _held(first: int) -> float:
    """Return the mebibytes that a process and all it started hold now (on Linux)."""
    pages, waiting = 0, [first]
    while waiting:
        home = Path("/proc", str(waiting.pop()))
        try:
            pages += int((home / "statm").read_text().split()[1])
            for task in (home / "task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:  # it has ended since
            continue
    return pages * resource.getpagesize() / MIB


def _read(database: Path, reader: str) -> Told:
    """Read what is in a database, and tell how long that took and what came of it."""
    sessions = fresh(database)
    method = evidence.method(reader, problems.load())
    began, worked = time.perf_counter(), _worked()
    told = evidence.read_all(sessions, method, evidence.Hands(CORES))
    last, first = next(told), 0.0
    for last in told:  # noqa: B007 (the last is what counts)
        first = first or time.perf_counter() - began
    spent = {"seconds": time.perf_counter() - began, "worked": _worked() - worked}
    with transaction(sessions) as tx:
        rows = {
            name: tx.scalar(text(f"select count(*) from {name}"))  # noqa: S608
            for name in ("evidence", "matches")
        }
    counts = {"documents": last.documents, "sentences": last.sentences, **rows}
    return {**counts, **spent, "first": first, "peak": _peak()}


def _stages(database: Path, reader: str) -> Told:
    """Tell at which stage of the cascade sentences end, if the reader is one."""
    said = evidence.reader(reader)
    stages = {"skimmed, and no doubt left": 0, "judged as well": 0}
    if isinstance(said, CascadeReader):
        every = islice(_in_context(database), SIZES[0])
        while some := list(islice(every, TOGETHER)):
            doubts = int(said.doubts(said.quick_logits(some)).sum())
            for name, count in zip(stages, (len(some) - doubts, doubts), strict=True):
                stages[name] += count
    return {"stages": stages, "peak": _peak()}


def _in_context(database: Path) -> Iterator[evidence.Sentence]:
    """Yield the sentences of a database with their neighbours, as they stand in documents."""
    sessions = fresh(database)
    with transaction(sessions) as tx:
        for kind, words in tx.execute(text("select kind, text from documents order by id")):
            cut = sentences(words)
            for at, one in enumerate(cut):
                around = tuple(cut[max(0, at - 2) : at]), tuple(cut[at + 1 : at + 2])
                yield evidence.Sentence(one, *around, kind)


def _worked() -> float:
    """Return the seconds of a core that this process and those it has ended have used."""
    used = [resource.getrusage(n) for n in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak() -> float:
    """Return the most mebibytes this process has held (Linux counts in kibibytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB


def _show(peers: dict[str, Told], ours: Sequence[tuple[Stock, Told]], reader: str) -> None:
    best = [
        max((_speed(peers[name]) for name in names if name in peers), default=None)
        for names in (MINILM, SPACY)
    ]
    told = {**peers, **{f"ours, {reader}, {one['sentences']:,}": one for _, one in ours}}
    rows: list[list[Cell]] = [
        [name, one["sentences"], one["seconds"], one["worked"], _speed(one),
         *(_speed(one) / speed if speed else None for speed in best), one["peak"]]
        for name, one in told.items()
    ]  # fmt: skip
    head = ["who", "sentences", "seconds", "core seconds", "sentences/s",
            "times the best MiniLM", "times the best spaCy", "peak MiB"]  # fmt: skip
    show(f"Throughput on {CORES} cores", head, rows)
    kinds: list[list[Cell]] = [
        [one["sentences"], one["documents"], made.characters, made.distinct, one["evidence"],
         one["matches"], one["first"], 1000 / _speed(one), _speed(ours[0][1]) / _speed(one)]
        for made, one in ours
    ]  # fmt: skip
    head = ["sentences", "documents", "characters a sentence", "share distinct", "evidence",
            "matches", "first kept s", "ms a sentence", "times the smallest's"]  # fmt: skip
    show("Ours by size", head, kinds)


def _show_stages(stages: dict[str, int]) -> None:
    whole = sum(stages.values())
    if not whole:
        print("\nthe reader does not tell at which stage a sentence ends")
        return
    rows: list[list[Cell]] = [[name, count, count / whole] for name, count in stages.items()]
    show(f"Of {whole:,} sentences", ["stage", "sentences", "share"], rows)


def _speed(told: Told) -> float:
    return float(told["sentences"] / told["seconds"])


if __name__ == "__main__":
    main()
