"""A deal as a record of a CRM tells it, and how it ended there, as far as the record says."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

from unsolved.deals.model import Cause, Outcome

MOST_MONEY = 1e15
_REACH = 3  # words before a phrase within which a negation takes it back
_CURRENCY = 3  # letters, ISO 4217


class Where(StrEnum):
    """How far a deal is in its CRM."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A deal as the newest version of its record tells it; ``key`` is what the CRM calls it.

    ``closes_on`` is when it was closed or is expected to be. An amount that no opportunity can
    have (under nothing, or no number) is None, and a currency that is none is empty.
    """

    record_id: int
    source_id: int
    key: str
    name: str
    source: str = ""
    organisation_id: int | None = None
    organisation: str = ""
    owner: str = ""
    amount: float | None = None
    currency: str = ""
    stage: str = ""
    where: Where = Where.OPEN
    lost_reason: str = ""
    created_on: date | None = None
    closes_on: date | None = None

    @property
    def place(self) -> tuple[int, str]:
        """By which source and key it is known."""
        return self.source_id, self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a deal ended; ``outcome`` is None where the record does not say it clearly.

    ``words`` are those of the reason that tell it.
    """

    outcome: Outcome | None = None
    cause: Cause | None = None
    words: tuple[str, ...] = ()


def deal_of(facts: Mapping[str, Any], **about: Any) -> Deal:  # noqa: ANN401 (fields of Deal)
    """Return the deal that the facts of a record tell; ``about`` is what stands beside them."""
    is_won, is_closed = facts.get("is_won"), facts.get("is_closed")
    where = Where.OPEN
    if is_won is True:
        where = Where.WON
    elif is_closed is True:
        where = Where.LOST
    currency = _text(facts, "currency").upper()
    return Deal(
        owner=_text(facts, "owner"),
        amount=_amount(facts.get("amount")),
        currency=currency if len(currency) == _CURRENCY and currency.isalpha() else "",
        stage=_text(facts, "stage"),
        where=where,
        lost_reason=_text(facts, "lost_reason"),
        created_on=_day(facts.get("created")),
        closes_on=_day(facts.get("closed")),
        **about,
    )


def ended(deal: Deal) -> Ended | None:
    """Return how a deal ended, None for an open one."""
    if deal.where is Where.OPEN:
        return None
    if deal.where is Where.WON:
        return Ended(outcome=Outcome.WON)
    return lost_because(deal.lost_reason)


def lost_because(reason: str) -> Ended:
    """Return what a reason for losing tells; no outcome where it tells none, or two.

    >>> lost_because("No budget this year").outcome, lost_because("Price").outcome
    (<Outcome.NO_DECISION: 'no decision'>, None)
    """
    words = _words(reason)
    found = [
        (outcome, cause, " ".join(words[at : at + len(phrase)]))
        for outcome, cause, phrases in _endings()
        for phrase in phrases
        for at in _places(words, phrase)
    ]
    outcomes = {outcome for outcome, _, _ in found}
    told = tuple(sorted({word for _, _, word in found}))
    if len(outcomes) != 1:
        return Ended(words=told)
    causes = {cause for _, cause, _ in found if cause is not None}
    return Ended(
        outcome=outcomes.pop(), cause=causes.pop() if len(causes) == 1 else None, words=told
    )


def _places(words: Sequence[str], phrase: Sequence[str]) -> Iterator[int]:
    """Yield where a phrase stands and no negation before it takes it back."""
    refused = _negations()
    for at in range(len(words) - len(phrase) + 1):
        here = words[at : at + len(phrase)]
        if all(map(_is, here, phrase)):
            before = words[max(0, at - _REACH) : at]
            if not refused & set(before) or refused & set(phrase):
                yield at


def _is(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


@cache
def _endings() -> tuple[tuple[Outcome, Cause | None, tuple[tuple[str, ...], ...]], ...]:
    return tuple(
        (
            Outcome(one["outcome"]),
            Cause(one["cause"]) if "cause" in one else None,
            tuple(tuple(phrase.casefold().split()) for phrase in one["phrases"]),
        )
        for one in _read()["endings"]
    )


@cache
def _negations() -> frozenset[str]:
    return frozenset(_read()["negations"])


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("reasons.toml").read_text("utf-8"))


def _text(facts: Mapping[str, Any], name: str) -> str:
    told = facts.get(name)
    return str(told).replace("\0", "").strip() if told is not None else ""


def _amount(told: object) -> float | None:
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    return float(told) if isfinite(told) and 0 <= told <= MOST_MONEY else None


def _day(told: object) -> date | None:
    """Return the day of a moment in ISO 8601, as it is called where it was written."""
    try:
        return datetime.fromisoformat(str(told)).date() if told else None
    except ValueError:
        return None
