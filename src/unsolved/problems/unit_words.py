"""What people write as a unit, ``orders per week`` or ``kEUR / order``, as powers of names.

Currencies, periods and plain numbers are data (`units.toml`). Any other word is the name of
something counted; one that stands there in the plural as well is one thing all the same.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from unsolved.errors import Invalid
from unsolved.problems.formula import Name, Node, Number, Product
from unsolved.problems.formula_reader import parse

Powers: TypeAlias = dict[str, int]
"""A unit as the power of each of its names: EUR 1, order -1."""

ANY = "money"
"""What a library writes for the currency of whoever it is counted for."""

MEND = "Write it as `orders / week`, `EUR / order` or `percent`, and join words with _."


def unit_of(text: str) -> tuple[Powers, float]:
    """Return a unit as powers of names, and the plain number that multiplies it.

    >>> unit_of("orders per week"), unit_of("kEUR / order"), unit_of("%")
    (({'orders': 1, 'week': -1}, 1.0), ({'EUR': 1, 'order': -1}, 1000.0), ({}, 0.01))

    Raises:
        Invalid: it is no unit; the facts hold ``unit``, ``why`` and ``mend``.
    """
    powers: Powers = {}
    number = 1.0
    try:
        for power, part in _parts(parse(_spelled(text) or "1"), 1):
            name, worth = ("", part.value) if isinstance(part, Number) else _meant(part.name)
            number *= worth**power
            if name:
                powers[name] = powers.get(name, 0) + power
    except (Invalid, ArithmeticError) as error:
        facts = error.facts if isinstance(error, Invalid) else {"why": "it divides by nothing"}
        why = f"{text!r} is no unit: {facts['why']}"
        raise Invalid(unit=text, why=why, mend=facts.get("instead", MEND)) from None
    return {name: power for name, power in powers.items() if power}, number


def is_money(name: str) -> bool:
    """Return whether a name of a unit is a currency."""
    return name == ANY or name in _told()["codes"]


def is_period(name: str) -> bool:
    """Return whether a name of a unit is a period of time."""
    return name in _told()["periods"]


def years(period: str) -> float:
    """Return how much of a year a period is."""
    return 1 / float(_told()["periods"][period])


def is_near(currency: str) -> bool:
    """Return whether what a library assumes in money is of the size of a currency."""
    return currency in _told()["currencies"]["near"]


def things(names: Iterable[str]) -> dict[str, str]:
    """Return under which name each thing counted goes: plural and singular under one.

    >>> things({"orders", "order", "bus", "buses", "company", "companies", "news"})["buses"]
    'bus'
    """
    counted = sorted({n for n in names if not is_money(n) and not is_period(n)}, key=_shortest)
    known: dict[str, str] = {}
    for name in counted:
        small = name.casefold()
        known[name] = next((known[one] for one in known if small in _plurals(one)), _one(name))
    return known


def told(powers: Mapping[str, int]) -> str:
    """Return a unit as people read it: money first, then things, then periods.

    >>> told({"EUR": 1, "order": 1, "customer": -1, "week": -1})
    'EUR·order/(customer·week)'
    """
    ordered = sorted(powers.items(), key=lambda item: (not is_money(item[0]), item[0]))
    ordered.sort(key=lambda item: is_period(item[0]))
    above = [_power(name, power) for name, power in ordered if power > 0]
    below = [_power(name, -power) for name, power in ordered if power < 0]
    over = f"({'·'.join(below)})" if len(below) > 1 else "".join(below)
    return "·".join(above or ["1"]) + (f"/{over}" if over else "")


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"


@cache
def _told() -> dict[str, Any]:
    data = tomllib.loads(Path(__file__).with_name("units.toml").read_text("utf-8"))
    words = sorted(data["words"], key=len, reverse=True)
    spelled = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
    over = re.compile(rf"(?<=\w)\s+({'|'.join(data['over'])})\s+(?=\w)", re.IGNORECASE)
    codes = frozenset(data["currencies"]["codes"].split())
    return data | {"codes": codes, "spelled": spelled, "slash": over}


def _spelled(text: str) -> str:
    """Return the text of a unit with our words for what people write."""
    data = _told()
    for sign, word in data["signs"].items():
        text = text.replace(sign, f" {word} ")
    text = data["spelled"].sub(lambda found: data["words"][found[0].lower()], text)
    return str(data["slash"].sub(" / ", text)).strip()


def _parts(node: Node, power: int) -> Iterator[tuple[int, Name | Number]]:
    match node:
        case Name() | Number():
            yield power, node
        case Product(factors):
            for own, factor in factors:
                yield from _parts(factor, power * own)
        case _:
            raise Invalid(why="units are multiplied and divided, and nothing else")


def _meant(word: str) -> tuple[str, float]:
    """Return the name that a word of a unit stands for, and how many of it the word is."""
    data, small = _told(), word.lower()
    if word == ANY or word in data["codes"]:
        return word, 1.0
    for form in (small, small.removesuffix("s")):
        if form in data["periods"]:
            return form, 1.0
        if form in data["numbers"]:
            return "", float(data["numbers"][form])
        if form in data["coins"]:
            raise Invalid(why=f"`{word}` names no currency", instead=_code(data["coins"][form]))
    if small.upper() in data["currencies"]["near"]:
        raise Invalid(why=f"`{word}` would be a thing", instead=_code(small.upper()))
    return _multiple(word) or (word, 1.0)


def _code(codes: str) -> str:
    return f"Write the code: {codes}."


def _multiple(word: str) -> tuple[str, float] | None:
    """Return what kEUR or EURm stands for."""
    data = _told()
    for size, worth in data["multiples"]["before"].items():
        if word.startswith(size) and word[len(size) :] in data["codes"]:
            return word[len(size) :], float(worth)
    for size, worth in data["multiples"]["after"].items():
        if word.endswith(size) and word[: -len(size)] in data["codes"]:
            return word[: -len(size)], float(worth)
    return None


def _shortest(name: str) -> tuple[int, str]:
    return len(name), name


def _plurals(name: str) -> set[str]:
    small = name.casefold()
    return {small, f"{small}s", f"{small}es", f"{small.removesuffix('y')}ies"}


def _one(name: str) -> str:
    """Return one of several, where the plural is a plain one."""
    plain = re.fullmatch(r"\w+[^\Wsxziu]s", name)
    if plain is None or name.endswith(("ches", "shes", "ses", "xes", "zes", "ies")):
        return f"{name[:-3]}y" if re.fullmatch(r"\w{2,}ies", name) else name
    return name[:-1]
