"""A text, cut into sentences that each know their place.

nupunkt (Bommarito et al. 2025, arXiv:2504.04131) knows the abbreviations of law and finance.
Around it we keep what filings need: layout (`layout.blocks`), a few joins and cuts that it
misses, and a bound on length, so that neither time nor memory depends on how a text is made.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Protocol, cast

import nupunkt

from unsolved.evidence.layout import blocks, is_heading, is_row
from unsolved.evidence.model import Span

LONGEST = 1500  # characters; whatever is longer is cut at a pause
WINDOW = 8192  # as much as nupunkt sees at once: on "!?!?!?" its time grows with the square
FEWEST_WORDS = 4

Place = tuple[int, int]

_BREAKS = "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029\t"
_VISIBLE = re.compile(r"[^\W_]")
_MAY_END = re.compile(r"[.!?\u2026](?=\W)")
# What stands before a name or a number and so ends no sentence.
_LEADS = {
    *("mr.", "mrs.", "ms.", "dr.", "prof.", "gen.", "lt.", "col.", "sgt.", "capt.", "maj."),
    *("gov.", "sen.", "rep.", "hon.", "messrs.", "cf.", "e.g.", "i.e.", "viz.", "approx."),
    *("incl.", "vs."),
}
_COUNTS = {
    *("no.", "nos.", "fig.", "sec.", "art.", "vol.", "p.", "pp.", "ch.", "ex.", "par."),
    "cl.",
}
_ITEM = re.compile(
    r"(?:item|part|section|chapter|note|schedule)\s+[\dIVX]+[A-Z]?\.", re.IGNORECASE
)
# What may end a sentence, but not when a small letter comes next.
_SHORT = re.compile(
    r"(?:^|[\s(.\d])(?:[A-Za-z]|bn|mn|mio|tn|est|inc|corp|co|ltd|plc|llc|bros|dept|jan|feb|mar|apr"
    r"|aug|sept?|oct|nov|dec|etc|jr|sr|ave|st|avg|max|min|hrs|ed|eds|al|ver)\.$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\[\d{1,3}\]\s*")
# A company or a country ends the sentence after all when such a word comes next.
_AFTER_ALL = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Ltd|plc|LLC|etc|Jr|Sr)|U\.S|U\.K|E\.U|D\.C|[ap]\.m)\.(\s+)"
    r"(?=(?:The|We|It|In|This|These|Our|However|They|He|She|As|On|At|If|For|But|When|Later)\s)"
)
_STOP_INSIDE = re.compile(r"\.\s")  # rare, and without it nothing ends after all
_INLINE = re.compile(r"(?<=\s)[•‣▪■●](?=\s)")
_PAUSES = (re.compile(r"[;:]\s"), re.compile(r",\s|\s[\u2013—-]\s"), re.compile(r"\s"))
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|being|am|has|have|had|do|does|did|will|would|can|could|may"
    r"|might|must|shall|should|cannot|\w+n['\u2019]t|went|began|took|gave|made|came|lost|led|left"
    r"|kept|held|ran|rose|fell|grew|cut|said|told|sold|bought|built|spent|brought|chose|put"
    r"|[a-z]{2,}(?:ed|ing|es|[^s\W]s))\b"
)
_STOPS = frozenset(".!?")
_CLOSERS = "\"')]\u2019\u201d"
_LINKS = ("http://", "https://", "www.", "](")


class _Punkt(Protocol):
    def span_tokenize(self, text: str) -> Iterable[Place]: ...


def split(text: str) -> list[Span]:
    r"""Return the sentences of a text: in order, apart from each other, none of it blank.

    Every letter and digit stands in a sentence, except in the marker of a list item.

    >>> split("We tried. It failed.\n")
    [Span(start=0, end=9), Span(start=10, end=20)]
    """
    return list(walk(text))


def walk(text: str) -> Iterator[Span]:
    """Yield what `split` returns, one at a time, for texts that are long."""
    for start, end, prose in blocks(text):
        if prose:
            yield from _sentences(text, start, end)
        else:
            yield from _bounded(text, start, end)


def worth_reading(text: str) -> bool:
    """Whether a sentence is running text, and not a row, a heading, a page number or links."""
    tokens = text.split()
    words = [token for token in tokens if token.isalpha()]
    if len(words) < len(tokens):
        words += _WORD.findall(" ".join([token for token in tokens if not token.isalpha()]))
    shown = text.strip()
    if len(words) < FEWEST_WORDS or is_row(shown) or is_heading(shown):
        return False
    if sum(map(len, words)) * 2 < sum(map(len, tokens)):
        return False
    if sum(map(str.isupper, words)) * 2 > len(words):
        return False
    if "://" in text or "www." in text or "](" in text:
        links = sum(map(text.count, _LINKS))
        if links * FEWEST_WORDS * 2 > len(words):
            return False
    # What ends like a sentence is one, also when its verb is none that we can tell by its form.
    return shown.rstrip(_CLOSERS)[-1:] in _STOPS or bool(_VERB.search(text))


@cache
def _punkt() -> _Punkt:
    return cast("_Punkt", nupunkt.load("default"))


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut a passage window by window; the last sentence of one begins the next."""
    while start < end:
        until = min(start + WINDOW, end)
        piece = _on_one_line(text[start:until])
        places = _mended(piece, _cut(piece))
        if until < end and len(places) > 1:
            until = start + places[-1][0]
            places.pop()
        elif until < end:
            until = start + _pause(piece, WINDOW)
            places = [(0, until - start)]
        for first, last in places:
            yield from _bounded(text, start + first, start + last)
        start = until


def _on_one_line(text: str) -> str:
    for mark in _BREAKS:
        text = text.replace(mark, " ")
    return text


def _cut(text: str) -> list[Place]:
    """Cut where nupunkt does, which need not be asked when no stop stands inside."""
    if _MAY_END.search(text):
        return list(_punkt().span_tokenize(text))
    return [(0, len(text.rstrip()))]


def _mended(text: str, places: list[Place]) -> list[Place]:
    """Join what was cut in the middle, then cut what was left together."""
    joined: list[Place] = []
    for start, end in places:
        begin = start
        if not joined:
            pass
        elif text[start] == "[" and (note := _NOTE.match(text, start, end)):
            begin = note.end()
            joined[-1] = (joined[-1][0], begin)
        elif _runs_on(text[joined[-1][0] : joined[-1][1]].rstrip(), text[start:end]):
            begin = joined.pop()[0]
        if begin < end:
            joined.append((begin, end))
    bullets = not text.isascii() and _INLINE.search(text)
    return [
        place
        for start, end in joined
        for place in (
            _after_all(text, start, end)
            if bullets or _STOP_INSIDE.search(text, start, end)
            else ((start, end),)
        )
    ]


def _runs_on(left: str, right: str) -> bool:
    """Whether two pieces are one sentence after all."""
    if not left.endswith("."):
        return False
    tail, head = left[-12:], right.lstrip()[:1]
    word = tail.split()[-1].rpartition("(")[2].lower()
    if word in _LEADS or (_ITEM.fullmatch(left) and is_heading(right)):
        return True
    if word in _COUNTS:
        return head.isdigit()
    return head.islower() and bool(_SHORT.search(tail))


def _after_all(text: str, start: int, end: int) -> Iterator[Place]:
    """Cut at companies that end a sentence, and at bullets that lost their line."""
    cuts = [start, *(match.end() for match in _AFTER_ALL.finditer(text, start, end)), end]
    cuts.extend(at for match in _INLINE.finditer(text, start, end) for at in match.span())
    yield from pairwise(sorted(cuts))


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence without outer white space, in pieces when it is too long."""
    while start < end:
        until = end
        if end - start > LONGEST:
            until = start + _pause(text[start : start + LONGEST], LONGEST)
        shown = text[start:until]
        first, last = until - len(shown.lstrip()), start + len(shown.rstrip())
        if first < last and (text[first].isalnum() or _VISIBLE.search(text, first, last)):
            yield Span(first, last)
        start = until


def _pause(text: str, limit: int) -> int:
    """Return where to cut a text that has no end: after the last pause in its second half."""
    for pause in _PAUSES:
        places = [match.end() for match in pause.finditer(text, limit // 2, limit)]
        if places:
            return places[-1]
    return limit
