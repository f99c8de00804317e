"""Writes what was found out into somebody's CRM: listed, then sent, and never twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from unsolved import prospects, sources
from unsolved.db import Session, Sessions, transaction
from unsolved.errors import Conflict, NotFound, SourceDown, SourceRefused
from unsolved.jobs.sync import Means
from unsolved.problems import Library
from unsolved.prospects import Prospect, Standing
from unsolved.sources.connector import Visit
from unsolved.sources.outgoing import Action, Outgoing, State, Writer
from unsolved.sources.reach import Reach, named_in
from unsolved.sources.records import RecordKind

WRITABLE = ("hubspot", "salesforce")
TOLD = (Standing.TRIED_AND_FAILED, Standing.IN_DENIAL, Standing.FIXING, Standing.HAS_IT)
"""Standings that are worth a note; of who is silent there is nothing to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is wanted: notes, a field of that name, tasks; ``pages`` is where ours are."""

    pages: str
    notes: bool = True
    field: str | None = None
    tasks: bool = False


def items(tx: Session, source_id: int, library: Library, wish: Wish) -> list[Outgoing]:
    """Return what would be written about the organisations that the CRM knows.

    Raises:
        Conflict: that source is no CRM that can be written to.
    """
    source = sources.source(tx, source_id)
    if source is None or source.kind not in WRITABLE:
        raise Conflict(kind=source.kind if source else None, can_be=" or ".join(WRITABLE))
    found: list[Outgoing] = []
    for organisation, key in sorted(sources.organisations_in(tx, source_id).items()):
        standing = sorted(
            (
                one
                for one in prospects.of_organisation(tx, organisation)
                if one.standing in TOLD and not one.eliminated
            ),
            key=lambda one: (-one.score, one.problem_id),
        )
        if standing:
            found += _about(standing, key, library, wish)
    return found


def send(
    sessions: Sessions,
    source_id: int,
    writer: Writer,
    *,
    clock: Callable[[], datetime],
    make_fields: bool = False,
) -> Iterator[sources.Listed]:
    """Send what is on the list, and tell of each what became of it.

    What may have arrived before a crash is looked for first. After no answer, the rest waits.
    With ``make_fields``, a field that the CRM lacks is made there first.

    Raises:
        SourceRefused, SourceDown: a field could not be made; nothing was sent then.
    """
    with transaction(sessions) as tx:
        waiting = sources.outbox(tx, source_id, (State.PLANNED, State.SENDING))
    if make_fields:
        fields = {
            one.item.title: one.item for one in waiting if one.item.action is Action.FIELD
        }
        for item in fields.values():
            writer.prepare(item)
    for listed in waiting:
        down = _send(sessions, listed, writer, clock)
        with transaction(sessions) as tx:
            now = {one.id: one for one in sources.outbox(tx, source_id)}
        yield now[listed.id]
        if down:
            return


def writer(sessions: Sessions, source_id: int, means: Means, now: datetime) -> Writer:
    """Return who writes into the CRM of a source.

    Raises:
        NotFound: there is no such source.
        Conflict: it cannot be written to, or its secrets cannot be opened.
    """
    with transaction(sessions) as tx:
        source = sources.source(tx, source_id)
        if source is None:
            raise NotFound(source=source_id)
        kept = sources.to_go_on_with(tx, source_id)
    if source.kind not in WRITABLE:
        raise Conflict(kind=source.kind, can_be=" or ".join(WRITABLE))
    module = import_module(f"unsolved.sources.connectors.{source.kind}")
    making: Callable[[Visit], Writer] = module.writer
    return making(
        Visit(
            name=source.name,
            settings=source.settings,
            secrets=means.vault.open(kept["secret"]),
            now=now,
            reach=(means.reach or Reach()).but(
                allowed=means.allowed & named_in(source.settings.values())
            ),
        )
    )


def _send(
    sessions: Sessions,
    listed: sources.Listed,
    writer: Writer,
    clock: Callable[[], datetime],
) -> bool:
    """Send one, and return whether the other side has stopped answering."""
    arrived: str | None = None
    try:
        if listed.state is State.SENDING:
            arrived = writer.find(listed.item)
        if arrived is None:
            with transaction(sessions) as tx:
                sources.note_sending(tx, listed.id)
            arrived = writer.write(listed.item)
    except SourceRefused as error:
        with transaction(sessions) as tx:
            sources.note_unsent(tx, listed.id, str(error), may_have_arrived=False)
        return False
    except SourceDown as error:
        with transaction(sessions) as tx:
            sources.note_unsent(tx, listed.id, str(error), may_have_arrived=True)
        return True
    with transaction(sessions) as tx:
        sources.note_sent(tx, listed.id, arrived, clock())
    return False


def _about(
    standing: list[Prospect], key: str, library: Library, wish: Wish
) -> Iterator[Outgoing]:
    titles = {problem.id: problem.title for problem in library.problems}
    best = standing[0]
    page = f"{wish.pages.rstrip('/')}/organisations/{best.organisation_id}"
    lines = [f"{titles[one.problem_id]}: {one.standing}" for one in standing]
    target = RecordKind.ORGANISATION
    if wish.notes:
        yield Outgoing(
            action=Action.NOTE,
            target=target,
            target_key=key,
            title=f"Where {best.organisation} stands",
            text="\n".join([*lines, f"Every quote and reason: {page}"]),
        )
    if wish.field:
        yield Outgoing(
            action=Action.FIELD, target=target, target_key=key, title=wish.field, text=lines[0]
        )
    if wish.tasks and best.next_question:
        yield Outgoing(
            action=Action.TASK,
            target=target,
            target_key=key,
            title=f"Ask {best.organisation}: {best.next_question}",
            text=f"{lines[0]}\n{page}",
        )
