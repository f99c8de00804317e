"""The labelled sentences: where they are, what they hold, and how organisations are kept apart.

The texts in ``../shared/data`` come from elsewhere and stay there; we read and never copy them.
"""

import json
import os
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from unsolved.evidence.model import Assertion, Facet, FixKind, Sentence

BESIDE = Path(__file__).resolve().parents[2] / "shared"
SHARED = Path(os.environ.get("UNSOLVED_SHARED", BESIDE))
FILES = ("data/labels/sentences.jsonl", "casebook/sentences.jsonl")
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

    @property
    def group(self) -> str:
        """Which part of a table it is counted in."""
        return GROUPS[self.genre]


def load(shared: Path = SHARED) -> list[Labelled]:
    """Return every labelled sentence, in the order of the files.

    Raises:
        DataAbsent: a file is missing.
    """
    missing = [name for name in FILES if not (shared / name).is_file()]
    if missing:
        raise DataAbsent(f"no labelled sentences: {', '.join(missing)} not found in {shared}")
    return [labelled for name in FILES for labelled in _read(shared / name)]


def folds(items: Sequence[Labelled], count: int = FOLDS, seed: int = SEED) -> list[int]:
    """Return a fold for each item; an organisation is in one fold, every genre in all folds."""
    sizes: dict[tuple[str, str], int] = defaultdict(int)
    for item in items:
        sizes[item.genre, item.organisation] += 1
    order = sorted(sizes)
    random.Random(seed).shuffle(order)  # noqa: S311 - a split, not a secret
    order.sort(key=lambda key: -sizes[key])
    filled: dict[tuple[str, int], int] = defaultdict(int)
    fold: dict[tuple[str, str], int] = {}
    for key in order:
        fold[key] = min(range(count), key=lambda number: (filled[key[0], number], number))
        filled[key[0], fold[key]] += sizes[key]
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


def _kind(genre: str, identity: str) -> str:
    if genre in KINDS:
        return KINDS[genre]
    return identity.partition("#")[0].rpartition("-")[2]  # casebook/<who>/<date>-<kind>#<n>
