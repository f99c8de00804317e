"""Estimates what each level of a comparison weighs, and chooses the bounds on labelled data.

``python -m training.linkage`` writes ``sources/linkage/*.json``. A level's share among the
labelled pairs that share a key and that nothing parts for good, ones and twos apart, is drawn
a little towards even (SMOOTHING), for the data are few; what they hardly hold is set by hand
(``[set]`` of the rules). The bounds are the lowest at which merging on the development half is
precise enough (sure), and below which development pairs are hardly ever one (doubtful).
"""

import json
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench.identity.records import DEVELOPMENT, Labelled, labelled
from bench.identity.truth import organisations, people
from unsolved.sources.linkage import against, against_people, engine
from unsolved.sources.linkage import organisations as of_organisations
from unsolved.sources.linkage import people as of_people
from unsolved.sources.linkage.engine import Model
from unsolved.sources.linkage.judging import Judged, alike_organisations, alike_people
from unsolved.sources.linkage.model import Bounds, Found

HERE = Path(__file__).parents[1] / "src" / "unsolved" / "sources" / "linkage"
SMOOTHING = 1.0
DOUBTFUL = {"organisations": 0.3, "people": 0.2}
PRECISE, LOWEST_SURE = 0.985, 0.7
LEAST, MOST = 0.002, 0.98


def main() -> None:
    """Estimate both models and write them."""
    for name in ("organisations", "people"):
        _fit(name, [record for record in labelled(name) if record.half == DEVELOPMENT])


def _fit(name: str, records: Sequence[Labelled]) -> None:
    rules = HERE / f"{name}.toml"
    model = engine.model_of(rules)
    truth = {record.id: record.truth for record in records}
    found = (
        _organisations(model, records) if name == "organisations" else _people(model, records)
    )
    weights, prior = estimated(model, found, truth)
    for comparison, levels in tomllib.loads(rules.read_text("utf-8")).get("set", {}).items():
        weights[comparison] |= levels
    fitted = replace(model, weights=weights, prior=prior, bounds=Bounds(0.0, DOUBTFUL[name]))
    judged = (
        alike_organisations(organisations(records), fitted)
        if name == "organisations"
        else alike_people(people(records), model=fitted)
    )
    sure = _bound(
        [(one.pair.probability, _is_right(one, truth)) for one in judged if one.is_sure]
    )
    told = {"prior": prior, "sure": sure, "doubtful": DOUBTFUL[name], "weights": weights}
    (HERE / f"{name}.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    print(f"{name}: {len(found)} pairs, prior {prior}, sure from {sure}")
    for comparison, shares in weights.items():
        for level, (ones, twos) in shares.items():
            print(f"  {comparison:10} {level:32} {ones:6.3f} {twos:6.3f} {ones / twos:8.2f}")


def _organisations(model: Model, records: Sequence[Labelled]) -> list[Found]:
    known = organisations(records)
    by_id = {facts.id: facts for facts in known}
    names = [name for facts in known for name in of_organisations.names_of(facts)]
    return [
        one
        for one in engine.compare(of_organisations.rows_of(known), model)
        if not _apart(
            against.objections(
                by_id[one.first],
                by_id[one.second],
                (names[one.rows[0]], names[one.rows[1]]),
                one,
            )
        )
    ]


def _people(model: Model, records: Sequence[Labelled]) -> list[Found]:
    known = people(records)
    by_id = {facts.id: facts for facts in known}
    return [
        one
        for one in engine.compare(of_people.rows_of(known), model)
        if not _apart(against_people.objections(by_id[one.first], by_id[one.second], one))
    ]


def _is_right(one: Judged, truth: Mapping[int, int]) -> bool:
    return truth[one.pair.first_id] == truth[one.pair.second_id]


def _bound(judged: Sequence[tuple[float, bool]]) -> float:
    """Return the lowest probability from which on merging is precise; never too low a one."""
    bound, right = 1.0, 0
    for count, (likely, is_right) in enumerate(sorted(judged, reverse=True), 1):
        right += is_right
        if right / count >= PRECISE and likely >= LOWEST_SURE:
            bound = likely
    is_last = all(likely >= bound for likely, _ in judged)
    return LOWEST_SURE if is_last else round(bound - 0.005, 2)


def _apart(objections: Sequence[against.Objection]) -> bool:
    return any(one.weight is against.Weight.APART for one in objections)


def estimated(
    model: Model, found: Sequence[Found], truth: Mapping[int, int]
) -> tuple[dict[str, dict[str, list[float]]], float]:
    """Return the shares of each level among ones and among twos, and the prior."""
    ones = [one for one in found if truth[one.first] == truth[one.second]]
    twos = [one for one in found if truth[one.first] != truth[one.second]]
    weights: dict[str, dict[str, list[float]]] = {}
    for comparison, levels in model.levels.items():
        names = [level for level in [*levels, engine.OTHER] if level != engine.NULL]
        shares = [Counter(one.levels[comparison] for one in some) for some in (ones, twos)]
        weights[comparison] = {
            name: [_share(counts, name, names) for counts in shares] for name in names
        }
    return weights, round(len(ones) / len(found), 3)


def _share(counts: Counter[str], level: str, levels: list[str]) -> float:
    total = sum(counts[name] for name in levels) + SMOOTHING * len(levels)
    return round(min(max((counts[level] + SMOOTHING) / total, LEAST), MOST), 4)


if __name__ == "__main__":
    main()
