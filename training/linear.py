"""Fits the quick reader: a logistic regression a facet, and one each for assertion and fix."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from training.calibrate import judging, truth
from training.data import ASSERTIONS, FACETS, FIXES, Labelled, folds
from unsolved.evidence.features import SIZE, features

STRENGTH = 8.0
Heads = tuple[np.ndarray, np.ndarray]


def fit(items: Sequence[Labelled]) -> Mapping[str, np.ndarray]:
    """Return what the quick reader keeps; its judging comes from unseen organisations."""
    counts = matrix(items)
    fold = np.array(folds(items))
    unseen = np.zeros((len(items), len(FACETS)))
    for number in range(fold.max() + 1):
        seen, rest = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        rare = rarity(counts[seen])
        weights, bias = facet_heads(weighed(counts[seen], rare), [items[n] for n in seen])
        unseen[rest] = weighed(counts[rest], rare) @ weights + bias
    rare = rarity(counts)
    rows = weighed(counts, rare)
    parts = (facet_heads(rows, items), assertion_heads(rows, items), fix_heads(rows, items))
    weights, bias = (np.concatenate(part, axis=-1) for part in zip(*parts, strict=True))
    scales = np.maximum(np.abs(weights).max(0), 1e-9) / 127
    return {
        "weights": np.round(weights / scales).astype(np.int8),
        "scales": scales.astype(np.float32),
        "bias": bias.astype(np.float32),
        "rarity": rare.astype(np.float16),
        **judging(unseen, truth(items)),
    }


def matrix(items: Sequence[Labelled]) -> csr_matrix:
    """Return the features of every sentence as rows."""
    rows = [features(item.sentence) for item in items]
    places = np.array([place for row in rows for place in row])
    values = np.array([value for row in rows for value in row.values()])
    starts = np.cumsum([0, *(len(row) for row in rows)])
    return csr_matrix((values, places, starts), shape=(len(rows), SIZE))


def rarity(counts: csr_matrix) -> np.ndarray:
    """Return how much each feature weighs: more when few sentences have it."""
    seen = np.bincount(counts.indices, minlength=SIZE)
    rare = np.where(seen > 0, np.log((counts.shape[0] + 1) / (seen + 1)) + 1, 1.0)
    return np.round(rare, 2)


def weighed(counts: csr_matrix, rare: np.ndarray) -> csr_matrix:
    """Return the rows with each feature weighed and each row of length one."""
    rows = csr_matrix(counts @ diags(rare))
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(1)).ravel())
    return csr_matrix(diags(1 / np.maximum(length, 1e-9)) @ rows)


def facet_heads(rows: csr_matrix, items: Sequence[Labelled]) -> Heads:
    """Return weights and bias for each facet."""
    true = truth(items)
    return _heads(rows, [true[:, n] for n in range(len(FACETS))])


def assertion_heads(rows: csr_matrix, items: Sequence[Labelled]) -> Heads:
    """Return weights and bias for each assertion, from the sentences that have one."""
    kept = np.flatnonzero([item.assertion is not None for item in items])
    said = [items[n].assertion for n in kept]
    return _heads(rows[kept], [np.array([it is one for it in said]) for one in ASSERTIONS])


def fix_heads(rows: csr_matrix, items: Sequence[Labelled]) -> Heads:
    """Return weights and bias for each kind of fix, from the sentences that have one."""
    kept = np.flatnonzero([item.fix is not None for item in items])
    said = [items[n].fix for n in kept]
    return _heads(rows[kept], [np.array([it is one for it in said]) for one in FIXES])


def _heads(rows: csr_matrix, answers: Sequence[np.ndarray]) -> Heads:
    weights = np.zeros((SIZE, len(answers)))
    bias = np.full(len(answers), -5.0)  # an answer never seen is never given
    for n, true in enumerate(answers):
        if true.any() and not true.all():
            model = LogisticRegression(C=STRENGTH, solver="liblinear").fit(rows, true)
            weights[:, n], bias[n] = model.coef_[0], model.intercept_[0]
    return weights, bias
