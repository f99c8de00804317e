"""Two ways to open: with what was found out about them, or with what is seen elsewhere.

Sentences are made of templates, quotes and the library of problems; of several that could be
said, the first is taken that a linter of outreach has nothing against.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from unsolved.conversations.acts.words import stems
from unsolved.conversations.brief.clause import CUT, clause, flat, inside
from unsolved.conversations.brief.model import Citation, Claim, Opener, Way
from unsolved.evidence import Evidence, Facet, Speaker
from unsolved.problems import Problem
from unsolved.prospects import Standing

Faults = Callable[[str], int]
"""How many things are wrong with a text that is to be said or sent."""

MOST_WORDS = 89
QUOTED = 28
"""Words of a quote in an opener."""

OFFERED = 24
"""Candidates that are looked at before the one with the fewest faults is taken."""

_OURS = frozenset({"note"})
"""Documents that are ours, and are not quoted to those they are about."""


def day(value: date) -> str:
    """Return a day as it is said.

    >>> day(date(2025, 3, 8))
    '8 March 2025'
    """
    return f"{value.day} {value:%B %Y}"


def research(
    standing: Standing,
    pieces: Sequence[Evidence],
    today: date,
    faults: Faults,
    seed: int = 0,
) -> tuple[Claim, Opener] | None:
    """Return what may be presumed and how to open with it; None where nothing can be quoted."""
    told = [piece for piece in pieces if piece.kind not in _OURS]
    if standing is Standing.UNSEEN or not told:
        return None
    found = [
        (f"{said} {presume}{_age(Citation.of(piece, today), seed)} {ask}", presume, piece)
        for piece in told[:3]
        for said, (presume, ask) in product(
            _turned(_sayings(piece), seed), _presumptions(standing, piece, seed)
        )
    ]
    text, presume, piece = _best(found, faults, lambda row: row[0])
    cited = (Citation.of(piece, today),)
    return Claim(presume, cited), Opener(Way.RESEARCH, text, cited)


def insight(
    problem: Problem | None,
    trade: str,
    pieces: Sequence[Evidence],
    today: date,
    faults: Faults,
    seed: int = 0,
) -> Opener | None:
    """Return how to open with what is seen elsewhere; None where the library says nothing.

    ``trade`` is where we have seen it, in words; empty where that was in other trades.
    """
    if problem is None:
        return None
    heard = stems(" ".join(piece.quote.text for piece in pieces))
    told = [piece for piece in pieces if piece.kind not in _OURS]
    where = f", in the same trade too ({trade})" if trade else ""
    ask = _turned(_data()["insight"]["ask"], seed)[0]
    found: list[tuple[str, Evidence | None]] = []
    for seen in _insights(problem, heard, where, seed):
        for piece in told[:2]:
            found += [(f"{said} {seen} {ask}", piece) for said in _sayings(piece)[:1]]
        found.append((f"{seen} {ask}", None))
    if not found:
        return None
    text, piece = _best(found, faults, lambda row: row[0])
    return Opener(Way.INSIGHT, text, (Citation.of(piece, today),) if piece else ())


def _presumptions(standing: Standing, piece: Evidence, seed: int) -> list[tuple[str, str]]:
    """Return what may be presumed and asked, so that it fits the quote it stands beside."""
    texts = _data()
    if Facet.FAILURE in piece.labels and standing is not Standing.RESOLVED:
        standing = max(standing, Standing.TRIED_AND_FAILED, key=_gravity)
    asked = _turned(texts["ask"][standing.value], seed)
    presumed = _turned(texts["presume"][standing.value], seed)
    return [(one, asked[at % len(asked)]) for at, one in enumerate(presumed)]


def _gravity(standing: Standing) -> int:
    order = (Standing.TRIED_AND_FAILED, Standing.IN_DENIAL)
    return order.index(standing) + 1 if standing in order else 0


def _best(found: Sequence[Any], faults: Faults, text: Callable[[Any], str]) -> Any:  # noqa: ANN401 (whatever goes with a text)
    """Return the first that nothing is wrong with, or else what is least wrong."""
    short = [one for one in found if len(text(one).split()) <= MOST_WORDS] or found[:1]
    least: tuple[int, Any] | None = None
    for one in short[:OFFERED]:
        wrong = faults(text(one))
        if wrong == 0:
            return one
        if least is None or wrong < least[0]:
            least = wrong, one
    assert least is not None
    return least[1]


def _insights(problem: Problem, heard: frozenset[str], where: str, seed: int) -> Iterator[str]:
    texts = _data()["insight"]
    fixes = sorted(problem.typical_failed_fixes, key=lambda fix: -_near(fix.fix, heard))
    for fix in fixes:
        for shape in _turned(texts["fix"], seed):
            yield shape.format(where=where, fix=_bare(fix.fix), why=_bare(fix.why_it_fails))
    for name, known in (("cause", problem.causes), ("sign", problem.symptoms)):
        for one in sorted(known, key=lambda text: -_near(text, heard)):
            for shape in texts[name]:
                yield shape.format(where=where, **{name: _bare(one)})


def _near(text: str, heard: frozenset[str]) -> int:
    return len(stems(text) & heard)


def _bare(text: str) -> str:
    return flat(text).rstrip(".!?;:, ")


def _sayings(piece: Evidence) -> list[str]:
    """Return a quote with where it stands, each way it can be said."""
    whose = "own" if piece.speaker is Speaker.ORGANISATION else "others"
    shapes = _data()[whose].get(piece.kind, _data()[whose]["post"])
    when = f" of {day(piece.said_on)}" if piece.said_on else ""
    words = inside(clause(piece.quote.text, QUOTED))
    closed = {"?": "\u201d", "!": "\u201d", CUT: "\u201d."}.get(words[-1:], ".\u201d")
    return [f"{shape.format(date=when)}: \u201c{words}{closed}" for shape in shapes]


def _age(cited: Citation, seed: int) -> str:
    if cited.years < 2:  # noqa: PLR2004 - the date says enough
        return ""
    years = f"{cited.years} years"
    return " " + _turned(_data()["old"]["said"], seed)[0].format(years=years)


def _turned(texts: Sequence[str], seed: int) -> list[str]:
    at = seed % len(texts)
    return [*texts[at:], *texts[:at]]


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("openers.toml").read_text("utf-8"))
