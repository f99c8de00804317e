"""The network that reads acts: MiniLM, tuned on labelled calls, and weighed words beside it.

MiniLM is in eight bits, and sentences go through it one at a time: in eight bits a number is
rounded by the largest in its batch, so a batch would change the answers. ``training/acts.py``
makes both.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from unsolved.evidence import Sentence
from unsolved.evidence.linear import Weighing
from unsolved.evidence.pieces import pieces
from unsolved.evidence.tokens import Tokenizing, Tokens, encode

WEIGHTS = Path(__file__).parent / "weights"
FILES = ("acts.onnx", "acts.npz", "words.npz")
NEAR = 90
"""Characters that are looked at of what the other side said last, and of the one before."""

Floats = NDArray[np.float32]


def beside(heard: str, before: str, text: str) -> Sentence:
    """Return a sentence with what was heard and the one before as the neighbours it has."""
    return Sentence(
        text=text,
        before=(before[-NEAR:],) if before else (),
        after=(heard[-NEAR:],) if heard else (),
    )


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
        with np.load(folder / "words.npz", allow_pickle=False) as kept:
            self._words = Weighing({name: kept[name] for name in kept.files}, pieces())
        with np.load(folder / "acts.npz", allow_pickle=False) as kept:
            self._slope, self._start = kept["slope"], kept["start"]
            self.threshold: Floats = kept["threshold"]

    def logits(self, heard: str, before: str, text: str) -> Floats:
        """Return the raw numbers of one sentence: acts, no topic, topics, acts by the words."""
        tokens = encoded(self._tokenizer, heard, before, text)
        feed = {
            "ids": np.array([tokens.ids], dtype=np.int64),
            "types": np.array([tokens.types], dtype=np.int64),
        }
        row: Floats = self._session.run(["logits"], feed)[0][0]
        worded = self._words.logits([beside(heard, before, text)])[0]
        return np.concatenate([row, worded])

    def chances(self, logits: Floats) -> tuple[Floats, Floats]:
        """Return the probability of each act, and of no topic and each topic."""
        many = len(self.threshold)
        both = logits[:many] * self._slope[0] + logits[-many:] * self._slope[1]
        acts: Floats = 1 / (1 + np.exp(-(both + self._start)))
        topical = logits[many:-many]
        raised = np.exp(topical - topical.max())
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
