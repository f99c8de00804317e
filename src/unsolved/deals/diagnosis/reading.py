"""What a sentence is about when no cue is heard in it: which of the five reasons, or neither.

A linear reader of stems of words and of the vectors that ship with the package, taught with
invented sentences (``training/said.py``). It knows fewer than it hears, so it only speaks where
no cue does, and weighs less.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, fsum, log, sqrt
from operator import mul
from pathlib import Path

from unsolved.conversations.acts.words import stem
from unsolved.deals.diagnosis.model import Cold

NEITHER = "neither"
SHARE = 0.7
"""How much stems count beside the vector; both have the length one before."""

FEWEST = 5
"""Words under which nothing is said of a sentence."""

NOTHING: Mapping[Cold, float] = dict.fromkeys(Cold, 0.0)
"""What is said of a sentence that is too short."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What the reader was taught: a weight for each stem and each number of the vector.

    ``vectors`` is the fingerprint of the vectors that it was taught with.
    """

    vectors: str
    rarity: Mapping[str, float]
    stems: Mapping[str, Mapping[str, float]]
    vector: Mapping[str, Sequence[float]]
    bias: Mapping[str, float]


def about(texts: Sequence[str]) -> tuple[Mapping[Cold, float], ...]:
    """Return how probably each sentence is about each reason; the rest is about neither."""
    from unsolved.evidence.embedding import embedding  # noqa: PLC0415 - numpy, and megabytes

    read = [text for text in texts if len(text.split()) >= FEWEST]
    vectors = embedding().embed(read).tolist() if read else []
    told = {text: _about(text, vector) for text, vector in zip(read, vectors, strict=True)}
    return tuple(told.get(text, NOTHING) for text in texts)


def stems_of(text: str, rarity: Mapping[str, float]) -> dict[str, float]:
    """Return the known stems of a text, each weighed by how rare it is, of length `SHARE`."""
    count = Counter(map(stem, words(text)))
    found = {one: (1 + log(n)) * rarity[one] for one, n in count.items() if one in rarity}
    length = sqrt(fsum(value * value for value in found.values()))
    return {one: SHARE * value / length for one, value in found.items()}


def words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return _WORD.findall(text.lower().replace("\u2019", "'"))


def _about(text: str, vector: Sequence[float]) -> Mapping[Cold, float]:
    known = taught()
    found = stems_of(text, known.rarity)
    scores = {}
    for name, bias in known.bias.items():
        stems, numbers = known.stems[name], known.vector[name]
        told = [value * stems.get(one, 0.0) for one, value in found.items()]
        scores[name] = fsum([bias, *told, *map(mul, vector, numbers)])
    highest = max(scores.values())
    odds = {name: exp(score - highest) for name, score in scores.items()}
    total = fsum(odds.values())
    return {cold: odds[cold.name.lower()] / total for cold in Cold}


@cache
def taught() -> Taught:
    """Return what ships with the package; `training/said.py` makes it."""
    told = json.loads(Path(__file__).with_name("said.json").read_text("utf-8"))
    return Taught(**told)
