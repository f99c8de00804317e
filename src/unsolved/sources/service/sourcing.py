"""Changing how a source is kept in step, and taking back what it brought."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from unsolved.errors import Conflict, NotFound
from unsolved.sources.service.adding import LEASE
from unsolved.sources.service.changing import change
from unsolved.sources.tables import DocumentRow, OrganisationRow, RecordRow, SourceRow, VisitRow

KEPT: tuple[type[DocumentRow] | type[RecordRow], ...] = (DocumentRow, RecordRow)

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)


def remember(
    tx: Session,
    name: str,
    kind: str,
    settings: Mapping[str, str],
    *,
    secret: bytes | None = None,
    every: int | None = None,
) -> int:
    """Write down a source, or what is now said about one, and return its id.

    Raises:
        Conflict: another kind of source has that name, or one that was removed has.
    """
    source = tx.scalar(select(SourceRow).filter_by(name=name))
    if source is not None and source.is_removed:
        raise Conflict(source=name, state="removed", mend=f"unsolved source restore {name!r}")
    if source is not None and source.settings and source.kind != kind:
        raise Conflict(source=name, is_of=source.kind, mend="give the new one another name")
    if source is None:
        source = SourceRow(name=name)
        tx.add(source)
    if dict(settings) != source.settings:
        source.cursor = None
    source.kind, source.settings, source.every = kind, dict(settings), every
    source.secret = secret or source.secret
    source.failures, source.next_at = 0, None
    tx.flush()
    return source.id


def pause(tx: Session, source_id: int, *, is_paused: bool) -> None:
    """Stop visiting a source until told otherwise, or go on.

    Raises:
        NotFound: there is no such source.
    """
    source = _source(tx, source_id)
    source.is_paused = is_paused
    source.next_at, source.failures = None, 0


def read_again(tx: Session, source_id: int, since: date | None) -> None:
    """Have a source read from a date, or from its beginning, on the next visit, which is due.

    Raises:
        NotFound: there is no such source.
    """
    source = _source(tx, source_id)
    source.cursor, source.since, source.next_at, source.failures = None, since, None, 0


def make_due(tx: Session, source_id: int) -> None:
    """Have a source visited as soon as somebody looks.

    Raises:
        NotFound: there is no such source.
    """
    source = _source(tx, source_id)
    source.next_at, source.is_paused = None, False


def claim(tx: Session, source_id: int, now: datetime) -> bool:
    """Begin a visit, unless another is under way; whoever crashed is not waited for long."""
    got = change(
        tx,
        update(SourceRow)
        .where(
            SourceRow.id == source_id,
            SourceRow.is_removed.is_(False),
            or_(SourceRow.busy_until.is_(None), SourceRow.busy_until < now),
        )
        .values(busy_until=now + LEASE),
    )
    return got == 1


def succeeded(tx: Session, source_id: int, now: datetime) -> None:
    """Note that a visit ended well, and when the next is due."""
    source = _source(tx, source_id)
    source.failure, source.failures, source.since, source.busy_until = None, 0, None, None
    source.next_at = now + timedelta(minutes=source.every) if source.every else None


def failed(tx: Session, source_id: int, now: datetime, why: str, *, is_final: bool) -> None:
    """Note that a visit failed and why; the next one is later each time, at most a day.

    After one that is final, as a password refused, a day passes at once.
    """
    source = _source(tx, source_id)
    source.failure, source.failures, source.busy_until = why, source.failures + 1, None
    pause = min(FIRST_PAUSE * 2 ** min(source.failures - 1, 10), LONGEST_PAUSE)
    source.next_at = now + (LONGEST_PAUSE if is_final else pause)


def undo(tx: Session, visit_id: int, now: datetime) -> None:
    """Take back what an import brought; what was there before is there again.

    Nothing is erased: `redo` brings it back.

    Raises:
        NotFound: there is no such import.
        Conflict: it was undone already.
    """
    visit = _visit(tx, visit_id)
    if visit.undone_at is not None:
        raise Conflict(imported=visit_id, state="undone already")
    visit.undone_at = now
    # What it made us learn is forgotten too: the next visit reads from the beginning.
    tx.execute(update(SourceRow).where(SourceRow.id == visit.source_id).values(cursor=None))
    _settle(tx, visit.source_id, visit_id)


def redo(tx: Session, visit_id: int) -> None:
    """Bring back what an undone import had brought.

    Raises:
        NotFound: there is no such import.
        Conflict: it was not undone.
    """
    visit = _visit(tx, visit_id)
    if visit.undone_at is None:
        raise Conflict(imported=visit_id, state="not undone")
    visit.undone_at = None
    _settle(tx, visit.source_id, visit_id)


def remove(tx: Session, source_id: int) -> None:
    """Remove a source with what it brought; `restore` brings both back.

    Raises:
        NotFound: there is no such source.
    """
    source = _source(tx, source_id)
    source.is_removed, source.busy_until = True, None
    for table in KEPT:
        change(
            tx,
            update(table)
            .where(table.source_id == source_id, table.is_current)
            .values(is_current=False),
        )
    _hide_the_silent(tx)


def restore(tx: Session, source_id: int) -> None:
    """Bring back a source that was removed, with what it had brought.

    Raises:
        NotFound: there is no such source.
    """
    source = tx.get(SourceRow, source_id)
    if source is None:
        raise NotFound(source=source_id)
    source.is_removed, source.next_at = False, None
    _settle(tx, source_id, None)


def _settle(tx: Session, source_id: int, visit_id: int | None) -> None:
    """Make the newest version current that no undone import brought and that is not gone.

    Of the keys that one visit touched, or of all of the source.
    """
    for table in KEPT:
        other = aliased(table)
        same = [other.source_id == table.source_id, other.key == table.key]
        if table is RecordRow:
            same.append(other.kind == table.kind)
        undone = select(VisitRow.id).where(
            VisitRow.source_id == source_id, VisitRow.undone_at.is_not(None)
        )
        stands = or_(other.visit_id.is_(None), other.visit_id.not_in(undone))
        newest = select(func.max(other.version)).where(*same, stands).scalar_subquery()
        touched = [table.source_id == source_id]
        if visit_id is not None:
            brought = select(other.id).where(*same, other.visit_id == visit_id)
            touched.append(exists(brought))
        change(
            tx,
            update(table)
            .where(*touched)
            .values(
                is_current=and_(
                    table.is_gone.is_(False), table.version == func.coalesce(newest, -1)
                )
            ),
        )
    _hide_the_silent(tx)


def _hide_the_silent(tx: Session) -> None:
    """Withdraw organisations that undone or removed imports brought and nothing speaks of."""
    spoken = [
        exists(
            select(table.id).where(
                table.organisation_id == OrganisationRow.id, table.is_current
            )
        )
        for table in KEPT
    ]
    taken_back = (
        select(VisitRow.id)
        .join(SourceRow, SourceRow.id == VisitRow.source_id)
        .where(or_(VisitRow.undone_at.is_not(None), SourceRow.is_removed))
    )
    brought = OrganisationRow.visit_id.in_(taken_back)
    change(
        tx,
        update(OrganisationRow)
        .where(OrganisationRow.visit_id.is_not(None))
        .values(is_withdrawn=and_(brought, ~or_(*spoken))),
    )


def _source(tx: Session, source_id: int) -> SourceRow:
    source = tx.get(SourceRow, source_id)
    if source is None or source.is_removed:
        raise NotFound(source=source_id)
    return source


def _visit(tx: Session, visit_id: int) -> VisitRow:
    visit = tx.get(VisitRow, visit_id)
    if visit is None:
        raise NotFound(imported=visit_id)
    return visit
