"""How people answer in general: what is assumed of somebody before they have shown it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from math import hypot, isfinite
from pathlib import Path
from typing import Any

from unsolved.deals.model import Channel
from unsolved.errors import Unreadable

SHIPPED = Path(__file__).with_name("population.toml")
_POSITIVE = ("spread", "speeds", "scatter", "scatters", "often", "over")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How people answer in one channel; the file ``population.toml`` says what each number is.

    ``waits`` counts the waits of the team's own that it rests on, beside what it was fitted on.
    """

    share: float
    spread: float
    speed: float
    speeds: float
    scatter: float
    scatters: float
    doubt: float
    people: float
    reply: float
    often: float
    over: float
    at: float
    of_rhythm: float
    of_rate: float
    fitted_on: str = ""
    waits: int = 0

    @property
    def share_spread(self) -> float:
        """How far somebody's share may lie from the usual one: people differ, and we doubt."""
        return hypot(self.spread, self.doubt)

    @property
    def speed_spread(self) -> float:
        """How far somebody's speed may lie from the usual one."""
        return hypot(self.speeds, self.doubt)

    @property
    def scatter_spread(self) -> float:
        """How far somebody's scatter may lie from the usual one, as a logarithm."""
        return hypot(self.scatters, self.doubt / 2)


@dataclass(frozen=True, slots=True)
class Population:
    """How people answer in each channel."""

    rhythms: Mapping[Channel, Rhythm]

    def of(self, channel: Channel) -> Rhythm:
        """Return how people answer in a channel."""
        return self.rhythms[channel]

    def having(self, channel: Channel, rhythm: Rhythm) -> "Population":
        """Return the same with another rhythm for one channel."""
        return replace(self, rhythms={**self.rhythms, channel: rhythm})


def read(path: Path) -> Population:
    """Return the population in a file.

    Raises:
        Unreadable: a number is missing, is none, or cannot be.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        mend = "Write it as TOML, as the one that ships"
        raise Unreadable(where=path.name, why=str(error), mend=mend) from error
    return Population({one: _rhythm(told.get(one), f"{path.name} [{one}]") for one in Channel})


@cache
def shipped() -> Population:
    """Return what ships with the package."""
    return read(SHIPPED)


def _rhythm(told: object, where: str) -> Rhythm:
    if not isinstance(told, dict):
        raise Unreadable(where=where, why="it is missing", mend="Add the section")
    numbers: dict[str, Any] = {}
    for one in fields(Rhythm):
        if one.name in {"fitted_on", "waits"}:
            continue
        value: Any = told.get(one.name)
        is_number = isinstance(value, int | float) and isfinite(value)
        if not is_number or (one.name in _POSITIVE and value <= 0):
            kind = "a number above 0" if one.name in _POSITIVE else "a number"
            raise Unreadable(where=where, why=f"{one.name} is {value!r}", mend=f"Write {kind}")
        numbers[one.name] = float(value)
    return Rhythm(**numbers, fitted_on=str(told.get("fitted_on", "")))
