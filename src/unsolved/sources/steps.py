"""How far we have come in each table of a CRM, told by the CRM's own clock."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from unsolved.sources.cells import moment_of
from unsolved.sources.records import Mark

# What changed a moment ago may be shown only later (an index that lags, a slow transaction), so
# the last minutes before the newest change that we saw are asked for again.
OVERLAP = timedelta(minutes=5)


def written(moment: datetime) -> str:
    """Return a moment as a cursor and a fact have it.

    >>> written(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    '2026-03-01T09:30:00.000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Steps:
    """Of each table, until when we know everything; becomes the cursor of a `Mark`.

    The step of a table is ``{"changed": …}``: what changed before has been told, what changed
    then is asked for again. With ``id``, of what changed at that very moment everything up
    to that one has been told too. ``archived`` is the same for what the CRM says is gone.
    """

    def __init__(self, cursor: str | None, since: date | None) -> None:
        """Go on from a cursor; one that tells nothing, or another ``since``, begins anew."""
        self._tables: dict[str, dict[str, str]] = {}
        told = _read(cursor)
        self._since = since.isoformat() if since else None
        if self._since is None or told.get("since") == self._since:
            self._tables = {
                name: {k: v for k, v in step.items() if isinstance(v, str)}
                for name, step in told.items()
                if isinstance(step, dict)
            }
        self._first = (
            datetime(since.year, since.month, since.day, tzinfo=UTC) if since else None
        )

    def changed(self, table: str) -> datetime | None:
        """Return from when on changes must be asked for; None is from the beginning."""
        return moment_of(self._tables.get(table, {}).get("changed")) or self._first

    def id(self, table: str) -> str | None:
        """Return the last one told of those that changed at that very moment."""
        return self._tables.get(table, {}).get("id")

    def archived(self, table: str) -> datetime | None:
        """Return from when on those that are gone must be asked for."""
        return moment_of(self._tables.get(table, {}).get("archived"))

    def go(self, table: str, changed: datetime, *, id: str | None = None) -> None:  # noqa: A002
        """Note that everything before has been told; never goes back."""
        step = self._tables.setdefault(table, {})
        before = moment_of(step.get("changed"))
        if before is not None and changed < before:
            return
        step.pop("id", None)
        step |= {"changed": written(changed)} | ({"id": id} if id else {})

    def go_archived(self, table: str, archived: datetime) -> None:
        """Note that of those that are gone, everything before has been told."""
        self._tables.setdefault(table, {})["archived"] = written(archived)

    def mark(self, *, is_last: bool = False) -> Mark:
        """Return how far we have come; after the ``is_last``, a new ``since`` begins anew."""
        told: dict[str, Any] = dict(self._tables)
        if self._since and not is_last:
            told["since"] = self._since
        return Mark(json.dumps(told, sort_keys=True))


def _read(cursor: str | None) -> dict[str, Any]:
    try:
        told = json.loads(cursor or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
