"""How a talk stands: what the buyer feels, has told, was asked and still waits for."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from unsolved.conversations.practice.model import THEMES, Persona, Topic

LEAST, MOST = 0, 100
SLOW_FROM = 70
"""From this trust on, more of it is won half as fast."""

WARM, OPEN, COOL, TIRED = 65, 40, 20, 15


class Kind(StrEnum):
    """What happened in a turn."""

    TURN = "turn"
    ASKED_OPEN = "asked_open"
    ASKED_CLOSED = "asked_closed"
    ASKED_LEADING = "asked_leading"
    ASKED_AGAIN = "asked_again"
    ASKED_UNCLEAR = "asked_unclear"
    ASKED_MANY = "asked_many"
    INTERROGATION = "interrogation"
    BACKED = "backed"
    BACKED_UNKNOWN = "backed_unknown"
    WRONG_FIGURE = "wrong_figure"
    UNSUPPORTED = "unsupported"
    ANSWERED = "answered"
    OWNED = "owned"
    PASSED_OVER = "passed_over"
    PITCH_EARLY = "pitch_early"
    PITCH_LATE = "pitch_late"
    NAMES = "names"
    DEMO_EARLY = "demo_early"
    DEMO_AGAIN = "demo_again"
    INSIGHT = "insight"
    INSIGHT_MORE = "insight_more"
    INSIGHT_KNOWN = "insight_known"
    REFLECTED = "reflected"
    MISHEARD = "misheard"
    EMPATHY = "empathy"
    EMPATHY_MORE = "empathy_more"
    COURTESY = "courtesy"
    TOLD = "told"
    LONG = "long"
    SILENCE = "silence"
    RUDE = "rude"
    NONSENSE = "nonsense"
    FOREIGN = "foreign"
    INSTRUCTION = "instruction"
    NEXT_STEP = "next_step"
    GOODBYE = "goodbye"


class Ending(StrEnum):
    """How a talk ended."""

    WALKED_OUT = "the buyer walked out"
    NEXT_STEP = "the buyer took a next step"
    GOODBYE = "the seller ended it"
    TIME = "time ran out"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a turn, and what it did to trust and patience."""

    kind: Kind
    trust: int
    patience: int
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question of the buyer's, the turn it was asked in, and the one it was answered in."""

    text: str
    turn: int
    answered: int | None = None
    times: int = 1
    is_opening: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """A part of an answer: a fact, or a phrase that tells nothing."""

    text: str
    fact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How the talk stands after so many turns.

    ``agreed`` is the turn in which buyer and seller first meant the same problem; ``asked``
    the questions so far, with the turn; ``spoken`` the parts of the buyer's last answer.
    """

    trust: int
    patience: int
    turn: int = 0
    told: tuple[str, ...] = ()
    topic: Topic | None = None
    spoken: tuple[Spoken, ...] = ()
    asked: tuple[tuple[str, int], ...] = ()
    in_a_row: int = 0
    pitches: int = 0
    demos: int = 0
    insights: int = 0
    reflections: int = 0
    empathies: int = 0
    agreed: int | None = None
    doubts: tuple[Doubt, ...] = ()
    waits: bool = False
    used: Mapping[str, int] = field(default_factory=dict)
    ended: Ending | None = None

    @property
    def doubt(self) -> Doubt | None:
        """The question the buyer waits for an answer to, if any."""
        return self.doubts[-1] if self.waits and self.doubts else None

    @property
    def mood(self) -> str:
        """How the buyer feels by now."""
        if self.patience <= TIRED:
            return "tired of it"
        if self.trust >= WARM:
            return "warm"
        if self.trust >= OPEN:
            return "open"
        return "cool" if self.trust <= COOL else "waiting"

    def covered(self, persona: Persona) -> tuple[Topic, ...]:
        """Return the themes on which the buyer has told something."""
        topics = {persona.fact(one).topic for one in self.told}
        return tuple(theme for theme in THEMES if theme in topics)

    def after(self, kinds: Iterable[Kind]) -> tuple["State", tuple[Event, ...]]:
        """Return the state once all that has happened, and what each part did.

        Trust and patience stay between 0 and 100: an event does only what there is room for,
        so that the events of a talk add up to what it ends with.
        """
        state, events = self, []
        for kind in kinds:
            move = moves()[kind]
            wanted = move.trust
            if wanted > 1 and state.trust >= SLOW_FROM:
                wanted = (wanted + 1) // 2
            trust = _within(state.trust + wanted)
            patience = _within(state.patience + move.patience)
            by = Event(kind, trust - state.trust, patience - state.patience, move.why)
            events.append(by)
            state = replace(state, trust=trust, patience=patience)
        return state, tuple(events)


@cache
def moves() -> Mapping[Kind, Event]:
    """Return what each kind of event does when there is room for it."""
    told = tomllib.loads(Path(__file__).with_name("moves.toml").read_text("utf-8"))
    return {
        kind: Event(kind, told[kind]["trust"], told[kind]["patience"], told[kind]["why"])
        for kind in Kind
    }


def _within(value: int) -> int:
    return max(LEAST, min(MOST, value))
