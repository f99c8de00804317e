"""What belongs to what: attempts with their outcome, complaints with cause and consequence.

Every tie is a link, and a link says which sentence, by which rule, and how far apart.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from unsolved.evidence import Amount


class Outcome(StrEnum):
    """What came of an attempt, as far as told."""

    FAILED = "failed"
    PERSISTS = "persists"
    DENIED = "denied"
    RESOLVED = "resolved"
    UNDER_WAY = "under way"


class Role(StrEnum):
    """Who made an attempt."""

    OWN = "own people"
    VENDOR = "vendor"
    CONSULTANT = "consultant"
    REGULATOR = "ordered by a regulator"
    AUTHORITIES = "the authorities"


class Rule(StrEnum):
    """By which rule a sentence belongs where it is put."""

    FIRST = "tells of it first"
    NAME = "names the same thing"
    FIX = "speaks of the same fix"
    FOLLOWS = "goes on from the sentence before"
    NUMBERED = "tells of a further try too"
    RETURNS = "comes back to the last fix told"
    ALIKE = "says it in like words"
    SENTENCE = "says so in the same sentence"
    NEAREST = "nearest in the same document"
    NAMES = "names the same"
    BEFORE = "the last one stated before it"
    WHOLE = "about the problem, with no sentence nearer"
    ONLY = "no other attempt is told before it"
    LATEST = "the latest attempt told before it"
    AGAIN = "the problem is stated again"
    FURTHER = "a further try is told"
    CLAIM = "said to be resolved"
    OTHERS = "a third party says otherwise"
    LATER = "later evidence says otherwise"
    OPEN = "nothing told since says what came of it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That a sentence belongs to something: by which rule, and how far from what.

    ``to`` is the sentence it is tied to, or None. ``words`` are what both share. In one
    document the distance is in ``characters``, over time in ``days``; None when not known.
    ``shows`` is the outcome that it speaks for, if it is a reason for one.
    """

    evidence: int
    said_on: date | None
    rule: Rule
    to: int | None = None
    words: tuple[str, ...] = ()
    characters: int | None = None
    days: int | None = None
    shows: Outcome | None = None

    @property
    def text(self) -> str:
        """The rule, what is shared, and how far apart, in words."""
        shared = f" ({', '.join(self.words)})" if self.words else ""
        own = self.rule in {Rule.SENTENCE, Rule.FIRST, Rule.OPEN, Rule.WHOLE}
        far = "" if own else apart(self.characters, self.days)
        return f"{self.rule}{shared}{', ' + far if far else ''}"


def apart(characters: int | None, days: int | None) -> str:
    """Return a distance in words, or nothing where it is not known or none.

    >>> apart(None, 240), apart(120, 0), apart(-3, 0), apart(1, None)
    ('8 months later', '120 characters on', '3 characters before', 'at once')
    """
    if days:
        return f"{_long(abs(days))} {'later' if days > 0 else 'earlier'}"
    if characters is None:
        return "on the same day" if days == 0 else ""
    if abs(characters) <= 2:  # noqa: PLR2004 - a full stop and a blank
        return "at once"
    return f"{abs(characters)} characters {'on' if characters > 0 else 'before'}"


def _long(days: int) -> str:
    if days < 61:  # noqa: PLR2004 - under two months, days are said
        return f"{days} day{'s' if days > 1 else ''}"
    months = round(days / 30.44)
    if months < 24:  # noqa: PLR2004 - under two years, months are said
        return f"{months} months"
    return f"{round(days / 365.25)} years"


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made an attempt, by name if there is one, and the words that say so.

    ``evidence`` is None when nothing but the kind of fix speaks for it.
    """

    role: Role
    name: str | None
    evidence: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Spent:
    """Money that an attempt cost, or was to cost, and the sentence that says so."""

    amount: Amount
    evidence: int


@dataclass(frozen=True, slots=True)
class When:
    """When an attempt was made, in the words of a sentence."""

    first: date
    last: date
    words: str
    evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at a fix: what, who, when, what it cost, and what came of it, all in sentences.

    ``what`` names it in the words of its sentences, or is empty. ``told`` are the sentences
    that tell of it, from the first to the last. ``reasons`` are for the outcome first, and
    then for others, each sentence for one outcome.
    """

    kind: str
    what: str
    told: tuple[Link, ...]
    makers: tuple[Maker, ...]
    when: When | None
    spent: tuple[Spent, ...]
    against: Link | None
    outcome: Outcome
    reasons: tuple[Link, ...]

    @property
    def evidence(self) -> int:
        """The sentence that tells of it first."""
        return self.told[0].evidence

    @property
    def sentences(self) -> tuple[int, ...]:
        """All sentences that say anything of it, each once."""
        links = [*self.told, *self.reasons, *([self.against] if self.against else [])]
        return tuple(dict.fromkeys(link.evidence for link in links))

    @property
    def first_on(self) -> date | None:
        """When it was first told."""
        return self.told[0].said_on

    @property
    def last_on(self) -> date | None:
        """When it was last told."""
        return max((link.said_on for link in self.told if link.said_on), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A sentence that states the problem, with the causes and consequences that belong to it.

    ``evidence`` is None for those that belong to the problem and to none of its sentences.
    """

    evidence: int | None
    said_on: date | None
    causes: tuple[Link, ...]
    consequences: tuple[Link, ...]

    @property
    def sentences(self) -> tuple[int, ...]:
        """All sentences that belong to it, each once."""
        links = (link.evidence for link in (*self.causes, *self.consequences))
        own = [] if self.evidence is None else [self.evidence]
        return tuple(dict.fromkeys([*own, *links]))
