"""Pairs counted: precision and recall, each with its interval."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

Pairs = set[frozenset[int]]
Z = 1.96


@dataclass(frozen=True)
class Score:
    """How many records and true pairs there are, and how many were merged and proposed."""

    records: int
    true: int
    merged: int
    right: int
    proposed: int
    found: int


def scored(truth: Mapping[int, Hashable], merged: Pairs, proposed: Pairs) -> Score:
    """Count pairs of records that were made one, and that may be made one."""
    true = pairs_of(truth)
    return Score(
        records=len(truth),
        true=len(true),
        merged=len(merged),
        right=len(merged & true),
        proposed=len(proposed - merged),
        found=len((merged | proposed) & true),
    )


def pairs_of(groups: Mapping[int, Hashable]) -> Pairs:
    """Return the pairs that are in one group."""
    members: dict[Hashable, list[int]] = {}
    for one, group in groups.items():
        members.setdefault(group, []).append(one)
    return {frozenset(pair) for some in members.values() for pair in combinations(some, 2)}


def across(one: Collection[int], other: Collection[int]) -> Iterable[frozenset[int]]:
    """Yield the pairs with one record on each side."""
    return (frozenset((a, b)) for a in one for b in other)


def told(score: Score) -> tuple[str | int, ...]:
    """Return a score as a row of a table."""
    return (
        score.records,
        score.true,
        score.merged,
        share(score.right, score.merged),
        score.proposed,
        share(score.right, score.true),
        share(score.found, score.true),
    )


def share(part: int, whole: int) -> str:
    """Return a share with the interval of Wilson (1927) around it."""
    if not whole:
        return "-"
    rate = part / whole
    middle = (rate + Z * Z / (2 * whole)) / (1 + Z * Z / whole)
    spread = (
        Z * sqrt(rate * (1 - rate) / whole + Z * Z / (4 * whole * whole)) / (1 + Z * Z / whole)
    )
    return f"{rate:.3f} ({max(middle - spread, 0):.3f}-{min(middle + spread, 1):.3f})"


def f1(right: int, found: int, true: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * right / (found + true) if found + true else 0.0


def sizes(groups: Mapping[int, Hashable]) -> Counter[int]:
    """Return how many groups have how many members."""
    return Counter(Counter(groups.values()).values())
