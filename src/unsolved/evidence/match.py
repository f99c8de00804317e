"""Which problem is a sentence about?

Two kinds of sign are added up: the problem's own terms, in the sentence and around it, and
nearness in meaning between the words of the problem and those of the text. What surrounds a
sentence counts because failure is often told in one sentence and its subject in another. The
weights are fitted by ``training/match.py`` (logistic regression) and stand in ``match.toml``.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from unsolved.problems import Library, Problem

Floats = NDArray[np.float32]
SHIPPED = Path(__file__).with_name("match.toml")
WINDOW = 5
"""Sentences on each side that count as what surrounds a sentence."""

SHORT = 25
"""A document of so many sentences is about one thing; of a longer one, each part."""

MOST_TERMS = 3
"""Different terms in one sentence beyond which more say no more."""

_WORD = re.compile(r"\w+")

FEATURES = (
    "own terms",
    "terms around",
    "title terms",
    "own nearness",
    "nearness around",
    "lead around",
    "lead in terms",
    "document terms",
    "document lead in terms",
    "document lead",
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


class Embedder(Protocol):
    """Whoever turns texts into vectors."""

    @property
    def fingerprint(self) -> str:
        """What changes exactly when a vector could."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return one unit vector a text, in order; zeros where nothing is known."""


class Matcher:
    """Says how likely a sentence is about each problem of a library."""

    def __init__(self, library: Library, embedding: Embedder, weights: Weights) -> None:
        self.library = library
        self._embedding = embedding
        self._weights = weights
        self._terms = [term_pattern(problem.terms) for problem in library.problems]
        self._signs = first_words([problem.terms for problem in library.problems])

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
        features = self.features(title, texts, chosen)
        log_odds = features @ np.array(self._weights.features, np.float32) + self._weights.start
        return np.asarray(1 / (1 + np.exp(-log_odds)), np.float32)

    def weigh(
        self, title: str, texts: Sequence[str], at: int
    ) -> dict[str, list[tuple[str, float]]]:
        """Return, a problem, what each feature adds to the log-odds that `match` is made of."""
        rows = self.features(title, texts, [at])[0] * np.array(self._weights.features)
        return {
            problem.id: [("start", self._weights.start), *zip(FEATURES, row, strict=True)]
            for problem, row in zip(self.library.problems, rows.tolist(), strict=True)
        }

    def terms(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return, a problem, which of its terms a text holds, in small letters."""
        found = zip(self.library.problems, self._hits(text), strict=True)
        return {problem.id: tuple(sorted(hits)) for problem, hits in found}

    def features(self, title: str, texts: Sequence[str], chosen: Sequence[int]) -> Floats:
        """Return what the probability is computed from: (chosen, problems, features)."""
        if not chosen or not self._terms:
            return np.zeros((len(chosen), len(self._terms), len(FEATURES)), np.float32)
        windows = [range(max(0, i - WINDOW), min(len(texts), i + WINDOW + 1)) for i in chosen]
        hits = [self._hits(text) for text in texts]
        vectors = self._embedding.embed(texts)
        own = vectors[list(chosen)]
        around = _units(np.stack([vectors[list(window)].mean(axis=0) for window in windows]))
        whole = _units(self._embedding.embed([title, *texts]).mean(axis=0, keepdims=True))
        titled, everywhere = self._hits(title), [self._hits(title), *hits]
        own_terms = _counts([[hits[i]] for i in chosen])
        terms = np.log1p(_counts([[hits[j] for j in window] for window in windows]))
        document_terms = np.log1p(_counts([everywhere]))
        nearness, about = around @ self._centroids.T, whole @ self._centroids.T
        short = min(1.0, SHORT / len(texts))
        columns = (
            np.minimum(own_terms, MOST_TERMS),
            terms,
            _counts([[titled]]) > 0,
            np.stack([(own @ pieces.T).max(axis=1) for pieces in self._fragments], axis=1),
            nearness,
            _lead(nearness),
            _lead(terms),
            short * document_terms,
            short * _lead(document_terms),
            short * _lead(about),
        )
        shape = (len(chosen), len(self._terms))
        return np.stack([np.broadcast_to(c, shape) for c in columns], axis=2, dtype=np.float32)

    def _hits(self, text: str) -> list[set[str]]:
        """Return the terms of each problem that a text holds."""
        found: list[set[str]] = [set() for _ in self._terms]
        words = set(_WORD.findall(text.lower()))
        for n in {n for word in words & self._signs.keys() for n in self._signs[word]}:
            found[n] = {hit.casefold() for hit in self._terms[n].findall(text)}
        return found

    @cached_property
    def _fragments(self) -> list[Floats]:
        return [self._embedding.embed(fragments(p)) for p in self.library.problems]

    @cached_property
    def _centroids(self) -> Floats:
        return _units(np.stack([vectors.mean(axis=0) for vectors in self._fragments]))


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


def first_words(groups: Sequence[Sequence[str]]) -> Mapping[str, Sequence[int]]:
    """Return which groups have a term that can begin with a word, for every such word.

    A text without any of a group's words holds none of its terms, and need not be searched.

    >>> dict(first_words([["pay case"], ["tax", "Pay"]]))
    {'pay': [0, 1], 'tax': [1], 'taxs': [1], 'taxes': [1], 'pays': [1], 'payes': [1]}
    """
    begins: dict[str, list[int]] = {}
    for n, terms in enumerate(groups):
        for term in terms:
            first, *rest = _WORD.findall(term.lower())[:2]
            for word in (first,) if rest else (first, f"{first}s", f"{first}es"):
                if n not in begins.setdefault(word, []):
                    begins[word].append(n)
    return begins


def _counts(groups: Sequence[Sequence[Sequence[set[str]]]]) -> Floats:
    """Return how many different terms of each problem the texts of each group hold."""
    return np.array(
        [[len(set().union(*held)) for held in zip(*group, strict=True)] for group in groups],
        np.float32,
    )


def _units(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)


def _lead(values: Floats) -> Floats:
    """Return how far each problem is ahead of the best other; 0 when there is no other."""
    if values.shape[1] < 2:  # noqa: PLR2004
        return np.zeros_like(values)
    ordered = np.sort(values, axis=1)
    best_other = np.where(values == ordered[:, -1:], ordered[:, -2:-1], ordered[:, -1:])
    return values - best_other
