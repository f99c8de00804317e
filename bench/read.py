"""How fast is reading, and how much memory does it take? ``python -m bench.read``.

Each line is a process of its own, so that its peak memory is its own. The peer does what is
plain: cuts the same texts with nupunkt and brings the sentences into TF-IDF (scikit-learn);
it neither judges nor matches nor stores. spaCy, which many would compare with, is not here.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

import nupunkt
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.tables import Cell, show
from bench.world import CASEBOOK, Shelf, bring, database, shared, today
from unsolved import evidence, problems
from unsolved.sources import Draft, Kind, OrganisationDraft
from unsolved.sources.connectors.folder import Folder

FACTORS = (1, 4, 16)
CALLS = 40
"""Earnings calls that make one measure of text with ``--texts``."""

PEER = "nupunkt + TF-IDF"
KIB = 1024


def main() -> None:
    """Measure each reader at each size, in a process each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--texts", action="store_true", help="earnings calls, not the casebook")
    asked.add_argument("--readers", nargs="*", default=["cues", "model"])
    asked.add_argument("--factors", nargs="*", type=int, default=FACTORS)
    asked.add_argument("--alone", nargs=2, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.alone:
        name, factor = options.alone
        print(json.dumps(_measure(name, list(_drafts(int(factor), texts=options.texts)))))
        return
    if options.texts:
        shared("data", "texts", "earnings_calls.jsonl.gz")
    rows: list[list[Cell]] = []
    for factor in options.factors:
        peer = _alone(PEER, factor, texts=options.texts)
        rows.append(_row(PEER, factor, peer, peer))
        rows += (
            _row(name, factor, _alone(name, factor, texts=options.texts), peer)
            for name in options.readers
        )
    what = f"{CALLS} earnings calls" if options.texts else "the casebook"
    head = ["reader", "times", "documents", "sentences", "seconds", "sentences/s",
            "times the peer's time", "peak MB", "MB to begin with"]  # fmt: skip
    show(f"Reading {what}", head, rows)


def _alone(name: str, factor: int, *, texts: bool) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.read", "--alone", name, str(factor)]
    done = subprocess.run(
        [*command, *(["--texts"] if texts else [])], check=True, capture_output=True, text=True
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _row(name: str, factor: int, told: dict[str, Any], peer: dict[str, Any]) -> list[Cell]:
    speed = told["sentences"] / told["seconds"]
    return [
        name,
        f"{factor}x",
        told["documents"],
        told["sentences"],
        told["seconds"],
        speed,
        (peer["sentences"] / peer["seconds"]) / speed,
        told["peak"],
        told["before"],
    ]


def _measure(name: str, drafts: Sequence[Draft]) -> dict[str, Any]:
    """Read the drafts, and tell how long that took and how much memory was held at most."""
    if name == PEER:
        nupunkt.load("default").tokenize("Loaded. When first asked.")
        before, began = _peak(), time.perf_counter()
        return {**_as_told(_peer(drafts), len(drafts), began), "before": before}
    method = evidence.method(name, problems.load())
    method.reader.label([evidence.Sentence("A model is loaded when first asked.")])
    with database() as sessions:
        bring(sessions, Shelf("bench", drafts))
        before, began = _peak(), time.perf_counter()
        *_, last = evidence.read_all(sessions, method)
        return {**_as_told(last.sentences, last.documents, began), "before": before}


def _peer(drafts: Sequence[Draft]) -> int:
    cut = nupunkt.load("default")
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    sentences = [text for draft in drafts for text in cut.tokenize(draft.text)]
    vectors.fit_transform(sentences)
    return len(sentences)


def _as_told(sentences: int, documents: int, began: float) -> dict[str, Any]:
    seconds = time.perf_counter() - began
    return {
        "documents": documents,
        "sentences": sentences,
        "seconds": seconds,
        "peak": _peak(),
    }


def _peak() -> float:
    """Return the most megabytes this process has held (Linux counts in kibibytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB


def _drafts(factor: int, *, texts: bool) -> Iterator[Draft]:
    """Yield the texts so many times; a copy is another organisation's document."""
    once = list(_calls() if texts else _casebook())
    for copy in range(factor):
        for draft in once:
            about = replace(draft.organisation, name=f"{draft.organisation.name} {copy}")
            yield replace(draft, key=f"{copy}/{draft.key}", organisation=about)


def _casebook() -> Iterator[Draft]:
    for find in Folder(CASEBOOK / "documents", today=today()).fetch():
        if isinstance(find, Draft):
            yield replace(find, organisation=OrganisationDraft(name=find.organisation.name))


def _calls() -> Iterator[Draft]:
    path = shared("data", "texts", "earnings_calls.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, CALLS):
            call = json.loads(line)
            yield Draft(
                key=call["id"],
                organisation=OrganisationDraft(name=call["organisation"]),
                text="\n".join(call["lines"]),
                title="Earnings call",
                kind=Kind.TRANSCRIPT,
                published_on=date.fromisoformat(call["date"]),
                original=b"",
            )


if __name__ == "__main__":
    main()
