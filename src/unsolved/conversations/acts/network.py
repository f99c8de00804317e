"""The network that reads acts: MiniLM, tuned on labelled calls, in eight bits.

Sentences go through it one at a time: in eight bits a number is rounded by the largest in its
batch, so a batch would change the answers. ``training/acts.py`` makes it.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from unsolved.evidence import Sentence
from unsolved.evidence.tokens import Tokenizing, Tokens, encode

WEIGHTS = Path(__file__).parent / "weights"
FILES = ("acts.onnx", "acts.npz")
NEAR = 90
"""Characters that are looked at of what the other side said last, and of the one before."""

Floats = NDArray[np.float32]


def encoded(tokenizer: Tokenizing, heard: str, before: str, text: str) -> Tokens:
    """Return the tokens of what was heard, of the sentence before, and of the sentence."""
    sentence = Sentence(text=text, before=(before[-NEAR:],) if before else ())
    return encode(tokenizer, sentence, kind=heard[-NEAR:] or None)


class Network:
    """Says what a sentence does, in logits and in probabilities."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "acts.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(_tokenizer(folder)))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        with np.load(folder / "acts.npz", allow_pickle=False) as kept:
            self._slope, self._start = kept["slope"], kept["start"]
            self.threshold: Floats = kept["threshold"]

    def logits(self, heard: str, before: str, text: str) -> Floats:
        """Return the raw numbers of one sentence: acts, no topic, topics."""
        tokens = encoded(self._tokenizer, heard, before, text)
        feed = {
            "ids": np.array([tokens.ids], dtype=np.int64),
            "types": np.array([tokens.types], dtype=np.int64),
        }
        row: Floats = self._session.run(["logits"], feed)[0][0]
        return row

    def chances(self, logits: Floats) -> tuple[Floats, Floats]:
        """Return the probability of each act, and of no topic and each topic."""
        many = len(self.threshold)
        acts: Floats = 1 / (1 + np.exp(-(logits[:many] * self._slope + self._start)))
        raised = np.exp(logits[many:] - logits[many:].max())
        topics: Floats = raised / raised.sum()
        return acts, topics


@cache
def network() -> Network:
    """Return the one that ships with the package; it is read once."""
    return Network()


@cache
def fingerprint(folder: Path = WEIGHTS) -> str:
    """Return what changes exactly when an answer could."""
    return sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()[:12]


def _tokenizer(folder: Path) -> Path:
    """Return the tokenizer: one beside the weights, or the one that all our networks share."""
    from unsolved.evidence.pieces import WEIGHTS as SHARED  # noqa: PLC0415 (numpy is here)

    beside = folder / "tokenizer.json"
    return beside if beside.is_file() else SHARED / "tokenizer.json"
