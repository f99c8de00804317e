"""Chooses how the two networks work together, on organisations that neither has seen.

How much of the quick network's logits is added to the judge's, both calibrations, and where
the quick one leaves a doubt: a facet's probability between ``low`` and ``high``. The doubts are
as wide as may be while no more than ``PASSED`` of the sentences of documents at large go on.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from training.calibrate import f1, judging, truth
from training.data import FACETS, HELD_OUT, Labelled, folds, load
from training.export import precision
from unsolved.evidence.judge import VERSION as JUDGE
from unsolved.evidence.judging import Judging
from unsolved.evidence.model import Facet, Sentence
from unsolved.evidence.skim import Skim

BLENDS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5)
PASSED = 0.04
WIDTHS = np.linspace(0.0, 1.0, 101)
SEVEN = len(FACETS) - 1
MATTERS = {Facet.FAILURE: 2.0, Facet.RESOLVED: 1.5, Facet.ATTEMPT: 1.2, Facet.URGENCY: 0.2}
"""How much wider than others the doubt of a facet is: standing rests on these most."""


def band(thresholds: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
    """Return where the doubt of each facet begins and ends, on either side of its threshold."""
    share = np.array([min(1.0, width * MATTERS.get(facet, 1.0)) for facet in FACETS])
    return thresholds * (1 - share), thresholds + (1 - thresholds) * share


def doubts(sure: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return which sentences are left in doubt."""
    return ((sure > low) & (sure < high)).any(1)


def scores(said: np.ndarray, true: np.ndarray) -> float:
    """Return macro-F1 over the seven facets."""
    return float(np.mean([f1(said[:, n], true[:, n]) for n in range(SEVEN)]))


def choose(
    quick: np.ndarray, slow: np.ndarray, large: np.ndarray, held: Sequence[Labelled]
) -> tuple[Mapping[str, np.ndarray], Mapping[str, np.ndarray]]:
    """Return what the quick network keeps and what the judge keeps.

    ``quick`` and ``slow`` are the logits of both for the ``held`` sentences, ``large`` the
    quick network's for sentences as they come.
    """
    true, n = truth(held), len(FACETS)
    mixed = {blend: precision(slow[:, :n] + blend * quick[:, :n], true) for blend in BLENDS}
    print(
        "mean average precision by blend", mixed, "quick alone", precision(quick[:, :n], true)
    )
    blend = max(mixed, key=lambda one: mixed[one])
    both = slow + blend * quick
    kept, judged = judging(quick[:, :n], true), judging(both[:, :n], true)
    easy, best = Judging.of(kept), Judging.of(judged)
    sure, at_large = easy.probabilities(quick), easy.probabilities(large)
    first, second = sure >= easy.thresholds, best.probabilities(both) >= best.thresholds
    print(f"macro-F1: quick alone {scores(first, true):.3f}, judge {scores(second, true):.3f}")
    chosen = 0.0
    for width in WIDTHS:
        low, high = band(easy.thresholds, float(width))
        share = doubts(at_large, low, high).mean()
        asked = doubts(sure, low, high)
        said = np.where(asked[:, None], second, first)
        if share <= PASSED:
            chosen = float(width)
        if round(float(width) * 100) % 5 == 0:
            print(f"  width {width:.2f}: {share:.3f} go on at large, {asked.mean():.3f} of the "
                  f"labelled, macro-F1 {scores(said, true):.3f}")  # fmt: skip
    low, high = band(easy.thresholds, chosen)
    print(f"width {chosen:.2f}")
    extra = {"low": low.astype(np.float32), "high": high.astype(np.float32)}
    return {**kept, **extra}, {**judged, "blend": np.float32(blend)}


def held_out() -> list[Labelled]:
    """Return the sentences of the organisations that neither network has seen."""
    items = load(waves=0)
    return [i for i, fold in zip(items, folds(items), strict=True) if fold == HELD_OUT]


def settle(out: Path, large: Sequence[Sentence], slow: np.ndarray) -> None:
    """Choose, and keep what was chosen beside the networks in ``out``."""
    held = held_out()
    network = Skim(out)
    quick = network.logits([item.sentence for item in held])
    skim, judged = choose(quick, slow, network.logits(large), held)
    np.savez_compressed(out / "skim.npz", **skim)
    np.savez_compressed(out / "judge.npz", **judged)
    print(f"kept beside {JUDGE}")
