"""A page as it came: where it leads, and what it asks of those who read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from unsolved.errors import Unreadable
from unsolved.sources.crawling.addresses import normal
from unsolved.sources.crawling.robots import TOKEN
from unsolved.sources.parsing import clean, decode
from unsolved.sources.parsing.html import shallow
from unsolved.sources.reach import Answer

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_UNSAID = frozenset({"", "application/octet-stream", "text/plain"})
_MARKUP = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
_MOST_LINKS, _MOST_NODES = 2_000, 10_000
_NOT_AGENTS = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")


@dataclass(frozen=True)
class Page:
    """One page of a site, under the address that it has in the end."""

    url: str
    answer: Answer = field(repr=False)

    @property
    def is_html(self) -> bool:
        """Whether it is written in HTML, as it says itself or as it begins."""
        told = self.answer.media_type
        return told in _HTML or (told in _UNSAID and bool(_MARKUP.match(self.answer.body)))

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF, as it begins."""
        return self.answer.body.startswith(b"%PDF-")

    @cached_property
    def markup(self) -> str:
        """Its characters; one that cannot be read is marked and the others stay.

        Of a page nested so deep that parsing it would take for ever, only the text is left.
        """
        return shallow(self._characters())

    def _characters(self) -> str:
        data = self.answer.body
        told = _CHARSET.search(self.answer.headers.get("content-type", ""))
        if told and told.group(1).casefold() not in {"utf-8", "utf8", "us-ascii"}:
            try:
                return clean(data.decode(told.group(1), "replace"))
            except (LookupError, ValueError):
                pass
        try:
            return decode(data, where=self.url, markup=True)
        except Unreadable:
            return clean(data.decode("utf-8", "replace"))

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """Its elements."""
        return LexborHTMLParser(self.markup)

    @cached_property
    def canonical(self) -> str | None:
        """The address it says it has, or None."""
        for node in self.tree.css("link[rel][href]"):
            told = node.attributes
            if "canonical" in (told.get("rel") or "").casefold().split():
                return normal(told.get("href") or "", self.base)
        return None

    @cached_property
    def base(self) -> str:
        """What its links are relative to."""
        node = self.tree.css_first("base[href]")
        return (normal(node.attributes.get("href") or "", self.url) if node else "") or self.url

    @cached_property
    def asks(self) -> frozenset[str]:
        """What it asks of us: ``noindex``, ``nofollow``, or ``none`` for both."""
        told = list(_asked_of_us(self.answer.headers.get("x-robots-tag", "")))
        if self.is_html:
            for node in self.tree.css("meta[name][content]"):
                if (node.attributes.get("name") or "").casefold() in {"robots", TOKEN}:
                    told += _asked_of_us(node.attributes.get("content") or "")
        return frozenset(told)

    @property
    def may_be_kept(self) -> bool:
        """Whether it does not ask to be left out."""
        return not self.asks & {"noindex", "none"}

    def links(self) -> list[str]:
        """Return where it leads, each once; nowhere when it asks us not to follow."""
        if not self.is_html or self.asks & {"nofollow", "none"}:
            return []
        found: dict[str, None] = {}
        nodes = self.tree.css("a[href], area[href], link[rel~=next][href]")
        for node in nodes[:_MOST_NODES]:
            told = node.attributes
            if "nofollow" in (told.get("rel") or "").casefold().split():
                continue
            address = normal(told.get("href") or "", self.base)
            if address:
                found.setdefault(address)
            if len(found) >= _MOST_LINKS:
                break
        return list(found)

    def said(self, *names: str) -> str | None:
        """Return the first of the named ``meta`` that says something."""
        wanted = dict.fromkeys(names, "")
        for node in self.tree.css("meta[content]"):
            told = node.attributes
            name = (told.get("property") or told.get("name") or "").casefold()
            if name in wanted and not wanted[name]:
                wanted[name] = " ".join((told.get("content") or "").split())
        return next((said for said in wanted.values() if said), None)

    @property
    def title(self) -> str | None:
        """The title it gives itself, or None."""
        node = self.tree.css_first("head title") or self.tree.css_first("title")
        return " ".join(node.text().split()) or None if node else None


def _asked_of_us(told: str) -> Iterator[str]:
    """Yield the words of a robots tag that are for everybody, or for us by name."""
    agent = ""
    for part in told.casefold().split(","):
        before, colon, after = part.partition(":")
        word = part.strip()
        if colon and before.strip() not in _NOT_AGENTS:
            agent, word = before.strip(), after.strip()
        if agent in {"", TOKEN}:
            yield word
