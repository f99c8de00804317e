"""Fits what each feature of a match is worth: ``python -m training.match``.

A sentence with a facet is about a problem when its organisation was judged to have that
problem (casebook), or when the judge pointed at that sentence (calls). It is not about the
problem when the organisation is another problem's (casebook), or shows no sign of it, or the
judge pointed at the sentence for another problem (calls). That is a coarse truth: organisations
speak of more than one thing. Logistic regression, both worlds counting the same; prints how
well sentences are told apart on organisations kept aside, then writes ``evidence/match.toml``.
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import GroupKFold

from bench import standings as calls_bench
from bench.world import CASEBOOK, shared
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

Row = tuple[NDArray[np.float32], bool, str]
"""Features, whether it is a match, and the organisation."""


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
                    yield row, standing is not None, name


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
                    yield row, about is not None and problem.id in about, name


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
    worlds = {"casebook": _arrays(casebook(read)), "calls": _arrays(calls(read))}
    for name, (x, y, who) in worlds.items():
        p = np.zeros(len(y))
        for seen, kept in GroupKFold(5).split(x, y, who):
            p[kept] = _regression().fit(x[seen], y[seen]).predict_proba(x[kept])[:, 1]
        area, precision = roc_auc_score(y, p), average_precision_score(y, p)
        print(f"{name}: {len(y)} pairs, {y.mean():.3f} match; on organisations kept aside")
        print(f"  AUC {area:.3f}, average precision {precision:.3f}")
    x = np.concatenate([x for x, _, _ in worlds.values()])
    y = np.concatenate([y for _, y, _ in worlds.values()])
    share = np.concatenate([np.full(len(y), 1 / len(y)) for _, y, _ in worlds.values()])
    model = _regression().fit(x, y, sample_weight=share * len(y) / 2)
    if not options.dry:
        _write(float(model.intercept_[0]), model.coef_[0].tolist(), SHIPPED)


def _regression() -> LogisticRegression:
    return LogisticRegression(C=10, max_iter=2000)


def _arrays(
    rows: Iterable[Row],
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.str_]]:
    features, matches, who = zip(*rows, strict=True)
    return np.array(features), np.array(matches), np.array(who)


def _write(start: float, weights: Sequence[float], path: Path) -> None:
    lines = [f'"{name}" = {value:.3f}' for name, value in zip(FEATURES, weights, strict=True)]
    head = "# Fitted by training/match.py; log-odds a unit of each feature."
    path.write_text("\n".join([head, f"start = {start:.3f}", "", "[features]", *lines, ""]))


if __name__ == "__main__":
    main()
