"""A situation as the signs see it: the questions that several of them ask, answered once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import exp, fsum, log

from unsolved.deals.contacts import met
from unsolved.deals.diagnosis.cues import names
from unsolved.deals.model import (
    Act,
    Attempt,
    Basis,
    Exchange,
    Ground,
    Power,
    Situation,
    Stakeholder,
    Stance,
    Step,
    StepKind,
    StepState,
)
from unsolved.deals.wording import listed

WINDOW = 24
"""How many of the last exchanges count for the course of a deal; before is another season."""

LAST = 8
"""How many exchanges up to their last sign are read for words; ours after it are read too."""

FRESH, HALF = 28, 28
"""Words of up to so many days before their last sign count whole, and half as much every so
many days earlier: what was said while they were warm tells little of why they went cold."""

STALE = 0.25
"""What counts less than this is not read."""


@dataclass(frozen=True)
class Facts:
    """A situation as the signs see it."""

    situation: Situation

    @cached_property
    def people(self) -> Mapping[int, Stakeholder]:
        """The stakeholders by number, those who left too."""
        return self.situation.opportunity.stakeholders

    @cached_property
    def met(self) -> frozenset[int]:
        """The numbers of those who ever gave a sign."""
        return met(self.situation)

    @cached_property
    def deciders(self) -> Mapping[int, Stakeholder]:
        """Those who decide and are still there."""
        return {
            n: one
            for n, one in self.people.items()
            if one.power is Power.DECIDES and one.left_on is None
        }

    @cached_property
    def met_deciders(self) -> Mapping[int, Stakeholder]:
        """Those of them whom we met."""
        return {n: one for n, one in self.deciders.items() if n in self.met}

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The last exchanges, oldest first; what machines wrote is left out."""
        ordered = sorted(
            (one for one in self.situation.exchanges if not one.is_automatic),
            key=lambda one: (one.at, one.is_ours, one.record_id or 0, one.text),
        )
        return tuple(one for one in ordered if one.at <= self.situation.now)[-WINDOW:]

    @cached_property
    def theirs(self) -> tuple[Exchange, ...]:
        """What came from them, oldest first."""
        return tuple(one for one in self.exchanges if not one.is_ours)

    @cached_property
    def latest(self) -> tuple[tuple[Exchange, float], ...]:
        """The exchanges that are read for words, oldest first, with how much each counts."""
        last = self.last_sign
        before = [one for one in self.exchanges if last is None or one.at.date() <= last]
        after = self.exchanges[len(before) :]
        told = [(one, self.freshness(one.at.date())) for one in (*before[-LAST:], *after)]
        return tuple((one, counts) for one, counts in told if counts >= STALE)

    def freshness(self, day: date) -> float:
        """Return how much words of a day count, in (0, 1]; from `FRESH` on it is halved."""
        last = self.last_sign
        age = (last - day).days - FRESH if last else 0
        return 1.0 if age <= 0 else 0.5 ** (age / HALF)

    @cached_property
    def unmet_above(self) -> re.Pattern[str] | None:
        """The names of those who may matter and whom we never met, as one pattern."""
        unmet = {n for n in self.people if self.has_say(n)} - self.met
        others = (one.name for n, one in self.people.items() if n not in unmet)
        return names((self.people[n].name for n in unmet), but=others)

    @cached_property
    def last_sign(self) -> date | None:
        """The day of their last sign."""
        told = [one.last_at.date() for one in self.situation.silences if one.last_at]
        return max([*told, *(one.at.date() for one in self.theirs)], default=None)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What we did or planned, in order of days."""
        known = self.situation.opportunity.steps.items()
        return tuple(step for _, step in sorted(known, key=lambda one: (_day(one[1]), one[0])))

    @cached_property
    def proposals(self) -> tuple[Step, ...]:
        """The proposals that we made, oldest first."""
        return tuple(
            one
            for one in self.steps
            if one.kind is StepKind.PROPOSAL and one.state is StepState.DONE
        )

    @cached_property
    def ask(self) -> float | None:
        """What we ask for: the last amount offered, else what we think it is worth."""
        amounts = [one.amount for one in self.steps if one.amount and _is_kept(one)]
        return amounts[-1] if amounts else self.situation.opportunity.head.worth or None

    @cached_property
    def typical(self) -> float | None:
        """The geometric mean of what won deals of the like paid; None for fewer than two."""
        fees = [fee for fee in self.situation.track.fees if fee > 0]
        return exp(fsum(map(log, fees)) / len(fees)) if len(fees) > 1 else None

    @cached_property
    def acts(self) -> frozenset[Act]:
        """What the buyer did so far."""
        return frozenset(one.act for one in self.situation.opportunity.acts.values())

    @cached_property
    def reviewed_on(self) -> date | None:
        """When a proposal was gone through with somebody who decides; None when never."""
        reviews = [
            one.done_on
            for one in self.steps
            if one.kind is StepKind.REVIEW
            and one.state is StepState.DONE
            and one.done_on
            and set(one.with_whom) & set(self.deciders)
        ]
        acts = [
            one.on
            for one in self.situation.opportunity.acts.values()
            if one.act is Act.REVIEWED_PROPOSAL
        ]
        return max([*reviews, *acts], default=None)

    @cached_property
    def moved_on(self) -> date | None:
        """When the buyer last did something that moves a deal."""
        return max((one.on for one in self.situation.opportunity.acts.values()), default=None)

    def attempts(self) -> Iterator[tuple[Attempt, tuple[int, ...]]]:
        """Yield the attempts that somebody with a say still defends, with who."""
        for _, one in sorted(self.situation.opportunity.attempts.items()):
            with_say = tuple(n for n in one.defended_by if self.has_say(n))
            if with_say:
                yield one, with_say

    def has_say(self, number: int) -> bool:
        """Whether somebody on the map is there and may matter."""
        one = self.people.get(number)
        return one is not None and one.left_on is None and one.power is not Power.NONE

    def days_ago(self, day: date) -> int:
        """Return how many days ago a day was."""
        return (self.situation.today - day).days

    def money(self, amount: float) -> str:
        """Return an amount as people write it."""
        digits = 0 if amount >= 100 else 2  # noqa: PLR2004 - cents matter below
        return f"{amount:,.{digits}f} {self.situation.opportunity.head.currency}"

    def name_of(self, person_id: int) -> str:
        """Return who it is among the stakeholders; empty when nobody of the map."""
        named = [one.name for one in self.people.values() if one.person_id == person_id]
        return named[0] if named else ""


def on(person: Stakeholder) -> tuple[Ground, ...]:
    """Return what a fact on a person rests on; one that nobody grounded was noted by us."""
    known = person.ground
    return (Ground(basis=Basis.NOTED, by=person.name) if known == Ground() else known,)


def is_for(person: Stakeholder) -> bool:
    """Whether somebody wants it solved with us."""
    return person.stance is Stance.FOR


def named(people: Mapping[int, Stakeholder]) -> str:
    """Return their names as people list them."""
    return listed([one.name for _, one in sorted(people.items())])


def _is_kept(step: Step) -> bool:
    return step.state is not StepState.DROPPED


def _day(step: Step) -> date:
    return step.done_on or step.due or date.max
