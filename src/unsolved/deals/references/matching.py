"""Which customers can vouch to this buyer: those like them, and none of them too often."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter

from unsolved.deals.model import (
    AlternativeKind,
    Attempt,
    CameOf,
    Reason,
    Situation,
    Why,
    added,
)
from unsolved.deals.references.alike import (
    country_code,
    factor,
    nearness,
    shared_language,
    trade,
)
from unsolved.deals.references.model import Match, Reference, Used
from unsolved.sources import Organisation, name_key

FAILED = frozenset({CameOf.FAILED, CameOf.PERSISTS, CameOf.PARTLY})
NEAR = 2.0
"""Within which factor two sizes are called about the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Points:
    __pydantic_config__ = ConfigDict(extra="forbid")

    like_from: float
    quarter_days: int
    far: float
    problem: Mapping[str, float]
    tried: Mapping[str, float]
    industry: Mapping[str, float]
    size: Mapping[str, float]
    place: Mapping[str, float]
    worn: Mapping[str, float]


def match(
    situation: Situation, references: Mapping[int, Reference], uses: Iterable[Used]
) -> tuple[Match, ...]:
    """Return all references with how well each fits the buyer: who may be asked comes first.

    Within those the most alike first. Points add up as reasons: the same problem, the same sort
    of attempt, the same reasons of failure, trade, size on a logarithmic scale, country and
    language; less what it was asked lately. ``uses`` are those of all deals.
    """
    by_reference: dict[int, list[Used]] = {}
    for use in uses:
        by_reference.setdefault(use.reference_id, []).append(use)
    found = [
        _match(number, one, situation, by_reference.get(number, []))
        for number, one in references.items()
    ]
    found.sort(key=lambda one: (not one.may_be_asked, bool(one.refused), *_order(one)))
    return tuple(found)


def lately(uses: Iterable[Used], today: date) -> list[Used]:
    """Return the uses of the quarter that ends today; what is planned for later counts too."""
    first = today - timedelta(days=_points().quarter_days)
    return [one for one in uses if one.on > first]


def _order(one: Match) -> tuple[float, str, int]:
    return -one.points, one.reference.organisation.casefold(), one.reference_id


def _match(number: int, one: Reference, situation: Situation, uses: Sequence[Used]) -> Match:
    like = tuple(_like(one, situation))
    asked = lately(uses, situation.today)
    worn = _points().worn["each"] * len(asked)
    told = f"was asked {_times(len(asked))} in the last {_points().quarter_days} days"
    return Match(
        reference_id=number,
        reference=one,
        reasons=(*like, *([Reason(told, worn, "worn")] if asked else ())),
        refused=_refused(one, situation, asked, uses),
        recent=len(asked),
        last_on=max((use.on for use in uses), default=None),
        cautions=tuple(_cautions(one, situation)),
        is_like=added(like) >= _points().like_from,
    )


def _like(one: Reference, situation: Situation) -> Iterator[Reason]:
    points = _points()
    wanted = situation.opportunity.head.problem_id
    if wanted and one.problem_id:
        same = wanted == one.problem_id
        text = "had the same problem" if same else "had another problem"
        yield Reason(text, points.problem["same" if same else "other"], "problem")
    yield from _tried(one, situation.opportunity.attempts.values())
    if situation.organisation is not None:
        yield from _place(one, situation.organisation)


def _tried(one: Reference, attempts: Iterable[Attempt]) -> Iterator[Reason]:
    points = _points().tried
    failed = [attempt for attempt in attempts if attempt.came_of in FAILED]
    if one.kind is not None and any(attempt.kind is one.kind for attempt in failed):
        text = f"had failed with the same sort of fix: {one.kind.value}"
        yield Reason(text, points["kind"], "kind", one.ground)
    ours, theirs = {why for attempt in failed for why in attempt.whys}, set(one.whys)
    shared = [why.value for why in Why if why in ours & theirs]
    if shared:
        share = len(shared) / len(ours | theirs)
        text = f"had failed for the same reason: {', '.join(shared)}"
        yield Reason(text, points["whys"] * share, "whys", one.ground)


def _place(one: Reference, buyer: Organisation) -> Iterator[Reason]:
    points = _points()
    kin = trade(buyer.industry or "", one.industry)
    if kin:
        text = f"is in the same industry: {one.industry}"
        near = f"is in an industry near theirs: {one.industry}"
        yield Reason(text if kin == "same" else near, points.industry[kin], "industry")
    yield from _size(one, buyer)
    code = country_code(one.country) or one.country.casefold()
    if one.country and code == (country_code(buyer.country or "") or buyer.country):
        yield Reason(f"is in the same country: {one.country}", points.place["country"], "place")
    elif language := shared_language(one.country, buyer.country or ""):
        text = f"speaks the same language: {language}"
        yield Reason(text, points.place["language"], "place")


def _size(one: Reference, buyer: Organisation) -> Iterator[Reason]:
    points = _points()
    times = factor(one.employees, buyer.employees)
    if times is None or one.employees is None or buyer.employees is None:
        return
    which = "larger" if one.employees > buyer.employees else "smaller"
    people = f"{one.employees:,} people"
    if times >= points.far:
        text = f"is {times:,.0f} times {which}: {people}; what holds there need not hold here"
        yield Reason(text, points.size["far"], "size")
        return
    apart = f"is {which}, by a factor of {times:.1f}: {people}"
    told = f"is about as large: {people}" if times <= NEAR else apart
    yield Reason(told, points.size["same"] * nearness(times, points.far), "size")


def _refused(
    one: Reference, situation: Situation, asked: Sequence[Used], uses: Sequence[Used]
) -> str:
    """Return why a reference may not be asked for this deal; empty when it may."""
    own = [use.on for use in uses if use.opportunity_id == situation.opportunity.id]
    rivals = {name_key(name) for name in one.rivals}
    days = _points().quarter_days
    often = f"was asked {_times(len(asked))} in the last {days} days, and no more is agreed"
    told = {
        f"was asked in this deal on {max(own, default=situation.today)}": bool(own),
        "does not want to be asked": not one.is_willing,
        "is the buyer itself": _is_buyer(one, situation),
        "competes with the buyer": bool(_names(situation) & rivals),
        "is a supplier whom the buyer compares us with": name_key(one.organisation)
        in _competitors(situation),
        often: len(asked) >= one.most_uses,
    }
    return next((text for text, applies in told.items() if applies), "")


def _is_buyer(one: Reference, situation: Situation) -> bool:
    buyer = situation.organisation
    same = one.organisation_id is not None and buyer is not None
    if same and buyer is not None and one.organisation_id == buyer.id:
        return True
    return name_key(one.organisation) in _names(situation)


def _names(situation: Situation) -> set[str]:
    buyer = situation.organisation
    return {name_key(name) for name in (buyer.name, *buyer.names)} if buyer else set()


def _competitors(situation: Situation) -> set[str]:
    return {
        name_key(one.name)
        for one in situation.opportunity.alternatives.values()
        if one.kind is AlternativeKind.COMPETITOR and one.name.strip()
    }


def _cautions(one: Reference, situation: Situation) -> Iterator[str]:
    buyer = situation.organisation
    if buyer and trade(buyer.industry or "", one.industry) == "same":
        ours, theirs = country_code(one.country), country_code(buyer.country or "")
        if ours and ours == theirs:
            yield "same industry and country: ask first whether they compete"
    if not one.contact.strip():
        yield "nobody is named whom to ask"
    if not one.vouches_for.strip():
        yield "it is not agreed what they vouch for"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


@cache
def _points() -> _Points:
    text = Path(__file__).with_name("matching.toml").read_text("utf-8")
    return TypeAdapter(_Points).validate_python(tomllib.loads(text))
