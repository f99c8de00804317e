"""An endpoint on loopback that speaks HTTP for real, and behaves as a test needs."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from unsolved.evidence import Facet, Label, Sentence
from unsolved.evidence.language_model import Terms


@dataclass(frozen=True)
class Heard:
    """A request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    over: Event = field(default_factory=Event)

    @property
    def sentences(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = json.loads(self.body["messages"][1]["content"])[
            "sentences"
        ]
        return told


@dataclass(frozen=True)
class Given:
    """What goes back: a status, headers, and pieces of a body with what happens between."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterator[bytes] | Sequence[bytes] = ()


Manner = Callable[[Heard], Given]


class Endpoint:
    """Remembers what it heard; answers in its manner."""

    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.heard: list[Heard] = []
        self.over = Event()


@contextmanager
def serving(manner: Manner) -> Iterator[tuple[Endpoint, str]]:
    """Serve on a free port, and give the endpoint with its URL."""
    endpoint = Endpoint(manner)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers["content-length"])
            body = json.loads(self.rfile.read(size))
            heard = Heard(self.path, dict(self.headers), body, endpoint.over)
            endpoint.heard.append(heard)
            with suppress(ConnectionError):
                self.give(endpoint.manner(heard))

        def do_GET(self):
            endpoint.heard.append(Heard(self.path, dict(self.headers), {}))
            self.give(Given(404))

        def give(self, given: Given):
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in given.pieces:
                self.wfile.write(piece)
                self.wfile.flush()

        def log_message(self, *_args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield endpoint, f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        endpoint.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def completion(content: object, *, usage: object = (100, 20), **choice: object) -> Given:
    """Wrap what a model wrote as chat completions are."""
    text = content if isinstance(content, str) else json.dumps(content)
    told: dict[str, object] = {
        "choices": [{"message": {"role": "assistant", "content": text}, **choice}]
    }
    if isinstance(usage, tuple):
        usage = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
    return Given(pieces=[json.dumps({**told, "usage": usage}).encode()])


def item(heard: dict[str, Any], *facets: str, **but: object) -> dict[str, object]:
    """Return an answer to one sentence that quotes all of it."""
    return {
        "id": heard["id"],
        "facets": [{"facet": facet, "quote": heard["text"]} for facet in facets],
        "assertion": "actual" if facets else None,
        "fix": None,
        **but,
    }


def well(heard: Heard) -> Given:
    """Answer that every sentence is a problem, as it should be answered."""
    return completion({"answers": [item(one, "problem") for one in heard.sentences]})


def in_turn(*manners: Manner) -> Manner:
    """Behave in these manners, one a request, and in the last one ever after."""
    left = list(manners)

    def turn(heard: Heard) -> Given:
        manner = left.pop(0) if len(left) > 1 else left[0]
        return manner(heard)

    return turn


def says(*answers: Given) -> Manner:
    """Give these answers, one a request, and the last one ever after."""
    return in_turn(*(lambda _, given=given: given for given in answers))


def drips(heard: Heard) -> Given:
    """Send a byte now and then, so that no single wait is long, until the test is over."""

    def drops() -> Iterator[bytes]:
        while not heard.over.wait(0.05):
            yield b" "

    return Given(pieces=drops())


def drops_out(_heard: Heard) -> Given:
    """Promise more than is sent, and hang up."""
    return Given(headers={"content-length": "1000"}, pieces=[b'{"choices"'])


@dataclass
class Unsure:
    """A local reader that is unsure of some facets wherever it reads "perhaps"."""

    of: Sequence[Facet] = (Facet.PROBLEM,)
    name: str = "unsure"
    fingerprint: str = "unsure 1"

    def label(self, sentences: Sequence[Sentence]) -> list[Label]:
        return [self._label(sentence.text) for sentence in sentences]

    def _label(self, text: str) -> Label:
        unsure = self.of if "perhaps" in text else ()
        facets = {facet: 0.5 if facet in unsure else 0.02 for facet in Facet}
        return Label(facets=facets, labels=frozenset())


def terms(url: str, **but: object) -> Terms:
    """Return terms on which a local endpoint is asked, at prices easy to reckon with."""
    facts = {
        "model": "small",
        "price_in": 1.0,
        "price_out": 1.0,
        "budget": 1.0,
        "seconds": 5.0,
        **but,
    }
    return Terms(url=url, **facts)  # type: ignore[arg-type]
