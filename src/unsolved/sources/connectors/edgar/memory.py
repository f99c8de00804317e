"""How far the filings of each company have been read, by the SEC's own dates and numbers."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

OVERLAP = timedelta(days=10)
"""So long before the newest filing, another may still come to light."""


@dataclass(slots=True)
class Progress:
    """What of one company was read: these forms, back to ``since``, up to ``newest``.

    ``seen`` are the accession numbers within the overlap; ``again`` those that could not be
    had, with their dates.
    """

    since: date
    forms: frozenset[str]
    newest: date | None = None
    seen: dict[str, date] = field(default_factory=dict)
    again: dict[str, date] = field(default_factory=dict)

    def wants(self, accession: str, form: str, on: date) -> bool:
        """Whether a filing of a form that is wanted was not read yet."""
        if accession in self.again:
            return True
        if accession in self.seen:
            return False
        covered = form in self.forms and on >= self.since
        return not covered or self.newest is None or on > self.newest - OVERLAP

    def read(self, accession: str, on: date) -> None:
        """Remember that a filing was read."""
        self.again.pop(accession, None)
        self._meet(accession, on)

    def failed(self, accession: str, on: date) -> None:
        """Remember that a filing is there and could not be had."""
        self.again[accession] = on
        self._meet(accession, on)

    def _meet(self, accession: str, on: date) -> None:
        self.newest = max(on, self.newest or on)
        self.seen[accession] = on
        ends = self.newest - OVERLAP
        self.seen = {number: day for number, day in self.seen.items() if day > ends}


@dataclass(slots=True)
class Memory:
    """The progress with each company by its CIK, and the CIK of each ticker."""

    companies: dict[str, Progress] = field(default_factory=dict)
    tickers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: str | None) -> "Memory":
        """Return what a cursor holds; nothing when it is none of ours."""
        try:
            told = json.loads(cursor or "{}")
            return cls(
                {
                    str(cik): _progress(entry)
                    for cik, entry in told.get("companies", {}).items()
                },
                {str(name): f"{int(cik):010}" for name, cik in told.get("tickers", {}).items()},
            )
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            return cls()

    def cursor(self) -> str:
        """Return it as a cursor."""
        told = {
            "tickers": self.tickers,
            "companies": {cik: _told(progress) for cik, progress in self.companies.items()},
        }
        return json.dumps(told, separators=(",", ":"), sort_keys=True)

    def progress(self, cik: str, since: date, forms: Collection[str]) -> Progress:
        """Return how far a company was read; from the beginning when it is new."""
        return self.companies.setdefault(cik, Progress(since, frozenset(forms)))


def _told(progress: Progress) -> dict[str, Any]:
    return {
        "since": progress.since.isoformat(),
        "forms": sorted(progress.forms),
        "newest": progress.newest.isoformat() if progress.newest else None,
        "seen": {number: day.isoformat() for number, day in progress.seen.items()},
        "again": {number: day.isoformat() for number, day in progress.again.items()},
    }


def _progress(told: dict[str, Any]) -> Progress:
    newest = told["newest"]
    return Progress(
        since=date.fromisoformat(told["since"]),
        forms=frozenset(map(str, told["forms"])),
        newest=date.fromisoformat(newest) if newest else None,
        seen={number: date.fromisoformat(day) for number, day in told["seen"].items()},
        again={number: date.fromisoformat(day) for number, day in told["again"].items()},
    )
