"""The tries at a fix, each with what came of it as far as the documents tell."""

from collections.abc import Sequence
from datetime import date

from unsolved.evidence import Facet
from unsolved.prospects.model import Attempt
from unsolved.prospects.signs import Story
from unsolved.prospects.statements import Statement

TOLD = 0.3
"""A facet stated at least this strongly counts as told."""

MOST = 20
"""Attempts shown for one problem."""

EARLIEST = date.min


def attempts(story: Story) -> tuple[Attempt, ...]:
    """Return the attempts told, oldest first, each with the first outcome told after it."""
    tries = [said for said in story.meant if said.says(Facet.ATTEMPT) >= TOLD]
    strongest = sorted(tries, key=lambda said: -said.says(Facet.ATTEMPT))[:MOST]
    return tuple(
        _attempt(said, story.meant)
        for said in sorted(strongest, key=lambda s: (s.said_on or EARLIEST, s.evidence))
    )


def _attempt(said: Statement, all_said: Sequence[Statement]) -> Attempt:
    outcome, where = _outcome(said, all_said)
    return Attempt(
        kind=said.fix.value if said.fix else "other",
        told_on=said.said_on,
        evidence=said.evidence,
        outcome=outcome,
        outcome_evidence=where,
    )


def _outcome(said: Statement, all_said: Sequence[Statement]) -> tuple[str, int | None]:
    if said.says(Facet.FAILURE) >= TOLD:
        return "did not work", said.evidence
    if said.says(Facet.RESOLVED) >= TOLD:
        return "worked", said.evidence
    day = said.said_on or EARLIEST
    later = [s for s in all_said if (s.said_on or EARLIEST, s.evidence) > (day, said.evidence)]
    for one in later:
        failed, worked = one.says(Facet.FAILURE), one.says(Facet.RESOLVED)
        if max(failed, worked) >= TOLD:
            return ("did not work" if failed >= worked else "worked"), one.evidence
    for one in later:
        if (one.said_on or EARLIEST) > day and one.says(Facet.PROBLEM) >= TOLD:
            return "the problem is stated again", one.evidence
    return "not told", None
