"""The walk through a site: from its beginning and its sitemap, link by link, with an end.

What a page gives is kept under the page's address; a page that has not changed is not sent
again, and one that has gone takes its documents with it. What a limit leaves unread waits in
the cursor.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources.connector import Find
from unsolved.sources.crawling.addresses import Scope, Traps, is_page, normal, registrable
from unsolved.sources.crawling.memory import MOST_WAITING, Known, Memory, stamps
from unsolved.sources.crawling.page import Page
from unsolved.sources.crawling.robots import Robots
from unsolved.sources.crawling.sitemaps import listed
from unsolved.sources.model import Draft, Refusal
from unsolved.sources.reach import Answer, Reach
from unsolved.sources.reach.onward import REDIRECTS
from unsolved.sources.records import Mark

GAP = 0.5
"""Seconds between two requests, where the site does not ask for more."""

EVERY = 20
"""Pages between two marks."""

MOST_DOWN = 3
"""Pages in a row without an answer, after which the site counts as down."""

_UNCHANGED, _GONE, _FOR_EVER = 304, frozenset({404, 410}), frozenset({301, 308})
_TAKEN = REDIRECTS | _GONE | {_UNCHANGED}
_HOPS = 5

Reading = Callable[[Page], Iterable[Draft | Refusal]]


def _never(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where to begin and how far to go; addresses that are ``first`` go before others.

    With ``once``, a text that stands under two addresses is kept once.
    """

    start: str
    pages: int = 200
    depth: int = 3
    only: str = ""
    once: bool = False
    first: Callable[[str], bool] = _never

    @property
    def manner(self) -> str:
        """What a memory must agree with."""
        return f"{self.start} {self.depth} {self.only}"


def walk(
    plan: Plan,
    reach: Reach,
    memory: Memory,
    read: Reading,
    meet: Callable[[Page], None] = lambda _: None,
) -> Iterator[Find]:
    """Yield what ``read`` finds on the pages of a site, what is gone, and marks.

    ``meet`` sees the first page before it is read, even when it is not to be kept.

    Raises:
        Invalid: the beginning is no address.
        SourceRefused: its beginning cannot be read, or robots.txt asks us not to.
        SourceDown: the site does not answer.
    """
    start = normal(plan.start)
    if start is None:
        mend = "write it as https://www.example.com/"
        raise Invalid(field="address", got=plan.start, mend=mend)
    robots = Robots(reach)
    if not robots.allows(start):
        raise SourceRefused(url=start, why="its robots.txt asks us not to read it")
    slow = reach.but(gap=max(reach.gap, GAP, robots.delay(start)))
    yield from _Walk(replace(plan, start=start), slow, memory, read, robots).finds(meet)


class _Walk:
    def __init__(
        self, plan: Plan, reach: Reach, memory: Memory, read: Reading, robots: Robots
    ) -> None:
        self._plan, self._reach, self._memory, self._read = plan, reach, memory, read
        self._robots = robots
        self._scope = Scope(plan.start, plan.only)
        self._traps = Traps()
        self._met = {plan.start}
        self._first: deque[tuple[str, int]] = deque()
        self._rest: deque[tuple[str, int]] = deque()
        self._failed: list[tuple[str, int]] = []
        self._asked = self._down = 0

    def finds(self, meet: Callable[[Page], None]) -> Iterator[Find]:
        yield from self._beginning(meet)
        for url, known in list(self._memory.pages.items()):
            self._queue(url, known.depth, is_known=True)
        for url, depth in self._memory.waiting:
            self._queue(url, depth, is_known=True)
        told = list(listed(self._reach, self._scope, self._named()))
        yield from (found for found in told if isinstance(found, Refusal))
        pages = [found.address for found in told if not isinstance(found, Refusal)]
        for address in sorted(pages, key=lambda one: not self._plan.first(one)):
            self._queue(address, 1, is_known=True)
        while self._asked < self._plan.pages and (step := self._next()):
            if self._asked % EVERY == 0:
                yield self._mark(step)
            yield from self._page(*step)
        yield self._mark()
        yield from self._left()

    def _beginning(self, meet: Callable[[Page], None]) -> Iterator[Find]:
        """Read the first page; where it leads on to is where the site is."""
        here = self._plan.start
        for _ in range(_HOPS + 1):
            answer = self._ask(here)
            if answer.status not in REDIRECTS:
                break
            there = normal(answer.headers.get("location", ""), here)
            if there is None or not self._is_ours(there):
                why = f"it leads to another site, {there}"
                raise SourceRefused(url=here, why=why, mend="give that address, if you mean it")
            yield from self._memory.forget(here)
            self._scope, here = Scope(there, self._plan.only), there
            self._met.add(there)
            if not self._robots.allows(there):
                raise SourceRefused(url=there, why="its robots.txt asks us not to read it")
        else:
            raise SourceRefused(url=self._plan.start, why="it leads on and on")
        if answer.status in _GONE and here not in self._memory.pages:
            why = "there is nothing at that address"
            raise SourceRefused(url=here, status=answer.status, why=why)
        if answer.body:
            meet(Page(here, answer))
        yield from self._answered(here, 0, answer)

    def _named(self) -> tuple[str, ...]:
        return self._robots.sitemaps(self._scope.home)

    def _is_ours(self, there: str) -> bool:
        domain = registrable(there)
        if domain is None:
            return self._scope.holds(there) or Scope(self._scope.home).holds(there)
        return domain == registrable(self._scope.home)

    def _queue(self, url: str, depth: int, *, is_known: bool = False) -> None:
        url = self._scope.written(url)
        if url in self._met or not self._scope.holds(url) or not is_page(url):
            return
        if len(self._first) + len(self._rest) >= MOST_WAITING:
            return
        self._met.add(url)
        if not is_known and self._traps.is_one(url):
            return
        (self._first if self._plan.first(url) else self._rest).append((url, depth))

    def _next(self) -> tuple[str, int] | None:
        while queue := self._first or self._rest:
            step = queue.popleft()
            if self._robots.allows(step[0]):
                return step
        return None

    def _page(self, url: str, depth: int) -> Iterator[Find]:
        try:
            answer = self._ask(url)
        except SourceRefused as error:
            self._down = 0
            yield _refusal(url, error)
            return
        except SourceDown as error:
            self._down += 1
            self._failed.append((url, depth))
            if self._down >= MOST_DOWN:
                yield self._mark()
                raise
            yield _refusal(url, error)
            return
        self._down = 0
        if answer.status in REDIRECTS:
            yield from self._led(url, depth, answer)
        else:
            yield from self._answered(url, depth, answer)

    def _ask(self, url: str) -> Answer:
        self._asked += 1
        known = self._memory.pages.get(url)
        return self._reach.get(url, headers=known.asking() if known else {}, accept=_TAKEN)

    def _led(self, url: str, depth: int, answer: Answer) -> Iterator[Find]:
        """Follow a redirect as another page, if it stays on the site."""
        there = normal(answer.headers.get("location", ""), url)
        if there and there not in self._met and self._scope.holds(there):
            self._met.add(there)
            if not self._traps.is_one(there):
                self._first.appendleft((there, depth))
        if answer.status in _FOR_EVER:
            yield from self._memory.forget(url)

    def _answered(self, url: str, depth: int, answer: Answer) -> Iterator[Find]:
        if answer.status == _UNCHANGED:
            return
        if answer.status in _GONE:
            yield from self._memory.forget(url)
            return
        page = Page(url, answer)
        if depth < self._plan.depth:
            for link in page.links():
                self._queue(link, depth + 1)
        if page.is_html and page.canonical:
            self._queue(page.canonical, depth)
        yield from self._found(page, depth)

    def _found(self, page: Page, depth: int) -> Iterator[Find]:
        """Yield what is read on a page, and remember that it was."""
        known = self._memory.pages.get(page.url, Known())
        keys: list[str] = []
        texts: list[str] = []
        whole = True
        wanted = page.may_be_kept and self._scope.holds(page.url)
        for find in self._read(page) if wanted else ():
            if isinstance(find, Refusal):
                whole = False
                yield find
                continue
            text = sha256(find.text.encode("utf-8", "replace")).hexdigest()[:16]
            if self._plan.once and self._memory.is_repeated(text, page.url):
                continue
            if find.key not in keys and not self._memory.is_taken(find.key, page.url):
                yield find
            keys.append(find.key)
            texts.append(text)
        if not whole:  # what it gave before may still be there, and we ask again
            keys += known.keys
        etag, modified = stamps(page.answer) if whole else ("", "")
        made = tuple(dict.fromkeys(keys))
        now = Known(etag, modified, depth, made, tuple(texts) if self._plan.once else ())
        yield from self._memory.keep(page.url, now)

    def _mark(self, *more: tuple[str, int]) -> Mark:
        return Mark(self._memory.cursor([*more, *self._failed, *self._first, *self._rest]))

    def _left(self) -> Iterator[Refusal]:
        left = sum(self._robots.allows(url) for url, _ in [*self._first, *self._rest])
        if left:
            why = f"{self._asked} pages were asked for, and {left} more are known to be there"
            yield Refusal(self._plan.start, why, "Let it read more: set `pages` higher")


def _refusal(url: str, error: SourceRefused | SourceDown) -> Refusal:
    why = str(error.facts.get("why") or error)
    later = isinstance(error, SourceDown)
    mend = "It is asked for again on the next visit" if later else "Open it in a browser to see"
    return Refusal(url, why, mend)
