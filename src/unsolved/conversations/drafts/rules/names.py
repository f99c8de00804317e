"""Famous names and lists of customers."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.cutting import Sentence
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Hit
from unsolved.conversations.drafts.rules.registry import check
from unsolved.conversations.drafts.vocabulary import pattern, words

FILE = Path(__file__).parents[1] / "famous.toml"
SEVERAL = 2
NEAR = 12  # characters between what announces customers and their names

_CUSTOMERS = words("names", "customers")
_BEFORE = pattern("names", "before")
_AFTER = pattern("names", "after")
_WITH_IT = re.compile(r"\b(?:with|using|thanks to|through) (?:this|it|the same|our)\b")
_THEIRS = re.compile(
    r"\b(?:your|your new|your old|your own|the|an?|off|onto|on|to|from|via|in)\s+$"
)
_HELD_UP = re.compile(
    r"\b(?:even|think\sof(?:\s\w+)?|works?\sfor|like|as|just\slike|what|company|ask|at|did|for)[\s:]+$",
    re.IGNORECASE,
)
_DOES = pattern("names", "does")
_YOURS = re.compile(r"\byour\b|\byou\s(?:use|run|have|moved|work|switched|bought|sell)\b")
_SYSTEM = pattern("names", "system")
_LIST = pattern("names", "list")
_DROPS = words("names", "drops")


@cache
def famous(more: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Return a pattern for the famous names, as they are written."""
    shipped = tomllib.loads(FILE.read_text("utf-8"))["names"].split(";")
    names = sorted({name.strip() for name in (*shipped, *more) if name.strip()}, key=len)
    spelled = "|".join(re.escape(name) for name in reversed(names))
    return re.compile(rf"(?<![\w@./-])(?:{spelled})(?!\w|\.\w)")


def _dropped(letter: Letter, one: Sentence, more: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Yield famous names that stand where customers are named."""
    found = [
        name
        for name in famous(more).finditer(letter.prose, one.start, one.end)
        if not _is_reader(letter, name.group())
    ]
    customers = _CUSTOMERS.search(letter.low, one.start, one.end)
    for name in found:
        before = letter.prose[one.start : name.start()]
        after = letter.prose[name.end() : one.end]
        if _THEIRS.search(before) and (_SYSTEM.match(after) or len(found) < SEVERAL):
            continue
        if _SYSTEM.match(after):
            continue
        ours = one.is_of_us or _WITH_IT.search(one.low)
        held = _HELD_UP.search(before) or _DOES.match(after)
        if _is_example(letter, one, len({name.group() for name in found}), held=bool(held)):
            yield name
            continue
        if (customers and _BEFORE.search(before)) or (ours and _AFTER.match(after)):
            yield name


def _is_example(letter: Letter, one: Sentence, count: int, *, held: bool) -> bool:
    """Whether a sentence tells no fact of a famous firm, but holds it up to the reader."""
    if letter.has_source(one) or (one.is_question and not one.is_of_us):
        return False
    return one.is_of_us or held or (count >= SEVERAL and not _YOURS.search(one.low))


def _is_reader(letter: Letter, name: str) -> bool:
    low = name.lower()
    return low in letter.draft.to.lower() or any(
        low in one.lower() for one in letter.reader.names
    )


@check("N301")
def famous_names(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield famous names given as customers or examples, all of a sentence as one."""
    for one in letter.sentences:
        names = list(_dropped(letter, one, choices.famous))
        if names:
            told = ", ".join(dict.fromkeys(name.group() for name in names))
            yield Hit(names[0].start(), names[-1].end(), f"what is the reader to {told}?")


@check("N302")
def dropped_names(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield lists of customers that are not famous."""
    for one in letter.sentences:
        drops = _DROPS.search(letter.low, one.start, one.end)
        if not drops or one.is_question:
            continue
        names = _LIST.search(letter.prose, drops.end(), min(one.end, drops.end() + 200))
        if (
            names
            and names.start() - drops.end() < NEAR
            and not famous(choices.famous).search(names.group())
        ):
            yield Hit(*names.span(), "names, and not why they are like the reader")
