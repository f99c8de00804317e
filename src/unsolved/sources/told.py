"""What a file or a row says about its document, and what we make of it.

The same names serve front matter and JSONL: ``organisation`` (or ``org``), ``domain``,
``industry``, ``country``, ``names``, ``title``, ``kind`` (or ``form``), ``published`` (or
``date``), ``sources`` (or ``url``). Others are let be.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from unsolved.errors import Unreadable
from unsolved.sources.model import Kind, OrganisationDraft
from unsolved.sources.parsing import clean

Facts = Mapping[str, object]

# Other words for a kind; the first that occurs in what was told decides.
_KINDS = (
    (
        re.compile(r"\b(?:10-?[kq]|8-?k|20-?f|6-?k|def ?14a|annual report|prospectus)\b"),
        Kind.FILING,
    ),
    (re.compile(r"\b(?:filing|ex-\d+)"), Kind.FILING),
    (re.compile(r"\b(?:gao|audit|inspector)\b"), Kind.AUDIT),
    (re.compile(r"\b(?:transcript|call|meeting)\b"), Kind.TRANSCRIPT),
    (re.compile(r"\binterview\b"), Kind.INTERVIEW),
    (re.compile(r"\b(?:job|vacancy)\b"), Kind.JOB_ADVERT),
    (re.compile(r"\b(?:e-?mail|mail)\b"), Kind.EMAIL),
    (re.compile(r"\b(?:news|press|article)\b"), Kind.NEWS),
    (re.compile(r"\b(?:post|blog)\b"), Kind.POST),
    (re.compile(r"\b(?:note|memo)s?\b"), Kind.NOTE),
)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_IN_NAME = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault is told to be: a file, and the line when there is one."""

    where: str
    line: int | None = None

    def unreadable(self, why: str, mend: str) -> Unreadable:
        """Return the error for a fault here."""
        return Unreadable(where=self.where, why=why, mend=mend, line=self.line)


def text_of(facts: Facts, *names: str) -> str | None:
    """Return the first of the named facts that says something."""
    for name in names:
        value = facts.get(name)
        if isinstance(value, str | int | float) and (told := clean(str(value)).strip()):
            return told
    return None


def texts_of(facts: Facts, name: str) -> tuple[str, ...]:
    """Return a fact that may be one text or a list of them."""
    value = facts.get(name)
    values = value if isinstance(value, list) else [value]
    return tuple(clean(v).strip() for v in values if isinstance(v, str) and v.strip())


def organisation_of(facts: Facts, otherwise: str | None, place: Place) -> OrganisationDraft:
    """Return whom a document is about: as it says itself, or ``otherwise``.

    Raises:
        Unreadable: neither is known.
    """
    name = text_of(facts, "organisation", "org") or otherwise
    if not name:
        mend = (
            "Name it in the document (`organisation: …`), put the file in a sub-folder with its"
            " name, or name it with --organisation"
        )
        raise place.unreadable("it does not say which organisation it is about", mend)
    return OrganisationDraft(
        name=name,
        names=texts_of(facts, "names"),
        domain=text_of(facts, "domain"),
        industry=text_of(facts, "industry"),
        country=text_of(facts, "country"),
    )


def kind_of(facts: Facts, otherwise: Kind | None, place: Place) -> Kind:
    """Return the kind of a document: as it says itself, or ``otherwise``, or a note.

    Raises:
        Unreadable: what it says is no kind.
    """
    told = text_of(facts, "kind")
    form = text_of(facts, "form")
    if not told:
        return otherwise or (form and kind_named(form)) or Kind.NOTE
    kind = kind_named(told)
    if kind is None:
        raise place.unreadable(f"kind {told!r} is not known", f"Write one of {', '.join(Kind)}")
    return kind


def published_of(facts: Facts, today: date, place: Place) -> date | None:
    """Return when a document was published, or None when nobody says so.

    A year or a month alone counts as its last day: by then it was out.

    Raises:
        Unreadable: it is no date, or in the future.
    """
    told = text_of(facts, "published", "date")
    if told is None:
        name = _IN_NAME.search(place.where.rpartition("/")[2])
        told = name.group() if name and place.line is None else None
    if told is None:
        return None
    first, last = _days(told, place)
    if first > today:
        mend = "correct it or leave it out"
        raise place.unreadable(f"published is in the future: {first}", mend)
    return min(last, today)


def kind_named(told: str) -> Kind | None:
    """Return the kind that a word stands for: its own name, or another that people use.

    >>> kind_named("10-K"), kind_named("earnings call"), kind_named("a poem")
    (<Kind.FILING: 'filing'>, <Kind.TRANSCRIPT: 'transcript'>, None)
    """
    plain = told.casefold()
    if plain in set(Kind):
        return Kind(plain)
    return next((kind for pattern, kind in _KINDS if pattern.search(plain)), None)


def _days(told: str, place: Place) -> tuple[date, date]:
    """Return the first and the last day that a date can mean."""
    found = _COMPACT.match(told) or _DATE.match(told)
    year, month, day = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        mend = "Write it as year-month-day, for example 2021-03-31"
        raise place.unreadable(f"published is no date: {told!r}", mend) from error
    if day:
        return first, first
    month = month or 12
    return first, date(first.year, month, monthrange(first.year, month)[1])
