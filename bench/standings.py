"""Where do thirty organisations stand, going by all their calls? ``python -m bench.standings``.

The true standings were judged under ``STANDINGS.md`` in the shared folder, from the same calls;
the six problems are those of ``bench/problems``. ``--more`` takes forty other organisations.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bench.baselines import average_precision, by_keywords, by_tfidf, mean
from bench.tables import Cell, show
from bench.world import (
    TRUE_STANDING,
    Shelf,
    bring,
    catch_up,
    database,
    ranking,
    shared,
    texts,
)
from unsolved import evidence, problems
from unsolved.prospects import Prospect
from unsolved.sources import Draft, Kind, OrganisationDraft

PROBLEMS = Path(__file__).with_name("problems")
IDS = {
    "P1": "staffing",
    "P2": "supply",
    "P3": "systems",
    "P4": "cost",
    "P5": "unit",
    "P6": "projects",
}
MORE = Path(__file__).resolve().parents[1] / "training" / "labels" / "standings-1.jsonl"
FAILED = 3
ENOUGH = 2
"""With fewer who failed, an average precision says nothing."""

Truth = Mapping[str, Mapping[str, int]]


def truth(path: Path | None = None) -> Truth:
    """Return, by problem, where each organisation stands; ``path`` holds other judgements."""
    told: dict[str, dict[str, int]] = {}
    path = path or shared("data", "labels", "standings.jsonl")
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        told.setdefault(IDS[row["problem"]], {})[row["organisation"]] = row["standing"]
    return told


def calls(wanted: set[str]) -> Iterator[Draft]:
    """Yield every call of the organisations that are wanted, a document each."""
    path = shared("data", "texts", "earnings_calls.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            call = json.loads(line)
            if call["organisation"] not in wanted:
                continue
            text = "\n".join(call["lines"])
            yield Draft(
                key=call["id"],
                organisation=OrganisationDraft(name=call["organisation"]),
                text=text,
                title=f"Earnings call, {call['period']}",
                kind=Kind.TRANSCRIPT,
                published_on=date.fromisoformat(call["date"]),
                original=line.encode(),
                media_type="application/json",
            )


def main() -> None:
    """Read the calls, judge and compare."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reader", default="model", help="model or cues")
    asked.add_argument("--out", type=Path, help="a file for one JSON line an organisation")
    asked.add_argument("--more", action="store_true", help="the forty judged later, instead")
    options = asked.parse_args()
    true, library = truth(MORE if options.more else None), problems.load(PROBLEMS)
    wanted = {name for standing in true.values() for name in standing}
    with database() as sessions:
        bring(sessions, Shelf("calls", calls(wanted)))
        documents, sentences = catch_up(sessions, evidence.method(options.reader, library))
        found = {problem.id: ranking(sessions, problem.id) for problem in library.problems}
        said = texts(sessions)
    print(f"reader {options.reader}: {documents} documents, {sentences} sentences")
    if options.out:
        _keep(options.out, true, found)
    _show_agreement(true, found)
    _show_rankings(library, true, found, said)


def _keep(path: Path, true: Truth, found: Mapping[str, list[Prospect]]) -> None:
    rows = (
        {
            "organisation": p.organisation,
            "problem": problem,
            "true": true[problem][p.organisation],
            "found": TRUE_STANDING[p.standing],
            "score": p.score,
            "beliefs": {b.step.value: b.probability for b in p.beliefs},
        }
        for problem, ranked in found.items()
        for p in ranked
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def _show_agreement(true: Truth, found: Mapping[str, list[Prospect]]) -> None:
    rows: list[list[Cell]] = []
    matrix: Counter[tuple[int, int]] = Counter()
    for problem, standing in true.items():
        ours = {p.organisation: TRUE_STANDING[p.standing] for p in found[problem]}
        pairs = [(value, ours[name]) for name, value in standing.items()]
        matrix.update(pairs)
        rows.append([problem, *_agreement(pairs)])
    everything = list(matrix.elements())
    rows.append(["all", *_agreement(everything)])
    always = max(Counter(value for value, _ in everything).values()) / len(everything)
    print(f"\nwho always says the commonest standing is right in {always:.2f}")
    head = ["problem", "lines", "same standing", "same on 3 or not", "true 3", "found 3"]
    show("Agreement on standing", head, rows)
    names = ["0 unseen", "1 has it", "2 fixing", "3 failed", "4 resolved"]
    counted: list[list[Cell]] = [
        [name, *(matrix[t, g] for g in range(len(names)))] for t, name in enumerate(names)
    ]
    show("Standing: true (down) and found (across)", ["true", *names], counted)


def _agreement(pairs: list[tuple[int, int]]) -> list[Cell]:
    return [
        len(pairs),
        sum(t == g for t, g in pairs) / len(pairs),
        sum((t == FAILED) == (g == FAILED) for t, g in pairs) / len(pairs),
        sum(t == FAILED for t, _ in pairs),
        sum(g == FAILED for _, g in pairs),
    ]


def _show_rankings(
    library: problems.Library,
    true: Truth,
    found: Mapping[str, list[Prospect]],
    said: Mapping[str, str],
) -> None:
    near = by_tfidf(said, library)
    for title, standings, least in (
        ("Average precision of tried and failed (3)", {FAILED}, ENOUGH),
        ("Average precision of having the problem at all (1 to 4)", {1, 2, 3, 4}, 1),
    ):
        rows: list[list[Cell]] = []
        columns: list[list[float | None]] = []
        for problem in library.problems:
            standing = true[problem.id]
            wanted = {name for name, value in standing.items() if value in standings}
            ours = {p.organisation: p.score for p in found[problem.id]}
            rankings = (ours, by_keywords(said, problem), near[problem.id])
            aps = [average_precision(one, wanted) for one in rankings]
            chance = len(wanted) / len(standing)
            rows.append([problem.id, len(wanted), *aps, chance])
            if len(wanted) >= least:
                columns.append([*aps, chance])
        means = [mean(list(column)) for column in zip(*columns, strict=True)]
        rows.append([f"mean (of {len(columns)})", sum(int(r[1] or 0) for r in rows), *means])
        show(title, ["problem", "so many", "ours", "keywords", "TF-IDF", "chance"], rows)


if __name__ == "__main__":
    main()
