"""A turn is cut into sentences, also where a machine wrote it down without a full stop.

What has stops is cut by `evidence.sentences`. A stretch without any, longer than anybody's
sentence, is cut before the words by which people begin a new thought ("so", "and then",
"what do you"). Each cut knows its place, so that a quote stays verbatim.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from unsolved.evidence import Span
from unsolved.evidence.sentences import split

LONGEST = 34
"""Words without a stop after which a stretch is cut at thoughts."""

FEWEST, MOST = 6, 40
FEWEST_BEFORE = 4  # words, before a question that nothing parts from them
SHORT = 10
LONGEST_WRITTEN = 90
LONGEST_TURN = 200_000
"""Characters of a turn that are read."""

_WORD = re.compile(r"\S+")
_STOP = re.compile(r"[.?!\u2026;][\"')\u201d\u2019]*(?=\s|$)")
_THOUGHT = re.compile(
    r"(?:so|but|okay|ok|right|well|yeah|yes|no|exactly|um+|uh+|er+|now|anyway|and then|and so"
    r"|and (?:we|i|they|he|she|it|you|that|what|how|the)|because|i mean|you know|i think|thanks"
    r"|thank you|let me|can you|could you|do you|did you|have you|are you|would you"
    r"|is (?:it|that|there)|how (?:do|did|does|is|are|much|many|long|often)"
    r"|(?:we|you|our|your|they|it) (?:are|is|have|had|tried|bought|want|need|lost|lose))\b",
    re.IGNORECASE,
)
_BARE_QUESTION = re.compile(
    r"(?:(?:and|so|but|okay|ok|um+|uh+|er+|well|right|yeah|then|now|like|you know|i mean)"
    r"[, ]+)*"
    r"(?:(?:what|how|why|who|when|where|which)(?:'s|\u2019s)?(?: \w+){0,3}? (?:is|are|was|were"
    r"|do|does|did|have|has|had|would|will|can|could|should|makes?|made|happens|happened)\b"
    r"|(?:do|does|did|is|are|was|were|have|has|can|could|would|will|should)"
    r" (?:you|it|that|there|they|we|the|your|this|anyone|anybody|somebody)\b"
    r"|(?:what|how)(?:'s|\u2019s)|how (?:much|many|long|often)|who else|why not)",
    re.IGNORECASE,
)
_FILLER = re.compile(r"(?<!\w)(?:um+|uh+|erm?|hmm+|mhm)(?!\w),?\s*", re.IGNORECASE)


def cut(text: str) -> tuple[Span, ...]:
    """Return the places of the sentences of a turn, in order.

    >>> text = "We tried it. It failed."
    >>> [text[span.start : span.end] for span in cut(text)]
    ['We tried it.', 'It failed.']
    """
    spans = tuple(
        piece
        for sentence in split(text[:LONGEST_TURN])
        for piece in _pieces(text, sentence)
        if text[piece.start : piece.end].strip()
    )
    if spans or not text.strip():
        return spans
    return (Span(len(text) - len(text.lstrip()), len(text.rstrip())),)


def is_without_stops(texts: Iterator[str]) -> bool:
    """Whether nobody ends a sentence: a machine wrote it down, or somebody in haste."""
    words = stops = 0
    for text in texts:
        words += len(text.split())
        stops += len(_STOP.findall(text))
    return words > LONGEST and stops * LONGEST < words


def as_read(sentence: str, *, without_stops: bool = False) -> str:
    """Return a sentence as a reader should see it: no fillers, a question with its mark.

    >>> as_read("um so what have you tried", without_stops=True)
    'so what have you tried?'
    """
    plain = " ".join(_FILLER.sub("", sentence).split()) or sentence
    if without_stops and plain[-1:].isalnum() and _BARE_QUESTION.match(plain):
        return plain + "?"
    return plain


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    words = list(_WORD.finditer(text, sentence.start, sentence.end))
    if _is_one(text[sentence.start : sentence.end], len(words)):
        yield sentence
        return
    start, count = words[0].start(), 0
    for before, word in pairwise(words):
        count += 1
        asks = count >= FEWEST_BEFORE and _BARE_QUESTION.match(text, word.start())
        thought = count >= FEWEST and _THOUGHT.match(text, word.start())
        pause = count >= LONGEST and text[before.end() - 1] in ",;:"
        if count >= MOST or asks or thought or pause:
            yield Span(start, before.end())
            start, count = word.start(), 0
    yield Span(start, words[-1].end())


def _is_one(sentence: str, words: int) -> bool:
    """Whether a sentence is short enough to be one, or was ended with a stop by somebody."""
    if words <= SHORT or (words <= LONGEST and _ends(sentence)):
        return True
    return _is_written(sentence, words)


def _ends(sentence: str) -> bool:
    return bool(_STOP.search(sentence[-3:]))


def _is_written(sentence: str, words: int) -> bool:
    """Whether a long sentence is one: it ends with a stop, and has commas on the way."""
    return (
        words <= LONGEST_WRITTEN and _ends(sentence) and sentence.count(",") * LONGEST >= words
    )
