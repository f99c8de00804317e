"""What HubSpot's numbers stand for: owners, pipelines, stages, companies."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from unsolved.errors import SourceRefused
from unsolved.sources.cells import text_of
from unsolved.sources.connectors.hubspot.client import Client, Json, NotAllowed
from unsolved.sources.domains import is_free_mail
from unsolved.sources.identity import domain_key
from unsolved.sources.model import OrganisationDraft, Refusal

BATCH = 100  # objects that one request may read
MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a pipeline: what people call it, and whether a deal ends in it."""

    label: str
    is_closed: bool | None = None
    is_won: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Names by number; what is not there is called by its number."""

    owners: Mapping[str, str] = field(default_factory=dict)
    pipelines: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, Stage] = field(default_factory=dict)
    currency: str | None = None

    def owner(self, id: str | None) -> str | None:  # noqa: A002
        """Return who owns something."""
        return self.owners.get(id, id) if id else None

    def pipeline(self, id: str | None) -> str | None:  # noqa: A002
        """Return what a pipeline is called."""
        return self.pipelines.get(id, id) if id else None

    def stage(self, id: str | None) -> Stage | None:  # noqa: A002
        """Return a stage."""
        return self.stages.get(id, Stage(id)) if id else None


def naming(client: Client, *, has_deals: bool) -> Iterator[Naming | Refusal]:
    """Yield what could not be asked, and in the end the names.

    Raises:
        SourceRefused, SourceDown: as the client.
    """
    owners: dict[str, str] = {}
    try:
        for archived in ("false", "true"):
            for page in client.pages(f"/crm/v3/owners?limit=100&archived={archived}"):
                owners |= {i: n for i, n in map(_owner, page) if i and n and i not in owners}
    except NotAllowed:
        yield not_allowed("owners", "crm.objects.owners.read")
    pipelines: dict[str, str] = {}
    stages: dict[str, Stage] = {}
    currency = None
    if has_deals:
        try:
            for page in client.pages("/crm/v3/pipelines/deals"):
                for one in page:
                    id_ = text_of(one.get("id")) or ""
                    pipelines[id_] = text_of(one.get("label")) or id_
                    stages |= dict(_stages(one))
        except NotAllowed:
            yield not_allowed("pipelines", "crm.objects.deals.read")
        currency = _currency(client)
    yield Naming(owners=owners, pipelines=pipelines, stages=stages, currency=currency)


def not_allowed(what: str, scope: str) -> Refusal:
    """Return what a person must do about something that the token may not read."""
    mend = f"Add the scope {scope} to the private app in HubSpot"
    return Refusal(what, "the token may not read them", mend)


class Companies:
    """Remembers what companies are called, and asks for those it does not know."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: dict[str, OrganisationDraft | None] = {}

    def know(self, id: str, company: OrganisationDraft | None) -> None:  # noqa: A002
        """Remember one."""
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[id] = company

    def ask(self, ids: Iterable[str]) -> None:
        """Ask for those that are not known yet; who may not be read stays unknown."""
        ids = set(ids)
        unknown = sorted(ids - self._known.keys())
        if not unknown:
            return
        if len(self._known) + len(unknown) > MOST_REMEMBERED:
            self._known.clear()
            unknown = sorted(ids)
        self._known |= dict.fromkeys(unknown)
        wanted = ["name", "domain", "website"]
        path = "/crm/v3/objects/companies/batch/read"
        try:
            for one in self._client.batch(path, unknown, BATCH, properties=wanted):
                self._known[str(one.get("id"))] = named_company(one.get("properties"))
        except SourceRefused:
            return

    def get(self, id: str | None) -> OrganisationDraft | None:  # noqa: A002
        """Return one, if it is known."""
        return self._known.get(id) if id else None


def named_company(properties: object) -> OrganisationDraft | None:
    """Return whom properties name: by the name, or else by the domain."""
    if not isinstance(properties, dict):
        return None
    domain = domain_of(text_of(properties.get("domain")) or text_of(properties.get("website")))
    name = text_of(properties.get("name")) or domain
    return OrganisationDraft(name=name, domain=domain) if name else None


def domain_of(told: str | None) -> str | None:
    """Return the domain of a company; a mailbox for all is none.

    >>> domain_of("https://www.acme.com/about"), domain_of("gmail.com")
    ('acme.com', None)
    """
    domain = domain_key(told) if told else ""
    return domain if "." in domain and " " not in domain and not is_free_mail(domain) else None


def _owner(told: Json) -> tuple[str | None, str | None]:
    parts = (text_of(told.get("firstName")), text_of(told.get("lastName")))
    name = " ".join(part for part in parts if part)
    return text_of(told.get("id")), name or text_of(told.get("email"))


def _stages(pipeline: Json) -> Iterator[tuple[str, Stage]]:
    stages = pipeline.get("stages")
    for one in stages if isinstance(stages, list) else ():
        if not isinstance(one, dict) or not (id_ := text_of(one.get("id"))):
            continue
        about = one.get("metadata")
        about = about if isinstance(about, dict) else {}
        is_closed = {"true": True, "false": False}.get(text_of(about.get("isClosed")) or "")
        chance = text_of(about.get("probability"))
        is_won = None if is_closed is None else is_closed and chance in {"1", "1.0"}
        yield id_, Stage(text_of(one.get("label")) or id_, is_closed, is_won)


def _currency(client: Client) -> str | None:
    """Return what amounts are in where a deal does not say it."""
    try:
        told = client.get("/account-info/v3/details").told
    except SourceRefused:
        return None
    return text_of(told.get("companyCurrency"))
