"""How much room words take in a picture, and how they are shortened to fit.

A server does not know the reader's letters. The widths are about those of the widest of the
fonts that the pages name (Noto Sans), rounded up, so that a label fits in the others as well.
"""

import unicodedata

_NARROW = frozenset("iljtfrI.,:;'|!()[]/ -")
_WIDE = frozenset("mwMWQOGD@%&—…")


def width(text: str, size: float) -> float:
    """Return about how wide a text is, never less than it is drawn, in units of ``size``."""
    return sum(_em(letter) for letter in text) * size


def fitted(text: str, room: float, size: float) -> str:
    """Return a text on one line, cut with an ellipsis where it is wider than the room.

    >>> fitted("Ann Lee", 80, 13), fitted("Bartholomew Featherstonehaugh", 80, 13)
    ('Ann Lee', 'Bartholo…')
    """
    line = " ".join(text.split())
    if width(line, size) <= room:
        return line
    short = line
    while short and width(short, size) + width("…", size) > room:
        short = short[:-1]
    return f"{short.rstrip()}…"


def _em(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Cf", "Mn"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x2E80:  # noqa: PLR2004
        return 1.3
    if letter in _WIDE:
        return 0.96
    if letter in _NARROW:
        return 0.38
    return 0.73 if letter.isupper() else 0.61
