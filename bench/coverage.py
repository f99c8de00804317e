"""How well is a call understood? Against what is told of each of the self-written calls.

    python -m bench.coverage [--reader model] [--calls training/calls] [--gold-acts] [--noisy]

The calls of `training/calls` are **self-written by a language model**, truth and all; no person
has checked them, and the signs by which sides are heard were fitted on them. Real discovery
calls cannot be had. ``--gold-acts`` takes the acts as they are labelled, so that one sees what
the reader costs; ``--noisy`` writes the calls as a machine would: small letters, no stops.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from unsolved.conversations import acts
from unsolved.conversations.acts import Act, Said, Topic
from unsolved.conversations.coverage import Coverage, Medium, Talk, Turn, Whose, cover, coverage
from unsolved.conversations.coverage.cutting import cut
from unsolved.conversations.coverage.model import Fact, Side
from unsolved.evidence import Span

CALLS = Path(__file__).parents[1] / "training" / "calls"


def calls(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the calls of a folder."""
    for path in sorted(folder.glob("*.jsonl")):
        yield from (json.loads(line) for line in path.read_text("utf-8").splitlines())


def talk_of(call: dict[str, Any], *, noisy: bool, as_labelled: bool) -> Talk:
    """Return a call as a talk whose turns have the numbers of the call."""
    turns = []
    for number, told in enumerate(call["turns"]):
        parts = [sentence["text"] for sentence in told["sentences"]]
        text = " ".join(parts)
        if noisy:
            text = " ".join(re.sub(r"[^\w\s'%]", " ", text).lower().split())
        spans = tuple(_places(parts)) if as_labelled else cut(text)
        turns.append(Turn(number, told["speaker"], text, spans))
    return Talk(title=call["title"], medium=Medium.CALL, turns=tuple(turns), language="en")


def _places(parts: Sequence[str]) -> Iterator[Span]:
    at = 0
    for part in parts:
        yield Span(at, at + len(part))
        at += len(part) + 1


def gold(call: dict[str, Any]) -> tuple[tuple[Said, ...], ...]:
    """Return the acts as they are labelled."""
    return tuple(
        tuple(
            Said(
                one["text"],
                frozenset(Act(act) for act in one["acts"]),
                Topic(one["topic"]) if one["topic"] else None,
            )
            for one in turn["sentences"]
        )
        for turn in call["turns"]
    )


class Tally:
    """What was right, and of how many."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.of: Counter[str] = Counter()

    def add(self, name: str, right: float, of: float = 1) -> None:
        """Count something."""
        self.right[name] += right  # type: ignore[assignment]
        self.of[name] += of  # type: ignore[assignment]

    def line(self, name: str) -> str:
        """Say how many were right."""
        right, of = self.right[name], self.of[name]
        return f"{name:34} {right:5.0f} of {of:4.0f}  {right / of if of else 0:6.1%}"


def judge(call: dict[str, Any], found: Coverage, tally: Tally) -> None:
    """Compare what was found in a call with what is told of it."""
    truth = call["truth"]
    sellers = set(found.sides.speakers(found.talk, Side.SELLER))
    tally.add("seller's side found", sellers == {call["seller"]})
    pitch = found.pitch.turn if found.pitch else None
    tally.add("pitch turn exact", pitch == truth["pitch_turn"])
    tally.add("pitch turn within 1", _near(pitch, truth["pitch_turn"], 1))
    tally.add("whether there is a pitch", (pitch is None) == (truth["pitch_turn"] is None))
    agreed = found.agreement.words.turn if found.agreement else None
    tally.add("agreed turn within 2", _near(agreed, truth["agreed_turn"], 2))
    if truth["agreed_turn"] is not None:
        tally.add("  where there is one", _near(agreed, truth["agreed_turn"], 2))
    else:
        tally.add("  where there is none", agreed is None)
    whose = {Whose.BUYER: "buyer", Whose.AGREED: "seller", Whose.SELLER: "seller"}
    for theme in found.themes:
        tally.add(
            f"theme {theme.topic}", whose.get(theme.whose) == truth["themes"][theme.topic.value]
        )
        tally.add("themes, all", whose.get(theme.whose) == truth["themes"][theme.topic.value])
        tally.add("  always saying: the buyer", truth["themes"][theme.topic.value] == "buyer")
    mine = {one.words.turn for one in found.unanswered}
    theirs = set(truth["unanswered"])
    tally.add("unanswered questions, precision", len(mine & theirs), len(mine))
    tally.add("unanswered questions, recall", len(mine & theirs), len(theirs))
    facts(truth["facts"], found.facts, tally)


def facts(truth: Sequence[dict[str, str]], found: Sequence[Fact], tally: Tally) -> None:
    """Compare the facts: one is found when a proposal of its kind holds most of its words."""
    for one in truth:
        hit = any(f.kind.value == one["kind"] and _meets(one["quote"], f.detail) for f in found)
        tally.add("facts, recall", hit)
        tally.add(f"facts, recall: {one['kind']}", hit)
    for fact in found:
        hit = any(
            fact.kind.value == t["kind"] and _meets(t["quote"], fact.detail) for t in truth
        )
        tally.add("facts, precision (truth has few)", hit)


def _near(found: int | None, truth: int | None, by: int) -> bool:
    if found is None or truth is None:
        return found is truth
    return abs(found - truth) <= by


def _meets(quote: str, detail: str) -> bool:
    """Whether two stretches of the same call share at least half of the words of the lesser."""
    one, other = (re.findall(r"\w+", text.casefold()) for text in (quote, detail))
    same = sum((Counter(one) & Counter(other)).values())
    return same * 2 >= min(len(one), len(other)) and same > 0


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", default="", help="model, unless it is rules")
    parser.add_argument("--calls", type=Path, default=CALLS)
    parser.add_argument("--gold-acts", action="store_true")
    parser.add_argument("--noisy", action="store_true")
    parser.add_argument("--show", help="a call to print")
    asked = parser.parse_args()
    reader = acts.reader(asked.reader)
    tally = Tally()
    count = 0
    for call in calls(asked.calls):
        talk = talk_of(call, noisy=asked.noisy, as_labelled=asked.gold_acts)
        found = (
            cover(talk, gold(call), reader="labels")
            if asked.gold_acts
            else coverage(talk, reader)
        )
        judge(call, found, tally)
        count += 1
    print(
        f"{count} calls, self-written; reader: {'labels' if asked.gold_acts else reader.name}"
    )
    for name in tally.of:
        print(tally.line(name))


if __name__ == "__main__":
    main()
