"""Which problem is a sentence about?

Two kinds of sign are added up: the problem's own terms, in the sentence and around it, and
nearness in meaning between the words of the problem and those of the text. What surrounds a
sentence counts because failure is often told in one sentence and its subject in another. The
weights are fitted by ``training/match.py`` (logistic regression) and stand in ``match.toml``.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from unsolved.evidence.embedding import Embedding
from unsolved.problems import Library, Problem

Floats = NDArray[np.float32]
SHIPPED = Path(__file__).with_name("match.toml")
WINDOW = 5
"""Sentences on each side that count as what surrounds a sentence."""

FEATURES = (
    "own terms",
    "terms around",
    "title terms",
    "own nearness",
    "nearness around",
    "lead around",
    "lead in terms",
)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature is worth, in log-odds, and where the sum starts."""

    start: float
    features: tuple[float, ...]

    @classmethod
    def read(cls, path: Path = SHIPPED) -> Self:
        """Read the weights that ship with the package, or others."""
        told = tomllib.loads(path.read_text("utf-8"))
        return cls(told["start"], tuple(told["features"][name] for name in FEATURES))


class Matcher:
    """Says how likely a sentence is about each problem of a library."""

    def __init__(self, library: Library, embedding: Embedding, weights: Weights) -> None:
        self.library = library
        self._embedding = embedding
        self._weights = weights
        self._terms = [term_pattern(problem.terms) for problem in library.problems]

    @cached_property
    def fingerprint(self) -> str:
        """What changes exactly when the matcher could answer differently."""
        parts = (self.library.fingerprint, self._embedding.fingerprint, repr(self._weights))
        return sha256("\n".join(parts).encode()).hexdigest()[:16]

    def match(self, title: str, texts: Sequence[str], chosen: Sequence[int]) -> Floats:
        """Return the probability that each chosen sentence is about each problem.

        ``texts`` are the sentences of one document, ``chosen`` indexes into them; the answer
        has shape (chosen, problems).
        """
        if not chosen or not self.library.problems:
            return np.zeros((len(chosen), len(self.library.problems)), np.float32)
        features = self.features(title, texts, chosen)
        log_odds = features @ np.array(self._weights.features, np.float32) + self._weights.start
        return np.asarray(1 / (1 + np.exp(-log_odds)), np.float32)

    def features(self, title: str, texts: Sequence[str], chosen: Sequence[int]) -> Floats:
        """Return what the probability is computed from: (chosen, problems, features)."""
        around = [range(max(0, i - WINDOW), min(len(texts), i + WINDOW + 1)) for i in chosen]
        needed = sorted({i for window in around for i in window})
        place = {i: at for at, i in enumerate(needed)}
        hits = [[self._hits(at, texts[i]) for i in needed] for at in range(len(self._terms))]
        vectors = self._embedding.embed([texts[i] for i in needed])
        own = np.stack([vectors[place[i]] for i in chosen])
        mean = np.stack([vectors[[place[i] for i in window]].mean(axis=0) for window in around])
        mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
        near = np.stack([(own @ f.T).max(axis=1) for f in self._fragments], axis=1)
        wide = mean @ self._centroids.T
        out = np.zeros((len(chosen), len(self._terms), len(FEATURES)), np.float32)
        for p, found in enumerate(hits):
            titled = len(self._hits(p, title))
            for row, (i, window) in enumerate(zip(chosen, around, strict=True)):
                wider = set().union(*(found[place[j]] for j in window))
                out[row, p, :3] = min(len(found[place[i]]), 3), np.log1p(len(wider)), titled > 0
        out[:, :, 3], out[:, :, 4] = near, wide
        out[:, :, 5] = wide - _best_other(wide)
        out[:, :, 6] = out[:, :, 1] - _best_other(out[:, :, 1])
        return out

    def _hits(self, problem: int, text: str) -> set[str]:
        return {found.casefold() for found in self._terms[problem].findall(text)}

    @cached_property
    def _fragments(self) -> list[Floats]:
        return [self._embedding.embed(fragments(p)) for p in self.library.problems]

    @cached_property
    def _centroids(self) -> Floats:
        sums = np.stack([vectors.mean(axis=0) for vectors in self._fragments])
        return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))


def fragments(problem: Problem) -> list[str]:
    """Return the pieces of a problem's description that a text may resemble."""
    fixes = (fix.fix for fix in problem.typical_failed_fixes)
    parts = (problem.symptoms, problem.causes, problem.consequences, problem.goals_it_blocks)
    return [problem.title, problem.statement, *(p for part in parts for p in part), *fixes]


def term_pattern(terms: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the terms as whole words, plural or not.

    >>> term_pattern(["pay case"]).findall("Pay cases pile up in the paycase office")
    ['Pay case']
    """
    longest_first = sorted(terms, key=len, reverse=True)
    if not longest_first:
        return re.compile(r"(?!)")
    inner = "|".join(re.escape(term).replace(r"\ ", r"[\s-]+") for term in longest_first)
    return re.compile(rf"\b({inner})(?:s|es|'s)?\b", re.IGNORECASE)


def _best_other(wide: Floats) -> Floats:
    """Return, for each problem, the nearest of the others; its own value if there is none."""
    if wide.shape[1] < 2:  # noqa: PLR2004
        return wide
    ordered = np.sort(wide, axis=1)
    is_best = wide == ordered[:, -1:]
    return np.where(is_best, ordered[:, -2:-1], ordered[:, -1:])
