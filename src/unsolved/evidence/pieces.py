"""Texts as the pieces of words that the networks know, each text cut once.

A sentence is read itself, then stands beside two others, and is matched after that.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent / "weights"
LONGEST = 96
"""The most pieces of a text that are looked at."""

REMEMBERED = 16_384
"""Texts that are kept."""

Ids = NDArray[np.int64]


class Pieces:
    """Cuts texts, and remembers those it has cut lately."""

    def __init__(self, tokenizer: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        self._known: dict[str, Ids] = {}

    def cut(self, texts: Sequence[str]) -> list[Ids]:
        """Return the numbers of the pieces of each text, at most ``LONGEST`` of them."""
        known = self._known
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if len(known) + len(new) > REMEMBERED:
            known, new = {}, list(dict.fromkeys(texts))
        cut = self._tokenizer.encode_batch(new, add_special_tokens=False)
        known.update(zip(new, (np.array(one.ids, dtype=np.int64) for one in cut), strict=True))
        self._known = known
        return [known[text] for text in texts]


@cache
def pieces(folder: Path = WEIGHTS) -> Pieces:
    """Return the ones that ship with the package."""
    return Pieces(folder / "tokenizer.json")
