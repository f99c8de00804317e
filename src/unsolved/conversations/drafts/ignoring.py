"""What a draft says of rules that shall be silent in it.

``unsolved: ignore P101 W601`` on a line of its own silences them in the whole mail; behind
other words, in that line; ``unsolved: ignore-next-line P101`` in the next one. It may stand in
an HTML comment. A rule is named by its id, the beginning of one, or its name; without any, all
are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_BARE = r"unsolved:[ \t]*ignore(?:-next-line)?(?:[ \t,]+[A-Za-z][\w-]*)*"
_SAYS = r"unsolved:[ \t]*ignore(?P<next>-next-line)?(?P<rules>(?:[ \t,]+[A-Za-z][\w-]*)*)"
LINE = re.compile(
    rf"<!--[ \t]*{_BARE}[ \t]*-->|^[ \t>#/*-]*(?<!\w){_BARE}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Ignore:
    """Rules that are silent from ``start`` to ``end``, and where that is said."""

    rules: tuple[str, ...]
    start: int
    end: int
    said: tuple[int, int]

    def silences(self, rule: str, name: str, start: int, end: int) -> bool:
        """Whether it silences a finding of a rule at a place."""
        if not (self.start <= start < self.end or (start <= self.start < end)):
            return False
        return not self.rules or is_named(rule, name, self.rules)


def is_named(rule: str, name: str, named: Iterable[str]) -> bool:
    """Whether a rule is among those named: by id, the beginning of one, name, or ``ALL``.

    >>> is_named("P101", "product-before-problem", ["P1"])
    True
    """
    return any(
        wanted.upper() == "ALL" or rule.startswith(wanted.upper()) or wanted.lower() == name
        for wanted in named
    )


def ignores(text: str) -> Sequence[Ignore]:
    """Return what a draft's text says of silent rules."""
    return tuple(_ignores(text)) if "unsolved:" in text.lower() else ()


def _ignores(text: str) -> Iterator[Ignore]:
    for found in LINE.finditer(text):
        said = found.span()
        first = text.rfind("\n", 0, said[0]) + 1
        last = text.find("\n", said[1])
        last = last if last >= 0 else len(text)
        told = re.search(_SAYS, found.group(), re.IGNORECASE)
        assert told
        rules = tuple(re.findall(r"[A-Za-z][\w-]*", told["rules"]))
        is_alone = not (text[first : said[0]] + text[said[1] : last]).strip()
        if told["next"]:
            end = text.find("\n", last + 1)
            yield Ignore(rules, last + 1, end if end >= 0 else len(text) + 1, said)
        elif is_alone:
            yield Ignore(rules, 0, len(text) + 1, said)
        else:
            yield Ignore(rules, first, last + 1, said)
