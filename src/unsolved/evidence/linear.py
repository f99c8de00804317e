"""The quick reader: one weight a feature, added up and brought to a probability.

Trained by ``training/linear.py``; it sees what words stand together, and is deaf to what they
mean.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from unsolved.evidence import features
from unsolved.evidence.judging import Floats, Judging
from unsolved.evidence.model import Label, Sentence
from unsolved.evidence.pieces import Pieces, pieces

WEIGHTS = Path(__file__).parent / "weights" / "linear.npz"
VERSION = "linear 2"


class Weighing:
    """One weight a feature and a number to tell; sums of a sentence's features, by its length.

    ``weights`` is a row a feature and a column a number, in whole ``scales``; ``rarity`` a
    feature.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], cut: Pieces) -> None:
        weights = np.asarray(arrays["weights"], dtype=np.float32)
        rarity = np.asarray(arrays["rarity"], dtype=np.float32)
        scales = np.asarray(arrays["scales"], dtype=np.float32)
        self._weights = weights * scales * rarity[:, None]
        self._squares = rarity**2
        self._bias = np.asarray(arrays["bias"], dtype=np.float32)
        self._pieces = cut

    def logits(self, sentences: Sequence[Sentence]) -> Floats:
        """Return a row of raw sums a sentence."""
        width = self._weights.shape[1]
        sums = np.zeros((len(sentences), width), dtype=np.float32)
        squares = np.zeros(len(sentences), dtype=np.float32)
        for group in features.groups(sentences, self._pieces):
            weight = np.float32(group.weight)
            sums += weight * _summed(self._weights.take(group.places, axis=0), group.counts)
            squares += weight**2 * _summed(self._squares.take(group.places), group.counts)
        length = np.sqrt(np.maximum(squares, 1e-12))
        return np.asarray(sums / length[:, None] + self._bias, dtype=np.float32)


class LinearReader:
    """Reads by weighing pieces of words; quick, and deaf to what they mean together."""

    def __init__(
        self, arrays: Mapping[str, NDArray[np.generic]], fingerprint: str, cut: Pieces
    ) -> None:
        self._weighing = Weighing(arrays, cut)
        self.judging = Judging.of(arrays)
        self._fingerprint = fingerprint

    @property
    def name(self) -> str:
        """How the reader is called."""
        return "linear"

    @property
    def fingerprint(self) -> str:
        """What changes exactly when an answer could."""
        return self._fingerprint

    def label(self, sentences: Sequence[Sentence]) -> list[Label]:
        """Return one label a sentence, in order."""
        return self.judging.labels(self.logits(sentences))

    def logits(self, sentences: Sequence[Sentence]) -> Floats:
        """Return a row of raw sums a sentence: facets, assertions, fixes."""
        return self._weighing.logits(sentences)


def _summed(rows: Floats, counts: NDArray[np.int64]) -> Floats:
    """Return the sum of the first rows, then of the next ones, so many as ``counts`` says."""
    out = np.zeros((len(counts), *rows.shape[1:]), dtype=np.float32)
    some = np.flatnonzero(counts)
    if len(some):
        starts = (np.cumsum(counts) - counts)[some]
        out[some] = np.add.reduceat(rows, starts, axis=0)
    return out


@cache
def linear_reader(path: Path = WEIGHTS) -> LinearReader:
    """Return the reader with the weights that ship with the package; they are read once."""
    tokenizer = (path.parent / "tokenizer.json").read_bytes()
    version = f"{VERSION} {features.VERSION}".encode()
    with np.load(path, allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    fingerprint = sha256(version + path.read_bytes() + tokenizer).hexdigest()[:16]
    return LinearReader(arrays, fingerprint, pieces(path.parent))
