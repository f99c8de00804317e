"""Asks a Salesforce org through simple-salesforce; says in our words why it did not answer."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import requests

from unsolved.errors import SourceDown, SourceRefused
from unsolved.sources.connector import Visit
from unsolved.sources.connectors.salesforce.line import Line

if TYPE_CHECKING:
    from simple_salesforce.api import Salesforce

VERSION = "59.0"
Row = Mapping[str, Any]

_LATER = {
    "REQUEST_LIMIT_EXCEEDED": "the org has used up its requests for today",
    "SERVER_UNAVAILABLE": "it is not available",
    "UNKNOWN_EXCEPTION": "something broke there",
    "QUERY_TIMEOUT": "the question took it too long",
    "UNABLE_TO_LOCK_ROW": "somebody else is changing that record",
    "API_CURRENTLY_DISABLED": "its API is switched off for now",
}


class Refused(SourceRefused):
    """Salesforce refused."""

    @property
    def code(self) -> str:
        """What Salesforce calls it."""
        return str(self.facts.get("code"))


class Org:
    """One org."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._fields: dict[str, frozenset[str]] = {}

    @classmethod
    def of(cls, visit: Visit) -> "Org":
        """Return the one that a visit goes to.

        Raises:
            Invalid: the address or the secrets cannot be used.
        """
        return cls(Line.of(visit))

    @property
    def address(self) -> str:
        """Where it is."""
        return self._line.address

    def pages(self, soql: str) -> Iterator[list[Row]]:
        """Yield the rows that a query finds, deleted and archived ones too, page by page.

        Raises:
            Refused: the query is not taken.
            SourceRefused, SourceDown: as `Line`.
        """
        with self._asking():
            told = self._api.query(soql, include_deleted=True)
        while True:
            told = told if isinstance(told, dict) else {}
            rows = told.get("records")
            if not isinstance(rows, list):
                raise SourceDown(url=self.address, why="it answers without any records")
            yield [row for row in rows if isinstance(row, dict)]
            following = told.get("nextRecordsUrl")
            if told.get("done") is not False or not isinstance(following, str):
                return
            with self._asking():
                told = self._api.query_more(following, identifier_is_url=True)

    def fields(self, name: str) -> frozenset[str]:
        """Return the fields of an object that we may see, and the names of its relations.

        Raises: as `pages`.
        """
        if name not in self._fields:
            with self._asking():
                told = getattr(self._api, name).describe()
            found = told.get("fields") if isinstance(told, dict) else None
            self._fields[name] = frozenset(
                str(field[key])
                for field in (found if isinstance(found, list) else [])
                if isinstance(field, dict)
                for key in ("name", "relationshipName")
                if field.get(key)
            )
        return self._fields[name]

    def seen(self, name: str, wanted: Sequence[str]) -> tuple[str, ...]:
        """Return those of the wanted fields that the org has.

        Raises: as `pages`.
        """
        there = self.fields(name)
        return tuple(field for field in wanted if field.partition(".")[0] in there)

    def create(self, name: str, told: Row) -> str:
        """Make an object and return its id; is never sent twice.

        Raises: as `pages`.
        """
        with self._asking():
            made = getattr(self._api, name).create(dict(told))
        made = made if isinstance(made, dict) else {}
        if made.get("success") is False:
            said = self._line.hide(made.get("errors"))
            raise Refused(url=self.address, code="", said=said)
        return str(made.get("id") or "")

    def update(self, name: str, id: str, told: Row) -> None:  # noqa: A002
        """Change an object.

        Raises: as `pages`.
        """
        with self._asking():
            getattr(self._api, name).update(id, dict(told))

    @cached_property
    def _api(self) -> "Salesforce":
        from simple_salesforce.api import Salesforce  # noqa: PLC0415 (brings much along)

        session = requests.Session()
        session.trust_env = False  # no proxy and no password of the environment
        session.adapters.clear()
        session.mount("https://", self._line)
        return Salesforce(
            session_id="signed by the line",
            instance_url=self.address,
            version=VERSION,
            session=session,
            object_pairs_hook=cast("Any", dict),
        )

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Turn the library's errors into ours; its own show addresses and what was sent."""
        from simple_salesforce.exceptions import SalesforceError  # noqa: PLC0415

        try:
            yield
        except SalesforceError as error:
            raise self._fault(error.status, error.content) from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema):
            raise SourceRefused(url=self.address, why="it leads to no address") from None
        except (ValueError, RecursionError):
            raise SourceDown(url=self.address, why="what it answers is no JSON") from None

    def _fault(self, status: object, content: object) -> SourceDown | Refused:
        first = content[0] if isinstance(content, list) and content else content
        first = first if isinstance(first, dict) else {}
        code = str(first.get("errorCode") or "")
        said = self._line.hide(first.get("message") or "")
        if code in _LATER:
            return SourceDown(url=self.address, why=_LATER[code], said=said)
        if isinstance(status, int) and status >= 500:  # noqa: PLR2004
            return SourceDown(url=self.address, status=status, said=said)
        return Refused(url=self.address, status=status, code=code, said=said)
