"""The entries of a feed become documents, each by what it says or by the page behind it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import replace as but
from datetime import timedelta
from urllib.parse import urlsplit

from unsolved.errors import SourceDown, SourceRefused, Unreadable
from unsolved.sources.connector import Find, Visit
from unsolved.sources.connectors.feed.written import Entry, written
from unsolved.sources.crawling import Page, Robots, article, stamps
from unsolved.sources.model import Draft, Kind, OrganisationDraft, Refusal
from unsolved.sources.parsing import parse
from unsolved.sources.reach import Reach
from unsolved.sources.records import Mark

MEGABYTE = 1_000_000
MOST_WHOLE = 100
"""Pages behind entries that are read in one visit; the others are read in the next."""

GAP = 0.5
"""Seconds between two of them."""

_UNCHANGED = 304
_MOST_DOWN = 3
_A_DAY = timedelta(days=1)  # it may be tomorrow already where the feed is written


@dataclass(slots=True)
class Memory:
    """The stamps of the feed, and the entries whose page was read, by their digests."""

    etag: str = ""
    modified: str = ""
    whole: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: str | None) -> "Memory":
        """Return what a cursor holds; nothing when it is none of ours."""
        try:
            told = json.loads(cursor or "{}")
            whole = {str(key): str(digest) for key, digest in told.get("whole", {}).items()}
            return cls(str(told.get("etag", "")), str(told.get("modified", "")), whole)
        except (ValueError, TypeError, AttributeError, RecursionError):
            return cls()

    def cursor(self) -> str:
        """Return it as a cursor."""
        told = {"etag": self.etag, "modified": self.modified, "whole": self.whole}
        return json.dumps(told, separators=(",", ":"))


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed; with ``whole``, the page behind each entry is read too."""

    address: str
    visit: Visit
    kind: Kind = Kind.NEWS
    whole: bool = False

    @property
    def name(self) -> str:
        """How the source is called."""
        return self.visit.name

    def fetch(self) -> Iterator[Find]:
        """Yield the entries in the order of the feed; nothing when it has not changed."""
        memory = Memory.of(None if self.visit.since else self.visit.cursor)
        asking = {"if-none-match": memory.etag, "if-modified-since": memory.modified}
        headers = {name: told for name, told in asking.items() if told}
        reach = self._bounded()
        answer = reach.get(self.address, headers=headers, accept={_UNCHANGED})
        if answer.status == _UNCHANGED:
            return
        feed = written(answer)
        yield from feed.refusals
        name = self.visit.text("organisation") or feed.title
        whose = OrganisationDraft(name=name or urlsplit(answer.url).hostname or answer.url)
        pages = _Pages(reach, memory)
        for entry in feed.entries:
            since, on = self.visit.since, entry.published_on
            if not (since and on and on < since):
                yield from self._entry(entry, whose, pages)
        etag, modified = stamps(answer)
        if feed.refusals or not pages.complete:  # asked again even when it has not changed
            etag = modified = ""
        yield Mark(Memory(etag, modified, pages.done).cursor())

    def _bounded(self) -> Reach:
        reach = self.visit.reach
        largest = min(reach.limits.largest, self.visit.largest_mb * MEGABYTE)
        return reach.but(limits=but(reach.limits, largest=largest))

    def _entry(
        self, entry: Entry, whose: OrganisationDraft, pages: "_Pages"
    ) -> Iterator[Draft | Refusal]:
        on = entry.published_on
        if on and on > self.visit.today + _A_DAY:
            why = f"it is dated in the future, {on}; it is kept without a date"
            yield Refusal(entry.link or entry.key, why, "Tell who writes the feed")
            on = None
        draft = Draft(
            key=entry.key,
            organisation=whose,
            text=entry.text,
            title=entry.title,
            kind=self.kind,
            published_on=min(on, self.visit.today) if on else None,
            original=entry.original,
            media_type="text/html",
            origins=(entry.link,) if entry.link else (self.address,),
        )
        if self.whole and entry.link:
            yield from pages.read(entry, draft, self.visit)
        else:
            yield draft


class _Pages:
    """Reads the pages behind entries, each once."""

    def __init__(self, reach: Reach, memory: Memory) -> None:
        self.done: dict[str, str] = {}
        self.complete = True
        self._known = memory.whole
        self._robots = Robots(reach)
        self._reach = reach.but(gap=max(reach.gap, GAP))
        self._asked = self._down = 0

    def read(self, entry: Entry, draft: Draft, visit: Visit) -> Iterator[Draft | Refusal]:
        """Yield an entry with the text of its page; as the feed has it where that fails."""
        if self._known.get(entry.key) == entry.digest:
            self.done[entry.key] = entry.digest  # read on an earlier visit
            return
        if self._asked >= MOST_WHOLE or self._down >= _MOST_DOWN:
            self.complete = False
            if self._down:
                yield draft
            return
        self._asked += 1
        try:
            whole = self._whole(draft, visit)
        except (SourceRefused, Unreadable) as error:
            why = error.why if isinstance(error, Unreadable) else error.facts.get("why", error)
            mend = "What the feed itself says is kept"
            yield Refusal(draft.origins[0], f"the page cannot be read ({why})", mend)
            yield draft
        except SourceDown as error:
            self._down += 1
            self.complete = False
            why = f"the page cannot be read now ({error.facts.get('why', error)})"
            yield Refusal(draft.origins[0], why, "It is asked for again on the next visit")
            yield draft
            return
        else:
            self._down = 0
            yield whole
        self.done[entry.key] = entry.digest

    def _whole(self, draft: Draft, visit: Visit) -> Draft:
        """Return a document with the text of its page, if that is longer.

        Raises:
            SourceRefused, SourceDown: the page cannot be had.
            Unreadable: it is there and damaged.
        """
        address = draft.origins[0]
        if not self._robots.allows(address):
            raise SourceRefused(url=address, why="its robots.txt asks us not to")
        page = Page(address, self._reach.get(address))
        if page.is_pdf:
            text = parse(page.answer.body, where="page.pdf").text
            media = "application/pdf"
        elif page.is_html and page.may_be_kept:
            text = article(page.markup, page.answer.url, visit.today).text
            media = "text/html"
        else:
            return draft
        if len(text) <= len(draft.text):
            return draft
        return but(draft, text=text, original=page.answer.body, media_type=media)
