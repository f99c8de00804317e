"""What came of a talk: what was understood, when it turned, and a score with its reasons."""

from collections import Counter
from dataclasses import dataclass
from math import fsum

from unsolved.conversations.acts.words import count
from unsolved.conversations.practice.better import Better, better_lines, next_question
from unsolved.conversations.practice.model import Act, Persona, Topic
from unsolved.conversations.practice.state import Doubt, Ending, Event, Kind
from unsolved.conversations.practice.talk import Talk, Turn

THEMES, DEPTH, TRUST, AGREED, HEARD, ANSWERED, NEXT_STEP = 40, 15, 15, 10, 5, 5, 10
"""The most points for each; together a hundred."""

COSTS: tuple[tuple[tuple[Kind, ...], str, int, int], ...] = (
    ((Kind.PITCH_EARLY,), "the product before the problem was understood", 4, 3),
    ((Kind.PITCH_LATE,), "praise of a product", 2, 3),
    ((Kind.DEMO_EARLY, Kind.DEMO_AGAIN), "a commitment asked for too early", 4, 2),
    ((Kind.NAMES,), "famous names", 2, 3),
    ((Kind.UNSUPPORTED,), "claims without a source", 2, 3),
    ((Kind.ASKED_LEADING,), "questions that hold their answer", 1, 4),
    ((Kind.LONG,), "monologues", 2, 2),
    ((Kind.RUDE,), "rudeness", 10, 2),
)
"""What costs points: how many each time, and how often it counts."""

WALKED_OUT = 5


@dataclass(frozen=True, slots=True)
class Point:
    """One part of a score; in quarters, so that adding up is exact."""

    text: str
    points: float


@dataclass(frozen=True, slots=True)
class Told:
    """A theme: what the buyer told of it and when, whose words there are, and what is left."""

    theme: Topic
    words: tuple[tuple[int, str], ...]
    whose: str
    left: int


@dataclass(frozen=True, slots=True)
class Turning:
    """The turn that changed the buyer's trust most, by how much, and why."""

    turn: int
    line: str
    change: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """A talk, looked back upon.

    ``share`` is the part of all words that the seller said; ``longest`` is the turn with the
    seller's longest line, and its words. Both are hints and no grades: the score has no part
    in them.
    """

    ending: Ending | None
    reasons: tuple[Point, ...]
    themes: tuple[Told, ...]
    first_pitch: int | None
    agreed: int | None
    unanswered: tuple[Doubt, ...]
    backed: int
    unsupported: int
    share: float
    longest: tuple[int, int] | None
    turned: Turning | None
    better: tuple[Better, ...]
    next_question: str | None
    trust: tuple[int, ...]
    patience: tuple[int, ...]

    @property
    def score(self) -> float:
        """The reasons, added up: 0 to 100."""
        return fsum(point.points for point in self.reasons)

    @property
    def covered(self) -> int:
        """How many themes the buyer has told something of."""
        return sum(bool(told.words) for told in self.themes)


def debrief(talk: Talk) -> Debrief:
    """Return what came of a talk, whether or not it has ended."""
    state, turns = talk.state, talk.turns
    kinds = Counter(event.kind for turn in turns for event in turn.events)
    lines = [count(turn.line) for turn in turns]
    answers = sum(count(turn.answer) for turn in turns) + count(talk.opening)
    longest = max(range(len(lines)), key=lines.__getitem__, default=None)
    return Debrief(
        ending=state.ended,
        reasons=tuple(_reasons(talk, kinds)),
        themes=_themes(talk),
        first_pitch=_first(turns, Kind.PITCH_EARLY, Kind.PITCH_LATE),
        agreed=state.agreed,
        unanswered=tuple(one for one in state.doubts if one.answered is None),
        backed=kinds[Kind.BACKED],
        unsupported=kinds[Kind.UNSUPPORTED],
        share=sum(lines) / (sum(lines) + answers) if lines else 0.0,
        longest=None if longest is None else (turns[longest].number, lines[longest]),
        turned=_turned(turns),
        better=better_lines(talk),
        next_question=next_question(talk.persona, state.told),
        trust=(talk.persona.trust, *(turn.trust for turn in turns)),
        patience=(talk.persona.patience, *(turn.patience for turn in turns)),
    )


def _first(turns: tuple[Turn, ...], *kinds: Kind) -> int | None:
    found = (turn.number for turn in turns if any(event.kind in kinds for event in turn.events))
    return next(found, None)


def _turned(turns: tuple[Turn, ...]) -> Turning | None:
    """Return the turn with the largest change of trust; the first of several."""
    turn = max(turns, key=lambda one: (abs(one.change), -one.number), default=None)
    if turn is None or not turn.change:
        return None
    same = [event for event in turn.events if event.trust * turn.change > 0]
    why = "; ".join(dict.fromkeys(event.why for event in sorted(same, key=_by_weight)))
    return Turning(turn.number, turn.line, turn.change, why)


def _by_weight(event: Event) -> int:
    return -abs(event.trust)


def _themes(talk: Talk) -> tuple[Told, ...]:
    persona, found = talk.persona, []
    for theme in persona.themes:
        words = tuple(
            (turn.number, part.text)
            for turn in talk.turns
            for part in turn.spoken
            if part.fact and persona.fact(part.fact).topic is theme
        )
        held = sum(fact.topic is theme for fact in persona.facts)
        found.append(Told(theme, words, _whose(talk, theme, bool(words)), held - len(words)))
    return tuple(found)


def _whose(talk: Talk, theme: Topic, is_told: bool) -> str:
    if is_told:
        return "in the buyer's words"
    claims = {Act.PRESUME, Act.INSIGHT, Act.TELL}
    named = any(
        one.topic is theme and one.acts & claims for turn in talk.turns for one in turn.acts
    )
    return "only in yours" if named else "not touched"


def _reasons(talk: Talk, kinds: Counter[Kind]) -> list[Point]:
    gained = [*_understood(talk), *_won(talk, kinds)]
    lost = _lost(talk, kinds)
    quarters = [Point(one.text, round(one.points * 4) / 4) for one in (*gained, *lost)]
    reasons = [point for point in quarters if point.points]
    total = fsum(point.points for point in reasons)
    if total < 0:
        reasons.append(Point("no score is below nothing", -total))
    return reasons


def _understood(talk: Talk) -> list[Point]:
    persona: Persona = talk.persona
    covered, held = len(talk.state.covered(persona)), len(persona.themes)
    told, facts = len(talk.state.told), len(persona.facts)
    return [
        Point(f"{covered} of {held} themes in the buyer's words", THEMES * covered / held),
        Point(f"{told} of {facts} things that could be heard", DEPTH * told / facts),
    ]


def _won(talk: Talk, kinds: Counter[Kind]) -> list[Point]:
    state = talk.state
    asked = len(state.doubts)
    answered = sum(one.answered is not None for one in state.doubts)
    heard = min(kinds[Kind.REFLECTED], HEARD)
    return [
        Point(f"trust of {state.trust} at the end", TRUST * state.trust / 100),
        Point(f"the problem agreed in turn {state.agreed}", AGREED if state.agreed else 0),
        Point(f"lines that heard the buyer's words: {kinds[Kind.REFLECTED]}", heard),
        Point(
            f"{answered} of the buyer's {asked} questions answered",
            ANSWERED * answered / asked if asked else 0,
        ),
        Point("a next step", NEXT_STEP if state.ended is Ending.NEXT_STEP else 0),
    ]


def _lost(talk: Talk, kinds: Counter[Kind]) -> list[Point]:
    found = []
    for counted, text, each, most in COSTS:
        times = sum(kinds[kind] for kind in counted)
        found.append(Point(f"{text}: {times}", -each * min(times, most)))
    if talk.state.ended is Ending.WALKED_OUT:
        found.append(Point("the buyer walked out", -WALKED_OUT))
    return found
