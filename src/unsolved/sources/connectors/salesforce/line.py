"""Carries what simple-salesforce asks to the org and nowhere else, through our guarded reach.

It also signs each request, so that the library never holds the token; and when the session has
expired it opens a new one, once, and asks again: what was refused so has not been done.
"""

import json
import re
from collections.abc import Mapping
from io import BytesIO
from urllib.parse import urlencode, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources.connector import Visit
from unsolved.sources.parsing import clean
from unsolved.sources.reach import Answer, Reach

_SECRET = re.compile(r"[\x21-\x7e]+")
_READ = frozenset(range(400, 600)) - {429, 500, 502, 503, 504}  # the rest reach asks again
_UNKNOWN = 401
_LONGEST_SAID = 300
_PASTE = "give a new token, or client_id and client_secret of a connected app"


class Line(BaseAdapter):
    """What requests sends with; knows the secrets and shows them to nobody."""

    def __init__(self, reach: Reach, address: str, secrets: Mapping[str, str]) -> None:
        super().__init__()
        self._reach, self.address = reach, address.rstrip("/")
        self._here = urlsplit(self.address)
        self._secrets = secrets
        self._token = secrets.get("token")
        self._may_renew = bool(secrets.get("client_id") and secrets.get("client_secret"))

    @classmethod
    def of(cls, visit: Visit) -> "Line":
        """Return one for a visit.

        Raises:
            Invalid: the address or the secrets cannot be used; the secrets are not shown.
        """
        address = visit.text("address")
        here = urlsplit(address if "://" in address else f"https://{address}")
        place = here.netloc.casefold()
        if here.scheme not in {"https", "http"} or not here.hostname or "@" in place:
            mend = "write it as https://acme.my.salesforce.com"
            raise Invalid(field="address", mend=mend)
        if here.scheme == "http" and place not in visit.reach.allowed:
            raise Invalid(field="address", got=address, mend="write an address with https")
        secrets = {name: told.strip() for name, told in visit.secrets.items() if told.strip()}
        for name, told in secrets.items():
            if not _SECRET.fullmatch(told):
                raise Invalid(field=name, mend="paste it alone, with nothing around it")
        if "token" not in secrets and not {"client_id", "client_secret"} <= secrets.keys():
            raise Invalid(field="token", mend=_PASTE)
        return cls(visit.reach, f"{here.scheme}://{here.netloc}", secrets)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 (requests' own)
        timeout: object = None,  # noqa: ARG002
        verify: object = True,  # noqa: ARG002
        cert: object = None,  # noqa: ARG002
        proxies: object = None,  # noqa: ARG002
    ) -> requests.Response:
        """Send a request to the org and return what it answers.

        Raises:
            SourceRefused: the org does not know us, or this would lead elsewhere.
            SourceDown: the org did not answer.
        """
        there = urlsplit(str(request.url))
        if there.netloc.casefold() != self._here.netloc.casefold():
            raise SourceRefused(host=there.hostname, why="that is not the org that was named")
        path = there._replace(scheme="", netloc="").geturl()
        answer = self._ask(request, path)
        if answer.status == _UNKNOWN and self._may_renew:
            self._token = None
            answer = self._ask(request, path)
        if answer.status == _UNKNOWN:
            why = "Salesforce does not take the session; it may have expired"
            raise SourceRefused(url=self.address, why=why, mend=_PASTE)
        return _response(request, answer)

    def close(self) -> None:
        """Do nothing: there is nothing to close."""

    def hide(self, said: object) -> str:
        """Return what somebody said without our secrets, and not at length."""
        told = clean(str(said))
        for secret in filter(None, (self._token, *self._secrets.values())):
            told = told.replace(secret, "…")
        return told[:_LONGEST_SAID]

    def _ask(self, request: requests.PreparedRequest, path: str) -> Answer:
        if self._token is None:
            self._token = self._renewed()
        body = request.body or b""
        assert isinstance(body, str | bytes)  # nothing is sent in pieces
        method = str(request.method)
        return self._reach.send(
            method,
            self.address + path,
            headers={
                "authorization": f"Bearer {self._token}",
                "accept": "application/json",
                "content-type": "application/json",
            },
            body=body.encode() if isinstance(body, str) else body,
            accept=_READ,
            again=method != "POST",  # what is made must not be made twice
        )

    def _renewed(self) -> str:
        """Return a new token, for the connected app itself."""
        asked = {
            "grant_type": "client_credentials",
            "client_id": self._secrets.get("client_id", ""),
            "client_secret": self._secrets.get("client_secret", ""),
        }
        answer = self._reach.send(
            "POST",
            f"{self.address}/services/oauth2/token",
            headers={"content-type": "application/x-www-form-urlencoded"},
            body=urlencode(asked).encode(),
            accept=_READ,
        )
        try:
            told = json.loads(answer.body)
        except ValueError:
            told = None
        told = told if isinstance(told, dict) else {}
        token = told.get("access_token")
        if isinstance(token, str) and _SECRET.fullmatch(token):
            return token
        if answer.status >= 500:  # noqa: PLR2004
            raise SourceDown(url=self.address, status=answer.status)
        raise SourceRefused(
            url=self.address,
            why="Salesforce gives no session to the connected app",
            said=self.hide(told.get("error_description") or told.get("error") or ""),
            mend="look at client_id and client_secret, and let the app use the client"
            " credentials flow as a user who may use the API",
        )


def _response(request: requests.PreparedRequest, answer: Answer) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status
    response.headers = CaseInsensitiveDict(
        {name: v for name, v in answer.headers.items() if name != "content-encoding"}
    )
    response.url = str(request.url)
    response.request = request
    response.encoding = "utf-8"
    response.raw = BytesIO(answer.body)
    return response
