"""What a line of the seller's means to this buyer, at this point of the talk."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from unsolved.conversations.acts.rules import is_so
from unsolved.conversations.acts.words import count, figures, numbers, shared, stems
from unsolved.conversations.practice.manner import Asking, askings, is_backed
from unsolved.conversations.practice.model import Act, Fact, Persona, Said, Topic
from unsolved.conversations.practice.nearness import SURE, is_public, near, touched
from unsolved.conversations.practice.state import Kind, State

MANY = 3
"""So many questions in one line are several at once."""

IN_A_ROW = 4
"""From so many lines on that only ask, it is an interrogation."""

LONG = 110  # words
USEFUL, KIND = 4, 2
ALIKE = 0.8
LATELY = 3
ECHO, TALE = 4, 6  # words
READY = 60
"""The trust it takes to take a next step."""

_YOU_SAID = re.compile(
    r"\byou(?:'ve| have|\u2019ve)? (?:just )?(?:said|mentioned|told|spoke)\b", re.IGNORECASE
)
_BYE = re.compile(
    r"\b(?:good ?bye|bye(?: bye)?|have a (?:good|nice|great) (?:day|week|weekend|evening)|"
    r"i(?:'|\u2019)ll (?:let you go|leave it (?:there|at that)))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What happened in a line, the question to answer, and what it may have touched on."""

    kinds: tuple[Kind, ...]
    asking: Asking | None = None
    touched: tuple[str, ...] = ()
    tells: bool = False
    """Whether something is told beside the question."""

    def has(self, *kinds: Kind) -> bool:
        """Whether any of these happened."""
        return any(kind in kinds for kind in self.kinds)


def judged(state: State, line: str, persona: Persona, said: tuple[Said, ...]) -> Judged:
    """Return what the line means."""
    claims = [one for one in said if Act.PRESUME in one.acts]
    backed = [
        one
        for one in said
        if Act.PITCH not in one.acts and (is_backed(one.text) or is_public(one.text, persona))
    ]
    kinds = [
        *_claims(claims, backed, persona),
        *_field(state, said, persona),
        *_heard(state, said, persona),
        *_selling(state, said, persona),
    ]
    kinds += _doubt(state, kinds, said, backed)
    asked = askings(said)
    gives = any(kind in GIVING for kind in kinds)
    asking = _invited(_chosen(asked), kinds)
    tells = any(Act.TELL in one.acts and count(one.text) >= TALE for one in said)
    kinds += _questions(state, asked, asking, persona, gives=gives or tells)
    if _BYE.search(line) and asking is None:
        kinds.append(Kind.GOODBYE)
    if not kinds:
        kinds.append(Kind.COURTESY if _is_courtesy(said) else Kind.TOLD)
    if count(line) > LONG:
        kinds.append(Kind.LONG)
    field = [one for one in said if Act.INSIGHT in one.acts]
    about = [one.text for one in (*claims, *backed, *field)]
    close = touched(persona, about) or tuple(near(" ".join(about), persona))
    return Judged(tuple(kinds), asking, close, tells)


GIVING = {
    *(Kind.BACKED, Kind.ANSWERED, Kind.OWNED, Kind.INSIGHT, Kind.INSIGHT_MORE),
    *(Kind.REFLECTED, Kind.EMPATHY, Kind.BACKED_UNKNOWN),
}


def is_ready(state: State, persona: Persona) -> bool:
    """Whether the buyer would take a next step now: enough trust, and enough understood."""
    enough = ceil(len(persona.themes) * 5 / 8)
    covered = len(state.covered(persona))
    return state.trust >= READY and state.agreed is not None and covered >= enough


def _is_understood(state: State, persona: Persona) -> bool:
    """Whether the problem is agreed, and half of the themes are known."""
    return state.agreed is not None and 2 * len(state.covered(persona)) >= len(persona.themes)


def _claims(claims: list[Said], backed: list[Said], persona: Persona) -> Iterator[Kind]:
    """Yield what claims about the buyer are worth: known and sourced, sourced, or neither."""
    sourced = [one for one in claims if one in backed] or [
        one for one in backed if Act.QUESTION not in one.acts and Act.INSIGHT not in one.acts
    ]
    for one in sourced[:1]:
        if not figures(one.text) <= _figures(persona):
            yield Kind.WRONG_FIGURE
        elif _is_known(one.text, persona):
            yield Kind.BACKED
        else:
            yield Kind.BACKED_UNKNOWN
    free = [one for one in claims if not _is_excused(one.text, persona)]
    if free and not sourced:
        yield Kind.UNSUPPORTED


def _is_excused(claim: str, persona: Persona) -> bool:
    """Whether a claim is taken back, or is laid into the buyer's mouth and near the truth."""
    return is_so("owned", claim) or (
        bool(_YOU_SAID.search(claim)) and bool(near(claim, persona))
    )


def _is_known(claim: str, persona: Persona) -> bool:
    texts = [known.says for known in persona.public]
    return bool(touched(persona, [claim])) or shared(claim, texts) >= SURE


def _figures(persona: Persona) -> frozenset[str]:
    """Return the figures that the buyer knows."""
    texts = [
        *(text for fact in persona.facts for text in fact.says),
        *(known.says for known in persona.public),
        *(f"{known.source} {known.on}" for known in persona.public),
        *(f"{one.why} {one.impact}" for one in persona.problems),
        persona.size,
    ]
    return frozenset().union(*(numbers(text) for text in texts))


def _field(state: State, said: tuple[Said, ...], persona: Persona) -> Iterator[Kind]:
    """Yield what is told from the field: useful, useful again, or not to this buyer."""
    told = [one for one in said if Act.INSIGHT in one.acts and Act.PITCH not in one.acts]
    if not told:
        return
    about = [
        *(f"{one.name} {one.why} {one.impact}" for one in persona.problems),
        *(text for fact in persona.facts for text in fact.says),
    ]
    if max(shared(one.text, about) for one in told) >= SURE:
        yield Kind.INSIGHT if state.insights < USEFUL else Kind.INSIGHT_MORE
    else:
        yield Kind.INSIGHT_KNOWN


def _heard(state: State, said: tuple[Said, ...], persona: Persona) -> Iterator[Kind]:
    """Yield whether what was said back was said before, and whether there was understanding."""
    told = [text for one in state.told for text in persona.fact(one).says]
    back = [one for one in said if Act.REFLECT in one.acts or _is_echo(one, told)]
    if back and state.told:
        right = any(_is_said_back(one.text, told) for one in back)
        yield Kind.REFLECTED if right else Kind.MISHEARD
    if any(is_so("empathy", one.text) for one in said):
        yield Kind.EMPATHY if state.empathies < KIND else Kind.EMPATHY_MORE


def _is_echo(one: Said, told: Sequence[str]) -> bool:
    """Whether a question only says again what was told: "Forty minutes?"."""
    short = count(one.text) <= ECHO and Act.QUESTION in one.acts and one.topic is None
    return short and bool(stems(one.text)) and shared(one.text, told) == len(stems(one.text))


def _is_said_back(text: str, told: Sequence[str]) -> bool:
    same, own = shared(text, told), len(stems(text))
    numbers_told = frozenset().union(*(numbers(one) for one in told))
    return figures(text) <= numbers_told and (same >= SURE or bool(same and same >= own / 2))


def _selling(state: State, said: tuple[Said, ...], persona: Persona) -> Iterator[Kind]:
    acts = frozenset[Act]().union(*(one.acts for one in said))
    if Act.PITCH in acts:
        yield Kind.PITCH_LATE if _is_understood(state, persona) else Kind.PITCH_EARLY
    if Act.NAMES in acts:
        yield Kind.NAMES
    if Act.CLOSE in acts:
        if is_ready(state, persona) and Act.PITCH not in acts:
            yield Kind.NEXT_STEP
        else:
            yield Kind.DEMO_AGAIN if state.demos else Kind.DEMO_EARLY


def _doubt(
    state: State, kinds: list[Kind], said: tuple[Said, ...], backed: list[Said]
) -> Iterator[Kind]:
    """Yield what became of the question the buyer waits for an answer to."""
    doubt = state.doubt
    owns = any(is_so("owned", one.text) for one in said)
    if doubt is None:
        if owns and Kind.UNSUPPORTED not in kinds:
            yield Kind.OWNED
        return
    if owns:
        yield Kind.OWNED
    elif backed or (doubt.is_opening and Kind.INSIGHT in kinds):
        yield Kind.ANSWERED
    elif not _is_courtesy(said) or state.turn > doubt.turn:
        yield Kind.PASSED_OVER


def _is_courtesy(said: tuple[Said, ...]) -> bool:
    return all(one.acts == {Act.COURTESY} for one in said)


def _chosen(asked: tuple[Asking, ...]) -> Asking | None:
    """Return the question that is answered: the last that is open, else the last."""
    for one in reversed(asked):
        if one.manner == "open":
            return one
    return asked[-1] if asked else None


def _invited(asking: Asking | None, kinds: Sequence[Kind]) -> Asking | None:
    """Return the question, opened where it invites to speak of what was just brought.

    "We see this at others. Is it so with you?" is no question for a yes.
    """
    brought = Kind.INSIGHT in kinds or Kind.BACKED in kinds
    if asking is not None and asking.manner == "closed" and brought:
        return replace(asking, manner="open")
    return asking


def _questions(
    state: State,
    asked: tuple[Asking, ...],
    asking: Asking | None,
    persona: Persona,
    *,
    gives: bool,
) -> Iterator[Kind]:
    if asking is None:
        return
    if asking.manner == "leading":
        yield Kind.ASKED_LEADING
    elif is_repeated(state, asking, persona):
        yield Kind.ASKED_AGAIN
    elif asking.manner == "closed":
        yield Kind.ASKED_CLOSED
    elif is_clear(state, asking, persona):
        yield Kind.ASKED_OPEN
    else:
        yield Kind.ASKED_UNCLEAR
    if len(asked) >= MANY:
        yield Kind.ASKED_MANY
    if not gives and state.in_a_row + 1 >= IN_A_ROW:
        yield Kind.INTERROGATION


def is_clear(state: State, asking: Asking, persona: Persona) -> bool:
    """Whether the buyer can tell what the question is about."""
    text = asking.said.text
    if asking.said.topic or is_so("identity", text):
        return True
    return bool(near(text, persona)) or state.topic is not None


def is_repeated(state: State, asking: Asking, persona: Persona) -> bool:
    """Whether the same was asked a moment ago, or was asked and all there is was told."""
    if asking.follows:
        return False
    own = stems(asking.said.text)
    for text, turn in state.asked:
        theirs = stems(text)
        both = len(own | theirs)
        same = text.lower() == asking.said.text.lower() or (
            both > 1 and len(own & theirs) / both >= ALIKE
        )
        if same and (state.turn - turn < LATELY or not _has_more(state, asking, persona)):
            return True
    return False


def _has_more(state: State, asking: Asking, persona: Persona) -> bool:
    topic: Topic | None = asking.said.topic
    left: list[Fact] = [one for one in persona.facts if one.id not in state.told]
    return any(one.topic == topic and one.trust <= state.trust for one in left)
