"""When did the pitch begin, and when did the buyer agree what the problem is?"""

from collections.abc import Sequence

from unsolved.conversations.acts import Act, Said, Topic
from unsolved.conversations.coverage.answers import is_sound
from unsolved.conversations.coverage.cues import hears
from unsolved.conversations.coverage.model import (
    Agreement,
    Side,
    Sides,
    Talk,
    Words,
    first,
    words_of,
)

LIKELY = 0.5
_PROBLEM = {Topic.ISSUE, Topic.WHY, Topic.IMPACT}
_NEAR = 2
_ENOUGH = 1.5
_A_FEW, _MANY = 8, 20  # words


def first_pitch(talk: Talk, said: Sequence[Sequence[Said]], of: Sides) -> Words | None:
    """Return the first words in which the seller pitches, drops names or offers a demo."""
    return first(
        [
            words_of(turn, at)
            for turn, sentences in zip(talk.turns, said, strict=True)
            if of.of_turns[turn.number] is Side.SELLER
            for at, one in enumerate(sentences)
            if Act.PITCH in one.acts and one.chance(Act.PITCH) >= LIKELY
        ]
    )


def agreement(
    talk: Talk,
    said: Sequence[Sequence[Said]],
    of: Sides,
    about: Sequence[Sequence[Topic | None]],
) -> Agreement | None:
    """Return when the buyer first agreed to how the seller sums the problem up, if ever.

    To agree to a detail is not to agree what the problem is: the seller's turn must sum up,
    or presume a problem or its cause, after the buyer has told of one, and the buyer's next
    words must confirm it.
    """
    told = False
    for turn in talk.turns:
        here = turn.number
        if of.of_turns[here] is Side.BUYER:
            told = told or any(
                Act.TELL in one.acts and topic in _PROBLEM
                for one, topic in zip(said[here], about[here], strict=True)
            )
        elif of.of_turns[here] is Side.SELLER and told:
            summed = _summed(talk, said, here)
            reply = _reply(talk, said, of, here) if summed else None
            if summed and reply:
                return Agreement(reply, summed)
    return None


def _summed(talk: Talk, said: Sequence[Sequence[Said]], here: int) -> Words | None:
    """Return the sentence in which a turn sums the problem up, if it does."""
    sentences = said[here]
    if any(one.acts & {Act.PITCH, Act.NAMES, Act.CLOSE} for one in sentences):
        return None
    worth = [_worth(one) for one in sentences]
    if sum(worth) < _ENOUGH:
        return None
    told = [worth[at] + len(one.text) / 1_000 for at, one in enumerate(sentences)]
    shown = [told[at] * (Act.QUESTION not in one.acts) for at, one in enumerate(sentences)]
    best = shown if any(shown) else told  # "is that a fair picture?" is not the picture
    return words_of(talk.turns[here], best.index(max(best)))


def _worth(one: Said) -> float:
    """Return how much a sentence goes to sum the problem up."""
    length = len(one.text.split())
    worth = 0.0
    restates = Act.REFLECT in one.acts or (
        hears("restates", one.text) and Act.QUESTION not in one.acts
    )
    if restates and length >= _A_FEW:
        worth += 1
    if Act.PRESUME in one.acts and one.topic in _PROBLEM:
        worth += 0.75
    if hears("summary", one.text):
        worth += 1.25
    return worth + 0.5 * (length >= _MANY)


def _reply(talk: Talk, said: Sequence[Sequence[Said]], of: Sides, here: int) -> Words | None:
    """Return the words by which a buyer confirms next, unless one doubts first."""
    for number in range(here + 1, min(here + 1 + _NEAR, len(talk.turns))):
        if of.of_turns[number] is not Side.BUYER:
            if is_sound(said[number]):
                continue
            return None
        for at, one in enumerate(said[number][:4]):
            if Act.REJECT in one.acts and Act.AGREE not in one.acts:
                return None
            agrees = Act.AGREE in one.acts or at < _NEAR
            if agrees and Act.QUESTION not in one.acts and hears("firm", one.text):
                return words_of(talk.turns[number], at)
    return None
