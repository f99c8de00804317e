"""Keeps deals up to date: what the CRM says, what fired, what deserves attention today."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from threading import Event

from unsolved.db import Sessions, transaction
from unsolved.deals.service import fire, follow_crm
from unsolved.deals.service.refreshing import ALONE, Hands, refresh
from unsolved.problems import Library

log = logging.getLogger(__name__)

MINUTE = 60.0
"""How often somebody looks whether a new day has begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many deals followed their CRM, came back, were worked out, and are left to be."""

    followed: int = 0
    returned: int = 0
    done: int = 0
    left: int = 0


def keep_up(
    sessions: Sessions, library: Library, now: datetime, hands: Hands = ALONE
) -> Iterator[Kept]:
    """Follow the CRM, fire triggers, work out what is out of date; tell how far it has come.

    Each is a transaction of its own, and what is undone is asked of the database: it can be
    stopped anywhere, and goes on from there.
    """
    with transaction(sessions) as tx:
        followed = follow_crm(tx, now)
    with transaction(sessions) as tx:
        returned = len({one.opportunity_id for one in fire(tx, now)})
    for one in refresh(sessions, library, now, hands):
        yield Kept(followed=followed, returned=returned, done=one.done, left=one.left)


def keep_up_daily(
    sessions: Sessions,
    library: Library,
    *,
    clock: Callable[[], datetime],
    stop: Event,
    every: float = MINUTE,
) -> None:
    """Keep deals up to date now and whenever a new day begins, until ``stop``."""
    last: date | None = None
    while not stop.is_set():
        now = clock()
        if now.date() != last:
            try:
                for _ in keep_up(sessions, library, now):
                    if stop.is_set():
                        return
            except Exception:  # a fault of ours in one deal must not end all days to come
                log.exception("keeping the deals up to date failed")
            last = now.date()
        stop.wait(every)


def told(kept: Kept) -> str:
    """Return what came of it in a line; empty when nothing did."""
    parts = [
        f"{kept.followed:,} changed as the CRM says" if kept.followed else "",
        f"{kept.returned:,} returned" if kept.returned else "",
        f"{kept.done:,} worked out for today" if kept.done else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"deals: {said}" if said else ""
