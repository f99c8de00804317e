"""By which words a sign is heard in mails, calls and notes, and in which sentence it stands.

Patterns are data (``cues.toml``): word stems, classes of words, gaps. A word misspelt by one
letter is read as the word of the patterns that it resembles, when there is exactly one. After a
negation (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002) a pattern is not heard.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from unsolved.evidence.sentences import split

LONGEST, LONGEST_SENTENCE = 8_000, 500
"""Characters of one text, and of one sentence, that are read; nobody's point comes later."""

# A gap stays within its clause: what stands behind a comma is said of something else.
_GAP = r"(?:[^\w,.;:?!()]+[\w'&%-]+){0,5}?[^\w,.;:?!()]+"
_OPENS = re.compile(r"(?<!\\)\((?!\?)")
_NEGATES = re.compile(r"(?:\b(?:not|no|never|nor|without|hardly)|n't)(?:\W+\w+){0,3}\W*$")
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]{2,}")
_TITLE = r"(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau|Mme|Signora|Se\u00f1or)\.? "
_LONG = 7
_WHOLE = re.compile(r"(?<![a-z\\])([a-z]{7,})(?![a-z(\\\[~])(\??)")
_CURLY = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})


ABOVE = "the boss"
"""What somebody above is read as."""


class Voice(StrEnum):
    """Whose words they are."""

    BUYER = "buyer"
    OURS = "ours"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Cue:
    """How one sign is heard, and in whose words; ``unless`` stands in the same text."""

    sign: str
    voices: frozenset[Voice]
    pattern: re.Pattern[str]
    negatable: bool
    unless: re.Pattern[str] | None = None

    def hears(self, sentence: str) -> bool:
        """Whether a sentence, in small letters and plain quotes, holds it unnegated."""
        found = self.pattern.finditer(sentence)
        return any(not self.negatable or not _negated(sentence, one.start()) for one in found)


def heard(
    text: str, voice: Voice, above: re.Pattern[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield each sign that is heard in a text, once, with the first sentence that holds it.

    ``above`` are names, as `names` makes them: who bears one is read as somebody above.
    """
    known: set[str] = set()
    for sentence in sentences(text):
        for cue in _in(_read(sentence, above), voice):
            is_other = cue.unless is not None and cue.unless.search(text.lower())
            if cue.sign not in known and not is_other:
                known.add(cue.sign)
                yield cue.sign, sentence


def is_heard(sentence: str, voice: Voice, above: re.Pattern[str] | None = None) -> bool:
    """Whether any cue stands in a sentence, whatever stands beside it."""
    return bool(_in(_read(sentence, above), voice))


def names(people: Iterable[str], but: Iterable[str] = ()) -> re.Pattern[str] | None:
    """Return a pattern of names, whole or in part, with a title or none; None for nobody.

    A part that somebody of ``but`` bears as well names nobody alone.

    >>> names(["Tom Ashby"]).sub("the boss", "It is with Mr Ashby, and Tom's desk is full.")
    "It is with the boss, and the boss's desk is full."
    """
    found = {name.strip() for name in people}
    others = {part for name in but for part in _NAME.findall(name)}
    parts = {part for name in found for part in _NAME.findall(name)} - _words_too() - others
    told = "|".join(map(re.escape, sorted((found | parts) - {""}, key=lambda n: (-len(n), n))))
    return re.compile(rf"(?<!\w)(?:{_TITLE})?(?:{told})(?!\w)") if told else None


@lru_cache(maxsize=2_000)
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, as they stand there."""
    cut = text[:LONGEST]
    return tuple(one for span in split(cut) if (one := cut[span.start : span.end].strip()))


def _read(sentence: str, above: re.Pattern[str] | None) -> str:
    return sentence if above is None else above.sub(ABOVE, sentence)


@lru_cache(maxsize=20_000)
def _in(sentence: str, voice: Voice) -> tuple[Cue, ...]:
    """Return the cues that a sentence holds when one of a side says it."""
    read = mended(sentence[:LONGEST_SENTENCE].translate(_CURLY)).lower()
    return tuple(cue for cue in cues() if voice in cue.voices and cue.hears(read))


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
            unless=plain(one["unless"]) if "unless" in one else None,
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
    # Nobody asks what a group held, and one that keeps nothing is twice as quick.
    return f"(?:{_OPENS.sub('(?:', _GAP.join(part for part in parts if part))})"


def _negated(sentence: str, at: int) -> bool:
    return bool(_NEGATES.search(sentence[:at]))


@lru_cache(maxsize=20_000)
def _mended(word: str) -> str:
    low = word.lower()
    near = _near(low) if len(low) + 1 >= _LONG and low not in _right() else []
    return near[0] if len(near) == 1 else word


def _near(word: str) -> list[str]:
    """Return the words of the patterns that a word may be meant for; none if it is one."""
    # A word that ends otherwise is another form of it, and no slip of the finger.
    alike = _vocabulary().get(_ends(word), frozenset())
    if word in alike:
        return []
    return [one for one in alike if OSA.distance(one, word, score_cutoff=1) == 1]


def _ends(word: str) -> str:
    return word[0] + word[-2:]


@cache
def _vocabulary() -> Mapping[str, frozenset[str]]:
    """Return the long words of the patterns, by how they begin and end."""
    told = _told()
    text = " ".join([*(one["patterns"] for one in told["cue"]), *told["words"].values()])
    whole: dict[str, set[str]] = {}
    for word, after in _WHOLE.findall(text.lower()):
        for one in {word, word[:-1]} if after == "?" else {word}:
            if len(one) >= _LONG:
                whole.setdefault(_ends(one), set()).add(one)
    return {ends: frozenset(words) for ends, words in whole.items()}


@cache
def _right() -> frozenset[str]:
    """Return words that resemble one of the patterns and are right as they are."""
    return frozenset(_told()["spelling"]["right"])


@cache
def _words_too() -> frozenset[str]:
    """Return first names that are words as well, and so name nobody alone."""
    return frozenset(_told()["spelling"]["words"])


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8"))
