"""The reader we use: MiniLM, tuned on labelled sentences, with the quick reader in front.

Most sentences of most documents say nothing about a problem. Where the quick reader is sure of
that, its answer stands; the rest go through the network, one at a time: in eight bits a
number is rounded by the largest in its batch, so a batch would change the answers.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from unsolved.evidence.judging import HEADS, Floats, Judging
from unsolved.evidence.linear import LinearReader, linear_reader
from unsolved.evidence.model import Label, Sentence
from unsolved.evidence.tokens import encode

WEIGHTS = Path(__file__).parent / "weights"
FILES = ("judge.onnx", "judge.npz", "tokenizer.json")
VERSION = "judge 1"


class TransformerReader:
    """Reads with a small network, and only what may say something."""

    def __init__(self, folder: Path, screen: LinearReader) -> None:
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
            self._enough = float(kept["screen"])
            self._blend = np.float32(kept["blend"])
        self._screen = screen
        read = b"".join((folder / name).read_bytes() for name in FILES)
        self._fingerprint = sha256(
            f"{VERSION} {screen.fingerprint}".encode() + read
        ).hexdigest()

    @property
    def name(self) -> str:
        """How the reader is called."""
        return "model"

    @property
    def fingerprint(self) -> str:
        """What changes exactly when an answer could."""
        return self._fingerprint[:16]

    def label(self, sentences: Sequence[Sentence]) -> list[Label]:
        """Return one label a sentence, in order."""
        quick = self._screen.logits(sentences)
        labels = self._screen.judging.labels(quick)
        asked = [n for n, one in enumerate(labels) if max(one.facets.values()) >= self._enough]
        raw = self._judged([sentences[n] for n in asked], quick[asked])
        for n, answer in zip(asked, self.judging.labels(raw), strict=True):
            labels[n] = answer
        return labels

    def logits(self, sentences: Sequence[Sentence]) -> Floats:
        """Return a row of raw numbers a sentence, as if the screen had passed them all."""
        return self._judged(sentences, self._screen.logits(sentences))

    def _judged(self, sentences: Sequence[Sentence], quick: Floats) -> Floats:
        """Return what the network finds, plus a share of what the quick reader found."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            rows = list(pool.map(self._one, sentences))
        raw = np.array(rows, dtype=np.float32).reshape(len(rows), HEADS)
        return np.asarray(raw + self._blend * quick, dtype=np.float32)

    def _one(self, sentence: Sentence) -> Floats:
        tokens = encode(self._tokenizer, sentence, kind=sentence.kind)
        feed = {
            "ids": np.array([tokens.ids], dtype=np.int64),
            "types": np.array([tokens.types], dtype=np.int64),
        }
        row: Floats = self._session.run(["logits"], feed)[0][0]
        return row


@cache
def transformer_reader(folder: Path = WEIGHTS) -> TransformerReader:
    """Return the reader with the weights that ship with the package; they are read once."""
    return TransformerReader(folder, linear_reader())
