"""The kinds of what deserves attention, as an expert wrote them down."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from unsolved.deals.today.model import ItemKind, Whose

FILE = Path(__file__).with_name("today.toml")

SLOTS: Mapping[ItemKind, frozenset[str]] = {
    ItemKind.RETURNED: frozenset({"why"}),
    ItemKind.SILENT: frozenset({"who", "said", "do", "likely"}),
    ItemKind.STEP: frozenset({"when", "what", "number"}),
    ItemKind.STUCK: frozenset({"days", "stage", "act", "do"}),
    ItemKind.POWER: frozenset({"what", "do"}),
    ItemKind.DRIFTING: frozenset({"chance", "most", "do", "rule"}),
    ItemKind.LET_GO: frozenset({"why"}),
    ItemKind.RISK: frozenset({"day", "what", "owner"}),
    ItemKind.UNCOUNTED: frozenset({"what"}),
    ItemKind.QUESTION: frozenset({"what", "do"}),
    ItemKind.PASSED: frozenset({"day", "days"}),
    ItemKind.FACTS: frozenset({"count", "page"}),
    ItemKind.DEBRIEF: frozenset({"days", "outcome"}),
    ItemKind.EARLY: frozenset({"what", "why", "seller"}),
    ItemKind.AHEAD: frozenset({"crm", "act", "seller"}),
    ItemKind.UNBACKED: frozenset({"day", "act"}),
}
"""What the texts of a kind may have in braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind: its texts, what acting takes and brings, and where that is from."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    kind: ItemKind
    text: str
    do: str
    label: str
    page: str
    takes: float
    whose: str
    pattern: str
    source: str
    odds: float = 0.0
    chance: float = 0.0
    share: float = 0.0
    saves: float = 0.0
    asks: bool = False
    rests: bool = False
    offered: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From where on something is told; each is explained in the file."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    least: float
    soon: int
    lately: int
    unusual: float
    cycle: int
    early: int
    drifting: float
    large: float
    debrief: int
    overruled: int
    closing: int
    alike: int
    worth_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that the file says."""

    kinds: Mapping[ItemKind, Kind]
    limits: Limits
    whose: Mapping[str, tuple[Whose, ...]]
    late: tuple[str, ...]
    power: frozenset[str]


@cache
def told() -> Told:
    """Return what the file of this room says."""
    return read(tomllib.loads(FILE.read_text("utf-8")))


def read(facts: Mapping[str, Any]) -> Told:
    """Return what such a file says.

    Raises:
        ValueError: a kind is missing or there twice, a text has in braces what is never
            found, an effort or an effect is under nothing, or a kind has not exactly one
            effect.
    """
    kinds = TypeAdapter(list[Kind]).validate_python(facts["kind"])
    found = {one.kind: one for one in kinds}
    if len(found) != len(kinds) or set(found) != set(ItemKind):
        raise ValueError("each kind is there once")
    whose = TypeAdapter(dict[str, tuple[Whose, ...]]).validate_python(facts["whose"])
    for one in kinds:
        _check(one, whose)
    return Told(
        kinds=found,
        limits=TypeAdapter(Limits).validate_python(facts["limits"]),
        whose=whose,
        late=tuple(facts["crm"]["late"]),
        power=frozenset(facts["people"]["power"]),
    )


def _check(one: Kind, whose: Mapping[str, tuple[Whose, ...]]) -> None:
    braced = {
        name
        for text in (one.text, one.do, one.page, one.pattern, one.offered)
        for _, name, _, _ in Formatter().parse(text)
        if name is not None
    }
    if braced - SLOTS[one.kind]:
        raise ValueError(f"{one.kind}: nothing finds {sorted(braced - SLOTS[one.kind])}")
    effects = (one.odds, one.chance, one.share, one.saves, float(one.asks))
    if min(one.takes, *effects) < 0 or sum(effect > 0 for effect in effects) != 1:
        raise ValueError(f"{one.kind}: it has one effect, and none under nothing")
    if one.whose not in whose or not one.source:
        raise ValueError(f"{one.kind}: it stands on a list, and says where it is from")
