"""What to do about a cold shoulder: for each reason a step, and a draft to send.

A draft asks, presumes nothing and pitches nothing; the linter of drafts finds nothing in it.
The fee beside won deals of the like is told to the seller only: what others paid is theirs.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from unsolved.deals.diagnosis.cues import sentences
from unsolved.deals.diagnosis.facts import Facts
from unsolved.deals.diagnosis.model import Cold, Diagnosis, Question
from unsolved.deals.model import Act, Channel, Situation, StepKind

_LOW, _HIGH = ("fee-low",), ("fee-high", "price-high", "cost-under-fee")
_LONGEST = 160
"""Characters of the buyer's words that a mail repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A step that answers a reason: what, why, the words to send, and figures for the seller.

    ``cold`` is None for the question that is asked when the signs do not tell. ``numbers`` are
    not for the buyer's eyes. ``unanswered`` is a question in their last mail, if there is one:
    it is answered before anything is asked.
    """

    cold: Cold | None
    kind: StepKind
    step: str
    why: str
    subject: str
    draft: str
    numbers: tuple[str, ...] = ()
    unanswered: str = ""


def advise(situation: Situation, found: Diagnosis) -> tuple[Advice, ...]:
    """Return what to do about each reason, the likeliest first.

    Where no reason is named, the question that tells most comes before them.
    """
    facts = Facts(situation)
    slots = _slots(facts)
    told = [_about(one.cold, found, facts, slots) for one in found.likely]
    if found.top is None and found.questions:
        told.insert(0, _asking(found.questions[0], slots))
    open_ = _unanswered(facts)
    return tuple(replace(one, unanswered=open_) for one in told)


def _about(cold: Cold, found: Diagnosis, facts: Facts, slots: Mapping[str, str]) -> Advice:
    when = _when(found) if cold is Cold.FEE else ""
    entry = _entries()[cold, when]
    return Advice(
        cold=cold,
        kind=StepKind(entry["kind"]),
        step=entry["step"],
        why=entry["why"],
        subject=entry["subject"].format(**slots),
        draft=_written(entry["paragraphs"], slots),
        numbers=tuple(_numbers(facts)) if cold is Cold.FEE else (),
    )


def _asking(question: Question, slots: Mapping[str, str]) -> Advice:
    opens = "Rather than guess why it has gone quiet{since_then}, I ask."
    parts = [{"text": "Hi {buyer},"}, {"text": opens}, {"text": question.ask}]
    if question.id in {"own-people", "another-voice"}:  # it is not put to the buyer we know
        parts = []
    return Advice(
        cold=None,
        kind=StepKind.QUESTION,
        step=question.ask,
        why=question.why,
        subject="It has gone quiet",
        draft=_written([*parts, {"text": "{us}"}], slots) if parts else "",
    )


def _when(found: Diagnosis) -> str:
    """Return whether the fee seems high or low, by the signs; empty when they do not say."""
    weights = {one.id: one.strength for one in found.signs}
    low = sum(weights.get(name, 0.0) for name in _LOW)
    high = sum(weights.get(name, 0.0) for name in _HIGH)
    return "" if low == high else ("low" if low > high else "high")


def _slots(facts: Facts) -> dict[str, str]:
    """Return what is known for the slots of a draft; a fact that is not known is missing."""
    unmet = [one for n, one in sorted(facts.deciders.items()) if n not in facts.met]
    known = {
        "buyer": _first(_writer(facts)) or "there",
        "us": facts.situation.opportunity.head.seller or "Kind regards",
        "decider_or": unmet[0].name if unmet else "who decides",
    }
    if unmet:
        known["decider"] = unmet[0].name
    if facts.last_sign is not None:
        known["since"] = f"{facts.last_sign.day} {facts.last_sign:%B}"
    known["since_then"] = f" since {known['since']}" if "since" in known else ""
    problem = _problem(facts)
    return known | ({"problem": problem} if problem else {})


def _unanswered(facts: Facts) -> str:
    """Return the last question of their last mail, while nothing of ours came after it."""
    last = facts.exchanges[-1] if facts.exchanges else None
    if last is None or last.is_ours or last.channel is not Channel.MAIL:
        return ""
    asked = [one for one in sentences(last.text) if one.endswith("?")]
    return asked[-1] if asked else ""


def _writer(facts: Facts) -> str:
    """Return whom a mail goes to: who of theirs wrote last, else whom we met last."""
    for one in reversed(facts.theirs):
        for person in one.person_ids[:1]:
            if name := facts.name_of(person):
                return name
    met = [one for n, one in sorted(facts.people.items()) if n in facts.met]
    there = [one for one in met if one.left_on is None and one.met_on]
    return max(there, key=lambda one: str(one.met_on)).name if there else ""


def _first(name: str) -> str:
    """Return how somebody is greeted: by first name, or by title and last name."""
    parts = name.split()
    if len(parts) > 1 and parts[0].endswith("."):
        return f"{parts[0]} {parts[-1]}"
    return parts[0] if parts else ""


def _problem(facts: Facts) -> str:
    """Return the problem that the buyer agreed to, in their words if a mail has room for them.

    Empty when they never agreed to one: we do not tell them what they said.
    """
    acts = facts.situation.opportunity.acts.values()
    agreed = [one for one in acts if one.act is Act.AGREED_PROBLEM]
    if not agreed:
        return ""
    quotes = [one.ground.quote.strip() for one in agreed]
    said = [f"“{one.rstrip('.')}”" for one in quotes if one and len(one) <= _LONGEST]
    known = facts.situation.problem
    titled = known.title[:1].lower() + known.title[1:] if known is not None else ""
    return said[-1] if said else titled


def _numbers(facts: Facts) -> Iterator[str]:
    ask, typical, cost = facts.ask, facts.typical, facts.situation.cost
    if ask:
        yield f"We ask for {facts.money(ask)}."
    if ask and typical:
        fees = [fee for fee in facts.situation.track.fees if fee > 0]
        low, high = facts.money(min(fees)), facts.money(max(fees))
        yield (
            f"{len(fees)} won deals of the like paid {low} to {high}, "
            f"{facts.money(typical)} in the (geometric) mean; ours is {ask / typical:.2f} "
            "times that."
        )
    elif ask:
        yield "Fewer than two won deals of the like are known, so there is nothing to compare."
    if cost is not None:
        yield f"Nothing changing costs them {facts.money(cost.p50)} a year (median)."
    else:
        yield "What nothing changing costs them was never counted."


def _written(paragraphs: list[dict[str, Any]], slots: Mapping[str, str]) -> str:
    kept = (
        one["text"].format(**slots)
        for one in paragraphs
        if all(need in slots for need in one.get("needs", ()))
        and not any(other in slots for other in one.get("unless", ()))
    )
    return "\n\n".join(kept)


@cache
def _entries() -> dict[tuple[Cold, str], dict[str, Any]]:
    text = Path(__file__).with_name("advice.toml").read_text("utf-8")
    told = tomllib.loads(text)["advice"]
    return {(Cold[one["about"].upper()], one.get("when", "")): one for one in told}
