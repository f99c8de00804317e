"""The reader we use: every sentence is skimmed, and where that leaves a doubt, judged.

Most sentences of most documents say nothing about a problem, and many that do say it plainly.
There the quick network is sure and its answer stands. The rest, a few in a hundred, go to the
judge, whose logits and a share of the quick one's are added up (after Viola & Jones 2001,
doi:10.1109/CVPR.2001.990517, a cascade). How sure is sure enough was chosen on sentences that
neither had seen, by ``training/cascade.py``.
"""

from collections.abc import Sequence
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np

from unsolved.evidence.judge import Judge, judge
from unsolved.evidence.judging import Floats, Judging
from unsolved.evidence.model import Label, Sentence
from unsolved.evidence.skim import WEIGHTS, Skim, skim

VERSION = "cascade 1"


class CascadeReader:
    """Reads with two networks, and with the slow one only what the quick one doubts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.skim: Skim = skim(folder)
        kept = self.skim.settings
        self.quick = Judging.of(kept)
        self._low, self._high = (np.asarray(kept[n], dtype=np.float32) for n in ("low", "high"))

    @property
    def name(self) -> str:
        """How the reader is called."""
        return "model"

    @cached_property
    def fingerprint(self) -> str:
        """What changes exactly when an answer could."""
        parts = (VERSION, self.skim.fingerprint, self._judge.fingerprint)
        return sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def judging(self) -> Judging:
        """How the judge's logits, with the share of the quick network's, become labels."""
        return self._judge.judging

    def label(self, sentences: Sequence[Sentence]) -> list[Label]:
        """Return one label a sentence, in order."""
        if not sentences:
            return []
        raw = self.skim.logits(sentences)
        labels = self.quick.labels(raw)
        asked = np.flatnonzero(self.doubts(raw)).tolist()
        if asked:
            judged = self._together([sentences[n] for n in asked], raw[asked])
            for n, answer in zip(asked, self.judging.labels(judged), strict=True):
                labels[n] = answer
        return labels

    def doubts(self, raw: Floats) -> np.ndarray:
        """Return for which sentences the quick network's logits leave a doubt."""
        sure = self.quick.probabilities(raw)
        return np.asarray(((sure > self._low) & (sure < self._high)).any(axis=1))

    def logits(self, sentences: Sequence[Sentence]) -> Floats:
        """Return a row of raw numbers a sentence, as if all had gone to the judge."""
        return self._together(sentences, self.skim.logits(sentences))

    def _together(self, sentences: Sequence[Sentence], raw: Floats) -> Floats:
        judged = self._judge.logits(sentences)
        return np.asarray(judged + self._judge.blend * raw, dtype=np.float32)

    @property
    def _judge(self) -> Judge:
        return judge(self._folder)


@cache
def cascade_reader(folder: Path = WEIGHTS) -> CascadeReader:
    """Return the reader with the weights that ship with the package; they are read once."""
    return CascadeReader(folder)
