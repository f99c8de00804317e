"""Words hint at why an attempt failed; people say why."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter

from unsolved.deals.model import Attempt, Basis, Ground, Why

DENIES = 4
"""So many words before a phrase a denial still denies it."""

GAP = 4
"""So many words at most may stand where a phrase has ``..``."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_CLAUSE = re.compile(r"[^.,;:!?()\n\u2013\u2014]+")
_SPLIT = {"cannot": ("can", "not"), "can't": ("can", "not"), "won't": ("will", "not")}
_NOBODY = {"noone", "no-one"}

Part = frozenset[str] | None
"""Words of which one must stand there, each whole or with a ``*``; None for a gap."""

_Phrase = tuple[Why, tuple[Part, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """That some words speak for a reason why an attempt failed.

    ``words`` are verbatim, in the order in which they stand; ``ground`` is what they stand in.
    """

    why: Why
    words: tuple[str, ...]
    ground: Ground


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cues:
    __pydantic_config__ = ConfigDict(extra="forbid")

    denies: frozenset[str]
    clears: tuple[str, ...]
    technology: tuple[str, ...]
    management: tuple[str, ...]
    execution: tuple[str, ...]
    politics: tuple[str, ...]


def likely_whys(attempt: Attempt) -> tuple[Hint, ...]:
    """Return what the words about an attempt hint at, by reason and by where they stand.

    They are those of ``why_text``, of ``note`` and of the quotes it rests on. A hint is no
    fact: what is already among the attempt's own reasons is told as well, for its words.
    """
    noted = Basis.NOTED if attempt.why_text or attempt.note else Basis.ASSUMED
    texts = [(text, Ground(basis=noted, quote=text)) for text in _own(attempt)]
    texts += [(ground.quote, ground) for ground in attempt.grounds if ground.quote]
    found = {}
    for text, ground in texts:
        for why, words in hinted(text).items():
            found[why, text] = Hint(why=why, words=words, ground=ground)
    order = list(Why)
    return tuple(
        sorted(found.values(), key=lambda one: (order.index(one.why), -len(one.words)))
    )


def hinted(text: str) -> dict[Why, tuple[str, ...]]:
    """Return the reasons that words of a text hint at, each with the words as they stand.

    >>> hinted("Nobody owned it, and it crashed every week.")
    {<Why.TECHNOLOGY: 'technology'>: ('crashed',), <Why.MANAGEMENT: 'management'>: \
('Nobody owned',)}
    >>> hinted("It was not the technology that failed.")
    {}
    """
    spans: dict[Why, dict[tuple[int, int], None]] = {}
    for tokens in _clauses(text):
        for why, phrase, start, end in _matches(tokens):
            if not _is_denied(tokens, phrase, start, end):
                place = (tokens[start].start, tokens[end - 1].end)
                spans.setdefault(why, {})[place] = None
    return {
        why: tuple(text[start:end] for start, end in _apart(spans[why]))
        for why in Why
        if why in spans
    }


def _own(attempt: Attempt) -> Iterator[str]:
    yield from dict.fromkeys(text for text in (attempt.why_text, attempt.note) if text.strip())


def _clauses(text: str) -> Iterator[list[_Token]]:
    for clause in _CLAUSE.finditer(text):
        yield list(_tokens(text, clause.start(), clause.end()))


def _tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    last = ""
    for found in _WORD.finditer(text, start, end):
        word = found.group().lower().replace("\u2019", "'")
        parts: Sequence[str] = _SPLIT.get(word, ())
        if not parts and word.endswith("n't"):
            parts = (word.removesuffix("n't"), "not")
        if word in _NOBODY or (last == "no" and word == "one"):
            parts = ("nobody",)
        for part in parts or (word,):
            yield _Token(part, found.start(), found.end())
        last = word


def _matches(tokens: Sequence[_Token]) -> Iterator[tuple[Why, Sequence[Part], int, int]]:
    """Yield the phrases that stand in a clause: from their first word to after their last."""
    whole, open_ended = _begun_by()
    for start, token in enumerate(tokens):
        for why, phrase in (*whole.get(token.word, ()), *open_ended):
            end = _end(tokens, start, phrase)
            if end is not None:
                yield why, phrase, start, end


def _end(tokens: Sequence[_Token], at: int, phrase: Sequence[Part]) -> int | None:
    if not phrase:
        return at
    first, rest = phrase[0], phrase[1:]
    if first is not None:
        fits = at < len(tokens) and _is_one(tokens[at].word, first)
        return _end(tokens, at + 1, rest) if fits else None
    ends = (_end(tokens, at + skip, rest) for skip in range(GAP + 1))
    return next((end for end in ends if end is not None), None)


def _is_one(word: str, able: frozenset[str]) -> bool:
    if word in able:
        return True
    return any(one.endswith("*") and word.startswith(one[:-1]) for one in able)


def _is_denied(tokens: Sequence[_Token], phrase: Sequence[Part], start: int, end: int) -> bool:
    cues = _cues()
    before = {token.word for token in tokens[max(0, start - DENIES) : start]}
    own = bool(phrase[0] and phrase[0] & (cues.denies | {"nobody"}))
    if before & cues.denies and not own:
        return True
    after = " ".join(token.word for token in tokens[end:])
    return any(f"{after} ".startswith(f"{clear} ") for clear in cues.clears)


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, without those that lie in another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


@cache
def _cues() -> _Cues:
    text = Path(__file__).with_name("whys.toml").read_text("utf-8")
    return TypeAdapter(_Cues).validate_python(tomllib.loads(text))


@cache
def _phrases() -> tuple[_Phrase, ...]:
    cues = _cues()
    return tuple(
        (why, tuple(_part(word) for word in line.split()))
        for why in Why
        for line in getattr(cues, why.value)
    )


@cache
def _begun_by() -> tuple[dict[str, list[_Phrase]], list[_Phrase]]:
    """Return phrases by the word they begin with, and those that begin with part of one."""
    whole: dict[str, list[_Phrase]] = {}
    open_ended = []
    for why, phrase in _phrases():
        first = phrase[0] or frozenset()
        if any(word.endswith("*") for word in first):
            open_ended.append((why, phrase))
        else:
            for word in first:
                whole.setdefault(word, []).append((why, phrase))
    return whole, open_ended


def _part(word: str) -> Part:
    return None if word == ".." else frozenset(word.split("|"))
