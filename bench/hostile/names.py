"""Names that change where they lead, ports of others, and secrets on the way elsewhere."""

import httpcore2
import httpx2

from bench.hostile.ground import Attempt, Ground
from unsolved.errors import SourceRefused
from unsolved.sources.reach.guard import Deadline, Guarded, resolved
from unsolved.sources.reach.onward import Request, onward

PUBLIC = "93.184.216.34"


class Changing:
    """A name server that answers otherwise the second time."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = answers, 0

    def __call__(self, _host: str, _port: int) -> list[str]:
        """Answer, each time with the next."""
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return answer


def _rebound(ground: Ground) -> object:
    """Be checked at one address and connect to another: only the first answer may count."""
    name = f"rebound.example:{ground.open.port}"
    ask = Changing(["127.0.0.1"], ["127.0.0.2"])
    backend = Guarded(lambda: frozenset({name}), Deadline(), ask=ask)
    stream = backend.connect_tcp("rebound.example", ground.open.port, 1.0)
    went = stream.get_extra_info("server_addr")
    stream.close()
    if ask.asked == 1 and went == ("127.0.0.1", ground.open.port):
        raise SourceRefused(why=f"asked once, and went to what was checked, {went[0]}")
    return ask.asked, went


def _some_private(_: Ground) -> object:
    ask = Changing([PUBLIC, "127.0.0.1"])
    return resolved("mixed.example", 80, allowed=frozenset(), ask=ask)


def _private_second(_: Ground) -> object:
    ask = Changing([PUBLIC], ["10.0.0.1"])
    first = resolved("rebound.example", 80, allowed=frozenset(), ask=ask)
    if first != [PUBLIC] or ask.asked != 1:
        return first
    return resolved("rebound.example", 80, allowed=frozenset(), ask=ask)


def _mail_port(_: Ground) -> object:
    backend = Guarded(frozenset, Deadline(), ask=Changing([PUBLIC]))
    return backend.connect_tcp("mail.example", 25, 0.1)


def _unix(_: Ground) -> object:
    return Guarded(frozenset, Deadline()).connect_unix_socket("/var/run/docker.sock")


def _asked(method: str = "GET", body: bytes = b"") -> Request:
    headers = {"Authorization": "Bearer x", "X-Api-Key": "x", "COOKIE": "x", "Accept": "*/*"}
    return Request(method, httpx2.URL("https://api.example/a"), headers, body)


def _secrets(_: Ground) -> object:
    went = onward(_asked(), 302, "https://thief.example/")
    if set(went.headers) == {"Accept"}:
        raise SourceRefused(why="none of them went along")
    return went.headers


def _secrets_kept(_: Ground) -> object:
    went = onward(_asked(), 302, "/b")
    if went.headers == _asked().headers:
        raise SourceRefused(why="within one place they go along, and only there")
    return went.headers


def _downgraded(_: Ground) -> object:
    return onward(_asked(), 302, "http://api.example/a")


def _body(_: Ground) -> object:
    return onward(_asked("POST", b"client_secret=x"), 307, "https://thief.example/")


def _header(name: str, value: str) -> Attempt:
    return Attempt(
        "header",
        f"{name!r}: {value!r}"[:40],
        lambda ground: ground.reach.get(ground.other.at("/"), headers={name: value}),
    )


def _pool_of_others(ground: Ground) -> object:
    """Go around `Reach` with its guard only, as another client would."""
    pool = httpcore2.ConnectionPool(network_backend=Guarded(frozenset, Deadline()))
    with pool:
        return pool.request("GET", ground.trap.at("/"))


ATTEMPTS = [
    Attempt("name", "answers otherwise the second time", _rebound),
    Attempt("name", "is private the second time", _private_second),
    Attempt("name", "is public and private at once", _some_private),
    Attempt("name", "a port where mail is taken", _mail_port),
    Attempt("name", "a socket in a file", _unix),
    Attempt("name", "another client behind the same guard", _pool_of_others),
    Attempt("secret", "headers, to somebody else", _secrets),
    Attempt("secret", "headers, within one place", _secrets_kept),
    Attempt("secret", "a body, to somebody else", _body),
    Attempt("secret", "from https to http", _downgraded),
    _header("X-A", "1\r\nX-B: 2"),
    _header("X-A\r\nX-B", "1"),
    _header("X-A", "1\x00"),
    _header("X-A", "\u010d"),
    _header("X A", "1"),
]
