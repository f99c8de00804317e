"""In what a reference and a buyer are alike: trade, size, country, language."""

from functools import cache
from math import log

from babel import Locale
from babel.languages import get_official_languages

from unsolved.conversations.brief.likeness import related


def trade(one: str, other: str) -> str:
    """Return "same" or "near" of two industries, or nothing when they share none.

    >>> trade("Retail", "retail"), trade("Grocery retail", "Retail"), trade("Toys", "Banking")
    ('same', 'near', '')
    """
    first, second = " ".join(one.split()), " ".join(other.split())
    if not first or not second:
        return ""
    if first.casefold() == second.casefold():
        return "same"
    return "near" if related(first, [second]) else ""


def factor(one: int | None, other: int | None) -> float | None:
    """Return how many times the larger size is the smaller; None when one is not known.

    >>> factor(100, 400), factor(400, 100), factor(None, 5)
    (4.0, 4.0, None)
    """
    if not one or not other or one < 0 or other < 0:
        return None
    return max(one, other) / min(one, other)


def nearness(times: float, far: float) -> float:
    """Return how near two sizes are: 1 for the same, falling with the logarithm to 0.

    It is 0 from a factor of ``far`` on.

    >>> nearness(1.0, 8.0), round(nearness(2.0, 8.0), 3), nearness(80.0, 8.0)
    (1.0, 0.667, 0.0)
    """
    return max(0.0, 1.0 - log(times) / log(far))


def country_code(country: str) -> str:
    """Return the code of a country by its English name or its code; empty when not known.

    >>> country_code("Germany"), country_code("uk"), country_code("Atlantis")
    ('DE', 'GB', '')
    """
    return _codes().get(" ".join(country.split()).casefold(), "")


def shared_language(one: str, other: str) -> str:
    """Return an official language that two countries share, by its English name, or nothing.

    >>> shared_language("Austria", "Germany"), shared_language("Japan", "Germany")
    ('German', '')
    """
    ours, theirs = (get_official_languages(country_code(name)) for name in (one, other))
    shared = [code for code in ours if code in theirs]
    return str(Locale("en").languages.get(shared[0], shared[0])) if shared else ""


@cache
def _codes() -> dict[str, str]:
    territories = Locale("en").territories
    named = {str(name).casefold(): str(code) for code, name in territories.items()}
    codes = {str(code).casefold(): str(code) for code in territories}
    return {**named, **codes, "usa": "US", "uk": "GB"}
