"""Asks HubSpot's API, and says in our words why it did not answer."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources.connector import Visit
from unsolved.sources.parsing import clean
from unsolved.sources.reach import Reach

ADDRESS = "https://api.hubapi.com"
GAP = 0.21  # seconds between two requests: five searches a second are allowed
_TOKEN = re.compile(r"[\x21-\x7e]+")
_ASKED_AGAIN = frozenset({429, 500, 502, 503, 504})  # by reach
_READ = frozenset(range(400, 600)) - _ASKED_AGAIN
_LATER = frozenset({408, 423, 425, 477})  # busy, locked, or moving to another data centre
_SCOPE = re.compile(r"[a-z]+(?:[.-][a-z_]+)*[.-](?:read|write)\b")
_FAULT, _THEIRS = 400, 500
_LONGEST_SAID = 300

Json = Mapping[str, Any]


class NotAllowed(SourceRefused):
    """The token may not do that."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A status and what was said with it."""

    status: int
    told: Json


class Client:
    """One account; knows the token and shows it to nobody."""

    def __init__(self, reach: Reach, token: str, address: str = ADDRESS) -> None:
        self._reach, self._token, self.address = reach, token, address.rstrip("/")

    @classmethod
    def of(cls, visit: Visit) -> "Client":
        """Return one for a visit.

        Raises:
            Invalid: there is no token, or it cannot be one; or the address would show it.
        """
        token = visit.secrets.get("token", "").strip()
        if not _TOKEN.fullmatch(token):
            raise Invalid(field="token", mend="paste the token of a private app, nothing else")
        address = visit.text("address", ADDRESS)
        place = address.partition("://")[2].partition("/")[0].casefold()
        if not address.casefold().startswith("https://") and place not in visit.reach.allowed:
            raise Invalid(field="address", got=address, mend="write an address with https")
        return cls(visit.reach.but(gap=GAP), token, address)

    def get(self, path: str, *, accept: Collection[int] = ()) -> Reply:
        """Return what is at a path.

        Raises: as `ask`.
        """
        return self.ask("GET", path, accept=accept)

    def post(self, path: str, told: Json, *, accept: Collection[int] = ()) -> Reply:
        """Ask what takes more words than fit in an address; changes nothing there.

        Raises: as `ask`.
        """
        return self.ask("POST", path, told, accept=accept)

    def ask(
        self,
        method: str,
        path: str,
        told: Json | None = None,
        *,
        accept: Collection[int] = (),
        again: bool = True,
    ) -> Reply:
        """Return the reply, of a status below 400 or one in ``accept``.

        Raises:
            NotAllowed: the token lacks a scope; says which.
            SourceRefused: HubSpot takes neither the token nor what we ask.
            SourceDown: no answer, or none that can be read.
        """
        headers = {"authorization": f"Bearer {self._token}", "content-type": "application/json"}
        body = b"" if told is None else json.dumps(told).encode()
        answer = self._reach.send(
            method, self.address + path, headers=headers, body=body, accept=_READ, again=again
        )
        said = _object(answer.body)
        if answer.status >= _FAULT and answer.status not in accept:
            raise self._fault(answer.status, said or {}, path)
        if said is None:
            raise SourceDown(path=path, why="what it answers is no JSON object")
        return Reply(answer.status, said)

    def pages(self, path: str) -> Iterator[list[Json]]:
        """Yield a list of the API page by page.

        Raises: as `ask`.
        """
        after: str | None = ""
        while after is not None:
            joint = "&" if "?" in path else "?"
            told = self.get(f"{path}{joint}after={after}" if after else path).told
            yield results_of(told)
            came = after_of(told)
            after = came if came != after else None  # the same page for ever is no list

    def batch(self, path: str, ids: Sequence[str], size: int, **more: Any) -> Iterator[Json]:  # noqa: ANN401
        """Yield what a batch endpoint says of ids, ``size`` asked for at a time.

        Raises: as `ask`.
        """
        for start in range(0, len(ids), size):
            inputs = [{"id": one} for one in ids[start : start + size]]
            yield from results_of(self.post(path, {"inputs": inputs, **more}).told)

    def _fault(self, status: int, told: Json, path: str) -> SourceRefused | SourceDown:
        said = clean(str(told.get("message") or "")).replace(self._token, "…")[:_LONGEST_SAID]
        facts = {"path": path.partition("?")[0], "status": status, "said": said}
        if status >= _THEIRS or status in _LATER:
            return SourceDown(**facts)
        if status == 401:  # noqa: PLR2004
            mend = "make a private app in HubSpot and give its token anew"
            return SourceRefused(**facts, why="HubSpot does not take the token", mend=mend)
        if status == 403:  # noqa: PLR2004
            scopes = ", ".join(_scopes(told))
            mend = f"add to the private app: {scopes}" if scopes else "look at its scopes"
            return NotAllowed(**facts, scopes=scopes, mend=mend)
        return SourceRefused(**facts)


def results_of(told: Json) -> list[Json]:
    """Return the objects in a reply; what is none is left out."""
    results = told.get("results")
    return (
        [one for one in results if isinstance(one, dict)] if isinstance(results, list) else []
    )


def after_of(told: Json) -> str | None:
    """Return where the next page begins, or None when there is none."""
    paging = told.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    after = following.get("after") if isinstance(following, dict) else None
    return re.sub(r"[^\w=%.~-]", "", str(after)) or None if after is not None else None


def _object(body: bytes) -> Json | None:
    try:
        told = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _scopes(told: Json) -> list[str]:
    """Return the scopes that an error names, wherever in it."""
    return sorted(set(_SCOPE.findall(json.dumps(told.get("errors")))))
