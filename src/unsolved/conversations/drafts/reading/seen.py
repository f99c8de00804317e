"""What the reader of a mail sees, and where each character of it stands in the file."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """Text, and for each character, and the end, its place in the file."""

    text: str
    places: Sequence[int]

    def __add__(self, other: "Seen") -> "Seen":
        return Seen(self.text + other.text, array("L", [*self.places[:-1], *other.places]))


def at_once(text: str, place: int) -> Seen:
    """Return text that stands as a whole at one place, in other characters."""
    return Seen(text, array("L", [place]) * (len(text) + 1))


def as_it_is(source: str, start: int, end: int) -> Seen:
    """Return a piece of the file that is read as it stands there."""
    return Seen(source[start:end], range(start, end + 1))


def aligned(text: str, source: str, start: int, end: int) -> Seen:
    """Return text whose characters stand in a piece of the file in this order, among others.

    Indents, folds and quotation marks of a sheet are what stands between them.
    """
    places = array("L")
    at = start
    for c in text:
        if not c.isspace():
            found = source.find(c, at, end)
            at = found if found >= 0 else at
        elif source[at : at + 1] != c:
            places.append(min(at, end))
            continue
        places.append(min(at, end))
        at += 1
    places.append(min(at, end))
    return Seen(text, places)
