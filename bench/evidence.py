"""How well do the readers read? ``python -m bench.evidence``.

Two tables. In the first, every sentence is read by a model that never saw its organisation
(five folds; labels that we added help to train and are not scored). In the second, the shipped
networks read the fifth of the organisations of calls and documents that they were not trained
on (all of the casebook trains them), and the others read the same sentences: ``skim`` is the
quick network with the linear reader's share, ``judge`` the slow one for every sentence;
``fast`` and ``model`` are what ships, the slow one where the quick one doubts.

Calibration and thresholds come from sentences other than those they are judged on, except for
the cues, whose numbers were read off all labelled sentences. Those of the shipped networks were
fitted on the held-out part; here each fifth of it is judged as the rest suggests, while the
probabilities (and so their calibration error) are those that ship.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from training import linear
from training.calibrate import f1, judging, truth
from training.data import FACETS, SHARED, DataAbsent, Labelled, apart, folds, load
from unsolved.evidence.cascade import cascade_reader
from unsolved.evidence.judging import HEADS, Floats, Judging
from unsolved.evidence.linear import LinearReader
from unsolved.evidence.model import Label
from unsolved.evidence.pieces import pieces
from unsolved.evidence.readers import reader

SEVEN = 7  # goal to resolved; urgency is too rare to count in a mean
GROUPS = ("calls", "documents", "casebook", "all")
Train = Callable[[Sequence[Labelled], Sequence[Labelled]], list[Label]]


def tfidf(seen: Sequence[Labelled], unseen: Sequence[Labelled]) -> list[Label]:
    """Read by TF-IDF and logistic regression, without context: what anyone would try first."""
    fold = np.array(folds(seen))
    inner = np.zeros((len(seen), len(FACETS)), dtype=np.float32)
    for number in range(fold.max() + 1):
        rest = np.flatnonzero(fold == number)
        kept = [seen[n] for n in np.flatnonzero(fold != number)]
        inner[rest] = _tfidf_logits(kept, [seen[n] for n in rest])
    logits = np.zeros((len(unseen), HEADS), dtype=np.float32)
    logits[:, : len(FACETS)] = _tfidf_logits(seen, unseen)
    return Judging.of(judging(inner, truth(seen))).labels(logits)


def _tfidf_logits(seen: Sequence[Labelled], unseen: Sequence[Labelled]) -> np.ndarray:
    count = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    rows = count.fit_transform([item.sentence.text for item in seen])
    asked = count.transform([item.sentence.text for item in unseen])
    true = truth(seen)
    models = [
        LogisticRegression(C=8.0, solver="liblinear").fit(rows, true[:, n])
        for n in range(len(FACETS))
    ]
    return np.stack([model.decision_function(asked) for model in models], axis=1)


def ours(seen: Sequence[Labelled], unseen: Sequence[Labelled]) -> list[Label]:
    """Read with the quick reader, trained afresh."""
    arrays = linear.fit(seen)
    return LinearReader(arrays, "bench", pieces()).label([item.sentence for item in unseen])


def shipped(name: str) -> Train:
    """Return a way to read with a reader as it ships."""
    return lambda _, unseen: reader(name).label([item.sentence for item in unseen])


def networks_apart(unseen: Sequence[Labelled]) -> dict[str, list[Label]]:
    """Read with each network alone and with both, as they ship.

    A fifth at a time is judged as the rest suggests: the probabilities are those that ship, and
    what is said goes by thresholds from the rest.
    """
    reader = cascade_reader()
    sentences = [item.sentence for item in unseen]
    quick, slow = reader.quick_logits(sentences), reader.logits(sentences)
    found = {
        "skim": _apart(unseen, quick, reader.quick),
        "judge": _apart(unseen, slow, reader.judging),
    }
    print()
    for name in ("fast", "model"):
        asked = cascade_reader(name).doubts(quick)
        print(f"{name} passes {asked.mean():.3f} of the held-out sentences on to the judge")
        both = zip(asked.tolist(), found["judge"], found["skim"], strict=True)
        found[name] = [second if go_on else first for go_on, second, first in both]
    return found


def _apart(unseen: Sequence[Labelled], logits: Floats, ships: Judging) -> list[Label]:
    fold = np.array(folds(unseen))
    apart: dict[int, Label] = {}
    for number in range(fold.max() + 1):
        asked, other = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
        kept = judging(logits[other][:, : len(FACETS)], truth([unseen[n] for n in other]))
        apart |= zip(asked.tolist(), Judging.of(kept).labels(logits[asked]), strict=True)
    return [replace(apart[n], facets=one.facets) for n, one in enumerate(ships.labels(logits))]


def crossed(train: Train, items: Sequence[Labelled]) -> list[Label]:
    """Return a label for every item, each from a model that never saw its organisation."""
    fold = folds(items)
    labels: dict[int, Label] = {}
    for number in range(max(fold) + 1):
        rest = [n for n, where in enumerate(fold) if where == number]
        seen = [items[n] for n, where in enumerate(fold) if where != number]
        labels |= zip(rest, train(seen, [items[n] for n in rest]), strict=True)
    return [labels[n] for n in range(len(items))]


def calibration_error(sure: np.ndarray, true: np.ndarray) -> float:
    """Return by how much probabilities miss, over ten bins of equal width."""
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(sure[bins == n].sum() - true[bins == n].sum()) for n in range(10)]
    return float(sum(gaps) / len(sure))


def average(true: np.ndarray, sure: np.ndarray) -> float:
    """Return average precision, or not-a-number where there is nothing to find."""
    return float(average_precision_score(true, sure)) if true.any() else float("nan")


def row(name: str, items: Sequence[Labelled], labels: Sequence[Label]) -> str:
    """Return a line: AP, F1 and calibration error a facet, their means, assertion accuracy."""
    true = truth(items)
    sure = np.array([[label.facets[f] for f in FACETS] for label in labels])
    said = np.array([[f in label.labels for f in FACETS] for label in labels])
    every = range(len(FACETS))
    precise = [average(true[:, n], sure[:, n]) for n in every]
    scores = [f1(said[:, n], true[:, n]) for n in every]
    errors = [calibration_error(sure[:, n], true[:, n]) for n in every]
    meant = [
        label.assertion is item.assertion
        for item, label in zip(items, labels, strict=True)
        if item.assertion and label.assertion
    ]
    cells = "".join(
        f" {a:.2f}/{b:.2f}/{c:.2f}" for a, b, c in zip(precise, scores, errors, strict=True)
    )
    means = f"{np.nanmean(precise[:SEVEN]):6.3f} {np.mean(scores[:SEVEN]):6.3f}"
    return f"{name:8}{means} {np.mean(meant) if meant else np.nan:6.3f} {cells}"


def table(title: str, items: Sequence[Labelled], read: dict[str, list[Label]]) -> None:
    """Print a line a reader for each kind of document."""
    print(f"\n{title}\n(a facet: average precision / F1 / calibration error)")
    print(f"{'':8}{'AP7':>6} {'F1-7':>6} {'assert':>6} ", *(f"{f.value:>14}" for f in FACETS))
    for group in GROUPS:
        kept = [n for n, item in enumerate(items) if group in ("all", item.group)]
        if not kept:
            continue
        print(f"{group} ({len(kept)} sentences)")
        for name, labels in read.items():
            print(row(name, [items[n] for n in kept], [labels[n] for n in kept]))


def main(argv: Sequence[str] | None = None) -> int:
    """Print both tables, or say that the data is not here."""
    parser = argparse.ArgumentParser(prog="bench.evidence", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with the labels")
    parser.add_argument("--held-out", action="store_true", help="the second table only")
    wanted = parser.parse_args(argv)
    try:
        items = load(wanted.shared)
    except DataAbsent as absent:
        print(absent)
        return 0
    if not wanted.held_out:
        rows: dict[str, Train] = {"cues": shipped("cues"), "tf-idf": tfidf, "linear": ours}
        found = {name: crossed(train, items) for name, train in rows.items()}
        given = [n for n, item in enumerate(items) if not item.wave]
        found = {name: [labels[n] for n in given] for name, labels in found.items()}
        table("Five folds by organisation", [items[n] for n in given], found)
    seen, held = apart(items)
    rows = {"cues": shipped("cues"), "tf-idf": tfidf, "linear": ours}
    read = {name: one(seen, held) for name, one in rows.items()}
    table("Held-out organisations", held, read | networks_apart(held))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
