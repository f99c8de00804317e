"""Who sells, and who may buy? Told by a person, by addresses, or heard from what is said.

Heard means: who pitches, presumes, tells of customers and others in the trade is on the
seller's side; who tells of the own people, budgets and tries, and asks why one says so, on the
buyer's. The signs and their weights are data (`signs.toml`). Where nobody is named, turns are
given to sides one by one, and a turn is likelier to be of the other side than the last.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp
from pathlib import Path

from unsolved.conversations.acts import Act, Said, Topic
from unsolved.conversations.coverage.model import NOBODY, Side, Sides, Talk
from unsolved.errors import Invalid
from unsolved.sources.mail import Sides as Domains
from unsolved.sources.transcripts.names import name_words

TOLD, ADDRESSES, RECORDER = "as you said", "by the domains", "as the recorder says"
HEARD, GUESSED = "heard from what is said", "guessed turn by turn, since nobody is named"
_SURE, _MOST = 1.0, 0.97
_SPREAD = 4.0
"""How many units of the score make the odds e times as good."""

_NEAR = 0.25
"""Of three or more: how near, of the whole spread, two must be to be on one side."""

_TURN = 0.35
"""How much the signs of a single turn weigh against those of a whole speaker."""

_CHANGE = 1.2
"""How much likelier it is, in log-odds, that the next turn is of the other side."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said about the sides: names of speakers, and own domains."""

    seller: tuple[str, ...] = ()
    buyer: tuple[str, ...] = ()
    own: tuple[str, ...] = field(default=())


def sides(talk: Talk, said: Sequence[Sequence[Said]], told: Told) -> Sides:
    """Return who is on which side.

    Raises:
        Invalid: nobody in the talk is called what a person said.
    """
    fixed, how = _told(talk, told)
    speakers = [one for one in talk.speakers if one != NOBODY]
    if not speakers:
        return _by_turn(talk, said)
    free = [one for one in speakers if one not in fixed]
    sure = _SURE
    if free and fixed:
        fixed, sure = _the_others(talk, said, fixed, free)
    elif free:
        fixed, sure = _heard(talk, said, free)
        how = HEARD
    named: dict[str, Side | None] = dict(fixed.items())
    return Sides(tuple(named.get(turn.speaker) for turn in talk.turns), round(sure, 2), how)


def score(said: Sequence[Said]) -> float:
    """Return how much some sentences sound of a seller; below 0 of a buyer.

    >>> score([Said("We tried it with our own people.", frozenset({Act.TELL}))]) < 0
    True
    """
    if not said:
        return 0.0
    weights = _signs()[1]
    return sum(
        weights.get(sign, 0.0) * count / len(said) for sign, count in _counts(said).items()
    )


def _told(talk: Talk, told: Told) -> tuple[dict[str, Side], str]:
    """Return who is on which side as somebody or something says, and which of them does."""
    named = {
        **{who: Side.BUYER for name in told.buyer for who in _called(talk, name)},
        **{who: Side.SELLER for name in told.seller for who in _called(talk, name)},
    }
    if named:
        return named, TOLD
    domains = Domains.named(told.own)
    by_address: dict[str, Side] = {}
    by_recorder: dict[str, Side] = {}
    for speaker in talk.speakers:
        who = _participant(talk, speaker)
        if who and who[0] and domains.own:
            own = domains.is_own(who[0])
            by_address[speaker] = Side.SELLER if own else Side.BUYER
        elif who and who[1] is not None:
            by_recorder[speaker] = Side.SELLER if who[1] else Side.BUYER
    if by_address:
        return {**by_recorder, **by_address}, ADDRESSES
    return by_recorder, RECORDER


def _called(talk: Talk, name: str) -> list[str]:
    wanted = set(name_words(name)) or {name.strip().casefold()}
    found = [
        speaker
        for speaker in talk.speakers
        if speaker != NOBODY
        and (
            speaker.casefold() == name.strip().casefold() or wanted <= set(name_words(speaker))
        )
    ]
    if not found:
        there = ", ".join(one for one in talk.speakers if one) or "nobody with a name"
        raise Invalid(speaker=name, mend=f"there speak: {there}")
    return found


def _participant(talk: Talk, speaker: str) -> tuple[str | None, bool | None] | None:
    if speaker == NOBODY:
        return None
    wanted = name_words(speaker)
    for one in talk.people:
        if (one.name and name_words(one.name) == wanted) or one.email == speaker:
            return one.email, one.is_ours
    return None


def _by_speaker(talk: Talk, said: Sequence[Sequence[Said]]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for turn, sentences in zip(talk.turns, said, strict=True):
        found[turn.speaker] += sentences
    return found


def _scores(
    talk: Talk, said: Sequence[Sequence[Said]], of: Collection[str]
) -> Mapping[str, float]:
    spoken = _by_speaker(talk, said)
    # Who says little tells little: drawn towards the middle as if by two sentences of nobody's.
    return {one: score(spoken[one]) * len(spoken[one]) / (len(spoken[one]) + 2) for one in of}


def _heard(
    talk: Talk, said: Sequence[Sequence[Said]], free: Sequence[str]
) -> tuple[dict[str, Side], float]:
    """Return the sides by what is said, and how sure the parting is."""
    scores = _scores(talk, said, free)
    least, most = min(scores.values()), max(scores.values())
    if len(scores) == 1:
        side = Side.SELLER if most > 0 else Side.BUYER
        return {free[0]: side}, _sureness(abs(most))
    # Who is not clearly with the one who sounds most of a seller is on the other side.
    middle = (least + most) / 2 if len(scores) == 2 else most - _NEAR * (most - least)  # noqa: PLR2004
    found = {one: Side.SELLER if v > middle else Side.BUYER for one, v in scores.items()}
    if least == most:
        found = {one: Side.SELLER if one == free[0] else Side.BUYER for one in free}
    sellers = [v for one, v in scores.items() if found[one] is Side.SELLER]
    buyers = [v for one, v in scores.items() if found[one] is Side.BUYER]
    return found, _sureness(min(sellers) - max(buyers, default=min(sellers)))


def _the_others(
    talk: Talk,
    said: Sequence[Sequence[Said]],
    fixed: Mapping[str, Side],
    free: Sequence[str],
) -> tuple[dict[str, Side], float]:
    """Place those of whom nothing is told: on the side that is empty, else by their words."""
    there = set(fixed.values())
    if len(there) == 1:
        other = Side.BUYER if Side.SELLER in there else Side.SELLER
        return {**fixed, **dict.fromkeys(free, other)}, 0.9
    scores = _scores(talk, said, [*fixed, *free])
    means = {
        side: sum(scores[one] for one in fixed if fixed[one] is side)
        / sum(of is side for of in fixed.values())
        for side in Side
    }
    middle = (means[Side.SELLER] + means[Side.BUYER]) / 2
    placed = {one: Side.SELLER if scores[one] > middle else Side.BUYER for one in free}
    return {**fixed, **placed}, min(_sureness(abs(scores[one] - middle)) for one in free)


def _by_turn(talk: Talk, said: Sequence[Sequence[Said]]) -> Sides:
    """Give each turn a side, so that all of them together fit best (a Viterbi path)."""
    if not talk.turns:
        return Sides((), 0.0, GUESSED)
    order = (Side.SELLER, Side.BUYER)
    signs = [_TURN * score(sentences) * min(len(sentences), 4) for sentences in said]
    best = [(signs[0] / 2, -signs[0] / 2)]
    back: list[tuple[int, int]] = []
    for sign in signs[1:]:
        sold, bought = best[-1]
        to_seller = (sold, bought + _CHANGE)
        to_buyer = (sold + _CHANGE, bought)
        back.append((int(to_seller[1] > to_seller[0]), int(to_buyer[1] > to_buyer[0])))
        best.append((max(to_seller) + sign / 2, max(to_buyer) - sign / 2))
    at = 0 if best[-1][0] >= best[-1][1] else 1
    path = [at]
    for came in reversed(back):
        at = came[at]
        path.append(at)
    sure = _sureness(_SPREAD * abs(best[-1][0] - best[-1][1]) / max(len(signs) ** 0.5, 1))
    return Sides(tuple(order[at] for at in reversed(path)), min(round(sure, 2), 0.75), GUESSED)


def _sureness(margin: float) -> float:
    return min(1 / (1 + exp(-min(margin, 50) / (_SPREAD / 3))), _MOST)


def _counts(said: Sequence[Said]) -> Mapping[str, int]:
    patterns = _signs()[0]
    count: dict[str, int] = defaultdict(int)
    for one in said:
        for sign, pattern in patterns.items():
            count[sign] += bool(pattern.search(one.text.replace("\u2019", "'")))
        for act in one.acts:
            count[act.value] += 1
        if Act.QUESTION in one.acts:
            evidence = one.topic is Topic.EVIDENCE
            count["asks_evidence"] += evidence
            count["asks_you"] += not evidence and bool(patterns["you"].search(one.text))
    return count


@cache
def _signs() -> tuple[Mapping[str, re.Pattern[str]], Mapping[str, float]]:
    told = tomllib.loads(Path(__file__).with_name("signs.toml").read_text("utf-8"))
    # A name is told by its capital, so that pattern alone heeds case.
    words = {
        sign: re.compile(text, 0 if sign in {"open", "sells"} else re.IGNORECASE)
        for sign, text in told["words"].items()
    }
    return words, told["weights"]
