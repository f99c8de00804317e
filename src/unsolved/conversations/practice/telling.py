"""Which facts does the buyer tell, given what is asked and how far the seller is trusted?"""

from dataclasses import dataclass

from unsolved.conversations.acts.rules import is_so
from unsolved.conversations.practice.judging import Judged
from unsolved.conversations.practice.manner import Asking
from unsolved.conversations.practice.model import Fact, Moment, Persona, Topic
from unsolved.conversations.practice.nearness import near
from unsolved.conversations.practice.state import Kind, State

TALKATIVE = 50
"""From this trust on, the buyer tells two things where one was asked for."""

CLOSED_BAR, TIRED_BAR = 10, 5
"""How much more trust it takes when a question is closed, or is one of too many."""

SAME_THEME = 0.9
"""What it is worth to a question that a fact belongs to its theme, beside a rare word: 1."""

KNOWN_BAR = -10
"""How much less it takes to talk of what the seller has read already."""

VOLUNTEERS = 45
"""From this trust on, the buyer goes on unasked when the seller has heard or brought one."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The facts to tell, or why none is told."""

    facts: tuple[Fact, ...] = ()
    instead: Moment | None = None


def told_to(state: State, judged: Judged, persona: Persona) -> Telling:
    """Return what the buyer tells in answer to a line."""
    asking = judged.asking
    if asking is not None:
        return _answering(state, judged, asking, persona)
    if judged.has(Kind.BACKED):
        return Telling(_on_what_is_known(state, judged, persona))
    gives = judged.has(Kind.REFLECTED, Kind.INSIGHT, Kind.ANSWERED, Kind.EMPATHY)
    if gives and state.trust >= VOLUNTEERS and state.topic:
        return Telling(_ready(state, persona, _of(persona, state.topic), state.trust)[:1])
    return Telling()


def _answering(state: State, judged: Judged, asking: Asking, persona: Persona) -> Telling:
    if judged.has(Kind.ASKED_LEADING):
        return Telling(instead=Moment.LEADING)
    if judged.has(Kind.ASKED_AGAIN):
        return Telling(instead=Moment.REPEATED)
    brought = [persona.fact(one) for one in judged.touched]
    wanted = _wanted(state, asking, persona) or brought or _of(persona, state.topic)
    if not wanted:
        clear = asking.said.topic is not None or asking.follows
        return Telling(instead=Moment.NOTHING if clear else Moment.UNCLEAR)
    return _from(state, judged, asking, persona, wanted)


def _from(
    state: State, judged: Judged, asking: Asking, persona: Persona, wanted: list[Fact]
) -> Telling:
    bar = state.trust
    bar -= CLOSED_BAR if asking.manner == "closed" else 0
    bar -= TIRED_BAR if judged.has(Kind.INTERROGATION) else 0
    ready = _ready(state, persona, wanted, bar)
    if judged.has(Kind.BACKED):
        known = [persona.fact(one) for one in judged.touched]
        more = _ready(state, persona, known, bar - KNOWN_BAR)
        ready = _each_once((*ready[:1], *more)) if ready else more
    generous = bar >= TALKATIVE and asking.manner == "open"
    if ready:
        return Telling(ready[: 2 if generous else 1])
    left = [one for one in wanted if one.id not in state.told]
    if asking.manner == "closed" and left:
        return Telling(instead=Moment.SHORT)
    return Telling(instead=Moment.GUARDED if left else Moment.NOTHING)


def _each_once(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple({fact.id: fact for fact in facts}.values())


def _wanted(state: State, asking: Asking, persona: Persona) -> list[Fact]:
    """Return the facts a question is after, the nearest to its words first."""
    text, topic = asking.said.text, asking.said.topic
    close = near(text, persona)
    if asking.follows and state.topic is not None and _is_only_following(topic, text):
        topic = _onward(state, persona, topic)
        close = {fact.id: 1.0 for fact in persona.facts if set(fact.after) & _last(state)}
    worth = {
        fact.id: close.get(fact.id, 0.0) + (SAME_THEME if fact.topic is topic else 0.0)
        for fact in persona.facts
    }
    found = sorted((one for one in worth if worth[one]), key=lambda one: -worth[one])
    wanted = [persona.fact(one) for one in found]
    if wanted and all(fact.id in state.told for fact in wanted):
        wanted += _of(persona, wanted[0].topic)
    return wanted


def _last(state: State) -> set[str]:
    """Return the fact that was told last."""
    return set(state.told[-1:])


def _is_only_following(topic: Topic | None, text: str) -> bool:
    few = 4
    return topic in {None, Topic.EVIDENCE} or len(text.split()) <= few


def _onward(state: State, persona: Persona, topic: Topic | None) -> Topic | None:
    """Return what "and then?" is about: its own topic if there is more there, else the last."""
    if topic is not None and topic is not Topic.EVIDENCE:
        left = [one for one in _of(persona, topic) if one.id not in state.told]
        if left:
            return topic
    return state.topic


def _of(persona: Persona, topic: Topic | None) -> list[Fact]:
    return [fact for fact in persona.facts if fact.topic == topic]


def _ready(state: State, persona: Persona, wanted: list[Fact], bar: int) -> tuple[Fact, ...]:
    """Return the wanted facts that may be told now, or what has to be told before them.

    The order is kept, but for what takes more trust: that comes later.
    """
    found: list[Fact] = []
    told = set(state.told)
    for fact in wanted:
        if fact.id in told:
            continue
        first = _first_untold(persona, fact, told, bar)
        if first is not None and first not in found:
            found.append(first)
    near = {fact.id for fact in wanted}
    return tuple(sorted(found, key=lambda fact: (fact.id not in near, fact.is_secret)))


def _first_untold(persona: Persona, fact: Fact, told: set[str], bar: int) -> Fact | None:
    """Return the fact, or the one that has to come before it; None at too little trust."""
    for _ in persona.facts:  # a chain is never longer than there are facts
        missing = [one for one in fact.after if one not in told]
        if not missing:
            return fact if fact.trust <= bar else None
        fact = persona.fact(missing[0])
    return None


def _on_what_is_known(state: State, judged: Judged, persona: Persona) -> tuple[Fact, ...]:
    """Return what the buyer adds to what the seller has read."""
    bar = state.trust - KNOWN_BAR
    known = [persona.fact(one) for one in judged.touched]
    more = _ready(state, persona, known, bar)
    for topic in (Topic.ISSUE, persona.themes[0]):
        more = more or _ready(state, persona, _of(persona, topic), state.trust)
    return more[: 2 if state.trust >= TALKATIVE else 1]


def identity(asking: Asking | None, persona: Persona) -> str | None:
    """Return what stands on the buyer's card, when that is what was asked for."""
    if asking is None or not is_so("identity", asking.said.text):
        return None
    return f"{persona.who}; {persona.trade}, {persona.size}."
