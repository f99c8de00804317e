"""What EDGAR tells of a company, and the filings it lists."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from unsolved.sources.identity import name_key
from unsolved.sources.model import OrganisationDraft, Refusal
from unsolved.sources.parsing import clean

_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")
_COLUMNS = ("accessionNumber", "form", "filingDate", "primaryDocument", "items")
_STATES = frozenset(
    re.findall(
        r"\w+",
        """
        AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV
        NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP
        """,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One filing in the list; ``items`` are those of an 8-K, by their numbers."""

    accession: str
    form: str
    on: date
    primary: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Older:
    """A list of older filings, and the day of the newest of them."""

    name: str
    until: date


def company_of(told: Mapping[str, Any], cik: str) -> OrganisationDraft:
    """Return a company as EDGAR describes it."""
    name = _text(told, "name") or f"CIK {cik}"
    former = told.get("formerNames")
    rows = former if isinstance(former, list) else []
    names = [_text(row, "name") for row in rows if isinstance(row, dict)]
    known = {name_key(name)}
    tickers = told.get("tickers")
    words = [str(one).strip().upper() for one in tickers] if isinstance(tickers, list) else []
    return OrganisationDraft(
        name=name,
        names=tuple(dict.fromkeys(one for one in names if one and name_key(one) not in known)),
        domain=_text(told, "website") or None,
        industry=_text(told, "sicDescription") or None,
        country=_country(told),
        identifiers=(f"cik:{cik}", *(f"ticker:{word}" for word in words if word)),
    )


def newest_of(told: Mapping[str, Any]) -> object:
    """Return the list of the newest filings, as `filings_of` reads it."""
    filings = told.get("filings")
    return filings.get("recent") if isinstance(filings, dict) else None


def older_of(told: Mapping[str, Any], since: date) -> list[Older]:
    """Return the lists of older filings that have some since a day, the newest first."""
    filings = told.get("filings")
    pages = filings.get("files") if isinstance(filings, dict) else None
    found = []
    for page in pages if isinstance(pages, list) else ():
        with suppress(ValueError, AttributeError):
            until = date.fromisoformat(_text(page, "filingTo"))
            if until >= since:
                found.append(Older(_text(page, "name"), until))
    return sorted(found, key=lambda one: one.until, reverse=True)


def filings_of(
    columns: object, *, forms: Collection[str], since: date
) -> Iterator[Filing | Refusal]:
    """Yield the filings of a list since a day, of the forms that are wanted."""
    if not isinstance(columns, dict):
        return
    cells = [columns.get(name) for name in _COLUMNS]
    rows = zip_longest(
        *(cell if isinstance(cell, list) else [] for cell in cells), fillvalue=""
    )
    for accession, form, on, primary, items in rows:
        if form not in forms:
            continue
        try:
            day = date.fromisoformat(str(on))
        except ValueError:
            day = None
        if day is None or not _ACCESSION.fullmatch(str(accession)):
            why = f"a {form} is listed as {accession!r} of {on!r}, which nobody can find"
            yield Refusal(str(accession), why, "Look for it on EDGAR")
        elif day >= since:
            numbers = tuple(one.strip() for one in str(items).split(",") if one.strip())
            yield Filing(
                accession=accession, form=form, on=day, primary=str(primary), items=numbers
            )


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return " ".join(clean(value).split()) if isinstance(value, str) else ""


def _country(told: Mapping[str, Any]) -> str | None:
    """Return where a company does business: a state of theirs is the United States."""
    addresses = told.get("addresses")
    business = addresses.get("business") if isinstance(addresses, dict) else None
    place = business if isinstance(business, dict) else {}
    code = _text(place, "stateOrCountry") or _text(told, "stateOfIncorporation")
    if code.upper() in _STATES:
        return "United States"
    named = _text(place, "stateOrCountryDescription")
    named = named or _text(told, "stateOfIncorporationDescription")
    return named.rpartition(", ")[2] or None  # Ontario, Canada
