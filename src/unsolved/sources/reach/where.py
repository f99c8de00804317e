"""Addresses of the web: which we go to at all, and where a redirect leads."""

import re
from urllib.parse import urljoin

import httpx2

from unsolved.errors import SourceRefused

LAST_PORT = 65_535
PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,252}|[0-9A-Fa-f:.]{2,45}")


def parsed(url: str) -> httpx2.URL:
    """Return an address that we may go to.

    Raises:
        SourceRefused: it is none, or of another sort than the web's.
    """
    try:
        found = httpx2.URL(url.strip())
        found = found.copy_with(fragment=None)
    except (httpx2.InvalidURL, UnicodeError, ValueError, TypeError) as error:
        raise SourceRefused(url=url, why="it is no address") from error
    if found.scheme not in {"http", "https"} or not found.host:
        raise SourceRefused(url=url, why="only addresses with http or https are read")
    if found.userinfo:
        raise SourceRefused(url=found.host, why="an address must not hold a password")
    if not _HOST.fullmatch(found.raw_host.decode("ascii")):
        raise SourceRefused(url=url, why="it is no address")
    if found.port is not None and not 0 < found.port <= LAST_PORT:
        raise SourceRefused(url=url, why="there is no such port")
    return found


def place(url: httpx2.URL) -> str:
    """Return host and port, as `allowed` names them."""
    return f"{url.host.casefold()}:{url.port or PORTS[url.scheme]}"


def joined(here: httpx2.URL, to: str) -> str:
    """Return where a redirect leads.

    Raises:
        SourceRefused: it is no address.
    """
    try:
        # Addresses are to be in ASCII; where they are not, they are UTF-8, as browsers take it.
        return urljoin(str(here), to.encode("latin-1").decode("utf-8"))
    except ValueError as error:
        raise SourceRefused(url=str(here), why="it leads to what is no address") from error
