"""Where a text begins anew although no full stop says so: headings, items, rows, blank lines.

Plain text carries its layout in line breaks only, and most of them mean nothing: mail, PDF
and old filings wrap their lines. So a line break ends a passage only when the line stopped
early, or when what stands on either side of it is no running text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

WIDEST_WRAP = 200  # nobody wraps lines this long: a longer line is a paragraph of its own
EARLY = 0.75  # a line this much shorter than its neighbours was ended on purpose
HEADING_WORDS = 12
CELL_WORDS = 8  # a table cell with as many words is read as text
FEWEST_NUMBERS = 3
LONGEST_ROW = 400  # of numbers in columns; tabs and pipes may make longer ones

_LINE = re.compile("[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_BREAKS = ("\n", "\r\n", "\r", "\v", "\u2028")  # any other gap is a blank line or a new page
_MARKER = re.compile(
    r"[ \t]*(?:(?P<title>\#{1,6}(?:[ \t]+|$))"
    r"|(?P<bullet>(?:[•‣◦▪■□●○·∙➢➤✓✔☐☑☒¨]|o\t)[ \t]*)"
    r"|(?P<item>(?:[-*+\u2013—]|\(\d{1,3}\)|\d{1,3}[.)]|\([A-Za-z]\)|[a-z][.)]|[A-Z]\)"
    r"|\(?[ivx]{1,5}[.)]|[IVX]{2,5}\.)(?:[ \t]+|$)))"
)
_VISIBLE = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"[(\[$€£¥+-]*\d[\d,.]*[)\]%*,;]*$")
_COLUMN = re.compile(
    r"(?:[ \t]{3,}|\.{4,}|(?: \.){4,})[ \t]*[($€£-]*\d[\d,.]*[)%]*(?:[ \t]{2}|$)"
)
_CELL = re.compile(r"[^\t|]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_STOPS = frozenset(".!?:;")
_CLOSERS = frozenset("\"')]”\u2019»*_\n")
_STOP = re.compile(r"[.!?:;][\"')\]”\u2019»*_]*$")
_AMOUNT = re.compile(r"(?:[$€£]\s?\d+|\d[,.]\d+|\(\d+|%)[)%]*$")
_MARKED = frozenset("ivxIVX")  # letters that may begin a marker whatever comes next
_MARKING = frozenset(".)\t")  # what makes a marker of any other letter
_OPEN = frozenset(",(/&\u2013—-")
_LEADING = {
    *("a", "an", "and", "as", "at", "by", "for", "from", "in", "its", "nor", "of", "on", "or"),
    *("our", "that", "the", "their", "to", "which", "who", "with"),
}
_LAST_WORD = re.compile(r"\b\w+$")


class Block(NamedTuple):
    """A passage that no sentence crosses; ``prose`` is false for the row of a table."""

    start: int
    end: int
    prose: bool = True


class _Line(NamedTuple):
    start: int
    end: int
    body: int  # where the words begin, after a marker
    marker: str | None  # title, bullet or item
    fresh: bool  # nothing can run on into it

    def text(self, whole: str) -> str:
        return whole[self.start : self.end].strip()


def blocks(text: str) -> Iterator[Block]:
    """Yield the passages of a text in order; list markers and rules stand in none of them."""
    first: _Line | None = None
    last = previous = ""
    end = 0
    for line in _lines(text):
        words = text[line.body : line.end].strip()
        row = is_row(words)
        if first and (row or _begins(line, words, first, last, previous)):
            yield Block(first.body, end)
            first, last = None, ""
        if row:
            yield from _cells(text, line)
            continue
        first = first or line
        previous, end = last, line.end
        last = words if line.body == line.start else line.text(text)
    if first:
        yield Block(first.body, end)


def is_heading(line: str) -> bool:
    """Whether a line is short, has no final stop, and is written in capitals or As A Title."""
    if _is_stopped(line[-8:]) or line[:1].islower():
        return False
    words = line.split(maxsplit=HEADING_WORDS)
    if not words or len(words) > HEADING_WORDS:
        return False
    small = (word for word in words if word[0].islower() and len(word) > len("with"))
    return not any(_WORD.search(word) for word in small)


def is_row(line: str) -> bool:
    """Whether a line is the row of a table: cells, or numbers in columns."""
    if "\t" in line or ("|" in line and (line.count("|") > 1 or " | " in line)):
        return True
    if len(line) > LONGEST_ROW:
        return False
    gaps = "   " in line or "...." in line or " . . . ." in line
    if gaps and _COLUMN.search(line):
        return True
    if not line[-1:].strip(")%*|,;").isdigit():
        return False
    tokens = line.split()
    numbers = [at for at, token in enumerate(tokens) if _NUMBER.match(token)]
    if len(numbers) < FEWEST_NUMBERS:
        return False
    after = sum(1 for token in tokens[numbers[0] :] if _WORD.search(token))
    return after <= 1  # in a table the words come first, in a sentence they stand between


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that have a letter or a digit beside their marker."""
    after, fresh, pending = 0, True, None
    for match in _LINE.finditer(text):
        start, end = match.span()
        fresh = fresh or text[after:start] not in _BREAKS
        after = end
        head = text[start]
        if (
            head.isalpha()
            and head not in _MARKED
            and text[start + 1 : start + 2] not in _MARKING
        ):
            yield _Line(start, end, start, pending, fresh or pending is not None)
            fresh, pending = False, None
            continue
        marked = _MARKER.match(text, start, end)
        body = marked.end() if marked else start
        marker = marked.lastgroup if marked else pending
        if _VISIBLE.search(text, body, end):
            yield _Line(start, end, body, marker, fresh or pending is not None)
            fresh, pending = False, None
        else:  # a rule, white space, or a marker alone, whose words come on the next line
            fresh, pending = True, marker


def _begins(line: _Line, words: str, first: _Line, last: str, previous: str) -> bool:
    """Whether a line begins a passage, given the lines before it."""
    if line.fresh or first.marker == "title" or line.marker in {"title", "bullet"}:
        return True
    tail = last[-12:]
    if line.marker and (first.marker or _is_stopped(tail)):
        return True
    if words[0].islower() or _goes_on(tail):
        return False
    if len(last) > WIDEST_WRAP or (not tail[-1].isalpha() and _AMOUNT.search(tail)):
        return True
    room = EARLY * max(len(previous), len(last), len(words))
    if len(last) + 1 + len(words.partition(" ")[0]) < room:
        return True
    return not previous and is_heading(last) and not _is_stopped(tail)


def _is_stopped(tail: str) -> bool:
    """Whether the end of a line is the end of a sentence."""
    end = tail[-1:]
    return end in _STOPS or (end in _CLOSERS and bool(_STOP.search(tail)))


def _goes_on(tail: str) -> bool:
    """Whether the end of a line asks for more."""
    end = tail[-1]
    if not end.isalpha():
        return end in _OPEN
    word = _LAST_WORD.search(tail)
    return word is not None and word.group().lower() in _LEADING


def _cells(text: str, line: _Line) -> Iterator[Block]:
    """Yield a row whole, or cell by cell when one of them is long enough to be read."""
    row = text[line.body : line.end]
    shown = row.strip(" \t|")
    cells = [match.span() for match in _CELL.finditer(row) if _VISIBLE.search(match.group())]
    prose = [len(_WORD.findall(row[start:end])) >= CELL_WORDS for start, end in cells]
    if len(cells) < 2 or not any(prose):  # noqa: PLR2004 (a row of one cell is a line)
        start = line.body + row.find(shown)
        yield Block(start, start + len(shown), prose=len(cells) == 1 and any(prose))
        return
    for (start, end), is_prose in zip(cells, prose, strict=True):
        yield Block(line.body + start, line.body + end, is_prose)
