"""Deals of a CRM are taken up as opportunities, each with its people and its evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from unsolved import evidence, prospects
from unsolved.deals.beginning import begun
from unsolved.deals.changes import Doing
from unsolved.deals.crm import (
    Deal,
    Ended,
    ended,
    head_of,
    people_of,
)
from unsolved.deals.model import Head, Outcome
from unsolved.deals.parts import Part
from unsolved.deals.queries.crm import (
    Place,
    Untaken,
    count_untaken,
    deals_at,
    taken,
    untaken,
)
from unsolved.deals.queries.people import involved
from unsolved.deals.service.opening import open_opportunity
from unsolved.errors import Invalid
from unsolved.problems import Library
from unsolved.prospects import Prospect, Standing

BATCH = 100
"""As many deals are taken up in one transaction."""

LIKELIEST = "likeliest"
"""As a problem: the best prospect of each organisation, where there is one."""

_ALL = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What a person says beside the records: of what problem, in which currency, how it ended.

    ``currency`` is for amounts that name none; ``outcome`` for deals that were lost, where
    the CRM does not say to whom.
    """

    problem_id: str = LIKELIEST
    currency: str = "EUR"
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """Which opportunities were opened, and which deals were left, each with why."""

    opened: tuple[int, ...] = ()
    left: tuple[tuple[Deal, str], ...] = ()
    more: int = field(default=0)
    """How many deals of the sort are still to be taken up."""


def take_deals(
    tx: Session, places: Sequence[Place], taking: Taking, library: Library, doing: Doing
) -> Took:
    """Take up deals of a CRM as opportunities, with the people that their records name.

    Where the organisation is a prospect on the problem, its evidence comes along. What is
    an opportunity already, belongs to nobody we know, or was lost without a reason that tells
    to whom, is left.
    """
    known = taken(tx, places)
    deals = deals_at(tx, places)
    people = involved(tx, deals)
    opened, left = [], []
    for deal in deals:
        end = _end(deal, taking)
        why = _hinders(deal, end, known)
        if why:
            left.append((deal, why))
            continue
        stakeholders = people_of(deal, people.get(deal.place, ()))
        head, parts = _begins(tx, deal, end, taking, library, doing)
        what = doing.what or f"took it up from the CRM: {deal.source}"
        done = replace(doing, what=what)
        opened.append(open_opportunity(tx, head, done, [*stakeholders, *parts]))
    return Took(opened=tuple(opened), left=tuple(left))


def take_some(
    tx: Session, wanted: Untaken, taking: Taking, library: Library, doing: Doing
) -> Took:
    """Take up the next deals of a sort, at most `BATCH`, and say how many are left.

    Each batch is whole: who stops after any of them has lost nothing, and goes on later.
    """
    placed = replace(wanted, is_placed=True)
    some = untaken(tx, placed, BATCH)
    took = take_deals(tx, [deal.place for deal in some], taking, library, doing)
    return replace(took, more=count_untaken(tx, placed))


def _end(deal: Deal, taking: Taking) -> Ended | None:
    end = ended(deal)
    if end is not None and end.outcome is None and taking.outcome is not None:
        if taking.outcome is Outcome.WON:
            raise Invalid(outcome=taking.outcome.value, mend="the CRM says that it was lost")
        return replace(end, outcome=taking.outcome)
    return end


def _hinders(deal: Deal, end: Ended | None, known: Mapping[Place, int]) -> str:
    if deal.place in known:
        return "it is an opportunity already"
    if deal.organisation_id is None:
        return "the CRM does not say with which organisation"
    if end is not None and end.outcome is None:
        return "it was lost, and the CRM does not say how; say it here"
    return ""


def _begins(
    tx: Session,
    deal: Deal,
    end: Ended | None,
    taking: Taking,
    library: Library,
    doing: Doing,
) -> tuple[Head, list[Part]]:
    today = doing.now.date()
    prospect = _prospect(tx, deal, taking)
    problem_id = "" if taking.problem_id == LIKELIEST else taking.problem_id
    problem = library.find(prospect.problem_id if prospect else problem_id)
    parts: list[Part] = []
    if prospect is not None and problem is not None:
        found = evidence.by_ids(tx, [*prospect.evidence, *prospect.linked])
        pieces = {piece.id: piece for piece in found}
        _, parts = begun(prospect, pieces, problem, today, deal.owner)
    head = head_of(
        deal,
        end,
        today=today,
        problem_id=problem.id if problem else "",
        currency=taking.currency,
        standing=prospect.standing if prospect and problem else None,
    )
    return head, parts


def _prospect(tx: Session, deal: Deal, taking: Taking) -> Prospect | None:
    """Return the prospect that a deal is: the best one, or that of the problem told."""
    if deal.organisation_id is None:
        return None
    found = prospects.of_organisation(tx, deal.organisation_id)
    return next(
        (
            one
            for one in found
            if one.standing is not Standing.UNSEEN
            and taking.problem_id in {one.problem_id, LIKELIEST}
            and (taking.problem_id != LIKELIEST or not one.eliminated)
        ),
        None,
    )
