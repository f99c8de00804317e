"""Bringing in what a connector finds: documents, records, and whom they are about."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from unsolved.db import Sessions, transaction
from unsolved.errors import Error
from unsolved.sources.connector import Connector, Find
from unsolved.sources.model import Draft, OrganisationDraft, Refusal
from unsolved.sources.records import Gone, Mark, RecordDraft
from unsolved.sources.service.documents import forget_document, keep_document
from unsolved.sources.service.identities import Identities
from unsolved.sources.service.records import forget_record, keep_records, tie
from unsolved.sources.sourced import Added, Tally
from unsolved.sources.tables import RefusalRow, SourceRow, VisitRow

BATCH = 2_000
"""Weight kept in one transaction: few enough to lose nothing much, enough to be quick."""

DOCUMENT = 40
"""What a document weighs beside a record."""

SHOWN = 1_000
"""Refusals that are handed back; all of them are kept."""

LEASE = timedelta(minutes=15)
"""How long a visit may be silent before another takes its place."""


@dataclass(slots=True)
class _Visiting:
    """What is known during one visit."""

    source: int
    visit: int
    now: datetime
    who: Identities
    documents: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.documents.total() + self.records.total() + self.others.total()


def add(
    sessions: Sessions,
    connector: Connector,
    *,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
    clock: Callable[[], datetime] | None = None,
    dry: bool = False,
) -> Added:
    """Keep whatever is new at ``connector``, and return what that was.

    Batches are kept as they come, so that a crash loses none of those before it; doing it
    again changes nothing that is already here. ``progress`` hears how many finds are done,
    ``clock`` tells the time when it is over. With ``dry`` nothing is kept, and what would have
    been is told.

    Raises:
        SourceError: the connector could not read; what it gave before is kept.
    """
    clock = clock or (lambda: now)
    with _dry(sessions) if dry else nullcontext(lambda: transaction(sessions)) as step:
        with step() as tx:
            visiting = _begin(tx, connector.name, now)
        failure: str | None = "interrupted"
        try:
            for finds in _batches(connector.fetch()):
                with step() as tx:
                    _keep(tx, visiting, finds, clock())
                progress(visiting.done)
            failure = None
        except Error as error:
            failure = str(error)
            raise
        finally:
            with step() as tx:
                _end(tx, visiting, clock(), failure)
    return _added(visiting)


Step = Callable[[], AbstractContextManager[Session]]


@contextmanager
def _dry(sessions: Sessions) -> Iterator[Step]:
    """One transaction for all steps, of which nothing stays."""
    with sessions() as tx:
        try:
            yield lambda: nullcontext(tx)
        finally:
            tx.rollback()


def _batches(finds: Iterable[Find]) -> Iterator[list[Find]]:
    """Yield finds in parts that are kept together; a mark ends a part."""
    part: list[Find] = []
    weight = 0
    for find in finds:
        part.append(find)
        weight += DOCUMENT if isinstance(find, Draft) else 1
        if weight >= BATCH or isinstance(find, Mark):
            yield part
            part, weight = [], 0
    if part:
        yield part


def _begin(tx: Session, name: str, now: datetime) -> _Visiting:
    """Start a visit; what could not be given to us last time is asked for again."""
    source = tx.scalar(select(SourceRow).filter_by(name=name))
    if source is None:
        source = SourceRow(name=name)
        tx.add(source)
    source.visited_at, source.new, source.changed, source.unchanged = now, 0, 0, 0
    source.failure = None
    tx.flush()
    tx.execute(delete(RefusalRow).where(RefusalRow.source_id == source.id))
    visit = VisitRow(source_id=source.id, began_at=now)
    tx.add(visit)
    tx.flush()
    return _Visiting(source.id, visit.id, now, Identities(visit.id, source.id))


def _keep(tx: Session, visiting: _Visiting, finds: list[Find], now: datetime) -> None:
    """Keep what was found, and with it how far we have come."""
    visiting.who.begin(tx)
    told = (find.organisation if isinstance(find, Draft) else find for find in finds)
    visiting.who.organisations(tx, (one for one in told if isinstance(one, OrganisationDraft)))
    records: list[RecordDraft] = []
    refusals: list[Refusal] = []
    values: dict[str, object] = {"busy_until": now + LEASE}
    for find in finds:
        match find:
            case RecordDraft():
                records.append(find)
            case Refusal():
                refusals.append(find)
            case Mark():
                values["cursor"] = find.cursor
            case Gone():
                _keep_records(tx, visiting, records)
                visiting.others["gone"] += _forget(tx, visiting.source, find)
            case _:
                _keep_one(tx, visiting, find)
    _keep_records(tx, visiting, records)
    _note(tx, visiting, refusals)
    values |= _counts(visiting)
    tx.execute(update(SourceRow).where(SourceRow.id == visiting.source).values(values))


def _keep_one(tx: Session, visiting: _Visiting, find: Draft | OrganisationDraft) -> None:
    if isinstance(find, OrganisationDraft):
        visiting.who.organisation(tx, find)
        visiting.others["organisation"] += 1
        return
    source, visit, now = visiting.source, visiting.visit, visiting.now
    visiting.documents[keep_document(tx, source, visit, find, now, visiting.who)] += 1


def _keep_records(tx: Session, visiting: _Visiting, records: list[RecordDraft]) -> None:
    source, visit = visiting.source, visiting.visit
    visiting.records += keep_records(tx, source, visit, records, visiting.who)
    records.clear()


def _forget(tx: Session, source: int, gone: Gone) -> int:
    if gone.kind is None:
        return forget_document(tx, source, gone.key)
    return forget_record(tx, source, gone.kind, gone.key)


def _note(tx: Session, visiting: _Visiting, refusals: list[Refusal]) -> None:
    visiting.others["refused"] += len(refusals)
    visiting.refusals += refusals[: SHOWN - len(visiting.refusals)]
    if refusals:
        rows = [{"source_id": visiting.source, **asdict(refusal)} for refusal in refusals]
        tx.execute(insert(RefusalRow), rows)


def _counts(visiting: _Visiting) -> dict[str, int]:
    return {
        name: visiting.documents[name] + visiting.records[name]
        for name in ("new", "changed", "unchanged")
    }


def _end(tx: Session, visiting: _Visiting, ended: datetime, failure: str | None) -> None:
    source = visiting.source
    if visiting.records["new"] or visiting.records["changed"]:
        tie(tx, source)
    counts = _counts(visiting)
    tx.execute(
        update(SourceRow)
        .where(SourceRow.id == source)
        .values(**counts, failure=failure, busy_until=None)
    )
    tx.execute(
        update(VisitRow)
        .where(VisitRow.id == visiting.visit)
        .values(**counts, ended_at=ended, failure=failure, refused=visiting.others["refused"])
    )


def _added(visiting: _Visiting) -> Added:
    documents, records = visiting.documents, visiting.records
    return Added(
        new=documents["new"],
        changed=documents["changed"],
        unchanged=documents["unchanged"],
        organisations=visiting.others["organisation"],
        refusals=tuple(visiting.refusals),
        records=Tally(records["new"], records["changed"], records["unchanged"]),
        refused=visiting.others["refused"],
        gone=visiting.others["gone"] + visiting.records["gone"],
        visit=visiting.visit,
    )
