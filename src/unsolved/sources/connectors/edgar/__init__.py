"""Filings with the SEC, as EDGAR keeps them: 10-K, 10-Q and 8-K with their exhibits."""

import re
import unicodedata
from dataclasses import replace as but
from datetime import timedelta
from pathlib import Path

from unsolved.errors import Invalid
from unsolved.sources.connector import Visit
from unsolved.sources.connectors.edgar.archive import Archive
from unsolved.sources.connectors.edgar.fetching import Edgar
from unsolved.sources.connectors.edgar.memory import Memory
from unsolved.sources.crawling import normal

__all__ = ["Edgar", "connector"]

MEGABYTE = 1_000_000
GAP = 0.12
"""Seconds between two requests; the SEC allows ten a second."""

_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_FORMS = ("10-K", "10-Q", "8-K")
# What the same form is called in some years and cases.
_ALSO = {"10-K": ("10-K405", "10-KT"), "10-Q": ("10-QT",)}


def connector(visit: Visit) -> Edgar:
    """Return who reads the filings that a source names.

    Raises:
        Invalid: no company is named, nobody can be written to, or the address is none.
    """
    address = visit.text("address")
    if address and normal(address) is None:
        mend = "write it as https://edgar.example.com"
        raise Invalid(field="address", got=address, mend=mend)
    limits = visit.reach.limits
    largest = min(limits.largest, visit.largest_mb * MEGABYTE)
    reach = visit.reach.but(
        agent=_contact(visit),
        gap=max(visit.reach.gap, GAP),
        limits=but(limits, largest=largest),
    )
    since = visit.today - timedelta(days=round(365.25 * visit.number("years", 3)))
    return Edgar(
        visit=visit,
        companies=_companies(visit),
        forms=_forms(visit.texts("forms") or _FORMS),
        since=visit.since or since,
        archive=Archive(reach, address.rstrip("/")),
        memory=Memory.of(visit.cursor),
    )


def _contact(visit: Visit) -> str:
    """Return who is reading, as a header can say it."""
    told = visit.text("contact")
    plain = unicodedata.normalize("NFKD", told).encode("ascii", "ignore").decode("ascii")
    contact = " ".join(re.sub(r"[^\x20-\x7e]", " ", plain).split())
    if not _MAIL.search(contact):
        mend = "the SEC asks who is reading: write your name and e-mail address"
        raise Invalid(field="contact", got=told, mend=mend)
    return contact


def _companies(visit: Visit) -> tuple[str, ...]:
    """Return the companies that are named, in the setting or in the file that it names."""
    told = visit.text("companies")
    lines = [told]
    path = Path(told)
    if told and "," not in told and path.is_file():
        try:
            lines = path.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            mend = "give a text file with a ticker or a CIK a line"
            raise Invalid(field="companies", got=told, mend=mend) from error
    words = [word.strip() for line in lines for word in line.partition("#")[0].split(",")]
    found = tuple(dict.fromkeys(word for word in words if word))
    if not found:
        mend = "name at least one, by its ticker or its CIK"
        raise Invalid(field="companies", got=told, mend=mend)
    return found


def _forms(told: tuple[str, ...]) -> frozenset[str]:
    """Return the forms that are wanted, with their amendments."""
    plain = [form.upper() for form in told]
    forms = [one for form in plain for one in (form, *_ALSO.get(form, ()))]
    return frozenset(forms) | {f"{form}/A" for form in forms if not form.endswith("/A")}
