"""What a buyer told in a conversation is taken into the deal; documents are put to it."""

from dataclasses import replace

from sqlalchemy.orm import Session

from unsolved import sources
from unsolved.deals.changes import Doing, put
from unsolved.deals.hearing import As, part_of
from unsolved.deals.model import Attachment, CostInput
from unsolved.deals.parts import Part, kind_of
from unsolved.deals.queries.material import all_heard, heard
from unsolved.deals.queries.whole import opportunity
from unsolved.deals.service.changing import change
from unsolved.errors import Conflict, NotFound
from unsolved.problems import Problem


def take_fact(  # noqa: PLR0913 (what is said of a fact)
    tx: Session,
    opportunity_id: int,
    fact_id: int,
    taken: As,
    doing: Doing,
    *,
    named: str = "",
    problem: Problem | None = None,
) -> int:
    """Take something that the buyer told into the deal, and return the id of the action.

    Of a quantity ``named`` says which of the cost it is; one that is assumed is replaced by
    what they said, and its unit is that of the problem where it has one of that name.

    Raises:
        NotFound: there is no such opportunity, or no such fact that was accepted.
        Conflict: it was taken before.
        Invalid: it cannot be taken so.
    """
    known = opportunity(tx, opportunity_id)
    told = {one.fact_id: one for one in all_heard(tx, opportunity_id)}
    if known is None or fact_id not in told:
        raise NotFound(fact=fact_id)
    if fact_id not in {one.fact_id for one in heard(tx, opportunity_id)}:
        raise Conflict(fact=told[fact_id].fact.detail, mend="it was taken before")
    unit, what = _quantity(named, problem, known.choice.currency)
    part = part_of(
        told[fact_id], taken, today=doing.now.date(), named=named, unit=unit, what=what
    )
    number = next((n for n, one in known.inputs.items() if _is_same(one, part)), None)
    did = doing.what or f"took what the buyer told, as {taken.value}"
    edit = put(kind_of(part), part, number)
    return change(tx, opportunity_id, [edit], replace(doing, what=did))


def attach(
    tx: Session, opportunity_id: int, document_id: int, doing: Doing, *, why: str = ""
) -> int:
    """Put a document to a deal, and return the id of the action.

    Raises:
        NotFound: there is no such opportunity or document.
        Conflict: it is there already, or the document is about somebody else.
    """
    known, document = opportunity(tx, opportunity_id), sources.document(tx, document_id)
    if known is None or document is None:
        missing = {"document": document_id} if known else {"opportunity": opportunity_id}
        raise NotFound(**missing)
    if document_id in {one.document_id for one in known.attachments.values()}:
        raise Conflict(document=document.title, mend="it is there already")
    ours = sources.organisation(tx, known.head.organisation_id)
    theirs = sources.organisation(tx, document.organisation_id)
    if ours is None or theirs is None or ours.id != theirs.id:
        raise Conflict(document=document.title, mend="it is about another organisation")
    part = Attachment(document_id=document_id, title=document.title, why=why.strip())
    did = doing.what or f"put a document to it: {document.title}"
    return change(tx, opportunity_id, [put(kind_of(part), part)], replace(doing, what=did))


def _quantity(named: str, problem: Problem | None, currency: str) -> tuple[str, str]:
    """Return the unit of a quantity, and what it is, as the problem has them."""
    cost = problem.cost if problem else None
    for one in cost.inputs if cost else ():
        if one.name == named.strip():
            return one.unit.replace("money", currency), one.what
    return "", ""


def _is_same(one: CostInput, part: Part) -> bool:
    return isinstance(part, CostInput) and one.name == part.name
