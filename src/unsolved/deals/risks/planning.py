"""The risk plan as it stands: what each lacks, what is late, what the buyer took on."""

from dataclasses import dataclass
from datetime import date

from unsolved.deals.model import Act, BuyerAct, Risk, RiskState, Situation

DEALT_WITH = frozenset({RiskState.PROVEN, RiskState.ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A risk of the plan: what it lacks, by how many days it is late, who took it on.

    ``taken_on`` is the act by which the buyer took the measure on, where whoever did it is the
    one who owns it. ``late`` is 0 when it is not due or has been dealt with.
    """

    number: int
    risk: Risk
    lacks: tuple[str, ...] = ()
    late: int = 0
    taken_on: BuyerAct | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has still to be dealt with."""
        return self.risk.state not in DEALT_WITH


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All risks, the most pressing first; ``taken`` are the acts that took measures on."""

    risks: tuple[Planned, ...] = ()
    taken: tuple[BuyerAct, ...] = ()

    @property
    def late(self) -> tuple[Planned, ...]:
        """Those that are late."""
        return tuple(one for one in self.risks if one.late)

    @property
    def lacking(self) -> tuple[Planned, ...]:
        """Those that lack something and are still open."""
        return tuple(one for one in self.risks if one.lacks)

    @property
    def dealt_with(self) -> int:
        """How many are proven or accepted."""
        return sum(not one.is_open for one in self.risks)


def plan(situation: Situation) -> Plan:
    """Return the risk plan: late ones first, then those that lack something, by their day."""
    acts = situation.opportunity.acts.values()
    taken = sorted(
        (one for one in acts if one.act is Act.TOOK_RISKS), key=lambda one: (one.on, one.who)
    )
    found = [
        _planned(number, risk, taken, situation.today)
        for number, risk in situation.opportunity.risks.items()
    ]
    found.sort(key=_pressing)
    return Plan(risks=tuple(found), taken=tuple(taken))


def _planned(number: int, risk: Risk, taken: list[BuyerAct], today: date) -> Planned:
    is_open = risk.state not in DEALT_WITH
    late = (today - risk.due).days if is_open and risk.due else 0
    owner = risk.owner.strip().casefold()
    by_owner = (one for one in taken if owner and one.who.strip().casefold() == owner)
    return Planned(
        number=number,
        risk=risk,
        lacks=_lacks(risk) if is_open else (),
        late=max(0, late),
        taken_on=next(by_owner, None),
    )


def _lacks(risk: Risk) -> tuple[str, ...]:
    told = {
        "a measure": risk.measure.strip(),
        "an owner": risk.owner.strip(),
        "a date": risk.due,
        "a proof": risk.proof.strip(),
    }
    return tuple(name for name, there in told.items() if not there)


def _pressing(one: Planned) -> tuple[bool, int, bool, date, int]:
    return (not one.is_open, -one.late, not one.lacks, one.risk.due or date.max, one.number)
