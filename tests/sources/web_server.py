"""A web server on this machine that behaves as a test tells it to."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from unsolved.sources.reach import Limits, Reach


@dataclass(frozen=True, kw_only=True)
class Page:
    """One answer; with ``etag`` or ``modified`` it is 304 to those who have it.

    ``slow`` are seconds before it comes; the line breaks after ``broken`` bytes of it.
    """

    body: bytes = b""
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    modified: str | None = None
    slow: float = 0.0
    broken: int | None = None


Served = Page | Sequence[Page] | Callable[[Mapping[str, str]], Page]
"""A page; or several, one at each asking, the last for ever; or one made from the headers."""


def page(body: str | bytes = "", **more) -> Page:
    """Write a page."""
    return Page(body=body.encode() if isinstance(body, str) else body, **more)


def html(main: str, *, head: str = "", **more) -> Page:
    """Write a page of HTML around its main text."""
    return page(f"<!doctype html><html><head>{head}</head><body>{main}</body></html>", **more)


def leads_to(address: str, status: int = 301) -> Page:
    """Write a redirect."""
    return Page(status=status, headers={"Location": address})


@dataclass(frozen=True)
class Asked:
    """A request as it came, names of headers in small letters."""

    path: str
    headers: Mapping[str, str]


class Web:
    """What is served, by path and query, and what was asked for."""

    def __init__(self, pages: Mapping[str, Served], port: int) -> None:
        self.pages = dict(pages)
        self.asked: list[Asked] = []
        self.host = f"127.0.0.1:{port}"
        self.address = f"http://{self.host}"
        self._turns: dict[str, int] = {}

    @property
    def paths(self) -> list[str]:
        """What was asked for, in its order."""
        return [one.path for one in self.asked]

    def reach(self, **more) -> Reach:
        """Make a way to this server that does not wait between requests."""
        limits = Limits(seconds=5, **more)
        return Reach(allowed=frozenset({self.host}), limits=limits, pause=lambda _: None)

    def answer(self, path: str, headers: Mapping[str, str]) -> Page:
        """Find what is served under a path, in its turn."""
        self.asked.append(Asked(path, headers))
        served = self.pages.get(path)
        if served is None:
            return page("not here", status=404)
        if callable(served):
            return served(headers)
        if isinstance(served, Page):
            return served
        turn = self._turns.get(path, 0)
        self._turns[path] = turn + 1
        return served[min(turn, len(served) - 1)]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    web: Web


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        headers = {name.casefold(): value for name, value in self.headers.items()}
        found = self.server.web.answer(self.path, headers)
        if found.slow:
            time.sleep(found.slow)
        same = found.etag and headers.get("if-none-match") == found.etag
        same = same or (found.modified and headers.get("if-modified-since") == found.modified)
        self._send(found, is_known=bool(same))

    def _send(self, found: Page, *, is_known: bool) -> None:
        self.send_response(304 if is_known else found.status)
        body = b"" if is_known else found.body
        if found.etag:
            self.send_header("ETag", found.etag)
        if found.modified:
            self.send_header("Last-Modified", found.modified)
        if body:
            self.send_header("Content-Type", found.media_type)
        if not is_known:
            self.send_header("Content-Length", str(len(body)))
        for name, value in found.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if found.broken is not None:
            body = body[: found.broken]
            self.close_connection = True
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        """Stay quiet."""


@contextmanager
def web(pages: Mapping[str, Served] | None = None) -> Iterator[Web]:
    """Serve pages while a test runs."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.web = Web(pages or {}, server.server_address[1])
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
