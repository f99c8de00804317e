"""Fits the quick reader: a logistic regression a facet, and one each for assertion and fix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from training.calibrate import judging, truth
from training.data import ASSERTIONS, FACETS, FIXES, Labelled, folds
from unsolved.evidence.features import SIZE, groups
from unsolved.evidence.pieces import pieces

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


@dataclass(frozen=True)
class Counts:
    """The features of every sentence as rows, and their squares; what occurs twice adds up."""

    rows: csr_matrix
    squares: csr_matrix

    def __getitem__(self, chosen: np.ndarray) -> "Counts":
        """Return some of the rows."""
        return Counts(self.rows[chosen], self.squares[chosen])


def matrix(items: Sequence[Labelled]) -> Counts:
    """Return the features of sentences."""
    rows = squares = csr_matrix((len(items), SIZE))
    for group in groups([item.sentence for item in items], pieces()):
        starts = np.concatenate([[0], np.cumsum(group.counts)])
        values = np.full(len(group.places), group.weight)
        rows = rows + csr_matrix((values, group.places, starts), shape=rows.shape)
        squares = squares + csr_matrix((values**2, group.places, starts), shape=rows.shape)
    return Counts(csr_matrix(rows), csr_matrix(squares))


def rarity(counts: Counts) -> np.ndarray:
    """Return how much each feature weighs: more when few sentences have it."""
    seen = np.bincount(counts.rows.indices, minlength=SIZE)
    rare = np.where(seen > 0, np.log((counts.rows.shape[0] + 1) / (seen + 1)) + 1, 1.0)
    return np.round(rare, 2)


def weighed(counts: Counts, rare: np.ndarray) -> csr_matrix:
    """Return the rows with each feature weighed and each row of length one."""
    length = np.sqrt(counts.squares @ rare**2)
    return csr_matrix(diags(1 / np.maximum(length, 1e-9)) @ counts.rows @ diags(rare))


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
