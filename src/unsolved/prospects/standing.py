"""Where an organisation stands on a problem, and every reason for it.

Six yes-or-no questions are answered one after the other (a continuation-ratio model, Agresti,
*Categorical Data Analysis*, 2013, section 8.3): has it, knows it, tried, failed, resolved,
contradicted. Each answer is a sum of reasons in log-odds; a reason is a statement, weighed,
and further statements of the same sort count less and less. The persistence inference, that
a fix has failed when the problem is stated again after it, is one of the reasons.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from unsolved.evidence import Facet, Speaker
from unsolved.prospects.model import Belief, Reason, Standing, Step
from unsolved.prospects.statements import Statement
from unsolved.prospects.weights import Weights

FADING = 0.65
"""What the next statement of a sort counts, compared with the one before."""

THE_END = timedelta(days=100)
"""How far before the last document the end of the story begins: a little over a quarter."""

WEAKEST = 0.02
"""Reasons of less log-odds than this are left out, and out of the sum."""

Strength = Callable[[Statement], float]


@dataclass(frozen=True, slots=True)
class Story:
    """All that is stated on one problem, oldest first, and when the last document is from."""

    statements: Sequence[Statement]
    ends_on: date | None

    @property
    def meant(self) -> list[Statement]:
        """What is said of the organisation as a fact."""
        return [said for said in self.statements if said.is_meant]

    def is_at_the_end(self, said: Statement) -> bool:
        """Whether a statement belongs to the last part of the story."""
        if said.said_on is None or self.ends_on is None:
            return True
        return max(said.said_on, *said.again_on, said.said_on) >= self.ends_on - THE_END


def beliefs(story: Story, weights: Weights) -> tuple[Belief, ...]:
    """Return an answer with its reasons for each of the steps, in their order."""
    return (
        _has(story, weights),
        _knows(story, weights),
        _tried(story, weights),
        _failed(story, weights),
        _resolved(story, weights),
        _contradicted(story, weights),
    )


def probabilities(answers: Iterable[Belief]) -> dict[Standing, float]:
    """Return how likely each standing is; they sum to one."""
    p = {belief.step: belief.probability for belief in answers}
    has, tried = p[Step.HAS], p[Step.HAS] * p[Step.TRIED]
    open_still = tried * (1 - p[Step.RESOLVED])
    failed = open_still * p[Step.FAILED]
    return {
        Standing.UNSEEN: 1 - has,
        Standing.UNAWARE: (has - tried) * (1 - p[Step.KNOWS]),
        Standing.HAS_IT: (has - tried) * p[Step.KNOWS],
        Standing.FIXING: open_still - failed,
        Standing.TRIED_AND_FAILED: failed * (1 - p[Step.CONTRADICTED]),
        Standing.IN_DENIAL: failed * p[Step.CONTRADICTED],
        Standing.RESOLVED: tried * p[Step.RESOLVED],
    }


GROUPS: tuple[tuple[Standing, ...], ...] = (
    (Standing.TRIED_AND_FAILED, Standing.IN_DENIAL),
    (Standing.FIXING,),
    (Standing.HAS_IT, Standing.UNAWARE),
    (Standing.RESOLVED,),
    (Standing.UNSEEN,),
)
"""Standings that differ only in who knows or claims what; a group is chosen first."""


def most_likely(chances: Mapping[Standing, float]) -> Standing:
    """Return the most likely standing of the most likely group."""
    group = max(GROUPS, key=lambda group: sum(chances[standing] for standing in group))
    return max(group, key=lambda standing: chances[standing])


def _has(story: Story, weights: Weights) -> Belief:
    doubtful = [said for said in story.statements if not said.is_meant]
    return Belief(
        Step.HAS,
        (
            _start("has", weights),
            *_sum("has", "stated", weights, story.meant, lambda s: s.shows, "stated"),
            *_sum("has", "hypothetical", weights, doubtful, lambda s: s.shows,
                  "only as a possibility, or of others"),
        ),
    )  # fmt: skip


def _knows(story: Story, weights: Weights) -> Belief:
    own = [said for said in story.meant if said.speaker is Speaker.ORGANISATION]
    return Belief(
        Step.KNOWS,
        (
            _start("knows", weights),
            *_sum("knows", "own", weights, own, lambda s: s.shows, "in its own words"),
        ),
    )


def _tried(story: Story, weights: Weights) -> Belief:
    return Belief(
        Step.TRIED,
        (
            _start("tried", weights),
            *_sum("tried", "attempts", weights, story.meant, _tells_of_a_try, "a try is told"),
        ),
    )


def _failed(story: Story, weights: Weights) -> Belief:
    return Belief(
        Step.FAILED,
        (
            _start("failed", weights),
            *_sum("failed", "explicit", weights, story.meant,
                  lambda s: s.says(Facet.FAILURE), "it is said to have failed"),
            *_sum("failed", "persistence", weights, story.meant,
                  persistence(story), "stated again after the fix"),
        ),
    )  # fmt: skip


def _resolved(story: Story, weights: Weights) -> Belief:
    late = [said for said in story.meant if story.is_at_the_end(said)]
    early = [said for said in story.meant if not story.is_at_the_end(said)]
    return Belief(
        Step.RESOLVED,
        (
            _start("resolved", weights),
            *_sum("resolved", "claims_at_the_end", weights, late,
                  _claims, "said at the end to be resolved"),
            *_sum("resolved", "claims_before", weights, early,
                  _claims, "said earlier to be resolved"),
            *_sum("resolved", "problems_at_the_end", weights, late,
                  _complains, "still stated at the end"),
            *_sum("resolved", "said_again_since", weights, story.meant,
                  contradiction(story), "stated again after that claim"),
        ),
    )  # fmt: skip


def _contradicted(story: Story, weights: Weights) -> Belief:
    early = [said for said in story.meant if not story.is_at_the_end(said)]
    return Belief(
        Step.CONTRADICTED,
        (
            _start("contradicted", weights),
            *_sum("contradicted", "claims_before", weights, early,
                  _claims, "said earlier to be resolved"),
            *_sum("contradicted", "said_again_since", weights, story.meant,
                  contradiction(story), "stated again after that claim"),
        ),
    )  # fmt: skip


def persistence(story: Story) -> Strength:
    """Return how strongly a statement shows that an earlier fix has not worked."""
    return _after(story, lambda s: s.says(Facet.ATTEMPT))


def contradiction(story: Story) -> Strength:
    """Return how strongly a statement contradicts an earlier claim that it is resolved."""
    return _after(story, _claims)


def _after(story: Story, first: Strength) -> Strength:
    """Return the strength of a complaint that is made again after something of ``first``."""
    dated = [(said.said_on, first(said)) for said in story.meant if said.said_on]

    def strength(said: Statement) -> float:
        last = max((day for day in (said.said_on, *said.again_on) if day), default=None)
        if last is None:
            return 0.0
        before = max((s for day, s in dated if day < last), default=0.0)
        return before * _complains(said)

    return strength


def _complains(said: Statement) -> float:
    """Return how strongly it says that the problem is there now, less where it says not."""
    stated = said.says(Facet.PROBLEM, Facet.FAILURE, Facet.CONSEQUENCE)
    return stated * (1 - said.says(Facet.RESOLVED))


def _claims(said: Statement) -> float:
    return said.says(Facet.RESOLVED)


def _tells_of_a_try(said: Statement) -> float:
    return max(said.says(Facet.ATTEMPT, Facet.FAILURE), 0.7 * said.says(Facet.RESOLVED))


def _start(section: str, weights: Weights) -> Reason:
    return Reason("before anything is read", weights.of(section, "start"))


def _sum(
    section: str,
    sign: str,
    weights: Weights,
    statements: Iterable[Statement],
    strength: Strength,
    text: str,
) -> list[Reason]:
    """Return a reason for each statement, strongest first, each counting less than the last."""
    weight = weights.of(section, sign)
    strong = sorted(((strength(s), -s.evidence, s) for s in statements), key=lambda x: x[:2])
    reasons = [
        Reason(text, weight * much * FADING**at, said.evidence, said.said_on)
        for at, (much, _, said) in enumerate(reversed(strong))
    ]
    return [reason for reason in reasons if abs(reason.weight) >= WEAKEST]
