"""Texts as vectors, near each other when they are about the same thing.

One vector a token, summed and brought to length one: no network, thousands of texts a second.
The vectors are distilled from MiniLM by ``training/embedding.py``; they know what a text is
about and not what it says of it, so they can shortlist and should not decide.
"""

from collections.abc import Sequence
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent / "weights"
VERSION = "embedding 1"
CHUNK = 2048


class Embedding:
    """A vector for every token, read from a file."""

    def __init__(self, vectors: Path, tokenizer: Path) -> None:
        with np.load(vectors, allow_pickle=False) as kept:
            self._vectors: NDArray[np.int8] = kept["vectors"]
            self._scales: NDArray[np.float32] = kept["scales"].astype(np.float32)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._files = (vectors, tokenizer)

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return int(self._vectors.shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """What changes exactly when a vector could."""
        read = b"".join(path.read_bytes() for path in self._files)
        return sha256(VERSION.encode() + read).hexdigest()[:16]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, in order; a text without a known token gets zeros.

        The product of two of them is their cosine.
        """
        out = np.zeros((len(texts), self.width), dtype=np.float32)
        for start in range(0, len(texts), CHUNK):
            part = list(texts[start : start + CHUNK])
            rows = self._tokenizer.encode_batch(part, add_special_tokens=False)
            ids = [row.ids for row in rows]
            out[start : start + len(part)] = self._sums(ids)
        length = np.linalg.norm(out, axis=1, keepdims=True)
        return np.asarray(out / np.maximum(length, 1e-9), dtype=np.float32)

    def _sums(self, rows: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        sums = np.zeros((len(rows), self.width), dtype=np.float32)
        for at, row in enumerate(rows):
            if row:
                chosen = self._vectors[row].astype(np.float32)
                sums[at] = self._scales[row] @ chosen
        return sums


@cache
def embedding() -> Embedding:
    """Return the vectors that ship with the package; they are read once."""
    return Embedding(WEIGHTS / "embedding.npz", WEIGHTS / "tokenizer.json")
