"""Whom we have met, and when they last gave a sign: one answer for every page and number."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from unsolved.deals.model import (
    Basis,
    Channel,
    Exchange,
    Opportunity,
    Situation,
    Stakeholder,
    StepKind,
    StepState,
)

TALKS = (StepKind.CALL, StepKind.MEETING, StepKind.DEMO, StepKind.REVIEW)
"""Steps in which one speaks with each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """When a person last gave a sign, and when we last turned to them.

    A sign is a meeting we noted, a step in which we spoke with them, something that they told
    us (a quote of theirs with its day), a mail of theirs, or a call or meeting that was held;
    ``days`` is how long ago that was. A mail of ours is no sign: ``wrote_on`` is the day of the
    last one. ``exchange`` is what shows the sign, None where we noted it.
    """

    sign_on: date | None = None
    days: int | None = None
    wrote_on: date | None = None
    exchange: Exchange | None = None

    @property
    def is_met(self) -> bool:
        """Whether they ever gave a sign."""
        return self.sign_on is not None


def contacts(situation: Situation) -> dict[int, Contact]:
    """Return when each stakeholder, by number, last gave a sign, up to now."""
    signs: dict[int, Exchange] = {}
    wrote: dict[int, date] = {}
    for one in situation.exchanges:
        if one.at > situation.now or one.is_off or one.is_automatic:
            continue
        for person in _signs_of(one):
            if person not in signs or signs[person].at < one.at:
                signs[person] = one
        if one.is_ours:
            day = _day(one, situation)
            wrote |= {who: max(day, wrote.get(who, day)) for who in one.person_ids}
    noted = _noted(situation.opportunity)
    return {
        number: _contact(one, situation, [*noted.get(number, ()), one.met_on], signs, wrote)
        for number, one in sorted(situation.opportunity.stakeholders.items())
    }


def met(situation: Situation) -> frozenset[int]:
    """Return the numbers of those who ever gave a sign."""
    return frozenset(n for n, contact in contacts(situation).items() if contact.is_met)


def _contact(
    one: Stakeholder,
    situation: Situation,
    noted: Iterable[date | None],
    signs: Mapping[int, Exchange],
    wrote: Mapping[int, date],
) -> Contact:
    shown = signs.get(one.person_id) if one.person_id is not None else None
    seen = _day(shown, situation) if shown else None
    passed = (day for day in noted if day and day <= situation.today)
    sign = max((day for day in (*passed, seen) if day), default=None)
    return Contact(
        sign_on=sign,
        days=(situation.today - sign).days if sign else None,
        wrote_on=wrote.get(one.person_id) if one.person_id is not None else None,
        exchange=shown if sign is not None and sign == seen else None,
    )


def _noted(known: Opportunity) -> Mapping[int, list[date]]:
    """Return the days of signs that we noted, by stakeholder: talks, and what they told."""
    found: dict[int, list[date]] = {}
    for step in known.steps.values():
        on = step.done_on or step.due
        if on and step.state is StepState.DONE and step.kind in TALKS:
            for number in step.with_whom:
                found.setdefault(number, []).append(on)
    names = {one.name.casefold(): number for number, one in known.stakeholders.items()}
    for who, on in _told(known):
        if who.casefold() in names:
            found.setdefault(names[who.casefold()], []).append(on)
    return found


def _told(known: Opportunity) -> Iterator[tuple[str, date]]:
    """Yield who of the buyer's told us something, and on which day."""
    parts = (known.stakeholders, known.acts, known.notes, known.alternatives, known.inputs)
    grounds = [one.ground for held in parts for one in held.values()]
    grounds += [ground for one in known.attempts.values() for ground in one.grounds]
    for ground in grounds:
        if ground.basis is Basis.BUYER and ground.on:
            yield ground.by, ground.on


def _signs_of(one: Exchange) -> tuple[int, ...]:
    """Return who gave a sign by it: of a mail its writer, of a talk all who were asked in."""
    if one.channel is Channel.MAIL:
        return () if one.is_ours else one.person_ids[:1]
    return tuple(person for person in one.person_ids if person not in one.copied_ids)


def _day(one: Exchange, situation: Situation) -> date:
    return one.at.astimezone(situation.now.tzinfo).date()
