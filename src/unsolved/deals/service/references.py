"""Who can vouch for us is noted, changed, removed, brought back, and asked, not too often."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from unsolved import sources
from unsolved.deals.changes import Doing, put
from unsolved.deals.model import ReferenceUse, Step, StepKind
from unsolved.deals.parts import PartKind
from unsolved.deals.queries.references import uses
from unsolved.deals.references import Reference, as_facts, as_reference, check, lately
from unsolved.deals.service.changing import change
from unsolved.deals.tables import ReferenceRow
from unsolved.errors import Conflict, Invalid, NotFound

ASKED_WITHIN = timedelta(days=3)
"""By when a reference that was chosen is to be asked."""


def add_reference(tx: Session, one: Reference) -> int:
    """Note a reference, and return its id.

    What is not said of its industry, country and size is taken from its organisation, if known.

    Raises:
        Invalid: a field makes no sense, or a quote is not in its document.
        NotFound: there is no such organisation.
    """
    row = ReferenceRow(facts={})
    _keep(tx, row, one)
    tx.add(row)
    tx.flush()
    return row.id


def edit_reference(tx: Session, reference_id: int, one: Reference) -> None:
    """Change a reference.

    Raises:
        NotFound: there is no such reference, or no such organisation.
        Invalid: a field makes no sense, or a quote is not in its document.
    """
    _keep(tx, _row(tx, reference_id), one)
    tx.flush()


def remove_reference(tx: Session, reference_id: int) -> None:
    """Take a reference away; where it was asked stays known, and it can be brought back.

    Raises:
        NotFound: there is no such reference.
    """
    _row(tx, reference_id).is_removed = True
    tx.flush()


def restore_reference(tx: Session, reference_id: int) -> None:
    """Bring a reference back.

    Raises:
        NotFound: there is no such reference.
    """
    _row(tx, reference_id).is_removed = False
    tx.flush()


def use_reference(tx: Session, opportunity_id: int, reference_id: int, doing: Doing) -> int:
    """Choose a reference for a deal: the use counts, and asking them becomes a step.

    Returns the action, which can be taken back.

    Raises:
        NotFound: there is no such reference, or no such opportunity.
        Conflict: it was removed, is not willing, was asked in this deal, or too often lately.
    """
    row = _row(tx, reference_id)
    one = as_reference(row.facts)
    today = doing.now.date()
    known = uses(tx, reference_id)
    if row.is_removed or not one.is_willing:
        mend = "it was removed" if row.is_removed else "it does not want to be asked"
        raise Conflict(reference=one.organisation, mend=mend)
    if any(use.opportunity_id == opportunity_id for use in known):
        raise Conflict(reference=one.organisation, mend="it was asked in this deal already")
    if len(lately(known, today)) >= one.most_uses:
        mend = f"no more than {one.most_uses} times a quarter is agreed; choose another"
        raise Conflict(reference=one.organisation, mend=mend)
    who = f"{one.contact} at {one.organisation}" if one.contact else one.organisation
    about = f": {one.vouches_for}" if one.vouches_for else ""
    step = Step(
        kind=StepKind.OTHER,
        what=f"Ask {who} whether they would vouch{about}",
        due=today + ASKED_WITHIN,
    )
    edits = [
        put(PartKind.USE, ReferenceUse(reference_id=reference_id, on=today)),
        put(PartKind.STEP, step),
    ]
    what = doing.what or f"chose {one.organisation} to vouch"
    return change(tx, opportunity_id, edits, replace(doing, what=what))


def _row(tx: Session, reference_id: int) -> ReferenceRow:
    """Return a row, held so that two who ask at once do not ask too often."""
    row = tx.get(ReferenceRow, reference_id, with_for_update=True)
    if row is None:
        raise NotFound(reference=reference_id)
    return row


def _keep(tx: Session, row: ReferenceRow, one: Reference) -> None:
    check(one)
    _check_quote(tx, one)
    full = _filled(tx, one)
    row.organisation_id, row.problem_id = full.organisation_id, full.problem_id
    row.facts = as_facts(full)


def _filled(tx: Session, one: Reference) -> Reference:
    if one.organisation_id is None:
        return one
    known = sources.organisation(tx, one.organisation_id)
    if known is None:
        raise NotFound(organisation=one.organisation_id)
    return replace(
        one,
        organisation_id=known.id,
        industry=one.industry or known.industry or "",
        country=one.country or known.country or "",
        employees=one.employees or known.employees,
    )


def _check_quote(tx: Session, one: Reference) -> None:
    """Refuse a quote that is not in the document it is said to be from."""
    ground = one.ground
    if ground.document_id is None:
        return
    found = sources.document(tx, ground.document_id)
    if found is None:
        raise Invalid(document=ground.document_id, mend="there is no such document")
    if ground.quote and ground.quote not in found.text:
        mend = f"that is not in the document {found.title!r}, word for word"
        raise Invalid(quote=ground.quote[:80], mend=mend)
