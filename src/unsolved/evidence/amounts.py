"""How much: the amounts in a sentence, with their units, each with the words that say it.

Money, shares, lengths of time and counts are known by what stands beside the number; the words
are data (``amounts.toml``). A number with nothing beside it is no amount: it may be a year, a
section or a telephone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from unsolved.evidence.amount_words import words
from unsolved.evidence.model import Quote, Span

SMALL = 1000
"""A number under this takes the scale of the one it is joined to ("5 to 7 million")."""


class Measure(StrEnum):
    """What an amount measures."""

    MONEY = "money"
    SHARE = "share"
    TIME = "time"
    COUNT = "count"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much of what, from ``least`` to ``most``; one of them is None where it is open.

    ``unit`` is a currency (ISO 4217), "percent", "percentage points", or the noun that is
    counted; of a number that is merely large ("384 million") it is empty. ``words`` has its
    place in the sentence, not in the document.
    """

    measure: Measure
    unit: str
    least: float | None
    most: float | None
    is_rough: bool
    words: Quote


def amounts_in(text: str) -> tuple[Amount, ...]:
    """Return the amounts in a sentence, in the order of their places.

    >>> [(a.least, a.most, a.unit) for a in amounts_in("It lost $5 to $7 million; two weeks.")]
    [(5000000.0, 7000000.0, 'USD'), (2.0, 2.0, 'weeks')]
    """
    found = _of_one_currency(list(_joined(text, list(_numbers(text)))))
    return tuple(_amount(text, one) for one in found if one.measure)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """A number with its place, and what stands beside it; ``to`` is the end of a range."""

    start: int
    end: int
    value: Decimal
    is_scaled: bool
    measure: Measure | None
    unit: str
    to: Decimal | None = None


def _numbers(text: str) -> Iterator[_Number]:
    for found in words().number.finditer(text):
        if not _is_year(text, found):
            yield _number(found)


def _number(found: re.Match[str]) -> _Number:
    known = words()
    sign, noun, share = found["sign"], found["noun"], found["share"]
    measure, unit = None, ""
    if sign or noun:
        measure, unit = Measure.MONEY, _named(known.currencies, sign or noun)
    elif share:
        measure, unit = Measure.SHARE, _named(known.shares, share)
    elif found["time"]:
        measure, unit = Measure.TIME, _named(known.times, found["time"])
    elif found["counted"]:
        measure, unit = Measure.COUNT, found["counted"].casefold()
    elif found["scale"]:
        measure = Measure.NUMBER
    scales = (found["scale"] or "").casefold().split()
    value = _value(found["n"]) * 10 ** sum(known.scales[scale] for scale in scales)
    return _Number(
        start=found.start(),
        end=found.end(),
        value=value,
        is_scaled=bool(scales),
        measure=measure,
        unit=unit,
    )


def _named(names: Iterable[tuple[str, re.Pattern[str]]], told: str) -> str:
    return next((name for name, told_by in names if told_by.fullmatch(told)), "")


def _value(number: str) -> Decimal:
    """Return what a number says, in figures or in words.

    >>> _value("1,250.5"), _value("twenty-five"), _value("half a"), _value("two dozen")
    (Decimal('1250.5'), Decimal('25'), Decimal('0.5'), Decimal('24'))
    """
    if number[0].isdigit():
        return Decimal(re.sub(r"[,\u00a0\u2009\u202f]", "", number))
    told = re.findall(r"[a-z]+", number.casefold())
    if "half" in told:
        return Decimal("0.5")
    value = sum(words().spelled.get(word, 0) for word in told) or 1
    return Decimal(value * (12 if "dozen" in told else 1))


def _is_year(text: str, found: re.Match[str]) -> bool:
    """Whether a number is a year, though something countable follows ("In 2005 stores …")."""
    if found["sign"] or found["scale"] or not re.fullmatch(r"(?:19|20)\d\d", found["n"]):
        return False
    return bool(_BEFORE_A_YEAR.search(text[: found.start()]))


_BEFORE_A_YEAR = re.compile(
    r"(?:^|\b(?:in|since|by|during|of|from|until|till|year|fiscal|fy|and|to|before|after|through|"
    r"early|late|mid|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|spring|summer|autumn|fall|winter)[\s-]+|[-\u2013/]|\d,\s)$",
    re.IGNORECASE,
)


def _joined(text: str, numbers: Sequence[_Number]) -> Iterator[_Number]:
    """Yield numbers, two that make a range as one, each with what it takes from the other."""
    waiting: _Number | None = None
    for number in numbers:
        if waiting is None:
            waiting = number
            continue
        joint = _JOINT.fullmatch(text[waiting.end : number.start])
        if joint is None or waiting.to is not None:
            yield waiting
            waiting = number
            continue
        first, second = _share(waiting, number, joint[1])
        if _is_range(text, first, second, joint[1]):
            waiting = replace(second, start=_start(text, first), value=first.value)
            waiting = replace(waiting, to=second.value)
        else:
            yield first
            waiting = second
    if waiting is not None:
        yield waiting


_DASHES = "-\u2013\u2014"
_JOINT = re.compile(rf"\s*([{_DASHES}]|\bto\b|\band\b)\s*")
_FROM = re.compile(r"(?<!\branging )\b(?:from|by)\s+$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)


def _share(first: _Number, second: _Number, joint: str) -> tuple[_Number, _Number]:
    """Give each of two joined numbers the scale and the unit that stand at the other only."""
    if first.measure is None and second.measure:
        first = replace(first, measure=second.measure, unit=second.unit)
    given = first.measure in {Measure.MONEY, Measure.SHARE}
    takes = second.measure is Measure.NUMBER or (second.measure is None and joint in _DASHES)
    if given and takes:
        second = replace(second, measure=first.measure, unit=first.unit)
    same = (first.measure, first.unit) == (second.measure, second.unit)
    if same and second.is_scaled and not first.is_scaled and first.value < SMALL:
        times = _scale_of(second)
        first = replace(first, value=first.value * times, is_scaled=True)
    return first, second


def _scale_of(number: _Number) -> Decimal:
    """Return the thousand, million or billion that a number is counted in."""
    powers = (power for power in (12, 9, 7, 6, 5, 3) if number.value >= Decimal(10) ** power)
    return Decimal(10) ** next(powers, 0)


def _is_range(text: str, first: _Number, second: _Number, joint: str) -> bool:
    """Whether two joined numbers are a range, not a before and an after ("from 5 to 7")."""
    if (first.measure, first.unit) != (second.measure, second.unit) or not first.measure:
        return False
    before = text[: first.start]
    if joint == "and":
        return bool(_BETWEEN.search(before)) and first.value < second.value
    changes = joint == "to" and _FROM.search(before)
    return first.value < second.value and not changes


def _start(text: str, first: _Number) -> int:
    between = _BETWEEN.search(text[: first.start])
    return between.start() if between else first.start


def _of_one_currency(found: Sequence[_Number]) -> list[_Number]:
    """Return the numbers, large bare ones in the currency that stands in the same sentence."""
    currencies = {one.unit for one in found if one.measure is Measure.MONEY}
    if len(currencies) != 1:
        return list(found)
    (unit,) = currencies
    return [
        replace(one, measure=Measure.MONEY, unit=unit) if one.measure is Measure.NUMBER else one
        for one in found
    ]


def _amount(text: str, found: _Number) -> Amount:
    assert found.measure is not None
    least, most = float(found.value), float(found.value if found.to is None else found.to)
    if found.unit == "basis points":
        least, most = least / 100, most / 100
    start, end, bound = _bound(text, found.start, found.end)
    return Amount(
        measure=found.measure,
        unit="percentage points" if found.unit == "basis points" else found.unit,
        least=None if bound == "most" and found.to is None else least,
        most=None if bound == "least" else most,
        is_rough=bound == "about",
        words=Quote.cut(text, Span(start, end)),
    )


def _bound(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Return where an amount begins and ends with the word that bounds it, and which way."""
    for name, bounds in words().bounds:
        before = bounds.search(text[:start])
        if before:
            return before.start(), end, name
    after = _OR_MORE.match(text[end:])
    if after:
        return start, end + after.end(), "least" if after[1] in {"more", "higher"} else "most"
    return start, end, ""


_OR_MORE = re.compile(r"\s+or (more|higher|less|fewer|lower)\b")
