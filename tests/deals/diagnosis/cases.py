"""Reads written cases: deals that went cold, told by facts, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import erf, log, sqrt
from pathlib import Path
from typing import Any

import yaml

from unsolved.deals.diagnosis import Cold
from unsolved.deals.model import (
    Act,
    Alternative,
    AlternativeKind,
    Attempt,
    Basis,
    BuyerAct,
    CameOf,
    Channel,
    Cost,
    Exchange,
    Ground,
    Head,
    InAttempt,
    Note,
    Opportunity,
    Power,
    Role,
    Silence,
    Situation,
    Stakeholder,
    Stance,
    Step,
    StepKind,
    StepState,
    Sway,
    Tie,
    Track,
    Why,
)

ROOT = Path(__file__).parents[3]
BUILDING = ROOT / "training" / "deals" / "cold.yaml"
LONG = ROOT / "training" / "deals" / "long.yaml"
TUNING, ASIDE = "tuning", "aside"
JUDGING = ROOT / "tests" / "deals" / "cases" / "written.yaml"
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
SPREAD = 1.1
"""Of the logarithm of a buyer's waits: one in ten is over four times the usual."""

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A deal as it was told, and why it went cold; ``cold`` is None when nobody could tell."""

    id: str
    cold: Cold | None
    also: Cold | None
    situation: Situation


def read(path: Path, use: str | None = None) -> list[Case]:
    """Return the cases of a file, or those for one use."""
    told = yaml.safe_load(path.read_text("utf-8"))
    return [as_case(one) for one in told if use is None or one["use"] == use]


def as_case(told: Facts) -> Case:
    """Return the case that is told; what a manager says afterwards is left out."""
    return Case(
        id=told["id"],
        cold=_cold(told["reason"]),
        also=_cold(told.get("also")),
        situation=_situation(told),
    )


def _cold(name: str | None) -> Cold | None:
    return None if name in {None, "cannot tell"} else Cold[str(name).upper()]


def _situation(told: Facts) -> Situation:
    numbers = {one["name"]: n for n, one in enumerate(told.get("stakeholders") or (), 1)}
    exchanges = tuple(_exchange(one, numbers) for one in told.get("exchanges") or ())
    cost = told.get("cost_of_inaction")
    return Situation(
        opportunity=_opportunity(told, numbers),
        now=NOW,
        exchanges=tuple(sorted(exchanges, key=lambda one: one.at)),
        silences=_silences(told, exchanges),
        cost=cost and Cost(currency=told["currency"], mean=cost["p50"], draws=0, **cost),
        track=Track(
            fees=tuple(map(float, told.get("won_fees") or ())),
            cycles=tuple(map(int, told.get("won_cycles") or ())),
            won=len(told.get("won_fees") or ()),
        ),
    )


def _opportunity(told: Facts, numbers: Mapping[str, int]) -> Opportunity:
    people = told.get("stakeholders") or ()
    return Opportunity(
        id=1,
        head=Head(
            name=told["id"],
            organisation_id=1,
            opened_on=_ago(told.get("opened", 90)),
            staged_on=_ago(told.get("opened", 90)),
            worth=told.get("worth"),
            currency=told.get("currency", "EUR"),
            fits=told.get("fits"),
            fit_note=told.get("fit_note") or "",
        ),
        stakeholders={n: _person(one, n) for n, one in enumerate(people, 1)},
        ties=_numbered(_tie(one, numbers) for one in told.get("ties") or ()),
        attempts=_numbered(_attempt(one, numbers) for one in told.get("attempts") or ()),
        alternatives=_numbered(map(_alternative, told.get("alternatives") or ())),
        acts=_numbered(map(_act, told.get("acts") or ())),
        steps=_numbered(_step(one, numbers) for one in told.get("steps") or ()),
        notes=_numbered(map(_note, told.get("notes") or ())),
    )


def _person(one: Facts, number: int) -> Stakeholder:
    return Stakeholder(
        name=one["name"],
        title=one.get("title") or "",
        person_id=number,
        role=Role(one.get("role", "unknown")),
        power=Power(one.get("power", "unknown")),
        stance=Stance(one.get("stance", "unknown")),
        in_attempt=InAttempt(one.get("in_attempt", "unknown")),
        interest=one.get("interest") or "",
        agrees=one.get("agrees"),
        met_on=_day(one.get("met")),
        left_on=_day(one.get("left")),
        ground=Ground(basis=Basis.NOTED),
    )


def _tie(one: Facts, numbers: Mapping[str, int]) -> Tie:
    return Tie(of=numbers[one["of"]], to=numbers[one["to"]], sway=Sway(one["sway"]))


def _attempt(one: Facts, numbers: Mapping[str, int]) -> Attempt:
    return Attempt(
        what=one["what"],
        came_of=CameOf(one.get("came_of", "unknown")),
        whys=tuple(map(Why, one.get("whys") or ())),
        defended_by=tuple(numbers[n] for n in one.get("defended_by") or () if n in numbers),
    )


def _alternative(one: Facts) -> Alternative:
    return Alternative(
        kind=AlternativeKind(one["kind"]),
        name=one.get("name") or "",
        leaning=one.get("leaning"),
        why=one.get("why") or "",
    )


def _act(one: Facts) -> BuyerAct:
    return BuyerAct(act=Act(one["act"]), on=_ago(one["days"]), who=one.get("who") or "")


def _step(one: Facts, numbers: Mapping[str, int]) -> Step:
    state = StepState(one.get("state", "done"))
    day = _day(one.get("days"))
    return Step(
        kind=StepKind(one["kind"]),
        state=state,
        due=day,
        done_on=day if state is StepState.DONE else None,
        amount=one.get("amount"),
        with_whom=tuple(numbers[n] for n in one.get("with") or () if n in numbers),
    )


def _note(one: Facts) -> Note:
    return Note(text=one["text"], on=_ago(one["days"]), about=one.get("about") or "")


def _exchange(one: Facts, numbers: Mapping[str, int]) -> Exchange:
    text = one.get("text") or ""
    return Exchange(
        at=NOW - timedelta(days=one["days"]),
        channel=Channel(one.get("channel", "mail")),
        is_ours=one["from"] == "seller",
        person_ids=(numbers[who],) if (who := one.get("who") or "") in numbers else (),
        is_automatic=text.lower().startswith(("automatic", "undeliverable")),
        words=len(text.split()),
        text=text,
    )


def _silences(told: Facts, exchanges: tuple[Exchange, ...]) -> tuple[Silence, ...]:
    """Return the silence as told, with a probability as if waits were log-normal."""
    if "silent" not in told or "usual" not in told:
        return ()
    last = NOW - timedelta(days=told["silent"])
    theirs = [one for one in exchanges if not one.is_ours and one.person_ids]
    waiting = [one.at for one in exchanges if one.is_ours and one.at > last]
    days = told["silent"] * 5 / 7
    unusual = log(max(days, 0.1) / max(told["usual"], 0.1)) / SPREAD
    return (
        Silence(
            person_id=theirs[-1].person_ids[0] if theirs else 1,
            channel=Channel.MAIL,
            last_at=last,
            waiting_since=min(waiting, default=last),
            days=days,
            usual_days=told["usual"],
            replies=len(theirs),
            asked=len(waiting),
            probability=(1 - erf(unusual / sqrt(2))) / 2,
            comes=0.2,
        ),
    )


def _numbered(parts: Any) -> dict[int, Any]:
    return dict(enumerate(parts, 1))


def _day(days: float | None) -> date | None:
    return None if days is None else _ago(days)


def _ago(days: float) -> date:
    return (NOW - timedelta(days=days)).date()
