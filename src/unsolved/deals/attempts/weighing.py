"""Whether to go on, find out first, or walk away: reasons added up, and what could turn them.

After the qualification of complex sales known as MEDDIC and MEDDPICC (Dunkel and Napoli, PTC,
from 1996 on), with one rule more: a verdict that a single open answer could turn is not given
yet. Such an answer is worth asking for, since it changes what we do (Howard, "Information value
theory", 1966).
"""

from collections.abc import Callable, Mapping, Sequence
from math import fsum, inf

from unsolved.deals.attempts import around, looking
from unsolved.deals.attempts.looking import Found, Look
from unsolved.deals.attempts.model import Answer, Qualification, Unknown, Verdict
from unsolved.deals.attempts.weights import Facet, Way, weights
from unsolved.deals.model import Reason, Situation

LOOKS: Mapping[str, Callable[[Situation], Look]] = {
    "fit": around.fit,
    "able": looking.able,
    "agreed": around.agreed,
    "came": looking.came,
    "why": looking.why,
    "different": looking.different,
    "cost": around.cost,
    "numbers": around.numbers,
    "power": around.power,
    "defended": looking.defended,
    "champion": around.champion,
    "date": around.dated,
    "leaning": around.leaning,
}
"""Where each facet of ``qualify.toml`` is looked up, in the order in which it is shown."""


def qualify(situation: Situation) -> Qualification:
    """Return whether a deal is worth going on with, as reasons in log-odds that add up.

    A reason that bars (no fit, structural inability) is to walk away by itself. Otherwise the
    sum decides, as long as no answer to what is still open would turn it; when one would, that
    is to be found out first. Facts in another order give the same.
    """
    looks = {name: look(situation) for name, look in LOOKS.items()}
    start = weights().start
    by_facet = {"start": [Reason(start.text, start.weight, "start")]}
    by_facet |= {name: _reasons(name, look) for name, look in looks.items()}
    barred = [
        reason
        for name, look in looks.items()
        for reason, found in zip(by_facet[name], look.found, strict=True)
        if weights().facets[name].ways[found.way].walks
    ]
    unknowns = [
        _unknown(name, look, by_facet, is_barred=bool(barred))
        for name, look in looks.items()
        if look.is_open
    ]
    unknowns.sort(key=lambda one: (not one.turns, -_reach(one), list(LOOKS).index(one.rule)))
    reasons = tuple(reason for found in by_facet.values() for reason in found)
    return _judged(reasons, tuple(barred), tuple(unknowns))


def _judged(
    reasons: tuple[Reason, ...], barred: tuple[Reason, ...], unknowns: tuple[Unknown, ...]
) -> Qualification:
    points = fsum(reason.weight for reason in reasons)
    turning = [one for one in unknowns if one.turns]
    side = _side(points)
    if barred:
        verdict, because = Verdict.WALK_AWAY, "; ".join(one.text for one in barred)
    elif turning:
        verdict = Verdict.FIND_OUT
        because = f"it hangs on {_listed([one.what for one in turning])}"
    elif side is not Verdict.FIND_OUT:
        verdict, because = side, _foremost(reasons, side)
    elif unknowns:
        verdict = Verdict.FIND_OUT
        because = f"too little is known; most hangs on {unknowns[0].what}"
    else:
        verdict = Verdict.PURSUE if points > 0 else Verdict.WALK_AWAY
        because = f"all is known, and it is close: {_foremost(reasons, verdict)}"
    return Qualification(
        verdict=verdict,
        because=because,
        reasons=reasons,
        barred=barred,
        unknowns=unknowns,
        pursue_from=weights().pursue_from,
        walk_from=weights().walk_from,
    )


def _reasons(name: str, look: Look) -> list[Reason]:
    facet = weights().facets[name]
    return [_reason(name, facet.ways[found.way], found) for found in look.found]


def _reason(name: str, way: Way, found: Found) -> Reason:
    text = way.text.format_map(_Facts(found.facts))
    return Reason(text, way.weight * found.share, name, found.ground)


def _unknown(
    name: str, look: Look, by_facet: Mapping[str, Sequence[Reason]], *, is_barred: bool
) -> Unknown:
    """Return an open facet with what each of its answers would make of the sum."""
    facet = weights().facets[name]
    others = [r.weight for key, found in by_facet.items() if key != name for r in found]
    now = fsum([*others, *(reason.weight for reason in by_facet[name])])
    facts = _Facts(look.facts)
    return Unknown(
        what=facet.unknown.format_map(facts),
        ask=facet.ask.format_map(facts),
        rule=name,
        fills=facet.fills,
        answers=tuple(
            _answer(way, others, now, is_barred=is_barred) for way in _answers(facet)
        ),
    )


def _answers(facet: Facet) -> list[Way]:
    return [way for way in facet.ways.values() if way.answer]


def _answer(way: Way, others: Sequence[float], now: float, *, is_barred: bool) -> Answer:
    points = fsum([*others, way.weight])
    turned = None if is_barred else _turned(now, points, walks=way.walks)
    return Answer(text=way.answer, weight=way.weight, points=points, verdict=turned)


def _turned(now: float, then: float, *, walks: bool) -> Verdict | None:
    """Return what an answer turns the verdict to; None when it turns nothing.

    What speaks clearly for one side is turned only by an answer that brings it to the other
    side of even, not by one that merely makes it less clear.
    """
    side = _side(now)
    if walks:
        return Verdict.WALK_AWAY if side is not Verdict.WALK_AWAY else None
    if side is Verdict.FIND_OUT:
        return _side(then) if _side(then) is not side else None
    crossed = (then < 0) if side is Verdict.PURSUE else (then > 0)
    return _side(then) if crossed else None


def _side(points: float) -> Verdict:
    told = weights()
    if points >= told.pursue_from:
        return Verdict.PURSUE
    return Verdict.WALK_AWAY if points <= told.walk_from else Verdict.FIND_OUT


def _reach(one: Unknown) -> float:
    bars = any(answer.verdict is Verdict.WALK_AWAY for answer in one.answers)
    return inf if bars else one.width


def _foremost(reasons: Sequence[Reason], verdict: Verdict) -> str:
    """Return the two reasons that weigh most for a verdict, in words."""
    sign = 1 if verdict is Verdict.PURSUE else -1
    found = sorted(reasons, key=lambda one: (-sign * one.weight, one.text))
    return "; ".join(one.text for one in found[:2] if one.weight * sign > 0)


def _listed(whats: Sequence[str]) -> str:
    few = list(whats[:3])
    if len(whats) > len(few):
        return f"{', '.join(few)} and {len(whats) - len(few)} more"
    return " and ".join([", ".join(few[:-1]), few[-1]] if len(few) > 1 else few)


class _Facts(dict[str, str]):
    """Facts for a text; what is not known stands there as it is called in words."""

    def __missing__(self, key: str) -> str:
        return _CALLED.get(key, "")


_CALLED = {"what": "what was tried", "who": "somebody"}
