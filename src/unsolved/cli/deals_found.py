"""Finds the deal that somebody means by its number, its name or its organisation."""

from unsolved import deals
from unsolved.cli.workbench import Workbench
from unsolved.db import Session
from unsolved.deals.changes import Doing
from unsolved.deals.model import Situation
from unsolved.deals.queries import lists
from unsolved.errors import Conflict, NotFound

LONGEST_NUMBER = 9


def number_of(tx: Session, named: str) -> int:
    """Return the id of the opportunity of that number, name or organisation.

    Raises:
        NotFound: nothing is called so.
        Conflict: several are; it names them.
    """
    told = named.strip()
    if told.isdecimal() and len(told) <= LONGEST_NUMBER:
        if deals.opportunity(tx, int(told)) is None:
            raise NotFound(opportunity=int(told))
        return int(told)
    found = lists.named(tx, told) if told else []
    if not found:
        raise NotFound(opportunity=named, mend="unsolved deals list --which all")
    if len(found) > 1:
        known = "; ".join(f"{one.id} {one.name}" for one in found)
        raise Conflict(opportunity=named, mend=f"say which by its number: {known}")
    return found[0].id


def situation_of(tx: Session, bench: Workbench, named: str) -> Situation:
    """Return all that is known around the opportunity that somebody means.

    Raises:
        NotFound, Conflict: as `number_of`.
    """
    number = number_of(tx, named)
    known = deals.situation(tx, number, bench.library, bench.now)
    assert known is not None, "it was found a moment ago"
    return known


def doing(bench: Workbench, why: str = "") -> Doing:
    """Return who does something at this terminal, now."""
    return Doing(by=bench.settings.me, now=bench.now, why=why.strip())
