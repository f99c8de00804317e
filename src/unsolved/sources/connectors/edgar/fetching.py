"""The filings of one company after another, the oldest first, each told once."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from unsolved.errors import SourceDown, SourceRefused
from unsolved.sources.connector import Find, Visit
from unsolved.sources.connectors.edgar.archive import FORBIDDEN, MISSING, Archive
from unsolved.sources.connectors.edgar.listing import (
    Filing,
    company_of,
    filings_of,
    newest_of,
    older_of,
)
from unsolved.sources.connectors.edgar.memory import OVERLAP, Memory, Progress
from unsolved.sources.connectors.edgar.reading import Received, drafts_of, with_header
from unsolved.sources.connectors.edgar.submission import parts_of, texts_among, type_named
from unsolved.sources.model import OrganisationDraft, Refusal
from unsolved.sources.records import Mark

MOST_DOWN = 3
"""Filings in a row that could not be had, after which EDGAR counts as down."""

EVERY = 10
"""Filings between two marks."""

_LONGEST_CIK = 10
_LATER = "It is asked for again on the next visit"


@dataclass(frozen=True, kw_only=True)
class Edgar:
    """Companies as they were named, the forms that are wanted, and since when."""

    visit: Visit
    companies: tuple[str, ...]
    forms: frozenset[str]
    since: date
    archive: Archive
    memory: Memory

    @property
    def name(self) -> str:
        """How the source is called."""
        return self.visit.name

    def fetch(self) -> Iterator[Find]:
        """Yield the filings of the companies in the order in which they were named.

        A company that is not known is told, and the others are read.
        """
        ciks = yield from self._ciks()
        for cik in ciks:
            try:
                told = self.archive.company(cik)
            except SourceRefused as error:
                _raise_if_shut_out(error)
                yield _unknown(cik, error)
                continue
            yield from self._company(cik, company_of(told, cik), told)
            yield Mark(self.memory.cursor())

    def _ciks(self) -> Generator[Find, None, list[str]]:
        """Return the numbers of the companies; a ticker is looked up once."""
        known = self.memory.tickers
        listed: Mapping[str, str] = {}
        if any(not _number(word) and word.upper() not in known for word in self.companies):
            try:
                listed = self.archive.tickers()
            except SourceRefused as error:
                _raise_if_shut_out(error)
                if not known and not any(map(_number, self.companies)):
                    raise
                yield Refusal("tickers", f"they cannot be looked up ({_why(error)})", _LATER)
        ciks: dict[str, None] = {}
        for word in self.companies:
            ticker = word.upper()
            number = _number(word) or known.get(ticker)
            number = number or listed.get(ticker) or listed.get(ticker.replace(".", "-"))
            if number is None:
                why = f"the SEC lists no company with the ticker {ticker!r}"
                mend = "Write its ticker as the SEC does, or its CIK"
                yield Refusal(word, why, mend, field="companies")
                continue
            if not _number(word):
                known[ticker] = number
            ciks.setdefault(number)
        return list(ciks)

    def _company(
        self, cik: str, company: OrganisationDraft, told: Mapping[str, Any]
    ) -> Iterator[Find]:
        progress = self.memory.progress(cik, self.since, self.forms)
        wanted: dict[str, Filing] = {}
        covered = self.since
        for found in self._listed(told, self._reaches_back(progress)):
            if isinstance(found, Refusal):
                yield found
            elif isinstance(found, date):
                covered = max(covered, found)
            elif self._wants(found, progress):
                wanted[found.accession] = found
        if covered > self.since:  # a list is missing: it is asked for on the next visit
            progress.since = max(progress.since, covered)
        order = sorted(wanted.values(), key=lambda one: (one.on, one.accession))
        yield from self._filings(order, cik, company, progress)
        if covered == self.since:
            progress.since = min(progress.since, self.since)
            progress.forms |= self.forms

    def _listed(
        self, told: Mapping[str, Any], since: date
    ) -> Iterator[Filing | Refusal | date]:
        """Yield the filings on all lists; where one is missing, the day from which none is."""
        yield from filings_of(newest_of(told), forms=self.forms, since=since)
        for page in older_of(told, since):
            try:
                columns = self.archive.older(page.name)
            except SourceRefused as error:
                why = f"a list of older filings cannot be had ({_why(error)})"
                yield Refusal(page.name, why, _LATER)
                yield page.until + timedelta(days=1)
                continue
            yield from filings_of(columns, forms=self.forms, since=since)

    def _reaches_back(self, progress: Progress) -> date:
        """Return since when the lists are wanted: all of them once, and later their end."""
        covered = self.forms <= progress.forms and progress.since <= self.since
        if self.visit.since or not covered or progress.newest is None:
            return min([self.since, *progress.again.values()])
        return min([progress.newest - OVERLAP, *progress.again.values()])

    def _wants(self, filing: Filing, progress: Progress) -> bool:
        if self.visit.since:
            return filing.on >= self.visit.since
        return progress.wants(filing.accession, filing.form, filing.on)

    def _filings(
        self, filings: list[Filing], cik: str, company: OrganisationDraft, progress: Progress
    ) -> Iterator[Find]:
        """Yield the documents of filings, and go on after one that cannot be had."""
        down = 0
        for number, filing in enumerate(filings, 1):
            try:
                yield from self._filing(filing, cik, company)
            except (SourceRefused, SourceDown) as error:
                progress.failed(filing.accession, filing.on)
                down = down + 1 if _is_down(error) else 0
                if down >= MOST_DOWN:
                    yield Mark(self.memory.cursor())
                    _raise_if_shut_out(error)
                    raise
                why = f"the {filing.form} of {filing.on} cannot be had ({_why(error)})"
                yield Refusal(self.archive.folder(cik, filing.accession), why, _LATER)
            else:
                down = 0
                progress.read(filing.accession, filing.on)
            if number % EVERY == 0:
                yield Mark(self.memory.cursor())

    def _filing(self, filing: Filing, cik: str, company: OrganisationDraft) -> Iterator[Find]:
        folder = self.archive.folder(cik, filing.accession)
        try:
            address, data = self.archive.submission(cik, filing.accession)
        except SourceRefused as error:
            received, missing = self._piecemeal(filing, cik, error)
            yield from missing
        else:
            company = with_header(company, data)
            parts = parts_of(data, form=filing.form)
            received = [
                Received(part, f"{folder}/{part.name}" if part.has_address else address)
                for part in parts
            ]
        yield from drafts_of(filing, received, company, self.visit.today)

    def _piecemeal(
        self, filing: Filing, cik: str, error: SourceRefused
    ) -> tuple[list[Received], list[Refusal]]:
        """Return the documents one by one, where the whole cannot be had in one file.

        Raises:
            SourceRefused, SourceDown: the main document cannot be had either.
        """
        names = list(texts_among(self.archive.names(cik, filing.accession), filing.accession))
        primary = filing.primary.rpartition("/")[2]  # some lead to a page made from XML
        if primary:
            names = [primary, *(name for name in names if name != primary)]
        if not names:
            raise error
        received: list[Received] = []
        missing: list[Refusal] = []
        for number, name in enumerate(names):
            try:
                address, data = self.archive.file(cik, filing.accession, name)
            except SourceRefused as refused:
                if number == 0:
                    raise
                place = f"{self.archive.folder(cik, filing.accession)}/{name}"
                missing.append(Refusal(place, _why(refused), "Look at it on EDGAR"))
                continue
            kind = type_named(name).upper() if number else filing.form
            received += [Received(part, address) for part in parts_of(data, kind, name)]
        return received, missing


def _number(word: str) -> str | None:
    """Return a CIK with all its digits, or None when it is a ticker."""
    plain = word.upper().removeprefix("CIK").strip()
    is_one = plain.isascii() and plain.isdecimal() and len(plain) <= _LONGEST_CIK
    return f"{int(plain):010}" if is_one else None


def _unknown(cik: str, error: SourceRefused) -> Refusal:
    if error.facts.get("status") == MISSING:
        why, mend = "the SEC knows no company with that number", "Look it up on EDGAR"
    else:
        why, mend = f"its filings cannot be listed ({_why(error)})", _LATER
    return Refusal(f"CIK {cik}", why, mend, field="companies")


def _is_shut_out(error: SourceRefused | SourceDown) -> bool:
    return isinstance(error, SourceRefused) and error.facts.get("status") == FORBIDDEN


def _is_down(error: SourceRefused | SourceDown) -> bool:
    return isinstance(error, SourceDown) or _is_shut_out(error)


def _raise_if_shut_out(error: SourceRefused | SourceDown) -> None:
    """Stop where EDGAR lets us in nowhere: asking on would only make it worse."""
    if _is_shut_out(error):
        mend = "the SEC shuts out who does not say who they are: check `contact`"
        raise SourceRefused(**(error.facts | {"mend": mend})) from error


def _why(error: SourceRefused | SourceDown) -> str:
    return str(error.facts.get("why") or error)
