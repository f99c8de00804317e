"""Whether to keep a deal, to let it go, or to ask first: its arithmetic, in money."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from unsolved.deals.attempts import qualify
from unsolved.deals.model import Chance, Reason, Situation, added
from unsolved.deals.no_decision import asks as asked
from unsolved.deals.no_decision import rule_of

PREFIX = "letting_go."


class Verdict(StrEnum):
    """What is advised."""

    KEEP = "keep it"
    LET_GO = "let it go"
    FIND_OUT = "find out first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Where the advice would turn, each with the rest as it is; None where it cannot.

    ``chance`` is of winning, in [0, 1]; ``hours`` are hours still to be spent.
    """

    chance: float | None
    hours: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What is advised, and why.

    ``reasons`` are in money of ``currency`` and add up to ``balance``: what keeping it may
    bring on the whole, less what it takes. ``risk`` is the chance of no decision with its own
    reasons, ``won`` the share that we win of what is decided, ``wins`` the chance of winning.
    ``besides`` are reasons that money does not show. ``assumed`` says what nobody told us.
    ``ask`` is what to ask first, with what the answer could do.
    """

    verdict: Verdict
    because: str
    currency: str
    reasons: tuple[Reason, ...]
    risk: Chance
    won: float
    worth: float
    hours: float
    hour_costs: float
    turns: Turns
    besides: tuple[Reason, ...] = ()
    assumed: tuple[str, ...] = ()
    ask: str = ""

    @property
    def balance(self) -> float:
        """The reasons, added up, in ``currency``."""
        return added(self.reasons)

    @property
    def wins(self) -> float:
        """The chance of winning, in [0, 1]: that it is decided, and for us."""
        return (1 - self.risk.probability) * self.won


@dataclass(frozen=True, slots=True)
class _Given:
    """What the arithmetic is made with, and what of it is assumed."""

    worth: float | None
    hours: float
    hour_costs: float
    won: float
    won_told: str
    assumed: tuple[str, ...]


def advise(situation: Situation, risk: Chance) -> Advice:
    """Return what is advised for a deal in work.

    The chance that it is decided, times the share we win of what is decided, times what it is
    worth, against the hours it will still take (expected value, as any gamble is weighed;
    time that was spent already counts for nothing: Arkes and Blumer, "The Psychology of Sunk
    Cost", 1985). Letting go is not advised on thin grounds, nor where an answer could turn it.
    """
    given = _given(situation)
    worth = given.worth or 0.0
    reasons = tuple(_reasons(situation, given, worth, risk.probability))
    besides = tuple(_besides(situation))
    verdict, because, ask = _verdict(situation, given, risk, added(reasons), besides)
    effort = given.hours * given.hour_costs
    may_bring = worth * (1 - risk.probability) * given.won
    return Advice(
        verdict=verdict,
        because=because,
        currency=situation.opportunity.head.currency,
        reasons=reasons,
        risk=risk,
        won=given.won,
        worth=worth,
        hours=given.hours,
        hour_costs=given.hour_costs,
        turns=Turns(
            chance=effort / worth if worth and effort <= worth else None,
            hours=may_bring / given.hour_costs if given.hour_costs else None,
        ),
        besides=besides,
        assumed=given.assumed,
        ask=ask,
    )


@cache
def effort() -> Mapping[str, Any]:
    """Return what is reckoned with where nobody said otherwise."""
    return tomllib.loads(Path(__file__).with_name("effort.toml").read_text("utf-8"))


def _given(situation: Situation) -> _Given:
    head, told, assumed = situation.opportunity.head, effort(), []
    worth = asked(situation) if head.worth is None else head.worth
    fees = situation.track.fees
    if worth is None and fees:
        worth = float(median(fees))
        assumed.append(
            f"worth {worth:,.0f} {head.currency}: the middle of {len(fees)} fees won"
        )
    hours, costs = head.hours_left, head.hour_costs
    if hours is None:
        hours = float(told["hours_left"].get(head.stage.value, 0.0))
        assumed.append(f"{hours:,.0f} hours still to spend: usual in {head.stage.value}")
    if costs is None:
        costs = float(told["hour_costs"])
        assumed.append(f"an hour costs {costs:,.0f} {head.currency}")
    won, won_told = _won(situation)
    return _Given(worth, hours, costs, won, won_told, tuple(assumed))


def _won(situation: Situation) -> tuple[float, str]:
    """Return the share that we win of what is decided, drawn to what is usual, and how known.

    The mean of a beta distribution, as for the base of the risk.
    """
    told, track = effort(), situation.track
    decided = track.won + track.lost
    prior, weight = float(told["won_share"]), float(told["won_deals"])
    share = (track.won + prior * weight) / (decided + weight)
    if not decided:
        return share, f"{prior:.0%} assumed; we have no decided deals of our own yet"
    small = f"; {decided} are few" if decided < told["few"] else ""
    own = f"we won {track.won} of {decided}{small}"
    return share, f"{own}; drawn to {prior:.0%}, which counts as {weight:.0f} deals"


def _reasons(
    situation: Situation, given: _Given, worth: float, risk: float
) -> Iterator[Reason]:
    """Yield the arithmetic: the worth, what is lost of it on the way, and the effort."""
    currency = situation.opportunity.head.currency
    lost = worth * risk
    yield Reason(f"It is worth {worth:,.0f} {currency} if we win it", worth, f"{PREFIX}worth")
    yield Reason(f"{risk:.0%} of that ends in no decision", -lost, f"{PREFIX}no_decision")
    yield Reason(
        f"Of what is decided we do not win {1 - given.won:.0%} ({given.won_told})",
        -(worth - lost) * (1 - given.won),
        f"{PREFIX}lost",
    )
    told = f"{given.hours:,.0f} hours at {given.hour_costs:,.0f} {currency} are still to spend"
    yield Reason(told, -given.hours * given.hour_costs, f"{PREFIX}effort")


def _besides(situation: Situation) -> Iterator[Reason]:
    """Yield what speaks for letting go whatever the sum is: no fit, no means to do it."""
    for one in qualify(situation).barred:
        text = one.text[:1].upper() + one.text[1:]
        yield Reason(text, 0.0, f"{PREFIX}{one.rule}", one.ground)


def _verdict(
    situation: Situation,
    given: _Given,
    risk: Chance,
    balance: float,
    besides: tuple[Reason, ...],
) -> tuple[Verdict, str, str]:
    """Return what is advised, why in a sentence, and what to ask first."""
    if besides:
        return Verdict.LET_GO, besides[0].text, ""
    if given.worth is None:
        told = "Nobody knows what it is worth, so nothing can be weighed"
        return Verdict.FIND_OUT, told, "What would it be worth to them to have it solved?"
    if balance >= 0:
        return Verdict.KEEP, "It may bring more than it takes", ""
    if thin := _thin(situation):
        return Verdict.FIND_OUT, thin, _first_ask(risk)
    if turn := _could_turn(situation, given, risk):
        return Verdict.FIND_OUT, *turn
    return Verdict.LET_GO, "It takes more than it may bring, and no answer would turn that", ""


def _thin(situation: Situation) -> str:
    """Return why little is known of a deal, empty when enough is."""
    known = situation.opportunity
    theirs = any(not one.is_ours and not one.is_automatic for one in situation.exchanges)
    met = any(one.met_on for one in known.stakeholders.values())
    if not (theirs or met or known.acts):
        return "They have not been heard yet"
    age = (situation.today - known.head.opened_on).days
    if age < effort()["heard_days"]:
        return f"It is {age} days old; that is too early to give it up"
    return ""


def _first_ask(risk: Chance) -> str:
    """Return what to ask first: what weighs most of what nobody asked yet."""
    asked = [
        (-reason.weight, rule.name, rule.ask)
        for reason in risk.reasons
        if (rule := rule_of(reason)) is not None and rule.is_open
    ]
    return min(asked, default=(0.0, "", "What would have to happen for you to decide?"))[2]


def _could_turn(situation: Situation, given: _Given, risk: Chance) -> tuple[str, str] | None:
    """Return which answer could turn the advice, and what to ask for it; None for none.

    Each open question is answered in the best way, one alone; the one that helps most counts
    (the value of perfect information: Howard, "Information Value Theory", 1966).
    """
    best: tuple[float, str, str] | None = None
    for reason in risk.reasons:
        rule = rule_of(reason)
        if rule is None or not rule.is_open:
            continue
        others = tuple(one for one in risk.reasons if one is not reason)
        answered = Chance((*others, Reason(rule.text, rule.best, reason.rule)))
        wins = (1 - answered.probability) * given.won
        balance = (given.worth or 0.0) * wins - given.hours * given.hour_costs
        if balance >= 0 and (best is None or (-balance, rule.name) < best[:2]):
            best = (-balance, rule.name, rule.ask)
    if best is None:
        return None
    currency = situation.opportunity.head.currency
    return f"A good answer would turn it: to {-best[0]:,.0f} {currency}", best[2]
