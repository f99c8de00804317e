"""Which insight is worth sending, and to whom: by their trade, and by the roles they hold."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from unsolved.deals.model import (
    Reason,
    Role,
    Situation,
    Stakeholder,
    StepKind,
    StepState,
    added,
)
from unsolved.problems import Insight, Library

_WORD = re.compile(r"[^\W\d_]+")
_PLURAL = 4  # letters from which on a final s is no part of a word's stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """An insight that fits a deal: for which people, and the points that say why.

    ``whom`` are numbers of stakeholders who hold a role that it is for; empty when it is for
    anybody, or for nobody on the map.
    """

    insight: Insight
    whom: tuple[int, ...]
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> float:
        """The reasons, added up; the more, the sooner it is sent."""
        return added(self.reasons)


def matched(situation: Situation, library: Library) -> tuple[Matched, ...]:
    """Return the insights on the problem of a deal that were not sent yet, the best first.

    What is planned counts as sent. Two that say nearly the same count as one, the better.
    """
    problem = situation.problem or library.find(situation.opportunity.head.problem_id)
    known = _sent(situation)
    found = [_match(situation, one) for one in (problem.insights if problem else ())]
    found.sort(key=lambda one: (-one.points, one.insight.text))
    chosen: list[Matched] = []
    for one in found:
        if not _is_told(one.insight.text, [*known, *(each.insight.text for each in chosen)]):
            chosen.append(one)
    return tuple(chosen)


def families_of(told: str) -> frozenset[str]:
    """Return the families of roles that a role or a title belongs to.

    >>> sorted(families_of("Chief operating officer"))
    ['operations']
    """
    plain = " ".join(_WORD.findall(told.casefold()))
    return frozenset(
        family
        for family, names in read()["families"].items()
        if any(re.search(rf"\b{re.escape(name)}\b", plain) for name in names)
    )


@cache
def read() -> Mapping[str, Any]:
    """Return points, distances and words, as ``insights.toml`` has them."""
    return tomllib.loads(Path(__file__).with_name("insights.toml").read_text("utf-8"))


def _match(situation: Situation, insight: Insight) -> Matched:
    stakeholders = situation.opportunity.stakeholders
    whom = tuple(n for n, one in sorted(stakeholders.items()) if _is_for(insight, one))
    industry = situation.organisation.industry if situation.organisation else None
    reasons = (
        *_of_trade(insight, industry),
        *_of_roles(insight, [stakeholders[number].name for number in whom]),
        _of_source(insight),
    )
    return Matched(insight=insight, whom=whom, reasons=reasons)


def _of_trade(insight: Insight, industry: str | None) -> Iterator[Reason]:
    if not insight.industries:
        yield _reason("it holds in any trade", "any_industry")
    elif industry and any(_alike(industry, one) for one in insight.industries):
        yield _reason(f"it is about their trade: {industry}", "industry")
    elif industry:
        told = ", ".join(insight.industries)
        yield _reason(f"it is about {told}, and they are {industry}", "other_industry")


def _of_roles(insight: Insight, names: Sequence[str]) -> Iterator[Reason]:
    if names:
        told = ", ".join(insight.roles)
        yield _reason(f"it is for {told}: {', '.join(names)}", "role")
    elif not insight.roles:
        yield _reason("it is for anybody", "any_role")
    else:
        told = ", ".join(insight.roles)
        yield _reason(f"it is for {told}, and nobody on the map is that", "no_role")


def _of_source(insight: Insight) -> Reason:
    if insight.source.strip():
        return _reason(f"they can check it: {insight.source}", "sourced")
    return _reason("it names no source", "unsourced")


def _reason(text: str, rule: str) -> Reason:
    return Reason(text, float(read()["points"][rule]), f"insights.{rule}")


def _is_for(insight: Insight, one: Stakeholder) -> bool:
    if one.left_on is not None:
        return False
    role = "" if one.role is Role.UNKNOWN else one.role.value
    held = f"{one.title}; {role}"
    families = families_of(held)
    return any(
        families & families_of(wanted)
        or (_alike(one.title, wanted) and not families_of(wanted))
        for wanted in insight.roles
    )


def _alike(one: str, other: str) -> bool:
    first, second = _telling(one), _telling(other)
    fewest = min(len(first), len(second))
    return fewest > 0 and len(first & second) >= read()["least_alike"] * fewest


def _telling(text: str) -> frozenset[str]:
    generic = set(read()["words"]["generic"].split())
    words = (word for word in _WORD.findall(text.casefold()) if word not in generic)
    return frozenset(word.rstrip("s") if len(word) > _PLURAL else word for word in words)


def _sent(situation: Situation) -> list[str]:
    steps = situation.opportunity.steps.values()
    return [
        one.insight
        for one in steps
        if one.kind is StepKind.VALUE and one.state is not StepState.DROPPED and one.insight
    ]


def _is_told(text: str, known: Iterable[str]) -> bool:
    limit = read()["alike_texts"]
    return any(fuzz.token_set_ratio(text.casefold(), one.casefold()) >= limit for one in known)
