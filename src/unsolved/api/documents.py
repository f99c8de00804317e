"""``/documents``."""

from datetime import date, datetime
from typing import Self

from fastapi import APIRouter
from pydantic import BaseModel

from unsolved import evidence, sources
from unsolved.api.evidence import EvidenceOut
from unsolved.errors import NotFound
from unsolved.evidence import Evidence
from unsolved.http import Tx
from unsolved.sources import Document, Kind

router = APIRouter(tags=["documents"])


class DocumentOut(BaseModel):
    """One version of a document, whole, with the evidence cut from it in its order."""

    id: int
    organisation_id: int
    organisation: str
    title: str
    kind: Kind
    date: date | None
    received_at: datetime
    source: str
    key: str
    version: int
    is_current: bool
    origins: list[str]
    digest: str
    text: str
    evidence: list[EvidenceOut]

    @classmethod
    def of(cls, document: Document, known: list[Evidence]) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            id=document.id,
            organisation_id=document.organisation_id,
            organisation=document.organisation,
            title=document.title,
            kind=document.kind,
            date=document.published_on,
            received_at=document.received_at,
            source=document.source,
            key=document.key,
            version=document.version,
            is_current=document.is_current,
            origins=list(document.origins),
            digest=document.digest,
            text=document.text,
            evidence=[EvidenceOut.of(piece) for piece in known],
        )


@router.get("/documents/{document_id}")
def show_document(document_id: int, tx: Tx) -> DocumentOut:
    """Return one version of a document."""
    found = sources.document(tx, document_id)
    if found is None:
        raise NotFound(document=document_id)
    return DocumentOut.of(found, evidence.of_document(tx, document_id))
