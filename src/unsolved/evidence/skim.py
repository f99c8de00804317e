"""The network that skims: every sentence goes through it, and few need to go further.

A vector a token, two convolutions, the highest and the mean over a text: one row a text. The
rows of a sentence and of the ones beside it give what the sentence says; the row of a text
alone gives a vector, near that of another text when both are about the same thing. It is
distilled from the judge and from MiniLM by ``training/skim.py``.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from unsolved.evidence.judging import Floats
from unsolved.evidence.model import Sentence
from unsolved.evidence.pieces import REMEMBERED, WEIGHTS, Ids, pieces
from unsolved.evidence.workers import threads

FILES = ("skim.onnx", "skim-top.onnx", "skim.npz", "tokenizer.json")
VERSION = "skim 1"
KINDS = (
    *("", "filing", "news", "audit", "interview", "job advert", "post", "transcript", "e-mail"),
    "note",
)
"""Kinds of documents; the first stands for any that is not known."""

STEP = 8
"""Texts go through in batches of one length, which is a multiple of this; so the answer for a
text does not depend on the texts that happen to be read with it."""

VECTOR = 192
BATCH = 256


class Skim:
    """Rows and vectors of texts, and what sentences say."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pieces = pieces(folder)
        self._body = session(folder / "skim.onnx")
        self._known: dict[str, tuple[Floats, Floats]] = {}

    @cached_property
    def fingerprint(self) -> str:
        """What changes exactly when an answer could."""
        read = b"".join((self.folder / name).read_bytes() for name in FILES)
        return sha256(VERSION.encode() + read).hexdigest()[:16]

    @cached_property
    def settings(self) -> Mapping[str, NDArray[np.generic]]:
        """How to judge by its logits, as it was calibrated."""
        with np.load(self.folder / "skim.npz", allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}

    def logits(self, sentences: Sequence[Sentence]) -> Floats:
        """Return a row of raw numbers a sentence: facets, assertions, fixes."""
        own = [s.text for s in sentences]
        before = [s.before[-1] if s.before else "" for s in sentences]
        after = [s.after[0] if s.after else "" for s in sentences]
        known = self._read([*own, *before, *after])
        feed: dict[str, NDArray[np.generic]] = {
            "own": np.stack([known[text][0] for text in own]),
            "before": np.stack([known[text][0] for text in before]),
            "after": np.stack([known[text][0] for text in after]),
            "kind": np.array([_kind(s.kind) for s in sentences], dtype=np.int64),
        }
        logits: Floats = self._top.run(["logits"], _filled(feed))[0][: len(sentences)]
        return logits

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Return one unit vector a text, in order; a text without a token gets zeros."""
        known = self._read(texts)
        if not texts:
            return np.zeros((0, VECTOR), dtype=np.float32)
        return np.stack([known[text][1] for text in texts])

    @cached_property
    def _top(self) -> onnxruntime.InferenceSession:
        return session(self.folder / "skim-top.onnx")

    def _read(self, texts: Sequence[str]) -> Mapping[str, tuple[Floats, Floats]]:
        """Return row and vector of at least these texts; lately read ones are still known."""
        known = self._known
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if len(known) + len(new) > REMEMBERED:
            known, new = {}, list(dict.fromkeys(texts))
        known.update(zip(new, zip(*self._run(new), strict=True), strict=True))
        self._known = known
        return known

    def _run(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        tokens = self._pieces.cut(texts)
        rows = np.zeros((len(texts), self._body.get_outputs()[0].shape[1]), dtype=np.float32)
        vectors = np.zeros((len(texts), VECTOR), dtype=np.float32)
        for cut, width in batches(tokens):
            ids = np.zeros((-(-len(cut) // STEP) * STEP, width), dtype=np.int64)
            for at, n in enumerate(cut):
                ids[at, : len(tokens[n])] = tokens[n]
            found = self._body.run(["row", "vector"], {"ids": ids})
            rows[cut], vectors[cut] = (part[: len(cut)] for part in found)
        return rows, vectors


def session(path: Path) -> onnxruntime.InferenceSession:
    """Open a network."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def batches(tokens: Sequence[Ids] | Sequence[Sequence[int]]) -> Iterator[tuple[list[int], int]]:
    """Yield places of texts of like length, with the length to fill them up to.

    >>> list(batches([[7] * 3, [], [7] * 9, [7]]))
    [([0, 3], 8), ([2], 16)]
    """
    alike: dict[int, list[int]] = {}
    for n, row in enumerate(tokens):
        if len(row):
            alike.setdefault(-(-len(row) // STEP) * STEP, []).append(n)
    for width, places in sorted(alike.items()):
        for start in range(0, len(places), BATCH):
            yield places[start : start + BATCH], width


def _filled(feed: Mapping[str, NDArray[np.generic]]) -> dict[str, NDArray[np.generic]]:
    """Return what goes in with empty rows at the end, so that their number is one of few."""
    spare = -len(feed["kind"]) % STEP
    return {
        name: np.pad(value, [(0, spare), *([(0, 0)] * (value.ndim - 1))])
        for name, value in feed.items()
    }


def _kind(kind: str | None) -> int:
    return KINDS.index(kind) if kind in KINDS else 0


@cache
def skim(folder: Path = WEIGHTS) -> Skim:
    """Return the network that ships with the package; it is read once."""
    return Skim(folder)
