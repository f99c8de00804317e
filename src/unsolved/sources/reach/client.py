"""Asks for one thing over HTTP, and returns what came or says why nothing did.

The other side may be slow, broken or hostile. So one request has so many seconds, even when
the answer drips; an answer has so many bytes, packed and unpacked; so many redirects are
followed, each looked at anew; no proxy, password or cookie of the environment is used. What
may get better (429, 5xx, a broken line) is asked again, later each time, as the other side
wishes.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from socket import socket as Socket  # noqa: N812 (a method has its name)
from ssl import SSLContext
from weakref import finalize

import httpcore2
import httpx2

from unsolved.errors import SourceDown, SourceRefused
from unsolved.sources.reach.answer import Answer, asked_to_wait, headers_of, why_not
from unsolved.sources.reach.guard import Deadline, Guarded, connected
from unsolved.sources.reach.onward import REDIRECTS, Request, onward
from unsolved.sources.reach.packing import Unpacking
from unsolved.sources.reach.where import parsed, place

AGENT = "unsolved/0.1 (self-hosted; reads on behalf of one person)"
AGAIN = frozenset({429, 500, 502, 503, 504})
FAULT = 400


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take: seconds, bytes of an answer, redirects, tries, and waits."""

    seconds: float = 60.0
    largest: int = 50_000_000
    redirects: int = 5
    tries: int = 4
    wait: float = 1.0
    longest_wait: float = 60.0


class _Failed(Exception):
    """One try failed in a way that another may not."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.why, self.wait = why, wait


@dataclass(slots=True)
class _Home:
    """Where inside the private network the present request may go."""

    places: frozenset[str] = frozenset()
    pool: httpcore2.ConnectionPool | None = None
    """Lines that were opened while that held; outside of it, none of them is used again."""


class Reach:
    """Asks one thing at a time.

    ``allowed`` are ``host:port`` inside the private network that the person who runs the
    program has allowed. ``gap`` is how many seconds lie between two requests to one host.
    """

    def __init__(
        self,
        *,
        allowed: frozenset[str] = frozenset(),
        agent: str = AGENT,
        gap: float = 0.0,
        limits: Limits = Limits(),
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.allowed, self.agent, self.gap, self.limits = allowed, agent, gap, limits
        self._pause = pause
        self._deadline = Deadline()
        self._last: dict[str, float] = {}
        self._home = _Home()
        self._pool: httpcore2.ConnectionPool | None = None

    def but(
        self,
        *,
        allowed: frozenset[str] | None = None,
        agent: str | None = None,
        gap: float | None = None,
        limits: Limits | None = None,
    ) -> "Reach":
        """Return one that is the same but for what is given."""
        return Reach(
            allowed=self.allowed if allowed is None else allowed,
            agent=agent or self.agent,
            gap=self.gap if gap is None else gap,
            limits=limits or self.limits,
            pause=self._pause,
        )

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (),
    ) -> Answer:
        """Return what is at ``url``.

        Raises: as `send`.
        """
        return self.send("GET", url, headers=headers, accept=accept)

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        accept: Collection[int] = (),
        again: bool = True,
    ) -> Answer:
        """Send a request and return the answer, of a status below 400 or one in ``accept``.

        With ``again`` false, nothing is sent a second time: for what must not happen twice.
        A redirect in ``accept`` is handed back and not followed.

        Raises:
            SourceRefused: the other side says no, the answer is beyond our limits, or the
                address is none that we go to.
            SourceDown: no answer, or a fault of theirs, however often we asked.
        """
        asked = Request(method, parsed(url), dict(headers or {}), body)
        tries = self.limits.tries if again else 1
        for number in range(1, tries + 1):
            try:
                answer = self._followed(asked, accept)
            except _Failed as failed:
                wait = failed.wait if failed.wait is not None else self._wait(number)
                if number == tries or wait > self.limits.longest_wait:
                    raise SourceDown(url=url, why=failed.why, tries=number) from failed
                self._pause(wait)
                continue
            if answer.status >= FAULT and answer.status not in accept:
                raise SourceRefused(url=url, status=answer.status, why=why_not(answer.status))
            return answer
        raise AssertionError("a try ends in one way or another")

    def socket(self, host: str, port: int, *, seconds: float = 30.0) -> Socket:
        """Return a plain connection to a host that we may go to, for protocols beside HTTP."""
        return connected(host, port, allowed=self.allowed, seconds=seconds)

    def _wait(self, number: int) -> float:
        return float(self.limits.wait * 2 ** (number - 1))

    def _followed(self, asked: Request, accept: Collection[int]) -> Answer:
        """Return the answer at the end of all redirects."""
        first = asked.url
        # What is allowed inside the private network is so only where we were sent by our own
        # people: no page out there can send us to it.
        self._home.places = self.allowed & {place(first)}
        for _ in range(self.limits.redirects + 1):
            answer = self._once(asked, accept)
            to = answer.headers.get("location")
            if answer.status not in REDIRECTS or answer.status in accept or not to:
                return answer
            asked = onward(asked, answer.status, to)
            if place(asked.url) != place(first):
                self._home.places = frozenset()
        why = f"it leads on more than {self.limits.redirects} times"
        raise SourceRefused(url=str(first), why=why)

    def _once(self, asked: Request, accept: Collection[int]) -> Answer:
        url, body = asked.url, asked.body
        self._keep_the_gap(url)
        self._deadline.ends = time.monotonic() + self.limits.seconds
        told = {
            "host": url.netloc.decode("ascii"),
            "user-agent": self.agent,
            "accept": "*/*",
            **{name.casefold(): value for name, value in asked.headers.items()},
            "accept-encoding": "gzip",
        }
        if not all(map(str.isascii, (*told, *told.values()))):
            raise SourceRefused(url=str(url), why="a header may hold ASCII only")
        if body:
            told["content-length"] = str(len(body))
        waits = dict.fromkeys(("connect", "read", "write", "pool"), self.limits.seconds)
        try:
            with self._open().stream(
                asked.method,
                httpcore2.URL(
                    scheme=url.raw_scheme,
                    host=url.raw_host,
                    port=url.port,
                    target=url.raw_path,
                ),
                headers=list(told.items()),
                content=body or None,
                extensions={"timeout": waits},
            ) as response:
                got = headers_of(response.headers)
                if response.status in AGAIN and response.status not in accept:
                    raise _Failed(why_not(response.status), asked_to_wait(got))
                if response.status in REDIRECTS:
                    return Answer(str(url), response.status, got, b"")
                read = self._read(response.iter_stream(), got, str(url))
                return Answer(str(url), response.status, got, read)
        except (httpcore2.TimeoutException, TimeoutError) as error:
            raise _Failed(f"no answer within {self.limits.seconds:g} seconds") from error
        except (httpcore2.NetworkError, httpcore2.RemoteProtocolError, OSError) as error:
            raise _Failed("the line broke") from error
        except httpcore2.ProtocolError as error:
            raise SourceRefused(url=str(url), why="that cannot be asked over HTTP") from error

    def _read(self, pieces: Iterator[bytes], headers: Mapping[str, str], url: str) -> bytes:
        unpacking = Unpacking(headers.get("content-encoding", ""), self.limits.largest, url)
        read = bytearray()
        for piece in pieces:
            read += unpacking.more(piece)
        read += unpacking.rest()
        return bytes(read)

    def _keep_the_gap(self, url: httpx2.URL) -> None:
        since = time.monotonic() - self._last.get(url.host, float("-inf"))
        if since < self.gap:
            self._pause(self.gap - since)
        self._last[url.host] = time.monotonic()

    def _open(self) -> httpcore2.ConnectionPool:
        """Return the lines that may be used now.

        A line that was opened into the private network stays open for a while. It is not one
        that a page out there may lead us to, so there are two sets of them.
        """
        home = self._home  # and not ourselves, so that we can be let go
        pool = home.pool if home.places else self._pool
        if pool is None:
            pool = httpcore2.ConnectionPool(
                ssl_context=_trust(),
                max_connections=4,
                keepalive_expiry=10.0,
                network_backend=Guarded(lambda: home.places, self._deadline),
            )
            finalize(self, pool.close)
            if home.places:
                home.pool = pool
            else:
                self._pool = pool
        return pool


@cache
def _trust() -> SSLContext:
    """Return whom this machine trusts; slow to find out, so done once."""
    return httpx2.create_ssl_context()
