"""Three scripted sellers talk to each of the six buyers: ``python -m bench.practice``.

The pitcher sells, the interrogator asks without giving, the curious expert has read up, asks
in order, listens and gives. None of them sees what the program knows; the expert has what
anybody can find out before a call, and what it heard in it. Written by us, as the buyers are.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import mean

from unsolved.conversations.acts.words import STOP
from unsolved.conversations.practice import Persona, Talk, begun, debrief, said, shipped

Seller = Callable[[Talk], str]
SEEDS = range(20)
LONGEST = 40

LINES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
PITCHES: Sequence[str] = LINES["pitches"]
QUESTIONS: Sequence[str] = LINES["questions"]
IN_ORDER: Sequence[str] = LINES["in_order"]
INSIGHTS: Mapping[str, Sequence[str]] = LINES["insights"]

YOURS = {"i": "you", "we": "you", "my": "your", "our": "your", "us": "you", "me": "you"}


def pitcher(talk: Talk) -> str:
    """Say the next line of a pitch."""
    return PITCHES[(len(talk.turns) + talk.seed) % len(PITCHES)]


def interrogator(talk: Talk) -> str:
    """Ask the next question."""
    return next(islice(cycle(QUESTIONS), len(talk.turns), None))


def expert(talk: Talk) -> str:
    """Give a reason, then hear, give and ask, in order; take a next step at the end."""
    turn = len(talk.turns)
    if turn == 0:
        known = talk.persona.public[talk.seed % len(talk.persona.public)]
        return (
            f"Good morning. I read in {known.source}, of {known.on}, that {known.says}. "
            f"That is why I call. {IN_ORDER[0]}"
        )
    if turn > len(IN_ORDER) - 1:
        return "Thank you for being so open. Shall we meet again with the others, next week?"
    parts = [_heard(talk)]
    insights = INSIGHTS[talk.persona.id]
    if turn % 4 == 2 and turn // 4 < len(insights):  # noqa: RUF100
        parts.append(insights[turn // 4])
    parts.append(IN_ORDER[turn])
    return " ".join(part for part in parts if part)


def _heard(talk: Talk) -> str:
    """Return the last thing that was told, in the listener's words."""
    told = [part.text for part in talk.turns[-1].spoken if part.fact]
    if not told:
        return ""
    first = re.split(r"(?<=[.;:])\s", told[-1])[0].rstrip(".;:")
    words = [YOURS.get(word.lower(), word) for word in first.split()]
    if words[0].lower() in STOP:
        words[0] = words[0].lower()
    return f"So what you are saying is that {' '.join(words)}."


SELLERS: Mapping[str, Seller] = {
    "pitcher": pitcher,
    "interrogator": interrogator,
    "expert": expert,
}


def played(seller: Seller, persona: Persona, seed: int) -> Talk:
    """Return the talk of a scripted seller with a buyer."""
    talk = begun(persona, seed)
    while not talk.is_over and len(talk.turns) < LONGEST:
        talk = said(talk, seller(talk))
    return talk


def main() -> None:
    """Play all, and print a line a buyer and seller."""
    print(f"{'buyer':16} {'seller':13} {'score':>12} {'trust':>6} {'turns':>6}  themes  ending")
    right = 0
    for persona in shipped():
        scores: dict[str, list[float]] = {}
        for name, seller in SELLERS.items():
            talks = [played(seller, persona, seed) for seed in SEEDS]
            scores[name] = [debrief(talk).score for talk in talks]
            endings = {talk.state.ended.value if talk.state.ended else "-" for talk in talks}
            themes = mean(len(talk.state.covered(persona)) for talk in talks)
            print(
                f"{persona.id:16} {name:13} "
                f"{min(scores[name]):3.0f} to {max(scores[name]):3.0f} "
                f"{mean(talk.state.trust for talk in talks):8.1f} "
                f"{mean(len(talk.turns) for talk in talks):6.1f} {themes:7.1f}  "
                f"{', '.join(sorted(endings))}"
            )
        right += sum(
            worst < middle < best
            for worst, middle, best in zip(
                scores["pitcher"], scores["interrogator"], scores["expert"], strict=True
            )
        )
    total = len(shipped()) * len(SEEDS)
    print(f"expert best and pitcher worst: {right} of {total} (six buyers, 20 seeds)")


if __name__ == "__main__":
    main()
