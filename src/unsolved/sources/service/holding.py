"""Keeps something for a transaction, so that two who change it do so in turn."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from unsolved.sources.tables import DocumentRow, OrganisationRow


def hold(tx: Session, document_id: int) -> None:
    """Keep a document for this transaction: whoever else holds it waits for the end of ours."""
    same = {"is_current": DocumentRow.is_current}
    tx.execute(update(DocumentRow).where(DocumentRow.id == document_id).values(same))


def hold_organisation(tx: Session, organisation_id: int) -> None:
    """Keep an organisation for this transaction, as `hold` keeps a document."""
    same = {"name": OrganisationRow.name}
    tx.execute(
        update(OrganisationRow).where(OrganisationRow.id == organisation_id).values(same)
    )
