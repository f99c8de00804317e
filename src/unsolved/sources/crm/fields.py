"""What the columns of a CRM can mean: the fields of each object, whatever they are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from unsolved.sources.records import RecordKind


class Object(StrEnum):
    """What a table has rows of."""

    ORGANISATIONS = "organisations"
    PEOPLE = "people"
    DEALS = "deals"
    STAGES = "stages"
    ACTIVITIES = "activities"

    @property
    def kind(self) -> RecordKind:
        """What a row becomes."""
        return _KINDS[self]


_KINDS = {
    Object.ORGANISATIONS: RecordKind.ORGANISATION,
    Object.PEOPLE: RecordKind.PERSON,
    Object.DEALS: RecordKind.DEAL,
    Object.STAGES: RecordKind.STAGE,
    Object.ACTIVITIES: RecordKind.ACTIVITY,
}


class Sort(StrEnum):
    """How the cells of a field are read."""

    TEXT = "text"
    KEY = "key"
    EMAIL = "e-mail address"
    DOMAIN = "domain"
    COUNT = "whole number"
    MONEY = "money"
    SHARE = "share"
    """Between 0 and 1, also told in per cent."""

    LENGTH = "seconds"
    MOMENT = "moment"
    TIME = "time of day"
    FLAG = "yes or no"
    CURRENCY = "currency"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a row can say; with ``many`` several columns may: the first filled counts."""

    name: str
    does: str
    sort: Sort = Sort.TEXT
    many: bool = False


def _key(does: str) -> Field:
    return Field("key", does, Sort.KEY)


_OWNER = Field("owner", "who of the sellers it belongs to", many=True)
_CREATED = Field("created", "when it was entered", Sort.MOMENT)
_CHANGED = Field("changed", "when it was last changed", Sort.MOMENT)
_DELETED = Field("deleted", "yes: it was deleted in the CRM", Sort.FLAG, many=True)
_CURRENT = Field("current", "no: an earlier version of the row", Sort.FLAG)
_ORGANISATION = Field("organisation", "the name of the organisation", many=True)
_ORGANISATION_KEY = Field(
    "organisation_key", "the key of the organisation's row", Sort.KEY, many=True
)
_PERSON_KEY = Field("person_key", "the key of the person's row", Sort.KEY, many=True)
_DEAL_KEY = Field("deal_key", "the key of the deal's row", Sort.KEY)
_DEAL = Field("deal", "the name of the deal")
_ABOUT = (
    _ORGANISATION,
    _ORGANISATION_KEY,
    Field("organisation_domain", "the domain of the organisation", Sort.DOMAIN, many=True),
    Field("organisation_country", "the country of the organisation", Sort.COUNTRY, many=True),
    Field("organisation_industry", "the industry of the organisation", many=True),
)
_LAST = (_OWNER, _CREATED, _CHANGED, _DELETED, _CURRENT)

FIELDS: Mapping[Object, Sequence[Field]] = {
    Object.ORGANISATIONS: (
        _key("what the CRM numbers the organisation by"),
        Field("name", "its name"),
        Field("domain", "its domain, or the address of its site", Sort.DOMAIN, many=True),
        Field("industry", "its industry", many=True),
        Field("country", "its country", Sort.COUNTRY, many=True),
        Field("employees", "how many people work there", Sort.COUNT),
        Field("revenue", "its revenue in a year, as the row says it"),
        Field("parent", "the name of the organisation it belongs to"),
        Field("parent_key", "the key of the organisation it belongs to", Sort.KEY),
        Field("ticker", "its ticker at a stock exchange"),
        Field("phone", "its telephone number", many=True),
        Field("about", "what it does"),
        *_LAST,
    ),
    Object.PEOPLE: (
        _key("what the CRM numbers the person by"),
        Field("name", "the whole name"),
        Field("first_name", "the given name"),
        Field("last_name", "the family name"),
        Field("email", "the e-mail address", Sort.EMAIL, many=True),
        Field("title", "the position"),
        Field("phone", "the telephone number", many=True),
        *_ABOUT,
        *_LAST,
    ),
    Object.DEALS: (
        _key("what the CRM numbers the deal by"),
        Field("name", "its name"),
        *_ABOUT,
        _PERSON_KEY,
        Field("person_name", "the name of the contact"),
        Field("person_email", "the e-mail address of the contact", Sort.EMAIL, many=True),
        Field("amount", "what it is worth", Sort.MONEY),
        Field("currency", "the currency of the amount", Sort.CURRENCY),
        Field("stage", "the stage it is in"),
        Field("pipeline", "the pipeline it is in"),
        Field("probability", "how likely it is to be won", Sort.SHARE),
        Field("closed", "when it was or will be closed", Sort.MOMENT),
        Field("is_won", "whether it was won", Sort.FLAG),
        Field("is_closed", "whether it is closed", Sort.FLAG),
        Field("status", "open, won or lost"),
        Field("lost_reason", "why it was lost", many=True),
        Field("next_step", "what is to be done next"),
        Field("about", "what it is about"),
        *_LAST,
    ),
    Object.STAGES: (
        _key("what the CRM numbers the change by"),
        _DEAL_KEY,
        _DEAL,
        Field("stage", "the stage that was entered"),
        Field("from_stage", "the stage that was left"),
        Field("at", "when", Sort.MOMENT),
        Field("amount", "what the deal was worth then", Sort.MONEY),
        Field("currency", "the currency of the amount", Sort.CURRENCY),
        Field("probability", "how likely it was to be won then", Sort.SHARE),
        _ORGANISATION_KEY,
        _OWNER,
        Field("deleted", "yes: it was deleted in the CRM", Sort.FLAG, many=True),
    ),
    Object.ACTIVITIES: (
        _key("what the CRM numbers the activity by"),
        Field("type", "e-mail, call, meeting, note or task", many=True),
        Field("at", "when it was or will be", Sort.MOMENT, many=True),
        Field("time", "the time of day, where `at` has only the date", Sort.TIME),
        Field("subject", "what it was about, in a line"),
        Field("text", "what was written or said", many=True),
        *_ABOUT,
        _PERSON_KEY,
        Field("person_email", "the e-mail address of the other side", Sort.EMAIL, many=True),
        Field("person_name", "the name of the other side", many=True),
        _DEAL_KEY,
        _DEAL,
        Field(
            "about_key", "a Salesforce WhatId: of a deal (006) or organisation (001)", Sort.KEY
        ),
        Field("direction", "in or out"),
        Field("duration", "how long it took, in seconds", Sort.LENGTH, many=True),
        Field("status", "how far it is: done, planned, …"),
        *_LAST,
    ),
}

ORDER: Sequence[Object] = tuple(FIELDS)
"""In which tables of an export are read: what others point to comes first."""


def field_of(thing: Object, name: str) -> Field | None:
    """Return the field of that name."""
    return _BY_NAME[thing].get(name)


_BY_NAME = {thing: {field.name: field for field in fields} for thing, fields in FIELDS.items()}
