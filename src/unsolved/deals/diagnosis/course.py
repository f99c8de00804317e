"""Signs on the course: what happened in which order, and how they fell silent."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from statistics import median

from unsolved.deals.diagnosis.catalogue import sign
from unsolved.deals.diagnosis.facts import Facts, named
from unsolved.deals.diagnosis.model import Sign
from unsolved.deals.model import Act, Basis, Exchange, Ground, StepKind, StepState
from unsolved.deals.wording import listed

LATE = {
    Act.ACCEPTED_PROOF: "accepted that the proof holds",
    Act.NAMED_DATE: "named a date and a reason for it",
    Act.NAMED_OWNER: "named an owner on their side",
    Act.PLANNED_VALUE: "planned with us how the value is reached",
    Act.REVIEWED_PROPOSAL: "reviewed the proposal",
    Act.TOOK_RISKS: "took on measures of the risk plan",
}
SHOWS = (StepKind.DEMO, StepKind.PROOF, StepKind.MEETING)
ASKED = {"the decision": ("process", "decision", "people"), "the money": ("budget", "money")}
SOON = 14
"""Days after a proposal within which a last sign counts as an answer to it."""

TOGETHER = timedelta(days=8)
MANY, FEW = 3, 3
"""So many answers, or gaps between them, before anything is said of them."""

RECENT = 4
"""How many of the last gaps are looked at."""

LONG, STEADY = 3, 1.3
"""A silence so many times the usual gap is long; a last gap so near it was no fading."""


def of_review(facts: Facts) -> Iterator[Sign]:
    """Yield whether who decides went through the proposal, and what became of meetings."""
    if facts.reviewed_on is not None:
        who = named(facts.met_deciders) or "who decides"
        yield sign("reviewed-then-silent", who=who, days=facts.days_ago(facts.reviewed_on))
    elif facts.proposals and (made := facts.proposals[-1].done_on):
        yield sign("not-reviewed", days=facts.days_ago(made))
    dropped = [one for one in facts.steps if one.state is StepState.DROPPED]
    reviews = [one for one in dropped if one.kind is StepKind.REVIEW]
    if reviews and facts.reviewed_on is None:
        yield sign("review-dropped")
    meetings = sum(one.kind is StepKind.MEETING for one in dropped)
    meetings += sum(one.moved + one.is_off for one in facts.exchanges)
    if meetings:
        yield sign("meetings-dropped", count=meetings, strength=min(1.6, 0.7 + 0.3 * meetings))


def of_price_seen(facts: Facts) -> Iterator[Sign]:
    """Yield that they fell silent within days of seeing our fee."""
    if not facts.proposals or facts.last_sign is None:
        return
    made = facts.proposals[-1]
    if made.done_on is None or not made.amount:
        return
    days = (facts.last_sign - made.done_on).days
    if days <= SOON and (facts.reviewed_on is None or facts.reviewed_on <= made.done_on):
        amount = facts.money(made.amount)
        yield sign("silent-on-price", sign=_after(days), amount=amount)


def _after(days: int) -> str:
    if days < 0:
        return "No sign of theirs came since"
    if days == 0:
        return "Their last sign came on the day of"
    return f"Their last sign came {days} day{'s' if days > 1 else ''} after"


def of_progress(facts: Facts) -> Iterator[Sign]:
    """Yield how far the buyer had gone before it went cold, and what nobody asked."""
    late = [LATE[act] for act in LATE if act in facts.acts]
    if late:
        told = ", ".join(late)
        yield sign("late-acts", acts=told, strength=min(1.6, 0.6 + 0.3 * len(late)))
    yield from _shown(facts, is_late=bool(late))
    about = {one.about.lower() for one in facts.situation.opportunity.notes.values()}
    open_ = [what for what, words in ASKED.items() if not about & set(words)]
    if Act.NAMED_DATE not in facts.acts and open_:
        yield sign("nothing-asked", what=" or ".join([*open_, "the date"]))


def _shown(facts: Facts, *, is_late: bool) -> Iterator[Sign]:
    done = [one for one in facts.steps if one.state is StepState.DONE and one.done_on]
    shown = [one.done_on for one in done if one.kind in SHOWS and one.done_on]
    if shown and not is_late and (facts.moved_on is None or facts.moved_on <= max(shown)):
        yield sign("stopped-at-showing", days=facts.days_ago(max(shown)))
    tried = Act.TESTED in facts.acts or any(one.kind is StepKind.PROOF for one in done)
    if tried and Act.ACCEPTED_PROOF not in facts.acts:
        yield sign("trial-not-accepted")


def of_silence(facts: Facts) -> Iterator[Sign]:
    """Yield how they fell silent: together, fading, or at once; and who behaves otherwise."""
    yield from _together(facts)
    yield from _newcomers(facts)
    yield from _pace(facts)
    yield from _answers(facts)
    for one in sorted(facts.situation.silences, key=lambda one: (one.person_id, one.channel)):
        who = facts.name_of(one.person_id) or "Somebody"
        for shift in one.shifts:
            grounds = tuple(Ground(basis=Basis.RECORD, record_id=n) for n in shift.record_ids)
            what = f"{shift.what}, {shift.before:g} {shift.unit} before, {shift.now:g} now"
            yield sign("behaves-otherwise", who=who, what=what, grounds=grounds[:3])


def _together(facts: Facts) -> Iterator[Sign]:
    """Yield that several fell silent within days of each other; one event is likelier."""
    last = {one.person_ids[0]: one.at for one in facts.theirs if one.person_ids}
    newest = max(last.values(), default=None)
    if newest is None:
        return
    hushed = [person for person, at in last.items() if newest - at <= TOGETHER]
    names = sorted(name for person in hushed if (name := facts.name_of(person)))
    if len(names) > 1:
        yield sign("hushed-together", who=listed(names))


def _newcomers(facts: Facts) -> Iterator[Sign]:
    """Yield that people came in with the last exchanges whom nobody put on the map."""
    known = {one.person_id for one in facts.people.values()}
    earlier, late = facts.exchanges[:-RECENT], facts.exchanges[-RECENT:]
    if len(earlier) < MANY:
        return
    before = {one for exchange in earlier for one in _all_of(exchange)}
    places = [one for one in late if _all_of(one) - before - known]
    count = len({one for exchange in late for one in _all_of(exchange)} - before - known)
    if count:
        seen = Ground(
            basis=Basis.RECORD, on=places[-1].at.date(), record_id=places[-1].record_id
        )
        yield sign("newcomer", count=count, grounds=(seen,))


def _all_of(exchange: Exchange) -> set[int | None]:
    return {*exchange.person_ids, *exchange.copied_ids}


def _pace(facts: Facts) -> Iterator[Sign]:
    days = sorted({one.at.date() for one in facts.theirs})
    gaps = [(b - a).days for a, b in pairwise(days)][-RECENT:]
    if len(gaps) < FEW - 1:
        return
    if len(gaps) >= FEW and all(b >= a for a, b in pairwise(gaps)) and gaps[-1] > gaps[0]:
        yield sign("fading", days=", ".join(map(str, gaps)))
    silent = facts.days_ago(days[-1])
    usual = median(gaps)
    if silent >= LONG * max(usual, 1) and gaps[-1] <= usual * STEADY:
        yield sign("abrupt", usual=f"{usual:g}")


def _answers(facts: Facts) -> Iterator[Sign]:
    since = facts.moved_on
    if since is None:
        return
    written = [one for one in facts.theirs if one.at.date() > since]
    if len(written) >= MANY:
        strength = min(1.6, 0.4 + 0.2 * len(written))
        yield sign("answers-nothing-moves", count=len(written), strength=strength)
