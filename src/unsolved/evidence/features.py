"""What a linear model looks at: words, pairs of words, cues, neighbours, the kind of document.

Each feature is a place in a long row, found by hashing (Weinberger et al. 2009), so there is
no list of words to keep.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from unsolved.evidence.cues import traces
from unsolved.evidence.model import Sentence

SIZE = 2**17
VERSION = "features 1"
NEAR, CUE = 0.3, 2.0  # how much a neighbour's word and a cue weigh beside a word of its own
WORD = re.compile(r"[a-z]+(?:['\u2019][a-z]+)?|\d[\d.,]*|[%$€£?!;:]")


def features(sentence: Sentence) -> dict[int, float]:
    """Return the places that a sentence fills, with the strongest weight for each."""
    row: dict[int, float] = {}
    for name, weight in _named(sentence):
        place = crc32(name.encode()) % SIZE
        row[place] = max(weight, row.get(place, 0.0))
    return row


def _named(sentence: Sentence) -> Iterator[tuple[str, float]]:
    own = words(sentence.text)
    yield from (("u" + word, 1.0) for word in own)
    yield from ((f"b{one} {two}", 1.0) for one, two in pairwise(own))
    for text in sentence.before[-1:]:
        yield from (("<" + word, NEAR) for word in words(text))
    for text in sentence.after[:1]:
        yield from ((">" + word, NEAR) for word in words(text))
    yield from (("c" + name, CUE) for name in traces(sentence.text))
    yield f"k{sentence.kind or ''}", 1.0


def words(text: str) -> list[str]:
    """Return the words of a text in small letters; every number counts as nought.

    >>> words("Costs rose 12%, didn't they?")
    ['costs', 'rose', '0', '%', "didn't", 'they', '?']
    """
    found = WORD.findall(text.lower())
    return ["0" if word[0].isdigit() else word for word in found]
