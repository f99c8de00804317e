"""The pages that a site lists itself, the newest first, read within bounds."""

import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.parsers import expat

from unsolved.errors import SourceDown, SourceRefused
from unsolved.sources.crawling.addresses import Scope, normal
from unsolved.sources.model import Refusal
from unsolved.sources.reach import Reach

MOST_FILES = 20
MOST_PAGES = 20_000
UNPACKED = 50_000_000
"""Bytes; what the protocol allows a sitemap to have."""

_GZIP = b"\x1f\x8b"
_MISSING = frozenset({401, 403, 404, 410})
_MEND = "Tell who runs the site; its pages are found by their links all the same"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page or a further sitemap, and when it was changed, as it is written there."""

    address: str
    changed: str = ""


class _Broken(Exception):
    """A sitemap that can be read in part, or not at all."""


def listed(reach: Reach, scope: Scope, named: Sequence[str]) -> Iterator[Listed | Refusal]:
    """Yield the pages of a site that its sitemaps list, and what could not be read.

    ``named`` are the sitemaps that robots.txt names; without any, the usual one is tried.
    """
    home = Scope(scope.home)
    usual = urljoin(scope.home, "/sitemap.xml")
    waiting = deque(filter(None, map(normal, named or (usual,))))
    pages: dict[str, Listed] = {}
    met: set[str] = set()
    while waiting and len(met) < MOST_FILES and len(pages) < MOST_PAGES:
        address = waiting.popleft()
        if address in met or not home.holds(address):
            continue
        met.add(address)
        try:
            data = _asked(reach, address, is_named=bool(named))
            entries, inner, fault = _entries(data)
        except (SourceRefused, SourceDown, _Broken) as error:
            yield Refusal(address, f"the sitemap cannot be read ({_told(error)})", _MEND)
            continue
        if fault:
            yield Refusal(address, f"the sitemap is read in part only ({fault})", _MEND)
        for entry in entries:
            found = normal(entry.address)
            if found and scope.holds(found):
                pages.setdefault(found, Listed(found, entry.changed))
        waiting.extend(filter(None, (normal(entry.address) for entry in inner)))
    yield from sorted(pages.values(), key=lambda one: one.changed, reverse=True)


def _asked(reach: Reach, address: str, *, is_named: bool) -> bytes:
    answer = reach.get(address, accept=() if is_named else _MISSING)
    if answer.status in _MISSING or (not is_named and answer.media_type == "text/html"):
        return b""  # a page that says there is none
    data = answer.body
    if data.startswith(_GZIP):
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
        try:
            data = unpack.decompress(data, UNPACKED)
        except zlib.error as error:
            raise _Broken("it is packed and damaged") from error
        if unpack.unconsumed_tail:
            raise _Broken(f"it unpacks to more than {UNPACKED // 1_000_000} MB")
    return data


def _entries(data: bytes) -> tuple[list[Listed], list[Listed], str]:
    """Return the pages and the sitemaps in a sitemap, and the fault that ended it, if any."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return [], [], ""
    if not start.startswith(b"<"):
        lines = start.decode("utf-8", "replace").split("\n")[:MOST_PAGES]
        return [Listed(line.strip()) for line in lines if "://" in line], [], ""
    reading = _Reading()
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        if not reading.pages and not reading.sitemaps:
            raise _Broken(f"it is not XML: {error}") from error
        return reading.pages, reading.sitemaps, f"it is not XML: {error}"
    return reading.pages, reading.sitemaps, ""


class _Reading:
    """Reads a sitemap as it comes; whatever declares an entity is not read on."""

    def __init__(self) -> None:
        self.pages: list[Listed] = []
        self.sitemaps: list[Listed] = []
        self._text: list[str] = []
        self._now: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append
        self.parser.EntityDeclHandler = self._refuse
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._text.clear()
        if _local(name) in {"url", "sitemap"}:
            self._now = {}

    def _end(self, name: str) -> None:
        local = _local(name)
        if local in {"loc", "lastmod"} and "image" not in name:
            self._now.setdefault(local, "".join(self._text).strip())
        elif local in {"url", "sitemap"} and self._now.get("loc"):
            entry = Listed(self._now["loc"], self._now.get("lastmod", "")[:25])
            (self.pages if local == "url" else self.sitemaps).append(entry)
        self._text.clear()

    def _refuse(self, *_: object) -> None:
        raise _Broken("it declares entities, which no sitemap needs")


def _local(name: str) -> str:
    return name.rpartition(" ")[2].casefold()


def _told(error: Exception) -> str:
    return str(getattr(error, "facts", {}).get("why") or error)
