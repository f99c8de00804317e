"""Makes deals for tests: whole, valid and dull, but for what a test names."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tests import make
from unsolved.db import Sessions, transaction
from unsolved.deals.changes import Doing
from unsolved.deals.model import Head, Opportunity, Situation
from unsolved.deals.parts import Part
from unsolved.deals.service import open_opportunity
from unsolved.sources import OrganisationDraft, called

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
TODAY = NOON.date()
ME = Doing(by="Ada", now=NOON)


def head(organisation_id: int = 1, **but: Any) -> Head:
    facts = {
        "name": "Acme: late orders",
        "organisation_id": organisation_id,
        "seller": "Ada",
        "problem_id": "erp_replacement",
        "opened_on": date(2026, 3, 1),
        "staged_on": date(2026, 3, 1),
        **but,
    }
    return Head(**facts)


def opportunity(**parts: Any) -> Opportunity:
    facts = {"id": 1, "head": head(), **parts}
    return Opportunity(**facts)


def situation(known: Opportunity | None = None, **but: Any) -> Situation:
    return replace(Situation(opportunity=known or opportunity(), now=NOON), **but)


def opened(sessions: Sessions, *parts: Part, name: str = "Acme", **but: Any) -> int:
    """Open an opportunity with an organisation of that name, and return its id."""
    make.bring(sessions, OrganisationDraft(name=name))
    with transaction(sessions) as tx:
        known = called(tx, name)
        assert known is not None
        return open_opportunity(tx, head(known.id, **but), ME, parts)
