"""What the buyer could do, on one grid: what each way solves, costs, takes and risks."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter

from unsolved.deals.alternatives.leaners import Leaner, leaners
from unsolved.deals.alternatives.repeated import Repeated, repeated
from unsolved.deals.model import (
    ASSUMED,
    Alternative,
    AlternativeKind,
    Basis,
    Cost,
    Ground,
    RiskState,
    Situation,
    StepKind,
    StepState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What stands in a field of the grid, and what it rests on; empty where nobody knows."""

    text: str = ""
    ground: Ground = ASSUMED

    @property
    def is_assumed(self) -> bool:
        """Whether nobody said so."""
        return self.ground.basis is Basis.ASSUMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One way the buyer could go; ``kind`` is None for us.

    ``number`` is that of the alternative, None for one that nobody has noted. ``solves`` and
    ``leaning`` are from 0 to 1, None when not known. ``ground`` is what all that was noted
    rests on, ``solves_ground`` what ``solves`` does. ``risks`` are what is known of the earlier
    attempts it would repeat, ``leaners`` who leans to it and why we say so. ``ask`` is what to
    ask about it.
    """

    kind: AlternativeKind | None
    name: str
    number: int | None = None
    solves: float | None = None
    solves_ground: Ground = ASSUMED
    ground: Ground = ASSUMED
    costs: Said
    takes: Said
    risks: tuple[Repeated, ...] = ()
    risk_note: str = ""
    why: Said
    against: Said
    leaning: float | None = None
    leaners: tuple[Leaner, ...] = ()
    ask: str = ""

    @property
    def is_us(self) -> bool:
        """Whether it is our own way."""
        return self.kind is None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The fields of which nobody has said anything yet."""
        open_ = {
            "how much it solves": self.solves is None,
            "what it costs": not self.costs.text,
            "how long it takes": not self.takes.text,
            "why they might choose it": self.why.is_assumed,
            "how much they lean to it": self.leaning is None and not self.is_us,
        }
        return tuple(name for name, is_open in open_.items() if is_open)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typical:
    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str
    why: str
    against: str
    ask: str
    solves: float | None = None


def grid(situation: Situation) -> tuple[Row, ...]:
    """Return every way the buyer could go, each kind at least once, and us last.

    Doing nothing has the cost of inaction as its cost. Where we do not have the buyer's words
    for why they might choose a way, the usual reason stands there, marked as assumed.
    """
    known = situation.opportunity.alternatives
    rows = []
    for kind in AlternativeKind:
        noted = [(n, one) for n, one in known.items() if one.kind is kind]
        noted.sort(key=lambda item: (item[1].name.casefold(), item[0]))
        rows += [_row(situation, number, one) for number, one in noted]
        if not noted:
            rows.append(_row(situation, None, Alternative(kind=kind)))
    return (*rows, _us(situation))


def _row(situation: Situation, number: int | None, one: Alternative) -> Row:
    usual = _typical()[one.kind]
    nothing = one.kind is AlternativeKind.NOTHING
    again = repeated(one, situation.opportunity)
    return Row(
        kind=one.kind,
        name=one.name or usual.name,
        number=number,
        solves=one.solves if one.solves is not None else usual.solves,
        solves_ground=one.ground if one.solves is not None else ASSUMED,
        ground=one.ground,
        costs=_inaction(situation.cost) if nothing and not one.costs else _said(one, one.costs),
        takes=_said(one, one.takes),
        risks=again,
        risk_note="" if again or nothing else "nothing like it was tried, as far as we know",
        why=_said(one, one.why) if one.why.strip() else Said(text=usual.why),
        against=_said(one, one.against) if one.against.strip() else Said(text=usual.against),
        leaning=one.leaning,
        leaners=leaners(one, again, situation),
        ask=usual.ask,
    )


def _us(situation: Situation) -> Row:
    head = situation.opportunity.head
    note = Ground(basis=Basis.NOTED)
    return Row(
        kind=None,
        name="With us",
        costs=_ours(situation),
        takes=Said(),
        risk_note=_plan(situation),
        why=Said(text=head.fit_note, ground=note) if head.fits and head.fit_note else Said(),
        against=Said(text=head.fit_note or "we do not fit", ground=note)
        if head.fits is False
        else Said(),
        leaners=leaners(None, (), situation),
    )


def _said(one: Alternative, text: str) -> Said:
    return Said(text=text.strip(), ground=one.ground if text.strip() else ASSUMED)


def _inaction(cost: Cost | None) -> Said:
    """Return what nothing changing costs, in words: a range, and whose numbers it rests on."""
    if cost is None:
        return Said()
    low, mid, high = (_money(value, cost.currency) for value in (cost.p10, cost.p50, cost.p90))
    month = _money(cost.month[1], cost.currency)
    told = f"about {mid} a year ({low} to {high}), {month} a month of waiting"
    whose = f"; {cost.said} of {cost.inputs} figures are the buyer's own" if cost.inputs else ""
    basis = Basis.BUYER if cost.inputs and cost.said == cost.inputs else Basis.ASSUMED
    return Said(text=told + whose, ground=Ground(basis=basis))


def _ours(situation: Situation) -> Said:
    head = situation.opportunity.head
    proposals = [
        one
        for one in situation.opportunity.steps.values()
        if one.kind is StepKind.PROPOSAL
        and one.amount is not None
        and one.state is not StepState.DROPPED
    ]
    note = Ground(basis=Basis.NOTED)
    if proposals:
        latest = max(proposals, key=lambda one: (str(one.done_on or one.due), one.amount or 0))
        text = f"{_money(latest.amount or 0, head.currency)}, as proposed"
        return Said(text=text, ground=note)
    if head.worth is None:
        return Said()
    return Said(text=f"{_money(head.worth, head.currency)}, not proposed yet", ground=note)


def _plan(situation: Situation) -> str:
    risks = situation.opportunity.risks.values()
    if not risks:
        return "no risk plan yet"
    left = sum(one.state in {RiskState.OPEN, RiskState.UNDER_WAY} for one in risks)
    return f"{left} of {len(risks)} risks of the plan not yet dealt with"


def _money(value: float, currency: str) -> str:
    """Return an amount to three figures, which is more than any of them is known to.

    >>> _money(1234567, "EUR")
    'EUR 1,230,000'
    """
    return f"{currency} {float(f'{value:.3g}'):,.0f}"


@cache
def _typical() -> Mapping[AlternativeKind, _Typical]:
    text = Path(__file__).with_name("typical.toml").read_text("utf-8")
    told = TypeAdapter(dict[AlternativeKind, _Typical]).validate_python(tomllib.loads(text))
    missing = [kind.value for kind in AlternativeKind if kind not in told]
    if missing:
        raise ValueError(f"typical.toml says nothing of {missing}")
    return told
