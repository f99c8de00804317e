"""A buyer and a talk as plain facts, to be kept, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from unsolved.conversations.acts import Act, Said, Topic
from unsolved.conversations.practice.model import (
    Fact,
    Known,
    Moment,
    Persona,
    Quoted,
    Stakeholder,
    Trouble,
    Try,
)
from unsolved.conversations.practice.state import Doubt, Ending, Event, Kind, Spoken, State
from unsolved.conversations.practice.talk import Turn

Told = Mapping[str, Any]

PLAIN = (
    *("id", "name", "role", "organisation", "trade", "size", "mood", "about"),
    *("trust", "patience", "decision", "origin"),
)


def persona_told(persona: Persona) -> dict[str, Any]:
    """Return a buyer as plain facts."""
    told: dict[str, Any] = {name: getattr(persona, name) for name in PLAIN}
    told |= {"goals": list(persona.goals), "alternatives": list(persona.alternatives)}
    told["facts"] = [_fact_told(fact) for fact in persona.facts]
    told["speech"] = {moment.value: list(said) for moment, said in persona.speech.items()}
    for name in ("public", "problems", "attempts", "people"):
        told[name] = [asdict(one) for one in getattr(persona, name)]
    return told


def persona_of(told: Told) -> Persona:
    """Return the buyer that was kept."""
    return Persona(
        **{name: told[name] for name in PLAIN},
        goals=tuple(told["goals"]),
        alternatives=tuple(told["alternatives"]),
        facts=tuple(_fact(one) for one in told["facts"]),
        speech={Moment(name): tuple(said) for name, said in told["speech"].items()},
        public=tuple(Known(**one) for one in told["public"]),
        problems=tuple(Trouble(**one) for one in told["problems"]),
        attempts=tuple(Try(**one) for one in told["attempts"]),
        people=tuple(Stakeholder(**one) for one in told["people"]),
    )


def _fact_told(fact: Fact) -> dict[str, Any]:
    quoted = fact.quoted and {
        "text": fact.quoted.text,
        "source": fact.quoted.source,
        "on": fact.quoted.on.isoformat() if fact.quoted.on else None,
        "evidence": fact.quoted.evidence,
    }
    return {
        "id": fact.id,
        "topic": fact.topic.value,
        "says": list(fact.says),
        "trust": fact.trust,
        "after": list(fact.after),
        "is_secret": fact.is_secret,
        "quoted": quoted,
    }


def _fact(told: Told) -> Fact:
    quoted = told["quoted"]
    if quoted:
        on = date.fromisoformat(quoted["on"]) if quoted["on"] else None
        quoted = Quoted(quoted["text"], quoted["source"], on, quoted["evidence"])
    return Fact(
        id=told["id"],
        topic=Topic(told["topic"]),
        says=tuple(told["says"]),
        trust=told["trust"],
        after=tuple(told["after"]),
        is_secret=told["is_secret"],
        quoted=quoted,
    )


def state_told(state: State) -> dict[str, Any]:
    """Return how a talk stands as plain facts."""
    told = asdict(state)
    told["used"] = dict(state.used)
    told["topic"] = state.topic.value if state.topic else None
    told["ended"] = state.ended.value if state.ended else None
    return told


def state_of(told: Told) -> State:
    """Return how a talk stood that was kept."""
    whole = {
        **told,
        "told": tuple(told["told"]),
        "topic": Topic(told["topic"]) if told["topic"] else None,
        "spoken": tuple(Spoken(**one) for one in told["spoken"]),
        "asked": tuple((text, turn) for text, turn in told["asked"]),
        "doubts": tuple(Doubt(**one) for one in told["doubts"]),
        "ended": Ending(told["ended"]) if told["ended"] else None,
    }
    return State(**whole)


def acts_told(acts: Sequence[Said]) -> list[dict[str, Any]]:
    """Return what the sentences of a line do as plain facts."""
    return [
        {
            "text": one.text,
            "acts": sorted(act.value for act in one.acts),
            "topic": one.topic.value if one.topic else None,
        }
        for one in acts
    ]


def turn_told(turn: Turn) -> dict[str, Any]:
    """Return a turn as plain facts."""
    return {
        "number": turn.number,
        "line": turn.line,
        "answer": turn.answer,
        "acts": acts_told(turn.acts),
        "events": [asdict(event) | {"kind": event.kind.value} for event in turn.events],
        "spoken": [asdict(part) for part in turn.spoken],
        "trust": turn.trust,
        "patience": turn.patience,
    }


def turn_of(told: Told) -> Turn:
    """Return the turn that was kept."""
    acts = tuple(
        Said(
            one["text"],
            frozenset(Act(act) for act in one["acts"]),
            Topic(one["topic"]) if one["topic"] else None,
        )
        for one in told["acts"]
    )
    return Turn(
        number=told["number"],
        line=told["line"],
        answer=told["answer"],
        acts=acts,
        events=tuple(Event(**{**one, "kind": Kind(one["kind"])}) for one in told["events"]),
        spoken=tuple(Spoken(**one) for one in told["spoken"]),
        trust=told["trust"],
        patience=told["patience"],
    )
