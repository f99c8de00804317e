"""Who leans to which way, by what is known of them and the earlier attempt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unsolved.deals.alternatives.repeated import Repeated
from unsolved.deals.model import (
    Alternative,
    AlternativeKind,
    Ground,
    InAttempt,
    Situation,
    Stakeholder,
    Stance,
)

_THEIRS = {InAttempt.LED: "led", InAttempt.CHOSE: "chose"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaner:
    """Somebody who leans to a way, and why we say so."""

    name: str
    why: str
    ground: Ground


def leaners(
    one: Alternative | None, again: Sequence[Repeated], situation: Situation
) -> tuple[Leaner, ...]:
    """Return who leans to an alternative, or with None to us, by name; who left is left out."""
    people = situation.opportunity.stakeholders
    found = []
    for number, who in people.items():
        if who.left_on is None or who.left_on > situation.today:
            why = _why(number, who, one, again)
            if why:
                found.append(Leaner(name=who.name, why=why, ground=who.ground))
    return tuple(sorted(found, key=lambda leaner: (leaner.name, leaner.why)))


def _why(
    number: int, who: Stakeholder, one: Alternative | None, again: Sequence[Repeated]
) -> str:
    if one is None:
        return "wants it solved with us" if who.stance is Stance.FOR else ""
    if one.kind is AlternativeKind.NOTHING:
        return _to_nothing(who)
    return "; ".join(dict.fromkeys(_to_repeat(number, who, again)))


def _to_nothing(who: Stakeholder) -> str:
    if who.interest.strip():
        return f"has an interest in keeping it so: {who.interest.strip()}"
    if who.in_denial:
        return "says that there is no problem"
    return ""


def _to_repeat(number: int, who: Stakeholder, again: Sequence[Repeated]) -> Iterator[str]:
    for one in again:
        if number in one.attempt.defended_by:
            yield f"defends {one.attempt.what}"
        elif who.attempt == one.number and who.in_attempt in _THEIRS:
            yield f"{_THEIRS[who.in_attempt]} {one.attempt.what}"
