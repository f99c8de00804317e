"""In which sense a sentence is said, how much and when: parts of the answers."""

from datetime import date
from typing import Self

from pydantic import BaseModel

from unsolved.evidence import (
    Amount,
    Evidence,
    Measure,
    Negation,
    Period,
    Quote,
    Tense,
    amounts_in,
    periods_in,
    sense_of,
)


class WordsOut(BaseModel):
    """Words of a sentence; ``start`` and ``end`` are counted from where the sentence begins."""

    words: str
    start: int
    end: int

    @classmethod
    def of(cls, quote: Quote) -> Self:
        """Say it the way version 1 promised to."""
        return cls(words=quote.text, start=quote.span.start, end=quote.span.end)


class NegationOut(WordsOut):
    """What is negated; ``denies`` says that it is trouble which is denied."""

    denies: bool

    @classmethod
    def told(cls, negation: Negation) -> Self:
        """Say it the way version 1 promised to."""
        reach = negation.reach
        return cls(
            words=reach.text,
            start=reach.span.start,
            end=reach.span.end,
            denies=negation.denies,
        )


class AmountOut(WordsOut):
    """How much, from ``least`` to ``most``; null where it is open."""

    measure: Measure
    unit: str
    least: float | None
    most: float | None
    rough: bool

    @classmethod
    def told(cls, amount: Amount) -> Self:
        """Say it the way version 1 promised to."""
        words = amount.words
        return cls(
            words=words.text,
            start=words.span.start,
            end=words.span.end,
            measure=amount.measure,
            unit=amount.unit,
            least=amount.least,
            most=amount.most,
            rough=amount.is_rough,
        )


class PeriodOut(WordsOut):
    """When: the first and the last day."""

    first: date
    last: date

    @classmethod
    def told(cls, period: Period) -> Self:
        """Say it the way version 1 promised to."""
        words = period.words
        return cls(
            words=words.text,
            start=words.span.start,
            end=words.span.end,
            first=period.first,
            last=period.last,
        )


class SenseOut(BaseModel):
    """Of which time a sentence is, what it negates, and the words that decided.

    ``assertion_words`` and ``speaker_words`` bear out what the reader and the kind of document
    say; a sentence may have none.
    """

    tense: Tense
    tense_words: list[WordsOut]
    denies: bool
    negations: list[NegationOut]
    assertion_words: list[WordsOut]
    speaker_words: list[WordsOut]
    amounts: list[AmountOut]
    periods: list[PeriodOut]

    @classmethod
    def of(cls, known: Evidence) -> Self:
        """Say it the way version 1 promised to."""
        sense = sense_of(known)
        return cls(
            tense=sense.tense,
            tense_words=[WordsOut.of(quote) for quote in sense.tense_words],
            denies=sense.denies,
            negations=[NegationOut.told(negation) for negation in sense.negations],
            assertion_words=[WordsOut.of(quote) for quote in sense.assertion_words],
            speaker_words=[WordsOut.of(quote) for quote in sense.speaker_words],
            amounts=[AmountOut.told(amount) for amount in amounts_in(known.quote.text)],
            periods=[
                PeriodOut.told(period) for period in periods_in(known.quote.text, known.said_on)
            ],
        )
