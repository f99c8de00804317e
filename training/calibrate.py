"""From raw numbers on unseen sentences to probabilities, and to the best threshold."""

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from training.data import FACETS, Labelled


def truth(items: Sequence[Labelled]) -> np.ndarray:
    """Return which facets each sentence has."""
    return np.array([[facet in item.facets for facet in FACETS] for item in items])


def judging(logits: np.ndarray, true: np.ndarray) -> Mapping[str, np.ndarray]:
    """Return slope, shift and threshold a facet, from logits on unseen sentences."""
    slopes, shifts, thresholds = [], [], []
    for n in range(len(FACETS)):
        raw = logits[:, n : n + 1]
        platt = LogisticRegression(C=10.0).fit(raw, true[:, n])
        slope, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
        sure = 1 / (1 + np.exp(-(raw[:, 0] * slope + shift)))
        slopes.append(slope)
        shifts.append(shift)
        thresholds.append(threshold(sure))
    return {
        "slope": np.array(slopes, dtype=np.float32),
        "shift": np.array(shifts, dtype=np.float32),
        "thresholds": np.array(thresholds, dtype=np.float32),
    }


def threshold(sure: np.ndarray) -> float:
    """Return the threshold of the best F1 that the probabilities themselves lead us to expect.

    It looks at no label, so that no lucky sentence decides: taking the n likeliest, F1 is
    about twice their summed probability, over n plus the sum of all (Lipton et al. 2014,
    arXiv:1402.1892).
    """
    likeliest = np.sort(sure)[::-1]
    expected = 2 * np.cumsum(likeliest) / (np.arange(1, len(sure) + 1) + sure.sum())
    return float(np.round(likeliest[int(expected.argmax())], 3))


def f1(said: np.ndarray, true: np.ndarray) -> float:
    """Return F1; 0 when nothing is said and nothing is true."""
    return float(2 * (said & true).sum() / max(1, said.sum() + true.sum()))


def precision(logits: np.ndarray, true: np.ndarray) -> float:
    """Return the mean average precision of the seven facets."""
    return float(np.mean([average_precision_score(true[:, n], logits[:, n]) for n in range(7)]))
