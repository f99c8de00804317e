"""Where an organisation stands on a problem, and every reason for it.

Six yes-or-no questions are answered one after the other (a continuation-ratio model, Agresti,
*Categorical Data Analysis*, 2013, section 8.3): has it, knows it, tried, failed, resolved,
contradicted. Each answer is a sum of reasons in log-odds; a reason is a statement, weighed,
and further statements of the same sort count less and less. The persistence inference, that
a fix has failed when the problem is stated again after it, is one of the reasons.
"""

from collections.abc import Iterable

from unsolved.prospects.model import Belief, Reason, Standing, Step
from unsolved.prospects.signs import SECTIONS, SIGNS, Sign, Story, aboutness
from unsolved.prospects.statements import Statement
from unsolved.prospects.weights import Weights

FADING = 0.65
"""What the next statement of a sort counts, compared with the one before."""

EVEN = 0.5
WEAKEST = 0.02
"""Reasons of less log-odds than this are left out, and out of the sum."""


def beliefs(story: Story, weights: Weights) -> tuple[Belief, ...]:
    """Return an answer with its reasons for each of the steps, in their order."""
    return tuple(Belief(step, tuple(_reasons(step, story, weights))) for step in Step)


def masses(sign: Sign, story: Story) -> list[tuple[float, Statement]]:
    """Return what each statement counts towards a sign of a step, strongest first."""
    strength = sign.strength(story)
    strong = sorted(
        ((strength(said), said) for said in story.statements),
        key=lambda pair: (-pair[0], pair[1].evidence),
    )
    return [(much * FADING**at, said) for at, (much, said) in enumerate(strong) if much > 0]


def _reasons(step: Step, story: Story, weights: Weights) -> Iterable[Reason]:
    section = SECTIONS[step]
    yield Reason("before anything is read", weights.of(section, "start"))
    for sign in SIGNS[step]:
        weight = weights.of(section, sign.name)
        for mass, said in masses(sign, story):
            if abs(weight * mass) >= WEAKEST:
                yield Reason(sign.text, weight * mass, said.evidence, said.said_on)
    if step is Step.HAS:
        text = f"the texts are about this problem: {story.reference:.0%} likely"
        yield Reason(text, weights.of(section, "about") * aboutness(story))


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


def stands(answers: Iterable[Belief]) -> Standing:
    """Return the standing that follows when every step is answered by what is likelier.

    The steps are answered in turn, so a standing can be the answer although another, on a
    different branch, is by itself a little likelier.
    """
    yes = {belief.step: belief.probability >= EVEN for belief in answers}
    if not yes[Step.HAS]:
        return Standing.UNSEEN
    if not yes[Step.TRIED]:
        return Standing.HAS_IT if yes[Step.KNOWS] else Standing.UNAWARE
    if yes[Step.RESOLVED]:
        return Standing.RESOLVED
    if not yes[Step.FAILED]:
        return Standing.FIXING
    return Standing.IN_DENIAL if yes[Step.CONTRADICTED] else Standing.TRIED_AND_FAILED
