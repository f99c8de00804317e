"""Keeps sources in step: visits one after the other, whatever befalls one of them."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from unsolved import sources
from unsolved.db import Sessions, transaction
from unsolved.errors import Error, NotFound, SourceDown
from unsolved.sources import kinds
from unsolved.sources.connector import Visit
from unsolved.sources.reach import Reach, named_in
from unsolved.sources.vault import Vault

log = logging.getLogger(__name__)

MINUTE = 60.0
"""How often somebody looks what is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What visits are made with.

    ``allowed`` are the ``host:port`` in the private network that the person who runs the
    program allows; a source may use those of them that it names itself.
    """

    vault: Vault
    allowed: frozenset[str] = frozenset()
    largest_mb: int = 50
    reach: Reach | None = None
    """The way out, for one with other limits than ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """What came of a visit: what it brought, or why it brought nothing."""

    source: str
    added: sources.Added | None = None
    failure: str | None = None
    is_busy: bool = False


Progress = Callable[[str, int], None]


def sync(
    sessions: Sessions,
    ids: Iterable[int],
    means: Means,
    *,
    clock: Callable[[], datetime],
    progress: Progress = lambda _name, _done: None,
) -> Iterator[Synced]:
    """Visit the sources, and tell of each what came of it; none stops the others."""
    for source_id in ids:
        with suppress(NotFound):  # removed in the meantime
            yield visit(sessions, source_id, means, clock=clock, progress=progress)


def visit(
    sessions: Sessions,
    source_id: int,
    means: Means,
    *,
    clock: Callable[[], datetime],
    progress: Progress = lambda _name, _done: None,
) -> Synced:
    """Visit one source, and note how it went and when the next visit is due.

    Raises:
        NotFound: there is no such source.
    """
    now = clock()
    with transaction(sessions) as tx:
        source = sources.source(tx, source_id)
        if source is None:
            raise NotFound(source=source_id)
        if not sources.claim(tx, source_id, now):
            return Synced(source=source.name, is_busy=True)
        kept = sources.to_go_on_with(tx, source_id)
    added: sources.Added | None = None
    try:
        secrets = means.vault.open(kept["secret"])
        reach = (means.reach or Reach()).but(
            allowed=means.allowed & named_in(source.settings.values())
        )
        connector = kinds.connector(
            source.kind,
            Visit(
                name=source.name,
                settings=source.settings,
                secrets=secrets,
                now=now.astimezone(),
                reach=reach,
                cursor=kept["cursor"],
                since=kept["since"],
                largest_mb=means.largest_mb,
            ),
        )
        added = sources.add(
            sessions,
            connector,
            now=now,
            clock=clock,
            progress=lambda done: progress(source.name, done),
        )
    except Error as error:
        why, is_final = str(error), not isinstance(error, SourceDown)
    except Exception as error:  # a fault of ours in one connector must not stop the others
        log.exception("reading %s failed", source.name)
        why, is_final = f"a fault of this program: {type(error).__name__}: {error}", False
    else:
        with transaction(sessions) as tx:
            sources.succeeded(tx, source_id, clock())
        return Synced(source=source.name, added=added)
    with transaction(sessions) as tx:
        sources.failed(tx, source_id, clock(), why, is_final=is_final)
    return Synced(source=source.name, failure=why)


def keep_in_step(
    sessions: Sessions,
    means: Means,
    *,
    clock: Callable[[], datetime],
    stop: Event,
    told: Callable[[Synced], None],
    after: Callable[[], None],
) -> None:
    """Visit what is due, every minute, until ``stop``; call ``after`` when something came."""
    while not stop.is_set():
        with transaction(sessions) as tx:
            ids = sources.due(tx, clock())
        came = False
        for one in sync(sessions, ids, means, clock=clock):
            told(one)
            came = came or bool(one.added and one.added.has_brought)
        if came:
            after()
        stop.wait(MINUTE)
