"""What the cells of a row were read as becomes a record of our own words."""

from datetime import datetime, time, timedelta
from functools import lru_cache

from unsolved.sources.crm.columns import Kept
from unsolved.sources.crm.fields import FIELDS, Object, Sort
from unsolved.sources.crm.known import Known
from unsolved.sources.crm.mapping import Mapping, zone_of
from unsolved.sources.crm.parties import OF_PERSON, PartiesOf, Values
from unsolved.sources.crm.settling import currency_in
from unsolved.sources.crm.words import meaning, meanings
from unsolved.sources.model import OrganisationDraft
from unsolved.sources.records import PersonDraft, RecordDraft, RecordKind

_LONGEST_TITLE = 300
_ABOUT = {
    "006": "deal_key",
    "001": "organisation_key",
    "003": "person_key",
    "00Q": "person_key",
}
_MOMENTS = {
    thing: frozenset(field.name for field in fields if field.sort is Sort.MOMENT)
    for thing, fields in FIELDS.items()
}


class Drafting:
    """Makes the records of one table; ``type_`` is what activities are that do not say it."""

    def __init__(
        self, mapping: Mapping, fields: frozenset[str], known: Known, *, type_: str
    ) -> None:
        thing = mapping.object
        self._known, self._type = known, type_
        self._currency, self._zone = currency_in(mapping), zone_of(mapping.timezone)
        address = {"person_email"} if thing is Object.PEOPLE else set()
        self._parties = PartiesOf(fields | address)
        self._has_parties = bool(fields & {"organisation", "organisation_domain", *OF_PERSON})
        self._moments = tuple(sorted(fields & _MOMENTS[thing] - {"at"}))
        self._types: Kept[str, str] = Kept(_type)
        self._directions: Kept[str, str] = Kept(
            lambda told: meaning("directions", told) or told
        )
        self._make = {
            Object.ORGANISATIONS: self._organisation,
            Object.PEOPLE: self._person,
            Object.DEALS: self._deal,
            Object.STAGES: self._stage,
            Object.ACTIVITIES: self._activity,
        }[thing]

    def draft(self, key: str, values: Values, received: str) -> RecordDraft:
        """Return the record that a row is; ``values`` become its facts."""
        known = self._known
        at = values.pop("at", None) or values.get("created")
        if at is not None and not isinstance(at, datetime):
            at = datetime.combine(at, time(), self._zone)
        for name in self._moments:
            if name in values:
                values[name] = values[name].isoformat()
        if known.names and (owner := values.get("owner")):
            values["owner"] = known.named("owner", owner)
        return self._make(key, values, received, at)

    def _organisation(
        self, key: str, values: Values, received: str, at: datetime | None
    ) -> RecordDraft:
        name, domain = values.get("name"), values.get("domain")
        parent_key, ticker = values.get("parent_key"), values.get("ticker")
        organisation, called = None, name or domain
        if called:
            organisation = OrganisationDraft(
                name=called,
                domain=domain,
                industry=values.get("industry"),
                country=values.get("country"),
                employees=values.get("employees"),
                revenue=values.get("revenue"),
                identifiers=(f"ticker:{ticker}",) if ticker else (),
                parent=values.get("parent"),
            )
            self._known.met("organisation_key", key, organisation)
        return RecordDraft(
            kind=RecordKind.ORGANISATION,
            key=key,
            title=called or f"organisation {key}",
            at=at,
            organisation=organisation,
            organisation_key=parent_key,
            facts=values,
            received=received,
        )

    def _person(
        self, key: str, values: Values, received: str, at: datetime | None
    ) -> RecordDraft:
        organisation_key = self._keys(values, "person_key", key).get("organisation_key")
        first, last, email = (
            values.get("first_name"),
            values.get("last_name"),
            values.get("email"),
        )
        name = values.get("name") or " ".join(filter(None, (first, last)))
        values["person_email"] = email
        parties = self._parties(values, has_key=bool(organisation_key))
        del values["person_email"]
        person = None
        if name or email:
            if name:
                values["name"] = name
            person = PersonDraft(
                name=name,
                email=email,
                title=values.get("title"),
                phone=values.get("phone"),
                organisation=parties.organisation,
            )
        if whose := parties.organisation or self._known.about(
            organisation_key=organisation_key
        ):
            self._known.met("person_key", key, whose)
        return RecordDraft(
            kind=RecordKind.PERSON,
            key=key,
            title=name or email or f"person {key}",
            at=at,
            organisation=parties.organisation,
            organisation_key=organisation_key,
            person=person,
            facts=values,
            received=received,
        )

    def _deal(
        self, key: str, values: Values, received: str, at: datetime | None
    ) -> RecordDraft:
        keys = self._keys(values, "deal_key", key)
        self._value(values)
        self._ended(values)
        organisation_key = keys.get("organisation_key")
        parties = self._parties(values, has_key=bool(organisation_key))
        if whose := parties.organisation or self._known.about(**keys):
            self._known.met("deal_key", key, whose)
        return RecordDraft(
            kind=RecordKind.DEAL,
            key=key,
            title=values.get("name") or f"deal {key}",
            at=at,
            organisation=parties.organisation,
            organisation_key=organisation_key,
            person=parties.person,
            person_key=keys.get("person_key"),
            facts=values,
            received=received,
        )

    def _stage(
        self, key: str, values: Values, received: str, at: datetime | None
    ) -> RecordDraft:
        self._value(values)
        self._ended(values)
        return RecordDraft(
            kind=RecordKind.STAGE,
            key=key,
            title=values.get("stage", ""),
            at=at,
            organisation_key=values.pop("organisation_key", None),
            deal_key=values.pop("deal_key", None),
            facts=values,
            received=received,
        )

    def _activity(
        self, key: str, values: Values, received: str, at: datetime | None
    ) -> RecordDraft:
        keys = self._keys(values, "activity_key", key)
        told = values.get("type")
        values["type"] = type_ = self._types[told] if told else self._type
        if "direction" in values:
            values["direction"] = self._directions[values["direction"]]
        if "time" in values:
            at = _later(at, values.pop("time"))
        organisation_key = keys.get("organisation_key")
        organisation = person = None
        if self._has_parties:
            organisation, person = self._parties(values, has_key=bool(organisation_key))
        return RecordDraft(
            kind=RecordKind.ACTIVITY,
            key=key,
            title=values.get("subject") or _title(values, type_),
            at=at,
            organisation=organisation,
            organisation_key=organisation_key,
            person=person,
            person_key=keys.get("person_key"),
            deal_key=keys.get("deal_key"),
            facts=values,
            received=received,
        )

    def _keys(self, values: Values, own: str, key: str) -> dict[str, str]:
        """Take the keys of other rows out of the cells, and add those that links tell."""
        keys: dict[str, str] = {}
        for name in ("organisation_key", "person_key", "deal_key"):
            if name in values:
                keys[name] = values.pop(name)
        if "about_key" in values:
            about = values.pop("about_key")
            if field := _ABOUT.get(about[:3]):
                keys.setdefault(field, about)
        if self._known.links:
            keys = {**self._known.linked(own, key), **keys}
        return keys

    def _value(self, values: Values) -> None:
        """Part the amount from its currency."""
        money = values.get("amount")
        if money is None:
            return
        values["amount"] = money.amount
        if currency := values.get("currency") or money.currency or self._currency:
            values["currency"] = currency

    def _ended(self, values: Values) -> None:
        """Say by the stage, or by the status, whether a deal is closed and won."""
        stage = values.get("stage")
        if stage and self._known.names:
            if stage in self._known.ends:
                values.setdefault("is_closed", True)
                values.setdefault("is_won", self._known.ends[stage])
            values["stage"] = self._known.named("stage", stage)
        if pipeline := values.get("pipeline"):
            values["pipeline"] = self._known.named("pipeline", pipeline)
        end = _end(values.get("status") or "") or _end(stage or "")
        if end:
            values.setdefault("is_closed", end != "open")
            if end != "open":
                values.setdefault("is_won", end == "won")


def _later(at: datetime | None, since: timedelta) -> datetime | None:
    """Return a day with its time of day; what has one already keeps it."""
    return at + since if at is not None and at.time() == time() else at


def _type(told: str) -> str:
    """Return one of our words for what an activity is, or the CRM's."""
    return meaning("types", told) or told.casefold()


def _title(values: Values, type_: str) -> str:
    text = values.get("text")
    if not text:
        return type_
    first: str = text.partition("\n")[0].strip()
    return first if len(first) <= _LONGEST_TITLE else f"{first[:_LONGEST_TITLE]}…"


@lru_cache(maxsize=1_000)
def _end(told: str) -> str | None:
    return meanings("ends").get(told.strip().casefold())
