"""Cuts a quote to a length that can be said in one breath, and never changes a word of it."""

import re
from collections.abc import Sequence
from itertools import accumulate

from unsolved.conversations.acts.words import STOP

CUT = "\N{HORIZONTAL ELLIPSIS}"
_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"[,;:\u2013\u2014]\s|\s[-\u2013\u2014]\s")
_MARKS = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"})
_QUOTES = '"\u201c\u201d'
_TAIL = " ,;:\u2013\u2014-"
LETTERS = 7
"""Letters of a usual word, with the blank after it; long words leave room for fewer."""

LONGEST = 60
"""Letters of a single word that are shown."""

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
    most = min(most, _fitting(words, most * LETTERS))
    largest = 2 * most * LETTERS + LONGEST
    if len(words) <= most and len(whole) <= largest:
        return whole
    cut = " ".join(words[:most])
    ends = [found.start() for found in _BREAK.finditer(cut + " ")]
    ends = [end for end in ends if len(cut[:end].split()) >= max(_LEAST, most // 2)]
    if ends:
        return f"{cut[: ends[-1]].rstrip(_TAIL)} {CUT}"
    kept = words[:most]
    while len(kept) > min(_LEAST, most) and kept[-1].lower().strip(_TAIL) in STOP:
        kept.pop()
    shown = " ".join(kept)[:largest].rstrip(_TAIL)
    return f"{shown} {CUT}"


def _fitting(words: Sequence[str], letters: int) -> int:
    """Return how many words come to at most so many letters, and at least one."""
    sums = accumulate(len(word) + 1 for word in words)
    return max(1, sum(1 for so_far in sums if so_far <= letters))


def inside(words: str) -> str:
    """Return words as they stand between quotation marks in a sentence of ours.

    A full stop at their end is ours to set, and marks inside become single ones.

    >>> inside('He said "no more".')
    'He said \u2018no more\u2019'
    """
    bare = flat(words)
    marks = [at for at, letter in enumerate(bare) if letter in _QUOTES]
    if marks == [0, len(bare) - 1] and len(bare) > 1:
        bare = bare[1:-1].strip()
    opened = re.sub(r'(^|[\s(\[])["\u201c]', "\\1\u2018", bare)
    single = re.sub(r'["\u201c\u201d]', "\u2019", opened)
    return re.sub(r"\.(\u2019?)$", r"\1", single)


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
    plain = flat(text).translate(_MARKS).replace('"', "'").replace(".'", "'")
    return plain.strip(" .")
