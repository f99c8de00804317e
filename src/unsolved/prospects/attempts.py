"""The tries at a fix: which sentences tell of the same one, who made it, what came of it.

Sentences are taken in the order of the story. Each goes to the attempt that it can be tied to
by the surest rule, or begins one of its own when it tells of a try. What says that something
failed or is resolved goes to the attempt it speaks of; only where it speaks of none, to the
latest one told before it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from unsolved.evidence import Facet, FixKind, periods_in
from unsolved.prospects import makers, outcomes
from unsolved.prospects.links import Attempt, Link, Rule, When
from unsolved.prospects.signs import Story
from unsolved.prospects.tellings import (
    RULES,
    SAME_FIX,
    Telling,
    days,
    distance,
    link,
    tellings,
    tie,
)

MOST = 20
"""Attempts shown for one problem."""

CONSIDERED = 200
"""Statements looked at for one problem, the strongest; a story of more repeats itself."""

COMES = (Facet.FAILURE, Facet.RESOLVED)
"""What tells of the end of an attempt."""


@dataclass(slots=True)
class _Try:
    """An attempt while its sentences are gathered."""

    told: list[Telling]
    links: list[Link]
    came: list[tuple[Telling, Link]] = field(default_factory=list)


def attempts(story: Story, own_names: Iterable[str]) -> tuple[Attempt, ...]:
    """Return the attempts told, oldest first, each with what came of it and why we say so."""
    said = sorted(story.meant, key=lambda s: (-max(s.strength.values()), s.evidence))
    told = tellings(said[:CONSIDERED], own_names)
    tries = _gather(told)
    complaints = [one for one in told if one.complains]
    found = [_attempt(one, tries[at + 1 :], complaints) for at, one in enumerate(tries)]
    strongest = sorted(zip(tries, found, strict=True), key=lambda pair: -_strength(pair[0]))
    kept = {id(attempt) for _, attempt in strongest[:MOST]}
    return tuple(attempt for attempt in found if id(attempt) in kept)


def _gather(told: Sequence[Telling]) -> list[_Try]:
    """Return the attempts with their sentences, in the order in which they were first told."""
    tries: list[_Try] = []
    waiting: list[Telling] = []
    for one in told:
        tells, comes = one.says(Facet.ATTEMPT), any(one.says(facet) for facet in COMES)
        if not tells and not comes:
            continue
        place = _best(one, tries)
        if place is not None:
            _join(one, *place, tells=tells)
        elif tells or (one.says(Facet.FAILURE) and one.mention.is_own):
            tries.append(_Try([one], [link(one, Rule.FIRST, None)]))
        else:
            waiting.append(one)
    if not tries and any(one.says(Facet.FAILURE) for one in waiting):
        first = next(one for one in waiting if one.says(Facet.FAILURE))
        waiting.remove(first)
        tries.append(_Try([first], [link(first, Rule.FIRST, None)]))
    for one in waiting:
        _settle(one, tries)
    return tries


def _best(one: Telling, tries: Sequence[_Try]) -> tuple[_Try, Link] | None:
    """Return the attempt that a sentence is tied to by the surest rule, the latest first."""
    found = [(a_try, tied) for a_try in tries if (tied := tie(one, a_try.told))]

    def order(pair: tuple[_Try, Link]) -> tuple[int, tuple[int, int]]:
        nearest = min(distance(one, other) for other in pair[0].told)
        return RULES.index(pair[1].rule), nearest

    return min(reversed(found), key=order) if found else None


def _join(one: Telling, a_try: _Try, tied: Link, *, tells: bool) -> None:
    if tells or tied.rule in {Rule.NAME, Rule.FIX}:
        a_try.told.append(one)
        a_try.links.append(tied)
    else:
        a_try.came.append((one, tied))


def _settle(one: Telling, tries: Sequence[_Try]) -> None:
    """Give a sentence that speaks of no fix to the latest attempt told before it."""
    before = [t for t in tries if t.told[0].place < one.place and _is_near(one, t)]
    if before and not one.said.is_history:
        latest = max(before, key=lambda a_try: a_try.told[0].place)
        rule = Rule.ONLY if len(before) == 1 else Rule.LATEST
        latest.came.append((one, link(one, rule, latest.told[-1])))


def _is_near(one: Telling, a_try: _Try) -> bool:
    apart = days(a_try.told[-1], one)
    return apart is None or apart <= SAME_FIX


def _attempt(a_try: _Try, later: Sequence[_Try], complaints: Sequence[Telling]) -> Attempt:
    told = [makers.Told(t.said.evidence, t.said.quote, t.mention.names) for t in a_try.told]
    kind = _kind(a_try.told)
    when = _when(a_try.told)
    came = [*_said_in_it(a_try), *a_try.came]
    further = [one.told[0] for one in later if one.told[0].mention.is_another]
    outcome, reasons = outcomes.outcome(a_try.told, came, further, complaints, when)
    return Attempt(
        kind=kind.value if kind else "other",
        what=next((t.mention.words for t in a_try.told if t.mention.words), ""),
        told=tuple(a_try.links),
        makers=makers.makers(told, kind),
        when=when,
        spent=makers.spent(told),
        against=_against(a_try.told[0], complaints),
        outcome=outcome,
        reasons=reasons,
    )


def _said_in_it(a_try: _Try) -> Iterable[tuple[Telling, Link]]:
    """Yield what the sentences that tell of it say of its end themselves.

    "Some years after giving up the package it tried again" says that an earlier one failed.
    """
    for one, tied in zip(a_try.told, a_try.links, strict=True):
        if any(one.says(facet) for facet in COMES) and not one.mention.is_another:
            rule = Rule.SENTENCE if tied.rule is Rule.FIRST else tied.rule
            yield one, replace(tied, rule=rule)


def _kind(told: Sequence[Telling]) -> FixKind | None:
    counted = Counter(one.said.fix for one in told if one.said.fix)
    return max(counted, key=lambda kind: (counted[kind], kind.value)) if counted else None


def _when(told: Sequence[Telling]) -> When | None:
    """Return the first time that a sentence of it names, before that sentence was said."""
    for one in told:
        day = one.said.said_on
        for period in periods_in(one.said.quote, day):
            if day is None or period.first <= day:
                said = one.said.evidence
                return When(period.first, period.last, period.words.text, said)
    return None


def _against(first: Telling, complaints: Sequence[Telling]) -> Link | None:
    """Return which statement of the problem an attempt is against."""
    if first.says(Facet.PROBLEM):
        return link(first, Rule.SENTENCE, first)
    here = [c for c in complaints if c.said.document == first.said.document]
    if here:
        return link(min(here, key=lambda c: distance(first, c)), Rule.NEAREST, first)
    before = [c for c in complaints if _day(c) <= _day(first)]
    return link(max(before, key=lambda c: c.place), Rule.BEFORE, first) if before else None


def _day(one: Telling) -> date:
    return one.said.said_on or date.min


def _strength(a_try: _Try) -> float:
    return max(one.said.says(Facet.ATTEMPT, Facet.FAILURE) for one in a_try.told)
