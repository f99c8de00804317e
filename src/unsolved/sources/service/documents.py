"""Keeping documents, a version a change."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from unsolved.sources.model import Draft
from unsolved.sources.service.changing import change
from unsolved.sources.service.identities import Identities
from unsolved.sources.tables import DocumentRow, OriginalRow


def keep_document(
    tx: Session, source: int, visit: int, draft: Draft, now: datetime, who: Identities
) -> str:
    """Keep a document that is new or changed, and return which of these it was."""
    known = tx.scalar(
        select(DocumentRow).filter_by(source_id=source, key=draft.key, is_current=True)
    )
    if known is not None and known.digest == draft.digest:
        return "unchanged"
    if known is not None:
        known.is_current = False
    newest = tx.scalar(
        select(func.max(DocumentRow.version)).filter_by(source_id=source, key=draft.key)
    )
    tx.add(
        DocumentRow(
            source_id=source,
            visit_id=visit,
            key=draft.key,
            version=(newest or 0) + 1,
            is_current=True,
            organisation_id=who.organisation(tx, draft.organisation),
            told=draft.organisation.name,
            title=draft.title,
            kind=draft.kind,
            published_on=draft.published_on,
            received_at=now,
            origins=list(draft.origins),
            digest=draft.digest,
            original=_keep_original(tx, draft),
            text=draft.text,
        )
    )
    tx.flush()
    return "changed" if known else "new"


def forget_document(tx: Session, source: int, key: str) -> int:
    """Note that the source has a document no longer; its text stays. Returns how many."""
    return change(
        tx,
        update(DocumentRow)
        .where(DocumentRow.source_id == source, DocumentRow.key == key, DocumentRow.is_current)
        .values(is_current=False, is_gone=True),
    )


def _keep_original(tx: Session, draft: Draft) -> str:
    digest = sha256(draft.original).hexdigest()
    if tx.get(OriginalRow, digest) is None:
        tx.add(OriginalRow(digest=digest, media_type=draft.media_type, content=draft.original))
        tx.flush()
    return digest
