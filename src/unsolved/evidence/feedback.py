"""What people said of some sentences, taken in for all.

A sentence on which somebody spoke is settled: confirmed it is about the problem, dismissed it
is not; so is the same statement elsewhere, where it has words enough to mean the same there
and nobody says otherwise. Other sentences move with those they are near to in meaning: the
kernel-weighted vote of the examples is added to the log-odds of the match, as in Tip-Adapter
(Zhang et al. 2022, arXiv:2207.09519), with a kernel that ends and a vote that is shrunk, so
that a few examples move little and far ones nothing.

Nothing is learned and nothing is stored but what was said: without feedback every match is as
it was, the order of saying does not matter, and what is taken back leaves no trace.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from unsolved.evidence.model import Evidence, Feedback, Verdict

FAR = 0.5
"""Of sentences drawn at random, one pair in a hundred is nearer than 0.54; sentences
no nearer than this teach each other nothing."""

MOST = 3.0
"""The log-odds that many near examples move a match by, all of one mind."""

DOUBT = 0.5
"""How many examples at no distance move it half of that; one at a cosine of 0.7 moves 0.7."""

FEWEST_WORDS = 8
"""Shorter statements ("It failed at once.") may be about another thing elsewhere."""

SURE = 0.9999
"""A match is taken to be no surer than this when it is moved."""

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]
_WORD = re.compile(r"[^\W_]+")


def hear(
    pieces: Sequence[Evidence], feedback: Iterable[Feedback], embed: Embed
) -> list[Evidence]:
    """Return the evidence with what people said taken in, on the problems they spoke of."""
    spoken: dict[str, list[Feedback]] = defaultdict(list)
    for one in feedback:
        spoken[one.problem_id].append(one)
    heard = list(pieces)
    for problem, said in sorted(spoken.items()):
        settled = [settle(piece, said) for piece in heard]
        moved = _moved(heard, settled, said, problem, embed)
        heard = [
            _with(piece, problem, verdict, match)
            for piece, verdict, match in zip(heard, settled, moved, strict=True)
        ]
    return heard


def settle(piece: Evidence, said: Iterable[Feedback]) -> Verdict | None:
    """Return what people said of a sentence, or None when nobody did or they disagree.

    ``said`` is on one problem. What was said of it in its own document comes first.
    """
    same = [one for one in said if one.statement == piece.statement]
    own = [one.verdict for one in same if one.lineage == piece.lineage]
    telling = len(_WORD.findall(piece.quote.text)) >= FEWEST_WORDS
    verdicts = set(own or (one.verdict for one in same if telling))
    return verdicts.pop() if len(verdicts) == 1 else None


def shifts(nearness: Floats, verdicts: Sequence[Verdict]) -> NDArray[np.float64]:
    """Return what examples add to the log-odds of sentences: (sentences,).

    ``nearness`` has shape (sentences, examples) and holds cosines.
    """
    weights = (np.clip((nearness.astype(np.float64) - FAR) / (1 - FAR), 0, 1)) ** 2
    signs = np.array([1.0 if one is Verdict.CONFIRMED else -1.0 for one in verdicts])
    return np.asarray(MOST * (weights @ signs) / (DOUBT + weights.sum(axis=1)))


def moved(match: float, shift: float) -> float:
    """Return a match with ``shift`` added to its log-odds; without a shift it is as it was."""
    if not shift or not match:
        return match
    known = min(match, SURE)
    return round(1 / (1 + exp(-(log(known / (1 - known)) + shift))), 4)


def _moved(
    pieces: Sequence[Evidence],
    settled: Sequence[Verdict | None],
    said: Sequence[Feedback],
    problem: str,
    embed: Embed,
) -> list[float]:
    """Return how likely each piece is about the problem, as far as examples can tell."""
    matches = [piece.matches.get(problem, 0.0) for piece in pieces]
    open_ = [
        at for at, (p, verdict) in enumerate(zip(matches, settled, strict=True))
        if p and verdict is None
    ]  # fmt: skip
    if open_:
        quotes, verdicts = zip(*_examples(said), strict=True)
        near = embed([pieces[at].quote.text for at in open_]) @ embed(quotes).T
        for at, shift in zip(open_, shifts(near, verdicts).tolist(), strict=True):
            matches[at] = moved(matches[at], shift)
    return matches


def _examples(said: Iterable[Feedback]) -> list[tuple[str, Verdict]]:
    """Return the words and verdicts, each pair once, in the same order however they came."""
    return sorted({(one.quote.text, one.verdict) for one in said})


def _with(piece: Evidence, problem: str, verdict: Verdict | None, match: float) -> Evidence:
    known = piece.matches.get(problem)
    if verdict is None and (known is None or known == match):
        return piece
    verdicts = {**piece.verdicts, **({problem: verdict} if verdict else {})}
    if verdict:
        match = float(verdict is Verdict.CONFIRMED)
    untaught: Mapping[str, float] = piece.matches if piece.untaught is None else piece.untaught
    matches = {**piece.matches, problem: match}
    return replace(piece, matches=matches, verdicts=verdicts, untaught=untaught)
