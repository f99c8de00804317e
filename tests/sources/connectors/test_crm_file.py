"""A table out of a CRM: good rows become records, bad ones are told with line and mend."""

import csv
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from unsolved.errors import Invalid, SourceRefused
from unsolved.sources import Draft, Kind, RecordDraft, RecordKind, Refusal, Visit
from unsolved.sources.kinds import connector
from unsolved.sources.reach import Reach

DATA = Path(__file__).parents[3] / "../shared/data/crm"
SEEDS = "integration_tests/seeds"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
Found = list[RecordDraft | Refusal | Draft]


def read(path: Path, **settings: str) -> Found:
    visit = Visit(
        name="crm",
        settings={"path": str(path), **settings},
        now=NOW,
        reach=Reach(pause=lambda _: None),
    )
    return list(connector("crm-file", visit).fetch())  # type: ignore[arg-type]


def of(tmp_path: Path, text: str | bytes, name: str = "t.csv", **settings: str) -> Found:
    (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return read(tmp_path / name, **settings)


def records(found: Found) -> list[RecordDraft]:
    return [each for each in found if isinstance(each, RecordDraft)]


def refusals(found: Found) -> list[Refusal]:
    return [each for each in found if isinstance(each, Refusal)]


def shared(part: str) -> Path:
    path = DATA / part
    if not path.exists():
        pytest.skip("…/shared/data is not here")
    return path


def test_a_row_of_organisations_is_a_record_and_an_organisation(tmp_path: Path):
    (record,) = records(
        of(
            tmp_path,
            "Record ID,Company name,Company Domain Name,Industry,Country/Region,"
            "Number of Employees,Annual Revenue,Company owner,Create Date,Fax\n"
            '7,"Norden, Inc.",https://www.norden.no/x,Rail,Norway,"17,600",NOK 3bn,'
            "Ann,2024-01-02 10:30,1\n",
        )
    )

    assert (record.kind, record.key, record.title) == ("organisation", "7", "Norden, Inc.")
    assert record.at == datetime(2024, 1, 2, 10, 30, tzinfo=UTC)
    assert record.organisation is not None
    assert record.organisation.domain == "norden.no"
    assert record.organisation.employees == 17600
    assert record.organisation.revenue == "NOK 3bn"
    assert record.facts["owner"] == "Ann"
    assert json.loads(record.received)["Fax"] == "1"
    assert "Fax" not in record.facts


def test_a_row_of_people_is_a_record_and_a_person(tmp_path: Path):
    (record,) = records(
        of(
            tmp_path,
            "First Name,Last Name,Email,Job Title,Company,Phone,Mobile\n"
            "Ann,Lee,Ann.Lee@ACME.com,CFO,Acme,,+49 1\n",
        )
    )

    assert record.person is not None
    assert (record.person.name, record.person.email) == ("Ann Lee", "ann.lee@acme.com")
    assert (record.person.title, record.person.phone) == ("CFO", "+49 1")
    assert record.organisation is not None
    assert record.organisation.name == "Acme"


def test_a_person_at_a_domain_of_their_own_is_there_and_at_a_free_one_nowhere(tmp_path: Path):
    ann, bob = records(of(tmp_path, "Name,Email\nAnn,ann@acme.com\nBob,bob@gmail.com\n"))

    assert ann.organisation is not None
    assert ann.organisation.domain == "acme.com"
    assert bob.organisation is None


def test_a_row_of_deals_is_a_record_with_amount_currency_and_end(tmp_path: Path):
    won, lost, still = records(
        of(
            tmp_path,
            "Opportunity ID;Opportunity Name;Account Name;Stage;Amount;Close Date;"
            "Probability (%)\n"
            "1;A;Acme;Closed Won;1.234,50 €;13.04.2024;100\n"
            "2;B;Acme;Closed Lost;;14.04.2024;0\n"
            "3;C;Acme;Negotiation;2.000 €;30.04.2024;60\n",
        )
    )

    assert won.facts == {
        "name": "A",
        "organisation": "Acme",
        "stage": "Closed Won",
        "amount": 1234.5,
        "currency": "EUR",
        "closed": "2024-04-13",
        "probability": 1,
        "is_closed": True,
        "is_won": True,
    }
    assert (lost.facts["is_won"], lost.facts["is_closed"]) == (False, True)
    assert still.facts["amount"] == 2000
    assert still.facts["probability"] == 0.6
    assert "is_won" not in still.facts


def test_a_row_of_stages_says_which_deal_entered_which_stage_when(tmp_path: Path):
    (record,) = records(
        of(tmp_path, "Deal ID,Stage,Entered at\n7,Proposal,2024-01-02T10:00:00Z\n")
    )

    assert (record.kind, record.deal_key, record.title) == ("stage", "7", "Proposal")
    assert record.at == datetime(2024, 1, 2, 10, tzinfo=UTC)


def test_a_row_of_activities_is_a_record_about_somebody(tmp_path: Path):
    (record,) = records(
        of(
            tmp_path,
            "Activity ID,Activity type,Activity date,Subject,Direction,Duration,Company,"
            "Contact email,Deal ID\n"
            "9,INCOMING_EMAIL,2024-01-02T10:00:00+01:00,Hello,inbound,0:01:30,Acme,"
            "ann@acme.com,7\n",
        )
    )

    assert (record.kind, record.key, record.title) == ("activity", "9", "Hello")
    assert record.facts["type"] == "e-mail"
    assert record.facts["direction"] == "in"
    assert record.facts["duration"] == 90
    assert record.deal_key == "7"
    assert record.at is not None
    assert record.at.astimezone(UTC).hour == 9
    assert record.person is not None
    assert record.person.organisation == record.organisation


def test_a_long_activity_is_a_document_too_and_a_short_one_is_not(tmp_path: Path):
    said = "They closed the books late again and the vendor did not answer. " * 5
    turns = "\\n".join(f"Ann: number {n}\\nBob: so it is" for n in range(20)).replace(
        "\\n", "\n"
    )
    found = of(
        tmp_path,
        "type,date,subject,notes,company\n"
        f"note,2024-01-02,A,{said},Acme\n"
        f"e-mail,2024-01-02,B,<p>{said}</p>,Acme\n"
        f'call,2024-01-02,C,"{turns}",Acme\n'
        "note,2024-01-02,D,short,Acme\n"
        f"note,2024-01-02,E,{said},\n",
    )

    documents = [each for each in found if isinstance(each, Draft)]
    assert [(each.title, each.kind) for each in documents] == [
        ("A", Kind.NOTE),
        ("B", Kind.EMAIL),
        ("C", Kind.TRANSCRIPT),
    ]
    assert documents[0].key == records(found)[0].key
    assert documents[0].organisation.name == "Acme"
    assert "<p>" not in documents[1].text
    assert len(records(found)) == 5


def test_a_row_without_a_key_has_the_same_one_every_time(tmp_path: Path):
    text = "type,date,subject\ncall,2024-01-01,Hi\ncall,2024-01-01,Hi\ncall,2024-01-02,Hi\n"

    first, again = of(tmp_path, text), of(tmp_path, text + "note,2024-01-03,New\n")

    keys = [record.key for record in records(first)]
    assert len(set(keys)) == 3
    assert [record.key for record in records(again)][:3] == keys
    assert [record.digest for record in records(again)][:3] == [
        record.digest for record in records(first)
    ]


def test_activities_that_share_a_key_are_numbered_also_in_a_large_table(tmp_path: Path):
    lines = [f"{n % 30_000},call,2024-01-01,Subject {n}" for n in range(60_000)]
    text = "Activity ID,Activity type,Activity date,Subject\n" + "\n".join(lines)

    found = records(of(tmp_path, text))

    assert len({record.key for record in found}) == len(found) == 60_000
    assert Counter(record.key.partition("#")[2] for record in found) == {
        "": 30_000,
        "2": 30_000,
    }


def test_rows_of_one_deal_are_its_lines(tmp_path: Path):
    one, two = records(
        of(
            tmp_path,
            "Opportunity ID,Opportunity Name,Amount,Product,Next Step\n"
            "1,A,100,x,\n2,B,5,y,\n1,A,50.5,z,call\n",
        )
    )

    assert (two.key, one.key) == ("2", "1") or (one.key, two.key) == ("2", "1")
    merged = one if one.key == "1" else two
    assert merged.facts["amount"] == 150.5
    assert merged.facts["lines"] == 2
    assert merged.facts["next_step"] == "call"
    assert [row["Product"] for row in json.loads(merged.received)] == ["x", "z"]


def test_an_amount_that_is_the_same_on_every_line_is_that_of_the_deal(tmp_path: Path):
    (record,) = records(
        of(
            tmp_path,
            "Opportunity ID,Opportunity Name,Amount,Product\n1,A,100,x\n1,A,100,y\n",
        )
    )

    assert record.facts["amount"] == 100


def test_lines_in_several_currencies_are_not_added_up(tmp_path: Path):
    found = of(
        tmp_path,
        "Opportunity ID,Opportunity Name,Amount,Currency\n1,A,100,EUR\n1,A,50,USD\n",
    )

    (refusal,) = refusals(found)
    assert "currencies" in refusal.why
    assert "amount" not in records(found)[0].facts


def test_a_bad_cell_is_told_and_the_row_kept_without_it(tmp_path: Path):
    found = of(
        tmp_path,
        "Deal name,Amount,Close date,Probability\nA,lots,2024-02-30,150%\nB,5,2024-02-28,50%\n",
    )

    assert [(r.line, r.field) for r in refusals(found)] == [
        (2, "Amount"),
        (2, "Close date"),
        (2, "Probability"),
    ]
    assert all(refusal.mend for refusal in refusals(found))
    assert [dict(record.facts) for record in records(found)] == [
        {"name": "A"},
        {"name": "B", "amount": 5, "closed": "2024-02-28", "probability": 0.5},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Company name,Industry\n,Rail\n",
        "First Name,Last Name,Email\n,,\n , ,bad\n",
        "Deal name,Amount\n,5\n",
        "Deal ID,Stage,Entered at\n,Won,2024-01-01\n",
        "Activity type,Activity date,Subject\ncall,,\n",
    ],
)
def test_a_row_without_its_essentials_is_told_and_not_kept(tmp_path: Path, text: str):
    found = of(tmp_path, text)

    assert not records(found)
    assert refusals(found)[-1].line == text.count("\n")


def test_ten_thousand_bad_rows_among_good_ones_cost_no_good_one(tmp_path: Path):
    good, bad = 0, []
    lines = ["Activity ID,Activity type,Activity date,Subject,Contact email"]
    kinds = [
        "{n},call,31/31/2024,S,ann@acme.com",
        "{n},call,2024-01-02,S,not an address",
        '{n},"call,2024-01-02,S,ann@acme.com',
        "{n},call,2024-01-02,S,ann@acme.com,one,more",
    ]
    for n in range(40_000):
        if n % 4 == 3:
            bad.append(n + 2)
            lines.append(kinds[n // 4 % 4].format(n=n))
        else:
            good += 1
            lines.append(f"{n},call,2024-01-02T10:00:00Z,S,ann@acme.com")

    found = of(tmp_path, "\n".join(lines))

    whole = [record for record in records(found) if record.at and record.person]
    told = refusals(found)
    assert len(whole) == good == 30_000
    assert [refusal.line for refusal in told] == bad
    assert len(bad) == 10_000
    assert {refusal.field for refusal in told} == {"Activity date", "Contact email", None}


def test_what_stands_around_a_report_is_no_row(tmp_path: Path):
    found = of(
        tmp_path,
        "Report: Pipeline\nAs of 2024-05-01\n\n"
        "Opportunity Name,Stage,Amount,Close Date,Account Name\n"
        'Total Rail,Open,"$1,200.50",4/30/2024,Total SE\n'
        'Grand Totals (1 record),,"$1,200.50",,\n\n'
        "Confidential Information - Do Not Distribute\n"
        "Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved.\n",
    )

    assert [record.title for record in records(found)] == ["Total Rail"]
    assert [refusal.line for refusal in refusals(found)] == [6, 8, 9]


def test_a_row_that_is_too_short_is_kept_and_told_and_one_too_long_is_not(tmp_path: Path):
    found = of(tmp_path, "Deal name,Amount,Stage\nA,5\nB,6,Open,\nC,7,Open,x\n")

    assert [record.title for record in records(found)] == ["A", "B"]
    assert [refusal.line for refusal in refusals(found)] == [2, 4]


def test_a_day_beyond_twelve_anywhere_decides_the_whole_column(tmp_path: Path):
    lines = [
        "Deal name,Close date",
        *(f"D{n},03/04/2024" for n in range(5_000)),
        "E,25/04/2024",
    ]

    found = of(tmp_path, "\n".join(lines))

    assert not refusals(found)
    assert {record.facts["closed"] for record in records(found)[:5_000]} == {"2024-04-03"}


def test_what_nothing_shows_is_not_guessed_in_silence(tmp_path: Path):
    text = "Deal name,Close date\nA,03/04/2024\nB,05/06/2024\n"

    (refusal,) = refusals(of(tmp_path, text))
    found = of(tmp_path, text, dates="day-first")

    assert (refusal.field, "dates" in refusal.mend) == ("Close date", True)
    assert not refusals(found)
    assert records(found)[0].facts["closed"] == "2024-04-03"


def test_moments_without_a_zone_are_meant_where_it_is_told(tmp_path: Path):
    (record,) = records(
        of(
            tmp_path,
            "Activity type,Activity date,Subject\ncall,2024-07-01 12:00,Hi\n",
            timezone="Europe/Berlin",
        )
    )

    assert record.at == datetime(2024, 7, 1, 10, tzinfo=UTC)


def test_a_table_that_is_not_known_is_refused_once_and_read_when_told(tmp_path: Path):
    text = "foo,bar\nAcme,17\nNorden,5\n"

    (refusal,) = of(tmp_path, text)
    found = of(tmp_path, text, object="organisations", mapping="foo = name, bar = employees")

    assert isinstance(refusal, Refusal)
    assert "mapping" in refusal.mend
    assert [record.title for record in records(found)] == ["Acme", "Norden"]
    assert records(found)[0].facts["employees"] == 17


def test_a_column_that_is_not_there_is_told(tmp_path: Path):
    found = of(tmp_path, "Deal name\nA\n", mapping="Wert = amount")

    assert [refusal.field for refusal in refusals(found)] == ["Wert"]


def test_a_setting_that_means_nothing_is_told(tmp_path: Path):
    with pytest.raises(Invalid):
        of(tmp_path, "Deal name\nA\n", dates="sometimes")


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(SourceRefused):
        read(tmp_path / "nowhere.csv")


def test_formulas_are_only_text(tmp_path: Path):
    (record,) = records(of(tmp_path, "Company name,Industry\n=cmd|' /C calc'!A0,@SUM(1)\n"))

    assert record.title == "=cmd|' /C calc'!A0"


def test_a_workbook_is_read_sheet_by_sheet_people_before_deals(tmp_path: Path):
    book = Workbook()
    deals = book.worksheets[0]
    deals.title = "Deals"
    deals.append(["Deal name", "Amount", "Close date", "Deal Stage", "Company"])
    deals.append(["A", 1.234, datetime(2024, 4, 3), "Won", "Acme"])  # noqa: DTZ001
    deals.append(["B", "1.234,50", None, None, None])
    people = book.create_sheet("Contacts")
    people.append(["First name", "Last name", "E-mail"])
    people.append(["Ann", "Lee", "ann@acme.com"])
    book.save(tmp_path / "t.xlsx")

    found = read(tmp_path / "t.xlsx")

    ann, first, second = records(found)
    assert ann.kind is RecordKind.PERSON
    assert first.facts["amount"] == 1.234
    assert first.facts["closed"] == "2024-04-03"
    assert second.facts["amount"] == 1234.5
    assert not refusals(found)


def test_an_export_is_read_in_the_order_of_what_points_to_what(tmp_path: Path):
    (tmp_path / "activities.csv").write_text(
        "engagement_id,property_hs_timestamp,type\n5,1704189600000,CALL\n"
    )
    (tmp_path / "deals.csv").write_text(
        "deal_id,property_dealname,deal_pipeline_stage_id,property_amount,owner_id\n"
        "3,Big,s1,10,o1\n"
    )
    (tmp_path / "companies.csv").write_text(
        "id,property_name,property_annualrevenue\n1,Acme,5\n"
    )
    (tmp_path / "deal_company.csv").write_text("deal_id,company_id\n3,1\n")
    (tmp_path / "engagement_deal.csv").write_text("deal_id,engagement_id,type_id\n3,5,1\n")
    (tmp_path / "stages.csv").write_text(
        "stage_id,label,pipeline_id,closed_won,is_closed\ns1,Signed,p,TRUE,TRUE\n"
    )
    (tmp_path / "owners.csv").write_text(
        "owner_id,email,first_name,last_name,active_user_id\no1,o@us.com,Olga,O,1\n"
    )

    company, deal, call = records(found := read(tmp_path))

    assert not refusals(found)
    assert company.kind is RecordKind.ORGANISATION
    assert (deal.organisation_key, deal.facts["stage"]) == ("1", "Signed")
    assert (deal.facts["is_won"], deal.facts["owner"]) == (True, "Olga O")
    assert (call.deal_key, call.facts["type"]) == ("3", "call")


def test_what_the_crm_deleted_is_kept_as_such(tmp_path: Path):
    found = of(
        tmp_path,
        "id,is_deleted,property_name,property_annualrevenue\n1,true,Acme,5\n2,false,Norden,5\n",
    )

    assert [(record.key, record.is_gone) for record in records(found)] == [
        ("1", True),
        ("2", False),
    ]


def test_the_same_row_in_two_tables_is_told_once(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("Record ID,Deal Name,Deal Stage\n1,A,Open\n")

    found = read(tmp_path)

    assert len(records(found)) == 1
    assert [refusal.place for refusal in refusals(found)] == ["b.csv"]


def test_keys_of_salesforce_are_one_in_reports_and_exports(tmp_path: Path):
    (tmp_path / "accounts.csv").write_text("Account ID,Account Name\n0015500000Xyy06,Acme\n")
    (tmp_path / "tasks.csv").write_text(
        "Id,AccountId,WhoId,WhatId,Subject,ActivityDate\n"
        "00T1,0015500000Xyy06AAB,0031G00001S3ckZQAR,0061G00000N38JZQAZ,Call,2024-01-02\n"
    )

    account, task = records(read(tmp_path))

    assert account.key == task.organisation_key == "0015500000Xyy06AAB"
    assert (task.person_key, task.deal_key) == ("0031G00001S3ckZQAR", "0061G00000N38JZQAZ")


def test_other_files_in_a_folder_are_told_and_hidden_ones_let_be(tmp_path: Path):
    (tmp_path / "LICENSE").write_text("free")
    (tmp_path / ".hidden.csv").write_text("Deal name\nA\n")
    (tmp_path / "deals.csv").write_text("Deal name,Amount\nA,5\n")

    found = read(tmp_path)

    assert [refusal.place for refusal in refusals(found)] == ["LICENSE"]
    assert len(records(found)) == 1


def test_reading_again_gives_the_same(tmp_path: Path):
    text = "Deal name,Amount\n" + "\n".join(f"D{n % 70},{n % 3}" for n in range(300))

    assert of(tmp_path, text) == of(tmp_path, text)


def test_a_report_of_lines_gives_a_deal_each_and_loses_none():
    path = shared("eci2020_export/CompetenciaECI/Validacion_ECI_2020.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    found = read(path)

    deals = {record.key: record for record in records(found)}
    assert not refusals(found)
    assert set(deals) == {row["Opportunity_ID"] for row in rows}
    assert sum(int(str(deal.facts.get("lines", 1))) for deal in deals.values()) == len(rows)
    total = sum(float(row["Total_Amount"]) for row in rows)
    assert sum(float(str(d.facts["amount"])) for d in deals.values()) == pytest.approx(total)
    assert {deal.organisation.name for deal in deals.values() if deal.organisation} == {
        row["Account_Name"] for row in rows
    }
    assert {deal.facts["currency"] for deal in deals.values()} == {"USD", "EUR", "JPY"}


@pytest.mark.parametrize(
    ("part", "kinds"),
    [
        (
            "vendor_hubspot_seeds",
            {"organisation": 24, "person": 22, "deal": 44, "stage": 14, "activity": 106},
        ),
        (
            "vendor_salesforce_seeds",
            {"organisation": 10, "person": 5, "deal": 10, "stage": 10, "activity": 20},
        ),
    ],
)
def test_a_whole_export_is_read_and_what_is_not_ours_is_told(part: str, kinds: dict[str, int]):
    found = read(shared(f"{part}/{SEEDS}"))

    assert Counter(record.kind.value for record in records(found)) == kinds
    keys = [(record.kind, record.key) for record in records(found)]
    assert len(set(keys)) == len(keys)
    assert all(refusal.mend for refusal in refusals(found))
    whole = [refusal for refusal in refusals(found) if refusal.line is None]
    assert {r.place for r in whole if "none of organisations" in r.why} >= (
        {"form_data.csv", "email_event_data.csv", "team_data.csv", "ticket_data.csv"}
        if part == "vendor_hubspot_seeds"
        else {"sf_order_data.csv", "sf_product_2_data.csv", "sf_user_role_data.csv"}
    )
    if part == "vendor_hubspot_seeds":
        linked = [r for r in records(found) if r.kind is RecordKind.ACTIVITY and r.person_key]
        assert linked
