"""In which sense it is said: of now, of the past or as over; denied; meant; and by whom.

The reader says whether a sentence is meant and the kind of document who speaks in it. Here the
words are found that bear that out, and those that put it in the past, say that it is over, or
negate (after the modifiers of ConText, Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002).
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from unsolved.evidence.cues import assertion_words
from unsolved.evidence.model import Evidence, Quote, Span
from unsolved.evidence.past import past_words
from unsolved.evidence.speaker import speaker_words

WORDS = Path(__file__).with_name("sense.toml")


class Tense(StrEnum):
    """Whether a sentence speaks of the time of writing, of an earlier one, or of an end."""

    NOW = "now"
    PAST = "past"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that negates, how far it reaches, and whether what it denies is trouble.

    "No shortages" denies trouble; "no spare parts" is trouble.
    """

    words: Quote
    reach: Quote
    denies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """In which sense a sentence is said, each with the words that decided; none is by default.

    ``assertion`` and ``speaker`` hold the words that bear out what the reader and the kind of
    document say; they are empty where a sentence has none. All places are in the sentence.
    """

    tense: Tense
    tense_words: tuple[Quote, ...]
    negations: tuple[Negation, ...]
    assertion_words: tuple[Quote, ...]
    speaker_words: tuple[Quote, ...]

    @property
    def denies(self) -> bool:
        """Whether it says that there is no trouble."""
        return any(negation.denies for negation in self.negations)


def sense_of(piece: Evidence) -> Sense:
    """Return in which sense a piece of evidence is said."""
    text = piece.quote.text
    tense, tense_words = tense_of(text, piece.said_on)
    return Sense(
        tense=tense,
        tense_words=tense_words,
        negations=negations(text),
        assertion_words=_cut(text, assertion_words(text, piece.assertion)),
        speaker_words=_cut(text, speaker_words(text, piece.speaker)),
    )


def tense_of(text: str, said_on: date | None) -> tuple[Tense, tuple[Quote, ...]]:
    """Return of which time a sentence speaks, and the words that say so.

    >>> tense_of("Shelves are no longer empty.", None)[0].value
    'over'
    >>> tense_of("In 2000 the tool ordered too much.", date(2004, 6, 15))[1][0].text
    '2000'
    """
    ends = _cut(text, (Span(*found.span()) for found in _patterns().over.finditer(text)))
    ends = ends or tuple(n.reach for n in negations(text) if n.denies and _ends(n))
    if ends:
        return Tense.OVER, ends
    past = past_words(text, said_on)
    return (Tense.PAST if past else Tense.NOW), _cut(text, past)


def negations(text: str) -> tuple[Negation, ...]:
    """Return what a sentence negates, in the order of the places.

    >>> [(n.reach.text, n.denies) for n in negations("There are no shortages but no parts.")]
    [('no shortages', True), ('no parts', False)]
    """
    words = _patterns()
    return tuple(_negation(text, found, words) for found in words.negates.finditer(text))


def _negation(text: str, found: re.Match[str], words: "_Patterns") -> Negation:
    stop = words.stops.search(text, found.end())
    end = len(text[: stop.start() if stop else len(text)].rstrip(" .!?\n"))
    reach = Span(found.start(), max(end, found.end()))
    denies = words.troubles.match(text[found.end() : reach.end].lstrip())
    quote = Quote.cut(text, Span(*found.span()))
    return Negation(quote, Quote.cut(text, reach), denies is not None)


def _ends(negation: Negation) -> bool:
    return negation.words.text.casefold() == "no longer"


def _cut(text: str, spans: Iterable[Span]) -> tuple[Quote, ...]:
    return tuple(Quote.cut(text, span) for span in spans)


@dataclass(frozen=True, slots=True)
class _Patterns:
    negates: re.Pattern[str]
    stops: re.Pattern[str]
    troubles: re.Pattern[str]
    over: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    told = tomllib.loads(WORDS.read_text("utf-8"))
    verbs = "be|been|see|seen|have|has|had|faces?|experienced?|expect|report(?:ed)?"
    after_no = rf"(?:(?:{verbs}|a|an|any) )*"
    return _Patterns(
        negates=re.compile(
            rf"(?<!\w)(?:{'|'.join(told['negates'])})(?!\w)|(?<=\w)n't\b", re.IGNORECASE
        ),
        stops=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, told['stops']))})(?!\w)"),
        troubles=re.compile(
            rf"{after_no}(?:{'|'.join(told['troubles'])})(?!\w)", re.IGNORECASE
        ),
        over=re.compile(rf"(?<!\w)(?:{'|'.join(told['over'])})(?!\w)", re.IGNORECASE),
    )
