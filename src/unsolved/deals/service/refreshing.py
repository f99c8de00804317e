"""All that is out of date is worked out, some at a time, by one process or several."""

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from unsolved.db import Sessions, connect, engine_of, transaction
from unsolved.deals.queries.attention import stale
from unsolved.deals.queries.track import Past, decided
from unsolved.deals.queries.whole import opportunities
from unsolved.deals.service.attention import keep_costs, work_out
from unsolved.evidence.workers import workers
from unsolved.problems import Library

AT_ONCE = 100
"""So many deals are worked out in a transaction: seconds, at whose end others wait shortly."""

ENOUGH = 400
"""With fewer deals no other process is started: each needs seconds to begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """How many processes may work, 0 for one a core; and from how many deals on they do."""

    processes: int = 1
    at_once: int = AT_ONCE
    enough: int = ENOUGH


ALONE = Hands()


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many deals were worked out so far, and how many are left."""

    done: int
    left: int


def refresh(
    sessions: Sessions, library: Library, now: datetime, hands: Hands = ALONE
) -> Iterator[Refreshed]:
    """Work out all that is out of date, some at a time, and tell how far it has come.

    Each time is a transaction of its own: it can be stopped anywhere, and goes on from there.
    """
    with transaction(sessions) as tx:
        ids, past = stale(tx, now), decided(tx)
    yield Refreshed(0, len(ids))
    size = hands.at_once
    batches = [ids[at : at + size] for at in range(0, len(ids), size)]
    processes = min(hands.processes or os.cpu_count() or 1, len(batches))
    is_shared = engine_of(sessions).url.database not in {None, "", ":memory:"}
    done = 0
    for count in (
        _together(sessions, batches, (library, now, past), processes)
        if processes > 1 and len(ids) >= hands.enough and is_shared
        else (_some(sessions, batch, library, now, past) for batch in batches)
    ):
        done += count
        yield Refreshed(done, len(ids) - done)


def _together(
    sessions: Sessions,
    batches: Sequence[Sequence[int]],
    given: tuple[Library, datetime, Sequence[Past]],
    processes: int,
) -> Iterator[int]:
    """Yield how many deals were worked out, batch by batch, as processes finish them."""
    address = engine_of(sessions).url.render_as_string(hide_password=False)
    with workers(processes, _begin) as pool:
        waiting = [pool.give(_apart, address, batch, *given) for batch in batches]
        for one in as_completed(waiting):
            yield one.result()


def _begin() -> None:
    """Begin with nothing at hand: each piece of work brings what it needs."""


def _apart(
    address: str, ids: Sequence[int], library: Library, now: datetime, past: Sequence[Past]
) -> int:
    sessions = connect(address)
    try:
        return _some(sessions, ids, library, now, past)
    finally:
        engine_of(sessions).dispose()


def _some(
    sessions: Sessions,
    ids: Sequence[int],
    library: Library,
    now: datetime,
    past: Sequence[Past],
) -> int:
    # Costs take longest; counted apart, they let nobody wait meanwhile to write.
    with transaction(sessions) as tx:
        keep_costs(tx, opportunities(tx, ids), library, now)
    with _uncollected(), transaction(sessions) as tx:
        work_out(tx, ids, library, now, past)
    return len(ids)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the garbage collector rest: among many rows that all live it searches in vain."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()
