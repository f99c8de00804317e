"""What a linear model looks at: pieces of words, pairs of them, pieces beside the sentence.

Each feature is a place in a long row, found by hashing (Weinberger et al. 2009), so there is
no list of words to keep. All sentences of a batch are worked out together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from unsolved.evidence.model import Sentence
from unsolved.evidence.pieces import Ids, Pieces

BITS = 17
SIZE = 2**BITS
VERSION = "features 2"
APART, NEAR = 0.7, 0.3  # how much a pair with one between, and a neighbour's piece, weigh
MIX = np.uint64(0x9E3779B97F4A7C15)  # Knuth's multiplicative hashing, in 64 bits


@dataclass(frozen=True, slots=True)
class Group:
    """Features of one sort: places in order of the sentences, and how many each has."""

    places: NDArray[np.int64]
    counts: NDArray[np.int64]
    weight: float


def groups(sentences: Sequence[Sentence], pieces: Pieces) -> Iterator[Group]:
    """Yield what sentences fill, sort by sort."""
    own = pieces.cut([s.text for s in sentences])
    before = pieces.cut([s.before[-1] if s.before else "" for s in sentences])
    after = pieces.cut([s.after[0] if s.after else "" for s in sentences])
    kinds = np.array([crc32((s.kind or "").encode()) for s in sentences], dtype=np.int64)
    yield _group(own, 0, 1.0)
    yield _pairs(own, 1, 1.0)
    yield _pairs(own, 2, APART)
    yield _group(before, 3, NEAR)
    yield _group(after, 4, NEAR)
    yield Group(_places(kinds, 5), np.ones(len(sentences), dtype=np.int64), 1.0)


def _group(rows: Sequence[Ids], sort: int, weight: float) -> Group:
    counts = np.array([len(row) for row in rows], dtype=np.int64)
    return Group(_places(_joined(rows), sort), counts, weight)


def _pairs(rows: Sequence[Ids], apart: int, weight: float) -> Group:
    """Return the pairs of pieces that stand so far apart in a row."""
    parts = slice(None, -apart), slice(apart, None)
    counts = np.array([max(0, len(row) - apart) for row in rows], dtype=np.int64)
    first, second = (_joined([row[part] for row in rows]) for part in parts)
    return Group(_places(first * 1_000_003 + second, apart + 10), counts, weight)


def _joined(rows: Sequence[Ids]) -> Ids:
    return np.concatenate([np.zeros(0, dtype=np.int64), *rows])


def _places(values: NDArray[np.int64], sort: int) -> NDArray[np.int64]:
    mixed = (values.astype(np.uint64) * np.uint64(31) + np.uint64(sort + 1)) * MIX
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)
