"""Opens connections only to addresses that were looked at, and ends them when time is over.

The name is resolved here, every address it has is checked, and the connection goes to one of
those very addresses: a name that answers differently the second time (DNS rebinding) gains
nothing. Every redirect comes through here again.
"""

import socket
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ssl import SSLContext
from typing import Any

import httpcore2

from unsolved.errors import SourceDown, SourceRefused
from unsolved.sources.reach.addresses import UNSAFE_PORTS, is_public

Options = Iterable[Any]
Asking = Callable[[str, int], Sequence[str]]
"""What knows the addresses of a host."""


@dataclass
class Deadline:
    """When the present request must be over, however slowly its answer drips."""

    ends: float = float("inf")

    def left(self, at_most: float | None) -> float:
        """Return the seconds that are left, ``at_most`` so many.

        Raises:
            httpcore2.ReadTimeout: none are.
        """
        left = self.ends - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is over")
        return min(left, at_most) if at_most else left


def asked(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as this machine knows them.

    Raises:
        SourceDown: nobody knows the host.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceDown(host=host, why="no such host is known") from error
    return [str(entry[4][0]) for entry in found]


def resolved(
    host: str, port: int, *, allowed: frozenset[str], ask: Asking = asked
) -> list[str]:
    """Return the addresses of a host once each has been found to be public.

    It is asked for once, and what is checked is what comes out: a second answer is never used.

    Raises:
        SourceRefused: one of them is this machine's or a private network's, and the person who
            runs the program has not allowed ``host:port``.
        SourceDown: nobody knows the host.
    """
    addresses = list(dict.fromkeys(ask(host, port)))
    if f"{host.casefold()}:{port}" not in allowed and not all(map(is_public, addresses)):
        raise SourceRefused(
            host=host,
            why="it is on this machine or a private network",
            mend=f"if it is meant, add {host}:{port} to allowed_hosts in unsolved.toml",
        )
    return addresses


def connected(
    host: str, port: int, *, allowed: frozenset[str], seconds: float
) -> socket.socket:
    """Return a connection to a host whose addresses were looked at.

    Raises:
        SourceRefused, SourceDown: as `resolved`; or none of the addresses answers.
    """
    why: OSError | None = None
    for address in resolved(host, port, allowed=allowed):
        try:
            return socket.create_connection((address, port), seconds)
        except OSError as error:
            why = error
    raise SourceDown(host=host, port=port, why="it does not answer") from why


class Guarded(httpcore2.NetworkBackend):
    """The network as HTTP may use it."""

    def __init__(
        self,
        allowed: Callable[[], frozenset[str]],
        deadline: Deadline,
        *,
        ask: Asking = asked,
    ) -> None:
        self._allowed, self._deadline, self._ask = allowed, deadline, ask
        self._network = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to one of the addresses that were looked at."""
        allowed = self._allowed()
        addresses = resolved(host, port, allowed=allowed, ask=self._ask)
        if port in UNSAFE_PORTS and f"{host.casefold()}:{port}" not in allowed:
            raise SourceRefused(host=host, port=port, why="at that port is no web server")
        why: Exception | None = None
        for address in addresses:
            try:
                stream = self._network.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                why = error
                continue
            return _Timed(stream, self._deadline)
        raise httpcore2.ConnectError("no address answers") from why

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 (httpcore2's own)
        socket_options: Options | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        """Refuse: what listens on a file is on this machine."""
        raise SourceRefused(path=path, why="it is on this machine")


class _Timed(httpcore2.NetworkStream):
    """A connection whose every wait ends with the request's own time."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        left = self._deadline.left(timeout)
        return _Timed(
            self._stream.start_tls(ssl_context, server_hostname, left), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (httpcore2's own)
        return self._stream.get_extra_info(info)
