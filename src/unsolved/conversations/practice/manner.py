"""How is a line said: on what does it rest, and can one answer it at all?"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from unsolved.conversations.acts.rules import Rules, compiled, is_so, manner_of_asking
from unsolved.conversations.practice.model import Act, Said

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_VOWEL = re.compile(r"[aeiouyäöüéèàáíóúåøæœ]", re.IGNORECASE)
_FEW, _FEWEST = 4, 2


def unanswerable(line: str) -> str | None:
    """Return why a line cannot be answered as part of a talk, or None when it can.

    It is ``silence``, ``instruction``, ``rude``, ``foreign`` or ``nonsense``.
    """
    words = [word.lower() for word in _WORD.findall(line)]
    found = None
    if not line.strip():
        found = "silence"
    elif _rules()["instruction"].search(line):
        found = "instruction"
    elif _rules()["rude"].search(line):
        found = "rude"
    elif not words:
        found = "silence" if not re.search(r"\w", line) else "nonsense"
    elif _is_foreign(line, words):
        found = "foreign"
    elif _is_nonsense(words):
        found = "nonsense"
    return found


def is_backed(text: str) -> bool:
    """Whether a claim says where it comes from."""
    found = _rules()
    if found["source"].search(text):
        return True
    heard, dated = found["heard"].search(text), found["dated"].search(text)
    return bool(heard and dated)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it stands in a line, and how it asks: open, closed or leading."""

    said: Said
    manner: str

    @property
    def follows(self) -> bool:
        """Whether it goes on from what was said last."""
        return is_so("follow", self.said.text)


def askings(said: tuple[Said, ...]) -> tuple[Asking, ...]:
    """Return the questions of a line."""
    return tuple(
        Asking(one, manner_of_asking(one.text) or "open")
        for one in said
        if Act.QUESTION in one.acts
    )


@cache
def _rules() -> Rules:
    return compiled(Path(__file__).with_name("manner.toml"))


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    told = tomllib.loads(Path(__file__).with_name("manner.toml").read_text("utf-8"))
    return frozenset(told["english"]["words"]), frozenset(told["foreign"]["words"])


def _is_foreign(line: str, words: list[str]) -> bool:
    letters = [letter for letter in line if letter.isalpha()]
    latin = sum(letter < "\u0250" for letter in letters)
    if letters and latin < len(letters) / 2:
        return True
    english, foreign = _vocabulary()
    theirs = sum(word in foreign for word in words)
    ours = sum(word in english for word in words)
    return theirs >= _FEWEST and theirs > ours


def _is_nonsense(words: list[str]) -> bool:
    """Whether nothing in it could be said aloud, or one word is all there is of it."""
    sayable = [
        word for word in words
        if len(word) == 1 or (_VOWEL.search(word) and not re.search(r"(.)\1\1", word)
            and not re.search(r"[bcdfghjklmnpqrstvwxz]{5}", word))
    ]  # fmt: skip
    english, _ = _vocabulary()
    known = any(word in english for word in words)
    if len(sayable) * 2 < len(words) or (len(sayable) < len(words) <= _FEW and not known):
        return True
    return len(words) >= _FEW and len(set(words)) == 1 and words[0] not in english
