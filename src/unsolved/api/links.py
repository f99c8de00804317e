"""Attempts and complaints, every sentence with its quote: parts of the answers."""

from collections.abc import Mapping
from datetime import date
from typing import Self

from pydantic import BaseModel

from unsolved.api.sense import AmountOut
from unsolved.evidence import Evidence
from unsolved.prospects import Attempt, Complaint, Link, Maker, Outcome, Role, Rule, When

Known = Mapping[int, Evidence]


class LinkOut(BaseModel):
    """A sentence that belongs to something: by which rule, and how far from which other.

    ``characters`` count from the end of the sentence ``to`` in the same document, ``days``
    between the dates. ``shows`` is the outcome it speaks for.
    """

    evidence: int
    quote: str | None
    date: date | None
    rule: Rule
    to: int | None
    words: list[str]
    characters: int | None
    days: int | None
    shows: Outcome | None

    @classmethod
    def of(cls, link: Link, known: Known) -> Self:
        """Say it the way version 1 promised to."""
        piece = known.get(link.evidence)
        return cls(
            evidence=link.evidence,
            quote=piece.quote.text if piece else None,
            date=link.said_on,
            rule=link.rule,
            to=link.to,
            words=list(link.words),
            characters=link.characters,
            days=link.days,
            shows=link.shows,
        )


class MakerOut(BaseModel):
    """Who made an attempt; ``evidence`` is null where only the kind of fix says so."""

    role: Role
    name: str | None
    evidence: int | None
    words: str

    @classmethod
    def of(cls, maker: Maker) -> Self:
        """Say it the way version 1 promised to."""
        return cls(role=maker.role, name=maker.name, evidence=maker.evidence, words=maker.words)


class WhenOut(BaseModel):
    """When an attempt was made, in the words of a sentence."""

    first: date
    last: date
    words: str
    evidence: int

    @classmethod
    def of(cls, when: When) -> Self:
        """Say it the way version 1 promised to."""
        return cls(first=when.first, last=when.last, words=when.words, evidence=when.evidence)


class SpentOut(BaseModel):
    """Money that an attempt cost or was to cost."""

    amount: AmountOut
    evidence: int


class AttemptOut(BaseModel):
    """One try at a fix: what, who, when, what it cost, what came of it, and why we say so.

    ``evidence`` tells of it first, ``outcome_evidence`` is the first reason for the outcome.
    """

    what: str
    kind: str
    first_on: date | None
    last_on: date | None
    evidence: int
    when: WhenOut | None
    makers: list[MakerOut]
    spent: list[SpentOut]
    told: list[LinkOut]
    against: LinkOut | None
    outcome: Outcome
    outcome_evidence: int
    reasons: list[LinkOut]

    @classmethod
    def of(cls, attempt: Attempt, known: Known) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            what=attempt.what,
            kind=attempt.kind,
            first_on=attempt.first_on,
            last_on=attempt.last_on,
            evidence=attempt.evidence,
            when=WhenOut.of(attempt.when) if attempt.when else None,
            makers=[MakerOut.of(maker) for maker in attempt.makers],
            spent=[
                SpentOut(amount=AmountOut.told(one.amount), evidence=one.evidence)
                for one in attempt.spent
            ],
            told=[LinkOut.of(link, known) for link in attempt.told],
            against=LinkOut.of(attempt.against, known) if attempt.against else None,
            outcome=attempt.outcome,
            outcome_evidence=attempt.reasons[0].evidence,
            reasons=[LinkOut.of(link, known) for link in attempt.reasons],
        )


class ComplaintOut(BaseModel):
    """A sentence that states the problem, with the causes and consequences that belong to it.

    ``evidence`` is null for those that belong to the problem and to none of its sentences.
    """

    evidence: int | None
    quote: str | None
    date: date | None
    causes: list[LinkOut]
    consequences: list[LinkOut]

    @classmethod
    def of(cls, complaint: Complaint, known: Known) -> Self:
        """Say it the way version 1 promised to."""
        piece = known.get(complaint.evidence) if complaint.evidence is not None else None
        return cls(
            evidence=complaint.evidence,
            quote=piece.quote.text if piece else None,
            date=complaint.said_on,
            causes=[LinkOut.of(link, known) for link in complaint.causes],
            consequences=[LinkOut.of(link, known) for link in complaint.consequences],
        )
