"""Where EDGAR keeps what, and how it is asked for."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from unsolved.errors import SourceRefused, Unreadable
from unsolved.sources.parsing import decode
from unsolved.sources.reach import Reach

WEB, DATA = "https://www.sec.gov", "https://data.sec.gov"
MISSING, FORBIDDEN = 404, 403
_CIK = re.compile(r"[0-9]{1,10}")
_SAFE = re.compile(r"[\w.-]+(?:/[\w.-]+)*")


@dataclass(frozen=True)
class Archive:
    """EDGAR itself, or with ``address`` a copy that has everything in one place."""

    reach: Reach
    address: str = ""

    def company(self, cik: str) -> Mapping[str, Any]:
        """Return what is known of a company, and the list of its newest filings."""
        return self._json(f"{self.data}/submissions/CIK{cik}.json")

    def older(self, name: str) -> Mapping[str, Any]:
        """Return a further page of the list of its filings."""
        return self._json(f"{self.data}/submissions/{_plain(name)}")

    def tickers(self) -> Mapping[str, str]:
        """Return the CIK, ten digits, of every ticker."""
        told = self._json(f"{self.web}/files/company_tickers.json")
        rows = [row for row in told.values() if isinstance(row, dict)]
        pairs = ((str(row.get("ticker")).upper(), str(row.get("cik_str"))) for row in rows)
        return {ticker: cik.zfill(10) for ticker, cik in pairs if _CIK.fullmatch(cik)}

    def folder(self, cik: str, accession: str) -> str:
        """Return the address of a filing's folder."""
        plain = accession.replace("-", "")
        return f"{self.web}/Archives/edgar/data/{int(cik)}/{plain}"

    def submission(self, cik: str, accession: str) -> tuple[str, bytes]:
        """Return the address and the bytes of a whole filing in one file.

        Raises:
            SourceRefused: there is none, or it is larger than we take.
        """
        address = f"{self.folder(cik, accession)}/{accession}.txt"
        return address, self.reach.get(address).body

    def names(self, cik: str, accession: str) -> list[str]:
        """Return the names of the files of a filing; none when that is not told."""
        try:
            told = self._json(f"{self.folder(cik, accession)}/index.json")
        except SourceRefused as error:
            if error.facts.get("status") != MISSING:
                raise
            return []
        folder = told.get("directory")
        items = folder.get("item") if isinstance(folder, dict) else None
        rows = items if isinstance(items, list) else []
        names = (str(row.get("name", "")) for row in rows if isinstance(row, dict))
        return [name for name in names if _SAFE.fullmatch(name) and ".." not in name]

    def file(self, cik: str, accession: str, name: str) -> tuple[str, bytes]:
        """Return the address and the bytes of one file of a filing."""
        address = f"{self.folder(cik, accession)}/{_plain(name)}"
        return address, self.reach.get(address).body

    @property
    def web(self) -> str:
        """Where filings and tickers are."""
        return self.address or WEB

    @property
    def data(self) -> str:
        """Where the lists of filings are."""
        return self.address or DATA

    def _json(self, address: str) -> Mapping[str, Any]:
        body = self.reach.get(address).body
        try:
            told = json.loads(decode(body, where=address))
        except (ValueError, RecursionError, Unreadable) as error:
            raise SourceRefused(url=address, why=f"it is not JSON ({error})") from error
        if not isinstance(told, dict):
            raise SourceRefused(url=address, why="it is no JSON object")
        return told


def _plain(name: str) -> str:
    """Return the name of a file.

    Raises:
        SourceRefused: it leads somewhere else.
    """
    if not _SAFE.fullmatch(name) or ".." in name:
        raise SourceRefused(name=name, why="that is no name of a file")
    return name
