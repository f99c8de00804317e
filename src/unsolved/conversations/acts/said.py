"""What a sentence of a talk does and what it is about, and who can tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Topic(StrEnum):
    """What a sentence is about; all but the last are themes that a talk should cover."""

    GOALS = "goals"
    ISSUE = "issue"
    WHY = "why"
    IMPACT = "impact"
    ATTEMPTS = "attempts"
    PEOPLE = "people"
    URGENCY = "urgency"
    ALTERNATIVES = "alternatives"
    EVIDENCE = "evidence"


THEMES = tuple(topic for topic in Topic if topic is not Topic.EVIDENCE)
"""The themes, in the order in which a good talk comes to them."""


class Act(StrEnum):
    """What a sentence of a talk does."""

    QUESTION = "question"
    TELL = "tell"
    PITCH = "pitch"
    PRESUME = "presume"
    INSIGHT = "insight"
    NAMES = "names"
    CLOSE = "close"
    REFLECT = "reflect"
    AGREE = "agree"
    REJECT = "reject"
    COURTESY = "courtesy"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, what it does and what it is about.

    ``chances`` is how likely each act is, from a reader that weighs; a rule does not.
    """

    text: str
    acts: frozenset[Act]
    topic: Topic | None = None
    chances: tuple[tuple[Act, float], ...] = ()

    def chance(self, act: Act) -> float:
        """Return how likely it is that the sentence does this; 0 or 1 from a rule."""
        return dict(self.chances).get(act, float(act in self.acts))


@dataclass(frozen=True, slots=True)
class TurnIn:
    """What one speaker said in one go, cut into sentences; the speaker may be unnamed."""

    speaker: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that was said."""
        return " ".join(self.sentences)


class ActReader(Protocol):
    """Somebody who reads what the sentences of a talk do; rules today, a model any day."""

    @property
    def name(self) -> str:
        """How the reader is called in what is kept."""
        ...

    def read(self, line: str, before: Sequence[str] = ()) -> tuple[Said, ...]:
        """Return the sentences of a line, each with at least one act.

        ``before`` is what the other side said last.
        """
        ...

    def read_call(self, turns: Sequence[TurnIn]) -> Sequence[Sequence[Said]]:
        """Return one `Said` for each sentence of each turn, in order.

        A reader that sees more than a sentence at a time puts its own way here.
        """
        return [
            [_one(sentence, self.read(sentence, heard)) for sentence in turn.sentences]
            for turn, heard in zip(turns, heard_before(turns), strict=True)
        ]


def heard_before(turns: Sequence[TurnIn]) -> list[tuple[str, ...]]:
    """Return, for each turn, the sentences that somebody else said last before it."""
    found: list[tuple[str, ...]] = []
    last: dict[str, tuple[str, ...]] = {}
    order: list[str] = []
    for turn in turns:
        other = next((one for one in reversed(order) if one != turn.speaker), None)
        found.append(last[other] if other is not None else ())
        if turn.speaker in last:
            order.remove(turn.speaker)
        order.append(turn.speaker)
        last[turn.speaker] = turn.sentences
    return found


def _one(sentence: str, parts: Sequence[Said]) -> Said:
    """Join what a reader that cut a sentence again says of its parts."""
    if len(parts) == 1:
        return parts[0]
    acts = frozenset(act for part in parts for act in part.acts) or frozenset({Act.COURTESY})
    topic = next((part.topic for part in parts if part.topic), None)
    return Said(sentence, acts, topic)
