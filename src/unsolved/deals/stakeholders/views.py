"""What the group agrees on and does not: the problem, whether to solve it, why it failed.

After Adamson, Dixon, Spenner and Toman, "The Challenger Customer" (2015): a group that buys
falls apart first over what the problem is, then over what to do, and last over whom to buy
from; what one person wants says little of what the group will do.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from unsolved.deals.model import Attempt, InAttempt, Situation, Stakeholder, Stance
from unsolved.deals.stakeholders.group import FAILED, Group, by_power, group_of


class Theme(StrEnum):
    """What a group may agree on."""

    PROBLEM = "what the problem is"
    STANCE = "whether to solve it with us"
    FAILURE = "why it failed before"


class Verdict(StrEnum):
    """How far they agree."""

    AGREED = "they agree"
    SO_FAR = "they agree as far as anybody asked"
    UNDECIDED = "some have not made up their mind"
    DIVIDED = "they do not agree"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Camp:
    """Those who see it one way, in words, most powerful first."""

    view: str
    who: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing they may agree on: how far they do, who stands where, whom nobody asked.

    ``about`` is the attempt that a point on failure is about. ``unasked`` has the most powerful
    first.
    """

    theme: Theme
    verdict: Verdict
    camps: tuple[Camp, ...]
    unasked: tuple[int, ...]
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What the group agrees on, point by point; ``unheard`` were asked about none of it."""

    points: tuple[Point, ...]
    unheard: tuple[int, ...]


_WANTS = {
    Stance.FOR: "is for it",
    Stance.NEUTRAL: "is neither for nor against it",
    Stance.DOUBTS: "doubts it",
    Stance.AGAINST: "is against it",
}
_NO = {Stance.DOUBTS, Stance.AGAINST}
_DEFENDS = "defends it still"
_DENIES = "says that it did not fail"
_OPPOSED = "was against it from the start"
_SEES = "sees that it failed"


def agreement(situation: Situation) -> Agreement:
    """Return what those who are there agree on and do not; those who left are not counted."""
    group = group_of(situation)
    points = (_problem(group), _stance(group), *_failures(group))
    asked = {who for point in points for camp in point.camps for who in camp.who}
    unheard = by_power(group.here, set(group.here) - asked)
    return Agreement(points=points, unheard=unheard)


def _problem(group: Group) -> Point:
    views = {
        number: "agrees what it is" if one.agrees else "sees it otherwise"
        for number, one in group.here.items()
        if one.agrees is not None
    }
    others = [n for n, one in group.here.items() if one.agrees is False]
    return _point(group, Theme.PROBLEM, views, is_divided=bool(others))


def _stance(group: Group) -> Point:
    stances = {n: o.stance for n, o in group.here.items() if o.stance in _WANTS}
    found = set(stances.values())
    views = {number: _WANTS[stance] for number, stance in stances.items()}
    return _point(
        group, Theme.STANCE, views, is_divided=Stance.FOR in found and bool(found & _NO)
    )


def _failures(group: Group) -> Iterator[Point]:
    """Yield a point for each attempt that did not solve it, oldest number first."""
    for number, attempt in sorted(group.deal.attempts.items()):
        if attempt.came_of not in FAILED:
            continue
        seen = {
            who: view
            for who, one in group.here.items()
            if (view := _view(who, one, number, attempt))
        }
        keeps = {_DEFENDS, _DENIES} & set(seen.values())
        rest = set(seen.values()) - keeps
        yield _point(
            group,
            Theme.FAILURE,
            seen,
            is_divided=bool(keeps and rest),
            about=attempt.what,
            alike=(_DEFENDS, _DENIES) if keeps else (_OPPOSED, _SEES),
        )


def _view(who: int, one: Stakeholder, number: int, attempt: Attempt) -> str:
    """Return how somebody sees an attempt that failed, empty where nobody asked."""
    is_theirs = one.attempt in {number, None}
    if is_theirs and one.in_denial:
        return _DENIES
    if who in attempt.defended_by:
        return _DEFENDS
    if is_theirs and one.in_attempt is InAttempt.OPPOSED:
        return _OPPOSED
    return _SEES if is_theirs and one.in_denial is False else ""


def _point(
    group: Group,
    theme: Theme,
    views: Mapping[int, str],
    *,
    is_divided: bool,
    about: str = "",
    alike: Iterable[str] = (),
) -> Point:
    camps = tuple(
        Camp(
            view=view, who=by_power(group.here, (n for n, one in views.items() if one == view))
        )
        for view in _ordered(set(views.values()))
    )
    unasked = by_power(group.here, set(group.here) - set(views))
    is_one = len({"alike" if camp.view in alike else camp.view for camp in camps}) == 1
    verdict = Verdict.UNKNOWN
    if is_divided:
        verdict = Verdict.DIVIDED
    elif len(views) > 1 and not is_one:
        verdict = Verdict.UNDECIDED
    elif len(views) > 1:
        waiting = set(unasked) & set(group.powerful)
        verdict = Verdict.SO_FAR if waiting else Verdict.AGREED
    return Point(theme=theme, verdict=verdict, camps=camps, unasked=unasked, about=about)


def _ordered(views: set[str]) -> list[str]:
    """Return views in a fixed order, those in favour first."""
    return sorted(views, key=_ORDER.index)


_ORDER = (
    *("agrees what it is", "sees it otherwise"),
    *_WANTS.values(),
    *(_SEES, _OPPOSED, _DEFENDS, _DENIES),
)
