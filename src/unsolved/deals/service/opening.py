"""An opportunity begins: by hand, or from a prospect with the evidence that made it one."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from unsolved import evidence, prospects, sources
from unsolved.deals.beginning import begun
from unsolved.deals.changes import Doing
from unsolved.deals.checks import check, check_order
from unsolved.deals.model import Alternative, AlternativeKind, Head, Step
from unsolved.deals.parts import Part, PartKind, as_facts, assembled, kind_of
from unsolved.deals.service.changing import about, kept, write_down
from unsolved.deals.tables import ChangeRow, OpportunityRow, PartRow
from unsolved.errors import Conflict, NotFound
from unsolved.problems import Problem

NOTHING = Alternative(kind=AlternativeKind.NOTHING)
"""What the buyer can always do."""


def open_opportunity(tx: Session, head: Head, doing: Doing, parts: Sequence[Part] = ()) -> int:
    """Open an opportunity with its first parts, and return its id.

    Doing nothing is among its alternatives whether named or not.

    Raises:
        NotFound: the organisation is not known.
        Invalid: a part makes no sense.
        Conflict: a demo or a proposal comes before the problem is agreed, without a reason.
    """
    organisation = sources.organisation(tx, head.organisation_id)
    if organisation is None:
        raise NotFound(organisation=head.organisation_id)
    head = replace(head, organisation_id=organisation.id)
    placed = _placed(head, parts)
    opportunity = assembled(0, placed)
    check(opportunity)
    check_order(opportunity, [part for part in parts if isinstance(part, Step)])
    row = kept(OpportunityRow(), head, doing)
    tx.add(row)
    tx.flush()
    changes = []
    for (kind, number), part in placed.items():
        facts = as_facts(part)
        changes.append(ChangeRow(kind=kind, number=number, before=None, after=facts))
        if kind is not PartKind.HEAD:
            tx.add(
                PartRow(
                    opportunity_id=row.id,
                    kind=kind,
                    number=number,
                    about_id=about(part),
                    facts=facts,
                )
            )
    what = doing.what or "opened it"
    write_down(tx, row.id, replace(doing, what=what), changes)
    return row.id


def open_from_prospect(
    tx: Session, organisation_id: int, problem: Problem, seller: str, doing: Doing
) -> int:
    """Open an opportunity from a prospect; its attempts, evidence and documents come along.

    Raises:
        NotFound: nothing is known of the organisation and the problem.
        Conflict: there is no sign that it has the problem.
    """
    organisation = sources.organisation(tx, organisation_id)
    known = prospects.of_organisation(tx, organisation.id) if organisation else []
    prospect = next((one for one in known if one.problem_id == problem.id), None)
    if organisation is None or prospect is None:
        raise NotFound(organisation=organisation_id, problem=problem.id)
    if prospect.standing is prospects.Standing.UNSEEN:
        mend = "no sign of the problem was found; open it by hand if you know better"
        raise Conflict(organisation=organisation.name, mend=mend)
    pieces = evidence.by_ids(tx, [*prospect.evidence, *prospect.linked])
    head, parts = begun(
        prospect, {piece.id: piece for piece in pieces}, problem, doing.now.date(), seller
    )
    what = doing.what or f"opened it from the prospect: {prospect.standing.value}"
    return open_opportunity(tx, head, replace(doing, what=what), parts)


def _placed(head: Head, parts: Sequence[Part]) -> dict[tuple[PartKind, int], Part]:
    placed: dict[tuple[PartKind, int], Part] = {(PartKind.HEAD, 0): head}
    last: dict[PartKind, int] = {}
    nothing = any(
        isinstance(part, Alternative) and part.kind is AlternativeKind.NOTHING for part in parts
    )
    for part in [*parts, *([] if nothing else [NOTHING])]:
        kind = kind_of(part)
        last[kind] = last.get(kind, 0) + 1
        placed[kind, last[kind]] = part
    return placed
