"""A place we read, how it is kept in step, and what the visits to it brought."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from unsolved.sources.model import Refusal


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a sort were new, changed, and as before."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def read(self) -> int:
        """All that came."""
        return self.new + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class Added:
    """What a visit to a source brought: documents, and beside them records.

    ``refusals`` holds the first of them, ``refused`` counts them all.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    organisations: int = 0
    refusals: tuple[Refusal, ...] = ()
    records: Tally = Tally()
    refused: int = 0
    gone: int = 0
    visit: int = 0

    @property
    def has_brought(self) -> bool:
        """Whether anything is other than before."""
        records = self.records.new or self.records.changed
        return bool(self.new or self.changed or records or self.organisations or self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place we read, how the last visit went, and what it could not give us.

    ``refusals`` are the first of ``refused``; ``every`` is in minutes, None for a source that
    is only visited when asked. ``failure`` says why the last visit ended early, ``failures``
    how many did in a row.
    """

    id: int
    name: str
    kind: str
    settings: Mapping[str, str] = field(default_factory=dict)
    has_secrets: bool = False
    every: int | None = None
    is_paused: bool = False
    visited_at: datetime | None = None
    next_at: datetime | None = None
    failure: str | None = None
    failures: int = 0
    is_busy: bool = False
    documents: int = 0
    records: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One visit to a source: when, what it brought, how it ended, and whether it was undone."""

    id: int
    source_id: int
    source: str
    began_at: datetime
    ended_at: datetime | None
    new: int
    changed: int
    unchanged: int
    refused: int
    failure: str | None
    undone_at: datetime | None
