"""Filings come from EDGAR whole, once, and cut where their form is."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace as but
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.sources.edgar_replay import Filed, filed_in, pages_of, serving
from tests.sources.web_server import Web, page
from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources import Draft, Kind, Refusal
from unsolved.sources.connector import Connector, Find, Visit
from unsolved.sources.connectors.edgar.archive import Archive
from unsolved.sources.connectors.edgar.items import items_of
from unsolved.sources.kinds import connector
from unsolved.sources.reach import Reach
from unsolved.sources.records import Mark

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CIK = "0000104169"
FILES = Path(__file__).parents[3].parent / "shared" / "data" / "files"

HEADER = """<SEC-DOCUMENT>0000104169-25-000007.txt : 20250504
<SEC-HEADER>0000104169-25-000007.hdr.sgml : 20250504
CONFORMED SUBMISSION TYPE:	8-K
FILED AS OF DATE:		20250504
	COMPANY CONFORMED NAME:			NORDEN SHIPPING CORP
	STANDARD INDUSTRIAL CLASSIFICATION:	TRUCKING [4213]
</SEC-HEADER>
"""
NAMES = {
    "1": "Business",
    "1A": "Risk Factors",
    "1B": "Unresolved Staff Comments",
    "2": "Properties",
    "3": "Legal Proceedings",
    "4": "Mine Safety Disclosures",
    "5": "Market for Registrant's Common Equity",
    "7": "Management's Discussion and Analysis",
    "7A": "Quantitative and Qualitative Disclosures About Market Risk",
    "8": "Financial Statements and Supplementary Data",
    "9A": "Controls and Procedures",
    "15": "Exhibits and Financial Statement Schedules",
}


def part(kind: str, text: str, name: str = "") -> str:
    """Write one document of a submission."""
    return (
        f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n<FILENAME>{name or kind.lower() + '.htm'}\n"
        f"<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n"
    )


def whole(*parts: str) -> bytes:
    """Write a submission in one file."""
    return (HEADER + "".join(parts)).encode()


def filed(number: int = 7, on: date = date(2025, 5, 4), **more) -> Filed:
    """Write a filing."""
    usual = {
        "cik": CIK,
        "accession": f"0000104169-{on:%y}-{number:06}",
        "form": "8-K",
        "data": whole(part("8-K", "<p>Item 2.02 Results.</p><p>It failed twice.</p>")),
        "name": "Norden Freight Inc.",
        "ticker": "NRD",
    }
    return Filed(on=on, **{**usual, **more})


def made(
    site: Web, cursor: str | None = None, *, since: date | None = None, **settings: str
) -> Connector:
    told = {
        "companies": CIK,
        "contact": "Ann Lee ann@example.com",
        "address": site.address,
        **settings,
    }
    visit = Visit(
        name="edgar",
        settings=told,
        now=NOW,
        reach=site.reach(),
        cursor=cursor,
        since=since,
    )
    return connector("edgar", visit)


def visited(site: Web, cursor: str | None = None, **settings) -> list[Find]:
    site.asked.clear()
    return list(made(site, cursor, **settings).fetch())


def read(
    filings: Sequence[Filed], told: Mapping[str, object] | None = None, **more
) -> list[Find]:
    with serving(filings, **(told or {})) as site:
        return visited(site, **more)


def drafts(finds: list[Find]) -> list[Draft]:
    return [find for find in finds if isinstance(find, Draft)]


def refusals(finds: list[Find]) -> list[Refusal]:
    return [find for find in finds if isinstance(find, Refusal)]


def cursor(finds: list[Find]) -> str:
    return [find for find in finds if isinstance(find, Mark)][-1].cursor


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def annual(body: str = "We tried twice to mend it, and both times it failed. " * 30) -> str:
    """Write an annual report with a table of contents."""
    contents = "".join(
        f"<tr><td>Item {number}.</td><td>{name}</td><td>{page}</td></tr>"
        for page, (number, name) in enumerate(NAMES.items(), 3)
    )
    items = "".join(
        f"<p><b>ITEM {number}. {name.upper()}</b></p><p>About {number}. {body}</p>"
        for number, name in NAMES.items()
    )
    return f"<h1>FORM 10-K</h1><table>{contents}</table><p>PART I</p>{items}"


def test_a_filing_becomes_its_main_document_and_its_exhibits():
    data = whole(
        part("8-K", "<p>Item 2.02 Results.</p><p>It failed twice.</p>"),
        part("EX-99.1", "<p>We say it again: twice.</p>", "d1dex991.htm"),
        part("GRAPHIC", "begin 644 logo.jpg\nM_]C_X\nend", "logo.jpg"),
        part("EX-101.INS", "<XBRL><x>1</x></XBRL>", "n.xml"),
        part("EX-31.1", "<p>I certify that</p>"),
        part("EX-10.2", "A contract & more, in plain text.", "c.txt"),
    )
    main, said, contract = drafts(read([filed(data=data, items="2.02,9.01")]))

    assert main.key == "0000104169-25-000007"
    assert main.title == "8-K 2025-05-04: Items 2.02, 9.01"
    assert said.key == "0000104169-25-000007#ex-99.1"
    assert said.title == "8-K 2025-05-04: EX-99.1"
    assert said.text == "We say it again: twice."
    assert said.kind is Kind.FILING
    assert said.published_on == date(2025, 5, 4)
    assert said.origins[0].endswith(
        "/Archives/edgar/data/104169/000010416925000007/d1dex991.htm"
    )
    assert said.original.startswith(b"<DOCUMENT>\n<TYPE>EX-99.1")
    assert contract.text == "A contract & more, in plain text."


def test_an_8_k_whose_items_are_not_listed_names_those_in_its_text():
    (only,) = drafts(read([filed()]))

    assert only.title == "8-K 2025-05-04: Item 2.02"


def test_the_organisation_is_told_with_all_that_edgar_knows_of_it():
    told = {
        "sicDescription": "Trucking (No Local)",
        "formerNames": [{"name": "OLD NORDEN CO", "from": "x", "to": "y"}],
        "tickers": ["NRD", "NRD-A"],
        "website": "https://norden.example",
        "addresses": {"business": {"stateOrCountry": "AR", "stateOrCountryDescription": "AR"}},
    }
    (only,) = drafts(read([filed()], told))

    told_of = only.organisation
    assert told_of.name == "Norden Freight Inc."
    assert told_of.names == ("OLD NORDEN CO", "NORDEN SHIPPING CORP")
    assert told_of.identifiers == ("cik:0000104169", "ticker:NRD", "ticker:NRD-A")
    assert told_of.industry == "Trucking (No Local)"
    assert told_of.country == "United States"


@pytest.mark.parametrize(
    ("place", "country"),
    [
        (
            {"stateOrCountry": "X0", "stateOrCountryDescription": "United Kingdom"},
            "United Kingdom",
        ),
        ({"stateOrCountry": "A6", "stateOrCountryDescription": "Ontario, Canada"}, "Canada"),
        ({}, None),
    ],
)
def test_the_country_is_the_one_where_business_is_done(place: object, country: str | None):
    (only,) = drafts(read([filed()], {"addresses": {"business": place}}))

    assert only.organisation.country == country


def test_an_annual_report_is_cut_into_its_items_and_nothing_is_lost():
    data = whole(part("10-K", annual()))
    found = drafts(read([filed(form="10-K", data=data)]))

    keys = [one.key.partition("#")[2] for one in found]
    assert keys == ["front", *(f"item-{number.lower()}" for number in NAMES)]
    risk = found[keys.index("item-1a")]
    assert risk.title == "10-K 2025-05-04: Item 1A. Risk Factors"
    assert risk.text.startswith("ITEM 1A. RISK FACTORS\n\nAbout 1A.")
    assert "About 1B" not in risk.text
    assert found[1].text.startswith("PART I\n\nITEM 1.")
    assert len({one.original for one in found}) == 1


def test_a_report_of_a_quarter_is_cut_by_its_parts_and_items():
    heads = {
        "PART I - FINANCIAL INFORMATION": [
            "Item 1. Financial Statements",
            "Item 2. Management's Discussion and Analysis of Financial Condition",
            "Item 3. Quantitative and Qualitative Disclosures About Market Risk",
            "Item 4. Controls and Procedures",
        ],
        "PART II - OTHER INFORMATION": [
            "Item 1. Legal Proceedings",
            "Item 1A. Risk Factors",
            "Item 6. Exhibits",
        ],
    }
    body = "It failed twice, as we have said before. " * 20
    text = "".join(
        f"<p>{head}</p>" + "".join(f"<p>{item}</p><p>{body}</p>" for item in items)
        for head, items in heads.items()
    )
    found = drafts(read([filed(form="10-Q", data=whole(part("10-Q", text)))]))

    assert [one.key.partition("#")[2] for one in found] == [
        "part-i-item-1",
        "part-i-item-2",
        "part-i-item-3",
        "part-i-item-4",
        "part-ii-item-1",
        "part-ii-item-1a",
        "part-ii-item-6",
    ]
    assert found[4].title == "10-Q 2025-05-04: Part II, Item 1. Legal Proceedings"
    assert found[4].text.startswith("PART II - OTHER INFORMATION\n\nItem 1. Legal")


def test_a_report_without_items_stays_whole():
    data = whole(part("10-K", "<p>Our report is in the annual report to shareholders.</p>"))
    (only,) = drafts(read([filed(form="10-K", data=data)]))

    assert only.key == "0000104169-25-000007"
    assert only.title == "10-K 2025-05-04"


@pytest.mark.parametrize("ending", ["", ".", " —", ":"])
def test_items_are_found_however_their_headings_are_written(ending: str):
    body = "\nIt failed in the second month, and nobody knew why it had.\n" * 20
    styles = [f"Item {n}{ending} {name}" for n, name in NAMES.items()]
    styles[2] = f"ITEM 1B{ending}\n\nUnresolved Staff Comments"
    text = body.join(["", *(f"\n{style}\n" for style in styles), ""])
    items = items_of(text, "10-K")

    assert [item.key for item in items[1:]] == [f"item-{n.lower()}" for n in NAMES]
    assert squeezed("".join(item.text for item in items)) == squeezed(text)


def test_what_only_speaks_of_an_item_does_not_begin_one():
    body = "It failed in the second month, and nobody knew why it had.\n" * 20
    told = (
        "We describe this in the part of our report that is called\n"
        "Item 7. Management's Discussion and Analysis, where it is said again.\n"
        "\nItem 1A, Risk Factors, of this report says more.\n"
        "\nItem 8 of our Annual Report on Form 10-K is elsewhere.\n"
    )
    text = "".join(f"\nItem {n}. {name}\n\n{body}{told}" for n, name in NAMES.items())
    items = items_of(text, "10-K")

    assert [item.key for item in items] == [f"item-{n.lower()}" for n in NAMES]
    assert all(item.text.count("nobody knew") == 20 for item in items)


def test_a_heading_repeated_on_every_page_does_not_cut_its_item():
    body = "\nIt failed in the second month, and nobody knew why it had.\n" * 20
    text = "".join(
        f"\n\nItem {n}. {name}\n{body}\n\nItem {n}. {name} (continued)\n{body}"
        f"\n\nItem {n}. {name}\n{body}"
        for n, name in NAMES.items()
    )
    items = items_of(text, "10-K")

    assert [item.text.count("nobody knew") for item in items] == [60] * len(NAMES)


def test_a_second_visit_asks_for_the_lists_alone():
    filings = [filed(number, date(2025, 5, number)) for number in range(1, 6)]
    with serving(filings) as site:
        first = visited(site, companies="NRD, 104169")
        second = visited(site, cursor(first), companies="NRD, 104169")
        paths = list(site.paths)

    assert len(drafts(first)) == 5
    assert [find for find in second if not isinstance(find, Mark)] == []
    assert paths == [f"/submissions/CIK{CIK}.json"]


def test_a_new_filing_is_read_and_so_is_one_that_came_late():
    filings = [filed(1, date(2025, 5, 1)), filed(2, date(2025, 5, 9))]
    with serving(filings) as site:
        first = visited(site)
        more = [
            filed(3, date(2025, 5, 9)),
            filed(4, date(2025, 5, 4)),
            filed(5, date(2025, 6, 1)),
        ]
        site.pages |= pages_of([*filings, *more])
        second = visited(site, cursor(first))

    assert [one.key[-1] for one in drafts(second)] == ["4", "3", "5"]


def test_a_crash_on_the_way_loses_no_filing():
    filings = [filed(number, date(2025, 1, number)) for number in range(1, 26)]
    with serving(filings) as site:
        before: list[Find] = []
        for find in made(site).fetch():
            before.append(find)
            if isinstance(find, Mark):
                break
        after = visited(site, cursor(before))

    assert len(drafts(before)) == 10
    assert [one.key[-2:] for one in drafts(after)] == [f"{n:02}" for n in range(11, 26)]


def test_amendments_and_the_names_that_a_form_had_are_read_and_other_forms_are_not():
    forms = ["8-K", "8-K/A", "10-K405", "10-K/A", "4", "S-1", "10-Q"]
    filings = [
        filed(n, date(2025, 5, n), form=form, data=whole(part(form, "<p>It failed.</p>")))
        for n, form in enumerate(forms, 1)
    ]
    found = drafts(read(filings))
    assert [one.title.split()[0] for one in found] == [
        "8-K",
        "8-K/A",
        "10-K405",
        "10-K/A",
        "10-Q",
    ]

    found = drafts(read(filings, forms="8-k"))
    assert [one.title.split()[0] for one in found] == ["8-K", "8-K/A"]


def test_a_company_with_many_filings_is_read_back_through_its_older_lists():
    filings = [filed(n, date(2000 + n, 5, 4)) for n in range(1, 26)]
    with serving(filings, recent=5) as site:
        found = drafts(visited(site, years="12"))
        asked = [path for path in site.paths if "-submissions-" in path]

    assert [one.published_on.year for one in found if one.published_on] == list(
        range(2014, 2026)
    )
    assert len(asked) == 2


def test_more_years_and_more_forms_are_read_when_they_are_asked_for_later():
    filings = [
        filed(n, date(2016 + n, 5, 4), form="10-Q" if n % 2 else "8-K") for n in range(1, 10)
    ]
    with serving(filings, recent=3) as site:
        first = visited(site, years="3", forms="8-K")
        more_years = visited(site, cursor(first), years="9", forms="8-K")
        more_forms = visited(site, cursor(more_years), years="9")
        again = visited(site, cursor(more_forms), years="9")

    def years(finds: list[Find]) -> list[int]:
        return [one.published_on.year for one in drafts(finds) if one.published_on]

    assert years(first) == [2024]
    assert years(more_years) == [2018, 2020, 2022]
    assert years(more_forms) == [2017, 2019, 2021, 2023, 2025]
    assert not drafts(again)


def test_an_older_list_that_is_missing_is_told_and_asked_for_again():
    filings = [filed(n, date(2016 + n, 5, 4)) for n in range(1, 10)]
    with serving(filings, recent=5) as site:
        older = f"/submissions/CIK{CIK}-submissions-001.json"
        kept, site.pages[older] = site.pages[older], page(status=404)
        first = visited(site, years="20")
        site.pages[older] = kept
        second = visited(site, cursor(first), years="20")

    assert len(drafts(first)) == 5
    assert "older" in refusals(first)[0].why
    assert len(drafts(second)) == 4


def test_a_company_that_nobody_knows_is_told_and_the_others_are_read():
    with serving([filed()]) as site:
        finds = visited(site, companies="99, ZZZZ, BRK.B, nrd")

    assert [one.place for one in refusals(finds)] == ["ZZZZ", "BRK.B", "CIK 0000000099"]
    assert {one.field for one in refusals(finds)} == {"companies"}
    assert len(drafts(finds)) == 1


def test_a_ticker_with_a_point_is_found_as_the_sec_writes_it():
    with serving([filed(ticker="BRK-B")]) as site:
        assert drafts(visited(site, companies="BRK.B"))


def test_companies_may_stand_in_a_file(tmp_path: Path):
    path = tmp_path / "companies.txt"
    path.write_text("# ours\nNRD  # a customer\n\nCIK0000104169, 99\n", "utf-8")
    with serving([filed()]) as site:
        finds = visited(site, companies=str(path))

    assert len(drafts(finds)) == 1
    assert len(refusals(finds)) == 1


def test_without_the_whole_filing_its_documents_are_read_one_by_one():
    one = filed(
        data=b"<html><body><p>Item 5.02 Departure.</p><p>It failed.</p></body></html>",
        primary="main.htm",
        more={
            "d1dex991.htm": b"<p>Again.</p>",
            "letter.txt": b"A letter.",
            "ex31.htm": b"<p>I",
        },
    )
    found = drafts(read([one]))

    assert [(one.key.partition("#")[2], one.text.split()[0]) for one in found] == [
        ("", "Item"),
        ("ex-99.1", "Again."),
        ("letter.txt", "A"),
    ]
    assert found[0].title.endswith("Item 5.02")
    assert found[0].origins[0].endswith("/main.htm")


def test_a_filing_that_is_too_large_is_read_one_document_at_a_time():
    one = filed(data=b"<html><body><p>It failed.</p></body></html>", primary="main.htm")
    with serving([one]) as site:
        folder = f"/Archives/edgar/data/104169/{one.accession.replace('-', '')}"
        site.pages[f"{folder}/{one.accession}.txt"] = page(b" " * 2_000_000)
        visit = Visit(
            name="edgar",
            settings={"companies": CIK, "contact": "a@b.example", "address": site.address},
            now=NOW,
            reach=site.reach(),
            largest_mb=1,
        )
        (only,) = drafts(list(connector("edgar", visit).fetch()))

    assert only.text == "It failed."


def test_a_filing_that_cannot_be_had_is_told_and_asked_for_again():
    filings = [filed(n, date(2025, n, 1)) for n in range(1, 7)]
    with serving(filings) as site:
        lost = next(path for path in site.pages if path.endswith("000002.txt"))
        kept = site.pages.pop(lost)
        first = visited(site)
        second = visited(site, cursor(first))
        site.pages[lost] = kept
        third = visited(site, cursor(second))
        fourth = visited(site, cursor(third))

    assert len(drafts(first)) == 5
    assert "next visit" in refusals(first)[0].mend
    assert not drafts(second)
    assert refusals(second)
    assert [one.key[-1] for one in drafts(third)] == ["2"]
    assert not drafts(fourth)


def test_when_edgar_is_down_the_way_so_far_is_marked():
    filings = [filed(n, date(2025, n, 1)) for n in range(1, 7)]
    with serving(filings) as site:
        for path in [path for path in site.pages if path.endswith(".txt")][2:]:
            site.pages[path] = page(status=503)
        finds: list[Find] = []
        with pytest.raises(SourceDown):
            finds.extend(made(site).fetch())
        site.pages |= pages_of(filings)
        rest = visited(site, cursor(finds))

    assert [one.key[-1] for one in drafts(finds)] == ["1", "2"]
    assert [one.key[-1] for one in drafts(rest)] == ["3", "4", "5", "6"]


def test_a_busy_edgar_is_asked_again():
    one = filed()
    with serving([one]) as site:
        path = f"/submissions/CIK{CIK}.json"
        busy = page(status=429, headers={"Retry-After": "2"})
        site.pages[path] = [busy, page(status=500), site.pages[path]]  # type: ignore[list-item]
        assert drafts(visited(site))


def test_who_is_shut_out_learns_why():
    with serving([filed()]) as site:
        site.pages[f"/submissions/CIK{CIK}.json"] = page("Undeclared tool", status=403)
        with pytest.raises(SourceRefused, match="contact"):
            visited(site)


def test_the_sec_is_told_who_is_reading():
    with serving([filed()]) as site:
        visited(site, contact="Zoë\nLee zoe@example.com")

    assert {one.headers["user-agent"] for one in site.asked} == {"Zoe Lee zoe@example.com"}


def test_edgar_itself_is_asked_where_the_sec_has_it():
    archive = Archive(Reach())

    assert archive.web == "https://www.sec.gov"
    assert archive.data == "https://data.sec.gov"
    assert archive.folder(CIK, "0000104169-25-000007") == (
        "https://www.sec.gov/Archives/edgar/data/104169/000010416925000007"
    )


def test_the_sec_is_asked_no_more_than_ten_times_a_second():
    waits: list[float] = []
    with serving([filed(n, date(2025, n, 1)) for n in range(1, 7)]) as site:
        reach = Reach(allowed=frozenset({site.host}), pause=waits.append)
        told = {"companies": CIK, "contact": "a@b.example", "address": site.address}
        visit = Visit(name="edgar", settings=told, now=NOW, reach=reach)
        assert len(drafts(list(connector("edgar", visit).fetch()))) == 6

    assert len(waits) == len(site.asked) - 1
    assert max(waits) <= 0.12


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("contact", "Ann Lee"),
        ("contact", ""),
        ("companies", " , "),
        ("years", "three"),
        ("address", "ftp://x.example"),
    ],
)
def test_settings_that_cannot_be_used_are_invalid(field: str, told: str):
    with pytest.raises(Invalid) as caught:
        made(Web({}, 1), None, since=None, **{field: told})

    assert caught.value.facts["field"] == field


def test_a_list_with_odd_rows_gives_the_good_ones():
    with serving([filed()]) as site:
        path = f"/submissions/CIK{CIK}.json"
        told = json.loads(site.pages[path].body)  # type: ignore[union-attr]
        recent = told["filings"]["recent"]
        for name, odd in {
            "accessionNumber": ["../../etc", "0000104169-25-000009", None],
            "filingDate": ["2025-01-01", "soon", 7],
            "form": ["8-K", "8-K", "8-K"],
        }.items():
            recent[name] += odd
        site.pages[path] = page(json.dumps(told))
        finds = visited(site)

    assert len(drafts(finds)) == 1
    assert len(refusals(finds)) == 3
    assert not [one for one in site.paths if "etc" in one]


@pytest.mark.parametrize(
    "body", ["", "<html>", "[]", '{"filings": []}', '{"filings": {"recent": 7}}']
)
def test_a_list_that_makes_no_sense_stops_nobody(body: str):
    other = filed(cik="0000000005", accession="0000000005-25-000001", ticker="")
    with serving([filed(), other]) as site:
        site.pages[f"/submissions/CIK{CIK}.json"] = page(body)
        finds = visited(site, companies=f"{CIK}, 5")

    assert [one.key for one in drafts(finds)] == [other.accession]


def test_a_part_in_characters_that_cannot_be_read_is_told_and_the_others_kept():
    bad = part("EX-99.1", "<p>odd \x81</p>").encode("latin-1")
    data = (
        whole(part("8-K", "<p>It failed.</p>")) + bad + part("EX-99.2", "<p>Good</p>").encode()
    )
    finds = read([filed(data=data)])

    assert [one.text for one in drafts(finds)] == ["It failed.", "Good"]
    assert refusals(finds)[0].place.endswith("ex-99.1.htm")


def test_a_filing_that_breaks_off_keeps_what_is_there_and_an_empty_one_is_told():
    cut = whole(part("8-K", "<p>It failed.</p>"), part("EX-99.1", "<p>And then"))
    finds = read([filed(1, data=cut[:-20]), filed(2, data=whole(part("8-K", " ")))])

    assert [one.text for one in drafts(finds)] == ["It failed.", "And then"]
    assert "no text" in refusals(finds)[0].why


def test_with_a_day_to_begin_from_filings_are_told_again():
    filings = [filed(n, date(2025, n, 1)) for n in range(1, 7)]
    with serving(filings) as site:
        first = visited(site)
        again = list(made(site, cursor(first), since=date(2025, 4, 1)).fetch())

    assert [one.key[-1] for one in drafts(again)] == ["4", "5", "6"]


@pytest.mark.parametrize(
    "told", ["nonsense", "[]", '{"companies": {"1": {}}}', '{"tickers": 3}']
)
def test_a_cursor_that_means_nothing_begins_anew(told: str):
    with serving([filed()]) as site:
        assert drafts(visited(site, told))


@pytest.mark.parametrize(("folder", "number"), [("8-K", 40), ("10-K", 3)])
def test_real_filings_come_through_whole(folder: str, number: int):
    if not (FILES / folder).is_dir():
        pytest.skip("…/shared/data is not here")
    filings = filed_in(FILES / folder)
    with serving(filings) as site:
        companies = ",".join({one.cik: one for one in filings})
        first = visited(site, companies=companies, years="40")
        second = visited(site, cursor(first), companies=companies, years="40")

    found = drafts(first)
    assert not refusals(first)
    assert len({one.key.partition("#")[0] for one in found}) == len(filings) == number
    assert len({one.key for one in found}) == len(found)
    assert not drafts(second)
    if folder == "10-K":
        keys = [one.key.partition("#")[2] for one in found]
        assert [keys.count(f"item-{n}") for n in ("1", "7", "9a", "15")] == [3, 3, 3, 3]
        for one in filings:
            pieces = [d for d in found if d.key.startswith(one.accession)]
            assert max(len(d.text) for d in pieces) > 10 * len(pieces[0].title)
    else:
        assert {one.kind for one in found} == {Kind.FILING}
        assert len([one for one in found if "#ex-" in one.key]) == 6


def test_a_filing_under_two_lists_is_read_once():
    one = filed()
    with serving([one, but(one, on=date(2025, 5, 3))], recent=1) as site:
        assert len(drafts(visited(site))) == 1
