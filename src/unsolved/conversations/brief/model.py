"""What stands on the page that a seller reads before a call, and on which quote it rests.

Nothing can be said here of an organisation but in its own or somebody's words: a statement is
cut from a quote, and a claim of ours cannot be made without the quotes that bear it out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Self

from unsolved.conversations.acts import Topic
from unsolved.conversations.brief.clause import stands_in
from unsolved.evidence import Evidence, Quote, Speaker
from unsolved.prospects import Outcome, Standing
from unsolved.sources import Organisation

YEAR = 365
"""Facts of more days than this are old: they have to be asked about again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where something is said: a quote in its document, who says it, and how long ago."""

    id: int
    document_id: int
    quote: Quote
    title: str
    kind: str
    speaker: Speaker
    said_on: date | None
    days: int | None
    """How many days ago it was said; None when that is not known."""

    @classmethod
    def of(cls, piece: Evidence, today: date) -> Self:
        """Cite a piece of evidence."""
        return cls(
            id=piece.id,
            document_id=piece.document_id,
            quote=piece.quote,
            title=piece.title,
            kind=piece.kind,
            speaker=piece.speaker,
            said_on=piece.said_on,
            days=max((today - piece.said_on).days, 0) if piece.said_on else None,
        )

    @property
    def is_old(self) -> bool:
        """Whether it was said more than a year ago, or nobody knows when."""
        return self.days is None or self.days > YEAR

    @property
    def age(self) -> str:
        """How old it is, where that makes it doubtful; empty when it is fresh."""
        if self.days is None:
            return "undated"
        if not self.is_old:
            return ""
        return "over a year old" if self.years < 2 else f"{self.years} years old"  # noqa: PLR2004

    @property
    def years(self) -> int:
        """For how many full years it has been said."""
        return int((self.days or 0) / 365.25)


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of somebody about the organisation, cut from their quote.

    ``gloss`` says the same in a line, where a language model was asked to; see `phrasing`.
    """

    words: str
    citation: Citation
    gloss: str = ""

    def __post_init__(self) -> None:
        """Refuse words that nobody said."""
        if not isinstance(self.citation, Citation):
            raise TypeError("a statement needs the quote that it is cut from")
        if not stands_in(self.words, self.citation.quote.text):
            raise ValueError(f"that is not in its quote: {self.words!r}")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of ours about the organisation, with the quotes that bear it out."""

    text: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        """Refuse a sentence without a quote."""
        if not self.citations:
            raise ValueError(f"a claim needs a quote: {self.text!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One try at a fix: what it was, what came of it, and the words that say so."""

    claim: Claim
    outcome: Outcome
    told: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """In what another is alike; ``evidence`` says so, None for a fact on record."""

    text: str
    evidence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """An organisation like this one, with the same problem, and in what it is alike."""

    organisation_id: int
    name: str
    standing: Standing
    alike: tuple[Likeness, ...]

    def __post_init__(self) -> None:
        """Refuse one that is listed without a reason."""
        if not self.alike:
            raise ValueError(f"in what is {self.name} alike?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question worth asking; ``citations`` are what it speaks of, if of anything."""

    topic: Topic
    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Avoided:
    """What not to say yet, and why; ``citations`` where their own story says why."""

    what: str
    why: str
    citations: tuple[Citation, ...] = ()


class Way(StrEnum):
    """The two honest ways to open: with what was found out, or with what is seen elsewhere."""

    RESEARCH = "research"
    INSIGHT = "insight"


@dataclass(frozen=True, slots=True)
class Opener:
    """What one may open with; it cites what it says of the reader, if it says anything."""

    way: Way
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another problem on which the organisation can be briefed."""

    problem_id: str
    title: str
    standing: Standing
    eliminated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The page a seller reads before the call, in the order in which it is read."""

    organisation: Organisation
    problem_id: str
    title: str
    today: date
    standing: Standing | None
    probability: float | None
    stands: Claim | None
    """Where it stands and what says so most plainly; None where nothing was found."""

    eliminated: str | None
    documents_read: int
    sentences_read: int

    unknowns: tuple[str, ...]
    next_question: str
    goals: tuple[Statement, ...]
    usual_goals: tuple[str, ...]
    """What the problem usually blocks: not theirs, and shown where they said nothing of it."""

    short: tuple[Statement, ...]
    """Where they fall short: the problem, and what comes of it."""

    why: tuple[Statement, ...]
    tried: tuple[Tried, ...]
    presumption: Claim | None
    because: tuple[Statement, ...]
    """What causes us to say so: up to three answers, from different documents if possible."""

    peers: tuple[Peer, ...]
    considered: int
    """How many organisations with the same problem were looked at."""

    gaps: tuple[str, ...]
    questions: tuple[Asked, ...]
    avoided: tuple[Avoided, ...]
    openers: tuple[Opener, ...]
    others: tuple[Other, ...]

    @property
    def is_seen(self) -> bool:
        """Whether anything was found."""
        return self.stands is not None

    @property
    def statements(self) -> Iterator[Statement]:
        """Every statement of the page, those repeated included."""
        yield from (*self.goals, *self.short, *self.why, *self.because)
        for one in self.tried:
            yield from one.told

    @property
    def citations(self) -> dict[int, Citation]:
        """Everything cited on the page, by the id of the evidence."""
        found = {one.citation.id: one.citation for one in self.statements}
        claims = [self.stands, self.presumption, *(one.claim for one in self.tried)]
        for holder in (*claims, *self.questions, *self.avoided, *self.openers):
            found.update({one.id: one for one in (holder.citations if holder else ())})
        return found


SECTIONS = tuple(field.name for field in fields(Brief))
