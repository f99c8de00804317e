"""The documents of a filing become ours: a report Item by Item, an exhibit as it is."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as but
from datetime import date

from unsolved.errors import Unreadable
from unsolved.sources.connectors.edgar.items import Item, items_of
from unsolved.sources.connectors.edgar.listing import Filing
from unsolved.sources.connectors.edgar.submission import Part
from unsolved.sources.identity import name_key
from unsolved.sources.model import Draft, Kind, OrganisationDraft, Refusal
from unsolved.sources.parsing import decode
from unsolved.sources.parsing.filing import filing_facts

_HEADER_WITHIN = 20_000
_DOCUMENT = re.compile(rb"<DOCUMENT>", re.IGNORECASE)
_ITEM = re.compile(
    r"^\W{0,4}item[ \t\xa0]+(\d\.\d\d|\d{1,2})(?!\d)", re.IGNORECASE | re.MULTILINE
)
_NO_KEY = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True, slots=True)
class Received:
    """A document of a filing, and the address it came from."""

    part: Part
    address: str


def drafts_of(
    filing: Filing,
    received: Sequence[Received],
    company: OrganisationDraft,
    today: date,
) -> Iterator[Draft | Refusal]:
    """Yield the documents of a filing: its main document first, as it was sent in."""
    head = f"{filing.form} {filing.on.isoformat()}"
    met: Counter[str] = Counter()
    told = 0
    main = _main(filing, received)
    for place, one in enumerate(received):
        if place != main and not one.part.is_read:
            continue
        try:
            text = one.part.text(one.address)
        except Unreadable as error:
            told += 1
            yield Refusal(error.where, error.why, error.mend, error.line)
            continue
        if not text:
            continue
        draft = Draft(
            key=filing.accession,
            organisation=company,
            text=text,
            title=head,
            kind=Kind.FILING,
            published_on=filing.on if filing.on <= today else None,
            original=one.part.data,
            media_type=one.part.media_type,
            origins=(one.address,),
        )
        told += 1
        if place == main:
            yield from _report(draft, filing, head)
        else:
            yield _exhibit(draft, one.part, head, met)
    if not told:
        where = received[0].address if received else filing.accession
        yield Refusal(where, f"the {filing.form} has no text in it", "Look at it on EDGAR")


def with_header(company: OrganisationDraft, data: bytes) -> OrganisationDraft:
    """Return a company with what the header of a filing adds: the name it had, its industry."""
    first = _DOCUMENT.search(data)
    header = data[: min(first.start() if first else 0, _HEADER_WITHIN)]
    try:
        facts = filing_facts(decode(header, where="header"))
    except Unreadable:
        return company
    name, industry = str(facts.get("organisation", "")), str(facts.get("industry", ""))
    known = {name_key(one) for one in (company.name, *company.names)}
    names = (*company.names, name) if name and name_key(name) not in known else company.names
    return but(company, names=names, industry=company.industry or industry or None)


def _main(filing: Filing, received: Sequence[Received]) -> int:
    """Return which document is the form itself: the first of its type, or the first."""
    types = [one.part.type for one in received]
    return types.index(filing.form) if filing.form in types else 0


def _report(draft: Draft, filing: Filing, head: str) -> Iterator[Draft]:
    items = items_of(draft.text, filing.form)
    if not items:
        yield but(draft, title=_title(head, filing, draft.text))
    for item in items:
        yield _piece(draft, item, head)


def _piece(draft: Draft, item: Item, head: str) -> Draft:
    key, title = f"{draft.key}#{item.key}", f"{head}: {item.title}"
    return but(draft, key=key, title=title, text=item.text)


def _exhibit(draft: Draft, part: Part, head: str, met: Counter[str]) -> Draft:
    name = part.type or part.name or "document"
    mark = _NO_KEY.sub("-", name.lower()).strip("-")
    met[mark] += 1
    more = f"-{met[mark]}" if met[mark] > 1 else ""
    return but(draft, key=f"{draft.key}#{mark}{more}", title=f"{head}: {name}")


def _title(head: str, filing: Filing, text: str) -> str:
    """Return the title of a report that stays whole: an 8-K names its Items."""
    if not filing.form.startswith("8-K"):
        return head
    items = tuple(dict.fromkeys(filing.items or _ITEM.findall(text)))
    if not items:
        return head
    return f"{head}: Item{'s' if len(items) > 1 else ''} {', '.join(items)}"
