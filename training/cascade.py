"""Chooses how the two networks work together, on organisations that neither has seen.

How much of what the linear reader says is added to the logits of either, both calibrations,
and where the quick one leaves a doubt: a probability between ``low`` and ``high``. The doubts
are as wide as may be while no more than a share of the sentences at large goes on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.calibrate import f1, judging, precision, truth
from training.data import FACETS, apart, load
from unsolved.evidence.judging import Judging
from unsolved.evidence.linear import linear_reader
from unsolved.evidence.model import Sentence
from unsolved.evidence.skim import Skim

SHARES = (0.0, 0.5, 1.0, 1.5)
BLENDS = (0.0, 0.2, 0.3, 0.4, 0.5)
PASSED = {"model": 0.16, "fast": 0.01}
"""The share of sentences at large that may go on to the judge, by the reader's name."""

SEVEN = len(FACETS) - 1
LOWS = (1.0, 0.8, 0.6, 0.45, 0.35, 0.25, 0.18, 0.12, 0.08, 0.05)
HIGHS = (1.0, 0.85, 0.7, 0.55, 0.4, 0.3, 0.2, 0.1, 0.05)
"""Steps by which a doubt is widened: shares of the threshold, and of what is above it."""

Steps = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Both:
    """What quick and slow make of the same sentences, and quick of sentences at large."""

    quick: np.ndarray
    slow: np.ndarray
    large: np.ndarray
    easy: Judging
    best: Judging

    def band(self, steps: Steps) -> tuple[np.ndarray, np.ndarray]:
        """Return where the doubt of each facet begins and ends."""
        at = self.easy.thresholds
        low = at * np.array([LOWS[n] for n in steps[0]])
        return low, 1 - (1 - at) * np.array([HIGHS[n] for n in steps[1]])

    def asked(self, steps: Steps) -> tuple[np.ndarray, float]:
        """Return which sentences go on, and the share of those at large."""
        low, high = self.band(steps)
        asked, large = (
            ((sure > low) & (sure < high)).any(1)
            for sure in map(self.easy.probabilities, (self.quick, self.large))
        )
        return asked, float(large.mean())

    def said(self, asked: np.ndarray) -> np.ndarray:
        """Return what is said when those that are asked get the slow answer."""
        first = self.easy.probabilities(self.quick) >= self.easy.thresholds
        second = self.best.probabilities(self.slow) >= self.best.thresholds
        return np.where(asked[:, None], second, first)

    def expected(self, asked: np.ndarray) -> float:
        """Return the macro-F1 that the slow probabilities lead us to expect."""
        said, sure = self.said(asked), self.best.probabilities(self.slow)
        hits, both = (said * sure).sum(0), said.sum(0) + sure.sum(0)
        return float((2 * hits / both)[:SEVEN].mean())


def widen(both: Both, passed: float, true: np.ndarray) -> Steps:
    """Return the doubts that pay most: widened where a sentence more gains most, step by step.

    What is gained is looked up in the judge's probabilities, not in labels.
    """
    steps: Steps = ((0,) * len(FACETS), (0,) * len(FACETS))
    asked, share = both.asked(steps)
    worth = both.expected(asked)
    while True:
        tried = []
        for one in _wider(steps):
            asked, more = both.asked(one)
            gain = both.expected(asked) - worth
            if gain > 0 and more <= passed:
                tried.append((gain / max(more - share, 1e-4), one))
        if not tried:
            return steps
        steps = max(tried)[1]
        asked, share = both.asked(steps)
        worth = both.expected(asked)
        print(f"  {share:.3f} go on at large, {asked.mean():.3f} of the labelled: "
              f"macro-F1 {scores(both.said(asked), true):.3f}")  # fmt: skip


def _wider(steps: Steps) -> Iterator[Steps]:
    for side, most in enumerate((len(LOWS), len(HIGHS))):
        for facet in range(SEVEN):
            for more in (1, 2, 3):
                if steps[side][facet] + more < most:
                    row = list(steps[side])
                    row[facet] += more
                    yield (tuple(row), steps[1]) if side == 0 else (steps[0], tuple(row))


def scores(said: np.ndarray, true: np.ndarray) -> float:
    """Return macro-F1 over the seven facets."""
    return float(np.mean([f1(said[:, n], true[:, n]) for n in range(SEVEN)]))


def best_share(
    one: np.ndarray, other: np.ndarray, shares: Sequence[float], true: np.ndarray
) -> float:
    """Return the share of ``other`` that, added to ``one``, ranks best."""
    n = len(FACETS)
    found = {share: precision(one[:, :n] + share * other[:, :n], true) for share in shares}
    print("mean average precision by share of the words", found)
    return max(found, key=lambda share: found[share])


def settle(out: Path, large: Sequence[Sentence], slow: np.ndarray) -> None:
    """Choose, and keep what was chosen beside the networks in ``out``.

    ``slow`` holds the judge's logits for the held-out sentences, ``large`` sentences as they
    come.
    """
    held, n = apart(load(waves=0))[1], len(FACETS)
    sentences, true = [item.sentence for item in held], truth(held)
    network, words = Skim(out), linear_reader(out / "linear.npz")
    here, there = words.logits(sentences), words.logits(large)
    quick = network.logits(sentences)
    share = best_share(quick, here, SHARES, true)
    blend = best_share(slow, here, BLENDS, true)
    quick, slow = quick + share * here, slow + blend * here
    easy, best = judging(quick[:, :n], true), judging(slow[:, :n], true)
    both = Both(
        quick=quick,
        slow=slow,
        large=network.logits(large) + share * there,
        easy=Judging.of(easy),
        best=Judging.of(best),
    )
    nobody, everybody = np.zeros(len(held), bool), np.ones(len(held), bool)
    print(f"macro-F1: quick alone {scores(both.said(nobody), true):.3f}, "
          f"judge for all {scores(both.said(everybody), true):.3f}")  # fmt: skip
    extra = {}
    for name, passed in PASSED.items():
        low, high = both.band(widen(both, passed, true))
        extra[f"{name}_low"], extra[f"{name}_high"] = np.float32(low), np.float32(high)
    np.savez_compressed(out / "skim.npz", **easy, **extra, share=np.float32(share))
    np.savez_compressed(out / "judge.npz", **best, blend=np.float32(blend))
