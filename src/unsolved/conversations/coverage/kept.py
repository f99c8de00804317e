"""A talk as it is kept: plain facts in the database, the same values when taken out again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from unsolved.conversations.acts import Act, Said, Topic
from unsolved.conversations.coverage.cover import NOT_TOLD, SaidInTurns
from unsolved.conversations.coverage.model import Fact, FactKind, Medium, Talk, Turn, Words
from unsolved.conversations.coverage.sides import Told
from unsolved.evidence import Span
from unsolved.sources.transcripts import Participant

Facts = dict[str, Any]


class State(StrEnum):
    """What became of a fact that was proposed."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A fact that was proposed from a talk, and what a person said to it."""

    id: int
    call_id: int
    fact: Fact
    state: State
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known about a talk beside its words."""

    told: Told = NOT_TOLD
    organisation_id: int | None = None
    document_id: int | None = None
    problem_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A talk as it is kept, with the acts as they were read and the facts of it."""

    id: int
    talk: Talk
    said: SaidInTurns
    reader: str
    told: Told
    kept_at: datetime
    organisation_id: int | None
    problem_id: str | None
    document_id: int | None
    is_removed: bool
    facts: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A talk in a list."""

    id: int
    title: str
    medium: Medium
    held_on: date | None
    kept_at: datetime
    organisation_id: int | None
    organisation: str | None
    turns: int
    waiting: int


def of_talk(talk: Talk) -> Facts:
    """Return a talk as plain facts."""
    return {
        "turns": [
            {
                "speaker": turn.speaker,
                "text": turn.text,
                "spans": [[span.start, span.end] for span in turn.spans],
                "start": turn.start,
                "end": turn.end,
                "at": turn.at.isoformat() if turn.at else None,
            }
            for turn in talk.turns
        ],
        "people": [
            {"name": p.name, "email": p.email, "title": p.title, "is_ours": p.is_ours}
            for p in talk.people
        ],
        "organisation": talk.organisation,
        "notes": list(talk.notes),
    }


def to_talk(
    facts: Mapping[str, Any],
    *,
    title: str,
    medium: Medium,
    held_on: date | None,
    language: str | None,
) -> Talk:
    """Return the talk that plain facts are of."""
    return Talk(
        title=title,
        medium=medium,
        turns=tuple(_turn(number, told) for number, told in enumerate(facts["turns"])),
        day=held_on,
        language=language,
        organisation=facts["organisation"],
        people=tuple(Participant(**told) for told in facts["people"]),
        notes=tuple(facts["notes"]),
    )


def _turn(number: int, told: Mapping[str, Any]) -> Turn:
    return Turn(
        number,
        told["speaker"],
        told["text"],
        tuple(Span(start, end) for start, end in told["spans"]),
        told["start"],
        told["end"],
        datetime.fromisoformat(told["at"]) if told["at"] else None,
    )


def of_said(said: SaidInTurns) -> list[list[Facts]]:
    """Return the acts of a talk as plain facts; the words are those of its turns."""
    return [
        [
            {
                "acts": sorted(act.value for act in one.acts),
                "topic": one.topic.value if one.topic else None,
                "chances": {act.value: round(chance, 4) for act, chance in one.chances},
            }
            for one in sentences
        ]
        for sentences in said
    ]


def to_said(facts: Sequence[Sequence[Mapping[str, Any]]], talk: Talk) -> SaidInTurns:
    """Return the acts that plain facts tell, with the words of the talk."""
    return tuple(
        tuple(
            Said(
                words,
                frozenset(Act(act) for act in told["acts"]),
                Topic(told["topic"]) if told["topic"] else None,
                tuple((Act(act), chance) for act, chance in told["chances"].items()),
            )
            for words, told in zip(turn.sentences, sentences, strict=False)
        )
        for turn, sentences in zip(talk.turns, facts, strict=True)
    )


def of_told(told: Told) -> dict[str, list[str]]:
    """Return what was said about the sides as plain facts."""
    return {"seller": list(told.seller), "buyer": list(told.buyer), "own": list(told.own)}


def to_told(facts: Mapping[str, Sequence[str]]) -> Told:
    """Return what plain facts say about the sides."""
    return Told(tuple(facts["seller"]), tuple(facts["buyer"]), tuple(facts["own"]))


def fact_of(
    kind: FactKind, words: Words, detail: str, topic: str | None
) -> Fact:  # what a row holds
    """Return a fact from its parts."""
    return Fact(kind, words, detail, Topic(topic) if topic else None)
