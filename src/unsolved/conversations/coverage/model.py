"""A talk that was held, and what can be said about what was understood in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from unsolved.conversations.acts import Said, Topic
from unsolved.evidence import Span
from unsolved.sources.transcripts import Participant

NOBODY = ""
"""Who speaks where nobody says who it was."""


class Side(StrEnum):
    """Who sells, and who may buy."""

    SELLER = "seller"
    BUYER = "buyer"


class Medium(StrEnum):
    """How people talked."""

    CALL = "call"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said in one go, with the places of its sentences in ``text``.

    ``start`` and ``end`` are seconds into a call; ``at`` is when a mail was sent.
    """

    number: int
    speaker: str
    text: str
    spans: tuple[Span, ...]
    start: float | None = None
    end: float | None = None
    at: datetime | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences, as they stand in the text."""
        return tuple(self.text[span.start : span.end] for span in self.spans)

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A call or a thread of mails; ``notes`` say what was odd about it."""

    title: str
    medium: Medium
    turns: tuple[Turn, ...]
    day: date | None = None
    language: str | None = None
    organisation: str | None = None
    people: tuple[Participant, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who spoke, in the order in which they first did; `NOBODY` among them."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns))

    @property
    def is_english(self) -> bool:
        """Whether its acts can be read; a talk too short to tell counts as English."""
        return self.language is None or self.language.casefold().startswith("en")

    @property
    def seconds(self) -> float | None:
        """How long it was, where the turns have times."""
        moments = [m for turn in self.turns for m in (turn.start, turn.end) if m is not None]
        return max(moments, default=None)


@dataclass(frozen=True, slots=True)
class Words:
    """Something that was said, and where: cut out of its turn, so that it is verbatim."""

    text: str
    turn: int
    sentence: int
    speaker: str
    start: float | None = None

    @property
    def minute(self) -> int | None:
        """In which minute of the call, from 1."""
        return None if self.start is None else int(self.start // 60) + 1


@dataclass(frozen=True, slots=True)
class Sides:
    """On which side each turn is, how sure that is (0 to 1), and how it is known."""

    of_turns: tuple[Side | None, ...]
    sure: float
    how: str

    def speakers(self, talk: Talk, side: Side) -> tuple[str, ...]:
        """Return who speaks for a side, as far as they have names."""
        both = zip(talk.turns, self.of_turns, strict=True)
        return tuple(dict.fromkeys(t.speaker for t, of in both if of is side and t.speaker))


class Whose(StrEnum):
    """In whose words a theme was covered."""

    BUYER = "the buyer said it"
    AGREED = "the seller presumed it, the buyer agreed"
    SELLER = "only the seller presumed it"
    ASKED = "asked, not answered"
    NOBODY = "not touched"


@dataclass(frozen=True, slots=True)
class Theme:
    """How far a theme was covered, with the words that show it, the best first."""

    topic: Topic
    whose: Whose
    quotes: tuple[Words, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is still to be heard from the buyer."""
        return self.whose is not Whose.BUYER


@dataclass(frozen=True, slots=True)
class Agreement:
    """The moment at which the buyer agreed what the problem is."""

    words: Words
    on: Words | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the buyer's, and what became of it.

    ``wants_evidence`` asks why the seller says so: only a source answers that. ``why`` is the
    reason to call it unanswered.
    """

    words: Words
    wants_evidence: bool
    answer: Words | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Presumption:
    """What the seller took to be so at the buyer's: on what ground, and what was said to it."""

    words: Words
    ground: Words | None
    reply: Words | None
    is_agreed: bool | None


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the talk one speaker had; a hint, not a grade."""

    speaker: str
    side: Side | None
    words: int
    share: float


class FactKind(StrEnum):
    """What sort of thing the buyer told that belongs into the opportunity."""

    GOAL = "goal"
    NUMBER = "number"
    NAME = "name"
    ATTEMPT = "attempt"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the buyer told: the sentence, and of it the words that matter."""

    kind: FactKind
    words: Words
    detail: str
    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to ask next, the theme it opens, and whether the problem library has it."""

    topic: Topic
    text: str
    is_from_library: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was understood in a talk; without acts (``is_read`` false), only its structure."""

    talk: Talk
    reader: str
    is_read: bool
    sides: Sides
    said: tuple[tuple[Said, ...], ...]
    themes: tuple[Theme, ...] = ()
    pitch: Words | None = None
    agreement: Agreement | None = None
    questions: tuple[Question, ...] = ()
    presumptions: tuple[Presumption, ...] = ()
    shares: tuple[Share, ...] = ()
    longest: Words | None = None
    longest_words: int = 0
    facts: tuple[Fact, ...] = ()
    asks: tuple[Ask, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """The questions of the buyer's that were never answered."""
        return tuple(one for one in self.questions if one.answer is None)

    @property
    def is_pitch_early(self) -> bool:
        """Whether the pitch came before the buyer agreed what the problem is."""
        if self.pitch is None:
            return False
        return self.agreement is None or self.pitch.turn < self.agreement.words.turn

    def side(self, turn: int) -> Side | None:
        """Return on which side a turn is."""
        return self.sides.of_turns[turn]


def words_of(turn: Turn, sentence: int) -> Words:
    """Return a sentence of a turn with its place."""
    span = turn.spans[sentence]
    text = turn.text[span.start : span.end]
    return Words(text, turn.number, sentence, turn.speaker, turn.start)


def first(words: Sequence[Words]) -> Words | None:
    """Return the earliest of some words."""
    return min(words, key=lambda one: (one.turn, one.sentence), default=None)
