"""The buyer answers a line: a state goes in, and a state, an answer and what happened come out.

Nothing here knows a clock, a database or a language model; the same lines with the same seed
make the same talk.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from unsolved.conversations.practice.judging import GIVING, Judged, judged
from unsolved.conversations.practice.manner import unanswerable
from unsolved.conversations.practice.model import Fact, Moment, Persona, Said, Topic
from unsolved.conversations.practice.phrases import phrase, wording
from unsolved.conversations.practice.state import Doubt, Ending, Event, Kind, Spoken, State
from unsolved.conversations.practice.telling import Telling, identity, told_to

LONGEST = 60
"""Turns after which the buyer's time is up."""

TWICE = 2

REACTIONS = (
    (Kind.ANSWERED, Moment.SATISFIED),
    (Kind.OWNED, Moment.OWNED),
    (Kind.MISHEARD, Moment.MISHEARD),
    (Kind.WRONG_FIGURE, Moment.UNKNOWN_FIGURE),
    (Kind.BACKED_UNKNOWN, Moment.UNKNOWN),
    (Kind.BACKED, Moment.AGREE),
    (Kind.REFLECTED, Moment.HEARD),
    (Kind.INSIGHT, Moment.LEARNT),
    (Kind.INSIGHT_KNOWN, Moment.KNOWN),
    (Kind.EMPATHY, Moment.WARM),
)
"""What the buyer says first, after what; the first that happened is said."""

CLOSING = (
    (Kind.DEMO_AGAIN, Moment.DEMO_AGAIN),
    (Kind.DEMO_EARLY, Moment.DEMO),
    (Kind.NAMES, Moment.NAMES),
    (Kind.PITCH_EARLY, Moment.PITCH),
    (Kind.PITCH_LATE, Moment.PITCH),
)
"""What closes the buyer: nothing is told after it."""

ALONE = {
    "silence": (Kind.SILENCE, Moment.SILENCE),
    "rude": (Kind.RUDE, Moment.RUDE),
    "nonsense": (Kind.NONSENSE, Moment.NONSENSE),
    "foreign": (Kind.FOREIGN, Moment.FOREIGN),
    "instruction": (Kind.INSTRUCTION, Moment.INSTRUCTION),
}
"""What cannot be answered as part of a talk, and what is said to it."""


class Reply(NamedTuple):
    """The talk after a line: how it stands, what the buyer said, and what happened."""

    state: State
    answer: str
    events: tuple[Event, ...]


def opening(persona: Persona, seed: int) -> Reply:
    """Return how the talk begins: with the buyer, who asks why somebody calls."""
    state = State(trust=persona.trust, patience=persona.patience)
    state, said = _say(state, persona, Moment.OPENING, seed)
    doubt = Doubt(said.text, 0, is_opening=True)
    asks = "?" in said.text
    state = replace(state, spoken=(said,), doubts=(doubt,) if asks else (), waits=asks)
    return Reply(state, said.text, ())


def reply(state: State, line: str, persona: Persona, acts: Sequence[Said], seed: int) -> Reply:
    """Return the talk after a line of the seller's, whose sentences do ``acts``."""
    if state.ended is not None:
        after, said = _say(state, persona, Moment.OVER, seed)
        return Reply(replace(after, spoken=(said,)), said.text, ())
    why = unanswerable(line)
    if why is not None:
        return _alone(state, persona, seed, *ALONE[why])
    said_by_seller = tuple(acts)
    meant = judged(state, line, persona, said_by_seller)
    after, events = state.after((Kind.TURN, *meant.kinds))
    after = _counted(after, meant)
    after, parts = _answer(after, meant, persona, seed)
    after, parts = _ended(after, meant, persona, seed, parts)
    return Reply(replace(after, spoken=parts), _joined(parts), events)


def _alone(state: State, persona: Persona, seed: int, kind: Kind, moment: Moment) -> Reply:
    after, events = state.after((Kind.TURN, kind))
    after = replace(after, turn=state.turn + 1)
    after, said = _say(after, persona, moment, seed)
    after, parts = _ended(after, Judged((kind,)), persona, seed, (said,))
    return Reply(replace(after, spoken=parts), _joined(parts), events)


def _counted(state: State, meant: Judged) -> State:
    """Return the state with what is counted counted."""
    kinds = Counter(meant.kinds)
    gives = any(kind in GIVING for kind in meant.kinds)
    asks = meant.asking is not None
    in_a_row = 0 if gives else state.in_a_row + (asks and not meant.tells)
    asked = state.asked
    if meant.asking is not None:
        asked = (*asked, (meant.asking.said.text, state.turn + 1))
    return replace(
        state,
        turn=state.turn + 1,
        asked=asked,
        in_a_row=in_a_row,
        pitches=state.pitches + kinds[Kind.PITCH_EARLY] + kinds[Kind.PITCH_LATE],
        demos=state.demos + kinds[Kind.DEMO_EARLY] + kinds[Kind.DEMO_AGAIN],
        insights=state.insights + kinds[Kind.INSIGHT] + kinds[Kind.INSIGHT_MORE],
        reflections=state.reflections + kinds[Kind.REFLECTED],
        empathies=state.empathies + kinds[Kind.EMPATHY],
    )


Parts = tuple[Spoken, ...]


def _answer(state: State, meant: Judged, persona: Persona, seed: int) -> tuple[State, Parts]:
    """Return what is said to a line that can be answered."""
    state, waiting = _doubting(state, meant, persona, seed)
    closing = next((moment for kind, moment in CLOSING if meant.has(kind)), None)
    if closing is not None:
        state, said = _say(state, persona, closing, seed)
        return state, (said, *waiting[-1:])
    if waiting:
        return state, waiting
    parts: list[Spoken] = []
    reaction = next((moment for kind, moment in REACTIONS if meant.has(kind)), None)
    if meant.has(Kind.INTERROGATION):
        reaction = Moment.INTERROGATED
    if meant.has(Kind.LONG):
        reaction = Moment.LONG
    if reaction is not None:
        state, said = _say(state, persona, reaction, seed)
        parts.append(said)
    state, told = _told(state, meant, persona, seed)
    parts += told
    if not parts:
        first = state.turn == 1 and meant.has(Kind.COURTESY)
        moment = Moment.SMALL_TALK if first else Moment.LISTENING
        state, said = _say(state, persona, moment, seed)
        parts.append(said)
    return _agreed(state, meant, persona), tuple(parts)


def _doubting(state: State, meant: Judged, persona: Persona, seed: int) -> tuple[State, Parts]:
    """Return what the buyer asks back, or asks again, if anything."""
    last, known = state.doubt, state.doubts[:-1]
    if last is not None:
        if meant.has(Kind.ANSWERED, Kind.OWNED):
            done = replace(last, answered=state.turn)
            return replace(state, doubts=(*known, done), waits=False), ()
        if meant.has(Kind.PASSED_OVER):
            if last.times >= TWICE:
                return replace(state, waits=False), ()
            again = replace(last, times=last.times + 1, turn=state.turn)
            state, said = _say(state, persona, Moment.UNANSWERED, seed)
            asked = Spoken(_question_in(last.text))
            return replace(state, doubts=(*known, again)), (said, asked)
        return state, ()
    if meant.has(Kind.UNSUPPORTED):
        state, said = _say(state, persona, Moment.DOUBT, seed)
        doubt = Doubt(said.text, state.turn)
        return replace(state, doubts=(*state.doubts, doubt), waits=True), (said,)
    return state, ()


def _question_in(text: str) -> str:
    """Return the last question in a phrase, or all of it."""
    before, mark, _ = text.rpartition("?")
    if not mark:
        return text
    start = max(before.rfind(stop) for stop in (". ", "! ", "? "))
    return before[start + 2 :] + mark if start >= 0 else before + mark


def _told(
    state: State, meant: Judged, persona: Persona, seed: int
) -> tuple[State, list[Spoken]]:
    card = identity(meant.asking, persona)
    if card is not None and not meant.has(Kind.ASKED_AGAIN):
        return state, [Spoken(card)]
    telling: Telling = told_to(state, meant, persona)
    if telling.instead is not None:
        state, said = _say(state, persona, telling.instead, seed)
        return state, [said]
    parts = [_worded(fact, seed) for fact in telling.facts]
    if telling.facts:
        told = (*state.told, *(fact.id for fact in telling.facts))
        state = replace(state, told=told, topic=telling.facts[0].topic)
    return state, parts


def _worded(fact: Fact, seed: int) -> Spoken:
    return Spoken(wording(fact.says, seed, fact.id), fact.id)


def _agreed(state: State, meant: Judged, persona: Persona) -> State:
    """Return the state with the turn in which both first meant the same problem."""
    if state.agreed is not None or not meant.has(Kind.BACKED, Kind.REFLECTED):
        return state
    first = Topic.ISSUE if Topic.ISSUE in persona.themes else None
    if any(first in {None, persona.fact(one).topic} for one in state.told):
        return replace(state, agreed=state.turn)
    return state


def _ended(
    state: State, meant: Judged, persona: Persona, seed: int, parts: Parts
) -> tuple[State, Parts]:
    """Return the talk ended, if it is over."""
    ending: tuple[Ending, Moment] | None = None
    if state.patience <= 0:
        ending, parts = (Ending.WALKED_OUT, Moment.END), parts[:1]
    elif meant.has(Kind.NEXT_STEP) or _has_all(state, persona):
        ending = (Ending.NEXT_STEP, Moment.NEXT_STEP)
        parts = () if meant.has(Kind.NEXT_STEP) else parts
    elif meant.has(Kind.GOODBYE):
        ending, parts = (Ending.GOODBYE, Moment.GOODBYE), ()
    elif state.turn >= LONGEST:
        ending = (Ending.TIME, Moment.TIME)
    if ending is None:
        return state, parts
    state, said = _say(state, persona, ending[1], seed)
    return replace(state, ended=ending[0]), (*parts, said)


def _has_all(state: State, persona: Persona) -> bool:
    """Whether the seller is trusted and knows all there is to know."""
    return state.agreed is not None and len(state.told) == len(persona.facts)


def _say(state: State, persona: Persona, moment: Moment, seed: int) -> tuple[State, Spoken]:
    """Return a phrase for the moment, and the state that remembers it was used."""
    used = state.used.get(moment, 0)
    said = phrase(persona, moment, seed, used)
    return replace(state, used={**state.used, moment.value: used + 1}), Spoken(said)


def _joined(parts: Parts) -> str:
    return " ".join(part.text for part in parts)
