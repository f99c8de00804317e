"""What a table holds is guessed by its columns, and by its cells where they have odd names."""

from pathlib import Path

import pytest

from unsolved.sources.crm import FIELDS, LAYOUTS, Object, Told
from unsolved.sources.crm.guess import guess
from unsolved.sources.crm.layouts import layouts
from unsolved.sources.crm.naming import plain

DATA = Path(__file__).parents[3] / "../shared/data/crm"

HEADS = [
    (
        "hubspot",
        "organisations",
        {
            "Record ID": "key",
            "Company name": "name",
            "Company Domain Name": "domain",
            "Industry": "industry",
            "Number of Employees": "employees",
            "Company owner": "owner",
            "Create Date": "created",
        },
    ),
    (
        "hubspot",
        "people",
        {
            "Record ID": "key",
            "First Name": "first_name",
            "Last Name": "last_name",
            "Email": "email",
            "Job Title": "title",
            "Associated Company": "organisation",
            "Associated Company IDs": "organisation_key",
            "Contact owner": "owner",
        },
    ),
    (
        "hubspot",
        "deals",
        {
            "Record ID": "key",
            "Deal Name": "name",
            "Deal Stage": "stage",
            "Pipeline": "pipeline",
            "Amount": "amount",
            "Close Date": "closed",
            "Create Date": "created",
            "Is Closed Won": "is_won",
            "Associated Contact IDs": "person_key",
        },
    ),
    (
        "hubspot",
        "deals",
        {
            "properties.hs_object_id": "key",
            "properties.dealname": "name",
            "properties.dealstage": "stage",
            "properties.amount": "amount",
            "properties.closedate": "closed",
        },
    ),
    (
        "salesforce",
        "deals",
        {
            "Opportunity ID": "key",
            "Opportunity Name": "name",
            "Account Name": "organisation",
            "Stage": "stage",
            "Amount": "amount",
            "Amount Currency": "currency",
            "Close Date": "closed",
            "Probability (%)": "probability",
            "Opportunity Owner": "owner",
        },
    ),
    (
        "salesforce",
        "deals",
        {
            "Id": "key",
            "AccountId": "organisation_key",
            "Name": "name",
            "StageName": "stage",
            "CloseDate": "closed",
            "IsWon": "is_won",
            "OwnerId": "owner",
        },
    ),
    (
        "salesforce",
        "people",
        {
            "First Name": "first_name",
            "Last Name": "last_name",
            "Title": "title",
            "Account Name": "organisation",
            "Email": "email",
            "Phone": "phone",
        },
    ),
    (
        "salesforce",
        "activities",
        {
            "Activity ID": "key",
            "Subject": "subject",
            "Date": "at",
            "Company / Account": "organisation",
            "Contact": "person_name",
            "Opportunity": "deal",
            "Full Comments": "text",
            "Assigned": "owner",
        },
    ),
    (
        "salesforce",
        "stages",
        {
            "Opportunity ID": "deal_key",
            "From Stage": "from_stage",
            "To Stage": "stage",
            "Last Modified": "at",
            "Amount": "amount",
        },
    ),
    (
        "pipedrive",
        "deals",
        {
            "Deal - ID": "key",
            "Deal - Title": "name",
            "Deal - Value": "amount",
            "Deal - Currency": "currency",
            "Deal - Stage": "stage",
            "Deal - Status": "status",
            "Deal - Organization": "organisation",
            "Deal - Lost reason": "lost_reason",
        },
    ),
    (
        "pipedrive",
        "people",
        {
            "Person - Name": "name",
            "Person - Email - Work": "email",
            "Person - Phone - Work": "phone",
            "Person - Organization": "organisation",
        },
    ),
    (
        "any",
        "people",
        {
            "Vorname": "first_name",
            "Nachname": "last_name",
            "E-Mail-Adresse": "email",
            "Firma": "organisation",
            "Funktion": "title",
        },
    ),
    (
        "any",
        "organisations",
        {
            "Raison sociale": "name",
            "Site web": "domain",
            "Secteur d'activité": "industry",
            "Chiffre d'affaires": "revenue",
            "Effectif": "employees",
        },
    ),
    (
        "any",
        "deals",
        {
            "Oportunidad": "name",
            "Empresa": "organisation",
            "Importe": "amount",
            "Moneda": "currency",
            "Etapa": "stage",
            "Fecha de cierre": "closed",
        },
    ),
    (
        "any",
        "deals",
        {
            "Trattativa": "name",
            "Azienda": "organisation",
            "Valore": "amount",
            "Data di chiusura": "closed",
        },
    ),
    (
        "any",
        "activities",
        {
            "Tipo": "type",
            "Data": "at",
            "Assunto": "subject",
            "Notas": "text",
            "Empresa": "organisation",
        },
    ),
    (
        "any",
        "activities",
        {"Soort": "type", "Datum": "at", "Onderwerp": "subject", "Notitie": "text"},
    ),
    (
        "any",
        "stages",
        {"Deal ID": "deal_key", "Stage": "stage", "Entered at": "at"},
    ),
]


@pytest.mark.parametrize(("layout", "thing", "columns"), HEADS)
def test_columns_are_known_by_their_names(layout: str, thing: str, columns: dict[str, str]):
    found = guess([*columns], [], "export.csv", Told())

    assert (found.layout, found.object) == (layout, thing)
    assert dict(found.columns) == columns
    assert 0 < found.confidence <= 1
    assert all(found.reasons[column] for column in columns)


def test_names_that_nobody_knows_are_read_by_their_cells():
    rows = [[f"Person {n}", f"p{n}@acme.com", "+49 30 123456"] for n in range(5)]

    found = guess(["x1", "x2", "x3"], rows, "export.csv", Told())

    assert found.object is Object.PEOPLE
    assert found.columns["x2"] == "email"
    assert found.confidence < 0.5


def test_what_shows_nothing_is_not_guessed():
    found = guess(["a", "b"], [["1", "2"]] * 5, "export.csv", Told())

    assert found.object is None
    assert "none of organisations, people, deals" in found.why


def test_what_a_person_told_goes_before_what_is_guessed():
    told = Told(
        object=Object.DEALS, columns={"Vorhaben": "name", "Notiz": "", "amount": "lost_reason"}
    )

    found = guess(["Vorhaben", "Notiz", "Amount"], [], "export.csv", told)

    assert found.object is Object.DEALS
    assert dict(found.columns) == {"Vorhaben": "name", "Notiz": "", "Amount": "lost_reason"}
    assert set(found.reasons.values()) == {"told"}


@pytest.mark.parametrize("field", ["Total Amount Currency", "TOTAL_AMOUNT_CURRENCY"])
def test_the_currency_beside_the_amount_is_its_own(field: str):
    head = ["Deal name", "Currency", "Total amount", field]

    found = guess(head, [], "export.csv", Told())

    assert found.columns[field] == "currency"
    assert not found.columns["Currency"]


def test_every_name_in_every_layout_is_written_plainly_and_its_field_exists():
    assert set(layouts()) == set(LAYOUTS)
    for layout in layouts().values():
        for table in layout.tables:
            known = {field.name for field in FIELDS[table.thing]}
            assert set(table.names) <= known
            for names in table.names.values():
                assert all(plain(name) == name for name in names)


@pytest.mark.parametrize(
    ("one", "other"),
    [("AccountId", "account_id"), ("E-Mail", "e mail"), ("Größe", "grosse"), ("IDs", "ids")],
)
def test_spellings_of_a_column_are_one(one: str, other: str):
    assert plain(one) == plain(other)


def test_the_tables_of_real_exports_are_told_apart():
    from unsolved.sources.crm import previews  # noqa: PLC0415

    seeds = sorted(DATA.glob("*/integration_tests/seeds/*.csv"))
    if not seeds:
        pytest.skip("…/shared/data is not here")
    found = {path.stem: preview.object for path in seeds for preview in previews(path)}

    ours = {stem: thing.value for stem, thing in found.items() if thing}
    assert ours == {
        "company_data": "organisations",
        "company_data_databricks": "organisations",
        "company_data_postgres": "organisations",
        "company_data_snowflake": "organisations",
        "contact_data": "people",
        "deal_data": "deals",
        "deal_stage_data": "stages",
        "engagement_call_data": "activities",
        "engagement_communication_data": "activities",
        "engagement_email_data": "activities",
        "engagement_meeting_data": "activities",
        "engagement_note_data": "activities",
        "engagement_task_data": "activities",
        "sf_account_data": "organisations",
        "sf_contact_data": "people",
        "sf_lead_data": "people",
        "sf_opportunity_data": "deals",
        "sf_opportunity_history_data": "stages",
        "sf_event_data": "activities",
        "sf_task_data": "activities",
    }


def test_every_field_is_written_down():
    page = (Path(__file__).parents[3] / "docs/sources/crm.md").read_text("utf-8")

    for thing, fields in FIELDS.items():
        part = page.partition(f"\n### {thing}\n")[2].partition("\n### ")[0]
        for field in fields:
            assert f"| `{field.name}` | {field.does}" in part, (thing, field.name)
