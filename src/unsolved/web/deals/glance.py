"""A deal at a glance: five figures, each with its ground and the page that says why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from unsolved.deals import attempts, no_decision, silence, stakeholders
from unsolved.deals.inaction.wording import money
from unsolved.deals.model import Silence, Situation
from unsolved.web.words import percent, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: what it is of, what it comes to, and why in few words.

    ``tab`` is the page that tells it whole; ``warns`` whether it should give pause.
    """

    called: str
    value: str
    why: str
    tab: str
    warns: bool = False


def glance(known: Situation, names: Mapping[int, str]) -> tuple[Figure, ...]:
    """Return the figures of a deal; ``names`` are those of its people in our sources."""
    return tuple(_figures(known, names))


def _figures(known: Situation, names: Mapping[int, str]) -> Iterator[Figure]:
    yield _worth_it(known)
    yield _cost(known)
    yield _undecided(known)
    yield _silence(known, names)
    yield _gaps(known)


def _worth_it(known: Situation) -> Figure:
    found = attempts.qualify(known)
    return Figure(
        called="Worth going on",
        value=_upper(found.verdict),
        why=found.because,
        tab="tried",
        warns=found.verdict is attempts.Verdict.WALK_AWAY,
    )


def _cost(known: Situation) -> Figure:
    cost, called = known.cost, "Cost of doing nothing"
    if cost is None:
        why = "nobody can say yet what it costs them"
        return Figure(called=called, value="Not counted", why=why, tab="cost", warns=True)
    said = f"{cost.said} of {plural(cost.inputs, 'figure')} said by the buyer"
    value = f"{money(cost.p50, cost.currency)} a year"
    return Figure(called=called, value=value, why=said, tab="cost", warns=not cost.said)


def _undecided(known: Situation) -> Figure:
    """Return how likely no decision is; of a decided deal, how likely it was on that day."""
    chance = no_decision.risk(known)
    most = max(chance.reasons, key=lambda one: (one.weight, one.text), default=None)
    is_open = known.opportunity.head.is_open
    return Figure(
        called="No decision" if is_open else "No decision, as it stood",
        value=percent(chance.probability),
        why=most.text if most and most.weight > 0 else "nothing speaks for it",
        tab="leaving",
        warns=is_open and chance.probability > 1 / 2,
    )


def _silence(known: Situation, names: Mapping[int, str]) -> Figure:
    called, tab = "Most unusual silence", "silence"
    if not known.exchanges:
        why = "no mail or calendar with them is known"
        return Figure(called=called, value="Not known", why=why, tab=tab)
    waiting = [one for one in known.silences if one.waiting_since is not None]
    if not waiting:
        why = "nothing of ours waits for an answer"
        return Figure(called=called, value="Nobody is silent", why=why, tab=tab)
    least = min(waiting, key=_unlikely)
    name = _name(known, least, names)
    told = silence.said(least, name)
    return Figure(
        called=called,
        value=_upper(silence.one_in(least.probability)),
        why=told if told.startswith(name) else f"{name}: {told}",
        tab=tab,
        warns=least.is_silent,
    )


def _gaps(known: Situation) -> Figure:
    found = stakeholders.gaps(known)
    return Figure(
        called="Gaps on the map",
        value=str(len(found)) if found else "None",
        why=found[0].text if found else "nothing that our rules look for",
        tab="people",
        warns=bool(found),
    )


def _unlikely(one: Silence) -> tuple[float, int, str]:
    return one.probability, one.person_id, one.channel


def _name(known: Situation, one: Silence, names: Mapping[int, str]) -> str:
    mapped = {who.person_id: who.name for who in known.opportunity.stakeholders.values()}
    return mapped.get(one.person_id) or names.get(one.person_id) or "somebody not on the map"


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
