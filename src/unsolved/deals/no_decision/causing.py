"""Why there was no decision: which of the five causes fits, with what speaks for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import exp, fsum, log

from unsolved.deals.insights import Said, heard, told_day
from unsolved.deals.model import (
    AlternativeKind,
    CameOf,
    Cause,
    Ground,
    Power,
    Reason,
    Role,
    Situation,
    Stakeholder,
    Stance,
    StepKind,
    StepState,
    added,
)
from unsolved.deals.no_decision.people import present
from unsolved.deals.no_decision.signs import last_sign
from unsolved.deals.no_decision.weights import cues, told_in

PREFIX = "cause."
_SHOWN = (StepKind.DEMO, StepKind.PROOF, StepKind.PROPOSAL, StepKind.REVIEW)
_DOUBTERS = 3
Found = Iterator[tuple[Cause, Reason]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """A cause and how likely it is it, in (0, 1); the five add up to one.

    ``reasons`` add up to ``score``, the log of the share before the five are weighed against
    each other.
    """

    cause: Cause
    probability: float
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """The reasons, added up."""
        return added(self.reasons)


def causes(situation: Situation) -> tuple[Likely, ...]:
    """Return the five causes of no decision, the likeliest first, to propose one.

    A person chooses. Signs are what they wrote, what was noted, how they stand and how they
    behave; a share that is known before is in ``causes.toml``.
    """
    reasons: dict[Cause, list[Reason]] = {cause: [_share(cause)] for cause in Cause}
    for cause, reason in (*_said(situation), *_seen(situation), *_standing(situation)):
        reasons[cause].append(reason)
    odds = {cause: exp(added(found)) for cause, found in reasons.items()}
    whole = fsum(odds.values())
    likely = [
        Likely(cause=cause, probability=odds[cause] / whole, reasons=tuple(found))
        for cause, found in reasons.items()
    ]
    return tuple(sorted(likely, key=lambda one: (-one.probability, one.cause.value)))


def _share(cause: Cause) -> Reason:
    share = float(told_in("causes")["shares"][cause.value])
    text = f"Of deals without a decision {share:.0%} are of this cause"
    return Reason(text, log(share), f"{PREFIX}share")


def _said(situation: Situation) -> Found:
    """Yield what they said, each further sentence of a cause for less than the one before."""
    limits = told_in("causes")["limits"]
    until = situation.opportunity.head.decided_on or situation.today
    since = until - timedelta(days=limits["said_days"])
    said = [one for one in heard(situation) if one.on >= since]
    for cause in Cause:
        cue, weight = cues()[cause.value], float(told_in("causes")["said"][cause.value])
        found = [one for one in said if cue.holds(one.text)]
        for one in found[: limits["most_said"]]:
            yield cause, Reason(_told(one), weight, f"{PREFIX}said", one.ground)
            weight *= limits["falling"]


def _told(said: Said) -> str:
    who = said.ground.by or "They"
    return f"{who} said so on {told_day(said.on)}"


def _seen(situation: Situation) -> Found:
    """Yield how they behave: shifts, meetings that were moved, nothing for a while."""
    shifts = [shift for one in situation.silences for shift in one.shifts]
    for shift in sorted(shifts, key=lambda one: (one.chance, one.what))[:1]:
        change = f"{shift.before:g} before, now {shift.now:g} {shift.unit}"
        text = f"They behave otherwise: {shift.what}, {change}"
        yield _sign(Cause.MOMENTUM, "shift", text)
    moved = [one for one in situation.exchanges if one.is_off or one.moved]
    if moved:
        last = max(moved, key=lambda one: one.at)
        what = "called off" if last.is_off else "moved"
        yield _sign(
            Cause.MOMENTUM, "meeting_off", f"A meeting was {what}: {told_day(last.at.date())}"
        )
    until = situation.opportunity.head.decided_on or situation.today
    days = (until - last_sign(situation)).days
    if days > told_in("causes")["limits"]["still"]:
        yield _sign(Cause.MOMENTUM, "still", f"Nothing came from them for {days} days")
    steps = situation.opportunity.steps.values()
    shown = sum(one.kind in _SHOWN and one.state is StepState.DONE for one in steps)
    if shown >= told_in("causes")["limits"]["many"]:
        text = f"{shown} times something was shown or offered, and nothing decided"
        yield _sign(Cause.INDECISION, "shown_much", text)


def _standing(situation: Situation) -> Found:
    """Yield how their people stand, what they lean to, and what they fear."""
    people = situation.opportunity.stakeholders
    here = list(present(people).values())
    yield from _against(here)
    gone = [one for _, one in sorted(people.items()) if one.left_on and _is_heavy(one)]
    if gone:
        yield _of(Cause.STRATEGY, "executive_left", f"{gone[0].name} has left", gone[0])
    doubters = [one for one in here if one.stance is Stance.DOUBTS]
    for one in doubters[:_DOUBTERS]:
        yield _of(Cause.INDECISION, "doubts", f"{one.name} doubts", one)
    if apart := [one for one in here if one.agrees is False]:
        text = f"{apart[0].name} does not agree on what the problem is"
        yield _of(Cause.INDECISION, "disagree", text, apart[0])
    yield from _leaning(situation)


def _against(here: Sequence[Stakeholder]) -> Found:
    heavy = [one for one in here if one.stance is Stance.AGAINST and _is_heavy(one)]
    fors = [one for one in here if one.stance is Stance.FOR]
    if heavy and fors:
        text = f"{heavy[0].name} is against it, {fors[0].name} is for it"
        yield _of(Cause.OVERRULED, "decider_against", text, heavy[0])
    unsure = (Stance.AGAINST, Stance.DOUBTS)
    if finance := [one for one in here if one.role is Role.FINANCE and one.stance in unsure]:
        text = f"{finance[0].name} of finance {_verb(finance[0])}"
        yield _of(Cause.BUDGET, "finance_against", text, finance[0])


def _leaning(situation: Situation) -> Found:
    limits, known = told_in("causes")["limits"], situation.opportunity
    others = [
        one
        for _, one in sorted(known.alternatives.items())
        if one.kind is not AlternativeKind.NOTHING
    ]
    reorganise = [one for one in others if one.kind is AlternativeKind.REORGANISE]
    for one in reorganise[:1]:
        if (one.leaning or 0.0) >= limits["leaning"]:
            text = "They lean to reorganising"
            yield _sign(Cause.STRATEGY, "reorganise", text, one.ground)
    if len(others) > 1 and all((one.leaning or 0.0) < limits["leaning"] for one in others):
        text = f"There are {len(others)} other ways, and they lean to none"
        yield _sign(Cause.INDECISION, "no_leaning", text)
    for _, tried in sorted(known.attempts.items()):
        if tried.came_of in {CameOf.FAILED, CameOf.PERSISTS}:
            ground = next(iter(tried.grounds), None)
            text = f"They failed before: {tried.what}"
            yield _sign(Cause.INDECISION, "failed_before", text, ground)
            break
    noted = [one for _, one in sorted(known.notes.items()) if "budget" in one.about.casefold()]
    for note in noted[:1]:
        text = "Something was noted of their budget"
        yield _sign(Cause.BUDGET, "budget_note", text, note.ground)


def _sign(
    cause: Cause, name: str, text: str, ground: Ground | None = None
) -> tuple[Cause, Reason]:
    weight = float(told_in("causes")["signs"][name])
    return cause, Reason(text, weight, f"{PREFIX}{name}", ground)


def _of(cause: Cause, name: str, text: str, one: Stakeholder) -> tuple[Cause, Reason]:
    return _sign(cause, name, text, one.ground)


def _is_heavy(one: Stakeholder) -> bool:
    return one.power in {Power.DECIDES, Power.BLOCKS} or one.role is Role.EXECUTIVE


def _verb(one: Stakeholder) -> str:
    return "is against it" if one.stance is Stance.AGAINST else "doubts it"
