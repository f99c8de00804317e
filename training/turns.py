"""Shows what is labelled under ``training/labels/TURNS.md``: ``python -m training.turns``.

A call is cut into turns and sentences; the id of a sentence is ``DOC:TURN:SENT``, both counted
from 0. ``--call DOC --from TURN --to TURN`` prints turns as running text, ``--sample`` the
stretches that were drawn for the labels, ``--again`` those that were labelled a second time,
each with its context, and ``--agreement`` how far both times agree.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.world import shared
from unsolved.evidence.sentences import split

LABELS = Path(__file__).parent / "labels"
FIRST, AGAIN, HELD_OUT = "turns-1.jsonl", "turns-1-again.jsonl", "turns-held-out.json"
ACTS = (
    *("question", "tell", "pitch", "presume", "insight", "names", "close", "reflect"),
    *("agree", "reject", "courtesy"),
)
TOPICS = (
    *("goals", "issue", "why", "impact", "attempts", "people", "urgency", "alternatives"),
    "evidence",
)

SEED = 7
ANSWERING, ANSWERS = 40, 70
"""From so many calls a stretch of questions and answers, of about so many sentences."""

PREPARED, REMARKS = 14, 25
"""From so many calls a stretch of prepared remarks, of so many sentences."""

TWICE, KEPT = 200, 10
"""Sentences that are labelled twice, and calls that are kept aside as a test."""

AT_LENGTH = 2500
"""Characters of a turn by which who presents is told from who asks."""


@dataclass(frozen=True)
class Item:
    """A sentence of a call, and who says it."""

    call: str
    turn: int
    sentence: int
    speaker: str
    text: str

    @property
    def key(self) -> str:
        """Where it stands."""
        return f"{self.call}:{self.turn}:{self.sentence}"


@cache
def calls() -> dict[str, tuple[Item, ...]]:
    """Return the sentences of every call."""
    path = shared("data", "calls", "earnings21_turns.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["doc_id"]: tuple(_items(row["doc_id"], row["text"])) for row in rows}


def _items(call: str, text: str) -> Iterator[Item]:
    for turn, line in enumerate(text.split("\n")):
        speaker, _, said = line.removeprefix("[").partition("] ")
        for n, span in enumerate(split(said)):
            yield Item(call, turn, n, speaker, said[span.start : span.end])


def asked_from(items: Sequence[Item]) -> int:
    """Return the turn of the first question: by one who never speaks at length."""
    said: dict[int, str] = {}
    for item in items:
        said[item.turn] = f"{said.get(item.turn, '')} {item.text}"
    who = {item.turn: item.speaker for item in items}
    long = {who[turn] for turn, text in said.items() if len(text) > AT_LENGTH}
    return next(
        turn
        for turn, text in said.items()
        if turn > 1 and len(text) > 80 and "?" in text and who[turn] not in long
    )


def sample() -> list[tuple[Item, ...]]:
    """Return the stretches that are labelled, in the order of the calls."""
    chance = random.Random(SEED)  # noqa: S311 (a sample)
    answering = set(chance.sample(sorted(calls()), ANSWERING))
    prepared = set(chance.sample(sorted(calls()), PREPARED))
    drawn: list[tuple[Item, ...]] = []
    for call, items in sorted(calls().items()):
        begin = asked_from(items)
        if call in prepared:
            first = next(n for n, item in enumerate(items) if item.turn == begin)
            start = chance.randrange(max(1, first - REMARKS))
            drawn.append(items[start : min(first, start + REMARKS)])
        if call in answering:
            drawn.append(_whole_turns([i for i in items if i.turn >= begin], chance))
    return drawn


def _whole_turns(items: Sequence[Item], chance: random.Random) -> tuple[Item, ...]:
    """Return whole turns from anywhere, of nearly as many sentences as asked for."""
    last = max(0, len(items) - ANSWERS)
    starts = [n for n, item in enumerate(items) if item.sentence == 0 and n <= last]
    start = chance.choice(starts)
    ends = [n for n, item in enumerate(items) if item.sentence == 0 and n > start]
    end = min([*ends, len(items)], key=lambda n: abs(n - start - ANSWERS))
    return tuple(items[start:end])


def labels(name: str) -> dict[str, tuple[frozenset[str], str | None]]:
    """Return acts and topic of each sentence of a file of labels."""
    rows = [json.loads(line) for line in (LABELS / name).read_text("utf-8").splitlines()]
    return {row["id"]: (frozenset(row["acts"]), row["topic"]) for row in rows}


def held_out_labels() -> dict[str, frozenset[str]]:
    """Return the acts of the sentences kept aside; what was adjudicated holds."""
    held = set(json.loads((LABELS / HELD_OUT).read_text("utf-8")))
    known: dict[str, frozenset[str]] = {}
    for name in (FIRST, "turns-held-out-more.jsonl", "turns-adjudicated-held-out.jsonl"):
        known |= {key: acts for key, (acts, _) in labels(name).items()}
    return {key: acts for key, acts in known.items() if key.partition(":")[0] in held}


def again() -> list[Item]:
    """Return the sentences that are labelled a second time."""
    chance = random.Random(SEED)  # noqa: S311 (a sample)
    return chance.sample([item for stretch in sample() for item in stretch], TWICE)


def in_context(item: Item) -> str:
    """Return a sentence as the guideline shows it."""
    items = calls()[item.call]
    at = items.index(item)
    lines = [f"- [{one.speaker}] {one.text}" for one in items[max(0, at - 3) : at]]
    lines.append(f"= {item.key} [{item.speaker}] {item.text}")
    lines += [f"+ [{one.speaker}] {one.text}" for one in items[at + 1 : at + 2]]
    return "\n".join(lines)


def agreement() -> Iterator[str]:
    """Yield a line for each act and topic: how often at either time, and F1 of both."""
    first, second = labels(FIRST), labels(AGAIN)
    same = sum(first[key][0] == acts for key, (acts, _) in second.items())
    yield f"{len(second)} twice; the same acts {same / len(second):.3f}"
    for name in (*ACTS, *TOPICS):
        one = {key for key in second if name in first[key][0] or name == first[key][1]}
        two = {key for key, (acts, topic) in second.items() if name in acts or name == topic}
        if one or two:
            value = 2 * len(one & two) / (len(one) + len(two))
            yield f"{name:<14}{len(one):>5}{len(two):>5}{value:>8.3f}"


def main() -> None:
    """Print what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--call", help="its document")
    asked.add_argument("--from", dest="first", type=int, default=0, help="a turn")
    asked.add_argument("--to", dest="last", type=int, default=10**6, help="a turn, included")
    for flag in ("--sample", "--again", "--agreement"):
        asked.add_argument(flag, action="store_true")
    options = asked.parse_args()
    if options.call:
        shown = [i for i in calls()[options.call] if options.first <= i.turn <= options.last]
        print(*(f"{item.key} [{item.speaker}] {item.text}" for item in shown), sep="\n")
    if options.sample:
        for n, stretch in enumerate(sample()):
            print(f"# {n}")
            print(*(f"{item.key} [{item.speaker}] {item.text}" for item in stretch), sep="\n")
    if options.again:
        print(*map(in_context, again()), sep="\n\n")
    if options.agreement:
        print(*agreement(), sep="\n")


if __name__ == "__main__":
    main()
