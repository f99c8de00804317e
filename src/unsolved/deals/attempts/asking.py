"""What to ask about what was tried: whatever is not known of it, and why that matters."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter

from unsolved.deals.attempts.looking import said
from unsolved.deals.model import Attempt, CameOf, InAttempt, Opportunity, Situation

TOOK_PART = frozenset({InAttempt.LED, InAttempt.CHOSE, InAttempt.TOOK_PART})
LATER = frozenset({"why_text", "is_structural", "different", "defended_by"})
"""What is asked only of an attempt that may have failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """Something to ask the buyer: the words, why it matters, and what the answer fills.

    ``attempt`` is the number of the attempt it is about, None when it is about none in
    particular; ``fills`` the field of that attempt, or a kind of part; empty when it is a
    question of the problem file's.
    """

    ask: str
    why: str
    fills: str = ""
    attempt: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    __pydantic_config__ = ConfigDict(extra="forbid")

    ask: str
    why: str
    fills: str
    of: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    __pydantic_config__ = ConfigDict(extra="forbid")

    problem_themes: frozenset[str]
    first: _Ask
    ask: tuple[_Ask, ...]


def questions(situation: Situation) -> tuple[OpenQuestion, ...]:
    """Return what to ask about what was tried, attempt by attempt, the latest first.

    Of each attempt only what is not known, in the order in which the answers weigh. The
    questions that the problem file has on earlier attempts come last, and the first of all is
    what was tried, when nothing is known of that.
    """
    told = _asking()
    known = situation.opportunity
    found = []
    if not known.attempts:
        first = told.first
        found.append(OpenQuestion(ask=first.ask, why=first.why, fills=first.fills))
    for number, attempt in sorted(known.attempts.items(), key=_latest):
        found += _of(number, attempt, known)
    return (*found, *_of_problem(situation))


def _latest(item: tuple[int, Attempt]) -> tuple[float, int]:
    number, attempt = item
    on = attempt.ended or attempt.began
    return (-on.toordinal() if on else 0, number)


def _of(number: int, attempt: Attempt, known: Opportunity) -> Iterator[OpenQuestion]:
    for one in _asking().ask:
        if _is_open(one.fills, number, attempt, known):
            own = (one.of.get(attempt.came_of.value), one.of.get(attempt.kind.value))
            words = next((text for text in own if text), one.ask)
            yield OpenQuestion(
                ask=words.format(what=said(attempt)),
                why=one.why,
                fills=one.fills,
                attempt=number,
            )


def _is_open(fills: str, number: int, attempt: Attempt, known: Opportunity) -> bool:
    if fills in LATER and attempt.came_of in {CameOf.WORKED, CameOf.UNDER_WAY}:
        return False
    return _OPEN[fills](number, attempt, known)


def _nobody_took_part(number: int, _: Attempt, known: Opportunity) -> bool:
    return not any(
        one.attempt == number and one.in_attempt in TOOK_PART
        for one in known.stakeholders.values()
    )


# Whether a field of an attempt is still to be asked for.
_OPEN: Mapping[str, Callable[[int, Attempt, Opportunity], bool]] = {
    "came_of": lambda _, one, __: one.came_of in {CameOf.UNKNOWN, CameOf.UNDER_WAY},
    "why_text": lambda _, one, __: not one.why_text.strip() or not one.whys,
    "is_structural": lambda _, one, __: one.is_structural is None,
    "different": lambda _, one, __: not one.different.strip(),
    "decided_by": lambda _, one, __: not one.decided_by.strip(),
    "chosen": lambda _, one, __: not one.chosen.strip(),
    "stakeholder": _nobody_took_part,
    "defended_by": lambda _, one, __: not one.defended_by and "defend" not in one.note.lower(),
}


def _of_problem(situation: Situation) -> Iterator[OpenQuestion]:
    problem = situation.problem
    themes = _asking().problem_themes
    why = "The problem file asks it of whoever tried before."
    for one in problem.questions if problem else ():
        if one.theme.casefold() in themes:
            yield OpenQuestion(ask=one.text, why=why)


@cache
def _asking() -> _Asking:
    text = Path(__file__).with_name("asking.toml").read_text("utf-8")
    told = TypeAdapter(_Asking).validate_python(tomllib.loads(text))
    unknown = {one.fills for one in told.ask} - set(_OPEN)
    if unknown:
        raise ValueError(f"asking.toml asks for what no attempt has: {sorted(unknown)}")
    return told
