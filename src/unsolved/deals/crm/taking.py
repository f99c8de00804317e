"""What an opportunity begins with when a CRM knows the deal: its head, and its people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from unsolved.deals.crm.deal import Deal, Ended
from unsolved.deals.model import (
    Basis,
    Cause,
    Ground,
    Head,
    Outcome,
    Stage,
    Stakeholder,
)
from unsolved.prospects import Standing

MOST_PEOPLE = 12
"""As many people of the records become stakeholders, those with the most activities first."""

LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Involved:
    """Somebody whom the records of a deal name: in how many activities, and when last."""

    person_id: int
    name: str
    title: str = ""
    activities: int = 0
    last_at: datetime | None = None
    is_contact: bool = False
    """That the record of the deal itself names them."""


def head_of(
    deal: Deal,
    end: Ended | None,
    *,
    today: date,
    problem_id: str = "",
    currency: str = "EUR",
    standing: Standing | None = None,
) -> Head:
    """Return the head of the opportunity that a deal becomes.

    ``currency`` is for a deal that names none. A deal that is open begins at the first stage:
    how far the CRM says it is was not always the buyer's doing.

    Raises:
        ValueError: it has no organisation, or ended and nobody says how.
    """
    if deal.organisation_id is None or (end is not None and end.outcome is None):
        raise ValueError("a deal needs an organisation, and one that ended an outcome")
    opened = min(deal.created_on or today, today)
    closed = min(deal.closes_on or today, today) if end else None
    return Head(
        name=deal.name[:LONGEST] or f"deal {deal.key}",
        organisation_id=deal.organisation_id,
        seller=deal.owner,
        problem_id=problem_id,
        stage=Stage.DECIDED if end else Stage.PROVOKE,
        outcome=end.outcome if end else None,
        cause=_cause(end),
        opened_on=opened,
        staged_on=closed or opened,
        decided_on=closed,
        close_on=deal.closes_on,
        worth=deal.amount,
        currency=deal.currency or currency,
        in_forecast=end is None,
        standing=standing,
        source_id=deal.source_id,
        deal_key=deal.key,
        crm_stage=deal.stage,
    )


def people_of(deal: Deal, involved: Iterable[Involved]) -> list[Stakeholder]:
    """Return the people of a deal as stakeholders, at most `MOST_PEOPLE`.

    First whom the deal itself names, then by how often they are in its activities.
    """
    ordered = sorted(
        involved, key=lambda one: (not one.is_contact, -one.activities, one.person_id)
    )
    ground = Ground(
        basis=Basis.RECORD, by=deal.source, on=deal.created_on, record_id=deal.record_id
    )
    return [
        Stakeholder(
            name=one.name[:LONGEST], title=one.title, person_id=one.person_id, ground=ground
        )
        for one in ordered[:MOST_PEOPLE]
        if one.name.strip()
    ]


def _cause(end: Ended | None) -> Cause | None:
    return end.cause if end and end.outcome is Outcome.NO_DECISION else None
