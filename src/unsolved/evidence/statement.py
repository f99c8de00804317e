"""What makes two sentences the same statement, so that repetition is not taken for proof."""

import re
from hashlib import sha256

_NUMBER = re.compile(r"\d[\d.,]*")
_WORD = re.compile(r"[^\W_]+")


def statement_key(text: str) -> str:
    """Return what two sentences share that differ only in figures, case and punctuation.

    >>> statement_key("We lost $5 million.") == statement_key("we lost $7.5 million")
    True
    """
    words: list[str] = []
    for token in text.casefold().split():
        if token.isalpha():  # most are, and are words as they stand
            words.append(token)
        else:
            words += _WORD.findall(_NUMBER.sub(" 0 ", token))
    return sha256(" ".join(words).encode()).hexdigest()[:16]


def resemblance(one: str, other: str) -> float:
    """Return how much of their words two sentences share, in [0, 1] (Jaccard 1901).

    >>> resemblance("orders arrive late", "late orders arrive")
    1.0
    """
    a, b = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return len(a & b) / len(a | b) if a | b else 1.0
