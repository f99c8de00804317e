"""``/sources``."""

from datetime import UTC, datetime
from typing import Self

from fastapi import APIRouter
from pydantic import BaseModel

from unsolved import evidence, sources
from unsolved.http import Reading, Tx
from unsolved.sources import Source

router = APIRouter(tags=["sources"])


class RefusalOut(BaseModel):
    """Something that could not be read: where, why, and how to mend it."""

    place: str
    line: int | None
    field: str | None
    why: str
    mend: str


class SourceOut(BaseModel):
    """A place we have read, and what the last visit to it brought."""

    id: int
    name: str
    kind: str
    every_minutes: int | None
    is_paused: bool
    is_busy: bool
    visited_at: datetime | None
    next_at: datetime | None
    failure: str | None
    failures: int
    documents: int
    records: int
    new: int
    changed: int
    unchanged: int
    refused: int
    refusals: list[RefusalOut]

    @classmethod
    def of(cls, source: Source) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            id=source.id,
            name=source.name,
            kind=source.kind,
            every_minutes=source.every,
            is_paused=source.is_paused,
            is_busy=source.is_busy,
            visited_at=source.visited_at,
            next_at=source.next_at,
            failure=source.failure,
            failures=source.failures,
            documents=source.documents,
            records=source.records,
            new=source.new,
            changed=source.changed,
            unchanged=source.unchanged,
            refused=source.refused,
            refusals=[
                RefusalOut(place=r.place, line=r.line, field=r.field, why=r.why, mend=r.mend)
                for r in source.refusals
            ],
        )


class ProgressOut(BaseModel):
    """How far reading has come."""

    documents: int
    sentences: int
    left: int


class SourcesOut(BaseModel):
    """Every source, and how far reading has come where that is known."""

    sources: list[SourceOut]
    progress: ProgressOut | None


@router.get("/sources")
def list_sources(tx: Tx, reading: Reading) -> SourcesOut:
    """Return every place we have read, by name."""
    read = evidence.progress(tx, reading) if reading else None
    return SourcesOut(
        sources=[SourceOut.of(source) for source in sources.sources(tx, datetime.now(UTC))],
        progress=ProgressOut(documents=read.documents, sentences=read.sentences, left=read.left)
        if read
        else None,
    )
