"""Who the simulated buyer is, what that person knows, and how a line of a talk is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from unsolved.conversations.acts import THEMES, Act, ActReader, Said, Topic

__all__ = [
    "NO_SPEECH",
    "THEMES",
    "Act",
    "ActReader",
    "Fact",
    "Known",
    "Moment",
    "Persona",
    "Quoted",
    "Said",
    "Stakeholder",
    "Topic",
    "Trouble",
    "Try",
]

NO_SPEECH: Mapping["Moment", tuple[str, ...]] = {}


class Moment(StrEnum):
    """When the buyer speaks without telling anything: each has phrases of its own."""

    OPENING = "opening"
    AGREE = "agree"
    HEARD = "heard"
    MISHEARD = "misheard"
    WARM = "warm"
    LEARNT = "learnt"
    KNOWN = "known"
    SHORT = "short"
    GUARDED = "guarded"
    NOTHING = "nothing"
    REPEATED = "repeated"
    LEADING = "leading"
    DOUBT = "doubt"
    UNANSWERED = "unanswered"
    SATISFIED = "satisfied"
    OWNED = "owned"
    UNKNOWN = "unknown"
    UNKNOWN_FIGURE = "unknown_figure"
    PITCH = "pitch"
    NAMES = "names"
    DEMO = "demo"
    DEMO_AGAIN = "demo_again"
    INTERROGATED = "interrogated"
    LONG = "long"
    SILENCE = "silence"
    RUDE = "rude"
    NONSENSE = "nonsense"
    FOREIGN = "foreign"
    INSTRUCTION = "instruction"
    UNCLEAR = "unclear"
    SMALL_TALK = "small_talk"
    LISTENING = "listening"
    END = "end"
    NEXT_STEP = "next_step"
    GOODBYE = "goodbye"
    TIME = "time"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where a fact that was not written for practice comes from."""

    text: str
    source: str
    on: date | None = None
    evidence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something the buyer knows, in the buyer's own words, and what it takes to hear it.

    ``says`` are ways to say the same; ``trust`` is what it takes, 0 to 100; the facts named in
    ``after`` have to be told before.
    """

    id: str
    topic: Topic
    says: tuple[str, ...]
    trust: int = 0
    after: tuple[str, ...] = ()
    is_secret: bool = False
    quoted: Quoted | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What anybody can find out about the organisation before the call, and where."""

    says: str
    source: str
    on: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem the organisation has, as its own people see it."""

    name: str
    why: str
    impact: str


@dataclass(frozen=True, slots=True)
class Try:
    """An earlier attempt at a fix."""

    what: str
    when: str
    decided_by: str
    outcome: str
    why_it_failed: str
    defended_by: str = ""


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Somebody with a say, their power and where they stand."""

    name: str
    role: str
    power: str
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """A buyer to practise with.

    ``trust`` and ``patience`` are what the talk begins with, 0 to 100. ``origin`` says what it
    was made from: it was written, or is an organisation we read about, or a call that was held.
    """

    id: str
    name: str
    role: str
    organisation: str
    trade: str
    size: str
    mood: str
    about: str
    trust: int
    patience: int
    facts: tuple[Fact, ...]
    speech: Mapping[Moment, tuple[str, ...]] = field(default_factory=lambda: NO_SPEECH)
    public: tuple[Known, ...] = ()
    goals: tuple[str, ...] = ()
    problems: tuple[Trouble, ...] = ()
    attempts: tuple[Try, ...] = ()
    people: tuple[Stakeholder, ...] = ()
    alternatives: tuple[str, ...] = ()
    decision: str = ""
    origin: str = "written"

    @property
    def themes(self) -> tuple[Topic, ...]:
        """The themes on which there is something to be told."""
        held = {fact.topic for fact in self.facts}
        return tuple(theme for theme in THEMES if theme in held)

    def fact(self, fact_id: str) -> Fact:
        """Return the fact of that id."""
        return next(fact for fact in self.facts if fact.id == fact_id)

    @property
    def who(self) -> str:
        """The person in a line."""
        return ", ".join(part for part in (self.name, self.role, self.organisation) if part)
