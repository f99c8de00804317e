"""What would have been a better line, and what could come next: questions in their order."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from unsolved.conversations.practice.judging import is_ready
from unsolved.conversations.practice.model import Persona, Topic
from unsolved.conversations.practice.state import Kind
from unsolved.conversations.practice.talk import Talk, Turn

MANY = 3
SHORT = 90  # characters of a quote that helps
MOST = 3


@dataclass(frozen=True, slots=True)
class Better:
    """A line that cost something, why it did, and what could have stood there."""

    turn: int
    line: str
    why: str
    instead: str


def better_lines(talk: Talk, most: int = MOST) -> tuple[Better, ...]:
    """Return the lines that cost most trust and patience, each with a better one; in order."""
    worst: list[tuple[int, int, Better]] = []
    for turn in talk.turns:
        known = [event for event in turn.events if event.kind in _texts()["instead"]]
        if not known:
            continue
        event = min(known, key=lambda one: (2 * one.trust + one.patience, one.kind))
        instead = _filled(_texts()["instead"][event.kind], talk, turn.number - 1)
        cost = sum(2 * one.trust + one.patience for one in known)
        worst.append((cost, turn.number, Better(turn.number, turn.line, event.why, instead)))
    chosen = sorted(worst, key=lambda one: one[:2])[:most]
    return tuple(one for _, _, one in sorted(chosen, key=lambda one: one[1]))


def hint(talk: Talk) -> str:
    """Return what the seller could do next; it tells nothing that was not told."""
    state, persona, turns = talk.state, talk.persona, len(talk.turns)
    named: dict[str, str] = {}
    if talk.is_over:
        key = "over"
    elif state.doubt is not None:
        key = "opening" if state.doubt.is_opening else "doubt"
    elif state.in_a_row >= MANY:
        key, named = "row", {"row": str(state.in_a_row)}
    elif is_ready(state, persona) and len(state.covered(persona)) == len(persona.themes):
        key = "ready"
    else:
        theme = next_theme(persona, state.told)
        left = [one for one in persona.themes if _left(persona, state.told, one)]
        key = "left" if theme else "deeper" if left else "enough"
        named = {"theme": theme or (left[0] if left else "")}
    return _filled(_texts()["hint"][key], talk, turns, named)


def next_theme(persona: Persona, told: Sequence[str]) -> Topic | None:
    """Return the first theme, in the right order, of which the buyer has told nothing."""
    topics = {persona.fact(one).topic for one in told}
    return next((theme for theme in persona.themes if theme not in topics), None)


def next_question(persona: Persona, told: Sequence[str]) -> str | None:
    """Return a question for the next theme; None when all were spoken of."""
    theme = next_theme(persona, told)
    return None if theme is None else _question(persona, told, theme)


def _question(persona: Persona, told: Sequence[str], theme: Topic) -> str:
    named = _texts()["ask_named"].get(theme)
    knows = any(persona.fact(one).topic is Topic.ISSUE for one in told)
    if named and knows and persona.problems:
        return named.format(problem=persona.problems[0].name)
    return _texts()["ask"][theme]


def _left(persona: Persona, told: Sequence[str], theme: Topic) -> bool:
    return any(fact.topic is theme and fact.id not in told for fact in persona.facts)


def _filled(
    template: str, talk: Talk, upto: int, named: Mapping[str, str] | None = None
) -> str:
    """Return a template with what was known before the turn after ``upto``."""
    before = talk.turns[:upto]
    told = [one for turn in before for one in turn.told]
    ask = next_question(talk.persona, told) or _texts()["ask"][Topic.ALTERNATIVES]
    return template.format(
        **{
            "ask": ask,
            "known": _known(talk.persona),
            "heard": _heard(before),
            "doubt": _doubt(talk, upto),
            **(named or {}),
        }
    )


def _known(persona: Persona) -> str:
    if not persona.public:
        return ""
    known = persona.public[0]
    return f", as in “{known.source} of {known.on} says that {known.says}”"


def _heard(before: Sequence[Turn]) -> str:
    facts = [part.text for turn in before for part in turn.spoken if part.fact]
    return f", such as “{_short(facts[-1])}”" if facts else ""


def _doubt(talk: Talk, upto: int) -> str:
    asked = [one.text for one in talk.state.doubts]
    in_time = [one.text for one in talk.state.doubts if one.turn <= upto]
    return (in_time or asked or [talk.opening])[-1]


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1].rsplit(" ", 1)[0] + " …"


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    texts: Mapping[str, Mapping[str, str]] = tomllib.loads(
        Path(__file__).with_name("better.toml").read_text("utf-8")
    )
    assert {Kind(name) for name in texts["instead"]}, "each is a kind of event"
    return texts
