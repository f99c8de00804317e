"""The labelled sentences: where they are, what they hold, and how organisations are kept apart.

The texts in ``../shared/data`` come from elsewhere and stay there; we read and never copy them.
Labels that we added later stand in ``training/labels`` as places in those texts, with a digest
of the words.
"""

import gzip
import json
import os
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

from unsolved.evidence.model import Assertion, Facet, FixKind, Sentence

BESIDE = Path(__file__).resolve().parents[2] / "shared"
SHARED = Path(os.environ.get("UNSOLVED_SHARED", BESIDE))
FILES = ("data/labels/sentences.jsonl", "casebook/sentences.jsonl")
ADDED = Path(__file__).parent / "labels"
TEXTS = {
    "call": ("earnings_calls",),
    "10k": ("annual_reports_1994_2023", "annual_reports_2023"),
    "gao": ("audit_reports",),
}
FACETS = tuple(Facet)
ASSERTIONS = tuple(Assertion)
FIXES = tuple(FixKind)
TOPICS = (
    *("workforce", "supply", "systems", "cost", "quality", "customers", "sales", "compliance"),
    *("security", "integration", "capacity", "capital", "safety", "product", "market", "other"),
)
KINDS = {"call": "transcript", "10k": "filing", "gao": "audit"}
GROUPS = {"call": "calls", "10k": "documents", "gao": "documents", "casebook": "casebook"}
FOLDS = 5
HELD_OUT = 0  # the fold that the shipped model never sees in training
SEED = 20


class DataAbsent(Exception):
    """The labelled sentences are not on this machine."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with what the labelling says of it."""

    sentence: Sentence
    genre: str
    organisation: str
    facets: frozenset[Facet]
    assertion: Assertion | None
    fix: FixKind | None
    topics: frozenset[str]
    weight: float | None
    wave: int = 0
    """0 for the labels of ../shared, then the number of the file in ``training/labels``."""

    @property
    def group(self) -> str:
        """Which part of a table it is counted in."""
        return GROUPS[self.genre]


def load(shared: Path = SHARED, *, waves: int | None = None) -> list[Labelled]:
    """Return every labelled sentence, in the order of the files; the first ``waves`` if told.

    Raises:
        DataAbsent: a file is missing.
    """
    missing = [name for name in FILES if not (shared / name).is_file()]
    if missing:
        raise DataAbsent(f"no labelled sentences: {', '.join(missing)} not found in {shared}")
    given = [labelled for name in FILES for labelled in _read(shared / name)]
    return given + [one for one in _added(shared) if waves is None or one.wave <= waves]


def apart(items: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Return what trains the networks that ship, and what they never see.

    All of the casebook trains: there is so little prose of its sort.
    """
    where = folds(items)
    held = [n == HELD_OUT and i.genre != "casebook" for i, n in zip(items, where, strict=True)]
    return (
        [item for item, out in zip(items, held, strict=True) if not out],
        [item for item, out in zip(items, held, strict=True) if out],
    )


def folds(items: Sequence[Labelled], count: int = FOLDS, seed: int = SEED) -> list[int]:
    """Return a fold for each item; an organisation is in one fold, every genre in all folds.

    Labels that were added do not move an organisation. Those of organisations that had none go
    to any fold but the held-out one, which stays as it was.
    """
    sizes: dict[tuple[str, str], int] = defaultdict(int)
    for item in items:
        if not item.wave:
            sizes[item.genre, item.organisation] += 1
    order = sorted(sizes)
    random.Random(seed).shuffle(order)  # noqa: S311 - a split, not a secret
    order.sort(key=lambda key: -sizes[key])
    filled: dict[tuple[str, int], int] = defaultdict(int)
    fold: dict[tuple[str, str], int] = {}
    for key in order:
        fold[key] = min(range(count), key=lambda number: (filled[key[0], number], number))
        filled[key[0], fold[key]] += sizes[key]
    for item in items:
        key = (item.genre, item.organisation)
        if key not in fold:
            fold[key] = 1 + crc32("/".join(key).encode()) % (count - 1)
    return [fold[item.genre, item.organisation] for item in items]


def _read(path: Path) -> Iterator[Labelled]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Labelled(
                sentence=Sentence(
                    text=row["text"],
                    before=tuple(row["before"]),
                    after=tuple(row["after"]),
                    kind=_kind(row["genre"], row["id"]),
                ),
                genre=row["genre"],
                organisation=row["organisation"],
                facets=frozenset(Facet(name) for name in row["facets"]),
                assertion=Assertion(row["assertion"]) if row["assertion"] else None,
                fix=FixKind(row["fix"]) if row["fix"] else None,
                topics=frozenset(row["topics"]),
                weight=row["weight"],
            )


def _added(shared: Path) -> Iterator[Labelled]:
    """Yield what ``training/labels`` holds, with the words looked up in the texts.

    Raises:
        DataAbsent: the texts are missing, or are not those that were labelled.
    """
    files = sorted(ADDED.glob("sentences-*.jsonl"))
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    wanted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        wanted[row["document"]].append(row)
    for genre, names in TEXTS.items():
        for name in names:
            path = shared / "data" / "texts" / f"{name}.jsonl.gz"
            if not path.is_file():
                raise DataAbsent(f"the texts of {len(rows)} labels are not at {path}")
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for told in map(json.loads, lines):
                    key = document_key(genre, name, told)
                    body = told["lines"] if genre == "call" else told["text"]
                    yield from (_found(body, row) for row in wanted.get(key, ()))


def document_key(genre: str, name: str, told: Mapping[str, Any]) -> str:
    """Return how labels name a document of ``../shared``."""
    if genre == "10k":
        return f"{name}/{told['doc_id']}/{told['section']}"
    return str(told["id"] if genre == "call" else told["doc_id"])


def _found(body: Any, row: dict[str, Any]) -> Labelled:
    """Return a label with its words; its place is a line of a call, else a span."""

    def words(place: Any) -> str:
        text = body[place] if isinstance(place, int) else body[place[0] : place[1]]
        return text if isinstance(place, int) else " ".join(text.split())

    text = words(row["place"])
    if sha256(text.encode()).hexdigest()[:16] != row["sha256"]:
        raise DataAbsent(f"{row['document']}: other words than were labelled at {row['place']}")
    return Labelled(
        sentence=Sentence(
            text=text,
            before=tuple(words(place) for place in row["before"]),
            after=tuple(words(place) for place in row["after"]),
            kind=KINDS[row["genre"]],
        ),
        genre=row["genre"],
        organisation=row["organisation"],
        facets=frozenset(Facet(name) for name in row["facets"]),
        assertion=Assertion(row["assertion"]) if row["assertion"] else None,
        fix=FixKind(row["fix"]) if row["fix"] else None,
        topics=frozenset(row["topics"]),
        weight=None,
        wave=row["wave"],
    )


def _kind(genre: str, identity: str) -> str:
    if genre in KINDS:
        return KINDS[genre]
    return identity.partition("#")[0].rpartition("-")[2]  # casebook/<who>/<date>-<kind>#<n>
