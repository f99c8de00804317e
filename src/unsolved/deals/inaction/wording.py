"""How sums, ranges, formulas and who says so are put in words."""

import re
from collections.abc import Iterable
from math import floor, log10

from unsolved.deals.model import Basis, CostInput, Ground
from unsolved.problems.formula import names, told
from unsolved.problems.formula_reader import parse

SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
MONEY = re.compile(r"\bmoney\b")
NAMES = re.compile(r"([^\W\d]\w*)")
FIGURES = 3
LARGEST = 1e4
"""From here on a figure is written in full, with commas."""


def money(value: float, currency: str) -> str:
    """Return a sum to three figures, as they are all that a range deserves.

    >>> money(1234567, "EUR"), money(-48.26, "USD"), money(0, "GBP")
    ('EUR 1,230,000', 'USD -48.3', 'GBP 0')
    """
    if not value:
        return f"{currency} 0"
    places = FIGURES - 1 - floor(log10(abs(value)))
    return f"{currency} {round(value, places):,.{max(min(places, 2), 0)}f}"


def figure(value: float) -> str:
    """Return a figure as it was given, with commas.

    >>> figure(12000), figure(0.25), figure(40)
    ('12,000', '0.25', '40')
    """
    return f"{value:,.0f}" if abs(value) >= LARGEST else f"{value:,.6g}"


def in_words(formula: str, inputs: Iterable[CostInput]) -> str:
    """Return a formula with what each input is in the place of its name, in brackets."""
    tree = parse(formula)
    known = {one.name: one.what for one in inputs if one.what}
    used = set(names(tree))
    parts = NAMES.split(told(tree))
    return "".join(f"[{known[p]}]" if p in used and p in known else p for p in parts)


def who(ground: Ground) -> str:
    """Return who says so, as the buyer reads it; an assumption of ours is called one."""
    if ground.basis is Basis.ASSUMED:
        return "assumed by us"
    by = ground.by or ("you" if ground.basis is Basis.BUYER else "")
    said = (
        f"said by {by}"
        if ground.basis is Basis.BUYER
        else f"{ground.basis}{', ' * bool(by)}{by}"
    )
    return f"{said}, {ground.on.day} {ground.on:%B %Y}" if ground.on else said


def quoted(ground: Ground) -> str:
    """Return who says so with the words in which they did, where there are any."""
    words = f": \N{LEFT DOUBLE QUOTATION MARK}{ground.quote}\N{RIGHT DOUBLE QUOTATION MARK}"
    return who(ground) + (words if ground.quote else "")


def unit_in_words(unit: str, currency: str) -> str:
    """Return a unit for people: with the currency where a library says money.

    >>> unit_in_words("money / order", "EUR"), unit_in_words("1", "EUR")
    ('EUR / order', 'a plain number')
    """
    return MONEY.sub(currency, unit) if unit not in {"", "1"} else "a plain number"


def safe(words: str) -> str:
    """Return text from outside for a line of Markdown, where it means nothing but itself."""
    return SPECIAL.sub(r"\\\1", " ".join(words.split()))
