"""All that happens when a deal is left: how it ended, what wakes it, what is still said."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from unsolved.deals.changes import Edit, put
from unsolved.deals.model import (
    DORMANT,
    Cause,
    Note,
    Opportunity,
    Outcome,
    Situation,
    Stage,
    Step,
    StepKind,
    StepState,
    Trigger,
)
from unsolved.deals.no_decision import parting
from unsolved.deals.parts import PartKind
from unsolved.errors import Conflict, Invalid

LEFT = "left"
"""What a note is about that says why a deal was left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """How a deal is left: let go, or without a decision for a cause.

    ``why`` is why in a few words, ``triggers`` what would bring it back, ``message`` what is
    still said to them, empty for nothing, and ``steps`` what is sent while it rests.
    """

    outcome: Outcome = Outcome.LET_GO
    cause: Cause | None = None
    why: str = ""
    triggers: tuple[Trigger, ...] = ()
    message: str = ""
    steps: tuple[Step, ...] = ()


def message(situation: Situation) -> str:
    """Return a short and kind mail that lets a buyer go, in the words of the seller."""
    return parting(situation, "let_go")


def edits_of(known: Opportunity, left: Parting, today: date) -> tuple[Edit, ...]:
    """Return all edits that leave a deal: decided, out of the forecast, nothing planned.

    Steps that were planned are dropped and not lost. The message is a step for today.

    Raises:
        Conflict: it is decided already.
        Invalid: an outcome that does not rest, or a cause that does not belong to it.
    """
    if known.head.stage is Stage.DECIDED:
        raise Conflict(
            opportunity=known.head.name, mend="it is decided; take it up again first"
        )
    if left.outcome not in DORMANT:
        raise Invalid(outcome=left.outcome.value, mend="won and lost deals do not rest")
    if (left.cause is not None) != (left.outcome is Outcome.NO_DECISION):
        mend = "no decision has a cause, and only that has one"
        raise Invalid(field="cause", mend=mend)
    return tuple(_edits(known, left, today))


def _edits(known: Opportunity, left: Parting, today: date) -> Iterator[Edit]:
    head = replace(
        known.head,
        stage=Stage.DECIDED,
        outcome=left.outcome,
        cause=left.cause,
        staged_on=today,
        decided_on=today,
        in_forecast=False,
    )
    yield put(PartKind.HEAD, head, 0)
    for number, step in sorted(known.steps.items()):
        if step.state is StepState.PLANNED:
            yield put(PartKind.STEP, replace(step, state=StepState.DROPPED), number)
    if left.why.strip():
        yield put(PartKind.NOTE, Note(text=left.why.strip(), on=today, about=LEFT))
    for trigger in left.triggers:
        yield put(PartKind.TRIGGER, replace(trigger, since=trigger.since or today))
    if left.message.strip():
        mail = Step(
            kind=StepKind.MAIL,
            what="send them our last words for now",
            due=today,
            text=left.message,
        )
        yield put(PartKind.STEP, mail)
    for step in left.steps:
        yield put(PartKind.STEP, step)
