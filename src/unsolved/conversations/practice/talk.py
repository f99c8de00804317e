"""A talk as it goes on: the buyer's first words, and turn after turn."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from unsolved.conversations.acts import RuleReader
from unsolved.conversations.practice.buyer import opening, reply
from unsolved.conversations.practice.model import ActReader, Persona, Said
from unsolved.conversations.practice.phrasing import Phraser
from unsolved.conversations.practice.state import Event, Spoken, State

RULES: ActReader = RuleReader()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One line of the seller's, the buyer's answer, and what it did.

    ``spoken`` are the parts of the answer as the program decided on them; ``answer`` is what
    was said, which a language model may have worded. ``trust`` and ``patience`` are those after
    the turn.
    """

    number: int
    line: str
    answer: str
    acts: tuple[Said, ...]
    events: tuple[Event, ...]
    spoken: tuple[Spoken, ...]
    trust: int
    patience: int

    @property
    def told(self) -> tuple[str, ...]:
        """The facts that were told in it."""
        return tuple(part.fact for part in self.spoken if part.fact)

    @property
    def change(self) -> int:
        """What it did to the buyer's trust."""
        return sum(event.trust for event in self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A buyer, a seed, and all that was said."""

    persona: Persona
    seed: int
    opening: str
    state: State
    turns: tuple[Turn, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.state.ended is not None

    @property
    def heard(self) -> str:
        """What the buyer said last."""
        return self.turns[-1].answer if self.turns else self.opening


def begun(persona: Persona, seed: int) -> Talk:
    """Return a talk in which only the buyer has spoken."""
    state, answer, _ = opening(persona, seed)
    return Talk(persona=persona, seed=seed, opening=answer, state=state)


def said(
    talk: Talk, line: str, reader: ActReader = RULES, phraser: Phraser | None = None
) -> Talk:
    """Return the talk after a line of the seller's, and the buyer's answer to it.

    A phraser may word the answer; the parts of it, and all that follows, stay the program's.
    """
    flat = " ".join(line.split())
    acts = reader.read(flat, (talk.heard,)) if flat else ()
    state, answer, events = reply(talk.state, flat, talk.persona, acts, talk.seed)
    if phraser is not None and not talk.is_over:
        answer = phraser.word(talk.persona, flat, state.spoken) or answer
    turn = Turn(
        number=len(talk.turns) + 1,
        line=flat,
        answer=answer,
        acts=tuple(acts),
        events=events,
        spoken=state.spoken,
        trust=state.trust,
        patience=state.patience,
    )
    return replace(talk, state=state, turns=(*talk.turns, turn))


def held(persona: Persona, seed: int, lines: Iterable[str], reader: ActReader = RULES) -> Talk:
    """Return the talk that these lines make, up to where it ends."""
    talk = begun(persona, seed)
    for line in lines:
        if talk.is_over:
            break
        talk = said(talk, line, reader)
    return talk
