"""How well are acts read? ``python -m bench.acts``.

On ten whole earnings calls that were kept aside, by sentence and by turn; the same without
capitals and marks and with words garbled, as an automatic transcript has them; and on AnnoMI's
expert labels (counselling, another trade) beside a majority and a TF-IDF baseline that was
trained there. Real discovery calls cannot be had: the figures are about calls like these.
"""

import argparse
import csv
import json
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from bench.tables import Cell, show
from bench.world import shared
from training.turns import ACTS, HELD_OUT, LABELS, calls, held_out_labels
from unsolved.conversations.acts import READERS, ActReader, TurnIn, reader

SEED, GARBLED, FEWEST = 3, 0.08, 10
"""The share of words wrong in an automatic transcript; rarer acts are left out."""

Acts = frozenset[str]
WORDS = r"(?u)\b\w+\b|\?"


def main() -> None:
    """Read the calls kept aside with each reader and print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", choices=["calls", "annomi"], help="one of the two parts")
    options = asked.parse_args()
    if options.only != "annomi":
        _earnings()
    if options.only != "calls":
        _annomi()


def _earnings() -> None:
    truth = held_out_labels()
    found = {name: _read(reader(name), lambda text: text) for name in READERS}
    rough = {f"{name}, automatic": _read(reader(name), _garbled) for name in READERS}
    by_sentence = {
        name: {k: v for k, v in got.items() if k in truth}
        for name, got in {**found, **rough}.items()
    }
    _table("By sentence", truth, by_sentence)
    turns = _whole_turns(truth)
    _table("By turn", turns, {n: _by_turn(got, turns) for n, got in {**found, **rough}.items()})


def _table(
    title: str, truth: Mapping[str, Acts], found: Mapping[str, Mapping[str, Acts]]
) -> None:
    rows: list[list[Cell]] = []
    scores: dict[str, list[float]] = defaultdict(list)
    for act in ACTS:
        positives = sum(act in acts for acts in truth.values())
        row: list[Cell] = [act, positives]
        for name, got in found.items():
            score = _f1(
                [act in truth[key] for key in truth], [act in got.get(key, ()) for key in truth]
            )
            row.append(score)
            if positives >= FEWEST:
                scores[name].append(score)
        rows.append(row)
    macro: list[Cell] = [f"macro (acts with {FEWEST} or more)", None]
    rows.append([*macro, *(float(np.mean(scores[name])) for name in found)])
    show(f"{title}: F1 on calls kept aside ({len(truth)})", ["act", "are", *found], rows)


def _read(who: ActReader, write: Callable[[str], str]) -> dict[str, Acts]:
    """Return what a reader says of every sentence of the calls kept aside."""
    held = json.loads((LABELS / HELD_OUT).read_text("utf-8"))
    found: dict[str, Acts] = {}
    for call in held:
        turns: dict[int, list[str]] = defaultdict(list)
        speakers: dict[int, str] = {}
        keys: list[list[str]] = []
        for item in calls()[call]:
            if item.turn not in speakers:
                keys.append([])
            speakers[item.turn] = item.speaker
            turns[item.turn].append(write(item.text))
            keys[-1].append(item.key)
        told = who.read_call([TurnIn(speakers[t], tuple(said)) for t, said in turns.items()])
        for ids, said in zip(keys, told, strict=True):
            found.update(
                {k: frozenset(map(str, s.acts)) for k, s in zip(ids, said, strict=True)}
            )
    return found


def _garbled(text: str) -> str:
    """Write a sentence as an automatic transcript might: no marks, some words lost or wrong."""
    chance = random.Random(f"{SEED}{text}")  # noqa: S311 (repeatable on purpose)
    words = "".join(c for c in text.lower() if c.isalnum() or c in " '%$").split()
    kept = []
    for word in words:
        roll = chance.random()
        if roll < GARBLED / 2:
            continue
        kept.append(word[: max(1, len(word) // 2)] if roll < GARBLED else word)
    return " ".join(kept) or "um"


def _whole_turns(truth: Mapping[str, Acts]) -> dict[str, Acts]:
    """Return the acts of the turns of which every sentence is labelled."""
    held = json.loads((LABELS / HELD_OUT).read_text("utf-8"))
    every: dict[str, list[str]] = defaultdict(list)
    for call in held:
        for item in calls()[call]:
            every[f"{call}:{item.turn}"].append(item.key)
    return {
        turn: frozenset().union(*(truth[key] for key in keys))
        for turn, keys in every.items()
        if all(key in truth for key in keys)
    }


def _by_turn(found: Mapping[str, Acts], turns: Mapping[str, Acts]) -> dict[str, Acts]:
    joined: dict[str, Acts] = defaultdict(frozenset)
    for key, acts in found.items():
        turn = key.rpartition(":")[0]
        if turn in turns:
            joined[turn] |= acts
    return joined


def _annomi() -> None:
    path = shared("data", "calls", "annomi", "AnnoMI-full.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = {(r["transcript_id"], r["utterance_id"]): r for r in csv.DictReader(file)}
    every = list(rows.values())
    who = reader("model")
    said: dict[tuple[str, str], Acts] = {}
    by_call: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in every:
        by_call[row["transcript_id"]].append(row)
    for talk in by_call.values():
        turns = [TurnIn(r["interlocutor"], _sentences(r["utterance_text"])) for r in talk]
        for row, told in zip(talk, who.read_call(turns), strict=True):
            acts = frozenset(str(act) for one in told for act in one.acts)
            said[row["transcript_id"], row["utterance_id"]] = acts
    theirs = [row for row in every if row["interlocutor"] == "therapist"]
    texts = [row["utterance_text"] for row in theirs]
    groups = [row["transcript_id"] for row in theirs]
    table: list[list[Cell]] = []
    for act, column in (("question", "question_exists"), ("reflect", "reflection_exists")):
        truth = [row[column] == "True" for row in theirs]
        ours = [act in said[row["transcript_id"], row["utterance_id"]] for row in theirs]
        learned = _tfidf(texts, truth, groups)
        table.append(
            [
                act,
                sum(truth),
                _f1(truth, ours),
                _f1(truth, learned),
                _f1(truth, [True] * len(truth)),
            ]
        )
    head = [
        "expert label",
        "are",
        "our model, unseen trade",
        "TF-IDF trained there",
        "all say yes",
    ]
    show(f"AnnoMI: F1 over {len(theirs)} utterances of counsellors", head, table)


def _sentences(text: str) -> tuple[str, ...]:
    from unsolved.conversations.acts import sentences  # noqa: PLC0415 (as the product cuts)

    return sentences(text) or (text,)


def _tfidf(texts: Sequence[str], truth: Sequence[bool], groups: Sequence[str]) -> list[bool]:
    """Return what TF-IDF says, trained on four fifths of the talks, of the fifth."""
    found = np.zeros(len(texts), dtype=bool)
    labels = np.array(truth)
    for train, test in GroupKFold(5).split(texts, labels, groups):
        words = TfidfVectorizer(
            ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=WORDS
        )
        seen = words.fit_transform([texts[n] for n in train])
        fitted = LogisticRegression(C=10, max_iter=300).fit(seen, labels[train])
        found[test] = fitted.predict(words.transform([texts[n] for n in test]))
    return [bool(one) for one in found]


def _f1(truth: Sequence[bool], found: Sequence[bool]) -> float:
    both = sum(t and f for t, f in zip(truth, found, strict=True))
    return 2 * both / max(1, sum(truth) + sum(found))


if __name__ == "__main__":
    main()
