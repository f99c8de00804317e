"""Before an import a person sees what it would make of the table, and why."""

from pathlib import Path

import pytest

from unsolved.sources.crm import Mapping, Object, Preview, Told, preview, previews

DATA = Path(__file__).parents[3] / "../shared/data/crm"
TABLE = (
    "Deal name;Amount;Close date;Stage;Colour\n"
    "Alpha;1.234,56;03.04.2024;Won;red\n"
    "Beta;500;13.04.2024;Open;\n"
    "Gamma;abc;14.04.2024;Open;blue\n"
)


def of(tmp_path: Path, text: str, told: Told | None = None) -> Preview:
    (tmp_path / "deals.csv").write_text(text, "utf-8")
    return preview(tmp_path / "deals.csv", told)


def test_a_preview_says_how_the_file_is_written(tmp_path: Path):
    found = of(tmp_path, TABLE)

    assert (found.encoding, found.delimiter, found.head_line) == ("utf-8", ";", 1)
    assert found.looked_at == 3


def test_a_preview_says_what_each_column_was_taken_for_and_why(tmp_path: Path):
    found = of(tmp_path, TABLE)

    assert found.object is Object.DEALS
    assert [column.field for column in found.columns] == [
        "name",
        "amount",
        "closed",
        "stage",
        None,
    ]
    assert found.columns[4].why == "its name is not known"
    assert found.columns[4].examples == ("red", "blue")
    assert "comma" in (found.columns[1].manner or "")
    assert "day-first" in (found.columns[2].manner or "")


def test_a_preview_shows_the_first_rows_as_they_would_be_kept(tmp_path: Path):
    found = of(tmp_path, TABLE)

    assert found.rows[0]["amount"] == 1234.56
    assert found.rows[0]["closed"] == "2024-04-03"
    assert found.rows[0]["is_won"] is True


def test_a_preview_tells_what_is_bad(tmp_path: Path):
    (problem,) = of(tmp_path, TABLE).problems

    assert (problem.line, problem.field) == (4, "Amount")


def test_what_nothing_shows_is_left_open_and_said(tmp_path: Path):
    text = "Deal name,Amount,Close date\nAlpha,1,03/04/2024\nBeta,2,05/06/2024\n"

    found = of(tmp_path, text)

    assert found.columns[2].is_open
    assert "left open" in (found.columns[2].manner or "")
    assert found.problems[0].field == "Close date"
    assert not of(tmp_path, text, Told(dates="day-first")).problems


def test_where_a_layout_has_a_usual_order_it_is_taken_and_said(tmp_path: Path):
    text = "Opportunity Name,Stage,Close Date\nAlpha,Open,03/04/2024\nBeta,Open,05/06/2024\n"

    found = of(tmp_path, text)

    assert found.rows[0]["closed"] == "2024-03-04"
    assert "usual in this layout" in (found.columns[2].manner or "")
    assert not found.problems


def test_what_another_column_shows_counts_where_one_is_open(tmp_path: Path):
    text = "Deal name,Created,Close date\nA,25/12/2023,03/04/2024\nB,26/12/2023,05/06/2024\n"

    assert of(tmp_path, text).rows[0]["closed"] == "2024-04-03"


def test_a_mapping_that_was_kept_is_used_again(tmp_path: Path):
    text = "a,b,c\nAlpha,10,x\n"
    first = of(tmp_path, text, Told(object=Object.DEALS, columns={"a": "name", "b": "amount"}))
    assert first.mapping is not None

    again = of(tmp_path, text, Told.of({"mapping": first.mapping.to_json()}))

    assert again.object is Object.DEALS
    assert again.rows == first.rows
    assert (
        again.signature
        == first.signature
        == Mapping.from_json(first.mapping.to_json()).signature
    )


def test_a_table_of_nothing_known_says_how_to_go_on(tmp_path: Path):
    found = of(tmp_path, "foo,bar\n1,2\n")

    assert found.object is None
    assert "mapping" in found.problems[0].mend


def test_a_file_that_cannot_be_read_is_previewed_as_such(tmp_path: Path):
    found = of(tmp_path, "")

    assert found.object is None
    assert "nothing in it" in found.why


def test_a_report_with_several_lines_a_deal_is_previewed():
    path = DATA / "eci2020_export/CompetenciaECI/Validacion_ECI_2020.csv"
    if not path.exists():
        pytest.skip("…/shared/data is not here")

    (found,) = previews(path)

    fields = {column.name: column.field for column in found.columns if column.field}
    assert found.object is Object.DEALS
    assert found.encoding == "utf-8-sig"
    assert fields["Opportunity_ID"] == "key"
    assert fields["Account_Name"] == "organisation"
    assert fields["Total_Amount"] == "amount"
    assert fields["Total_Amount_Currency"] == "currency"
    assert "ID" not in fields
    assert found.rows[0]["lines"] == 3
    assert not found.problems
