"""What the buyer has to do before a stage is left, and what we may not plan before.

After Rackham, "SPIN Selling" (1988): an advance is an act of the buyer's; and after Dixon and
McKenna, "The JOLT Effect" (2022): what is shown before the need is agreed feeds indecision.
"""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from unsolved.deals.model import Act, Opportunity, Stage, Step, StepKind, StepState

EARLY = (StepKind.DEMO, StepKind.PROPOSAL)
"""What is not planned before the problem is agreed, unless overruled with a reason."""

_ORDER = tuple(Stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """An act of the buyer's that is wanted in a stage, why, and what may bring it about."""

    act: Act
    is_must: bool
    why: str
    ask: str


def wants(stage: Stage) -> tuple[Want, ...]:
    """Return what is wanted of the buyer in a stage; nothing of one that is decided."""
    return _read()[0].get(stage, ())


def leaves_when(stage: Stage) -> str:
    """Return in a sentence when a stage is left; empty for one that is decided."""
    return _read()[1].get(stage, "")


def missing(opportunity: Opportunity, stage: Stage | None = None) -> tuple[Want, ...]:
    """Return what is wanted of the buyer in the stage it is in, or in another, and not done."""
    done = {one.act for one in opportunity.acts.values()}
    return tuple(
        want for want in wants(stage or opportunity.head.stage) if want.act not in done
    )


def must(opportunity: Opportunity, to: Stage) -> tuple[Want, ...]:
    """Return what the buyer must still do before the deal may go on to a stage.

    Of all stages that are left on the way, but for what is decided: a buyer may decide at any
    time. Going back needs nothing.
    """
    if to is Stage.DECIDED:
        return ()
    first, last = _ORDER.index(opportunity.head.stage), _ORDER.index(to)
    left = _ORDER[first:last]
    return tuple(want for stage in left for want in missing(opportunity, stage) if want.is_must)


def follows(stage: Stage) -> Stage | None:
    """Return the stage after this one, None after the last."""
    at = _ORDER.index(stage) + 1
    return _ORDER[at] if at < len(_ORDER) else None


def is_agreed(opportunity: Opportunity) -> bool:
    """Whether the buyer has agreed what the problem is."""
    return any(one.act is Act.AGREED_PROBLEM for one in opportunity.acts.values())


def is_early(opportunity: Opportunity, step: Step) -> bool:
    """Whether a step would show or offer something before the problem is agreed."""
    planned = step.state is not StepState.DROPPED
    return planned and step.kind in EARLY and not is_agreed(opportunity)


def overruled(opportunity: Opportunity) -> tuple[tuple[int, Step], ...]:
    """Return the steps that were planned too early, with a reason; they are seen later too."""
    return tuple((number, step) for number, step in opportunity.steps.items() if step.overruled)


def settled(step: Step, state: StepState, today: date) -> Step:
    """Return a step that was done today, dropped, or is planned again."""
    done_on = (step.done_on or today) if state is StepState.DONE else None
    return replace(step, state=state, done_on=done_on)


@cache
def _read() -> tuple[dict[Stage, tuple[Want, ...]], dict[Stage, str]]:
    text = Path(__file__).with_name("stages.toml").read_text("utf-8")
    told = tomllib.loads(text)["stage"]
    found = {
        Stage(one["stage"]): tuple(
            Want(act=Act(w["act"]), is_must=w["must"], why=w["why"], ask=w["ask"])
            for w in one["wants"]
        )
        for one in told
    }
    return found, {Stage(one["stage"]): one["leaves_when"] for one in told}
