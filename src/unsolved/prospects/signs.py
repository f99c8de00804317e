"""The signs by which a story answers each step, and how strongly a statement gives them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log

from unsolved.evidence import Facet, Speaker
from unsolved.prospects.model import Step
from unsolved.prospects.statements import Statement

RECEDING = 0.2
"""How much less a statement belongs to the end of the story for each later chapter."""

CHAPTER = 0.2
"""A date makes a chapter of the story if a statement of this strength was made on it."""

BEST, FAINTEST, SUREST = 5, 0.02, 0.98
"""Matches that say how surely a story is about a problem, and the limits of that."""

FEWEST = 0.2
"""The least a sentence's match is measured by, so that faint stories stay faint."""

HALF_A_WORD = 0.5
"""Added to all that is said when a share of it is taken: little said proves little."""

HISTORY = 0.3
"""What a look back at an earlier time counts as a complaint about now."""

Strength = Callable[[Statement], float]
"""How strongly a statement gives a sign, in [0, 1]; 0 when it does not."""


@dataclass(frozen=True)
class Story:
    """All that is stated on one problem, oldest first, and how it was come by.

    ``ends_on`` is the date of the organisation's last document, whatever that was about. A
    chapter is a date on which something was stated on the problem.
    """

    statements: Sequence[Statement]
    ends_on: date | None

    @cached_property
    def chapters(self) -> tuple[date, ...]:
        """The dates on which something was stated on the problem, oldest first."""
        days = {s.last_on for s in self.meant if s.last_on and s.shows >= CHAPTER}
        return tuple(sorted(days))

    @cached_property
    def meant(self) -> list[Statement]:
        """What is said of the organisation as a fact."""
        return [said for said in self.statements if said.is_meant]

    @cached_property
    def reference(self) -> float:
        """How surely the story is about the problem: the mean of its best matches.

        Whether a story is about a problem is one question for all its sentences. The first
        step answers it; the steps after it take it as given, and see each sentence beside
        the best ones.
        """
        return _mean_of_best([said.match for said in self.meant])

    def lateness(self, said: Statement) -> float:
        """Return how much a statement belongs to the end: 1 in the last chapter, then less.

        An undated statement counts as late, since nothing says that it is not.
        """
        last = said.last_on
        later = sum(day > last for day in self.chapters) if last else 0
        return float(RECEDING**later)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sort of reason: its name in the weights, its words on a page, and its strength."""

    name: str
    text: str
    strength: Callable[[Story], Strength]


def aboutness(story: Story) -> float:
    """Return how surely complaints, in own words, are about the problem, in log-odds."""
    stated = [said for said in story.meant if said.shows >= CHAPTER]
    surely = _mean_of_best([said.match * said.own for said in stated])
    return log(surely / (1 - surely))


def _mean_of_best(matches: list[float]) -> float:
    best = sorted(matches, reverse=True)[:BEST]
    mean = sum(best) / len(best) if best else FAINTEST
    return min(max(mean, FAINTEST), SUREST)


def _given(story: Story, strength: float) -> float:
    """Return a strength as it is when the story is taken to be about the problem."""
    return min(1.0, strength / max(story.reference, FEWEST))


def _any(strength: Strength) -> Callable[[Story], Strength]:
    return lambda story: lambda s: _given(story, strength(s)) if s.is_meant else 0.0


def _late(strength: Strength) -> Callable[[Story], Strength]:
    def of(story: Story) -> Strength:
        return lambda s: _given(story, strength(s)) * story.lateness(s) if s.is_meant else 0.0

    return of


def _early(strength: Strength) -> Callable[[Story], Strength]:
    def of(story: Story) -> Strength:
        return lambda s: (
            _given(story, strength(s)) * (1 - story.lateness(s)) if s.is_meant else 0.0
        )

    return of


def _shows(said: Statement) -> float:
    return said.shows


def _doubtful(story: Story) -> Strength:
    """Return what is not meant as its share of all that is said."""
    said_in_all = sum(map(_shows, story.statements)) + HALF_A_WORD
    return lambda said: 0.0 if said.is_meant else said.shows / said_in_all


def _own(said: Statement) -> float:
    return said.shows if said.speaker is Speaker.ORGANISATION else 0.0


def _tells_of_a_try(said: Statement) -> float:
    return max(said.says(Facet.ATTEMPT, Facet.FAILURE), 0.7 * said.says(Facet.RESOLVED))


def _tries(said: Statement) -> float:
    return said.says(Facet.ATTEMPT)


def _fails(said: Statement) -> float:
    return said.says(Facet.FAILURE)


def _fails_now(said: Statement) -> float:
    return _fails(said) * (HISTORY if said.is_history else 1.0)


def _claims_among_complaints(story: Story) -> Strength:
    """Return a claim at the end as its share of all claims and complaints there."""
    late = _late(lambda said: max(_claims(said), _complains(said)))(story)
    said_there = sum(map(late, story.statements)) + HALF_A_WORD
    claims = _late(_claims)(story)
    return lambda said: claims(said) / said_there


def _claims(said: Statement) -> float:
    return said.says(Facet.RESOLVED)


def _complains(said: Statement) -> float:
    """Return how strongly it says that the problem is there now, less where it says not."""
    stated = max(said.says(Facet.PROBLEM, Facet.FAILURE), 0.4 * said.says(Facet.CONSEQUENCE))
    now = HISTORY if said.is_history else 1.0
    return stated * now * (1 - said.says(Facet.RESOLVED))


def persistence(story: Story) -> Strength:
    """Return how strongly a statement shows that an earlier fix has not worked."""
    return _after(story, _tries)


def contradiction(story: Story) -> Strength:
    """Return how strongly a statement contradicts an earlier claim that it is resolved."""
    return _after(story, _claims)


def _after(story: Story, first: Strength) -> Strength:
    """Return the strength of a complaint that is made again after something of ``first``."""
    dated = [(said.said_on, _given(story, first(said))) for said in story.meant if said.said_on]

    def strength(said: Statement) -> float:
        if not said.is_meant or said.last_on is None:
            return 0.0
        before = max((much for day, much in dated if day < said.last_on), default=0.0)
        return before * _given(story, _complains(said))

    return strength


SECTIONS: Mapping[Step, str] = {
    Step.HAS: "has",
    Step.KNOWS: "knows",
    Step.TRIED: "tried",
    Step.FAILED: "failed",
    Step.RESOLVED: "resolved",
    Step.CONTRADICTED: "contradicted",
}
"""Where the weights of a step stand in ``weights.toml``."""

_AGAIN = "stated again after that claim"

SIGNS: Mapping[Step, tuple[Sign, ...]] = {
    Step.HAS: (
        Sign("stated", "stated", _any(_shows)),
        Sign("hypothetical", "only as a possibility, or of others", _doubtful),
    ),
    Step.KNOWS: (Sign("own", "in its own words", _any(_own)),),
    Step.TRIED: (Sign("attempts", "a try is told", _any(_tells_of_a_try)),),
    Step.FAILED: (
        Sign("failure_at_the_end", "said at the end to have failed", _late(_fails_now)),
        Sign("failure_before", "said earlier to have failed", _early(_fails)),
        Sign("persistence", "stated again after the fix", persistence),
        Sign("attempt_at_the_end", "a fix is told at the end, still open", _late(_tries)),
    ),
    Step.RESOLVED: (
        Sign("claims_at_the_end", "said at the end to be resolved", _late(_claims)),
        Sign("claims_share", "much of what is said at the end", _claims_among_complaints),
        Sign("claims_before", "said earlier to be resolved", _early(_claims)),
        Sign("problems_at_the_end", "still stated at the end", _late(_complains)),
        Sign("said_again_since", _AGAIN, contradiction),
    ),
    Step.CONTRADICTED: (
        Sign("claims_before", "said earlier to be resolved", _early(_claims)),
        Sign("said_again_since", _AGAIN, contradiction),
    ),
}
"""What speaks for or against each step; the weights say how much, and which way."""
