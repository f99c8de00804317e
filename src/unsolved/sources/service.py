"""Bringing documents and organisations in."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from itertools import islice

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from unsolved.db import Sessions, transaction
from unsolved.sources.connector import Connector
from unsolved.sources.identity import domain_key, name_key
from unsolved.sources.model import Draft, OrganisationDraft, Refusal
from unsolved.sources.sourced import Added
from unsolved.sources.tables import (
    DocumentRow,
    OrganisationNameRow,
    OrganisationRow,
    OriginalRow,
    RefusalRow,
    SourceRow,
)

BATCH = 50
"""Finds kept in one transaction: few enough to lose nothing much, enough to be quick."""

Find = Draft | OrganisationDraft | Refusal


def add(
    sessions: Sessions,
    connector: Connector,
    *,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Added:
    """Keep whatever is new at ``connector``, and return what that was.

    Batches are kept as they come, so that a crash loses none of those before it; doing it
    again changes nothing that is already here. ``progress`` hears how many finds are done.

    Raises:
        SourceError: the connector could not read; what it gave before is kept.
    """
    with transaction(sessions) as tx:
        source = _visit(tx, connector.name, now)
    counts: Counter[str] = Counter()
    refusals: list[Refusal] = []
    for finds in _batches(connector.fetch()):
        with transaction(sessions) as tx:
            for find in finds:
                if isinstance(find, Refusal):
                    refusals.append(find)
                    _note(tx, source, find)
                counts[_keep(tx, source, find, now)] += 1
        progress(counts.total())
    with transaction(sessions) as tx:
        tx.execute(
            update(SourceRow)
            .where(SourceRow.id == source)
            .values(new=counts["new"], changed=counts["changed"], unchanged=counts["unchanged"])
        )
    return Added(
        new=counts["new"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        organisations=counts["organisation"],
        refusals=tuple(refusals),
    )


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


def _batches(finds: Iterator[Find]) -> Iterable[list[Find]]:
    return iter(lambda: list(islice(finds, BATCH)), [])


def _visit(tx: Session, name: str, now: datetime) -> int:
    """Return the source's id; what it could not give us last time is asked for again."""
    source = tx.scalar(select(SourceRow).filter_by(name=name))
    if source is None:
        source = SourceRow(name=name, visited_at=now)
        tx.add(source)
    source.visited_at, source.new, source.changed, source.unchanged = now, 0, 0, 0
    tx.flush()
    tx.execute(delete(RefusalRow).where(RefusalRow.source_id == source.id))
    return source.id


def _note(tx: Session, source: int, refusal: Refusal) -> None:
    tx.add(
        RefusalRow(
            source_id=source,
            place=refusal.place,
            line=refusal.line,
            why=refusal.why,
            mend=refusal.mend,
        )
    )


def _keep(tx: Session, source: int, find: Find, now: datetime) -> str:
    match find:
        case Draft():
            return _keep_document(tx, source, find, now)
        case OrganisationDraft():
            _identify(tx, find)
            return "organisation"
        case Refusal():
            return "refused"


def _keep_document(tx: Session, source: int, draft: Draft, now: datetime) -> str:
    known = tx.scalar(
        select(DocumentRow).filter_by(source_id=source, key=draft.key, is_current=True)
    )
    if known is not None and known.digest == draft.digest:
        return "unchanged"
    if known is not None:
        known.is_current = False
    tx.add(
        DocumentRow(
            source_id=source,
            key=draft.key,
            version=known.version + 1 if known else 1,
            is_current=True,
            organisation_id=_identify(tx, draft.organisation),
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


def _keep_original(tx: Session, draft: Draft) -> str:
    digest = sha256(draft.original).hexdigest()
    if tx.get(OriginalRow, digest) is None:
        tx.add(OriginalRow(digest=digest, media_type=draft.media_type, content=draft.original))
        tx.flush()
    return digest


def _identify(tx: Session, draft: OrganisationDraft) -> int:
    """Return whose the draft is: somebody we know by domain or by a name, or somebody new.

    What the draft says and we did not know is written down; what we know already stays.
    """
    domain = domain_key(draft.domain) if draft.domain else None
    row = _known(tx, draft, domain)
    if row is None:
        row = OrganisationRow(name=draft.name.strip())
        tx.add(row)
    # A domain that is somebody else's stays theirs: two organisations can share a site.
    taken = domain and tx.scalar(select(OrganisationRow.id).filter_by(domain=domain))
    row.domain = row.domain or (None if taken else domain)
    row.industry = row.industry or draft.industry
    row.country = row.country or draft.country
    row.employees = row.employees or draft.employees
    row.revenue = row.revenue or draft.revenue
    tx.flush()
    for name in (draft.name, *draft.names):
        key = name_key(name)
        if key and tx.get(OrganisationNameRow, key) is None:
            tx.add(OrganisationNameRow(key=key, organisation_id=row.id, name=name.strip()))
            tx.flush()
    return row.id


def _known(tx: Session, draft: OrganisationDraft, domain: str | None) -> OrganisationRow | None:
    for name in (draft.name, *draft.names):
        named = tx.get(OrganisationNameRow, name_key(name))
        if named is not None:
            return tx.get(OrganisationRow, named.organisation_id)
    if domain is None:
        return None
    return tx.scalar(select(OrganisationRow).filter_by(domain=domain))
