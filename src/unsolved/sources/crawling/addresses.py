"""Which addresses are one page, which belong to a site, and which lead round in circles."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract

LONGEST = 1_000
"""Characters of an address; whatever is longer was made by a machine that goes in circles."""

_SAFE = "/%:@!$&'()*+,;=~-._"
_PORTS = {"http": "80", "https": "443"}
# What says who came from where, or who is reading, and nothing about the page.
_TOLD_OF_US = re.compile(
    r"utm_.*|mc_[ce]id|[fgy]clid|gbraid|wbraid|msclkid|igshid|_ga|_hs\w+|ref_src|"
    r"(?:php|j|asp\.?net_?)?sess(?:ion)?_?id|sid|cfid|cftoken|oly_\w+|share|replytocom",
    re.IGNORECASE,
)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/?#]*", re.IGNORECASE)
_NO_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|avif|ico|bmp|tiff?|css|m?js|json|map|woff2?|ttf|eot|mp[34]|m4[av]"
    r"|mov|avi|wmv|webm|wav|ogg|zip|gz|tgz|bz2|7z|rar|exe|dmg|iso|apk|docx?|xlsx?|pptx?|csv|rss"
    r"|atom|xml|ics|epub)$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_SEGMENTS, _REPEATS = 15, 3


def normal(address: str, base: str = "") -> str | None:
    """Return the one way we write an address, or None when nobody could read what is there.

    >>> normal("../News?utm_source=x&id=3#top", "HTTP://Acme.example:80/a/b")
    'http://acme.example/News?id=3'
    >>> normal("mailto:ann@acme.example") is None
    True
    """
    try:
        parts = urlsplit(urljoin(base, _CONTROLS.sub("", address).strip()))
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
        port = str(parts.port or "")
    except (ValueError, UnicodeError):
        return None
    scheme = parts.scheme.casefold()
    if scheme not in _PORTS or not host or parts.username or parts.password:
        return None
    if ":" in host:
        host = f"[{host}]"
    place = host if port in {"", _PORTS[scheme]} else f"{host}:{port}"
    path = quote(_SESSION_IN_PATH.sub("", parts.path), safe=_SAFE) or "/"
    query = _query(parts.query)
    told = urlunsplit((scheme, place, path, query, ""))
    return told if len(told) <= LONGEST else None


def registrable(address: str) -> str | None:
    """Return the domain that somebody has registered, or None for a number or a local name.

    >>> registrable("https://news.acme.co.uk/2024")
    'acme.co.uk'
    """
    host = urlsplit(address).hostname or ""
    if _is_number(host):
        return None
    found = _extract()(host)
    return f"{found.domain}.{found.suffix}" if found.domain and found.suffix else None


@dataclass(frozen=True, slots=True)
class Scope:
    """The addresses that belong to a site: one host, with ``www`` or without.

    ``only`` is what they must begin with, if anything.
    """

    home: str
    only: str = ""

    def holds(self, address: str) -> bool:
        """Whether an address, written as `normal` does, belongs to the site."""
        return _place(address) == _place(self.home) and self._begins(address)

    def written(self, address: str) -> str:
        """Return an address of the site as the site writes its own: with ``www`` or without.

        >>> Scope("https://www.acme.example/").written("http://acme.example/a?b=1")
        'https://www.acme.example/a?b=1'
        """
        home, parts = urlsplit(self.home), urlsplit(address)
        if _place(address) != _place(self.home):
            return address
        scheme = "https" if home.scheme == "https" else parts.scheme
        return urlunsplit((scheme, home.netloc, parts.path, parts.query, ""))

    def _begins(self, address: str) -> bool:
        if not self.only:
            return True
        parts = urlsplit(address)
        here = f"{parts.path}?{parts.query}" if parts.query else parts.path
        wanted = urlsplit(self.only)
        return here.startswith(wanted.path if wanted.scheme else self.only)


@dataclass(slots=True)
class Traps:
    """Counts the variants of a page, for a calendar never ends and a filter has many."""

    queries: int = 20
    numbers: int = 150
    _met: Counter[str] = field(default_factory=Counter)

    def is_one(self, address: str) -> bool:
        """Whether an address, met for the first time, leads to what we have had enough of."""
        parts = urlsplit(address)
        segments = [part for part in parts.path.split("/") if part]
        counted = Counter(segments)
        if len(segments) > _SEGMENTS or max(counted.values(), default=0) >= _REPEATS:
            return True
        shape = _DIGITS.sub("0", parts.path)
        numbered = shape != parts.path
        met = self._met
        met[f"?{parts.path}"] += bool(parts.query)
        met[f"#{shape}"] += numbered
        return met[f"?{parts.path}"] > self.queries or met[f"#{shape}"] > self.numbers


def is_page(address: str) -> bool:
    """Whether an address may lead to a page, by the ending of its path."""
    return not _NO_PAGES.search(urlsplit(address).path)


def _query(query: str) -> str:
    if not query:
        return ""
    told = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
    kept = [(name, value) for name, value in told if not _TOLD_OF_US.fullmatch(name)]
    if len(kept) == len(told):
        return quote(query, safe=_SAFE + "?")
    return urlencode(kept)


def _place(address: str) -> str:
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}:{parts.port or ''}"


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@cache
def _extract() -> "TLDExtract":
    """Return who knows the public suffixes: by its own list, nothing fetched or written."""
    import tldextract  # noqa: PLC0415 - tens of milliseconds

    return tldextract.TLDExtract(
        cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True
    )
