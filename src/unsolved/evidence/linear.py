"""The quick reader: one weight a feature, added up and brought to a probability.

Trained by ``training/linear.py``; numpy is all it needs here.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from unsolved.evidence import cues, features
from unsolved.evidence.judging import HEADS, Judging
from unsolved.evidence.model import Label, Sentence

WEIGHTS = Path(__file__).parent / "weights" / "linear.npz"
VERSION = "linear 1"


class LinearReader:
    """Reads by weighing words; quick, and deaf to what they mean together."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], fingerprint: str) -> None:
        self._weights = np.asarray(arrays["weights"], dtype=np.int8)
        self._scales = np.asarray(arrays["scales"], dtype=np.float32)
        self._bias = np.asarray(arrays["bias"], dtype=np.float32)
        self._rarity = np.asarray(arrays["rarity"], dtype=np.float32)
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

    def logits(self, sentences: Sequence[Sentence]) -> NDArray[np.float32]:
        """Return a row of raw sums a sentence: facets, assertions, fixes."""
        rows = np.zeros((len(sentences), HEADS), dtype=np.float32)
        for at, sentence in enumerate(sentences):
            row = features.features(sentence)
            places = np.fromiter(row, dtype=np.int64, count=len(row))
            values = np.fromiter(row.values(), dtype=np.float32, count=len(row))
            values *= self._rarity[places]
            values /= max(float(np.linalg.norm(values)), 1e-9)
            rows[at] = values @ self._weights[places].astype(np.float32)
        return np.asarray(rows * self._scales + self._bias, dtype=np.float32)


@cache
def linear_reader(path: Path = WEIGHTS) -> LinearReader:
    """Return the reader with the weights that ship with the package; they are read once."""
    read = path.read_bytes() + cues.cue_reader().fingerprint.encode()
    version = f"{VERSION} {features.VERSION}".encode()
    with np.load(path, allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    return LinearReader(arrays, sha256(version + read).hexdigest()[:16])
