"""Which story does a short document go on with, when it does not say itself?

A news item that says "the worst is behind it, and the contract with Accenture is renegotiated"
names no problem; a reader who has followed the story knows which one. A short document that is
clearly about none of the problems is taken to go on with those that other short documents about
the organisation are clearly about: surely so when both name the same third thing (a supplier, a
product, a programme), less so when they do not. Long documents speak of many things and get
nothing from this.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from unsolved.evidence import Evidence

SHORT = 30
"""A document with at most so many pieces of evidence is about one thing."""

CLEAR = 0.7
"""A document is clearly about a problem when its best matches are this likely."""

BEST = 3
NAMED, UNNAMED = 0.9, 0.5
"""How much of the clear document's match another gets, with and without a shared name."""

_NAME = re.compile(
    r"(?<!^)(?<![.!?:] )\b([A-Z][A-Za-z0-9&/'-]{2,}|[A-Z0-9]*\d[A-Z0-9]*[A-Z][A-Z0-9]*)\b"
)
_ANY_NAME = re.compile(r"\b[A-Z][A-Za-z0-9]{2,}\b")
_NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
        January February March April May June July August September October November December
        Monday Tuesday Wednesday Thursday Friday Saturday Sunday The This American British
        Canadian German French European United States Kingdom America Europe Germany Canada
        England London Act Street
        """,
    )
)


def follow(evidence: Sequence[Evidence], own_names: Iterable[str]) -> list[Evidence]:
    """Return the evidence about one organisation, unclear short documents matched by story."""
    own = {word.casefold() for name in own_names for word in name.split()}
    documents: dict[int, list[Evidence]] = defaultdict(list)
    for piece in evidence:
        documents[piece.document_id].append(piece)
    short = {d: pieces for d, pieces in documents.items() if len(pieces) <= SHORT}
    names = {d: _names(pieces, own) for d, pieces in short.items()}
    levels = {d: _levels(pieces) for d, pieces in short.items()}
    raised = {d: _inherited(d, levels, names) for d in short if _is_unclear(levels[d])}
    return [_raise(piece, raised.get(piece.document_id, {})) for piece in evidence]


def _levels(pieces: Sequence[Evidence]) -> dict[str, float]:
    """Return how clearly a document is about each problem: the mean of its best matches."""
    problems = {problem for piece in pieces for problem in piece.matches}
    return {problem: _mean_of_best(pieces, problem) for problem in problems}


def _mean_of_best(pieces: Sequence[Evidence], problem: str) -> float:
    best = sorted((piece.matches.get(problem, 0.0) for piece in pieces), reverse=True)[:BEST]
    return sum(best) / len(best)


def _is_unclear(levels: Mapping[str, float]) -> bool:
    return max(levels.values(), default=0.0) < CLEAR


def _inherited(
    document: int, levels: Mapping[int, Mapping[str, float]], names: Mapping[int, set[str]]
) -> dict[str, float]:
    """Return the matches that a document gets from the clear ones."""
    got: dict[str, float] = {}
    for other, clear in levels.items():
        share = NAMED if names[document] & names[other] else UNNAMED
        for problem, level in clear.items():
            if other != document and level >= CLEAR:
                got[problem] = max(got.get(problem, 0.0), share * level)
    return got


def _raise(piece: Evidence, inherited: Mapping[str, float]) -> Evidence:
    if not inherited:
        return piece
    matches = dict(piece.matches)
    for problem, match in inherited.items():
        if problem not in piece.verdicts:  # people have said
            matches[problem] = max(matches.get(problem, 0.0), match)
    return replace(piece, matches=matches)


def _names(pieces: Sequence[Evidence], own: set[str]) -> set[str]:
    found = {name for piece in pieces for name in _NAME.findall(piece.quote.text)}
    found |= set(_ANY_NAME.findall(pieces[0].title))
    return {name for name in found - _NO_NAMES if name.casefold() not in own}
