"""What a buyer told in a conversation becomes a part of the deal, with its words as ground."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from unsolved.conversations.coverage import Fact, FactKind
from unsolved.deals.model import (
    Act,
    Alternative,
    AlternativeKind,
    Attempt,
    Basis,
    BuyerAct,
    CostInput,
    Ground,
    Note,
    Stakeholder,
)
from unsolved.deals.parts import Part, PartKind, as_facts, kind_of
from unsolved.errors import Invalid
from unsolved.evidence import Amount, amounts_in

Mark = tuple[object, ...]
"""What tells a part that was made of a fact, whatever was changed of it since."""


class As(StrEnum):
    """As what something that the buyer told is taken."""

    GOAL = "a goal"
    IMPACT = "what it costs them"
    QUANTITY = "a quantity of the cost"
    PERSON = "a person with a say"
    SUPPLIER = "another supplier"
    ATTEMPT = "an attempt"
    DATE = "a date"
    NAMED_DATE = "that they named a date and a reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A fact of a conversation, and when and in which one it was told."""

    fact_id: int
    fact: Fact
    call_id: int
    title: str = ""
    held_on: date | None = None


_WAYS: Mapping[FactKind, tuple[As, ...]] = {
    FactKind.GOAL: (As.GOAL,),
    FactKind.NUMBER: (As.IMPACT, As.QUANTITY),
    FactKind.NAME: (As.PERSON, As.SUPPLIER),
    FactKind.ATTEMPT: (As.ATTEMPT,),
    FactKind.DATE: (As.DATE, As.NAMED_DATE),
}
_ABOUT = {As.GOAL: "goal", As.IMPACT: "impact", As.DATE: "date"}
_TOLD = {
    PartKind.STAKEHOLDER: "name",
    PartKind.ALTERNATIVE: "name",
    PartKind.ATTEMPT: "what",
    PartKind.NOTE: "text",
    PartKind.ACT: "act",
}

_PLAIN = re.compile(
    r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w.,]*\d)|(?<![\w.,])\d+(?:\.\d+)?(?![\w]|[.,]\d)"
)
"""A number in figures with nothing beside it that would change what it is."""


def ways(heard: Heard) -> tuple[As, ...]:
    """Return as what a fact can be taken; as a quantity only where it holds one amount."""
    found = _WAYS[heard.fact.kind]
    return (
        found if _range(heard.fact) else tuple(one for one in found if one is not As.QUANTITY)
    )


def part_of(
    heard: Heard, taken: As, *, today: date, named: str = "", unit: str = "", what: str = ""
) -> Part:
    """Return the part that a fact is taken as.

    ``named``, ``unit`` and ``what`` say of a quantity which one of the cost it is.

    Raises:
        Invalid: it cannot be taken so.
    """
    if taken not in ways(heard):
        raise Invalid(taken=taken.value, mend=f"take it as {' or '.join(ways(heard))}")
    fact, ground, on = heard.fact, ground_of(heard), heard.held_on or today
    match taken:
        case As.PERSON:
            return Stakeholder(name=fact.detail, ground=ground)
        case As.SUPPLIER:
            kind = AlternativeKind.COMPETITOR
            return Alternative(kind=kind, name=fact.detail, ground=ground)
        case As.ATTEMPT:
            return Attempt(what=fact.detail, grounds=(ground,))
        case As.NAMED_DATE:
            who = fact.words.speaker
            return BuyerAct(act=Act.NAMED_DATE, on=on, who=who, ground=ground)
        case As.QUANTITY:
            return _quantity(heard, named, unit, what)
        case _:
            return Note(text=fact.detail, on=on, about=_ABOUT[taken], ground=ground)


def ground_of(heard: Heard) -> Ground:
    """Return what a part made of a fact rests on: the sentence, who said it, and where."""
    words = heard.fact.words
    return Ground(
        basis=Basis.BUYER,
        quote=words.text,
        by=words.speaker,
        on=heard.held_on,
        call_id=heard.call_id,
        turn=words.turn,
    )


def marks(heard: Heard) -> frozenset[Mark]:
    """Return what tells the parts that a fact may have been taken as."""
    today = heard.held_on or date.min
    parts = [part_of(heard, one, today=today, named="x") for one in ways(heard)]
    found = (mark_of(kind_of(part), as_facts(part)) for part in parts)
    return frozenset(mark for mark in found if mark is not None)


def mark_of(kind: PartKind, facts: Mapping[str, Any]) -> Mark | None:
    """Return what tells a part that was made of a fact; None for one that was not."""
    grounds = facts.get("grounds") or [facts.get("ground")]
    ground = grounds[0] or {}
    if ground.get("call_id") is None:
        return None
    place = (kind, ground["call_id"], ground.get("turn"), ground.get("quote"))
    if kind is PartKind.INPUT:
        return (*place, facts["low"], facts["high"])
    return (*place, facts.get(_TOLD.get(kind, "")))


def _quantity(heard: Heard, named: str, unit: str, what: str) -> CostInput:
    told = _range(heard.fact)
    assert told is not None, "it is offered only where there is one"
    low, high, counted = told
    if not named.strip():
        raise Invalid(field="named", mend="say which quantity of the cost it is")
    return CostInput(
        name=named.strip(),
        low=low,
        likely=(low + high) / 2,
        high=high,
        unit=unit.strip() or counted or "1",
        what=what or heard.fact.detail,
        ground=ground_of(heard),
    )


def _range(fact: Fact) -> tuple[float, float, str] | None:
    """Return the one amount that the words of a fact tell, from least to most, and its unit."""
    at = fact.words.text.find(fact.detail)
    found = [one for one in amounts_in(fact.words.text) if _meets(one, at, fact.detail)]
    if len(found) == 1 and found[0].least is not None and found[0].most is not None:
        return found[0].least, found[0].most, found[0].unit
    plain = _PLAIN.findall(fact.detail)
    if found or len(plain) != 1:
        return None
    number = float(plain[0].replace(",", ""))
    return number, number, ""


def _meets(amount: Amount, at: int, detail: str) -> bool:
    """Whether an amount of the sentence is the one of these words."""
    span = amount.words.span
    return span.start < at + len(detail) and at < span.end
