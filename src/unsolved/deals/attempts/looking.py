"""Where each thing that weighs stands in what is known of the attempts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from unsolved.deals.model import (
    Act,
    Attempt,
    CameOf,
    Ground,
    Power,
    RiskState,
    Situation,
    Stakeholder,
    Why,
)
from unsolved.prospects import Standing

FAILED = frozenset({CameOf.FAILED, CameOf.PERSISTS, CameOf.PARTLY})
"""What may be called a failure: the problem is still there."""

STRONG = frozenset({Power.DECIDES, Power.BLOCKS})
LONGEST_NAME = 90

_CAME = {
    CameOf.FAILED: "failed",
    CameOf.PERSISTS: "failed",
    CameOf.PARTLY: "partly",
    CameOf.UNDER_WAY: "under-way",
    CameOf.WORKED: "worked",
}
_ORDER = tuple(_CAME)
_STOOD = {
    Standing.TRIED_AND_FAILED: "stood-failed",
    Standing.IN_DENIAL: "stood-denial",
    Standing.RESOLVED: "stood-resolved",
}
_ABLE = (Act.TESTED, Act.GAVE_ACCESS, Act.NAMED_OWNER, Act.ACCEPTED_PROOF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """That a facet stands in one of its ways; ``share`` is how much of its weight counts."""

    way: str
    facts: Mapping[str, str] = field(default_factory=dict)
    ground: Ground | None = None
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is known of a facet; open while an answer could still change it."""

    found: tuple[Found, ...] = ()
    is_open: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)


def said(attempt: Attempt) -> str:
    """Return what an attempt is called, in quotes and not too long.

    >>> said(Attempt(what="a portal"))
    '“a portal”'
    """
    what = " ".join(attempt.what.split())
    short = what if len(what) <= LONGEST_NAME else f"{what[:LONGEST_NAME].rstrip()}…"
    return f"\u201c{short}\u201d"


def failed(situation: Situation) -> list[Attempt]:
    """Return the attempts after which the problem was still there, in an order of their own."""
    known = situation.opportunity.attempts.values()
    return sorted((one for one in known if one.came_of in FAILED), key=_key)


def came(situation: Situation) -> Look:
    """Return what came of the last attempt; of several at once, the worst."""
    told = [one for one in situation.opportunity.attempts.values() if one.came_of in _CAME]
    if not told:
        return _stood(situation)
    last = max(_on(one) for one in told)
    latest = [one for one in told if _on(one) == last]
    chosen = min(latest, key=lambda one: (_ORDER.index(one.came_of), _key(one)))
    way = _CAME[chosen.came_of]
    if way == "worked" and _agreed_since(situation, chosen.ended):
        way = "worked-once"
    sides = {one.came_of is CameOf.WORKED for one in latest}
    found = Found(way=way, facts={"what": said(chosen)}, ground=ground_of(chosen))
    return Look(found=(found,), is_open=len(sides) > 1)


def able(situation: Situation) -> Look:
    """Return whether they could carry out any fix: as was said of an attempt, else by acts."""
    told = [a for a in situation.opportunity.attempts.values() if a.is_structural is not None]
    if told:
        last = max(_on(one) for one in told)
        latest = sorted((one for one in told if _on(one) == last), key=_key)
        if len({one.is_structural for one in latest}) > 1:
            return Look(is_open=True)
        one = latest[0]
        way = "no" if one.is_structural else "yes"
        facts = {"what": said(one), "how": f"so it was said of {said(one)}"}
        return Look(found=(Found(way=way, facts=facts, ground=ground_of(one)),))
    acts = [one for one in situation.opportunity.acts.values() if one.act in _ABLE]
    if not acts:
        return Look(is_open=True)
    act = min(acts, key=lambda one: (_ABLE.index(one.act), one.on, one.who))
    facts = {"how": f"they {act.act.value}"}
    return Look(found=(Found(way="yes", facts=facts, ground=act.ground),))


def why(situation: Situation) -> Look:
    """Return why it failed, each reason once, sharing the weight; open where nobody knows."""
    attempts = failed(situation)
    whys = [one for one in Why if any(one in attempt.whys for attempt in attempts)]
    untold = [one for one in attempts if not one.whys]
    found = tuple(_of_why(one, attempts, situation, 1 / len(whys)) for one in whys)
    facts = {"what": said(untold[0])} if untold else {}
    return Look(found=found, is_open=bool(untold), facts=facts)


def different(situation: Situation) -> Look:
    """Return what must be different this time, by the latest failed attempt that says so."""
    attempts = failed(situation)
    told = [one for one in attempts if one.different.strip()]
    if not attempts or not told:
        named = {"what": said(attempts[0])} if attempts else {}
        return Look(is_open=bool(attempts), facts=named)
    one = max(told, key=lambda one: (_on(one), _key(one)))
    facts = {"different": one.different.strip()}
    return Look(found=(Found(way="said", facts=facts, ground=ground_of(one)),))


def defended(situation: Situation) -> Look:
    """Return who still defends what failed, those with power before others."""
    attempts = failed(situation)
    people = situation.opportunity.stakeholders
    numbers = {number for one in attempts for number in one.defended_by}
    who = present(situation, (people[n] for n in numbers if n in people))
    if who:
        strong = [one for one in who if one.power in STRONG]
        way = "strongly" if strong else "weakly"
        facts = {"who": names(strong or who)}
        return Look(found=(Found(way=way, facts=facts, ground=(strong or who)[0].ground),))
    named = {"what": said(attempts[0])} if attempts else {}
    if any("defend" in one.note.lower() for one in attempts):
        return Look(found=(Found(way="nobody"),))
    return Look(is_open=bool(attempts), facts=named)


def present(situation: Situation, people: Iterable[Stakeholder]) -> list[Stakeholder]:
    """Return the people who have not left, by name."""
    today = situation.today
    here = (one for one in people if one.left_on is None or one.left_on > today)
    return sorted(here, key=lambda one: (one.name, one.title, one.power.value))


def names(people: Sequence[Stakeholder]) -> str:
    """Return names in a row, each once, at most three of them."""
    told = list(dict.fromkeys(one.name for one in people))
    rest = f" and {len(told) - 3} more" if len(told) > 3 else ""  # noqa: PLR2004 - as said
    return ", ".join(told[:3]) + rest


def ground_of(attempt: Attempt) -> Ground | None:
    """Return the first of what an attempt rests on, whatever the order they came in."""
    return min(attempt.grounds, key=lambda one: (one.on or date.max, repr(one)), default=None)


def _of_why(one: Why, attempts: Sequence[Attempt], situation: Situation, share: float) -> Found:
    proofs = sorted(
        risk.proof
        for risk in situation.opportunity.risks.values()
        if risk.why is one and risk.state is RiskState.PROVEN
    )
    ground = next((ground_of(a) for a in attempts if one in a.whys and a.grounds), None)
    if proofs:
        facts = {"why": one.value, "proof": proofs[0]}
        return Found(way="proven", facts=facts, ground=ground, share=share)
    return Found(way=one.value, ground=ground, share=share)


def _stood(situation: Situation) -> Look:
    """Return what the evidence said when nothing is known of any attempt."""
    known = situation.opportunity
    if not known.attempts and any(a.act is Act.TOLD_ATTEMPTS for a in known.acts.values()):
        return Look(found=(Found(way="nothing"),))
    way = _STOOD.get(known.head.standing) if known.head.standing else None
    return Look(found=(Found(way=way),) if way else (), is_open=True)


def _agreed_since(situation: Situation, ended: date | None) -> bool:
    acts = situation.opportunity.acts.values()
    return any(
        one.act is Act.AGREED_PROBLEM and (ended is None or one.on > ended) for one in acts
    )


def _on(attempt: Attempt) -> date:
    return attempt.ended or attempt.began or date.min


def _key(attempt: Attempt) -> tuple[int, str]:
    """Order attempts by what they are and not by their numbers, the latest first."""
    return -_on(attempt).toordinal(), repr(attempt)
