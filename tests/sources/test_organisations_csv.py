"""A table of organisations keeps its good rows and tells the lines of the others."""

from pathlib import Path

import pytest

from unsolved.errors import SourceRefused
from unsolved.sources import OrganisationDraft, Refusal
from unsolved.sources.connectors.organisations_csv import OrganisationsCsv


def found(tmp_path: Path, text: str | bytes) -> list[OrganisationDraft | Refusal]:
    data = text.encode() if isinstance(text, str) else text
    (tmp_path / "organisations.csv").write_bytes(data)
    return list(OrganisationsCsv(tmp_path / "organisations.csv").fetch())


def test_a_row_is_an_organisation(tmp_path: Path):
    head = "name,domain,industry,country,employees,revenue,names,owner\n"
    row = (
        '"Norden, Inc.",norden.example,Rail,Norway,"about 17,600",NOK 3bn (2023),Norden;NRD,x\n'
    )

    assert found(tmp_path, head + row) == [
        OrganisationDraft(
            name="Norden, Inc.",
            names=("Norden", "NRD"),
            domain="norden.example",
            industry="Rail",
            country="Norway",
            employees=17600,
            revenue="NOK 3bn (2023)",
        )
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_line_ends_and_a_mark_of_order_are_understood(
    tmp_path: Path, delimiter: str, end: str
):
    text = end.join([f"Name{delimiter}Country", f"Acme{delimiter}Norway"])

    assert found(tmp_path, "\ufeff" + text) == [
        OrganisationDraft(name="Acme", country="Norway")
    ]


def test_a_missing_name_column_is_refused_once_with_the_columns_found(tmp_path: Path):
    (refused,) = found(tmp_path, "company,domain\nAcme,acme.example\nNorden,\n")

    assert isinstance(refused, Refusal)
    assert "company, domain" in refused.why
    assert "industry" in refused.mend


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path):
    text = 'name,industry\n"Acme","Rail\nand\nroad"\n,Rail\n\nNorden,Rail,x,y\nLast,Rail\n'

    read = found(tmp_path, text)

    assert [find.line for find in read if isinstance(find, Refusal)] == [5, 7]
    assert [find.name for find in read if isinstance(find, OrganisationDraft)] == [
        "Acme",
        "Last",
    ]
    assert isinstance(read[0], OrganisationDraft)
    assert read[0].industry == "Rail and road"


def test_an_organisation_without_a_name_is_refused(tmp_path: Path):
    (refused,) = found(tmp_path, "name,domain\n  ,acme.example\n")

    assert isinstance(refused, Refusal)
    assert (refused.why, refused.line) == ("the organisation has no name", 2)


def test_a_quote_left_open_costs_one_row(tmp_path: Path):
    read = found(tmp_path, 'name,domain\n"Acme,acme.example\nNorden,norden.example\n')

    assert [type(find) for find in read] == [Refusal, OrganisationDraft]


@pytest.mark.parametrize(
    ("told", "heads"),
    [("17600", 17600), ("17.600", 17600), ("~ 1 200 employees", 1200), ("5000+", 5000)],
)
def test_a_head_count_is_a_number(tmp_path: Path, told: str, heads: int):
    (read,) = found(tmp_path, f"name;employees\nAcme;{told}\n")

    assert isinstance(read, OrganisationDraft)
    assert read.employees == heads


@pytest.mark.parametrize("told", ["many", "10-50", "1.5", "-3", "9" * 30])
def test_the_row_is_kept_without_a_head_count_that_is_none(tmp_path: Path, told: str):
    refused, read = found(tmp_path, f"name;employees\nAcme;{told}\n")

    assert isinstance(refused, Refusal)
    assert refused.line == 2
    assert read == OrganisationDraft(name="Acme")


def test_only_unknown_columns_are_told(tmp_path: Path):
    refused, read = found(tmp_path, "name,branche\nAcme,Rail\n")

    assert isinstance(refused, Refusal)
    assert "branche" in refused.why
    assert read == OrganisationDraft(name="Acme")


def test_cp1252_is_understood_and_utf16_refused(tmp_path: Path):
    assert found(tmp_path, "name\nNestlé\n".encode("cp1252")) == [
        OrganisationDraft(name="Nestlé")
    ]
    (refused,) = found(tmp_path, "name\nNestlé\n".encode("utf-16"))
    assert isinstance(refused, Refusal)


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_table_is_refused(tmp_path: Path, text: str):
    (refused,) = found(tmp_path, text)

    assert isinstance(refused, Refusal)


def test_a_table_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(SourceRefused):
        list(OrganisationsCsv(tmp_path / "nowhere.csv").fetch())
