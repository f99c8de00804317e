"""How well is the casebook ranked, and are the standings right? ``python -m bench.casebook``.

The truth is judged by us from the same documents and stands in ``casebook_truth.jsonl``.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bench.baselines import average_precision, by_keywords, by_tfidf, mean
from bench.tables import show
from bench.world import (
    TRUE_STANDING,
    bring_casebook,
    catch_up,
    database,
    ranking,
    texts,
)
from unsolved import evidence, problems
from unsolved.prospects import Prospect
from unsolved.sources import name_key

TRUTH = Path(__file__).with_name("casebook_truth.jsonl")
FAILED = 3

Truth = Mapping[str, Mapping[str, int]]
"""By problem, the standing of organisations (by the key of their name)."""


def truth() -> Truth:
    """Return what is true."""
    told: dict[str, dict[str, int]] = {}
    for line in TRUTH.read_text("utf-8").splitlines():
        row = json.loads(line)
        told.setdefault(row["problem"], {})[name_key(row["organisation"])] = row["standing"]
    return told


def main() -> None:
    """Read the casebook, rank and compare."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reader", default="model", help="model or cues")
    reader = asked.parse_args().reader
    library, true = problems.load(), truth()
    with database() as sessions:
        bring_casebook(sessions)
        documents, sentences = catch_up(sessions, evidence.method(reader, library))
        found = {problem.id: ranking(sessions, problem.id) for problem in library.problems}
        said = {name_key(name): text for name, text in texts(sessions).items()}
    print(f"reader {reader}: {documents} documents, {sentences} sentences")
    _show_rankings(library, true, found, said)
    _show_standings(true, found)


def _show_rankings(
    library: problems.Library,
    true: Truth,
    found: Mapping[str, list[Prospect]],
    said: Mapping[str, str],
) -> None:
    near = by_tfidf(said, library)
    rows: list[list[str | int | float | None]] = []
    for problem in library.problems:
        ours = {name_key(p.organisation): p.score for p in found[problem.id]}
        standing = true.get(problem.id, {})
        failed = {name for name, value in standing.items() if value == FAILED}
        lowest = min((ours[name] for name in failed), default=0.0)
        controls = [n for n, value in standing.items() if value == 0 and ours[n] > lowest]
        rankings = (ours, by_keywords(said, problem), near[problem.id])
        aps = [average_precision(one, failed) for one in rankings]
        above = ", ".join(controls) or "none"
        rows.append([problem.id, len(failed), *aps, above])
    means = [mean([row[at] for row in rows]) for at in (2, 3, 4)]  # type: ignore[misc]
    rows.append(["mean", sum(int(row[1] or 0) for row in rows), *means, ""])
    head = ["problem", "failed", "ours", "keywords", "TF-IDF", "controls above a failed one"]
    show("Average precision of those who tried and failed, over all organisations", head, rows)


def _show_standings(true: Truth, found: Mapping[str, list[Prospect]]) -> None:
    matrix: Counter[tuple[int, int]] = Counter()
    wrong: list[list[str | int | float | None]] = []
    for problem, standing in true.items():
        ours = {name_key(p.organisation): p for p in found[problem]}
        for name, value in standing.items():
            prospect = ours[name]
            got = TRUE_STANDING[prospect.standing]
            matrix[value, got] += 1
            if got != value:
                wrong.append([prospect.organisation, problem, str(value), *_told(prospect)])
    right, lines = sum(n for (t, g), n in matrix.items() if t == g), sum(matrix.values())
    print(f"\nstanding right: {right} of {lines} ({right / lines:.0%})")
    names = ["0 unseen", "1 has it", "2 fixing", "3 failed", "4 resolved"]
    rows = [[name, *(matrix[t, g] for g in range(5))] for t, name in enumerate(names)]
    show("Standing: true (down) and found (across)", ["true", *names], rows)
    head = ["organisation", "problem", "true", "found", "likely", "score"]
    show("The wrong ones", head, wrong)


def _told(prospect: Prospect) -> list[str | int | float | None]:
    found = f"{TRUE_STANDING[prospect.standing]} {prospect.standing.value}"
    return [found, prospect.probability, prospect.score]


if __name__ == "__main__":
    main()
