"""Documents, and the organisations they are about."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256


class Kind(StrEnum):
    """What sort of text a document is."""

    FILING = "filing"
    NEWS = "news"
    AUDIT = "audit"
    INTERVIEW = "interview"
    JOB_ADVERT = "job advert"
    POST = "post"
    TRANSCRIPT = "transcript"
    EMAIL = "e-mail"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDraft:
    """An organisation as a source names it, before we know whether we have met it.

    ``names`` are further names of the same organisation. ``revenue`` is as the source says
    it, currency and year included; ``employees`` is a head count.
    """

    name: str
    names: tuple[str, ...] = ()
    domain: str | None = None
    industry: str | None = None
    country: str | None = None
    employees: int | None = None
    revenue: str | None = None
    identifiers: tuple[str, ...] = ()
    """What somebody numbers it by, scheme first: ``cik:0000104169``, ``ticker:WMT``."""

    parent: str | None = None
    """The name of the organisation it belongs to."""

    def __post_init__(self) -> None:
        """Refuse an organisation with no name."""
        if not self.name.strip():
            raise ValueError("an organisation needs a name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document as its source gave it, before we have decided to keep it.

    ``key`` is what the source calls it and stays the same when the text changes; ``text`` is
    what is read and quoted; ``original`` the bytes as received; ``origins`` addresses where
    the text, or the facts in it, can be found.
    """

    key: str
    organisation: OrganisationDraft
    text: str
    title: str
    kind: Kind
    published_on: date | None
    original: bytes
    media_type: str = "text/plain"
    origins: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What changes exactly when the document does: its text, or what is said about it."""
        told = (self.organisation.name, self.title, self.kind, self.published_on, self.origins)
        return sha256(f"{told!r}\n{self.text}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something a connector could not read: where it stands, why, and how to mend it."""

    place: str
    why: str
    mend: str
    line: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        where = self.place if self.line is None else f"{self.place}, line {self.line}"
        if self.field:
            where += f", {self.field}"
        return f"{where}: {self.why}. {self.mend}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One identity, many names. ``names`` does not repeat ``name``."""

    id: int
    name: str
    names: tuple[str, ...]
    domain: str | None
    industry: str | None
    country: str | None
    employees: int | None
    revenue: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text as received, with its origin, date, kind and digest; it never changes.

    A changed document is a new version with the same ``source`` and ``key``, and its own id;
    ``is_current`` is true of the newest.
    """

    id: int
    organisation_id: int
    organisation: str
    source: str
    key: str
    version: int
    is_current: bool
    title: str
    kind: Kind
    published_on: date | None
    received_at: datetime
    origins: tuple[str, ...]
    digest: str
    text: str
