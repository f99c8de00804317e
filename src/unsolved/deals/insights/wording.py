"""How people are addressed and days are told in the words of these rooms."""

from datetime import date

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "herr", "frau"})


def first_name(name: str) -> str:
    """Return the first name of somebody, without titles; the whole where there is but one.

    >>> first_name("Dr. Ines Maro"), first_name("Maro, Ines"), first_name("Ines")
    ('Ines', 'Ines', 'Ines')
    """
    family, comma, given = name.partition(",")
    words = (given if comma and given.strip() else family).split()
    rest = [word for word in words if word.casefold().rstrip(".") not in _TITLES]
    return next(iter(rest or words), name)


def told_day(day: date) -> str:
    """Return a day as people say it.

    >>> told_day(date(2026, 5, 3))
    '3 May 2026'
    """
    return f"{day.day} {day:%b %Y}"
