"""Cuts a document's text into pieces, so that each quote can be shown in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from unsolved.evidence import Evidence, Span

PAGE = 200_000
"""The most characters of a document on one page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same quotes, and the quotes that begin and end with it."""

    text: str
    under: tuple[Evidence, ...]
    begin: tuple[Evidence, ...]
    end: tuple[Evidence, ...]


def pages(text: str, evidence: Sequence[Evidence], limit: int = PAGE) -> list[Span]:
    """Return where the pages of a text begin and end; together they are the text.

    A page ends after a line where it can, and never inside a quote. An empty text has none.
    """
    found: list[Span] = []
    start = 0
    while start < len(text):
        end = _end(text, start, limit)
        inside = [e.quote.span for e in evidence if e.quote.span.start < end < e.quote.span.end]
        if inside:
            first = min(span.start for span in inside)
            end = first if first > start else max(span.end for span in inside)
        found.append(Span(start, end))
        start = end
    return found


def page_of(spans: Sequence[Span], place: int) -> int:
    """Return which page, from 0, holds a place in the text; the last one if none does."""
    held = (number for number, span in enumerate(spans) if place < span.end)
    return next(held, max(len(spans) - 1, 0))


def pieces(text: str, evidence: Sequence[Evidence], span: Span) -> list[Piece]:
    """Return the text of ``span`` in pieces; joined, they are that text again."""
    near = [
        e for e in evidence if e.quote.span.start < span.end and e.quote.span.end > span.start
    ]
    cuts = {span.start, span.end}
    for known in near:
        cuts |= {max(known.quote.span.start, span.start), min(known.quote.span.end, span.end)}
    return [_piece(text, near, start, end) for start, end in pairwise(sorted(cuts))]


def _end(text: str, start: int, limit: int) -> int:
    if len(text) - start <= limit:
        return len(text)
    line = text.rfind("\n", start + limit // 2, start + limit)
    return line + 1 if line >= 0 else start + limit


def _piece(text: str, near: Sequence[Evidence], start: int, end: int) -> Piece:
    under = [e for e in near if e.quote.span.start <= start and end <= e.quote.span.end]
    return Piece(
        text=text[start:end],
        under=tuple(under),
        begin=tuple(e for e in under if e.quote.span.start == start),
        end=tuple(e for e in under if e.quote.span.end == end),
    )
