"""Which objects of Salesforce are read, and which of their fields."""

from collections.abc import Mapping
from dataclasses import dataclass

from unsolved.sources.records import RecordKind

NEEDED = ("Id", "SystemModstamp", "IsDeleted")
_ALWAYS = (*NEEDED, "CreatedDate", "LastModifiedDate", "Owner.Name")


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of object, as the API calls it; a field that an org lacks is left out."""

    name: str
    kind: RecordKind
    fields: tuple[str, ...]


ACCOUNT = Table(
    "Account",
    RecordKind.ORGANISATION,
    (
        *_ALWAYS,
        *("Name", "Website", "Industry", "BillingCountry", "NumberOfEmployees"),
        *("AnnualRevenue", "CurrencyIsoCode", "TickerSymbol", "ParentId", "Parent.Name"),
        *("Type", "Phone", "Description"),
    ),
)
CONTACT = Table(
    "Contact",
    RecordKind.PERSON,
    (
        *_ALWAYS,
        *("Name", "FirstName", "LastName", "Email", "Title", "Phone", "MobilePhone"),
        *("Department", "AccountId"),
    ),
)
LEAD = Table(
    "Lead",
    RecordKind.PERSON,
    (
        *_ALWAYS,
        *("Name", "FirstName", "LastName", "Email", "Title", "Phone", "MobilePhone"),
        *("Company", "Website", "Industry", "Country", "NumberOfEmployees", "Status"),
        *("LeadSource", "IsConverted", "ConvertedAccountId", "ConvertedContactId"),
    ),
)
OPPORTUNITY = Table(
    "Opportunity",
    RecordKind.DEAL,
    (
        *_ALWAYS,
        *("Name", "AccountId", "ContactId", "Amount", "CurrencyIsoCode", "StageName"),
        *("Probability", "CloseDate", "IsWon", "IsClosed", "Type", "LeadSource", "NextStep"),
        *("Description", "RecordType.Name"),
    ),
)
TASK = Table(
    "Task",
    RecordKind.ACTIVITY,
    (
        *_ALWAYS,
        *("Subject", "Description", "Status", "IsClosed", "Priority", "ActivityDate"),
        *("CompletedDateTime", "TaskSubtype", "CallType", "CallDurationInSeconds", "WhoId"),
        *("WhatId", "AccountId", "Account.Name", "Account.Website"),
    ),
)
EVENT = Table(
    "Event",
    RecordKind.ACTIVITY,
    (
        *_ALWAYS,
        *("Subject", "Description", "StartDateTime", "EndDateTime", "DurationInMinutes"),
        *("ActivityDate", "Location", "WhoId", "WhatId", "AccountId", "Account.Name"),
        "Account.Website",
    ),
)
HISTORY = (
    *("Id", "OpportunityId", "StageName", "Amount", "Probability", "CloseDate", "CreatedDate"),
    "CreatedBy.Name",
)
GROUPS: Mapping[str, tuple[Table, ...]] = {
    "accounts": (ACCOUNT,),
    "contacts": (CONTACT, LEAD),
    "opportunities": (OPPORTUNITY,),
    "activities": (TASK, EVENT),
}
