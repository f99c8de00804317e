"""Triggers of deals that rest fire on the day that something happens, and are dealt with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from unsolved.deals.changes import Doing, put
from unsolved.deals.model import Opportunity, Trigger
from unsolved.deals.parts import PartKind
from unsolved.deals.queries.triggers import UNSOLVED, declined, news, watched
from unsolved.deals.queries.whole import opportunity as whole
from unsolved.deals.service.changing import change
from unsolved.deals.triggers import News, awake, fired, fires, watching
from unsolved.errors import NotFound

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Fired:
    """That a trigger fired: of which deal, which one, and as it is now."""

    opportunity_id: int
    number: int
    trigger: Trigger


def fire(tx: Session, now: datetime, doing: Doing | None = None) -> tuple[Fired, ...]:
    """Look at the triggers of all deals that rest, and return those that fire now.

    What fires is written down as an action that can be taken back; then the same reason does
    not fire again. To call it twice changes nothing the second time.
    """
    by = doing or Doing(by=UNSOLVED, now=now)
    found: list[Fired] = []
    after = 0
    while known := watched(tx, after=after, limit=AT_ONCE):
        after = known[-1].id
        came = news(tx, known)
        unwanted = declined(tx, [one.id for one in known])
        for one in known:
            found += _fire(tx, one, came[one.id], unwanted, replace(by, now=now))
    return tuple(found)


def see(tx: Session, opportunity_id: int, doing: Doing) -> int:
    """Note that a person has dealt with all that fired, and the deal goes on resting.

    Raises:
        NotFound: there is no such opportunity.
    """
    known = whole(tx, opportunity_id)
    if known is None:
        raise NotFound(opportunity=opportunity_id)
    edits = [
        put(PartKind.TRIGGER, replace(one, is_seen=True), number)
        for number, one in awake(known).items()
    ]
    what = doing.what or "saw what fired, and let it rest"
    return change(tx, opportunity_id, edits, replace(doing, what=what))


def _fire(
    tx: Session,
    known: Opportunity,
    came: News,
    unwanted: Mapping[tuple[int, int], set[str]],
    doing: Doing,
) -> list[Fired]:
    found = list(_found(known, came, unwanted, doing))
    if found:
        edits = [put(PartKind.TRIGGER, one.trigger, one.number) for one in found]
        what = doing.what or f"a trigger fired: {found[0].trigger.why}"
        change(tx, known.id, edits, replace(doing, what=what))
    return found


def _found(
    known: Opportunity,
    came: News,
    unwanted: Mapping[tuple[int, int], set[str]],
    doing: Doing,
) -> Iterator[Fired]:
    today = doing.now.date()
    for number, trigger in watching(known).items():
        why = fires(trigger, known, came, today, unwanted.get((known.id, number), ()))
        if why is not None:
            yield Fired(known.id, number, fired(trigger, why, today))
