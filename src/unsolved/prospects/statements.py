"""What an organisation, or somebody about it, states on one problem, each thing once.

A sentence repeated year after year is one statement that persists; a sentence that many
organisations share is boilerplate and counts for little.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from unsolved.evidence import (
    Assertion,
    Evidence,
    Facet,
    FixKind,
    Speaker,
    looks_back,
    resemblance,
    speaks_of_now,
)

ALIKE = 0.8
"""Sentences sharing this much of their words say the same (Jaccard)."""

NEAR = 500
"""A look back goes on in what follows within so many characters, until now is spoken of."""

LEAST = 0.1
"""Facets, and matches, less likely than this say nothing."""

BOILERPLATE = 3
"""From this many organisations on, shared words are boilerplate."""

STATES: Mapping[Facet, float] = {
    Facet.PROBLEM: 1.0,
    Facet.FAILURE: 1.0,
    Facet.CONSEQUENCE: 0.7,
    Facet.CAUSE: 0.7,
    Facet.RESOLVED: 0.7,
    Facet.ATTEMPT: 0.5,
    Facet.URGENCY: 0.5,
}
"""How strongly a facet shows that there is, or was, a problem. A goal alone shows none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing said on one problem, when, by whom, and how strongly each facet is meant.

    ``strength`` of a facet is in [0, 1]: how likely the sentence says it, times how likely it
    is about the problem, less if it is boilerplate. ``match`` is how likely it is about the
    problem; ``own`` how much the words are its own: 1, and less for boilerplate.
    ``again_on`` are later dates of the same, ``again`` the evidence of each; ``is_history``
    says that it looks back on an earlier time.
    """

    evidence: int
    document: int
    start: int
    end: int
    quote: str
    said_on: date | None
    assertion: Assertion
    speaker: Speaker
    fix: FixKind | None
    match: float
    own: float
    strength: Mapping[Facet, float]
    again_on: tuple[date, ...] = ()
    again: tuple[int, ...] = ()
    is_history: bool = False

    def says(self, *facets: Facet) -> float:
        """Return how strongly any of the facets is said."""
        return max((self.strength.get(facet, 0.0) for facet in facets), default=0.0)

    @property
    def shows(self) -> float:
        """How strongly it shows that there is, or was, a problem, in [0, 1]."""
        return max((share * self.says(facet) for facet, share in STATES.items()), default=0.0)

    @property
    def last_on(self) -> date | None:
        """When it was last said, or None when no date is known."""
        return max((day for day in (self.said_on, *self.again_on) if day), default=None)

    @property
    def is_meant(self) -> bool:
        """Whether it is said of the organisation as a fact."""
        return self.assertion is Assertion.ACTUAL


def statements(
    evidence: Iterable[Evidence], problem_id: str, sharing: Mapping[str, int]
) -> list[Statement]:
    """Return the distinct statements on a problem, oldest first; undated ones come first.

    ``evidence`` comes oldest first; ``sharing`` says how many organisations share a statement.
    """
    kept: list[Statement] = []
    pieces = list(evidence)
    history = histories(pieces)
    for piece in pieces:
        match = _fit(piece.matches, problem_id)
        if match < LEAST:
            continue
        said = _statement(piece, match, sharing.get(piece.statement, 1))
        said = replace(said, is_history=piece.id in history)
        if not said.strength:
            continue
        known = _alike(said, kept)
        if known is None:
            kept.append(said)
        elif said.said_on and said.said_on != kept[known].said_on:
            kept[known] = replace(
                kept[known],
                again_on=(*kept[known].again_on, said.said_on),
                again=(*kept[known].again, said.evidence),
            )
    return kept


def histories(evidence: Iterable[Evidence]) -> set[int]:
    """Return the ids of what looks back at an earlier time.

    A look back goes on from sentence to sentence ("Five years earlier it was the opposite.
    The tool ordered too much.") until one speaks of now.
    """
    found: set[int] = set()
    before: Evidence | None = None
    for piece in sorted(evidence, key=lambda p: (p.document_id, p.quote.span.start)):
        goes_on = (
            before is not None
            and before.id in found
            and before.document_id == piece.document_id
            and piece.quote.span.start - before.quote.span.end < NEAR
            and not speaks_of_now(piece.quote.text)
        )
        if goes_on or looks_back(piece.quote.text, piece.said_on):
            found.add(piece.id)
        before = piece
    return found


def _fit(matches: Mapping[str, float], problem_id: str) -> float:
    """Return how likely a sentence is about a problem, less where another fits it better.

    A sentence on a ministry's new payroll is about public systems and, in passing, about new
    software; without this, every such story would count twice.
    """
    match = matches.get(problem_id, 0.0)
    return match * (match / max(matches.values())) ** 2 if match else 0.0


def _statement(piece: Evidence, match: float, organisations: int) -> Statement:
    own = 0.5 * BOILERPLATE / organisations if organisations >= BOILERPLATE else 1.0
    weight = match * own
    return Statement(
        evidence=piece.id,
        document=piece.document_id,
        start=piece.quote.span.start,
        end=piece.quote.span.end,
        quote=piece.quote.text,
        said_on=piece.said_on,
        assertion=piece.assertion,
        speaker=piece.speaker,
        fix=piece.fix,
        match=match,
        own=own,
        strength={f: p * weight for f, p in piece.facets.items() if p >= LEAST},
    )


def _alike(said: Statement, kept: Sequence[Statement]) -> int | None:
    # Only the same sort of saying collapses, and only words long enough to be alike by more
    # than chance.
    for at, known in enumerate(kept):
        if known.assertion is said.assertion and resemblance(known.quote, said.quote) >= ALIKE:
            return at
    return None
