"""A table is found in a file, whatever it is written in, and every row keeps its line."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from unsolved.sources import Refusal
from unsolved.sources.sheets import Sheet, open_sheets

NAMES = {"name", "city", "amount", "stage", "notes"}
WESTERN = (
    "name;city;notes\nMüller & Söhne;München;Größe geprüft\nSociété Générale;Orléans;à été\n"
)
CENTRAL = "name;city\nŁódzkie Zakłady Żywności;Łódź\nČeská pošta;Plzeň\nGyőri Kft;Győr\n"
JAPANESE = (
    "name,city,notes\n株式会社日立製作所,東京,来週の打ち合わせについて確認する\n"
    "トヨタ自動車,名古屋,見積書を送付\n"
)
RUSSIAN = "name,city\nГазпром нефть,Москва\nЛукойл,Санкт-Петербург\nРоснефть,Новосибирск\n"  # noqa: RUF001 (Cyrillic is meant)


def opened(tmp_path: Path, data: str | bytes, name: str = "t.csv", encoding: str = "") -> Sheet:
    (found,) = found_in(tmp_path, data, name, encoding)
    assert isinstance(found, Sheet), found
    return found


def found_in(
    tmp_path: Path, data: str | bytes, name: str = "t.csv", encoding: str = ""
) -> list[Sheet | Refusal]:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_sheets(
        path, name, encoding=encoding, known=lambda cell: cell.strip().casefold() in NAMES
    )


def rows(sheet: Sheet) -> list[list[str]]:
    return [row[1] for row in sheet.rows() if not isinstance(row, Refusal)]


def refused(sheet: Sheet) -> list[int | None]:
    return [row.line for row in sheet.rows() if isinstance(row, Refusal)]


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (WESTERN, "utf-8"),
        (WESTERN, "utf-8-sig"),
        (WESTERN, "utf-16"),
        (WESTERN, "utf-16-le"),
        (WESTERN, "utf-16-be"),
        (WESTERN, "utf-32"),
        (WESTERN, "cp1252"),
        (WESTERN, "latin-1"),
        (WESTERN, "mac_roman"),
        (WESTERN, "cp850"),
        (CENTRAL, "utf-8"),
        (CENTRAL, "cp1250"),
        (CENTRAL, "iso8859_2"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, text: str, charset: str):
    sheet = opened(tmp_path, text.encode(charset))

    assert sheet.head == tuple(text.splitlines()[0].replace(";", ",").split(","))
    assert [row[0] for row in rows(sheet)] == [
        line.replace(";", ",").split(",")[0] for line in text.splitlines()[1:]
    ]


def test_the_encoding_is_found_though_only_a_late_line_tells_it(tmp_path: Path):
    text = "name,city\n" + "Acme,Oslo\n" * 200_000 + "Nestlé,Vevey\n"

    sheet = opened(tmp_path, text.encode("cp1252"))

    assert rows(sheet)[-1] == ["Nestlé", "Vevey"]
    assert refused(sheet) == []


def test_a_row_that_is_not_in_the_encoding_is_told_and_the_others_are_kept(tmp_path: Path):
    text = WESTERN.encode() + b"Bad \xff\xfe;Oslo;x\n" + "Nestlé;Vevey;y\n".encode()

    sheet = opened(tmp_path, text)

    assert [row[0] for row in rows(sheet)][-1] == "Nestlé"
    assert refused(sheet) == [4]


def test_nothing_that_a_database_refuses_comes_through(tmp_path: Path):
    assert rows(opened(tmp_path, b"name,city\nAc\0me\x01,Os\x0blo\n")) == [["Acme", "Os lo"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_are_told_apart_also_within_quotes(tmp_path: Path, delimiter: str, end: str):
    lines = ["name|city|notes".replace("|", delimiter)]
    lines += [f'"A,b;c|d"{delimiter}Oslo{delimiter}"x, y; z"'] * 5

    sheet = opened(tmp_path, end.join(lines))

    assert sheet.delimiter == delimiter
    assert rows(sheet)[0] == ["A,b;c|d", "Oslo", "x, y; z"]


def test_what_excel_says_about_the_delimiter_is_obeyed(tmp_path: Path):
    sheet = opened(tmp_path, "sep=;\nname;city\nA,b;Oslo\n")

    assert sheet.head == ("name", "city")
    assert rows(sheet) == [["A,b", "Oslo"]]


def test_the_head_is_found_below_a_preamble(tmp_path: Path):
    text = "Report: Pipeline\nAs of today\n\nFilter: all,rows\nname,stage,amount\nA,x,1\n"

    sheet = opened(tmp_path, text)

    assert (sheet.head, sheet.head_line) == (("name", "stage", "amount"), 5)
    assert rows(sheet) == [["A", "x", "1"]]


def test_columns_of_no_name_and_of_one_name_are_told_apart(tmp_path: Path):
    assert opened(tmp_path, "name,,name,city\na,b,c,d\n").head == (
        "name",
        "column 2",
        "name (2)",
        "city",
    )


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path):
    text = 'name,city\n"A","Os\nlo"\n\nB,Rome\n'

    assert [row[0] for row in opened(tmp_path, text).rows() if isinstance(row, tuple)] == [2, 5]


def test_a_quote_left_open_costs_one_row(tmp_path: Path):
    text = 'name,city\n"A,Oslo\nB,Rome\n"C,Bonn\nD,"Bern"\nE,"Kiel\n'

    sheet = opened(tmp_path, text)

    assert rows(sheet) == [["B", "Rome"], ["D", "Bern"]]
    assert refused(sheet) == [2, 4, 6]


def test_very_many_quotes_left_open_cost_a_row_each(tmp_path: Path):
    text = "name,city\n" + 'A,Oslo\n"B,Rome\n' * 20_000

    sheet = opened(tmp_path, text)

    assert len(rows(sheet)) == 20_000
    assert len(refused(sheet)) == 20_000


def test_a_row_may_have_many_lines(tmp_path: Path):
    letter = "\n".join(["Dear Ann,"] * 1_000)

    assert rows(opened(tmp_path, f'name,notes\nA,"{letter}"\n')) == [["A", letter]]


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path):
    sheet = opened(tmp_path, b"name,city\nA,Oslo\n" + b"x" * 9_000_000 + b"\nB,Rome\n")

    assert rows(sheet)[0] == ["A", "Oslo"]
    assert rows(sheet)[-1] == ["B", "Rome"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "nothing in it"),
        (b"\n\n \n", "nothing in it"),
        (b"1,2.5\n3,4\n", "no names"),
        (b"\xd0\xcf\x11\xe0abc", "old Excel"),
        (b"\x1f\x8babc", "packed"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04abc", "damaged"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, why: str):
    (found,) = found_in(tmp_path, data)

    assert isinstance(found, Refusal)
    assert why in found.why


def test_a_file_that_is_gone_is_refused(tmp_path: Path):
    (found,) = open_sheets(tmp_path / "no.csv", "no.csv", encoding="", known=lambda _: False)

    assert isinstance(found, Refusal)


def workbook() -> bytes:
    book = Workbook()
    first = book.worksheets[0]
    first.title = "Deals"
    first.append(["Pipeline of the year"])
    first.append(["name", "amount", "stage", "city"])
    first.append(["A", 1234.567, datetime(2024, 4, 3), None])  # noqa: DTZ001
    first.append(["B", 12, datetime(2024, 4, 13, 10, 30), "=1+1"])  # noqa: DTZ001
    second = book.create_sheet("Remarks")
    second.append(["only a remark"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(data: bytes, before: bytes, after: bytes) -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            told = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                told = told.replace(before, after)
            target.writestr(part.filename, told)
    return file.getvalue()


def test_a_sheet_of_a_workbook_is_a_table(tmp_path: Path):
    sheet = opened(tmp_path, workbook(), "t.xlsx")

    assert (sheet.place, sheet.head_line, sheet.is_native) == ("t.xlsx: Deals", 2, True)
    assert rows(sheet) == [
        ["A", "1234.5670", "2024-04-03"],
        ["B", "12", "2024-04-13 10:30:00"],
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (repacked(workbook(), b"<sheetData>", b"<sheetData>" + b" " * 60_000_000), "60 MB"),
        (repacked(workbook(), b"<worksheet", b"<!DOCTYPE x><worksheet"), "entities"),
        (workbook()[:2_000], "damaged"),
    ],
    ids=["a bomb", "entities", "cut off"],
)
def test_a_hostile_workbook_is_refused(tmp_path: Path, data: bytes, why: str):
    (found,) = found_in(tmp_path, data, "t.xlsx")

    assert isinstance(found, Refusal)
    assert why in found.why


def test_a_workbook_that_breaks_off_gives_what_came_before(tmp_path: Path):
    sheet = found_in(tmp_path, repacked(workbook(), b"</sheetData>", b""), "t.xlsx")

    assert all(isinstance(found, Refusal | Sheet) for found in sheet)
