"""What a feed says, whichever of the three ways it is written in."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from time import struct_time
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from unsolved.errors import SourceRefused, Unreadable
from unsolved.sources.crawling import normal
from unsolved.sources.model import Refusal
from unsolved.sources.parsing import clean, decode
from unsolved.sources.parsing.html import html_text
from unsolved.sources.reach import Answer

_MOMENTS = ("published_parsed", "updated_parsed", "created_parsed")
_MEND = "Tell who writes the feed"
_OLDEST = 1990  # what is older comes from a clock that was not set
_HARMLESS = ("CharacterEncodingOverride", "NonXMLContentType")
_FEEDS = (
    "link[type='application/rss+xml'][href], link[type='application/atom+xml'][href],"
    " link[type='application/feed+json'][href]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; ``title`` and ``text`` are plain, ``original`` is the text as it came."""

    key: str
    title: str
    text: str
    link: str | None
    published_on: date | None
    original: bytes

    @property
    def digest(self) -> str:
        """What changes when the entry does."""
        told = (self.title, self.text, self.link, self.published_on)
        return sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A feed: what it calls itself, its entries, and what could not be read."""

    title: str
    entries: tuple[Entry, ...]
    refusals: tuple[Refusal, ...] = ()


def written(answer: Answer) -> Written:
    """Return what a feed says.

    Raises:
        SourceRefused: it is no feed.
    """
    start = answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise SourceRefused(url=answer.url, why="there is nothing in it")
    return _json(answer) if start in {b"{", b"["} else _xml(answer)


def _xml(answer: Answer) -> Written:
    import feedparser  # noqa: PLC0415 - a tenth of a second

    # As a stream: given bytes or text, it would open what they name, a file or an address.
    # It is not told where the feed was, or it would make an address of every number.
    found = feedparser.parse(
        BytesIO(answer.body),
        response_headers={"content-type": answer.headers.get("content-type", "text/xml")},
        sanitize_html=True,
        resolve_relative_uris=True,
    )
    if not found.entries and not found.version:
        raise _no_feed(answer)
    met: set[str] = set()
    refusals = list(_fault(found, answer.url))
    entries: list[Entry] = []
    for number, told in enumerate(found.entries, 1):
        entry = _entry(told, answer.url)
        entries += _kept(entry, f"{answer.url}, entry {number}", met, refusals)
    title = _line(found.feed.get("title")) or _line(found.feed.get("author"))
    return Written(title=title, entries=tuple(entries), refusals=tuple(refusals))


def _entry(told: Mapping[str, Any], base: str) -> Entry:
    contents = [*told.get("content", []), told.get("summary_detail") or {}]
    texts = [str(one.get("value") or "") for one in contents]
    chosen = max(texts, key=len, default="")
    link = normal(str(told.get("link") or ""), base) if told.get("link") else None
    # Looked up by what is there: its own `get` would give one date for another, and warn.
    moments = (told[name] for name in _MOMENTS if name in set(told))
    return Entry(
        key=str(told.get("id") or link or ""),
        title=_line(told.get("title")),
        text=html_text(chosen),
        link=link,
        published_on=next(filter(None, map(_of_struct, moments)), None),
        original=chosen.encode("utf-8", "replace"),
    )


def _json(answer: Answer) -> Written:
    """Read a JSON Feed, as jsonfeed.org describes it."""
    url = answer.url
    try:
        found = json.loads(decode(answer.body, where=url), strict=False)
    except (ValueError, RecursionError, Unreadable) as error:
        raise SourceRefused(url=url, why=f"it is not JSON ({error})") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise _no_feed(answer)
    met: set[str] = set()
    refusals: list[Refusal] = []
    entries: list[Entry] = []
    for number, told in enumerate(items, 1):
        place = f"{url}, entry {number}"
        if not isinstance(told, dict):
            refusals.append(Refusal(place, "it is no JSON object", _MEND))
            continue
        entries += _kept(_item(told, url), place, met, refusals)
    title = _line(found.get("title")) or _line(_author(found))
    return Written(title=title, entries=tuple(entries), refusals=tuple(refusals))


def _item(told: Mapping[str, Any], base: str) -> Entry:
    markup, plain = _string(told, "content_html"), _string(told, "content_text")
    address = _string(told, "url") or _string(told, "external_url")
    link = normal(address, base) if address else None
    number = told.get("id")
    return Entry(
        key=str(number) if isinstance(number, str | int) and str(number) else link or "",
        title=clean(_string(told, "title")).strip(),
        text=html_text(markup) or clean(plain or _string(told, "summary")).strip(),
        link=link,
        published_on=_of_text(_string(told, "date_published"))
        or _of_text(_string(told, "date_modified")),
        original=json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"),
    )


def _kept(entry: Entry, place: str, met: set[str], refusals: list[Refusal]) -> Iterator[Entry]:
    """Yield an entry that says something, under a key that no other has."""
    text = entry.text or entry.title
    if not any(map(str.isalnum, text)):
        refusals.append(Refusal(place, "there is no text in it", _MEND))
        return
    key = clean(entry.key).strip() or entry.link or f"#{entry.digest}"
    if key in met and entry.link:
        key = entry.link  # a feed that numbers all of them alike
    if key in met:
        return
    met |= {key, entry.link or key}
    yield Entry(
        key=key,
        title=entry.title or text.partition("\n")[0][:120],
        text=text,
        link=entry.link,
        published_on=entry.published_on,
        original=entry.original or entry.title.encode("utf-8", "replace"),
    )


def _fault(found: Any, url: str) -> Iterator[Refusal]:  # noqa: ANN401 (feedparser's own)
    """Tell what is wrong with a feed, where it is not only how it was sent."""
    error = found.get("bozo_exception")
    if not found.bozo or error is None or type(error).__name__ in _HARMLESS:
        return
    number = getattr(error, "getLineNumber", lambda: None)()
    said = getattr(error, "getMessage", lambda: str(error))()
    why = f"it is broken ({said}); what could be read of it is kept"
    yield Refusal(url, why, _MEND, number)


def _no_feed(answer: Answer) -> SourceRefused:
    """Say that a page is no feed, and which feed it names, if it does."""
    mend = "give the address of an RSS, Atom or JSON feed"
    with suppress(Unreadable):
        tree = LexborHTMLParser(decode(answer.body[:500_000], where="", markup=True))
        node = tree.css_first(_FEEDS)
        named = normal(node.attributes.get("href") or "", answer.url) if node else None
        mend = f"the page names this one: {named}" if named else mend
    return SourceRefused(url=answer.url, why="it is no feed", mend=mend)


def _line(told: object) -> str:
    """Return a title on one line; it may be written in HTML."""
    return " ".join(html_text(str(told)).split()) if told else ""


def _string(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _author(found: Mapping[str, Any]) -> str:
    authors = found.get("authors") or [found.get("author")]
    first = authors[0] if isinstance(authors, list) else authors
    return _string(first, "name") if isinstance(first, dict) else ""


def _of_struct(told: struct_time | None) -> date | None:
    with suppress(ValueError, TypeError):
        return _likely(date(told[0], told[1], told[2])) if told else None
    return None


def _of_text(told: str) -> date | None:
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(told.strip())
        return _likely((moment.astimezone(UTC) if moment.tzinfo else moment).date())
    return None


def _likely(day: date) -> date | None:
    return day if day.year >= _OLDEST else None
