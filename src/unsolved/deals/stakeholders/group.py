"""Who of the buyer's has a say, who of them was reached, and when last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from unsolved.deals.model import (
    CameOf,
    Channel,
    Exchange,
    InAttempt,
    Opportunity,
    Power,
    Role,
    Situation,
    Stakeholder,
    Stance,
    Sway,
    Tie,
)

POWERFUL = (Power.DECIDES, Power.BLOCKS)
"""Those without whom nothing is decided."""

MOST_FIRST = (Power.DECIDES, Power.BLOCKS, Power.SWAYS, Power.UNKNOWN, Power.NONE)
FAILED = (CameOf.FAILED, CameOf.PARTLY, CameOf.PERSISTS)
"""What came of an attempt that did not solve the problem."""

HAD_PART = (InAttempt.LED, InAttempt.CHOSE, InAttempt.TOOK_PART)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """When a person last gave a sign, and when we last turned to them.

    A sign is a meeting we noted, a mail of theirs, or a call or meeting that was held with
    them; ``days`` is how long ago that was. A mail of ours is no sign: ``wrote_on`` is the day
    of the last one. ``exchange`` is what shows the sign, None where we noted it.
    """

    sign_on: date | None = None
    days: int | None = None
    wrote_on: date | None = None
    exchange: Exchange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The people of a deal: those who are there, those who left, and our contact with each."""

    situation: Situation
    here: Mapping[int, Stakeholder]
    gone: Mapping[int, Stakeholder]
    contacts: Mapping[int, Contact]

    @property
    def deal(self) -> Opportunity:
        """What they are to decide on."""
        return self.situation.opportunity

    @property
    def reached(self) -> tuple[int, ...]:
        """Those who are there and have ever given a sign."""
        return tuple(one for one in self.here if self.contacts[one].sign_on is not None)

    @property
    def deciders(self) -> tuple[int, ...]:
        """Those who decide; an executive whose power nobody knows is taken for one."""
        return tuple(number for number, one in self.here.items() if decides(one))

    @property
    def powerful(self) -> tuple[int, ...]:
        """Those who decide or can block."""
        blockers = {n for n, one in self.here.items() if one.power is Power.BLOCKS}
        return tuple(one for one in self.here if one in blockers or one in self.deciders)

    def days(self, number: int) -> int | None:
        """Return for how many days somebody has given no sign; None if they never did."""
        return self.contacts[number].days

    def unreached(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """Return those of them who never gave a sign."""
        return tuple(one for one in numbers if self.contacts[one].sign_on is None)

    def had_part(self, attempt: int) -> tuple[int, ...]:
        """Return who is there and led, chose or took part in an attempt."""
        return tuple(
            number
            for number, one in self.here.items()
            if one.in_attempt in HAD_PART and one.attempt in {attempt, None}
        )

    def defends(self, number: int) -> bool:
        """Whether somebody defends an attempt that failed, or says that it did not fail."""
        failed = (one for one in self.deal.attempts.values() if one.came_of in FAILED)
        defended = any(number in one.defended_by for one in failed)
        return defended or self.here[number].in_denial is True

    def through(self, numbers: Iterable[int]) -> int | None:
        """Return who can bring us to one of them: met, not against, and near; else None.

        Near is who sways them, reports to them, or has them report to. Who is for it comes
        first, then who was heard last.
        """
        wanted, reached = set(numbers), set(self.reached)
        near = {
            one
            for tie in self.deal.ties.values()
            for one, other in ((tie.of, tie.to), (tie.to, tie.of))
            if other in wanted and _is_near(tie, one)
        }
        kind = [
            one
            for one in (near & reached) - wanted
            if self.here[one].stance not in {Stance.AGAINST, Stance.DOUBTS}
        ]
        return min(kind, key=self._nearest_first, default=None)

    def _nearest_first(self, number: int) -> tuple[bool, int, int]:
        is_for = self.here[number].stance is Stance.FOR
        return not is_for, self.days(number) or 0, number


def group_of(situation: Situation) -> Group:
    """Return the people of a deal, each under their number, lowest first."""
    people = sorted(situation.opportunity.stakeholders.items())
    left = {n for n, one in people if one.left_on and one.left_on <= situation.today}
    return Group(
        situation=situation,
        here={number: one for number, one in people if number not in left},
        gone={number: one for number, one in people if number in left},
        contacts=contacts(situation),
    )


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
    return {
        number: _contact(one, situation, signs, wrote)
        for number, one in sorted(situation.opportunity.stakeholders.items())
    }


def decides(one: Stakeholder) -> bool:
    """Whether somebody decides, or is an executive of whom nobody knows that they do not."""
    unknown = one.power is Power.UNKNOWN and one.role is Role.EXECUTIVE
    return one.power is Power.DECIDES or unknown


def by_power(people: Mapping[int, Stakeholder], numbers: Iterable[int]) -> tuple[int, ...]:
    """Return numbers with those first whose word is worth most."""
    return tuple(sorted(numbers, key=lambda n: (MOST_FIRST.index(people[n].power), n)))


def listed(names: Iterable[str]) -> str:
    """Return names as one says them.

    >>> listed(["Ann", "Bob", "Cy"])
    'Ann, Bob and Cy'
    """
    *first, last = [" ".join(name.split()) for name in names] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _contact(
    one: Stakeholder,
    situation: Situation,
    signs: Mapping[int, Exchange],
    wrote: Mapping[int, date],
) -> Contact:
    shown = signs.get(one.person_id) if one.person_id is not None else None
    met = one.met_on if one.met_on and one.met_on <= situation.today else None
    seen = _day(shown, situation) if shown else None
    sign = max((day for day in (met, seen) if day), default=None)
    return Contact(
        sign_on=sign,
        days=(situation.today - sign).days if sign else None,
        wrote_on=wrote.get(one.person_id) if one.person_id is not None else None,
        exchange=shown if sign is not None and sign == seen else None,
    )


def _signs_of(one: Exchange) -> tuple[int, ...]:
    """Return who gave a sign by it: of a mail its writer, of a talk all who were asked in."""
    if one.channel is Channel.MAIL:
        return () if one.is_ours else one.person_ids[:1]
    return tuple(person for person in one.person_ids if person not in one.copied_ids)


def _day(one: Exchange, situation: Situation) -> date:
    return one.at.astimezone(situation.now.tzinfo).date()


def _is_near(tie: Tie, one: int) -> bool:
    """Whether one end of a tie may speak with the other end about it."""
    return tie.sway is Sway.REPORTS_TO or (tie.sway is Sway.INFLUENCES and one == tie.of)
