"""In what two organisations are alike: trade, size and where they stand on the same problem.

A famous name says nothing to somebody who is nothing like it. So an organisation is listed only
with reasons, one of them its trade or its size, and those far larger or smaller never.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from unsolved.conversations.acts.words import stems
from unsolved.conversations.brief.choosing import KINDS
from unsolved.conversations.brief.model import Likeness, Peer
from unsolved.evidence import Measure, amounts_in
from unsolved.prospects import Attempt, Neighbour, Outcome, Prospect, Standing

NEAR, FAR = 2.0, 8.0
"""Within which factor two sizes are alike, and from which on they are worlds apart."""

FEWEST = 2
MOST = 4
LOOKED_INTO = 12
"""Candidates whose attempts are looked at."""

STUCK = frozenset({Standing.TRIED_AND_FAILED, Standing.IN_DENIAL})
_VAGUE = frozenset(stems("services service general other public company group supplier"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A neighbour with its reasons so far, and how much they weigh."""

    neighbour: Neighbour
    alike: tuple[Likeness, ...]
    points: float


def candidates(
    own: Neighbour, others: Iterable[Neighbour], famous: re.Pattern[str] | None = None
) -> list[Candidate]:
    """Return those alike in trade or size, most alike first; the famous only to the famous."""
    shown = famous is None or famous.search(own.name) is not None
    found = [
        one
        for other in others
        if other.organisation_id != own.organisation_id
        and (shown or famous is None or not famous.search(other.name))
        and (one := _candidate(own, other))
    ]
    found.sort(key=lambda one: (-one.points, -one.neighbour.score, one.neighbour.name))
    return found


def peers(own: Prospect, chosen: Sequence[Candidate], known: Sequence[Prospect]) -> list[Peer]:
    """Return the most alike, with what they tried too, each with at least two reasons."""
    by_id = {one.organisation_id: one for one in known}
    found = []
    for one in chosen:
        prospect = by_id.get(one.neighbour.organisation_id)
        more, points = _tried(own.attempts, prospect.attempts if prospect else ())
        alike = (*one.alike, *more)
        if len(alike) >= FEWEST:
            found.append((one.points + points, one.neighbour, alike))
    found.sort(key=lambda row: (-row[0], -row[1].score, row[1].name))
    return [
        Peer(
            organisation_id=neighbour.organisation_id,
            name=neighbour.name,
            standing=neighbour.standing,
            alike=alike,
        )
        for _, neighbour, alike in found[:MOST]
    ]


def related(industry: str | None, industries: Iterable[str]) -> list[str]:
    """Return the industries that are the same trade, a kind of it, or near it.

    >>> related("Grocery retail", ["Retail", "Grocery retail", "Toys"])
    ['Grocery retail', 'Retail']
    """
    if not industry:
        return []
    near = [one for one in industries if _trade(industry, one) or _sector(industry, one)]
    return sorted(near, key=lambda one: (one != industry, one))


def _candidate(own: Neighbour, other: Neighbour) -> Candidate | None:
    reasons: list[tuple[float, Likeness]] = []
    shared = _trade(own.industry, other.industry)
    if shared:
        same = own.industry == other.industry
        text = f"same industry: {other.industry}" if same else f"both in {shared}"
        reasons.append((3.0 if same else 2.0, Likeness(text)))
    elif sector := _sector(own.industry, other.industry):
        reasons.append((1.5, Likeness(f"both in {sector}: {other.industry}")))
    factor, size = _size(own, other)
    if factor is not None and factor > FAR:
        return None
    if size:
        reasons.append((2.5, Likeness(size)))
    if not reasons:
        return None
    reasons += [(worth, Likeness(text)) for worth, text in _situation(own, other)]
    if own.country and own.country == other.country and own.industry == other.industry:
        reasons.append((0.5, Likeness(f"same country: {own.country}")))
    points = sum(worth for worth, _ in reasons)
    return Candidate(neighbour=other, alike=tuple(r for _, r in reasons), points=points)


def _situation(own: Neighbour, other: Neighbour) -> Iterator[tuple[float, str]]:
    if own.standing is other.standing and own.standing is not Standing.UNSEEN:
        yield 1.5, f"stands at the same point: {other.standing.value}"
    elif own.standing in STUCK and other.standing in STUCK:
        yield 1.0, f"nearly the same point: {other.standing.value}"


def _size(own: Neighbour, other: Neighbour) -> tuple[float | None, str]:
    """Return by which factor two sizes differ, if known, and in words where they are near."""
    if own.employees and other.employees:
        factor = _factor(own.employees, other.employees)
        return factor, (
            f"within a factor of 2 in employees: {other.employees:,}" if factor <= NEAR else ""
        )
    ours, theirs = _money(own.revenue or ""), _money(other.revenue or "")
    if ours and theirs and ours[1] == theirs[1]:
        factor = _factor(ours[0], theirs[0])
        return factor, (
            f"within a factor of 2 in revenue: {other.revenue}" if factor <= NEAR else ""
        )
    return None, ""


def _factor(one: float, other: float) -> float:
    return max(one, other) / max(min(one, other), 1e-9)


@lru_cache(maxsize=4_000)
def _money(revenue: str) -> tuple[float, str] | None:
    """Return a revenue as a number and its currency, where it can be read."""
    for amount in amounts_in(revenue):
        value = amount.least or amount.most
        if amount.measure is Measure.MONEY and value:
            return value, amount.unit
    return None


@lru_cache(maxsize=20_000)
def _trade(one: str | None, other: str | None) -> str:
    """Return what two industries share, in words; empty when nothing that tells."""
    if not one or not other:
        return ""
    if one.casefold() == other.casefold():
        return one
    ours, theirs = _head(one), _head(other)
    return theirs if ours and stems(ours) == stems(theirs) else ""


@lru_cache(maxsize=20_000)
def _sector(one: str | None, other: str | None) -> str:
    """Return the sector that two industries share; empty when there is none."""
    if not one or not other:
        return ""
    ours, theirs = stems(one), stems(other)
    return next((name for name, words in _sectors() if words & ours and words & theirs), "")


@cache
def _sectors() -> tuple[tuple[str, frozenset[str]], ...]:
    told = tomllib.loads(Path(__file__).with_name("sectors.toml").read_text("utf-8"))
    return tuple((name, stems(words)) for name, words in told.items())


def _head(industry: str) -> str:
    """Return the word of an industry that says what it is: "retail" of "grocery retail"."""
    telling = [word for word in industry.lower().split() if stems(word) - _VAGUE]
    return telling[-1].strip(",;()") if telling else ""


_FAILED = (Outcome.FAILED, Outcome.PERSISTS, Outcome.DENIED)


def _tried(ours: Sequence[Attempt], theirs: Sequence[Attempt]) -> tuple[list[Likeness], float]:
    """Return that they tried the same kind of fix, with the sentence that says so."""
    failed = {one.kind for one in ours if one.outcome in _FAILED}
    for one in sorted(theirs, key=lambda one: one.outcome not in _FAILED):
        if one.kind in failed and one.kind in KINDS:
            came = ", and it failed" if one.outcome in _FAILED else ""
            text = f"tried {KINDS[one.kind]} too{came}"
            return [Likeness(text, one.evidence)], 1.5 + 0.5 * bool(came)
    return [], 0.0
