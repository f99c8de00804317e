"""How people list things in a sentence."""

from collections.abc import Iterable


def listed(names: Iterable[str]) -> str:
    """Return names as people list them.

    >>> listed([]), listed(["Ines"]), listed(["Ines", "Paul", "Ada"])
    ('', 'Ines', 'Ines, Paul and Ada')
    """
    *first, last = [" ".join(name.split()) for name in names] or [""]
    return f"{', '.join(first)} and {last}" if first else last
