"""Job adverts on the pages of a site, as schema.org JobPosting tells them."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import replace as but
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from unsolved.errors import Invalid
from unsolved.sources.connector import Find, Visit
from unsolved.sources.crawling import (
    Item,
    Memory,
    Page,
    Plan,
    linked_data,
    microdata,
    normal,
    registrable,
    types_of,
    walk,
)
from unsolved.sources.model import Draft, Kind, OrganisationDraft, Refusal
from unsolved.sources.parsing import clean
from unsolved.sources.parsing.html import html_text

MEGABYTE = 1_000_000
_JOBS = re.compile(
    r"jobs?|careers?|vacanc|position|opening|opportunit|recruit|hiring|stellen|karriere|emploi"
    r"|vacature|empleo|lavora|praca|stilling",
    re.IGNORECASE,
)
# A profile there says nothing about the domain of whom it belongs to.
_OTHERS = frozenset(
    re.findall(
        r"\S+",
        """
        linkedin.com facebook.com twitter.com x.com instagram.com youtube.com wikipedia.org
        xing.com wikidata.org glassdoor.com indeed.com kununu.com crunchbase.com github.com
        tiktok.com google.com bloomberg.com
        """,
    )
)
_LINES = (
    ("Qualifications", "qualifications"),
    ("Education", "educationRequirements"),
    ("Experience", "experienceRequirements"),
    ("Skills", "skills"),
    ("Responsibilities", "responsibilities"),
    ("Incentives", "incentiveCompensation"),
    ("Benefits", "jobBenefits"),
    ("Industry", "industry"),
    ("Employment", "employmentType"),
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MARKED = re.compile(r"<[a-z/!]|&(?:lt|gt|amp|nbsp|#\d+);", re.IGNORECASE)
_VISIBLE = re.compile(r"[^\W_]")
_DEEPEST = 5


@dataclass(frozen=True)
class Jobs:
    """A site with job adverts; ``memory`` is what was learned of it on earlier visits."""

    plan: Plan
    visit: Visit
    memory: Memory

    @property
    def name(self) -> str:
        """How the source is called."""
        return self.visit.name

    def fetch(self) -> Iterator[Find]:
        """Yield the adverts as documents, those of the first page first."""
        reach = self.visit.reach
        largest = min(reach.limits.largest, self.visit.largest_mb * MEGABYTE)
        reach = reach.but(limits=but(reach.limits, largest=largest))
        yield from walk(self.plan, reach, self.memory, self._read)
        if not any(page.keys for page in self.memory.pages.values()):
            why = (
                f"none of its {len(self.memory.pages)} pages has a job advert that we can read"
            )
            mend = (
                "Give the page that lists the jobs; its adverts must be schema.org JobPosting"
            )
            yield Refusal(self.plan.start, why, mend)

    def _read(self, page: Page) -> Iterator[Draft | Refusal]:
        if not page.is_html:
            return
        items, faults = linked_data(page.tree)
        for fault in faults:
            if "JobPosting" in page.markup:
                yield Refusal(page.url, fault, "Tell who runs the site")
        adverts = [item for item in items if "JobPosting" in types_of(item)]
        met: dict[str, int] = {}
        for item in adverts or microdata(page.tree, "JobPosting"):
            yield from self._advert(item, page, met)

    def _advert(self, item: Item, page: Page, met: dict[str, int]) -> Iterator[Draft | Refusal]:
        title = _plain(item.get("title") or item.get("name"))
        text = _text(item)
        if not _VISIBLE.search(text):
            why = f"the advert {title!r} has no text" if title else "an advert has no text"
            yield Refusal(page.url, why, "Tell who runs the site", field="description")
            return
        address = normal(_first(item.get("url")), page.base) or page.url
        key = _number(item) or address
        met[key] = met.get(key, 0) + 1
        if met[key] > 1 and _number(item):
            return  # the same advert told twice
        published = _day(item.get("datePosted"))
        if published and published > self.visit.today:
            why = f"it was posted in the future, {published}; it is kept without a date"
            yield Refusal(address, why, "Tell who runs the site", field="datePosted")
            published = None
        yield Draft(
            key=key if met[key] == 1 else f"{key}#{met[key]}",
            organisation=self._organisation(item, page),
            text=text,
            title=title or text.partition("\n")[0][:120],
            kind=Kind.JOB_ADVERT,
            published_on=published,
            original=page.answer.body,
            media_type="text/html",
            origins=(address,),
        )

    def _organisation(self, item: Item, page: Page) -> OrganisationDraft:
        """Return who hires: as the advert says, else as we were told, else as the site does."""
        told = item.get("hiringOrganization")
        hiring = told[0] if isinstance(told, list) and told else told
        name = _plain(hiring)
        site = urlsplit(page.url).hostname or page.url
        if name and isinstance(hiring, dict):
            names = (_plain(hiring.get("legalName")), _plain(hiring.get("alternateName")))
            return OrganisationDraft(
                name=name,
                names=tuple(one for one in dict.fromkeys(names) if one and one != name),
                domain=_domain(hiring.get("sameAs")) or _domain(hiring.get("url")),
            )
        if name:
            return OrganisationDraft(name=name)
        said = self.visit.text("organisation") or page.said("og:site_name")
        return OrganisationDraft(name=said or site, domain=registrable(page.url))


def connector(visit: Visit) -> Jobs:
    """Return who reads the job adverts that a source names.

    Raises:
        Invalid: the address is none, or a limit no number.
    """
    told = visit.text("address")
    start = normal(told if "://" in told else f"https://{told}")
    if start is None:
        mend = "write it as https://www.example.com/jobs"
        raise Invalid(field="address", got=told, mend=mend)
    plan = Plan(start=start, pages=max(1, visit.number("pages", 200)), first=_is_about_jobs)
    anew = visit.since is not None
    return Jobs(plan=plan, visit=visit, memory=Memory.of(visit.cursor, plan.manner, anew=anew))


def _is_about_jobs(address: str) -> bool:
    return bool(_JOBS.search(urlsplit(address).path))


def _text(item: Item) -> str:
    """Return what an advert says, and after it who hires, where, and what is asked for."""
    said = _written(item.get("description"))
    lines = [("Hiring organisation", _plain(item.get("hiringOrganization")))]
    lines.append(("Place", _place(item)))
    lines += [(label, _listed(item.get(name))) for label, name in _LINES]
    told = [f"{label}: {line}" for label, line in lines if line and line not in said]
    return "\n\n".join(part for part in (said, "\n".join(told)) if part) if said else ""


def _place(item: Item) -> str:
    """Return where the work is, each place once."""
    told = item.get("jobLocation")
    places = []
    for place in told if isinstance(told, list) else [told]:
        address = place.get("address", place) if isinstance(place, dict) else place
        if isinstance(address, dict):
            names = ("addressLocality", "addressRegion", "addressCountry")
            parts = [_plain(address.get(name)) for name in names]
            address = ", ".join(dict.fromkeys(part for part in parts if part))
        places.append(_plain(address))
    if "TELECOMMUTE" in _plain(item.get("jobLocationType")).upper():
        places.append("remote")
    return "; ".join(dict.fromkeys(place for place in places if place))


def _listed(value: object) -> str:
    values = value if isinstance(value, list) else [value]
    return "; ".join(part for part in map(_written, values) if part)


def _written(value: object, deepest: int = _DEEPEST) -> str:
    """Return a text that may be HTML, or HTML written as text, or an item with a name."""
    if isinstance(value, list):
        return "\n\n".join(filter(None, (_written(one, deepest) for one in value)))
    if isinstance(value, dict):
        if deepest == 0:
            return ""
        names = ("name", "description", "value", "credentialCategory", "text")
        return next(filter(None, (_written(value.get(n), deepest - 1) for n in names)), "")
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    told = str(value)
    if "&lt;" in told and "<" not in told:
        told = unescape(told)
    return html_text(told) if _MARKED.search(told) else clean(told).strip()


def _plain(value: object) -> str:
    return " ".join(_written(_first_of(value)).split())


def _first_of(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _first(value: object) -> str:
    told = _first_of(value)
    return told if isinstance(told, str) else ""


def _number(item: Item) -> str:
    """Return what an advert is numbered by, with who numbers it where that is said."""
    told: Any = _first_of(item.get("identifier"))
    if isinstance(told, dict):
        value, name = _plain(told.get("value")), _plain(told.get("name"))
        return f"{name}: {value}" if name and value else value
    return _plain(told)


def _domain(value: object) -> str | None:
    values = value if isinstance(value, list) else [value]
    for told in values:
        if isinstance(told, str) and told.strip():
            found = registrable(told if "://" in told else f"https://{told.strip()}")
            if found and found not in _OTHERS:
                return found
    return None


def _day(value: object) -> date | None:
    found = _DAY.match(_plain(value))
    with suppress(ValueError):
        return date.fromisoformat(found.group()) if found else None
    return None
