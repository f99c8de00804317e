"""Compares rows that share a key, by a model that is data; splink on DuckDB does the work.

After Fellegi and Sunter (1969): each level of a comparison is so many times likelier between
two rows that are one than between two that are two. Nothing is fetched; what does not fit into
memory goes to a folder that is gone afterwards.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from unsolved.sources.linkage.model import Bounds, Found

_HERE = Path(__file__).parent
NULL, OTHER = "null", "other"
MEMORY = "1GB"
THREADS = 2

Row = Mapping[str, Any]
Weights = Mapping[str, Mapping[str, Sequence[float]]]


@dataclass(frozen=True, slots=True)
class Model:
    """How rows are compared, what each level weighs, and the bounds.

    ``levels`` holds, for each comparison, the condition of each level; ``weights``, for each
    level, how often it is met among ones and among twos.
    """

    columns: Mapping[str, str]
    keys: Mapping[str, int]
    levels: Mapping[str, Mapping[str, str]]
    weights: Weights
    prior: float
    bounds: Bounds


@cache
def shipped(name: str) -> Model:
    """Return the model of that name that ships: ``organisations`` or ``people``."""
    return model_of(_HERE / f"{name}.toml", _HERE / f"{name}.json")


def model_of(rules: Path, numbers: Path | None = None) -> Model:
    """Read a model: its rules, and its numbers where there are some."""
    told = tomllib.loads(rules.read_text("utf-8"))
    known = json.loads(numbers.read_text("utf-8")) if numbers and numbers.exists() else {}
    return Model(
        columns=told["columns"],
        keys=told["keys"],
        levels=told["comparison"],
        weights=known.get("weights", {}),
        prior=known.get("prior", 0.1),
        bounds=Bounds(known.get("sure", 0.99), known.get("doubtful", 0.1)),
    )


def compare(rows: Sequence[Row], model: Model, at_least: float = 0.0) -> list[Found]:
    """Return the pairs of rows of different owners that share a key and are likely enough.

    A row has an ``owner`` (an id), ``keys`` as (kind, key) and the model's columns. Of several
    rows of two owners the likeliest pair stands; the pairs come in the order of their ids.
    """
    shared = _shared(rows, model.keys)
    if not any(shared):
        return []
    with database() as api:
        table = _table(rows, shared, model)
        settings = _settings(model)
        from splink import Linker  # noqa: PLC0415 - half a second, and only linking needs it

        linker = Linker(api.register(table), settings, log_level=None, validate_settings=False)
        told = linker.inference.predict(threshold_match_probability=at_least or None)
        gammas = ", ".join(f"gamma_{name}" for name in model.levels)
        found = (
            told.as_duckdbpyrelation()
            .project(f"owner_l, owner_r, match_probability, unique_id_l, unique_id_r, {gammas}")
            .fetchall()
        )
    return _best(found, model)


def _shared(rows: Sequence[Row], limits: Mapping[str, int]) -> list[list[str]]:
    """Return, for each row, the keys that others have too, and not too many others."""
    counts = Counter(key for row in rows for key in row["keys"])
    return [
        [f"{kind}:{key}" for kind, key in row["keys"] if 1 < counts[kind, key] <= limits[kind]]
        for row in rows
    ]


@contextmanager
def database() -> Iterator[Any]:
    """Open a database in memory that reaches nothing outside its own folder."""
    import duckdb  # noqa: PLC0415
    from splink import DuckDBAPI  # noqa: PLC0415

    with TemporaryDirectory(prefix="unsolved-") as folder:
        database = duckdb.connect(
            ":memory:",
            config={
                "threads": THREADS,
                "memory_limit": MEMORY,
                "temp_directory": folder,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        database.execute("SET enable_external_access = false")
        try:
            yield DuckDBAPI(database)
        finally:
            database.close()


def _table(rows: Sequence[Row], shared: Sequence[Sequence[str]], model: Model) -> Any:  # noqa: ANN401 (Arrow's)
    import pyarrow as pa  # noqa: PLC0415

    kinds = {"VARCHAR": pa.string(), "VARCHAR[]": pa.list_(pa.string())}
    chosen = [at for at, keys in enumerate(shared) if keys]
    columns = {
        "unique_id": pa.array(chosen, pa.int64()),
        "owner": pa.array([rows[at]["owner"] for at in chosen], pa.int64()),
        "keys": pa.array([shared[at] for at in chosen], kinds["VARCHAR[]"]),
    }
    for name, kind in model.columns.items():
        columns[name] = pa.array([rows[at][name] for at in chosen], kinds[kind])
    return pa.table(columns)


def _settings(model: Model) -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": model.prior,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "additional_columns_to_retain": ["owner"],
        "blocking_rules_to_generate_predictions": [
            {
                "blocking_rule": "l.keys = r.keys and l.owner <> r.owner",
                "arrays_to_explode": ["keys"],
            }
        ],
        "comparisons": [
            {"output_column_name": name, "comparison_levels": _levels(name, model)}
            for name in model.levels
        ],
    }


def _levels(name: str, model: Model) -> list[dict[str, Any]]:
    known = model.weights.get(name, {})
    told: list[dict[str, Any]] = []
    for level, condition in [*model.levels[name].items(), (OTHER, "ELSE")]:
        one: dict[str, Any] = {"sql_condition": condition, "label_for_charts": level}
        if level == NULL:
            one["is_null_level"] = True
        else:
            one["m_probability"], one["u_probability"] = known.get(level, (0.5, 0.5))
        told.append(one)
    return told


def _best(found: Sequence[tuple[Any, ...]], model: Model) -> list[Found]:
    names = {
        name: dict(zip(_gammas(levels), [*levels, OTHER], strict=True))
        for name, levels in model.levels.items()
    }
    best: dict[tuple[int, int], tuple[Any, ...]] = {}
    for left, right, likely, here, there, *gammas in found:
        is_turned = left > right
        pair = (right, left) if is_turned else (left, right)
        one = (likely, *((there, here) if is_turned else (here, there)), *gammas)
        known = best.get(pair)
        if known is None or (one[0], *one[3:]) > (known[0], *known[3:]):
            best[pair] = one
    return [
        Found(
            first,
            second,
            one[0],
            (one[1], one[2]),
            {name: names[name][gamma] for name, gamma in zip(names, one[3:], strict=True)},
        )
        for (first, second), one in sorted(best.items())
    ]


def _gammas(levels: Mapping[str, str]) -> list[int]:
    """Return the numbers that splink gives the levels: null is -1, the last 0, and upwards."""
    rising = len(levels) - (NULL in levels)
    numbers = []
    for level in [*levels, OTHER]:
        if level == NULL:
            numbers.append(-1)
        else:
            numbers.append(rising)
            rising -= 1
    return numbers
