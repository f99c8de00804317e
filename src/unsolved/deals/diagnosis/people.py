"""Signs on people: who decides, whom we met, who is against, who quarrels."""

from collections.abc import Iterator

from unsolved.deals.diagnosis.catalogue import sign
from unsolved.deals.diagnosis.cues import plain
from unsolved.deals.diagnosis.facts import Facts, is_for, named, on
from unsolved.deals.diagnosis.model import Sign
from unsolved.deals.model import (
    AlternativeKind,
    Ground,
    Power,
    Role,
    Stakeholder,
    Stance,
    Sway,
)

_AGAINST = {Stance.AGAINST: "is against it", Stance.DOUBTS: "doubts it"}
_USE = (Role.USER, Role.TECHNICAL)
_COOL = {
    Stance.AGAINST: "against it",
    Stance.DOUBTS: "in doubt",
    Stance.NEUTRAL: "neither for nor against",
    Stance.UNKNOWN: "of unknown mind",
}
_LEANS = 0.35
"""From here on a leaning counts; our judgement."""


def of_power(facts: Facts) -> Iterator[Sign]:
    """Yield signs on who can decide, and whether we met them."""
    unmet = {n: one for n, one in facts.deciders.items() if n not in facts.met}
    if unmet:
        yield sign("decider-not-met", who=named(unmet), grounds=_on(unmet))
    known = [one for one in facts.people.values() if one.power is not Power.UNKNOWN]
    if known and not facts.deciders:
        yield sign("nobody-decides")
    met = {n: facts.people[n] for n in facts.met if facts.people[n].left_on is None}
    if met and all(one.power in {Power.NONE, Power.SWAYS} for one in met.values()):
        yield sign("powerless-contact", who=named(met), grounds=_on(met))
    if len(met) == 1:
        yield sign("single-contact", who=named(met), grounds=_on(met))
    pleased = {n: one for n, one in facts.met_deciders.items() if is_for(one)}
    if pleased:
        yield sign("decider-for", who=named(pleased), grounds=_on(pleased))


def of_change(facts: Facts) -> Iterator[Sign]:
    """Yield signs on those who come, go, and are not known."""
    for n, one in sorted(facts.people.items()):
        told = f"{one.name} {one.title}"
        mattered = one.power is Power.DECIDES or one.role is Role.EXECUTIVE
        if mattered and (one.left_on is not None or plain("passing").search(told.lower())):
            yield sign("power-passing", who=one.name, grounds=on(one))
        elif n not in facts.met and one.left_on is None and one.power is Power.UNKNOWN:
            if plain("coming").search(told.lower()) or one.role is Role.EXECUTIVE:
                yield sign("new-power", who=told.strip(), grounds=on(one))
            elif one.role is Role.UNKNOWN:
                yield sign("stranger", who=one.name, grounds=on(one))
    for tie in _ties(facts, Sway.REPORTS_TO):
        if tie[0] in facts.met and tie[1] not in facts.met:
            low, high = facts.people[tie[0]], facts.people[tie[1]]
            yield sign("boss-not-met", who=low.name, boss=high.name, grounds=on(high))


def of_stance(facts: Facts) -> Iterator[Sign]:
    """Yield signs on who is cool, against, in a quarrel, or fond of things as they are."""
    for n, one in sorted(facts.met_deciders.items()):
        if not is_for(one):
            cool = _COOL[one.stance]
            yield sign("decider-cool", who=named({n: one}), stance=cool, grounds=on(one))
    for n, one in sorted(facts.people.items()):
        if facts.has_say(n) and (one.stance in _AGAINST or one.agrees is False):
            yield _against(one)
        if one.interest.strip() and facts.has_say(n):
            interest = one.interest.strip()
            yield sign("vested-interest", who=one.name, interest=interest, grounds=on(one))
    for of, to in _ties(facts, Sway.CONFLICT):
        who, other = facts.people[of], facts.people[to]
        yield sign("quarrel-on-map", who=who.name, other=other.name, grounds=on(who))


def of_attempts(facts: Facts) -> Iterator[Sign]:
    """Yield signs on what was tried: who defends it, and whether any fix could be made."""
    for attempt, whose in facts.attempts():
        who = named({n: facts.people[n] for n in whose})
        yield sign("defended-attempt", who=who, what=attempt.what, grounds=attempt.grounds)
    for _, attempt in sorted(facts.situation.opportunity.attempts.items()):
        if attempt.is_structural:
            yield sign("cannot-carry-out", what=attempt.what, grounds=attempt.grounds)


def of_leanings(facts: Facts) -> Iterator[Sign]:
    """Yield signs on what they lean to doing instead."""
    for _, one in sorted(facts.situation.opportunity.alternatives.items()):
        if (one.leaning or 0.0) < _LEANS:
            continue
        what = one.name or one.why
        match one.kind:
            case AlternativeKind.NOTHING:
                yield sign("leans-to-nothing", grounds=(one.ground,))
            case AlternativeKind.COMPETITOR:
                told = f": {what}" if what else ""
                yield sign("leans-to-supplier", what=told, grounds=(one.ground,))
            case _:
                what = what or one.kind.value
                yield sign("leans-inside", what=what, grounds=(one.ground,))


def _against(one: Stakeholder) -> Sign:
    """Return that somebody is against it; one who would use it may just not find it useful."""
    name = "user-doubts" if one.role in _USE and one.agrees is not False else "opponent"
    words = _AGAINST.get(one.stance, "sees no such problem")
    return sign(name, who=one.name, stance=words, grounds=on(one))


def _ties(facts: Facts, sway: Sway) -> Iterator[tuple[int, int]]:
    known = facts.situation.opportunity.ties.items()
    for _, tie in sorted(known):
        if tie.sway is sway and tie.of in facts.people and tie.to in facts.people:
            yield tie.of, tie.to


def _on(people: dict[int, Stakeholder]) -> tuple[Ground, ...]:
    return tuple(ground for _, one in sorted(people.items()) for ground in on(one))
