"""A page of a site becomes a document: its main text, and whose site it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace as but
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from unsolved.errors import Unreadable
from unsolved.sources.connector import Find, Visit
from unsolved.sources.crawling import (
    Memory,
    Page,
    Plan,
    Scope,
    article,
    linked_data,
    registrable,
    types_of,
    walk,
)
from unsolved.sources.model import Draft, Kind, OrganisationDraft, Refusal
from unsolved.sources.parsing import clean, parse

MEGABYTE = 1_000_000
_BLOG = re.compile(r"(?:^|[/.-])(?:blogs?|posts?)(?:[/.-]|$)", re.IGNORECASE)
_NEWS_TYPES = frozenset(
    {"NewsArticle", "ReportageNewsArticle", "Article", "AnalysisNewsArticle"}
)
_PARTED = re.compile(r"\s+[|\-\u2013\u2014·•»:]+\s+|\s*[|»]\s*|:\s+")
_NO_NAME = re.compile(
    r"home(?:\s?page)?|welcome|start(?:seite)?|index|official (?:web)?site|willkommen|accueil",
    re.IGNORECASE,
)
_VISIBLE = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Site:
    """A site; ``memory`` is what was learned of it on earlier visits."""

    plan: Plan
    visit: Visit
    memory: Memory

    @property
    def name(self) -> str:
        """How the source is called."""
        return self.visit.name

    def fetch(self) -> Iterator[Find]:
        """Yield the pages as documents, the beginning first."""
        reach = self.visit.reach
        largest = min(reach.limits.largest, self.visit.largest_mb * MEGABYTE)
        reach = reach.but(limits=but(reach.limits, largest=largest))
        yield from walk(self.plan, reach, self.memory, self._read, self._meet)

    def _meet(self, page: Page) -> None:
        if page.is_html:
            self.memory.facts["organisation"] = _owner(page)

    def _read(self, page: Page) -> Iterator[Draft | Refusal]:
        if page.is_pdf:
            yield from self._pdf(page)
        elif page.is_html:
            yield from self._html(page)

    def _html(self, page: Page) -> Iterator[Draft]:
        organisation = self._organisation(page)
        read = article(page.markup, page.url, self.visit.today)
        if not _VISIBLE.search(read.text):
            return
        key = _address(page)
        yield Draft(
            key=key,
            organisation=organisation,
            text=read.text,
            title=read.title or page.said("og:title") or _named_by(key) or organisation.name,
            kind=_kind(page, read.published_on),
            published_on=read.published_on,
            original=page.answer.body,
            media_type="text/html",
            origins=(key,),
        )

    def _pdf(self, page: Page) -> Iterator[Draft | Refusal]:
        name = PurePosixPath(urlsplit(page.url).path).stem or "document"
        try:
            parsed = parse(page.answer.body, where=f"{name}.pdf")
        except Unreadable as error:
            yield Refusal(page.url, error.why, error.mend)
            return
        yield Draft(
            key=page.url,
            organisation=self._organisation(page),
            text=parsed.text,
            title=_named_by(page.url) or page.url,
            kind=Kind.NOTE,
            published_on=None,
            original=page.answer.body,
            media_type="application/pdf",
            origins=(page.url,),
        )

    def _organisation(self, page: Page) -> OrganisationDraft:
        """Return whose site it is: as we were told, or as its first page says."""
        host = urlsplit(page.url).hostname or page.url
        named = self.memory.facts.get("organisation")
        name = self.visit.text("organisation") or named or host
        return OrganisationDraft(name=name, domain=registrable(page.url))


def _address(page: Page) -> str:
    """Return the address that a page is known by: the canonical one, if it is to be believed.

    A page that says it were the home page is one of those where all pages say so.
    """
    told = page.canonical
    if not told or not Scope(page.url).holds(told):
        return page.url
    if urlsplit(told).path == "/" and urlsplit(page.url).path != "/":
        return page.url
    return Scope(page.url).written(told)


def _kind(page: Page, published_on: date | None) -> Kind:
    if published_on is None:
        return Kind.NOTE
    items, _ = linked_data(page.tree)
    types = {name for item in items for name in types_of(item)}
    parts = urlsplit(page.url)
    if "BlogPosting" in types or (
        not types & _NEWS_TYPES and _BLOG.search(f"{parts.hostname}{parts.path}")
    ):
        return Kind.POST
    return Kind.NEWS


def _owner(page: Page) -> str:
    """Return the name that a site has, as its first page tells it.

    The title of a home page begins with it, that of another page ends with it.
    """
    told = page.said("og:site_name", "application-name")
    if told and _VISIBLE.search(told):
        return clean(told)
    host = urlsplit(page.url).hostname or ""
    domain = (registrable(page.url) or host).partition(".")[0]
    parts = [part.strip() for part in _PARTED.split(page.title or "") if part.strip()]
    names = [part for part in parts if not _NO_NAME.fullmatch(part)]
    like = [part for part in names if domain and domain in re.sub(r"\W", "", part.casefold())]
    at = 0 if urlsplit(page.url).path == "/" else -1
    return clean((like or names or [host])[at])


def _named_by(url: str) -> str:
    stem = PurePosixPath(unquote(urlsplit(url).path)).stem
    return clean(re.sub(r"[_\s-]+", " ", stem)).strip()
