"""EDGAR on this machine, made from a folder of raw filings: its lists, tickers and archive."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zlib import crc32

from tests.sources.web_server import Page, Web, page, web

_NAMED = re.compile(r"(?P<cik>\d+)_(?P<form>\w+)_(?P<year>\d{4})_(?P<accession>[\d-]{20})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_TOLD = {
    "on": re.compile(rb"FILED AS OF DATE:\s*(\d{8})"),
    "name": re.compile(rb"COMPANY CONFORMED NAME:\s*(\S[^\r\n]*)"),
}
_FORMS = {"8K": "8-K", "10K": "10-K", "10Q": "10-Q"}
_WHOLE = b"<SEC-HEADER>"


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A filing: the whole of it in one file, or its main document with ``more`` beside it."""

    cik: str
    accession: str
    form: str
    on: date
    data: bytes
    name: str = ""
    ticker: str = ""
    items: str = ""
    primary: str = "document.htm"
    more: Mapping[str, bytes] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it came as one file with a header and parts."""
        return _WHOLE in self.data[:5000]


def filed_in(folder: Path) -> list[Filed]:
    """Read raw filings whose names say what they are, as ``CIK_8K_2011_ACCESSION.htm``.

    Of other files the form is that of the folder, and numbers are made from their names.
    """
    return [_filed(path, count) for count, path in enumerate(sorted(folder.iterdir()), 1)]


def _filed(path: Path, count: int) -> Filed:
    data = path.read_bytes()
    told = {name: found.search(data, 0, 20_000) for name, found in _TOLD.items()}
    named = _NAMED.match(path.name)
    year = _YEAR.search(path.stem.split("_")[2] if named else path.stem)
    on = date(int(year.group()) if year else 2000, 1, 1) + timedelta(days=7 * count % 360)
    if found := told["on"]:
        on = date.fromisoformat(found.group(1).decode())
    cik = f"{int(named['cik']) if named else crc32(path.stem.encode()) % 10**9:010}"
    name = found.group(1).decode().strip() if (found := told["name"]) else f"Company {cik}"
    return Filed(
        cik=cik,
        accession=named["accession"] if named else f"{cik}-{on:%y}-{count:06}",
        form=_FORMS[named["form"]] if named else path.parent.name,
        on=on,
        data=data,
        name=name,
        ticker="" if named else path.stem.partition("-")[0].upper(),
        primary=path.name,
    )


def listed(filed: Iterable[Filed]) -> dict[str, list[str]]:
    """Write a list of filings as EDGAR does, a column each."""
    rows = list(filed)
    return {
        "accessionNumber": [one.accession for one in rows],
        "filingDate": [one.on.isoformat() for one in rows],
        "form": [one.form for one in rows],
        "items": [one.items for one in rows],
        "primaryDocument": ["" if one.is_whole else one.primary for one in rows],
    }


def pages_of(filed: Iterable[Filed], *, recent: int = 1000, **told) -> dict[str, Page]:
    """Write everything that EDGAR would serve for these filings.

    ``recent`` filings are in the first list of a company; ``told`` is told of each company.
    """
    pages: dict[str, Page] = {}
    companies: dict[str, list[Filed]] = defaultdict(list)
    for one in filed:
        companies[one.cik].append(one)
        pages |= _archived(one)
    for cik, of_one in companies.items():
        rows = sorted(of_one, key=lambda one: (one.on, one.accession), reverse=True)
        olders = []
        for number, begin in enumerate(range(recent, len(rows), recent), 1):
            older = rows[begin : begin + recent]
            name = f"CIK{cik}-submissions-{number:03}.json"
            days = {"filingFrom": older[-1].on.isoformat(), "filingTo": older[0].on.isoformat()}
            olders.append({"name": name, "filingCount": len(older), **days})
            pages[f"/submissions/{name}"] = _json(listed(older))
        pages[f"/submissions/CIK{cik}.json"] = _json(
            {
                "cik": cik,
                "name": rows[0].name or f"Company {cik}",
                "tickers": [rows[0].ticker] if rows[0].ticker else [],
                **told,
                "filings": {"recent": listed(rows[:recent]), "files": olders},
            }
        )
    tickers = [
        {"cik_str": int(cik), "ticker": rows[0].ticker, "title": rows[0].name}
        for cik, rows in companies.items()
        if rows[0].ticker
    ]
    pages["/files/company_tickers.json"] = _json(
        {str(number): row for number, row in enumerate(tickers)}
    )
    return pages


@contextmanager
def serving(filed: Iterable[Filed], **more) -> Iterator[Web]:
    """Serve filings as EDGAR does; ``address`` of what is yielded is the base of all of it."""
    with web(pages_of(filed, **more)) as site:
        yield site


def _archived(one: Filed) -> dict[str, Page]:
    folder = f"/Archives/edgar/data/{int(one.cik)}/{one.accession.replace('-', '')}"
    if one.is_whole:
        whole = page(one.data, media_type="text/plain")
        return {f"{folder}/{one.accession}.txt": whole}
    files = {one.primary: one.data, **(one.more or {})}
    names = [*files, "logo.jpg", "R2.htm", f"{one.accession}-index.htm"]
    index = {"directory": {"name": folder, "item": [{"name": name} for name in names]}}
    return {
        f"{folder}/index.json": _json(index),
        **{f"{folder}/{name}": page(data) for name, data in files.items()},
    }


def _json(told: object) -> Page:
    return page(json.dumps(told), media_type="application/json")
