"""Asks for what a test has made, and is sure that it is there."""

from sqlalchemy.orm import Session

from unsolved.deals.model import Opportunity
from unsolved.deals.queries import opportunity


def whole(tx: Session, opportunity_id: int) -> Opportunity:
    known = opportunity(tx, opportunity_id)
    assert known is not None
    return known
