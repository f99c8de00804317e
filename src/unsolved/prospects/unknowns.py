"""What is not known yet, and the question whose answer would change the decision most.

The worth of a question is the expected change of the score when its answer comes in (value of
information, Howard 1966): how unsure we are, times what hangs on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from unsolved.evidence import Facet
from unsolved.problems import Problem
from unsolved.prospects.model import Belief, Reason, Standing, Step
from unsolved.prospects.score import OLD, WORTH
from unsolved.prospects.signs import Story
from unsolved.prospects.standing import probabilities
from unsolved.prospects.weights import Weights

UNSURE = (0.2, 0.8)
"""Between these probabilities a step counts as not known."""

TOLD = 0.3
"""A facet stated at least this strongly counts as told."""

CERTAIN = 8.0
"""The log-odds an answer would bring."""

ASKS: Mapping[Step, tuple[str, str]] = {
    Step.HAS: ("whether it has the problem at all", "How does this show up for you today?"),
    Step.TRIED: ("whether it has tried to fix it", "What have you tried so far?"),
    Step.FAILED: (
        "what came of the attempts",
        "What came of it, and what is left of it today?",
    ),
    Step.RESOLVED: ("whether it is resolved by now", "What would show you that it is solved?"),
    Step.KNOWS: ("whether it sees the problem itself", "How would you describe it yourselves?"),
}

THEMES: Mapping[Step, tuple[str, ...]] = {
    Step.TRIED: ("attempts", "history"),
    Step.FAILED: ("attempts", "history"),
    Step.RESOLVED: ("recovery", "control", "next_step", "decision"),
    Step.HAS: ("what_happened", "event", "size", "flow", "evidence"),
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """One thing not known, what to ask, and how many points hang on the answer."""

    what: str
    question: str
    worth: float


def unknowns(
    answers: Sequence[Belief], story: Story, problem: Problem, weights: Weights, *, today: date
) -> tuple[Unknown, ...]:
    """Return what is not known yet, what matters most first."""
    open_steps = [
        Unknown(what, _question(step, problem, default), worth(answers, step, weights))
        for step, (what, default) in ASKS.items()
        if UNSURE[0] < _probability(answers, step) < UNSURE[1]
    ]
    found = sorted(open_steps, key=lambda unknown: -unknown.worth)
    return (*found, *_untold(story, today)) if story.statements else tuple(found)


def worth(answers: Sequence[Belief], step: Step, weights: Weights) -> float:
    """Return by how many points, on average, the answer to a step would move the score."""
    p = _probability(answers, step)
    yes, no = (_points(_answered(answers, step, sign), weights) for sign in (1, -1))
    return 2 * p * (1 - p) * abs(yes - no)


def _answered(answers: Sequence[Belief], step: Step, sign: int) -> list[Belief]:
    known = Belief(step, (Reason("answered", sign * CERTAIN),))
    return [known if belief.step is step else belief for belief in answers]


def _points(answers: Sequence[Belief], weights: Weights) -> float:
    chances: Mapping[Standing, float] = probabilities(answers)
    return sum(weights.of("score", name) * chances[s] for s, name in WORTH.items())


def _probability(answers: Sequence[Belief], step: Step) -> float:
    return next(belief.probability for belief in answers if belief.step is step)


def _question(step: Step, problem: Problem, default: str) -> str:
    themes = THEMES.get(step, ())
    return next((q.text for q in problem.questions if q.theme in themes), default)


def _untold(story: Story, today: date) -> list[Unknown]:
    told = [
        (Facet.CAUSE, "why it happens", "What do you think is behind it?"),
        (Facet.CONSEQUENCE, "what it costs", "What does it cost you when it happens?"),
        (Facet.GOAL, "what it wants to achieve", "What would you be able to do without it?"),
    ]
    missing = [
        Unknown(what, question, 0.0)
        for facet, what, question in told
        if max((said.says(facet) for said in story.meant), default=0.0) < TOLD
    ]
    if story.ends_on and today - story.ends_on > OLD:
        missing.append(
            Unknown(f"how it stands since {story.ends_on}", "How has it gone since then?", 0.0)
        )
    missing.append(
        Unknown("who decides and who took part in earlier attempts", "Who was part of it?", 0.0)
    )
    return missing
