"""Three servers on this machine: two that are allowed, and one that is a trap."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from urllib.parse import unquote

from unsolved.errors import SourceDown, SourceRefused, Unreadable
from unsolved.sources.reach import Limits, Reach

LONGEST = 6.0
"""Seconds that an attempt may take; the limits below make one request end after one."""

LIMITS = Limits(seconds=1.0, largest=2_000_000, redirects=5, tries=1)
Speak = Callable[[socket.socket], None]


@dataclass
class Server:
    """A server that says what it is told to, and knows who came."""

    port: int
    pages: dict[str, Speak] = field(default_factory=dict)
    came: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Host and port, as what is allowed is named."""
        return f"127.0.0.1:{self.port}"

    def at(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self.host}{path}"


@dataclass(frozen=True)
class Ground:
    """Where attempts are made: ``open`` and ``other`` are allowed, ``trap`` is not."""

    open: Server
    other: Server
    trap: Server
    folder: Path
    reach: Reach

    def leads_to(self, address: str, status: int = 302) -> str:
        """Return the address of a page that is allowed and leads to one that may not be."""
        path = f"/to/{len(self.open.pages)}"
        told = f"HTTP/1.1 {status} Found\r\nLocation: {address}\r\nContent-Length: 0\r\n\r\n"
        self.open.pages[path] = says(told.encode("utf-8", "replace"))
        return self.open.at(path)

    def page(self, path: str, speak: Speak) -> str:
        """Return the address of a page that is allowed."""
        self.open.pages[path] = speak
        return self.open.at(path)


@dataclass(frozen=True)
class Attempt:
    """One attempt; ``made`` returns if it was let through, and raises one of ours if not."""

    group: str
    name: str
    made: Callable[[Ground], object]


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt."""

    attempt: Attempt
    is_refused: bool
    told: str
    seconds: float


def judged(attempt: Attempt, ground: Ground) -> Outcome:
    """Make an attempt, and tell what came of it."""
    met = len(ground.trap.came)
    began = time.monotonic()
    try:
        let = attempt.made(ground)
        is_refused, told = False, f"let through: {let!r:.80}"
    except (SourceRefused, SourceDown, Unreadable) as error:
        is_refused, told = True, str(error.facts.get("why") or error)
    except Exception as error:  # noqa: BLE001 (it is told, and counts as let through)
        is_refused, told = False, f"broke: {error!r:.80}"
    spent = time.monotonic() - began
    if len(ground.trap.came) > met:
        is_refused, told = False, "reached what it must not"
    elif spent > LONGEST:
        is_refused, told = False, f"took {spent:.1f} seconds"
    return Outcome(attempt, is_refused, told, spent)


@contextmanager
def ground() -> Iterator[Ground]:
    """Open the three servers while attempts are made."""
    with ExitStack() as stack:
        is_open, other, trap = (stack.enter_context(_served()) for _ in range(3))
        other.pages["/"] = keeps(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        folder = Path(stack.enter_context(TemporaryDirectory()))
        allowed = frozenset({is_open.host, other.host})
        reach = Reach(allowed=allowed, limits=LIMITS, pause=lambda _: None)
        yield Ground(is_open, other, trap, folder, reach)


def says(told: bytes) -> Speak:
    """Return who says one thing and hangs up."""
    return lambda line: line.sendall(told)


def keeps(told: bytes) -> Speak:
    """Return who says the same to every question, and leaves the line open for the next."""

    def speak(line: socket.socket) -> None:
        line.sendall(told)
        while line.recv(65_536):
            line.sendall(told)

    return speak


def over_and_over(told: bytes, again: bytes, *, wait: float = 0.0) -> Speak:
    """Return who begins with one thing and goes on with another for as long as it is heard."""

    def speak(line: socket.socket) -> None:
        line.sendall(told)
        while True:
            line.sendall(again)
            time.sleep(wait)

    return speak


def patient(ground: Ground, **limits: float) -> Reach:
    """Return a reach with other limits."""
    return ground.reach.but(limits=replace(LIMITS, **limits))  # type: ignore[arg-type]


@contextmanager
def _served() -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        server = Server(listening.getsockname()[1])
        is_over: list[bool] = []
        thread = Thread(target=_serve, args=(listening, server, is_over), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            is_over.append(True)
            thread.join()


def _serve(listening: socket.socket, server: Server, is_over: list[bool]) -> None:
    while not is_over:
        with suppress(TimeoutError):
            line, _ = listening.accept()
            Thread(target=_answer, args=(line, server), daemon=True).start()


def _answer(line: socket.socket, server: Server) -> None:
    server.came.append("")
    with line, suppress(OSError):
        line.settimeout(10)
        head = b""
        while b"\r\n\r\n" not in head and (more := line.recv(65_536)):
            head += more
        path = unquote(head.split(b" ", 2)[1].decode()) if head.count(b" ") > 1 else ""
        server.came[-1] = path
        server.pages.get(path, says(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"))(line)
