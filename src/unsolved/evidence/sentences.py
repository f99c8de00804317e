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

_ONE_LINE = str.maketrans(dict.fromkeys("\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029\t", " "))
_VISIBLE = re.compile(r"[^\W_]")
# What stands before a name or a number and so ends no sentence.
_LEADS = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Maj|Gov|Sen|Rep|Hon|Messrs|cf|e\.g|i\.e"
    r"|viz|approx|incl|vs)\.$",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"(?:^|[\s(])(?:No|Nos|Fig|Sec|Art|Vol|pp?|Ch|Ex|Par|Cl)\.$", re.IGNORECASE
)
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
_INLINE = re.compile(r"(?<=\s)[•‣▪■●](?=\s)")
_PAUSES = (re.compile(r"[;:]\s"), re.compile(r",\s|\s[\u2013—-]\s"), re.compile(r"\s"))
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|being|am|has|have|had|do|does|did|will|would|can|could|may"
    r"|might|must|shall|should|cannot|\w+n['\u2019]t|went|began|took|gave|made|came|lost|led|left"
    r"|kept|held|ran|rose|fell|grew|cut|said|told|sold|bought|built|spent|brought|chose|put"
    r"|[a-z]{2,}(?:ed|ing|es|[^s\W]s))\b"
)
_STOP = re.compile(r"[.!?][\"')\]\u2019\u201d]*\s*$")
_LINK = re.compile(r"https?://|www\.|\]\(")


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
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS or is_row(text.strip()) or is_heading(text.strip()):
        return False
    letters = sum(map(len, words))
    shown = sum(not character.isspace() for character in text)
    capitals = sum(word.isupper() for word in words)
    if letters * 2 < shown or capitals * 2 > len(words):
        return False
    if len(_LINK.findall(text)) * FEWEST_WORDS * 2 > len(words):
        return False
    # What ends like a sentence is one, also when its verb is none that we can tell by its form.
    return bool(_STOP.search(text) or _VERB.search(text))


@cache
def _punkt() -> _Punkt:
    return cast("_Punkt", nupunkt.load("default"))


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut a passage window by window; the last sentence of one begins the next."""
    while start < end:
        until = min(start + WINDOW, end)
        piece = text[start:until].translate(_ONE_LINE)
        places = _mended(piece, list(_punkt().span_tokenize(piece)))
        if until < end and len(places) > 1:
            until = start + places[-1][0]
            places.pop()
        elif until < end:
            until = start + _pause(piece, WINDOW)
            places = [(0, until - start)]
        for first, last in places:
            yield from _bounded(text, start + first, start + last)
        start = until


def _mended(text: str, places: list[Place]) -> list[Place]:
    """Join what was cut in the middle, then cut what was left together."""
    joined: list[Place] = []
    for start, end in places:
        begin = start
        if joined and (note := _NOTE.match(text, start, end)):
            begin = note.end()
            joined[-1] = (joined[-1][0], begin)
        elif joined and _runs_on(text[joined[-1][0] : joined[-1][1]].rstrip(), text[start:end]):
            begin = joined.pop()[0]
        if begin < end:
            joined.append((begin, end))
    return [place for start, end in joined for place in _after_all(text, start, end)]


def _runs_on(left: str, right: str) -> bool:
    """Whether two pieces are one sentence after all."""
    tail, head = left[-12:], right.lstrip()[:1]
    if _LEADS.search(tail) or (_ITEM.fullmatch(left) and is_heading(right)):
        return True
    if _COUNTS.search(tail):
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
        first = start + len(shown) - len(shown.lstrip())
        last = first + len(shown.strip())
        if first < last and _VISIBLE.search(text, first, last):
            yield Span(first, last)
        start = until


def _pause(text: str, limit: int) -> int:
    """Return where to cut a text that has no end: after the last pause in its second half."""
    for pause in _PAUSES:
        places = [match.end() for match in pause.finditer(text, limit // 2, limit)]
        if places:
            return places[-1]
    return limit
