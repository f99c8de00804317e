"""The reader we use: every sentence is skimmed, and where that leaves a doubt, judged.

Most sentences of most documents say nothing about a problem, and many that do say it plainly.
There the quick network is sure and its answer stands. The rest, a few in a hundred, go to the
judge (a cascade, after Viola & Jones 2001, doi:10.1109/CVPR.2001.990517). To the logits of
either a share of what the linear reader says is added: it goes by the words alone, which the
networks at times overhear. How sure is sure enough was chosen on sentences that
neither had seen, by ``training/cascade.py``.
"""

from collections.abc import Sequence
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np

from unsolved.evidence.judge import Judge, fingerprint, judge
from unsolved.evidence.judging import Floats, Judging
from unsolved.evidence.linear import LinearReader, linear_reader
from unsolved.evidence.model import Label, Sentence
from unsolved.evidence.pieces import WEIGHTS
from unsolved.evidence.skim import Skim, skim

VERSION = "cascade 1"


class CascadeReader:
    """Reads with two networks, and with the slow one only what the quick one doubts."""

    def __init__(self, folder: Path, name: str = "model") -> None:
        self._folder = folder
        self._name = name
        self.skim: Skim = skim(folder)
        self._linear: LinearReader = linear_reader(folder / "linear.npz")
        kept = self.skim.settings
        self.quick = Judging.of(kept)
        self._share = np.float32(kept["share"])
        low, high = (np.asarray(kept[f"{name}_{end}"], np.float32) for end in ("low", "high"))
        self.bounds = (low, high)

    @property
    def name(self) -> str:
        """How the reader is called."""
        return self._name

    @cached_property
    def fingerprint(self) -> str:
        """What changes exactly when an answer could."""
        parts = (
            *(VERSION, self._name, self.skim.fingerprint, self._linear.fingerprint),
            fingerprint(self._folder),
        )
        return sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def judging(self) -> Judging:
        """How the judge's logits, with the share of the quick network's, become labels."""
        return self._judge.judging

    def label(self, sentences: Sequence[Sentence]) -> list[Label]:
        """Return one label a sentence, in order."""
        if not sentences:
            return []
        words = self._linear.logits(sentences)
        raw = self._quickly(sentences, words)
        labels = self.quick.labels(raw)
        asked = np.flatnonzero(self.doubts(raw)).tolist()
        if asked:
            judged = self._slowly([sentences[n] for n in asked], words[asked])
            for n, answer in zip(asked, self.judging.labels(judged), strict=True):
                labels[n] = answer
        return labels

    def doubts(self, raw: Floats) -> np.ndarray:
        """Return for which sentences the quick network's logits leave a doubt."""
        sure = self.quick.probabilities(raw)
        low, high = self.bounds
        return np.asarray(((sure > low) & (sure < high)).any(axis=1))

    def quick_logits(self, sentences: Sequence[Sentence]) -> Floats:
        """Return a row of raw numbers a sentence, as the quick ones see it."""
        return self._quickly(sentences, self._linear.logits(sentences))

    def logits(self, sentences: Sequence[Sentence]) -> Floats:
        """Return a row of raw numbers a sentence, as if all had gone to the judge."""
        return self._slowly(sentences, self._linear.logits(sentences))

    def _quickly(self, sentences: Sequence[Sentence], words: Floats) -> Floats:
        return np.asarray(self.skim.logits(sentences) + self._share * words, dtype=np.float32)

    def _slowly(self, sentences: Sequence[Sentence], words: Floats) -> Floats:
        judged = self._judge.logits(sentences)
        return np.asarray(judged + self._judge.blend * words, dtype=np.float32)

    @property
    def _judge(self) -> Judge:
        return judge(self._folder)


@cache
def cascade_reader(name: str = "model", folder: Path = WEIGHTS) -> CascadeReader:
    """Return the reader with the weights that ship with the package; they are read once.

    ``model`` sends on whatever is in doubt, ``fast`` only where it pays most.
    """
    return CascadeReader(folder, name)
