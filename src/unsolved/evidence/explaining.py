"""Why does a sentence get its labels, and why is it held to be about a problem?

For the labels every part is left out in turn (each word, each neighbour, the kind of document)
and the reader reads the rest: what its log-odds lose is what the part was worth. That asks
nothing of a reader but to read, so it is true of any, and of the one that is really used
(occlusion: Zeiler & Fergus 2014, arXiv:1311.2901; for words Li et al. 2016, arXiv:1612.08220).
Such worths do not add up to the whole, since words work together.

For a match the features are weighed and added, so there the parts do add up.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import exp, fsum, log

from unsolved.evidence.cues import Fired, explain
from unsolved.evidence.model import Evidence, Facet, Label, Reader, Sentence, Span, Verdict
from unsolved.evidence.reading import Method
from unsolved.evidence.sentences import split, worth_reading

MOST_PARTS = 60
"""Of longer sentences, several words are left out together."""

SUREST = 0.999
"""Readers round to four places; nearer to 0 and 1 the log-odds would be noise."""

_WORD = re.compile(r"\S+")


class Role(StrEnum):
    """What can be left out."""

    WORD = "word"
    BEFORE = "sentence before"
    AFTER = "sentence after"
    KIND = "kind of document"


@dataclass(frozen=True, slots=True)
class Part:
    """What was left out, and what each facet's log-odds lost by it (below 0: it spoke against).

    ``span`` is a word's place in the sentence, and None for what is around it.
    """

    role: Role
    text: str
    span: Span | None
    worth: Mapping[Facet, float]


@dataclass(frozen=True, slots=True)
class Labelling:
    """What a reader makes of a sentence, what every part is worth to it, and the cues in it."""

    reader: str
    sentence: Sentence
    label: Label
    parts: tuple[Part, ...]
    cues: tuple[Fired, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """Why a sentence is about a problem: parts in log-odds, which add up.

    ``verdict`` is what a person said, which settles it whatever the parts say; ``terms`` are
    the problem's own terms in the sentence.
    """

    problem_id: str
    parts: tuple[tuple[str, float], ...]
    terms: tuple[str, ...]
    verdict: Verdict | None

    @property
    def log_odds(self) -> float:
        """The parts, added up."""
        return fsum(worth for _, worth in self.parts)

    @property
    def probability(self) -> float:
        """The same as a probability, in (0, 1)."""
        return 1 / (1 + exp(-self.log_odds))


@dataclass(frozen=True, slots=True)
class Why:
    """Why a piece of evidence says what it is held to say, and is about what it is."""

    labelling: Labelling
    weighings: tuple[Weighing, ...]


def why(piece: Evidence, text: str, method: Method) -> Why:
    """Return why a sentence of the document ``text`` is labelled and matched as it is."""
    texts, at = _in_place(text, piece)
    before, after = texts[max(0, at - 2) : at], texts[at + 1 : at + 2]
    sentence = Sentence(texts[at], tuple(before), tuple(after), piece.kind)
    weighed = method.matcher.weigh(piece.title, texts, at)
    known = set(piece.matches) | set(piece.verdicts)
    found = [
        Weighing(
            problem_id=problem,
            parts=(*parts, *_taught(piece, problem)),
            terms=method.matcher.terms(piece.quote.text)[problem],
            verdict=piece.verdicts.get(problem),
        )
        for problem, parts in weighed.items()
        if problem in known
    ]
    ordered = sorted(found, key=lambda one: (-piece.matches[one.problem_id], one.problem_id))
    return Why(label(sentence, method.reader), tuple(ordered))


def label(sentence: Sentence, reader: Reader) -> Labelling:
    """Return what a reader makes of a sentence, and what every part of it is worth."""
    left_out = list(_left_out(sentence))
    whole, *without = reader.label([sentence, *(rest for _, _, _, rest in left_out)])
    parts = [
        Part(role, text, span, _lost(whole, other))
        for (role, text, span, _), other in zip(left_out, without, strict=True)
    ]
    return Labelling(
        reader=reader.name,
        sentence=sentence,
        label=whole,
        parts=tuple(parts),
        cues=tuple(explain(sentence)),
    )


def _left_out(sentence: Sentence) -> Iterator[tuple[Role, str, Span | None, Sentence]]:
    """Yield every part of a sentence with what is left without it."""
    text = sentence.text
    places = [Span(*found.span()) for found in _WORD.finditer(text)]
    size = -(-len(places) // MOST_PARTS) or 1
    for at in range(0, len(places) if len(places) > 1 else 0, size):
        span = Span(places[at].start, places[min(at + size, len(places)) - 1].end)
        rest = f"{text[: span.start].rstrip()} {text[span.end :].lstrip()}".strip()
        yield Role.WORD, text[span.start : span.end], span, replace(sentence, text=rest)
    for at, near in enumerate(sentence.before):
        others = sentence.before[:at] + sentence.before[at + 1 :]
        yield Role.BEFORE, near, None, replace(sentence, before=others)
    for at, near in enumerate(sentence.after):
        others = sentence.after[:at] + sentence.after[at + 1 :]
        yield Role.AFTER, near, None, replace(sentence, after=others)
    if sentence.kind:
        yield Role.KIND, sentence.kind, None, replace(sentence, kind=None)


def _lost(whole: Label, without: Label) -> dict[Facet, float]:
    return {
        facet: round(_log_odds(whole.facets[facet]) - _log_odds(without.facets[facet]), 3)
        for facet in Facet
    }


def _log_odds(p: float) -> float:
    known = min(max(p, 1 - SUREST), SUREST)
    return log(known / (1 - known))


def _taught(piece: Evidence, problem: str) -> Iterator[tuple[str, float]]:
    """Yield what people said of sentences like it adds to its match."""
    before = (piece.untaught or {}).get(problem)
    if before and problem not in piece.verdicts and before != piece.matches[problem]:
        added = _log_odds(piece.matches[problem]) - _log_odds(before)
        yield "what was said of sentences like it", added


def _in_place(text: str, piece: Evidence) -> tuple[Sequence[str], int]:
    """Return the sentences of the document, and which of them the piece is."""
    spans = [span for span in split(text) if worth_reading(text[span.start : span.end])]
    if piece.quote.span not in spans:  # cut by an earlier version of ours
        return [piece.quote.text], 0
    return [text[s.start : s.end] for s in spans], spans.index(piece.quote.span)
