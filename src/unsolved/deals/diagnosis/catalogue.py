"""The catalogue of signs: what is looked for, what it says when found, and what it weighs."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from unsolved.deals.diagnosis.model import Cold, Sign
from unsolved.deals.model import Ground

Weights = Mapping[Cold, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One sign of the catalogue.

    ``judged`` is what it weighs for each reason by judgement, ``weights`` after that judgement
    met the cases for building; both in units of the log-score. ``sort`` is the kind of fact it
    comes from: signs of one sort are not independent of each other.
    """

    id: str
    sort: str
    looks: str
    says: str
    source: str
    judged: Weights
    weights: Weights

    @property
    def sharpness(self) -> float:
        """How far apart it puts the reason that it helps most from the one it helps least."""
        return max(self.weights.values()) - min(self.weights.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All signs by their ids, the priors, and when no verdict is given.

    ``most`` bounds what repeated findings of one sign weigh. A verdict needs signs of at least
    ``sorts`` sorts, a first reason of at least ``least`` and ``apart`` before the second; while
    the silence is not unusual, ``early`` instead of ``least``.
    """

    entries: Mapping[str, Entry]
    prior: Weights
    most: float
    sorts: int
    least: float
    apart: float
    early: float


def sign(
    id: str,  # noqa: A002 - as the catalogue calls it
    *,
    strength: float = 1.0,
    grounds: tuple[Ground, ...] = (),
    **slots: object,
) -> Sign:
    """Return a sign of the catalogue with its words filled in."""
    says = catalogue().entries[id].says
    return Sign(id=id, text=says.format(**slots), strength=strength, grounds=grounds)


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that ships; it is checked when it is read."""
    judged = _read("signs.toml")
    fitted = _read("weights.toml")
    weights = fitted["weights"]
    entries = {one["id"]: _entry(one, weights.get(one["id"])) for one in judged["sign"]}
    unknown = sorted(set(weights) - set(entries))
    assert not unknown, f"weights of signs that are not in the catalogue: {unknown}"
    return Catalogue(
        entries=entries,
        prior=_weights(fitted["prior"]),
        most=judged["most"],
        **judged["verdict"],
    )


def entries() -> Mapping[str, Entry]:
    """Return the signs of the catalogue by their ids."""
    return catalogue().entries


def _entry(one: Mapping[str, Any], fitted: Mapping[str, float] | None) -> Entry:
    judged = _weights(one["weights"])
    return Entry(
        id=one["id"],
        sort=one["sort"],
        looks=one["looks"],
        says=one["says"],
        source=one["source"],
        judged=judged,
        weights=judged if fitted is None else _weights(fitted),
    )


def _weights(told: Mapping[str, float]) -> Weights:
    names = {cold.name.lower(): cold for cold in Cold}
    given = {names[name]: float(weight) for name, weight in told.items()}
    return {cold: given.get(cold, 0.0) for cold in Cold}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
