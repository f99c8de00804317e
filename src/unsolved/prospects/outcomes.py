"""What came of an attempt, with every sentence that says so.

What is told last decides. A claim that it is resolved stands until somebody says otherwise: at
the same time a third party, or later anybody. Where nothing is said of the attempt itself, the
problem stated again after it says that it persists.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from unsolved.evidence import Facet, Speaker
from unsolved.prospects.links import Link, Outcome, Rule, When
from unsolved.prospects.statements import Statement
from unsolved.prospects.tellings import Telling, characters, link

SOON = timedelta(days=30)
"""A problem stated within so many days of the attempt is the one it was meant for."""

LONG = timedelta(days=180)
"""In the document that tells of it, a problem is stated again if it was made so long before."""

MOST = 3
"""Sentences given for one outcome: the first ones and the last."""

Came = tuple[Telling, Link]


def outcome(
    told: Sequence[Telling],
    came: Iterable[Came],
    further: Sequence[Telling],
    complaints: Sequence[Telling],
    when: When | None,
) -> tuple[Outcome, tuple[Link, ...]]:
    """Return what came of an attempt, and why: for the outcome first, then for others.

    ``came`` are the sentences tied to it that tell of an end, ``further`` the later tries,
    ``complaints`` all that states the problem. Each sentence speaks for one outcome.
    """
    ends = sorted(came, key=lambda pair: pair[0].place)
    failures = [pair for pair in ends if _fails(pair[0])]
    claims = [pair for pair in ends if not _fails(pair[0])]
    used = {pair[0].said.evidence for pair in ends}
    persists = [
        *_again(told, complaints, used, when),
        *((one, link(one, Rule.FURTHER, told[-1])) for one in further[:1]),
    ]
    persists.sort(key=lambda pair: (pair[1].said_on or date.min, pair[0].place))
    decided, against = _decide(failures, claims, persists)
    reasons = _reasons(decided, failures, claims, persists, against)
    return decided, reasons or (replace(_open(told), shows=decided),)


def _decide(
    failures: Sequence[Came], claims: Sequence[Came], persists: Sequence[Came]
) -> tuple[Outcome, list[Came]]:
    """Return the outcome, and what contradicts the last claim that it is resolved."""
    if not claims:
        if failures:
            return Outcome.FAILED, []
        return (Outcome.PERSISTS if persists else Outcome.UNDER_WAY), []
    claim = claims[-1][0]
    against = [pair for pair in [*failures, *persists] if _contradicts(pair, claim)]
    if not against:
        return Outcome.RESOLVED, []
    admitted = [p for p in failures if p in against and _is_own(p[0].said)]
    if _is_own(claim.said) and not admitted:
        return Outcome.DENIED, against
    failed = any(pair in failures for pair in against)
    return (Outcome.FAILED if failed else Outcome.PERSISTS), against


def _reasons(
    decided: Outcome,
    failures: Sequence[Came],
    claims: Sequence[Came],
    persists: Sequence[Came],
    against: Sequence[Came],
) -> tuple[Link, ...]:
    denied = decided is Outcome.DENIED
    shown: list[tuple[Outcome, Link]] = []
    shown += [(Outcome.FAILED, tied) for _, tied in failures]
    shown += [(Outcome.PERSISTS, tied) for _, tied in persists]
    for one, tied in claims:
        rule = Rule.CLAIM if denied and one is claims[-1][0] else tied.rule
        shown.append((Outcome.RESOLVED, replace(tied, rule=rule)))
    if denied:
        contradicting = {pair[1].evidence: pair for pair in against}
        shown = [
            (Outcome.DENIED, _said_against(contradicting[tied.evidence], claims[-1][0]))
            if tied.evidence in contradicting
            else (Outcome.DENIED if tied.rule is Rule.CLAIM else came, tied)
            for came, tied in shown
        ]
    return _each_once(decided, shown)


def _each_once(decided: Outcome, shown: Iterable[tuple[Outcome, Link]]) -> tuple[Link, ...]:
    ordered = sorted(shown, key=lambda pair: pair[0] is not decided)
    of: dict[Outcome, list[Link]] = {}
    seen: set[int] = set()
    for came, tied in ordered:
        if tied.evidence not in seen:
            seen.add(tied.evidence)
            of.setdefault(came, []).append(replace(tied, shows=came))
    return tuple(one for links in of.values() for one in _first_and_last(links))


def _first_and_last(links: Sequence[Link]) -> Sequence[Link]:
    return links if len(links) <= MOST else [*links[: MOST - 1], links[-1]]


def _said_against(pair: Came, claim: Telling) -> Link:
    one, tied = pair
    later = (tied.said_on or date.min) > (claim.said.said_on or date.min)
    return replace(
        link(one, Rule.LATER if later else Rule.OTHERS, claim),
        evidence=tied.evidence,
        said_on=tied.said_on,
        days=_apart(claim.said.said_on, tied.said_on),
    )


def _fails(one: Telling) -> bool:
    failed, resolved = one.said.says(Facet.FAILURE), one.said.says(Facet.RESOLVED)
    return failed >= resolved


def _contradicts(pair: Came, claim: Telling) -> bool:
    """Whether a sentence says otherwise: later, or at the same time as a third party."""
    one, tied = pair
    if tied.evidence == claim.said.evidence:
        return False
    said, claimed = tied.said_on or date.min, claim.said.said_on or date.min
    if said != claimed:
        return said > claimed
    if _is_own(claim.said):
        return not _is_own(one.said)
    return one.place > claim.place


def _is_own(said: Statement) -> bool:
    return said.speaker is Speaker.ORGANISATION


def _again(
    told: Sequence[Telling],
    complaints: Sequence[Telling],
    used: set[int],
    when: When | None,
) -> Iterable[Came]:
    """Yield where the problem is stated again after the attempt, with how long after."""
    own = used | {one.said.evidence for one in told}
    first = told[0].said.said_on
    made = when.last if when and (first is None or when.last < first) else first
    for one in complaints:
        before = (characters(told[0], one) or 0) < 0
        if made is None or one.said.evidence in own or before:
            continue
        sayings = [(one.said.said_on, one.said.evidence)]
        sayings += zip(one.said.again_on, one.said.again, strict=True)
        for day, evidence in sayings:
            if day is None or (first and day < first):
                continue
            if day - made >= (LONG if day == first else SOON):
                again = link(one, Rule.AGAIN, told[0])
                yield (
                    one,
                    replace(again, evidence=evidence, said_on=day, days=(day - made).days),
                )


def _open(told: Sequence[Telling]) -> Link:
    return link(told[-1], Rule.OPEN, None)


def _apart(first: date | None, second: date | None) -> int | None:
    return (second - first).days if first and second else None
