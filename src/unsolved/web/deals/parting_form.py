"""The form by which a deal is left: what is proposed, and what a person makes of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from starlette.datastructures import FormData

from unsolved.deals import insights
from unsolved.deals.letting_go import Parting, message
from unsolved.deals.model import Cause, Outcome, Situation, Step, Trigger, TriggerKind
from unsolved.deals.no_decision import answer
from unsolved.deals.triggers import proposed
from unsolved.errors import Invalid
from unsolved.problems import Library

DATED = (TriggerKind.DATE, TriggerKind.BUDGET_YEAR)
MOST = 20
"""Triggers that one form may bring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the form of a way to leave begins with.

    ``cause`` is None when a deal is let go, else why there was no decision.
    """

    cause: Cause | None
    message: str
    triggers: tuple[Trigger, ...]
    steps: tuple[Step, ...]


def proposal(known: Situation, library: Library, cause: Cause | None) -> Proposal:
    """Return what is proposed for leaving a deal, for a cause or to let it go."""
    return Proposal(
        cause=cause,
        message=answer(known, cause) if cause else message(known),
        triggers=proposed(known, cause),
        steps=insights.plan_of_value(known, library),
    )


def parting(known: Situation, library: Library, form: FormData) -> Parting:
    """Return how a deal is left, as a form says it.

    Raises:
        Invalid: a cause or a date cannot be read.
    """
    cause = cause_of(str(form.get("cause") or ""))
    offered = proposal(known, library, cause)
    wanted = {str(one) for one in form.getlist("value")}
    return Parting(
        outcome=Outcome.NO_DECISION if cause else Outcome.LET_GO,
        cause=cause,
        why=str(form.get("why") or ""),
        triggers=tuple(_triggers(form, offered.triggers)),
        message=_plain(form, "message"),
        steps=tuple(one for one in offered.steps if one.insight in wanted),
    )


def cause_of(told: str) -> Cause | None:
    """Return the cause of that name, None for no name.

    Raises:
        Invalid: there is no such cause.
    """
    if not told:
        return None
    if told not in set(Cause):
        causes = ", ".join(one.value for one in Cause)
        raise Invalid(cause=told[:40], mend=f"one of {causes}")
    return Cause(told)


def _triggers(form: FormData, offered: tuple[Trigger, ...]) -> Iterator[Trigger]:
    """Yield the triggers that are ticked, each with its date and words as they were typed."""
    grounds = {(one.kind, one.what): one.ground for one in offered}
    for at in (str(one) for one in form.getlist("trigger")[:MOST]):
        told = str(form.get(f"kind-{at}") or "")
        if told not in set(TriggerKind):
            raise Invalid(trigger=told[:40], mend="take one of those that are offered")
        kind, what = TriggerKind(told), _plain(form, f"what-{at}")
        words = tuple(
            word.strip() for word in _plain(form, f"watches-{at}").split(",") if word.strip()
        )
        trigger = Trigger(kind=kind, what=what, watches=words, ground=grounds.get((kind, what)))
        on = _day(form, f"on-{at}")
        if kind in DATED and on is None:
            raise Invalid(trigger=kind.value, mend="say on which day")
        yield replace(trigger, on=on)


def _day(form: FormData, name: str) -> date | None:
    text = _plain(form, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid(day=text[:40], mend="write it as 2026-10-31") from error


def _plain(form: FormData, name: str) -> str:
    return str(form.get(name) or "").replace("\r\n", "\n").strip()
