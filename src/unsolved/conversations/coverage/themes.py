"""Which themes of the problem were covered, in whose words, and which were only touched.

A theme is covered when the buyer tells about it: in a sentence that is about it, or in the
answer to a question that was. The seller's presuming is not covering, and neither is a
question that got no answer.
"""

from collections import defaultdict
from collections.abc import Sequence

from unsolved.conversations.acts import THEMES, Act, Said, Topic
from unsolved.conversations.coverage.model import (
    Side,
    Sides,
    Talk,
    Theme,
    Whose,
    Words,
    words_of,
)

MOST_QUOTES = 5
_FEWEST_WORDS = 3
_LONG = 40
_TELLS = {Act.TELL, Act.REJECT, Act.AGREE}


def topics(talk: Talk, said: Sequence[Sequence[Said]], of: Sides) -> list[list[Topic | None]]:
    """Return what each sentence is about: its own topic, else that of the question it answers.

    Only a sentence that tells, in the turn right after the question, takes over its topic.
    """
    found: list[list[Topic | None]] = []
    asked: Topic | None = None
    for number, sentences in enumerate(said):
        side = of.of_turns[number]
        mine: list[Topic | None] = []
        for one in sentences:
            tells = bool(one.acts & _TELLS) and Act.QUESTION not in one.acts
            own = one.topic
            if side is Side.BUYER and tells and own is None and asked is not Topic.EVIDENCE:
                own = asked
            mine.append(own)
        found.append(mine)
        if side is Side.SELLER:
            questions = [o.topic for o in sentences if Act.QUESTION in o.acts and o.topic]
            asked = questions[-1] if questions else None
        elif talk.turns[number].words > _FEWEST_WORDS:
            asked = None
    return found


def themes(
    talk: Talk,
    said: Sequence[Sequence[Said]],
    of: Sides,
    about: Sequence[Sequence[Topic | None]],
) -> tuple[Theme, ...]:
    """Return for each theme whose words covered it, with the words."""
    heard: dict[Whose, dict[Topic, list[tuple[bool, Words]]]] = {
        whose: defaultdict(list) for whose in Whose
    }
    for turn, sentences, subjects in zip(talk.turns, said, about, strict=True):
        for at, (one, topic) in enumerate(zip(sentences, subjects, strict=True)):
            if topic is None or topic is Topic.EVIDENCE:
                continue
            whose = _whose(one, of.of_turns[turn.number])
            if whose is not None:
                heard[whose][topic].append((one.topic is topic, words_of(turn, at)))
    agreed = _agreed(talk, said, of)
    for topic, words in agreed:
        heard[Whose.AGREED][topic].append((True, words))
    return tuple(_theme(topic, heard) for topic in THEMES)


def _whose(one: Said, side: Side | None) -> Whose | None:
    """Return in what way a sentence touches its topic."""
    if side is Side.BUYER:
        told = Act.TELL in one.acts or Act.REJECT in one.acts
        return Whose.BUYER if told and len(one.text.split()) >= _FEWEST_WORDS else None
    if side is Side.SELLER and Act.PRESUME in one.acts:
        return Whose.SELLER
    if side is Side.SELLER and Act.QUESTION in one.acts:
        return Whose.ASKED
    return None


def _agreed(talk: Talk, said: Sequence[Sequence[Said]], of: Sides) -> list[tuple[Topic, Words]]:
    """Return what the seller presumed and the buyer agreed to in the very next words."""
    found: list[tuple[Topic, Words]] = []
    for turn, sentences in zip(talk.turns[:-1], said, strict=False):
        after = turn.number + 1
        if of.of_turns[turn.number] is not Side.SELLER or of.of_turns[after] is not Side.BUYER:
            continue
        first = said[after][0] if said[after] else None
        if first is None or Act.AGREE not in first.acts or Act.REJECT in first.acts:
            continue
        found += [
            (one.topic, words_of(turn, at))
            for at, one in enumerate(sentences)
            if one.topic and one.topic in THEMES and Act.PRESUME in one.acts
        ]
    return found


def _theme(topic: Topic, heard: dict[Whose, dict[Topic, list[tuple[bool, Words]]]]) -> Theme:
    for whose in (Whose.BUYER, Whose.AGREED, Whose.SELLER, Whose.ASKED):
        if quotes := heard[whose][topic]:
            return Theme(topic, whose, _best(quotes))
    return Theme(topic, Whose.NOBODY)


def _best(quotes: Sequence[tuple[bool, Words]]) -> tuple[Words, ...]:
    """Return the words that show most, in the order in which they were said."""

    def worth(one: tuple[bool, Words]) -> float:
        own, words = one
        return (
            own * 20
            + min(len(words.text.split()), _LONG)
            + any(map(str.isdigit, words.text)) * 5
        )

    chosen = sorted(quotes, key=worth, reverse=True)[:MOST_QUOTES]
    return tuple(sorted((w for _, w in chosen), key=lambda w: (w.turn, w.sentence)))
