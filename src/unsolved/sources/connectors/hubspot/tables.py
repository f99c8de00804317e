"""Which objects of HubSpot are read, and which of their properties."""

from collections.abc import Mapping
from dataclasses import dataclass

from unsolved.sources.records import RecordKind

_ALWAYS = ("hs_object_id", "hubspot_owner_id", "hs_merged_object_ids")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One kind of object, as the API calls it.

    ``changed`` is the property that says when it last changed; ``type`` what sort of activity
    it is; ``scope`` what the token must be allowed.
    """

    name: str
    kind: RecordKind
    properties: tuple[str, ...]
    scope: str
    changed: str = "hs_lastmodifieddate"
    type: str = ""


def _activity(name: str, kind: str, scope: str, *properties: str) -> Table:
    return Table(
        name=name,
        kind=RecordKind.ACTIVITY,
        type=kind,
        scope=scope,
        properties=(
            *_ALWAYS,
            "hs_lastmodifieddate",
            "hs_createdate",
            "hs_timestamp",
            *properties,
        ),
    )


COMPANIES = Table(
    name="companies",
    kind=RecordKind.ORGANISATION,
    scope="crm.objects.companies.read",
    properties=(
        *_ALWAYS,
        *(
            "hs_lastmodifieddate",
            "createdate",
            "name",
            "domain",
            "website",
            "industry",
            "country",
        ),
        *("city", "numberofemployees", "annualrevenue", "hs_parent_company_id", "ticker"),
        *("phone", "description", "lifecyclestage"),
    ),
)
CONTACTS = Table(
    name="contacts",
    kind=RecordKind.PERSON,
    scope="crm.objects.contacts.read",
    changed="lastmodifieddate",
    properties=(
        *_ALWAYS,
        *("lastmodifieddate", "createdate", "firstname", "lastname", "email", "jobtitle"),
        *("phone", "mobilephone", "company", "associatedcompanyid", "lifecyclestage"),
    ),
)
DEALS = Table(
    name="deals",
    kind=RecordKind.DEAL,
    scope="crm.objects.deals.read",
    properties=(
        *_ALWAYS,
        *("hs_lastmodifieddate", "createdate", "dealname", "amount", "deal_currency_code"),
        *("dealstage", "pipeline", "hs_deal_stage_probability", "closedate", "hs_is_closed"),
        *("hs_is_closed_won", "closed_lost_reason", "closed_won_reason", "dealtype"),
        *("description", "hs_next_step"),
    ),
)
_NOTED = "crm.objects.contacts.read"
ACTIVITIES = (
    _activity(
        "calls",
        "call",
        _NOTED,
        *("hs_call_title", "hs_call_body", "hs_call_direction", "hs_call_duration"),
        *("hs_call_status", "hs_call_summary"),
    ),
    _activity(
        "emails",
        "e-mail",
        "sales-email-read",
        *("hs_email_subject", "hs_email_text", "hs_email_html", "hs_email_direction"),
        *("hs_email_status", "hs_email_from_email", "hs_email_from_firstname"),
        *("hs_email_from_lastname", "hs_email_to_email", "hs_email_cc_email"),
    ),
    _activity(
        "meetings",
        "meeting",
        _NOTED,
        *("hs_meeting_title", "hs_meeting_body", "hs_internal_meeting_notes"),
        *("hs_meeting_start_time", "hs_meeting_end_time", "hs_meeting_outcome"),
    ),
    _activity("notes", "note", _NOTED, "hs_note_body"),
    _activity("tasks", "task", _NOTED, "hs_task_subject", "hs_task_body", "hs_task_status"),
)
GROUPS: Mapping[str, tuple[Table, ...]] = {
    "companies": (COMPANIES,),
    "contacts": (CONTACTS,),
    "deals": (DEALS,),
    "activities": ACTIVITIES,
}
