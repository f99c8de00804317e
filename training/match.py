"""Fits what each feature of a match is worth: ``python -m training.match``.

Three worlds teach it. In the first, 2,941 sentences with a facet were each read against 29
descriptions of problems, under ``training/labels/MATCH.md``. The others are coarse and
many: a sentence is about a problem when its organisation was judged to have that problem
(casebook), or when the judge pointed at that sentence (calls); it is not when the organisation
is another problem's, shows no sign of it, or the judge pointed at the sentence for another
problem. Logistic regression; prints how well sentences are told apart on organisations kept
aside, and on problems kept aside, then writes ``evidence/match.toml``.
"""

import argparse
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import GroupKFold

from bench import standings as calls_bench
from bench.world import CASEBOOK, shared
from training.data import TEXTS, document_key
from training.standing import casebook_truth
from unsolved import problems
from unsolved.evidence import Reader, Sentence
from unsolved.evidence.embedding import embedding
from unsolved.evidence.match import FEATURES, SHIPPED, Matcher, Weights
from unsolved.evidence.readers import reader
from unsolved.evidence.sentences import split, worth_reading
from unsolved.sources import Draft
from unsolved.sources.connectors.folder import Folder

SEED = 1
SAMPLE = 0.15
"""The share of sentences of calls that stand for those about nothing in particular."""

Row = tuple[NDArray[np.float32], bool, str, str, float]
"""Features, whether it is a match, the organisation, the problem, and how much it counts."""

LIBRARIES = (None, calls_bench.PROBLEMS, Path(__file__).parent / "problems")
"""A problem competes with those of its own library, as it will where it is used."""

TOUCHES = 0.5
"""What a match counts that only touches its problem."""

SHARES = {"labelled": 3.0, "casebook": 1.0, "calls": 1.0}
"""How much each world counts in all."""


class World:
    """Documents, a library, and which sentence is about which problem."""

    def __init__(self, library: problems.Library, read: Reader) -> None:
        self.library, self.read = library, read
        self.matcher = Matcher(library, embedding(), Weights.read())

    def telling(self, texts: Sequence[str], kind: str) -> list[int]:
        """Return the places of the sentences that have a facet."""
        sentences = [
            Sentence(text, tuple(texts[max(0, i - 2) : i]), tuple(texts[i + 1 : i + 2]), kind)
            for i, text in enumerate(texts)
        ]
        return [i for i, label in enumerate(self.read.label(sentences)) if label.labels]


def casebook(read: Reader) -> Iterator[Row]:
    """Yield the pairs of sentence and problem of the casebook."""
    world, truth = World(problems.load(None), read), casebook_truth()
    for draft in Folder(CASEBOOK / "documents", today=datetime.now(UTC).date()).fetch():
        if not isinstance(draft, Draft):
            continue
        texts = [draft.text[s.start : s.end] for s in split(draft.text)]
        texts = [text for text in texts if worth_reading(text)]
        chosen = world.telling(texts, draft.kind)
        name = draft.organisation.name
        for features in world.matcher.features(draft.title, texts, chosen):
            for problem, row in zip(world.library.problems, features, strict=True):
                standing = truth[problem.id].get(name)
                if standing != 0:  # a control speaks of the problem and does not have it
                    yield row, standing is not None, name, problem.id, 1.0


def calls(read: Reader) -> Iterator[Row]:
    """Yield the pairs of sentence and problem of the calls."""
    world, truth = World(problems.load(calls_bench.PROBLEMS), read), calls_bench.truth()
    pointed, chance = _pointed(), random.Random(SEED)  # noqa: S311 (a sample)
    for draft in calls_bench.calls({name for names in truth.values() for name in names}):
        texts, name = draft.text.split("\n"), draft.organisation.name
        telling = {i for i in world.telling(texts, draft.kind) if chance.random() < SAMPLE}
        chosen = [i for i in range(len(texts)) if i in telling or (draft.key, i) in pointed]
        for i, features in zip(chosen, world.matcher.features("", texts, chosen), strict=True):
            about = pointed.get((draft.key, i))
            for problem, row in zip(world.library.problems, features, strict=True):
                if about is not None or truth[problem.id][name] == 0:
                    match = about is not None and problem.id in about
                    yield row, match, name, problem.id, 1.0


def labelled(read: Reader) -> Iterator[Row]:
    """Yield the pairs of the sentences that were read against every description."""
    told = _told()
    worlds = [World(problems.load(path), read) for path in LIBRARIES]
    for key, title, texts, places in _documents(told.keys()):
        rows = [row for row in told[key] if _place(row) in places]
        chosen = [places[_place(row)] for row in rows]
        for world in worlds:
            features = world.matcher.features(title, texts, chosen)
            for one, row in zip(features, rows, strict=True):
                for problem, values in zip(world.library.problems, one, strict=True):
                    grade = row["problems"].get(problem.id, 0)
                    weight = TOUCHES if grade == 1 else 1.0
                    yield values, grade > 0, row["organisation"], problem.id, weight


def _told() -> Mapping[str, list[dict[str, Any]]]:
    """Return what was labelled, by document."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in sorted((Path(__file__).parent / "labels").glob("matches-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            found[row["document"]].append(row)
    return found


def _place(row: Mapping[str, Any]) -> tuple[int, int] | int:
    place = row["place"]
    return place if isinstance(place, int) else (place[0], place[1])


def _documents(
    keys: Collection[str],
) -> Iterator[tuple[str, str, list[str], Mapping[tuple[int, int] | int, int]]]:
    """Yield key, title and sentences of documents, and where each place is among these."""
    for draft in Folder(CASEBOOK / "documents", today=datetime.now(UTC).date()).fetch():
        if isinstance(draft, Draft) and draft.key in keys:
            texts = [draft.text[s.start : s.end] for s in split(draft.text)]
            texts = [text for text in texts if worth_reading(text)]
            yield draft.key, draft.title, texts, {n: n for n in range(len(texts))}
    for genre, names in TEXTS.items():
        for name in names:
            with gzip.open(shared("data", "texts", f"{name}.jsonl.gz"), "rt", "utf-8") as lines:
                for row in map(json.loads, lines):
                    key = document_key(genre, name, row)
                    if key not in keys:
                        continue
                    if genre == "call":
                        yield key, "", row["lines"], {n: n for n in range(len(row["lines"]))}
                        continue
                    text = row["text"]
                    spans = [s for s in split(text) if worth_reading(text[s.start : s.end])]
                    places = {(s.start, s.end): n for n, s in enumerate(spans)}
                    yield key, "", [text[s.start : s.end] for s in spans], places


def _pointed() -> Mapping[tuple[str, int], set[str]]:
    """Return the sentences that the judge pointed at, and for which problems."""
    found: dict[tuple[str, int], set[str]] = {}
    for line in shared("data", "labels", "standings.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        for place in row["evidence"]:
            key, _, number = place.rpartition("#")
            found.setdefault((key, int(number)), set()).add(calls_bench.IDS[row["problem"]])
    return found


def main() -> None:
    """Fit, tell and write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--dry", action="store_true", help="print, and write nothing")
    options = asked.parse_args()
    read = reader("linear")
    worlds = {
        "labelled": Arrays.of(labelled(read)),
        "casebook": Arrays.of(casebook(read)),
        "calls": Arrays.of(calls(read)),
    }
    for name, world in worlds.items():
        print(f"{name}: {len(world.match)} pairs, {world.match.mean():.3f} match")
        for what, groups in (("organisations", world.who), ("problems", world.problem)):
            p = np.zeros(len(world.match))
            for seen, kept in GroupKFold(5).split(world.features, groups=groups):
                model = fitted([world.only(seen)], [1.0])
                p[kept] = model.predict_proba(world.features[kept])[:, 1]
            print(f"  {what} kept aside: {_quality(world.match, p)}")
        others = [one for key, one in worlds.items() if key != name]
        p = fitted(others, [1.0, 1.0]).predict_proba(world.features)[:, 1]
        print(f"  fitted to the other worlds: {_quality(world.match, p)}")
    model = fitted(list(worlds.values()), [SHARES[name] for name in worlds])
    if not options.dry:
        _write(float(model.intercept_[0]), model.coef_[0].tolist(), SHIPPED)


@dataclass(frozen=True)
class Arrays:
    """A world's pairs: features, whether it is a match, of whom, of what, and its weight."""

    features: NDArray[np.float32]
    match: NDArray[np.bool_]
    who: NDArray[np.str_]
    problem: NDArray[np.str_]
    weight: NDArray[np.float64]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Arrays":
        """Bring rows into columns."""
        return cls(*(np.array(column) for column in zip(*rows, strict=True)))

    def only(self, chosen: NDArray[np.intp]) -> "Arrays":
        """Return some of the pairs."""
        return Arrays(*(getattr(self, field.name)[chosen] for field in fields(self)))


def fitted(worlds: Sequence[Arrays], shares: Sequence[float]) -> LogisticRegression:
    """Return a regression on some worlds, each with its share."""
    weights = [w.weight / w.weight.sum() * s for w, s in zip(worlds, shares, strict=True)]
    count = sum(len(world.match) for world in worlds)
    weight = np.concatenate(weights) / sum(shares) * count
    x = np.concatenate([world.features for world in worlds])
    y = np.concatenate([world.match for world in worlds])
    return _regression().fit(x, y, sample_weight=weight)


def _quality(match: NDArray[np.bool_], p: NDArray[np.float64]) -> str:
    area, precision = roc_auc_score(match, p), average_precision_score(match, p)
    return f"AUC {area:.3f}, average precision {precision:.3f}"


def _regression() -> LogisticRegression:
    return LogisticRegression(C=10, max_iter=2000)


def _write(start: float, weights: Sequence[float], path: Path) -> None:
    lines = [f'"{name}" = {value:.3f}' for name, value in zip(FEATURES, weights, strict=True)]
    head = "# Fitted by training/match.py; log-odds a unit of each feature."
    path.write_text("\n".join([head, f"start = {start:.3f}", "", "[features]", *lines, ""]))


if __name__ == "__main__":
    main()
