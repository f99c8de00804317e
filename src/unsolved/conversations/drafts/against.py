"""Holds what a draft says of its reader against the reader's own quotes.

A claim is borne out when a quote shares enough of its telling words, the rarer the more, in
whatever form and under whatever name (``concepts.toml``), and no number differs. It thinks in
words and numbers, without a model, so that it answers while one types.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import log
from pathlib import Path

from unsolved.conversations.drafts.cutting import Sentence
from unsolved.conversations.drafts.model import Backing
from unsolved.conversations.drafts.vocabulary import pattern, vocabulary
from unsolved.evidence import Amount, Assertion, Evidence, amounts_in

ENOUGH = 0.45
"""What share of a claim's telling words a quote must hold, each by how rare it is."""

NEAR = 0.3
"""From which share on a quote is of the same thing, so that its numbers are held against."""

FEWEST = 2
SHORTEST = 3
_TOLERANCE, _ROUGHLY = 0.03, 0.12
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STATES = re.compile(r"\b(?:you|your|yours|you're|you've)\b")
_NO_CLAIM = pattern("against", "no_claim")


@dataclass(frozen=True, slots=True)
class Known:
    """A quote, ready to be compared."""

    backing: Backing
    words: frozenset[str]
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a mail is for: the organisation's names, and its quotes where they are at hand."""

    name: str = ""
    names: tuple[str, ...] = ()
    quotes: tuple[Known, ...] | None = None
    rarity: Mapping[str, float] = field(default_factory=dict)


NOBODY = Reader()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the quotes say of one claim."""

    start: int
    end: int
    words: str
    is_backed: bool
    nearest: Backing | None
    contradicted: str = ""
    number_at: tuple[int, int] = (0, 0)


def reader(name: str, names: Iterable[str], pieces: Iterable[Evidence]) -> Reader:
    """Return the organisation a draft is for, with what it and others have said of it."""
    quotes = tuple(_known(piece) for piece in pieces if piece.assertion is Assertion.ACTUAL)
    held = Counter(word for quote in quotes for word in quote.words)
    rarity = {word: log(1 + (len(quotes) + 1) / (count + 0.5)) for word, count in held.items()}
    return Reader(name, (name, *names), quotes, rarity)


def verdicts(sentences: Sequence[Sentence], about: Reader) -> tuple[Verdict, ...]:
    """Return what the quotes say of each sentence that states something of the reader."""
    return tuple(_verdicts(sentences, about))


def _verdicts(sentences: Sequence[Sentence], about: Reader) -> Iterator[Verdict]:
    for one in sentences:
        amounts = amounts_in(one.text)
        words = bag(one.text) - bag(" ".join(about.names))
        if _is_claim(one, about, bool(amounts)) and (len(words) >= FEWEST or amounts):
            yield _verdict(one, words, amounts, about)


def _is_claim(one: Sentence, about: Reader, has_amount: bool) -> bool:
    if one.is_question or _NO_CLAIM.search(one.low):
        return False
    named = any(name and name.lower() in one.low for name in about.names)
    return named or has_amount or _STATES.search(one.low) is not None


def _verdict(
    one: Sentence, words: frozenset[str], amounts: Sequence[Amount], about: Reader
) -> Verdict:
    best, most = None, 0.0
    backs, backs_by = None, 0.0
    differs: tuple[Known, Amount, Amount] | None = None
    differs_by = 0.0
    for quote in about.quotes or ():
        shared = words & quote.words
        share = _share(shared, words, about.rarity)
        same, other = _compared(amounts, quote.amounts)
        if share > most or best is None:
            best, most = quote, share
        is_near = len(shared) >= FEWEST or (shared and len(words) <= FEWEST)
        if not is_near or words & _must() - shared:
            continue
        if same and share >= (NEAR if amounts else ENOUGH) and share > backs_by:
            backs, backs_by = quote, share
        if other and share >= NEAR and share > differs_by:
            differs, differs_by = (quote, *other), share
    if backs:
        return _of(one, backs, is_backed=True)
    if differs:
        quote, ours, theirs = differs
        span = ours.words.span
        return Verdict(
            start=one.start,
            end=one.end,
            words=one.text,
            is_backed=False,
            nearest=quote.backing,
            contradicted=f"\u201c{theirs.words.text}\u201d",
            number_at=(one.start + span.start, one.start + span.end),
        )
    return _of(one, best if most else None, is_backed=False)


def _of(one: Sentence, quote: Known | None, *, is_backed: bool) -> Verdict:
    nearest = quote.backing if quote else None
    return Verdict(
        start=one.start, end=one.end, words=one.text, is_backed=is_backed, nearest=nearest
    )


def _share(shared: frozenset[str], words: frozenset[str], rarity: Mapping[str, float]) -> float:
    unknown = max(rarity.values(), default=1.0)
    whole = sum(rarity.get(word, unknown) for word in words)
    return sum(rarity[word] for word in shared) / whole if whole else 0.0


def _compared(
    ours: Sequence[Amount], theirs: Sequence[Amount]
) -> tuple[bool, tuple[Amount, Amount] | None]:
    """Return whether all our amounts stand there, and the first that stands there otherwise."""
    for one in ours:
        alike = [
            other for other in theirs if (one.measure, one.unit) == (other.measure, other.unit)
        ]
        if not any(_agree(one, other) for other in alike):
            return False, (one, alike[0]) if alike else None
    return True, None


def _agree(one: Amount, other: Amount) -> bool:
    """Whether two amounts can be the same: their ranges meet, but for rounding."""
    give = _ROUGHLY if one.is_rough or other.is_rough else _TOLERANCE
    low, high = _range(one)
    least, most = _range(other)
    return low <= most * (1 + give) and least <= high * (1 + give)


def _range(one: Amount) -> tuple[float, float]:
    least = one.least if one.least is not None else 0.0
    return least, one.most if one.most is not None else float("inf")


def _known(piece: Evidence) -> Known:
    quote = piece.quote.text
    backing = Backing(piece.id, piece.document_id, quote, piece.title, piece.said_on)
    return Known(backing, bag(quote), amounts_in(quote))


def bag(text: str) -> frozenset[str]:
    """Return the telling words of a text, each as the one it is a form or a fellow of.

    >>> bag("The implementation was abandoned.") == bag("Its system failed")
    True
    """
    named, where = _concepts()
    found = set()
    for word in _WORD.findall(text.lower()):
        if len(word) < SHORTEST or word in where:
            continue
        stem = stem_of(word)
        if stem in named:
            found.add(named[stem])
        elif word not in vocabulary().generic:
            found.add(stem)
    return frozenset(found)


def stem_of(word: str) -> str:
    """Return what the forms of a word share, roughly.

    >>> stem_of("planning") == stem_of("planned") == stem_of("plans")
    True
    """
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "ly", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word.removesuffix(ending)
            break
    is_doubled = len(word) > SHORTEST and word[-1] == word[-2] and word[-1] not in "ls"
    return word[:-1] if is_doubled else word


@cache
def _must() -> frozenset[str]:
    told = tomllib.loads(Path(__file__).with_name("concepts.toml").read_text("utf-8"))
    return frozenset(told["must"].split())


@cache
def _concepts() -> tuple[Mapping[str, str], frozenset[str]]:
    told = tomllib.loads(Path(__file__).with_name("concepts.toml").read_text("utf-8"))
    named: dict[str, str] = {}
    for line in told["same"]:
        words = line.split()
        for word in words:
            named.setdefault(stem_of(word), words[0])
    return named, frozenset(told["where"].split())
