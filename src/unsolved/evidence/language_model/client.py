"""One request to an endpoint, and what came of it, whatever the other side does.

The other side may be slow, broken or hostile. So a try ends after so many seconds, even when
the answer drips; no redirect is followed; no proxy or password of the environment is used; a
packed or endless answer is not read. Nothing of an answer is shown or logged.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from queue import Empty, SimpleQueue
from ssl import SSLContext
from threading import Thread

import httpx2

from unsolved.evidence.language_model.answers import Refusal
from unsolved.evidence.language_model.terms import Terms, Tokens

LARGEST = 1_000_000  # bytes: a hundred times what we ask for
MOST_TOKENS = 10_000_000  # what a server reports beyond this is no count
OK, TOO_MANY, BROKEN = 200, 429, 500
UNTAKEN = {400, 413, 422}
"""Statuses that are about this question; others are about the endpoint or the key."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote, and what the server says it took."""

    text: str
    tokens: Tokens | None
    is_charged: bool = True


class Then(Enum):
    """What follows from a failure."""

    TRY_AGAIN = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer, why, and whether it may have been charged nevertheless."""

    why: str
    then: Then
    wait: float | None = None
    tokens: Tokens | None = None
    is_charged: bool = False


@dataclass(frozen=True, slots=True)
class Spoilt:
    """The endpoint works, and this question has no answer."""

    why: Refusal
    tokens: Tokens | None = None
    is_charged: bool = True


Outcome = Reply | Failure | Spoilt


class Client:
    """Asks one endpoint, one request at a time."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def post(self, body: bytes) -> Outcome:
        """Send one request and return what came of it, at the latest when its time is over.

        The time of a socket begins anew with every byte, so the waiting is done here and the
        talking in a thread of its own, which nobody waits for.
        """
        box: SimpleQueue[Outcome] = SimpleQueue()
        ends = time.monotonic() + self._terms.seconds
        Thread(target=lambda: box.put(self._post(body, ends)), daemon=True).start()
        try:
            return box.get(timeout=self._terms.seconds)
        except Empty:
            return _SLOW

    def _post(self, body: bytes, ends: float) -> Outcome:
        try:
            return self._talk(body, ends)
        except httpx2.ConnectError:
            return Failure("no connection", Then.TRY_AGAIN)
        except httpx2.TimeoutException:
            return _SLOW
        except httpx2.TransportError:
            return Failure("the connection broke", Then.TRY_AGAIN, is_charged=True)
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
            return Failure("the endpoint does not speak HTTP as it should", Then.STOP)

    def _talk(self, body: bytes, ends: float) -> Outcome:
        headers = {"content-type": "application/json", "accept-encoding": "identity"}
        if self._terms.key:
            headers["authorization"] = f"Bearer {self._terms.key}"
        client = httpx2.Client(
            verify=_trust(),
            trust_env=False,
            follow_redirects=False,
            timeout=self._terms.seconds,
        )
        address = self._terms.address
        with client, client.stream("POST", address, content=body, headers=headers) as response:
            if response.status_code != OK:
                return refused(response.status_code, response.headers)
            if response.headers.get("content-encoding", "identity") != "identity":
                return Spoilt(Refusal.TOO_LARGE)
            return _read(response, ends)


@cache
def _trust() -> SSLContext:
    """Return whom this machine trusts; slow to find out, so done once."""
    return httpx2.create_ssl_context()


_SLOW = Failure("no answer in time", Then.TRY_AGAIN, is_charged=True)


def refused(status: int, headers: Mapping[str, str]) -> Failure | Spoilt:
    """Return what a status other than 200 means for us."""
    if status in UNTAKEN:
        return Spoilt(Refusal.NOT_TAKEN, is_charged=False)
    why = f"the endpoint answered with status {status}"
    if status == TOO_MANY or status >= BROKEN:
        wait = headers.get("retry-after", "").strip()
        seconds = float(wait) if wait.isascii() and wait.isdigit() else None
        return Failure(why, Then.TRY_AGAIN, wait=seconds)
    return Failure(why, Then.STOP)


def _read(response: httpx2.Response, ends: float) -> Outcome:
    whole = bytearray()
    for chunk in response.iter_raw():
        whole += chunk
        if len(whole) > LARGEST:
            return Spoilt(Refusal.TOO_LARGE)
        if time.monotonic() > ends:
            return _SLOW
    return opened(bytes(whole))


def opened(body: bytes) -> Outcome:
    """Return what stands in the body of a chat completion."""
    try:
        told = json.loads(body)
        choice = told["choices"][0]
        message, tokens = choice["message"], _tokens(told.get("usage"))
        declined = message.get("refusal") or choice.get("finish_reason") == "content_filter"
        text = message.get("content")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return Failure("the endpoint does not answer as chat completions do", Then.STOP)
    if declined or not isinstance(text, str) or not text.strip():
        return Spoilt(Refusal.DECLINED, tokens)
    if choice.get("finish_reason") == "length":
        return Spoilt(Refusal.CUT_OFF, tokens)
    return Reply(text, tokens)


def _tokens(usage: object) -> Tokens | None:
    """Return what the server counted, or None when that is no count."""
    if not isinstance(usage, dict):
        return None
    sent, got = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if type(sent) is not int or type(got) is not int:
        return None
    if not 0 <= sent <= MOST_TOKENS or not 0 <= got <= MOST_TOKENS:
        return None
    return Tokens(sent, got)
