"""A formula is only counted when its units come out as money over time.

Every currency is its own dimension, for there are no rates here, and so is every thing that is
counted: what is earned an order cannot be multiplied by customers. The algebra is pint's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any, TypeAlias, cast

from pint import UnitRegistry
from pint.util import UnitsContainer

from unsolved.errors import Invalid
from unsolved.problems.formula import Call, Name, Node, Number, Product, Sum, names
from unsolved.problems.formula import told as written
from unsolved.problems.unit_words import (
    ANY,
    Powers,
    is_money,
    is_period,
    things,
    told,
    unit_of,
    years,
)

KEPT = 512
SHOWN = 2
"""How many inputs are named that may be meant otherwise."""

YEAR = "year"
ROUND = {"minute": "525,960 minutes", "hour": "8,766 hours", "day": "365.25 days"}
"""Periods that also pass while nobody works."""

LONGEST = 60

Part: TypeAlias = tuple[Node, UnitsContainer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """How each input becomes a number that may be added: in currency, years, plain counts.

    ``factors`` is by how much the value of an input is multiplied, ``gives`` the unit that the
    formula has as it stands, ``notes`` what a reader should know of the conversion.
    """

    factors: Mapping[str, float]
    gives: str
    notes: tuple[str, ...] = ()


class _Differ(Exception):
    """Two parts that are added, or compared, have different units."""

    def __init__(self, one: "Part", other: "Part") -> None:
        super().__init__()
        self.one, self.other = one, other


def scales(node: Node, units: Mapping[str, str], currency: str = ANY) -> Scales:
    """Return how the inputs of a formula are scaled, so that it gives money a year.

    ``units`` has the unit of each input that the formula names; ``currency`` is a code of
    ISO 4217, or ``money`` for any.

    Raises:
        Invalid: a unit is none, what is added differs, or the formula gives no money over
            time; the facts hold ``why`` and ``mend``.
    """
    if not is_money(currency):
        mend = "Write a code of ISO 4217, as EUR or USD."
        raise Invalid(currency=currency, why=f"{currency!r} is no currency", mend=mend)
    return _scales(node, tuple((name, units[name]) for name in names(node)), currency)


@lru_cache(maxsize=KEPT)  # hundreds of deals count with the same formula, in the same units
def _scales(node: Node, units: tuple[tuple[str, str], ...], currency: str) -> Scales:
    read = {name: unit_of(unit) for name, unit in units}
    called = things(name for powers, _ in read.values() for name in powers)
    called |= {ANY: currency}
    check = _Check({name: _as(powers, called) for name, (powers, _) in read.items()}, currency)
    result = check.result(node)
    factors = {name: worth * check.size(name) for name, (_, worth) in read.items()}
    return Scales(factors=factors, gives=told(result), notes=tuple(_notes(result)))


def _as(powers: Powers, called: Mapping[str, str]) -> Powers:
    """Return a unit in which each thing has the one name that it goes by."""
    renamed: Powers = {}
    for name, power in powers.items():
        one = called.get(name, name)
        renamed[one] = renamed.get(one, 0) + power
    return {name: power for name, power in renamed.items() if power}


def _notes(result: Powers) -> Iterator[str]:
    for period, count in ROUND.items():
        if result.get(period):
            yield f"a year is counted as {count} here, round the clock"


class _Check:
    """The units of one formula's inputs, in a registry of their own."""

    def __init__(self, units: Mapping[str, Powers], currency: str) -> None:
        self.currency = currency
        self.registry: UnitRegistry[Any] = UnitRegistry(None)
        found = sorted({name for powers in units.values() for name in powers} | {currency})
        # pint wants plain names, and people count in m² too
        self.ids = {name: f"unit_{number}" for number, name in enumerate(found)} | {YEAR: YEAR}
        self.registry.define(f"{YEAR} = [time]")
        for name, own in self.ids.items():
            if name != YEAR:
                size = f"{years(name)!r} * {YEAR}" if is_period(name) else f"[{own}]"
                self.registry.define(f"{own} = {size}")
        self.names = {own: name for name, own in self.ids.items()}
        self.units = {name: self.unit(powers) for name, powers in units.items()}
        self.asked = self.unit({currency: 1, YEAR: -1})

    def unit(self, powers: Powers) -> UnitsContainer:
        return UnitsContainer({self.ids[name]: power for name, power in powers.items()})

    def powers(self, unit: UnitsContainer) -> Powers:
        return {self.names[own]: cast("int", power) for own, power in unit.items()}

    def told(self, unit: UnitsContainer) -> str:
        return told(self.powers(unit)) if unit else "a plain number"

    def fits(self, one: UnitsContainer, other: UnitsContainer) -> bool:
        """Return whether two units may be added, whatever their size."""
        of = self.registry.get_dimensionality
        return bool(of(one) == of(other))

    def size(self, name: str) -> float:
        """Return how many base units the unit of an input is: years for a week, say."""
        return cast("float", self.registry.get_base_units(self.units[name])[0])

    def result(self, node: Node) -> Powers:
        """Return the unit of the formula as it stands, which is money over time.

        Raises:
            Invalid: it is not.
        """
        try:
            unit = self.walk(node, self.units)
        except _Differ as error:
            raise self.differing(node, error) from None
        if unit is not None and self.fits(unit, self.asked):
            return self.powers(unit)
        gives = "0" if unit is None else self.told(unit)
        why = f"{_short(node)} gives {gives}, not {self.currency} a year"
        change = self.asked / self.asked if unit is None else self.surplus(unit)
        raise Invalid(formula=written(node), why=why, mend=self.mend(node, change, unit))

    def walk(self, node: Node, units: Mapping[str, UnitsContainer]) -> UnitsContainer | None:
        """Return the unit of a formula, or None for 0, which may have any."""
        match node:
            case Number(value):
                return UnitsContainer({}) if value else None
            case Name(name):
                return units[name]
            case Product(factors):
                return self.product(factors, units)
            case Sum(terms):
                return self.alike([part for _, part in terms], units)
            case Call(_, args):
                return self.alike(args, units)

    def product(
        self, factors: Sequence[tuple[int, Node]], units: Mapping[str, UnitsContainer]
    ) -> UnitsContainer | None:
        unit, is_zero = UnitsContainer({}), False
        for power, factor in factors:
            one = self.walk(factor, units)
            if one is not None:
                unit = unit * one if power > 0 else unit / one
            elif power > 0:
                is_zero = True
            else:
                raise Invalid(why="the formula divides by 0", mend="Take the division out.")
        return None if is_zero else unit

    def alike(
        self, parts: Sequence[Node], units: Mapping[str, UnitsContainer]
    ) -> UnitsContainer | None:
        found = [(part, one) for part in parts if (one := self.walk(part, units)) is not None]
        for other in found[1:]:
            if not self.fits(found[0][1], other[1]):
                raise _Differ(found[0], other)
        return found[0][1] if found else None

    def surplus(self, unit: UnitsContainer) -> UnitsContainer:
        """Return what would have to go from a unit, so that it were money over time."""
        powers = self.powers(unit)
        over = sum(power for name, power in powers.items() if is_period(name))
        if over == -1:
            powers = {name: p for name, p in powers.items() if not is_period(name)}
        asked = {self.currency: 1} if over == -1 else {self.currency: 1, YEAR: -1}
        surplus: UnitsContainer = self.unit(powers) / self.unit(asked)
        return surplus

    def differing(self, node: Node, found: _Differ) -> Invalid:
        (one, its), (other, others) = found.one, found.other
        units = f"{self.told(its)}, {_short(other)} in {self.told(others)}"
        why = f"{_short(one)} is in {units}: they cannot be added or compared"
        return Invalid(
            formula=written(node), why=why, mend=self.mend(node, its / others, its * others)
        )

    def mend(self, node: Node, change: UnitsContainer, found: UnitsContainer | None) -> str:
        """Return which inputs may be meant otherwise, or where else to look."""
        strange = {name for name in self.powers(found or change) if is_money(name)}
        if foreign := sorted(strange - {self.currency}):
            other = " and ".join(foreign)
            if self.currency == ANY:
                return f"Write {ANY} instead of {other}: a library serves every currency."
            return (
                f"Count in {other} alone, or give all in {self.currency}: there are no rates."
            )
        meant = [text for _, text in sorted(self.meant(node, change))[:SHOWN]]
        if meant:
            first, *others = meant
            said = [first.format("may be meant "), *(other.format("") for other in others)]
            return f"Input {', or '.join(said)}."
        have = [f"`{name}` is in {self.told(one)}" for name, one in self.units.items()]
        return f"Check the units: {', '.join(have)}." if have else "Let it name inputs."

    def meant(
        self, node: Node, change: UnitsContainer
    ) -> Iterator[tuple[tuple[int, str], str]]:
        """Yield each input that would make the formula right if its unit were another."""
        for (name, unit), power in product(sorted(self.units.items()), (-1, 1)):
            other = unit * change**power
            try:
                result = self.walk(node, self.units | {name: other})
            except _Differ:
                continue
            if result is not None and self.fits(result, self.asked):
                was, may = self.told(unit), self.told(other)
                yield (len(other), name), f"`{name}` ({was}) {{}}as {may}"


def _short(node: Node) -> str:
    text = written(node)
    return f"`{text}`" if len(text) <= LONGEST else f"`{text[:LONGEST]}…`"
