"""Of which fix does a sentence speak? By its name, or by what it is.

The words are data (``fixes.toml``). A name is that of a fix when it stands where such names
stand in any sentence of the story ("the Sentinel project", "supplied by SAIC"); elsewhere in
the story it is then known without.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

WORDS = Path(__file__).with_name("fixes.toml")

NAME = (
    r"(?:[A-Z][\w&/'\u2019.-]*\w|[A-Z]|[a-z]\d|[a-z]+[A-Z][\w.]*\w)"
    r"(?: (?:& )?(?:[A-Z][\w&/'\u2019-]*\w|[A-Z]\w?|\d(?:\.\d)?\b))*(?: for IT\b)?"
)
"""One or more words with a capital; "i2" and "mySAP.com" too."""

_NAME = re.compile(rf"(?<![\w-]){NAME}")


@dataclass(frozen=True, slots=True)
class Thing:
    """What a fix is: its group ("software", or "" for anything) and what tells it apart."""

    group: str
    marks: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class Mention:
    """How a sentence speaks of a fix.

    ``names`` stand in the order of their places; ``makers`` are those of them that name who
    made it. ``is_another`` says that it tells of a try which is not the first; ``points_back``
    that it goes on about what was just told, ``to_last_named`` about what was named last there.
    """

    names: tuple[str, ...]
    makers: tuple[str, ...]
    things: tuple[Thing, ...]
    is_another: bool
    points_back: bool
    to_last_named: bool

    @property
    def first(self) -> str | None:
        """The name it is about: the first that is a fix's own, else the first maker's."""
        own = [name for name in self.names if name not in self.makers]
        return next(iter([*own, *self.names]), None)

    @property
    def groups(self) -> frozenset[str]:
        """The groups of its things, but for what can be anything."""
        return frozenset(thing.group for thing in self.things if thing.group)

    @property
    def is_own(self) -> bool:
        """Whether it says of itself which fix it means."""
        return len(self.names) > len(self.makers) or any(t.marks for t in self.things)

    @property
    def words(self) -> str:
        """What to call the fix: its name, or the most telling of its things."""
        marked = sorted(self.things, key=lambda thing: (-len(thing.marks), not thing.group))
        called = [self.first] if self.first else []
        return next(iter([*called, *(thing.words for thing in marked)]), "")


def lexicon(texts: Iterable[str], own_names: Iterable[str]) -> frozenset[str]:
    """Return the names of fixes, and of who made them, that the sentences of a story give.

    >>> sorted(lexicon(["The Sentinel project was built by Lockheed Martin."], ["FBI"]))
    ['Lockheed Martin', 'Sentinel']
    """
    own = _own(own_names)
    found = {name for text in texts for name, _, is_fix in _named(text) if is_fix}
    return frozenset(name for name in found if name.casefold() not in own)


def mention(text: str, names: Collection[str]) -> Mention:
    """Return how a sentence speaks of a fix, given the names that the story knows."""
    words = _words()
    named = [(name, maker) for name, maker, _ in _named(text) if name in names]
    return Mention(
        names=tuple(dict.fromkeys(name for name, _ in named)),
        makers=tuple(dict.fromkeys(name for name, maker in named if maker)),
        things=_things(text),
        is_another=bool(words.another.search(text)),
        points_back=bool(words.back.search(text)),
        to_last_named=bool(words.last_named.search(text)),
    )


@lru_cache(maxsize=4096)
def _named(text: str) -> tuple[tuple[str, bool, bool], ...]:
    """Return the names in a text: each with whether it is a maker's, and any fix's at all."""
    words = _words()
    found = []
    for place in _NAME.finditer(text):
        start, name = _bare(place)
        if not name or _is_never(name):
            continue
        known = words.known.match(name)
        told = known[0] if known else name
        before, after = text[max(0, start - 70) : start], text[start + len(name) :]
        ends = bool(words.ends.search(name))
        maker = not ends and (bool(words.makers.search(before)) or told in words.made)
        stands = words.after.search(before) or words.before.match(after)
        found.append((told, maker, maker or ends or bool(known or stands)))
    return tuple(found)


@lru_cache(maxsize=4096)
def _things(text: str) -> tuple[Thing, ...]:
    words = _words()
    found = []
    for place in words.heads.finditer(text):
        marks: list[str] = []
        for before in reversed(re.findall(r"[\w'-]+|[^\w\s]", text[: place.start()])[-3:]):
            if not _tells_apart(before):
                break
            marks.insert(0, before)
        head = place[0].casefold()
        group = next((name for name, heads in words.groups if heads.fullmatch(head)), "")
        stems = frozenset(mark.casefold().removesuffix("s") for mark in marks)
        found.append(Thing(group, stems, " ".join([*marks, place[0]])))
    return tuple(found)


def _tells_apart(word: str) -> bool:
    plain = word.casefold()
    is_word = plain.replace("-", "").isalpha() and word == plain
    return is_word and plain not in _words().plain and not plain.endswith("ed")


def _own(names: Iterable[str]) -> set[str]:
    """Return the names of the organisation, their words and their initials."""
    given = list(names)
    parts = [part.strip(",.") for name in given for part in name.split()]
    initials = ["".join(w[0] for w in name.split() if w[0].isupper()) for name in given if name]
    return {word.casefold() for word in chain(given, parts, initials)}


def _bare(place: re.Match[str]) -> tuple[int, str]:
    """Return a name and its place, without a word that only begins the sentence."""
    start, name = place.start(), place[0]
    first, _, rest = name.partition(" ")
    if first in _STARTS:
        start, name = start + len(first) + 1, rest
    return start, re.sub(r"['\u2019]s$|[.'\u2019-]+$", "", name)


_STARTS = frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "By",
        "For",
        "From",
        "It",
        "Its",
        "This",
        "That",
        "These",
        "Those",
        "When",
        "While",
        "After",
        "Before",
        "But",
        "And",
        "Its",
        "Their",
        "Our",
        "We",
        "They",
        "He",
        "She",
        "As",
        "If",
        "So",
        "No",
        "Not",
        "New",
        "Old",
        "What",
        "Which",
        "Who",
        "Since",
        "Until",
    ]
)


def _is_never(name: str) -> bool:
    never = _words().never
    return name in never or name.split(" ", maxsplit=1)[0] in never or name in _STARTS


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of ``fixes.toml``, ready for use."""

    groups: Sequence[tuple[str, re.Pattern[str]]]
    heads: re.Pattern[str]
    plain: frozenset[str]
    another: re.Pattern[str]
    back: re.Pattern[str]
    last_named: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    ends: re.Pattern[str]
    makers: re.Pattern[str]
    known: re.Pattern[str]
    made: frozenset[str]
    never: frozenset[str]


@cache
def _words() -> _Words:
    told: Mapping[str, Any] = tomllib.loads(WORDS.read_text("utf-8"))
    groups, names = told["heads"], told["names"]
    heads = [*chain.from_iterable(groups.values()), *told["generic"]["heads"]]
    known = sorted([*names["known"], *names["made"]], key=len, reverse=True)
    return _Words(
        groups=[(name, re.compile("|".join(h), re.IGNORECASE)) for name, h in groups.items()],
        heads=whole(heads),
        plain=frozenset(told["plain"]["words"]),
        another=whole(told["another"]["patterns"]),
        back=whole(told["back"]["patterns"]),
        last_named=whole(told["back"]["last_named"]),
        after=re.compile(rf"(?<![\w-])(?:{'|'.join(names['after'])})$", re.IGNORECASE),
        before=re.compile(rf"(?:{'|'.join(names['before'])})(?!\w)", re.IGNORECASE),
        ends=re.compile(rf"\b(?:{'|'.join(names['ends'])})$"),
        makers=re.compile(rf"(?<![\w-])(?:{'|'.join(names['makers'])})$", re.IGNORECASE),
        known=re.compile(rf"(?:{'|'.join(map(re.escape, known))})(?!\w)"),
        made=frozenset(names["made"]),
        never=frozenset(names["never"]),
    )


def whole(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for all; each begins and ends where a word does."""
    longest = sorted(patterns, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(longest)})(?!\w)", re.IGNORECASE)


def naming(pattern: str) -> re.Pattern[str]:
    """Return a pattern in which ``{name}`` is a name, whatever the case of the words around."""
    placed = pattern.replace("{name}", f"(?P<name>(?-i:{NAME}))")
    return re.compile(rf"(?<![\w-])(?:{placed})(?!\w)", re.IGNORECASE)
