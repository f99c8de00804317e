"""Who made an attempt, and what it cost, as the sentences that tell of it say.

The words are data (``makers.toml``). Where no sentence says, the kind of fix does: what was
built inside was built by the organisation's own people.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from unsolved.evidence import Amount, FixKind, Measure, amounts_in
from unsolved.prospects.fixes import naming, whole
from unsolved.prospects.links import Maker, Role, Spent

WORDS = Path(__file__).with_name("makers.toml")

NEAR = 45
"""Money belongs to a word of spending within so many characters before or after it."""

BY_KIND: Mapping[FixKind, Role] = {
    FixKind.INTERNAL: Role.OWN,
    FixKind.VENDOR: Role.VENDOR,
    FixKind.OUTSIDE: Role.CONSULTANT,
    FixKind.REORG: Role.OWN,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that tells of an attempt, and the names of fixes in it."""

    evidence: int
    text: str
    names: tuple[str, ...]


def makers(told: Sequence[Told], kind: FixKind | None) -> tuple[Maker, ...]:
    """Return who made an attempt: each role and name once, what is told first first."""
    found: dict[tuple[Role, str | None], Maker] = {}
    for one in told:
        for maker in _in(one):
            found.setdefault((maker.role, maker.name), maker)
    named = {maker.role for maker in found.values() if maker.name}
    chosen = [m for m in found.values() if m.name or m.role not in named]
    if not chosen and kind is not None and kind in BY_KIND:
        return (Maker(BY_KIND[kind], None, None, f"{kind} fix"),)
    return tuple(chosen)


def _in(one: Told) -> Iterable[Maker]:
    for part in _words().parts:
        for name in part.names:
            if name in one.names:
                yield Maker(part.role, name, one.evidence, name)
        for pattern in part.patterns:
            for found in pattern.finditer(one.text):
                there = found.groupdict().get("name") or ""
                named = next((n for n in one.names if n in there), None)
                yield Maker(part.role, named, one.evidence, found[0])


def spent(told: Sequence[Told]) -> tuple[Spent, ...]:
    """Return the money that the sentences say it cost or was to cost, each amount once."""
    found: dict[tuple[float | None, float | None, str], Spent] = {}
    for one in told:
        for amount in amounts_in(one.text):
            if amount.measure is Measure.MONEY and _is_spent(one.text, amount):
                key = (amount.least, amount.most, amount.unit)
                found.setdefault(key, Spent(amount, one.evidence))
    return tuple(found.values())


def _is_spent(text: str, amount: Amount) -> bool:
    """Whether the nearest word about money beside an amount is one of spending."""
    span = amount.words.span
    near = text[max(0, span.start - NEAR) : span.end + NEAR]
    start = span.start - max(0, span.start - NEAR)
    end = start + len(amount.words.text)

    def nearest(words: re.Pattern[str]) -> int:
        gaps = (max(start - f.end(), f.start() - end) for f in words.finditer(near))
        return min((gap for gap in gaps if gap >= 0), default=NEAR + 1)

    spending = nearest(_words().spent)
    return spending <= NEAR and spending < nearest(_words().other)


@dataclass(frozen=True, slots=True)
class _Part:
    role: Role
    names: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class _Words:
    parts: tuple[_Part, ...]
    spent: re.Pattern[str]
    other: re.Pattern[str]


@cache
def _words() -> _Words:
    told = tomllib.loads(WORDS.read_text("utf-8"))
    parts = tuple(
        _Part(
            Role(row["role"]),
            tuple(row.get("names", ())),
            tuple(map(naming, row["patterns"])),
        )
        for row in sorted(told["role"], key=lambda row: -row["sure"])
    )
    spending = told["spending"]
    return _Words(parts, whole(spending["spent"]), whole(spending["other"]))
