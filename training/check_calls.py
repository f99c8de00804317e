"""Checks the calls under ``training/calls``: their labels, turn numbers and quotes.

``python -m training.check_calls`` names each fault with its file and call, counts the acts and
the topics, and ends with 1 when there is a fault.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CALLS = Path(__file__).parent / "calls"
ACTS = frozenset(
    {
        "question",
        "tell",
        "pitch",
        "presume",
        "insight",
        "names",
        "close",
        "reflect",
        "agree",
        "reject",
        "courtesy",
    }
)
THEMES = ("goals", "issue", "why", "impact", "attempts", "people", "urgency", "alternatives")
TOPICS = frozenset({*THEMES, "evidence", None})
TOPICAL = frozenset({"question", "tell", "presume"})
"""Acts that may have a topic."""

KINDS = frozenset({"goal", "number", "name", "attempt", "date"})
KEYS = frozenset({"id", "title", "trade", "what", "seller", "buyer", "turns", "truth"})
TRUTH = frozenset({"pitch_turn", "agreed_turn", "themes", "unanswered", "facts"})

Call = Mapping[str, Any]


def main() -> None:
    """Check every call, and count."""
    calls = [(path, call) for path in sorted(CALLS.glob("*.jsonl")) for call in _read(path)]
    faults = [
        f"{path.name} {call.get('id')}: {fault}"
        for path, call in calls
        for fault in faults_of(call)
    ]
    ids = Counter(call["id"] for _, call in calls)
    faults += [f"{name}: an id of {count} calls" for name, count in ids.items() if count > 1]
    for fault in faults:
        print(fault)
    _count([call for _, call in calls])
    sys.exit(1 if faults else 0)


def faults_of(call: Call) -> Iterator[str]:
    """Yield what is wrong with a call, in words."""
    if set(call) != KEYS or set(call["truth"]) != TRUTH:
        yield "keys are missing or too many"
        return
    if {turn["speaker"] for turn in call["turns"]} != {call["seller"], *call["buyer"]}:
        yield "not everybody who is named speaks, or somebody else does"
    for number, turn in enumerate(call["turns"]):
        if not turn["sentences"]:
            yield f"turn {number} has no sentence"
        for sentence in turn["sentences"]:
            for fault in _faults_of_sentence(sentence):
                yield f"turn {number}: {fault}: {sentence['text']!r}"
    yield from _faults_of_truth(call)


def _faults_of_sentence(sentence: Mapping[str, Any]) -> Iterator[str]:
    acts, topic = sentence["acts"], sentence["topic"]
    if not sentence["text"].strip() or sentence["text"] != sentence["text"].strip():
        yield "empty, or with blanks around it"
    if not acts or not set(acts) <= ACTS or len(set(acts)) < len(acts):
        yield f"acts {acts}"
    if topic not in TOPICS or (topic and not TOPICAL & set(acts)):
        yield f"topic {topic} for {acts}"


def _faults_of_truth(call: Call) -> Iterator[str]:
    truth, turns, seller = call["truth"], call["turns"], call["seller"]
    pitch, agreed = truth["pitch_turn"], truth["agreed_turn"]
    if pitch is not None and not (_has(turns, pitch, "pitch") and _by(turns, pitch, {seller})):
        yield f"the seller does not pitch in turn {pitch}"
    if agreed is not None and not _has(turns, agreed, "agree"):
        yield f"nobody agrees in turn {agreed}"
    for number in truth["unanswered"]:
        if not (_has(turns, number, "question") and _by(turns, number, set(call["buyer"]))):
            yield f"no buyer asks in turn {number}"
    if tuple(truth["themes"]) != THEMES:
        yield "themes are missing, too many or out of order"
    if not set(truth["themes"].values()) <= {"buyer", "seller", None}:
        yield "a theme was told by neither buyer nor seller"
    told = [
        sentence["text"]
        for turn in turns
        if turn["speaker"] != seller
        for sentence in turn["sentences"]
    ]
    for fact in truth["facts"]:
        if fact["kind"] not in KINDS:
            yield f"fact of kind {fact['kind']}"
        if not fact["quote"] or not any(fact["quote"] in text for text in told):
            yield f"no buyer says {fact['quote']!r}"


def _has(turns: list[Any], number: int, act: str) -> bool:
    return 0 <= number < len(turns) and any(
        act in sentence["acts"] for sentence in turns[number]["sentences"]
    )


def _by(turns: list[Any], number: int, speakers: set[str]) -> bool:
    return turns[number]["speaker"] in speakers


def _read(path: Path) -> Iterator[Call]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _count(calls: list[Call]) -> None:
    sentences = [
        (turn["speaker"] == call["seller"], sentence)
        for call in calls
        for turn in call["turns"]
        for sentence in turn["sentences"]
    ]
    print(f"{len(calls)} calls, {len(sentences)} sentences")
    for title, names in (
        ("act", lambda sentence: sentence["acts"]),
        ("topic", lambda sentence: [sentence["topic"] or "-"]),
    ):
        counts = Counter((name, mine) for mine, one in sentences for name in names(one))
        print(f"\n{title:14}{'all':>7}{'seller':>8}{'buyer':>7}")
        totals = {name: counts[name, True] + counts[name, False] for name, _ in counts}
        for name in sorted(totals, key=lambda name: -totals[name]):
            print(
                f"{name:14}{totals[name]:7}{counts[name, True]:8}{counts[name, False]:7}",
            )


if __name__ == "__main__":
    main()
