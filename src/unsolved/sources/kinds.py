"""Every kind of source: what it reads, what a person must say for it, and who reads it.

Commands, pages and their checks are made from this table; a new connector is a module with a
function ``connector(visit)`` and an entry here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from unsolved.errors import Invalid, NotFound
from unsolved.sources.connector import Connector, Making, Visit
from unsolved.sources.reach import Reach

HOUR, DAY = 60, 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing a person says about a source."""

    name: str
    does: str
    required: bool = False
    secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceKind:
    """A kind of source; ``every`` is how often it is visited unless a person says otherwise."""

    name: str
    does: str
    module: str
    settings: Sequence[Setting]
    every: int | None


def _kind(name: str, does: str, every: int | None, *settings: Setting) -> SourceKind:
    module = name.replace("-", "_")
    return SourceKind(name=name, does=does, module=module, settings=settings, every=every)


def _must(name: str, does: str) -> Setting:
    return Setting(name=name, does=does, required=True)


def _may(name: str, does: str) -> Setting:
    return Setting(name=name, does=does)


def _secret(name: str, does: str, *, required: bool = True) -> Setting:
    return Setting(name=name, does=does, required=required, secret=True)


_ORGANISATION = _may("organisation", "whom it is about, where the text does not say")
_OWN = _may("own", "your own domains, so that the other side is whom it is about")
_PATH = _must("path", "the file or folder on this machine")

KINDS: Mapping[str, SourceKind] = {
    kind.name: kind
    for kind in (
        _kind(
            "folder",
            "A folder of documents: Markdown, text, HTML, PDF, Word, JSON lines.",
            None,
            _PATH,
            _ORGANISATION,
            _may("kind", "what sort of documents they are, where they do not say"),
        ),
        _kind(
            "organisations-csv",
            "A table of organisations of our own making: name, domain, industry, country.",
            None,
            _PATH,
        ),
        _kind(
            "edgar",
            "Filings with the SEC: 10-K, 10-Q and 8-K with their exhibits.",
            DAY,
            _must("companies", "tickers or CIKs, parted by commas, or a file with one a line"),
            _must("contact", "your name and e-mail address; the SEC asks who is reading"),
            _may("forms", "which forms; 10-K, 10-Q, 8-K unless said"),
            _may("years", "how many years back on the first visit; 3 unless said"),
            _may("address", "where EDGAR is; for a mirror"),
        ),
        _kind(
            "feed",
            "An RSS, Atom or JSON feed.",
            HOUR,
            _must("address", "the address of the feed"),
            _ORGANISATION,
            _may("kind", "what sort of texts they are; news unless said"),
            _may("whole", "yes: read the page behind each entry too"),
        ),
        _kind(
            "site",
            "The pages of a site, as its robots.txt and sitemap allow.",
            7 * DAY,
            _must("address", "where to begin"),
            _ORGANISATION,
            _may("pages", "at most so many pages; 200 unless said"),
            _may("depth", "at most so many links from the beginning; 3 unless said"),
            _may("only", "only addresses that begin with this"),
        ),
        _kind(
            "jobs",
            "Job adverts on a site, as schema.org JobPosting.",
            DAY,
            _must("address", "the page that lists the jobs"),
            _ORGANISATION,
            _may("pages", "at most so many pages; 200 unless said"),
        ),
        _kind(
            "imap",
            "A mailbox over IMAP.",
            15,
            _must("host", "the server, as imap.example.com or imap.example.com:993"),
            _must("user", "the name to sign in with"),
            _secret("password", "the password, or one made for this program"),
            _may("folders", "which folders; INBOX and the sent ones unless said"),
            _may("security", "tls unless said; starttls, or none on this machine"),
            _OWN,
            _may("attachments", "yes: read attached texts too"),
        ),
        _kind(
            "mail",
            "Mail in files: mbox, eml, or a Maildir.",
            None,
            _PATH,
            _OWN,
            _may("attachments", "yes: read attached texts too"),
        ),
        _kind(
            "calendar",
            "A calendar as an ics file or feed.",
            HOUR,
            _must("address", "the file, or the address of the feed"),
            _OWN,
            _may("days", "so many days back and ahead that recurring meetings are told; 365"),
        ),
        _kind(
            "transcripts",
            "Transcripts of calls: WebVTT, SRT, text, or a recorder's JSON.",
            None,
            _PATH,
            _ORGANISATION,
            _OWN,
        ),
        _kind(
            "crm-file",
            "A table out of a CRM, CSV or XLSX.",
            None,
            _PATH,
            _may("layout", "hubspot, salesforce, pipedrive or any; guessed unless said"),
            _may("object", "organisations, people, deals, activities or stages; guessed"),
            _may("mapping", "column = field, parted by commas; guessed or remembered"),
            _may("dates", "day-first or month-first, where the file leaves it open"),
            _may("numbers", "point or comma for decimals, where the file leaves it open"),
            _may("encoding", "as utf-8 or cp1252, where it is guessed wrongly"),
            _may("timezone", "where moments without a zone are meant; UTC unless said"),
        ),
        _kind(
            "hubspot",
            "HubSpot, through its API.",
            HOUR,
            _secret("token", "the token of a private app"),
            _may("address", "where the API is; for tests"),
            _may("objects", "which of companies, contacts, deals, activities; all unless said"),
        ),
        _kind(
            "salesforce",
            "Salesforce, through its API.",
            HOUR,
            _must("address", "your instance, as https://acme.my.salesforce.com"),
            _secret("token", "an access token; or client_id and client_secret", required=False),
            _secret("client_id", "of a connected app", required=False),
            _secret("client_secret", "of a connected app", required=False),
            _may("objects", "which of accounts, contacts, opportunities, activities; all"),
        ),
    )
}


def kind(name: str) -> SourceKind:
    """Return the kind of that name.

    Raises:
        NotFound: there is none.
    """
    if name not in KINDS:
        raise NotFound(kind=name, known=", ".join(KINDS))
    return KINDS[name]


def checked(name: str, told: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a person said about a source, as settings and secrets.

    Raises:
        NotFound: there is no such kind.
        Invalid: something is missing, or means nothing to this kind.
    """
    wanted = {setting.name: setting for setting in kind(name).settings}
    for field in told:
        if field not in wanted:
            raise Invalid(
                field=field, mend=f"a source of kind {name} knows {', '.join(wanted)}"
            )
    given = {field: text.strip() for field, text in told.items() if text.strip()}
    for setting in wanted.values():
        if setting.required and setting.name not in given:
            raise Invalid(field=setting.name, mend=f"say {setting.does}")
    settings = {name: text for name, text in given.items() if not wanted[name].secret}
    return settings, {name: text for name, text in given.items() if wanted[name].secret}


def connector(name: str, visit: Visit) -> Connector:
    """Return who reads a source of that kind.

    Raises:
        NotFound: there is no such kind.
        Invalid: a setting cannot be used.
    """
    module = import_module(f"unsolved.sources.connectors.{kind(name).module}")
    making: Making = module.connector
    return making(visit)


def refuse_unusable(
    name: str, settings: Mapping[str, str], secrets: Mapping[str, str], now: datetime
) -> None:
    """Say at once what a visit would say about the settings; nothing is reached for.

    Raises:
        NotFound: there is no such kind.
        Invalid: a setting cannot be used.
    """
    connector(
        name, Visit(name=name, settings=settings, secrets=secrets, now=now, reach=Reach())
    )
