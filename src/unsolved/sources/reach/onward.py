"""Where a redirect leads, and what of ours goes along."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import httpx2

from unsolved.errors import SourceRefused
from unsolved.sources.reach.where import joined, parsed, place

REDIRECTS = frozenset({301, 302, 303, 307, 308})
SEE_OTHER = 303
HARMLESS = frozenset(
    {"accept", "accept-language", "if-modified-since", "if-none-match", "user-agent"}
)
"""What we may say to whoever a redirect leads to; the rest may be somebody's secret."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of whom; ``headers`` and ``body`` may hold secrets."""

    method: str
    url: httpx2.URL
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


def onward(asked: Request, status: int, to: str) -> Request:
    """Return what to ask next, when somebody says that a thing is elsewhere.

    Raises:
        SourceRefused: it leads to what is no address of the web, out of https, or takes what
            we sent to somebody else.
    """
    there = parsed(joined(asked.url, to))
    if status == SEE_OTHER or (asked.method == "POST" and status < SEE_OTHER):
        asked = replace(asked, method="GET", body=b"")
    if place(there) == place(asked.url) and there.scheme == asked.url.scheme:
        return replace(asked, url=there)
    if asked.url.scheme == "https" and there.scheme != "https":
        raise SourceRefused(url=str(asked.url), why="it leads from https to http")
    if asked.body:
        raise SourceRefused(url=str(asked.url), why="it leads what we sent to somebody else")
    harmless = {k: v for k, v in asked.headers.items() if k.casefold() in HARMLESS}
    return replace(asked, url=there, headers=harmless)
