"""What became of the buyer's questions and of the seller's presumptions?

A question is answered when the seller's next turns tell something about it before the subject
changes. "What makes you say we have this problem?" is special: only a source answers it, or
the admission that it was a guess. What was put off may be answered later, when the buyer asks
again or the seller comes back to it in the buyer's words.
"""

from collections.abc import Iterator, Sequence

from unsolved.conversations.acts import Act, Said, Topic
from unsolved.conversations.acts.words import stems
from unsolved.conversations.coverage.cues import hears
from unsolved.conversations.coverage.model import (
    Presumption,
    Question,
    Side,
    Sides,
    Talk,
    Words,
    words_of,
)

_FAR, _NEAR = 12, 2
_SHORT, _LONG = 6, 15  # words
_FEWEST = 2
_TELLING = {Act.TELL, Act.INSIGHT, Act.PRESUME, Act.AGREE, Act.REJECT, Act.PITCH, Act.NAMES}
_DODGED = "it was put off, refused or not known"
_PASSED = "what came next was something else"
_NO_SOURCE = "no source was named"
_SILENT = "nobody answered before the talk went on"


def questions(talk: Talk, said: Sequence[Sequence[Said]], of: Sides) -> tuple[Question, ...]:
    """Return the buyer's questions to the seller, one a turn, and whether each was answered."""
    return tuple(_questions(talk, said, of))


def presumptions(
    talk: Talk, said: Sequence[Sequence[Said]], of: Sides
) -> tuple[Presumption, ...]:
    """Return what the seller presumed: on what ground it stands, and what the buyer said."""
    return tuple(
        _presumption(talk, said, of, turn.number, at)
        for turn, sentences in zip(talk.turns, said, strict=True)
        if of.of_turns[turn.number] is Side.SELLER
        for at, one in enumerate(sentences)
        if Act.PRESUME in one.acts and one.topic is not Topic.EVIDENCE
        and not hears("source", one.text)
    )  # fmt: skip


def _questions(talk: Talk, said: Sequence[Sequence[Said]], of: Sides) -> Iterator[Question]:
    for turn, sentences in zip(talk.turns, said, strict=True):
        here = turn.number
        if of.of_turns[here] is not Side.BUYER:
            continue
        asked = [at for at, one in enumerate(sentences) if _asks(one)]
        following = _next_of(Side.SELLER, said, of, here)
        if not asked or (following is None and here + 1 < len(talk.turns)):
            continue
        wants = any(_wants_ground(sentences[at]) for at in asked)
        answer, why = _answered(talk, said, of, here, asked)
        shown = next((at for at in asked if _wants_ground(sentences[at])), asked[-1])
        yield Question(words_of(turn, shown), wants, answer, why)


def _asks(one: Said) -> bool:
    """Whether a sentence asks for something that one may be left without."""
    return (
        Act.QUESTION in one.acts
        and not one.acts & {Act.CLOSE, Act.REFLECT}
        and not (len(one.text.split()) <= _SHORT and hears("courteous", one.text))
    )


def _next_of(side: Side, said: Sequence[Sequence[Said]], of: Sides, here: int) -> int | None:
    """Return the next turn if it is of that side; sounds of others' are passed over."""
    for number in range(here + 1, min(here + 1 + _NEAR, len(said))):
        if of.of_turns[number] is side:
            return number
        if not is_sound(said[number]):
            return None
    return None


def is_sound(sentences: Sequence[Said]) -> bool:
    """Whether a turn is a word or two that say nothing, perhaps under a wrong name."""
    return all(
        one.acts == {Act.COURTESY} and len(one.text.split()) <= _NEAR for one in sentences
    )


def _answered(
    talk: Talk, said: Sequence[Sequence[Said]], of: Sides, here: int, asked: Sequence[int]
) -> tuple[Words | None, str]:
    """Return the words that answer, or why none do."""
    sentences = said[here]
    about = frozenset().union(*(stems(sentences[at].text) for at in asked))
    reply = list(_replies(talk, said, of, here))
    if not reply:
        return None, _SILENT
    if any(_wants_ground(sentences[at]) for at in asked):
        return _grounded(talk, said, reply)
    why = _PASSED
    for number in reply:
        spoken = said[number]
        dodges = [hears("dodge", one.text) for one in spoken]
        if any(dodges[:_FEWEST]) and not _tells_more(spoken, dodges):
            why = _DODGED
            continue
        for at, one in enumerate(spoken):
            if not dodges[at] and _tells(one, about, is_next=number == reply[0]):
                return words_of(talk.turns[number], at), ""
    later = _later(talk, said, of, here, about)
    return (later, "") if later else (None, why)


def _wants_ground(one: Said) -> bool:
    """Whether a sentence asks why the seller says so about the buyer, or calls at all."""
    if hears("why_so", one.text):
        return True
    return one.topic is Topic.EVIDENCE and hears("about_us", one.text)


def _replies(talk: Talk, said: Sequence[Sequence[Said]], of: Sides, here: int) -> Iterator[int]:
    """Yield the seller's turns that may answer, until the buyer goes on to something else."""
    for number in range(here + 1, min(here + 1 + 2 * _NEAR, len(talk.turns))):
        if of.of_turns[number] is Side.SELLER:
            yield number
        elif any(Act.QUESTION in o.acts or Act.TELL in o.acts for o in said[number]):
            return


def _tells(one: Said, about: frozenset[str], *, is_next: bool) -> bool:
    """Whether a sentence tells something, and does not only ask, close or say a courtesy."""
    length = len(one.text.split())
    if not is_next:  # the subject may have changed: only what surely tells counts
        return Act.TELL in one.acts and bool(stems(one.text) & about)
    if Act.QUESTION in one.acts and not one.acts & {Act.TELL, Act.PRESUME}:
        return False
    if Act.CLOSE in one.acts and len(one.acts) == 1:
        return False
    short = length <= _SHORT - 1 and _is_bare(one)
    return bool(one.acts & _TELLING) or short or length >= _SHORT


def _is_bare(one: Said) -> bool:
    """Whether a few words are an answer ("Two.", "By October") and no filler."""
    return bool(stems(one.text)) or any(c.isdigit() for c in one.text)


def _tells_more(spoken: Sequence[Said], dodges: Sequence[bool]) -> bool:
    """Whether, beside putting it off, something is told at some length."""
    told = [
        len(one.text.split())
        for one, dodged in zip(spoken, dodges, strict=True)
        if not dodged and one.acts & {Act.TELL, Act.INSIGHT} and Act.PITCH not in one.acts
    ]
    return sum(told) >= _LONG


def _grounded(
    talk: Talk, said: Sequence[Sequence[Said]], reply: Sequence[int]
) -> tuple[Words | None, str]:
    """Return the words that name a source, or admit that there is none."""
    for number in reply:
        for at, one in enumerate(said[number]):
            backed = hears("source", one.text) and not hears("dodge", one.text)
            if (backed and Act.PITCH not in one.acts) or hears("owned", one.text):
                return words_of(talk.turns[number], at), ""
    return None, _NO_SOURCE


def _later(
    talk: Talk, said: Sequence[Sequence[Said]], of: Sides, here: int, about: frozenset[str]
) -> Words | None:
    """Return words of the seller's, further on, that come back to the question."""
    for number in range(here + 2, min(here + _FAR, len(talk.turns))):
        if of.of_turns[number] is not Side.SELLER:
            continue
        for at, one in enumerate(said[number]):
            same = len(stems(one.text) & about)
            if same > _FEWEST and Act.TELL in one.acts and not hears("dodge", one.text):
                return words_of(talk.turns[number], at)
    return None


def _presumption(
    talk: Talk, said: Sequence[Sequence[Said]], of: Sides, here: int, at: int
) -> Presumption:
    near = range(max(0, at - 3), min(len(said[here]), at + 3))
    ground = next(
        (
            words_of(talk.turns[here], one)
            for one in near
            if one != at
            and (
                said[here][one].topic is Topic.EVIDENCE or hears("source", said[here][one].text)
            )
            and Act.QUESTION not in said[here][one].acts
        ),
        None,
    )
    reply = _next_of(Side.BUYER, said, of, here)
    words, agreed = None, None
    for place, one in enumerate(said[reply][:3] if reply is not None else ()):
        if reply is not None and one.acts & {Act.AGREE, Act.REJECT}:
            words, agreed = words_of(talk.turns[reply], place), Act.REJECT not in one.acts
            break
    return Presumption(words_of(talk.turns[here], at), ground, words, agreed)
