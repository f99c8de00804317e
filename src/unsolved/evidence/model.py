"""Words with their place, what they say, and the one thing a reader must do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, Self


class Facet(StrEnum):
    """What a sentence can say about a problem; one sentence may say several things."""

    GOAL = "goal"
    PROBLEM = "problem"
    CAUSE = "cause"
    CONSEQUENCE = "consequence"
    ATTEMPT = "attempt"
    FAILURE = "failure"
    RESOLVED = "resolved"
    URGENCY = "urgency"


class Assertion(StrEnum):
    """Whether the writer means it: it is so, it might be, or it is about somebody else."""

    ACTUAL = "actual"
    HYPOTHETICAL = "hypothetical"
    OTHER = "other"


class Speaker(StrEnum):
    """Who says it: the organisation about itself, or somebody else about the organisation."""

    ORGANISATION = "organisation"
    THIRD_PARTY = "third party"


class FixKind(StrEnum):
    """What kind of fix an attempt or a failure is about."""

    INTERNAL = "internal"
    VENDOR = "vendor"
    REORG = "reorg"
    OUTSIDE = "outside"
    PROGRAMME = "programme"
    OTHER = "other"


class Verdict(StrEnum):
    """What a person says of a sentence and a problem: it is about it, or it is not."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a document's text, in characters, the end left out."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a place that cannot be."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"no such place: {self.start}-{self.end}")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words with their place, so that anyone can go and check them."""

    text: str
    span: Span

    @classmethod
    def cut(cls, document: str, span: Span) -> Self:
        """Cut the quote out of ``document``."""
        if span.end > len(document):
            raise ValueError("a quote cannot end after its document does")
        return cls(document[span.start : span.end], span)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a reader gets it: its text, what stands around it, the kind of document.

    ``before`` holds up to two sentences in reading order, ``after`` up to one. ``kind`` is
    the kind of document (filing, news, audit, transcript …), or None when it is not known.
    """

    text: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader makes of one sentence.

    ``facets`` gives a probability in [0, 1] for each of the eight facets; ``labels`` are
    those over the reader's threshold. ``assertion`` is None when there are no labels;
    ``fix`` is given only with an attempt or a failure.
    """

    facets: Mapping[Facet, float]
    labels: frozenset[Facet]
    assertion: Assertion | None = None
    fix: FixKind | None = None


class Reader(Protocol):
    """Somebody who reads sentences and says what they say.

    A reader thinks and does nothing else: no database, no network, no clock.
    """

    @property
    def name(self) -> str:
        """How the reader is called in settings, in the database and on screen."""

    @property
    def fingerprint(self) -> str:
        """What changes exactly when the reader could answer differently."""

    def label(self, sentences: Sequence[Sentence]) -> list[Label]:
        """Return one label a sentence, in order. The answer does not depend on the batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A quote with what it says, whether the writer means it, and what it is about.

    ``matches`` gives, for each problem it may be about, a probability in (0, 1]; 0 where a
    person dismissed it. Two pieces with the same ``statement`` say the same words, but for
    figures and small change. ``lineage`` is what all versions of its document share: their
    source and what that calls them. ``verdicts`` holds the problems on which people have
    spoken, and ``untaught`` the matches as they were before anybody spoke.
    """

    id: int
    document_id: int
    organisation_id: int
    quote: Quote
    facets: Mapping[Facet, float]
    labels: frozenset[Facet]
    assertion: Assertion
    speaker: Speaker
    fix: FixKind | None
    statement: str
    matches: Mapping[str, float]
    title: str
    kind: str
    said_on: date | None
    lineage: tuple[int, str] = (0, "")
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    untaught: Mapping[str, float] | None = None

    def is_dismissed(self, problem_id: str) -> bool:
        """Whether a person said that it is not about the problem."""
        return self.verdicts.get(problem_id) is Verdict.DISMISSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a person said of one sentence, in one document, and one problem.

    It knows the sentence by its words, not by the piece of evidence, which the next reading
    makes anew. ``document_id`` is the version it was said of, ``lineage`` what all versions
    share.
    """

    problem_id: str
    verdict: Verdict
    quote: Quote
    statement: str
    lineage: tuple[int, str]
    document_id: int
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that nobody has read with what we know today."""

    id: int
    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading has come: documents and sentences read, and documents still to read."""

    documents: int
    sentences: int
    left: int


@dataclass(frozen=True, slots=True)
class Hands:
    """How many processes may read, 0 for one a core, and from how many characters on.

    To start others pays only when there is much to read: they need seconds to begin.
    """

    processes: int = 1
    enough: int = 2_000_000


ALONE = Hands()
