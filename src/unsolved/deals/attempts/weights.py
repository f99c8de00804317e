"""How much each thing weighs in the verdict, as an expert wrote it down."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way in which a facet may stand; ``walks`` is a reason to walk away by itself."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    weight: float
    text: str
    answer: str = ""
    walks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Something that weighs: the ways it may stand, who says so, and how to find out."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    source: str
    unknown: str
    ask: str
    fills: str
    ways: Mapping[str, Way]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where the sum begins."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    weight: float
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """All that weighs, and where the verdict changes."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    pursue_from: float
    walk_from: float
    strong_times: float
    unreached_days: int
    leans_from: float
    start: Start
    facets: Mapping[str, Facet]


@cache
def weights() -> Weights:
    """Return the weights as they stand in ``qualify.toml``.

    Raises:
        pydantic.ValidationError: the file has a field too many, too few or of a wrong type.
    """
    text = Path(__file__).with_name("qualify.toml").read_text("utf-8")
    return TypeAdapter(Weights).validate_python(tomllib.loads(text))


def sources() -> dict[str, str]:
    """Return who says so, by the name of the rule that a reason carries."""
    told = weights()
    return {"start": told.start.source} | {
        name: facet.source for name, facet in told.facets.items()
    }
