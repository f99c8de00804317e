"""Whether a trigger fires: what happened that may bring a dormant deal back, and its ground."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from unsolved.deals.insights import told_day
from unsolved.deals.model import (
    AlternativeKind,
    Basis,
    Ground,
    Opportunity,
    Power,
    Role,
    Stance,
    Trigger,
    TriggerKind,
)
from unsolved.deals.triggers.cues import is_executive, names_any, tells_arrival, told
from unsolved.deals.triggers.news import Newcomer, News, Piece
from unsolved.evidence import Assertion, Evidence, Facet, FixKind, Speaker

_FIXES = {
    AlternativeKind.INTERNAL: (FixKind.INTERNAL, FixKind.PROGRAMME),
    AlternativeKind.REORGANISE: (FixKind.REORG,),
    AlternativeKind.COMPETITOR: (FixKind.VENDOR, FixKind.OUTSIDE),
}


@dataclass(frozen=True, slots=True)
class Why:
    """What fires a trigger, in a sentence, and what it rests on."""

    text: str
    ground: Ground


Look = Callable[[Trigger, Opportunity, News, date], Iterator[Why]]


def fires(
    trigger: Trigger,
    known: Opportunity,
    news: News,
    today: date,
    declined: Collection[str] = (),
) -> Why | None:
    """Return why a trigger fires, None while it does not; the best reason of several.

    One that has fired does not fire again. ``declined`` are reasons that a person took back:
    what they saw and did not want is not told them twice.
    """
    if trigger.fired_on is not None:
        return None
    found = _LOOKS[trigger.kind](trigger, known, news, today)
    return next((why for why in found if why.text not in declined), None)


def fired(trigger: Trigger, why: Why, today: date) -> Trigger:
    """Return a trigger that has fired."""
    return replace(trigger, fired_on=today, why=why.text, ground=why.ground)


def wakes_on(trigger: Trigger) -> date | None:
    """Return the day on which a trigger fires by itself; None when it waits for news."""
    if trigger.on is None:
        return None
    if trigger.kind is TriggerKind.BUDGET_YEAR:
        return trigger.on - timedelta(days=told()["budget"]["lead_days"])
    return trigger.on if trigger.kind is TriggerKind.DATE else None


def chosen_names(known: Opportunity) -> tuple[str, ...]:
    """Return the names of what they chose instead, as far as it has one, by alphabet."""
    least = told()["limits"]["leaning"]
    named = [
        one
        for one in known.alternatives.values()
        if one.kind is not AlternativeKind.NOTHING and one.name.strip()
    ]
    leant = [one for one in named if (one.leaning or 0.0) >= least]
    return tuple(
        sorted({name.strip() for one in leant or named for name in one.name.split(",")})
    )


def _chosen_fixes(known: Opportunity) -> frozenset[FixKind]:
    """Return the kinds of fix that what they lean to is, which has no name."""
    least = told()["limits"]["leaning"]
    leant = (one.kind for one in known.alternatives.values() if (one.leaning or 0.0) >= least)
    return frozenset(fix for kind in leant for fix in _FIXES.get(kind, ()))


def _by_date(trigger: Trigger, _known: Opportunity, _news: News, today: date) -> Iterator[Why]:
    day = wakes_on(trigger)
    if day is None or day > today:
        return
    assert trigger.on is not None
    when = told_day(trigger.on)
    text = f"The day has come: {when}"
    if trigger.kind is TriggerKind.BUDGET_YEAR:
        text = f"Their budget year begins on {when}"
    yield Why(f"{text}. {trigger.what}".rstrip(" ."), Ground(basis=Basis.NOTED, on=trigger.on))


def _by_evidence(
    trigger: Trigger, known: Opportunity, news: News, _today: date
) -> Iterator[Why]:
    """Yield new statements on the problem: of failure first, their own, the latest."""
    problem = known.head.problem_id
    least, order = told()["evidence"]["match"], told()["evidence"]["facets"]
    found = []
    for piece in _new(trigger, news):
        says = [Facet(name) for name in order if Facet(name) in piece.evidence.labels]
        is_about = piece.evidence.matches.get(problem, 0.0) >= least
        watched = names_any(piece.evidence.quote.text, trigger.watches)
        if says and is_about and (watched or not trigger.watches):
            found.append((order.index(says[0].value), says[0], piece))
    for _, facet, piece in sorted(found, key=lambda one: (one[0], _nearest(one[2]))):
        one = piece.evidence
        yield Why(f"New evidence of {facet.value}: {_place(one)}", _ground(one))


def _by_failure(
    trigger: Trigger, known: Opportunity, news: News, _today: date
) -> Iterator[Why]:
    """Yield new statements that what they chose instead failed.

    They name it; where it has no name, they are about the problem and such a fix.
    """
    problem, least = known.head.problem_id, told()["evidence"]["match"]
    names = trigger.watches or chosen_names(known)
    fixes = frozenset() if names else _chosen_fixes(known)
    for piece in sorted(_new(trigger, news), key=_nearest):
        one = piece.evidence
        if Facet.FAILURE not in one.labels or one.is_dismissed(problem):
            continue
        name = names_any(one.quote.text, names) or names_any(one.title, names)
        if name:
            yield Why(f"{name} is said to have failed: {_place(one)}", _ground(one))
        elif one.fix in fixes and one.matches.get(problem, 0.0) >= least:
            yield Why(f"What they chose is said to have failed: {_place(one)}", _ground(one))


def _by_executive(
    trigger: Trigger, known: Opportunity, news: News, _today: date
) -> Iterator[Why]:
    """Yield who came who could decide otherwise, and who left who stood in the way."""
    for one in sorted(news.people, key=lambda one: (-one.since.toordinal(), one.name)):
        if _is_new(trigger, one.since) and is_executive(one.title) and _wanted(trigger, one):
            text = f"{one.name}, {one.title}, is new there"
            ground = Ground(
                basis=Basis.RECORD, by=one.name, on=one.since, record_id=one.record_id
            )
            yield Why(text, ground)
    for piece in sorted(_new(trigger, news), key=_nearest):
        quote = piece.evidence.quote.text
        if tells_arrival(quote) and (not trigger.watches or names_any(quote, trigger.watches)):
            yield Why(f"Somebody came: {_place(piece.evidence)}", _ground(piece.evidence))
    for _, who in sorted(known.stakeholders.items()):
        is_heavy = who.power in {Power.DECIDES, Power.BLOCKS} or who.role is Role.EXECUTIVE
        in_the_way = is_heavy and who.stance in {Stance.AGAINST, Stance.DOUBTS}
        if in_the_way and who.left_on is not None and _is_new(trigger, who.left_on):
            yield Why(f"{who.name}, who stood in the way, has left", who.ground)


def _wanted(trigger: Trigger, one: Newcomer) -> bool:
    told_of = f"{one.name}, {one.title}"
    return not trigger.watches or names_any(told_of, trigger.watches) is not None


def _new(trigger: Trigger, news: News) -> Iterator[Piece]:
    """Yield what is news to a trigger: come since, not old, not said before, and meant."""
    stale = timedelta(days=told()["evidence"]["stale_days"])
    for piece in news.pieces:
        one = piece.evidence
        is_old = trigger.since and one.said_on and one.said_on < trigger.since - stale
        is_meant = one.assertion is Assertion.ACTUAL
        if _is_new(trigger, piece.received_on) and is_meant and not (is_old or piece.is_repeat):
            yield piece


def _is_new(trigger: Trigger, day: date) -> bool:
    return trigger.since is None or day > trigger.since


def _nearest(piece: Piece) -> tuple[bool, int, int]:
    """Order pieces: what they say of themselves first, then the latest."""
    one = piece.evidence
    said = one.said_on or piece.received_on
    return one.speaker is not Speaker.ORGANISATION, -said.toordinal(), one.id


def _place(one: Evidence) -> str:
    when = f", {told_day(one.said_on)}" if one.said_on else ""
    return f"{one.title}{when}"


def _ground(one: Evidence) -> Ground:
    return Ground(
        basis=Basis.EVIDENCE,
        quote=one.quote.text,
        by=one.speaker.value,
        on=one.said_on,
        evidence_id=one.id,
        document_id=one.document_id,
    )


_LOOKS: Mapping[TriggerKind, Look] = {
    TriggerKind.DATE: _by_date,
    TriggerKind.BUDGET_YEAR: _by_date,
    TriggerKind.EVIDENCE: _by_evidence,
    TriggerKind.FAILED_ALTERNATIVE: _by_failure,
    TriggerKind.EXECUTIVE: _by_executive,
}
