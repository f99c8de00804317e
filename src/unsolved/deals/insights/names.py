"""How somebody is addressed who is known well enough to be written to."""

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
