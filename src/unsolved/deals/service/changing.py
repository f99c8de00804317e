"""Edits are made in one go, written down with what was before, and taken back exactly."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unsolved.deals.changes import Doing, Edit
from unsolved.deals.checks import check, check_order
from unsolved.deals.model import (
    Attachment,
    Attempt,
    Ground,
    Head,
    Opportunity,
    ReferenceUse,
    Stakeholder,
    Step,
)
from unsolved.deals.parts import Part, PartKind, as_facts, as_part, assembled, parts_of
from unsolved.deals.tables import ActionRow, AttentionRow, ChangeRow, OpportunityRow, PartRow
from unsolved.errors import Conflict, Invalid, NotFound
from unsolved.sources import document

Facts = dict[str, Any]
Place = tuple[PartKind, int]


def change(tx: Session, opportunity_id: int, edits: Sequence[Edit], doing: Doing) -> int:
    """Make edits in one go, and return the id of the action; 0 when nothing changes.

    A stakeholder or an attempt that goes takes along what pointed at it.

    Raises:
        NotFound: there is no such opportunity, or no part of that number.
        Invalid: a part makes no sense, or a quote is not in its document.
        Conflict: a demo or a proposal comes before the problem is agreed, without a reason.
    """
    row = row_of(tx, opportunity_id)
    known = _stored(tx, row)
    before = dict(known)
    numbered = list(_numbered(edits, known, _last(tx, opportunity_id)))
    for kind, number, part in numbered:
        if part is None:
            _take(known, kind, number)
        else:
            known[kind, number] = as_facts(part)
    opportunity = _whole(opportunity_id, known)
    check(opportunity)
    check_order(opportunity, [p for _, _, p in numbered if isinstance(p, Step)])
    for _, _, part in numbered:
        _check_quotes(tx, part)
    return _write(tx, row, (before, known), opportunity, doing)


def undo(tx: Session, action_id: int, doing: Doing) -> int:
    """Take an action back exactly, and return the action that did so; undoing that redoes it.

    Raises:
        NotFound: there is no such action.
        Conflict: it was taken back already, or something changed since what it had changed.
    """
    action = tx.get(ActionRow, action_id)
    if action is None:
        raise NotFound(action=action_id)
    if action.undone_by_id is not None:
        raise Conflict(action=action.what, mend="it was taken back already")
    row = row_of(tx, action.opportunity_id)
    known = _stored(tx, row)
    before = dict(known)
    changes = tx.scalars(select(ChangeRow).where(ChangeRow.action_id == action_id)).all()
    for one in changes:
        if known.get((one.kind, one.number)) != one.after:
            mend = f"the {one.kind.value} was changed since; take that back first"
            raise Conflict(action=action.what, mend=mend)
        _put(known, (one.kind, one.number), one.before)
    opportunity = _whole(row.id, known)
    check(opportunity)
    what = doing.what or f"took back: {action.what}"
    done = Doing(by=doing.by, now=doing.now, what=what, why=doing.why)
    made = _write(tx, row, (before, known), opportunity, done)
    taken = tx.get_one(ActionRow, made)
    taken.undoes_id, action.undone_by_id = action_id, made
    tx.flush()
    return made


def row_of(tx: Session, opportunity_id: int) -> OpportunityRow:
    """Return the row of an opportunity, held until the transaction ends.

    Raises:
        NotFound: there is no such opportunity.
    """
    row = tx.get(OpportunityRow, opportunity_id, with_for_update=True)
    if row is None:
        raise NotFound(opportunity=opportunity_id)
    return row


def kept(row: OpportunityRow, head: Head, doing: Doing) -> OpportunityRow:
    """Return the row with all that it repeats of the head."""
    row.organisation_id, row.problem_id = head.organisation_id, head.problem_id
    row.name, row.seller, row.stage, row.outcome = (
        head.name,
        head.seller,
        head.stage,
        head.outcome,
    )
    row.opened_on, row.decided_on = head.opened_on, head.decided_on
    row.worth, row.currency = head.worth, head.currency
    row.source_id, row.deal_key = head.source_id, head.deal_key
    row.is_removed, row.changed_at = head.is_removed, doing.now
    row.head = as_facts(head)
    return row


def write_down(
    tx: Session, opportunity_id: int, doing: Doing, changes: Iterable[ChangeRow]
) -> int:
    """Write an action down with its changes, and return its id."""
    action = ActionRow(
        opportunity_id=opportunity_id, at=doing.now, by=doing.by, what=doing.what, why=doing.why
    )
    tx.add(action)
    tx.flush()
    for one in changes:
        one.action_id = action.id
        tx.add(one)
    attention = tx.get(AttentionRow, opportunity_id)
    if attention is not None:
        attention.is_stale = True
    tx.flush()
    return action.id


def about(part: Part) -> int | None:
    """Return the id of the person, document or reference that a part points at."""
    match part:
        case Stakeholder():
            return part.person_id
        case Attachment():
            return part.document_id
        case ReferenceUse():
            return part.reference_id
        case _:
            return None


def _last(tx: Session, opportunity_id: int) -> dict[PartKind, int]:
    """Return the highest number that each sort of part ever had: none is given twice."""
    rows = tx.execute(
        select(ChangeRow.kind, func.max(ChangeRow.number))
        .join(ActionRow, ActionRow.id == ChangeRow.action_id)
        .where(ActionRow.opportunity_id == opportunity_id)
        .group_by(ChangeRow.kind)
    )
    return {row[0]: row[1] for row in rows}


def _numbered(
    edits: Iterable[Edit], known: dict[Place, Facts], last: dict[PartKind, int]
) -> Iterator[tuple[PartKind, int, Part | None]]:
    """Yield edits with their numbers, those of new parts after the last ones given."""
    for edit in edits:
        if edit.number is None:
            last[edit.kind] = last.get(edit.kind, 0) + 1
            yield edit.kind, last[edit.kind], edit.part
        elif (edit.kind, edit.number) not in known:
            raise NotFound(**{edit.kind.value: edit.number})
        elif edit.kind is PartKind.HEAD and edit.part is None:
            raise Invalid(opportunity="the head stays", mend="remove the opportunity instead")
        else:
            yield edit.kind, edit.number, edit.part


def _take(known: dict[Place, Facts], kind: PartKind, number: int) -> None:
    """Take a part away, and what pointed at it."""
    del known[kind, number]
    if kind is PartKind.STAKEHOLDER:
        for place, facts in list(known.items()):
            if place[0] is PartKind.TIE and number in {facts["of"], facts["to"]}:
                del known[place]
            elif place[0] is PartKind.ATTEMPT and number in facts["defended_by"]:
                rest = [one for one in facts["defended_by"] if one != number]
                known[place] = {**facts, "defended_by": rest}
            elif place[0] is PartKind.STEP and number in facts["with_whom"]:
                rest = [one for one in facts["with_whom"] if one != number]
                known[place] = {**facts, "with_whom": rest}
    if kind is PartKind.ATTEMPT:
        named = {PartKind.STAKEHOLDER: "attempt", PartKind.RISK: "attempt"}
        named[PartKind.ALTERNATIVE] = "tried"
        for place, facts in list(known.items()):
            field = named.get(place[0])
            if field and facts[field] == number:
                known[place] = {**facts, field: None}


def _put(known: dict[Place, Facts], place: Place, facts: Facts | None) -> None:
    if facts is None:
        known.pop(place, None)
    else:
        known[place] = facts


def _stored(tx: Session, row: OpportunityRow) -> dict[Place, Facts]:
    rows = tx.scalars(select(PartRow).where(PartRow.opportunity_id == row.id))
    found: dict[Place, Facts] = {(PartKind.HEAD, 0): row.head}
    return found | {(part.kind, part.number): part.facts for part in rows}


def _whole(opportunity_id: int, known: dict[Place, Facts]) -> Opportunity:
    parts = {(kind, number): as_part(kind, facts) for (kind, number), facts in known.items()}
    return assembled(opportunity_id, parts)


def _write(
    tx: Session,
    row: OpportunityRow,
    states: tuple[dict[Place, Facts], dict[Place, Facts]],
    opportunity: Opportunity,
    doing: Doing,
) -> int:
    before, after = states
    parts = parts_of(opportunity)
    changes = []
    for place in sorted(before.keys() | after.keys()):
        was, becomes = before.get(place), after.get(place)
        if was == becomes:
            continue
        kind, number = place
        changes.append(ChangeRow(kind=kind, number=number, before=was, after=becomes))
        if kind is not PartKind.HEAD:
            _keep_part(tx, row.id, place, becomes, about(parts[place]) if becomes else None)
    if not changes:
        return 0
    kept(row, opportunity.head, doing)
    return write_down(tx, row.id, replace(doing, what=doing.what or _told(changes)), changes)


def _told(changes: Sequence[ChangeRow]) -> str:
    """Return in a few words what changes do, for who gave none."""
    first, others = changes[0], len(changes) - 1
    did = "added" if first.before is None else "removed" if first.after is None else "changed"
    more = f", and {others} more" if others else ""
    return f"{did} the {first.kind.value}{more}"


def _keep_part(
    tx: Session, opportunity_id: int, place: Place, facts: Facts | None, about_id: int | None
) -> None:
    kind, number = place
    known = tx.get(PartRow, (opportunity_id, kind, number))
    if facts is None:
        if known is not None:
            tx.delete(known)
        return
    if known is None:
        known = PartRow(opportunity_id=opportunity_id, kind=kind, number=number)
        tx.add(known)
    known.facts, known.about_id = facts, about_id


def _check_quotes(tx: Session, part: Part | None) -> None:
    """Refuse a quote that is not in the document it is said to be from."""
    for ground in _grounds(part):
        if ground.document_id is None:
            continue
        found = document(tx, ground.document_id)
        if found is None:
            raise Invalid(document=ground.document_id, mend="there is no such document")
        if ground.quote and ground.quote not in found.text:
            mend = f"that is not in the document {found.title!r}, word for word"
            raise Invalid(quote=ground.quote[:80], mend=mend)


def _grounds(part: Part | None) -> Iterator[Ground]:
    one = getattr(part, "ground", None)
    if isinstance(one, Ground):
        yield one
    if isinstance(part, Attempt):
        yield from part.grounds
