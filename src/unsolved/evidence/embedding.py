"""Texts as vectors, near each other when they are about the same thing.

They come from the network that skims, which was taught to put a text where MiniLM puts it
(``training/skim.py``). They know what a text is about and not what it says of it, so they can
shortlist and should not decide.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from unsolved.evidence.skim import VECTOR, Skim, skim

VERSION = "embedding 2"


class Embedding:
    """Vectors of texts."""

    def __init__(self, network: Skim) -> None:
        self._network = network

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return VECTOR

    @property
    def fingerprint(self) -> str:
        """What changes exactly when a vector could."""
        return f"{VERSION} {self._network.fingerprint}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, in order; a text without a known token gets zeros.

        The product of two of them is their cosine.
        """
        return self._network.vectors(texts)


@cache
def embedding() -> Embedding:
    """Return the vectors that ship with the package; they are read once."""
    return Embedding(skim())
