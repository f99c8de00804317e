"""How one document is read: sentences, what they say, who speaks, and which problem."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from unsolved.evidence.match import Matcher
from unsolved.evidence.model import (
    Assertion,
    Label,
    Quote,
    Reader,
    Sentence,
    Span,
    Speaker,
)
from unsolved.evidence.sentences import split, worth_reading
from unsolved.evidence.speaker import speaker
from unsolved.evidence.statement import statement_key

VERSION = "reading 2"
BATCH = 1024
"""Sentences given to a reader at once, so that a long document needs no more memory."""

LEAST_MATCH = 0.05
"""Matches less likely than this are not kept."""


@dataclass(frozen=True, slots=True)
class Found:
    """A quote with what it says: evidence before it is kept."""

    quote: Quote
    label: Label
    assertion: Assertion
    speaker: Speaker
    statement: str
    matches: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Method:
    """Who reads and who matches: all that the outcome of a reading depends on."""

    reader: Reader
    matcher: Matcher

    @property
    def fingerprint(self) -> str:
        """What changes exactly when the outcome could."""
        parts = (VERSION, self.reader.fingerprint, self.matcher.fingerprint)
        return sha256("\n".join(parts).encode()).hexdigest()[:16]


def read(text: str, *, kind: str, title: str, method: Method) -> tuple[list[Found], int]:
    """Return the evidence in a document, in its order, and how many sentences were read."""
    spans = [s for s in split(text) if worth_reading(text[s.start : s.end])]
    texts = [text[s.start : s.end] for s in spans]
    said: dict[int, Label] = {}
    for start in range(0, len(texts), BATCH):
        labels = method.reader.label(list(_in_context(texts, kind, start)))
        said.update((start + i, label) for i, label in enumerate(labels) if label.labels)
    chosen = list(said)
    matched = method.matcher.match(title, texts, chosen)
    names = [problem.id for problem in method.matcher.library.problems]
    return [
        _found(text, spans[i], kind, said[i], dict(zip(names, row, strict=True)))
        for i, row in zip(chosen, matched.tolist(), strict=True)
    ], len(texts)


def sentences(text: str, kind: str) -> list[Sentence]:
    """Return the sentences of a document as a reader gets them."""
    texts = [text[s.start : s.end] for s in split(text) if worth_reading(text[s.start : s.end])]
    starts = range(0, len(texts), BATCH)
    return [one for start in starts for one in _in_context(texts, kind, start)]


def _in_context(texts: Sequence[str], kind: str, start: int) -> Iterator[Sentence]:
    for i in range(start, min(start + BATCH, len(texts))):
        before, after = texts[max(0, i - 2) : i], texts[i + 1 : i + 2]
        yield Sentence(texts[i], tuple(before), tuple(after), kind)


def _found(
    text: str, span: Span, kind: str, label: Label, matches: Mapping[str, float]
) -> Found:
    quote = Quote.cut(text, span)
    return Found(
        quote=quote,
        label=label,
        assertion=label.assertion or Assertion.ACTUAL,
        speaker=speaker(quote.text, kind),
        statement=statement_key(quote.text),
        matches={name: round(p, 4) for name, p in matches.items() if p >= LEAST_MATCH},
    )
