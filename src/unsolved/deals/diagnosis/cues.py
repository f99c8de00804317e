"""By which words a sign is heard in mails, calls and notes, and in which sentence it stands.

Patterns are data (``cues.toml``): word stems, classes of words, gaps. A word misspelt by one
letter is read as the word of the patterns that it resembles, when there is exactly one. After a
negation (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002) a pattern is not heard.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from unsolved.evidence.sentences import split

LONGEST, LONGEST_SENTENCE = 8_000, 500
"""Characters of one text, and of one sentence, that are read; nobody's point comes later."""

_GAP = r"(?:\W+[\w'.&%-]+){0,5}?\W+"
_NEGATES = re.compile(r"(?:\b(?:not|no|never|nor|without|hardly)|n't)(?:\W+\w+){0,3}\W*$")
_LONG = 7
_WHOLE = re.compile(r"(?<![a-z\\])([a-z]{7,})(?![a-z(\\\[~])(\??)")
_CURLY = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})


class Voice(StrEnum):
    """Whose words they are."""

    BUYER = "buyer"
    OURS = "ours"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Cue:
    """How one sign is heard, and in whose words."""

    sign: str
    voices: frozenset[Voice]
    pattern: re.Pattern[str]
    negatable: bool

    def hears(self, sentence: str) -> bool:
        """Whether a sentence, in small letters and plain quotes, holds it unnegated."""
        found = self.pattern.finditer(sentence)
        return any(not self.negatable or not _negated(sentence, one.start()) for one in found)


def heard(text: str, voice: Voice) -> Iterator[tuple[str, str]]:
    """Yield each sign that is heard in a text, once, with the first sentence that holds it."""
    known: set[str] = set()
    for sentence in sentences(text):
        for cue in _in(sentence):
            if cue.sign not in known and voice in cue.voices:
                known.add(cue.sign)
                yield cue.sign, sentence


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, as they stand there."""
    cut = text[:LONGEST]
    return tuple(one for span in split(cut) if (one := cut[span.start : span.end].strip()))


@lru_cache(maxsize=20_000)
def _in(sentence: str) -> tuple[Cue, ...]:
    """Return the cues that a sentence holds, whoever says it."""
    read = mended(sentence[:LONGEST_SENTENCE].translate(_CURLY)).lower()
    return tuple(cue for cue in cues() if cue.hears(read))


def mended(sentence: str) -> str:
    """Return a sentence with long words put right that differ by a letter from a cue's word.

    >>> mended("Too exspensive for our comittee.")
    'Too expensive for our committee.'
    """
    return re.sub(r"[A-Za-z]{6,30}", lambda found: _mended(found.group()), sentence)


@cache
def cues() -> tuple[Cue, ...]:
    """Return the cues, as the file tells them; patterns are checked when it is read."""
    told = _told()
    return tuple(
        Cue(
            sign=one["sign"],
            voices=frozenset(map(Voice, one["who"])),
            pattern=compiled(one["patterns"].strip().splitlines(), told["words"]),
            negatable=one.get("negatable", True),
        )
        for one in told["cue"]
    )


@cache
def plain(name: str) -> re.Pattern[str]:
    """Return a pattern, in small letters, that is no sign of its own: ``dated``, say."""
    told = _told()
    return compiled(told["plain"][name].strip().splitlines(), told["words"])


def compiled(lines: list[str], words: Mapping[str, str]) -> re.Pattern[str]:
    """Return one pattern, in small letters, for the lines of a cue."""
    each = (_expanded(line.strip(), words) for line in lines if line.strip())
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")


def _expanded(line: str, words: Mapping[str, str]) -> str:
    for name, alternatives in words.items():
        line = line.replace(f"{{{name}}}", f"(?:{alternatives})")
    parts = [part.replace("~", r"[\s-]?") for part in re.split(r"\s*\.\.\.\s*", line)]
    return f"(?:{_GAP.join(part for part in parts if part)})"


def _negated(sentence: str, at: int) -> bool:
    return bool(_NEGATES.search(sentence[:at]))


def _mended(word: str) -> str:
    low = word.lower()
    known = _vocabulary()
    if low in known or low in _right() or len(low) + 1 < _LONG:
        return word
    near = [one for one in known if _may_be(one, low)]
    return near[0] if len(near) == 1 else word


def _may_be(known: str, word: str) -> bool:
    # A word that ends otherwise is another form of it, and no slip of the finger.
    alike = known[0] == word[0] and known[-2:] == word[-2:] and len(known) >= _LONG
    return (
        alike
        and abs(len(known) - len(word)) <= 1
        and OSA.distance(known, word, score_cutoff=1) == 1
    )


@cache
def _vocabulary() -> frozenset[str]:
    """Return the long words of the patterns."""
    told = _told()
    text = " ".join([*(one["patterns"] for one in told["cue"]), *told["words"].values()])
    whole: set[str] = set()
    for word, after in _WHOLE.findall(text.lower()):
        whole |= {word, word[:-1]} if after == "?" else {word}
    return frozenset(whole)


@cache
def _right() -> frozenset[str]:
    """Return words that resemble one of the patterns and are right as they are."""
    return frozenset(_told()["spelling"]["right"])


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8"))
