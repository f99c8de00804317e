"""Cuts a quote to a length that can be said in one breath, and never changes a word of it."""

import re

from unsolved.conversations.acts.words import STOP

CUT = "\N{HORIZONTAL ELLIPSIS}"
_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"[,;:\u2013\u2014]\s|\s[-\u2013\u2014]\s")
_MARKS = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"})
_TAIL = " ,;:\u2013\u2014-"
_LEAST = 6
"""Words that a clause keeps at least when it is cut at a comma."""


def flat(text: str) -> str:
    """Return a text on one line."""
    return _SPACE.sub(" ", text).strip()


def clause(text: str, most: int = 30) -> str:
    """Return the beginning of a text of up to ``most`` words, cut where it can be cut.

    >>> clause("Orders were late, as the audit found, and customers left.", 7)
    'Orders were late, as the audit found \u2026'
    >>> clause("Orders were late.", 7)
    'Orders were late.'
    """
    whole = flat(text)
    words = whole.split(" ")
    if len(words) <= most:
        return whole
    cut = " ".join(words[:most])
    ends = [found.start() for found in _BREAK.finditer(cut + " ")]
    ends = [end for end in ends if len(cut[:end].split()) >= max(_LEAST, most // 2)]
    if ends:
        return f"{cut[: ends[-1]].rstrip(_TAIL)} {CUT}"
    kept = words[:most]
    while len(kept) > _LEAST and kept[-1].lower().strip(_TAIL) in STOP:
        kept.pop()
    return f"{' '.join(kept).rstrip(_TAIL)} {CUT}"


def inside(words: str) -> str:
    """Return words as they stand between quotation marks in a sentence of ours.

    A full stop at their end is ours to set, and marks inside become single ones.

    >>> inside('He said "no more".')
    'He said \u2018no more\u2019'
    """
    bare = words.strip().strip('"\u201c\u201d').rstrip(".").rstrip()
    opened = re.sub(r'(^|[\s(\[])["\u201c]', "\\1\u2018", bare)
    return re.sub(r'["\u201c\u201d]', "\u2019", opened)


def stands_in(words: str, text: str) -> bool:
    """Return whether words are cut out of a text: each of their parts stands there, in order.

    >>> stands_in("late \u2026 left", "Orders were late and customers left.")
    True
    >>> stands_in("Orders were lost", "Orders were late and customers left.")
    False
    """
    wanted = [part for part in (_plain(one) for one in words.split(CUT)) if part]
    where, at = _plain(text), 0
    for part in wanted:
        found = where.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return bool(wanted)


def _plain(text: str) -> str:
    return flat(text).translate(_MARKS).replace('"', "'").strip(" .")
