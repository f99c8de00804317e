"""Cuts the writer's own words from a mail, and sentences from them, and moves no character."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from unsolved.sources.mail.quotes import own_words

_ENDS = re.compile(
    r"[.!?\u2026]+[\"')\]]*(?=\s)|\n[ \t]*(?=\n)"
    r"|\n(?=[ \t]*(?:[-*\u2022\u2013]|\d{1,2}[.)])[ \t])"
)
_SHORTENED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|vs|inc|ltd|co|corp|fig|approx|e\.g|i\.e|etc|u\.s|u\.k|p|pp"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|cf|al|[a-z]))\.$"
)
_BULLET = re.compile(r"\s*(?:[-*\u2022\u2013]|\d{1,2}[.)])\s+")
_SHORT_LINE = 45
_YOU = re.compile(r"\b(?:you|your|yours|you're|you've|you'll|you'd)\b")
_US = re.compile(r"\b(?:we|our|ours|us|we're|we've|we'll|we'd)\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place in the draft's text."""

    number: int
    start: int
    end: int
    text: str
    low: str

    @property
    def is_question(self) -> bool:
        """Whether it asks."""
        return self.text.rstrip("\"')] ").endswith("?")

    @property
    def is_to_reader(self) -> bool:
        """Whether it speaks of the reader."""
        return _YOU.search(self.low) is not None

    @property
    def is_of_us(self) -> bool:
        """Whether it speaks of the writer's side."""
        return _US.search(self.low) is not None


def own_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines stand that their writer wrote: no quotation, no signature.

    What is quoted and signed is known to `own_words`, which returns lines; they are found again
    in order.
    """
    lines = _lines(text, start, end)
    wanted = own_words(text[start:end]).split("\n")
    kept: list[tuple[int, int]] = []
    at = 0
    for first, last in lines:
        while at < len(wanted) and not wanted[at]:
            at += 1
        if at == len(wanted):
            break
        if text[first:last].strip() == wanted[at].strip():
            kept.append((first, last))
            at += 1
    while kept and _is_signed(text, kept):
        kept.pop()
    yield from kept


def _is_signed(text: str, kept: list[tuple[int, int]]) -> bool:
    """Whether the last line is only a name or a goodbye."""
    first, last = kept[-1]
    line = text[first:last].strip()
    if len(kept) < 2 or not line or len(line.split()) > 4 or _BULLET.match(line):  # noqa: PLR2004
        return False
    apart = "\n\n" in text[kept[-2][1] : first].replace(" ", "")
    above = text[slice(*kept[-2])].strip()
    closes = above.endswith(",") and len(above.split()) <= 4  # noqa: PLR2004
    return line[-1] not in '?!.:;"\u2026' and line[:1].isupper() and (apart or closes)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        line = text.find("\n", at, end)
        line = line if line >= 0 else end
        yield at, line
        at = line + 1


def cut(prose: str, low: str, start: int) -> tuple[Sentence, ...]:
    """Return the sentences of ``prose`` from ``start`` on."""
    found: list[Sentence] = []
    for first, last in _pieces(prose, low, start):
        bullet = _BULLET.match(prose, first, last)
        at = bullet.end() if bullet else first
        text = prose[at:last]
        inner = len(text) - len(text.lstrip())
        at, text = at + inner, text.strip()
        if any(c.isalnum() or c == "\u00b7" for c in text):
            end = at + len(text)
            found.append(Sentence(len(found), at, end, text, low[at:end]))
    return tuple(found)


def _pieces(prose: str, low: str, start: int) -> Iterator[tuple[int, int]]:
    at = start
    for end in _ends(prose, low, start):
        yield at, end
        at = end
    yield at, len(prose)


def _ends(prose: str, low: str, start: int) -> Iterator[int]:
    line = start
    for found in re.finditer(rf"{_ENDS.pattern}|\n", prose[start:]):
        first, last = found.start() + start, found.end() + start
        if prose[first] == "\n":
            whole = prose[line:first].strip()
            line = last
            is_break = found.group() == "\n" and not _breaks(whole, prose, last)
            if is_break:
                continue
        elif prose[first] == "." and last - first == 1:
            if _SHORTENED.search(low, max(line, first - 8), last) and not prose[last:].lstrip(
                " "
            ).startswith("\n"):
                continue
            after = prose[last : last + 2].strip()
            if after and after[0].islower():
                continue
        yield last


def _breaks(line: str, prose: str, after: int) -> bool:
    """Whether a line's end ends a sentence too: a short line, before one with a capital."""
    nearest = prose[after : after + 80].lstrip(" \t")
    if not line or nearest[:1] == "\n" or _BULLET.match(nearest):
        return True
    return line.endswith(":") or (len(line) < _SHORT_LINE and nearest[:1].isupper())
