"""The network that judges: MiniLM, tuned end to end on labelled sentences, in eight bits.

Sentences go through it one at a time: in eight bits a number is rounded by the largest in its
batch, so a batch would change the answers. ``training/transformer.py`` makes it.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from unsolved.evidence.judging import HEADS, Floats, Judging
from unsolved.evidence.model import Sentence
from unsolved.evidence.pieces import WEIGHTS
from unsolved.evidence.tokens import encode
from unsolved.evidence.workers import threads

FILES = ("judge.onnx", "judge.npz", "tokenizer.json")
VERSION = "judge 2"


class Judge:
    """Says what a sentence says, in logits; slow, and the best we have."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "judge.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        with np.load(folder / "judge.npz", allow_pickle=False) as kept:
            self.judging = Judging.of(kept)
            self.blend = np.float32(kept["blend"])

    def logits(self, sentences: Sequence[Sentence]) -> Floats:
        """Return a row of raw numbers a sentence: facets, assertions, fixes."""
        if threads() == 1:
            rows = [self._one(sentence) for sentence in sentences]
        else:
            with ThreadPoolExecutor(threads()) as pool:
                rows = list(pool.map(self._one, sentences))
        return np.array(rows, dtype=np.float32).reshape(len(rows), HEADS)

    def _one(self, sentence: Sentence) -> Floats:
        tokens = encode(self._tokenizer, sentence, kind=sentence.kind)
        feed = {
            "ids": np.array([tokens.ids], dtype=np.int64),
            "types": np.array([tokens.types], dtype=np.int64),
        }
        row: Floats = self._session.run(["logits"], feed)[0][0]
        return row


@cache
def fingerprint(folder: Path = WEIGHTS) -> str:
    """Return what changes exactly when an answer of the judge could; it need not be opened."""
    read = b"".join((folder / name).read_bytes() for name in FILES)
    return sha256(VERSION.encode() + read).hexdigest()[:16]


@cache
def judge(folder: Path = WEIGHTS) -> Judge:
    """Return the network that ships with the package; it is read once."""
    return Judge(folder)
