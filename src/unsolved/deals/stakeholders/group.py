"""Who of the buyer's has a say, who of them was reached, and when last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from unsolved.deals.contacts import Contact, contacts
from unsolved.deals.model import (
    CameOf,
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
        return tuple(one for one in self.here if self.contacts[one].is_met)

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
        return tuple(one for one in numbers if not self.contacts[one].is_met)

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


def decides(one: Stakeholder) -> bool:
    """Whether somebody decides, or is an executive of whom nobody knows that they do not."""
    unknown = one.power is Power.UNKNOWN and one.role is Role.EXECUTIVE
    return one.power is Power.DECIDES or unknown


def by_power(people: Mapping[int, Stakeholder], numbers: Iterable[int]) -> tuple[int, ...]:
    """Return numbers with those first whose word is worth most."""
    return tuple(sorted(numbers, key=lambda n: (MOST_FIRST.index(people[n].power), n)))


def _is_near(tie: Tie, one: int) -> bool:
    """Whether one end of a tie may speak with the other end about it."""
    return tie.sway is Sway.REPORTS_TO or (tie.sway is Sway.INFLUENCES and one == tie.of)
