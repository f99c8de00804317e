"""What a CRM says later is taken over where no person said otherwise, or settled by one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from unsolved.deals.changes import Doing, put
from unsolved.deals.crm import (
    BY,
    SETTLED,
    Deal,
    Difference,
    Held,
    differences,
    is_by_hand,
    kept_text,
    open_differences,
    taken_over,
)
from unsolved.deals.model import Head, Note
from unsolved.deals.parts import PartKind
from unsolved.deals.queries.crm import Place, deals_at, followed, head_changes, taken
from unsolved.deals.queries.whole import opportunities, opportunity
from unsolved.deals.service.changing import change
from unsolved.errors import Conflict, NotFound


def follow_crm(tx: Session, now: datetime) -> int:
    """Take over what a CRM says now, and return how many opportunities changed.

    Amount, owner, expected decision, stage and end; each only where no person was the last to
    say it. What a person said stays, and the difference is shown.
    """
    found = [
        (number, head, deal, told)
        for number, head, deal in followed(tx)
        if deal is not None
        and (told := [one for one in differences(head, deal) if one.can_take])
    ]
    actions = head_changes(tx, [number for number, *_ in found])
    count = 0
    for number, head, deal, told in found:
        which = [one for one in told if not is_by_hand(actions[number], one.held)]
        if which:
            _change(tx, number, head, deal, which, Doing(by=BY, now=now))
            count += 1
    return count


def crm_differences(tx: Session, opportunity_id: int) -> tuple[Difference, ...]:
    """Return in what the CRM and we differ, but for what somebody settled."""
    for _, head, deal in followed(tx, opportunity_id):
        known = opportunity(tx, opportunity_id)
        if deal is not None and known is not None:
            return open_differences(head, deal, known.notes.values())
    return ()


def all_differences(tx: Session) -> dict[int, tuple[Difference, ...]]:
    """Return for every opportunity that differs from its CRM in what it does."""
    differ = {
        number: (head, deal)
        for number, head, deal in followed(tx)
        if deal is not None and differences(head, deal)
    }
    found = {}
    for one in opportunities(tx, list(differ)):
        told = open_differences(*differ[one.id], one.notes.values())
        if told:
            found[one.id] = told
    return found


def settle(
    tx: Session, opportunity_id: int, held: Held, doing: Doing, *, takes_crm: bool
) -> int:
    """Settle a difference: take over what the CRM says, or note that ours is kept.

    Raises:
        NotFound: there is no such difference any more.
        Conflict: the CRM does not say it clearly enough to be taken over.
    """
    for _, head, deal in followed(tx, opportunity_id):
        found = differences(head, deal) if deal else ()
        one = next((difference for difference in found if difference.held is held), None)
        if deal is None or one is None:
            break
        if not takes_crm:
            note = Note(text=kept_text(one), on=doing.now.date(), about=SETTLED)
            done = replace(doing, what=doing.what or kept_text(one))
            return change(tx, opportunity_id, [put(PartKind.NOTE, note)], done)
        if not one.can_take:
            mend = "the CRM does not say how it ended; decide it by hand"
            raise Conflict(crm=one.crm, mend=mend)
        return _change(tx, opportunity_id, head, deal, [one], doing)
    raise NotFound(difference=held.value)


def link_deal(tx: Session, opportunity_id: int, place: Place, doing: Doing) -> int:
    """Say that an opportunity is the same as a deal of a CRM, which is followed from now on.

    Raises:
        NotFound: there is no such opportunity or deal.
        Conflict: either belongs to another already.
    """
    known = opportunity(tx, opportunity_id)
    deal = next(iter(deals_at(tx, [place])), None)
    if known is None or deal is None:
        raise NotFound(**({"deal": place[1]} if known else {"opportunity": opportunity_id}))
    if known.head.deal_key or taken(tx, [place]):
        raise Conflict(deal=deal.name, mend="one of the two belongs to another already")
    head = replace(
        known.head, source_id=deal.source_id, deal_key=deal.key, crm_stage=deal.stage
    )
    done = replace(doing, what=doing.what or f"it is “{deal.name}” in the CRM")
    return change(tx, opportunity_id, [put(PartKind.HEAD, head, 0)], done)


def _change(
    tx: Session,
    opportunity_id: int,
    head: Head,
    deal: Deal,
    which: Sequence[Difference],
    doing: Doing,
) -> int:
    told = "; ".join(f"{one.held.value} {one.here} → {one.crm}" for one in which)
    new = taken_over(head, deal, [one.held for one in which], doing.now.date())
    done = replace(doing, what=doing.what or f"as the CRM says: {told}")
    return change(tx, opportunity_id, [put(PartKind.HEAD, new, 0)], done)
