"""A folder gives its documents, and tells what it could not read and how to mend it."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest

from unsolved.errors import SourceRefused
from unsolved.sources import Draft, Kind, Refusal
from unsolved.sources.connectors.folder import Folder

TODAY = date(2026, 3, 1)
SHARED = Path(__file__).parents[2].parent / "shared"
HEAD = "---\norganisation: 3M\ndomain: 3m.example\nkind: audit\npublished: 2021-04-01\n---\n\n"


def pdf(text: str) -> bytes:
    """Write the smallest PDF that says something."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else ""
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 612 792]>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    objects = "\n".join(f"{n} 0 obj{body}endobj" for n, body in enumerate(bodies, 1))
    return f"%PDF-1.4\n{objects}\ntrailer<</Root 1 0 R>>\n%%EOF".encode()


def found(path: Path, **said) -> list[Draft | Refusal]:
    return list(Folder(path, **{"today": TODAY, "organisation": "Norden", **said}).fetch())


def draft(path: Path, **said) -> Draft:
    (only,) = found(path, **said)
    assert isinstance(only, Draft), only
    return only


def refusal(path: Path, **said) -> Refusal:
    (only,) = found(path, **said)
    assert isinstance(only, Refusal), only
    return only


def test_front_matter_tells_whom_when_and_what(tmp_path: Path):
    (tmp_path / "a.md").write_text(HEAD + "# The third try\n\nIt **failed**.\n", "utf-8")

    read = draft(tmp_path)

    assert (read.key, read.organisation.name, read.organisation.domain) == (
        "a.md",
        "3M",
        "3m.example",
    )
    assert (read.kind, read.published_on) == (Kind.AUDIT, date(2021, 4, 1))
    assert (read.title, read.text) == ("The third try", "# The third try\n\nIt **failed**.")


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("organisation: Norden\n  : [\n---\n", 3),
        ("organisation: Norden\n", 1),
        ("a: b: c\n---\n", 2),
    ],
)
def test_a_broken_front_matter_is_refused_with_its_line(tmp_path: Path, front: str, line: int):
    (tmp_path / "a.md").write_text("---\n" + front + "It failed.", "utf-8")

    assert refusal(tmp_path).line == line


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path):
    (tmp_path / "a.md").write_text("---\n\nIt failed.", "utf-8")

    assert "It failed." in draft(tmp_path).text


def test_the_sub_folder_names_the_organisation(tmp_path: Path):
    (tmp_path / "Acme" / "2021").mkdir(parents=True)
    (tmp_path / "Acme" / "2021" / "a.txt").write_text("It failed.", "utf-8")

    read = draft(tmp_path)

    assert (read.key, read.organisation.name) == ("Acme/2021/a.txt", "Acme")


def test_a_document_about_nobody_is_refused_with_the_ways_to_name_it(tmp_path: Path):
    (tmp_path / "a.txt").write_text("It failed.", "utf-8")

    refused = refusal(tmp_path, organisation=None)

    assert "which organisation" in refused.why
    assert "sub-folder" in refused.mend
    assert "--organisation" in refused.mend


def test_a_single_file_will_do(tmp_path: Path):
    (tmp_path / "2020-05-06-notes.txt").write_text("It failed.", "utf-8")

    read = draft(tmp_path / "2020-05-06-notes.txt")

    assert (read.key, read.published_on, read.kind) == (
        "2020-05-06-notes.txt",
        date(2020, 5, 6),
        Kind.NOTE,
    )


def test_a_date_in_the_future_is_refused(tmp_path: Path):
    (tmp_path / "a.md").write_text(HEAD.replace("2021-04-01", "2031-01-01") + "x y", "utf-8")

    refused = refusal(tmp_path)

    assert refused.why == "published is in the future: 2031-01-01"
    assert refused.mend == "correct it or leave it out"


@pytest.mark.parametrize(
    ("told", "read"),
    [("2021", date(2021, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2026", TODAY), ("", None)],
)
def test_a_year_or_a_month_counts_as_its_last_day(tmp_path: Path, told: str, read: date | None):
    (tmp_path / "a.md").write_text(HEAD.replace("2021-04-01", told) + "x y", "utf-8")

    assert draft(tmp_path).published_on == read


@pytest.mark.parametrize("told", ["2021-13-01", "last year", "0000-01-01"])
def test_what_is_no_date_is_refused(tmp_path: Path, told: str):
    (tmp_path / "a.md").write_text(HEAD.replace("2021-04-01", told) + "x y", "utf-8")

    assert "no date" in refusal(tmp_path).why


def test_a_kind_nobody_knows_is_refused_with_those_we_know(tmp_path: Path):
    (tmp_path / "a.md").write_text(HEAD.replace("audit", "intervju") + "x y", "utf-8")

    assert "interview" in refusal(tmp_path).mend


def test_html_is_read_as_it_is_seen(tmp_path: Path):
    (tmp_path / "a.html").write_text(
        "<html><head><title>Our  year</title><style>p{}</style></head><body>"
        "<script>x()</script><h1>What\n went wrong</h1>"
        "<p>The <b>sup</b>plier\nleft &amp; took&nbsp;it&#8203;.</p>"
        "<ul><li>one</li> <li><p>two</p></li></ul>"
        "<table><tr><td>Sales</td><td></td><td>$</td>"
        "<td>(12</td><td>)</td></tr><tr><td><p>Costs</p></td><td>9</td></tr></table>"
        "<div style='display: none'>hidden</div><pre>a\n  b</pre></body></html>",
        "utf-8",
    )

    read = draft(tmp_path)

    assert read.title == "Our year"
    assert read.text == (
        "What went wrong\n\nThe supplier left & took it.\n\n• one\n• two\n\n"
        "Sales\t$(12)\nCosts\t9\n\na\nb"
    )


def test_a_filing_is_unwrapped(tmp_path: Path):
    (tmp_path / "a.txt").write_text(
        "<SEC-HEADER>\nCONFORMED SUBMISSION TYPE:\t8-K\nFILED AS OF DATE:\t\t20050802\n"
        "\tCOMPANY CONFORMED NAME:\t\tNORDEN INC\n</SEC-HEADER>\n"
        "<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n<PAGE>\nIt failed.\n</TEXT>\n"
        "</DOCUMENT>\n<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n"
        "<html><p>It failed again.</p></html>\n</TEXT></DOCUMENT>\n"
        "<DOCUMENT><TYPE>GRAPHIC\n<TEXT>\n"
        "begin 644 a.jpg\nM_]C_X\n</TEXT></DOCUMENT>",
        "utf-8",
    )

    read = draft(tmp_path)

    assert (read.organisation.name, read.kind) == ("NORDEN INC", Kind.FILING)
    assert read.published_on == date(2005, 8, 2)
    assert read.text == "It failed.\n\nIt failed again."


def test_a_pdf_is_read(tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(pdf("The second attempt failed."))

    read = draft(tmp_path)

    assert (read.text, read.media_type) == ("The second attempt failed.", "application/pdf")


@pytest.mark.parametrize(
    ("data", "why"), [(b"%PDF-1.4 rubbish", "damaged"), (pdf(""), "only pictures")]
)
def test_an_unreadable_pdf_is_refused(tmp_path: Path, data: bytes, why: str):
    (tmp_path / "a.pdf").write_bytes(data)

    assert why in refusal(tmp_path).why


def test_a_pdf_of_pictures_made_by_the_library_is_refused(tmp_path: Path):
    with pypdfium2.PdfDocument.new() as blank:
        blank.new_page(200, 200)
        blank.save(tmp_path / "a.pdf")

    assert "OCR" in refusal(tmp_path).mend


def test_a_word_document_is_read_with_its_tables(tmp_path: Path):
    document = docx.Document()
    document.add_paragraph("The first attempt failed.")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Payroll", "late"
    document.add_paragraph("So did the second.")
    document.save(str(tmp_path / "a.docx"))

    assert draft(tmp_path).text == (
        "The first attempt failed.\n\nPayroll\tlate\n\nSo did the second."
    )


@pytest.mark.parametrize("data", [b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_damaged_word_document_is_refused(tmp_path: Path, data: bytes):
    (tmp_path / "a.docx").write_bytes(data)

    assert "Word" in refusal(tmp_path).why


def test_json_lines_are_documents_and_a_bad_one_does_not_stop_them(tmp_path: Path):
    rows = [
        {
            "org": "Acme",
            "doc_id": "7",
            "form": "10-K",
            "date": "2020-01-02",
            "text": "It\0 failed.",
        },
        {"organisation": "Acme", "id": "7", "kind": "earnings call", "lines": ["One.", "Two."]},
        {"organisation": "Acme", "text": " "},
        {"organisation": "Acme", "date": "2031-01-01", "text": "It failed."},
    ]
    text = "\n".join([json.dumps(rows[0]), "{oops", "", *map(json.dumps, rows[1:]), "[1]"])
    (tmp_path / "a.jsonl").write_text(text, "utf-8")

    read = found(tmp_path)

    drafts = [find for find in read if isinstance(find, Draft)]
    assert [(d.key, d.kind, d.text) for d in drafts] == [
        ("a.jsonl#7", Kind.FILING, "It failed."),
        ("a.jsonl#7#2", Kind.TRANSCRIPT, "One.\nTwo."),
    ]
    assert [find.line for find in read if isinstance(find, Refusal)] == [2, 5, 6, 7]


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(2_000_001)

    refused = refusal(tmp_path, largest_mb=2)

    assert "2.0 MB" in refused.why
    assert "UNSOLVED_LARGEST_DOCUMENT_MB" in refused.mend


def test_of_json_lines_only_the_line_too_large_is_refused(tmp_path: Path):
    rows = [{"org": "Acme", "text": "x" * size} for size in (9, 1_000_001, 9)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")

    read = found(tmp_path, largest_mb=1)

    assert [type(find) for find in read] == [Draft, Refusal, Draft]


def test_cp1252_is_understood(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes("Nestlé \u2013 again".encode("cp1252"))

    assert draft(tmp_path).text == "Nestlé \u2013 again"


def test_a_page_says_its_own_charset(tmp_path: Path):
    page = "<meta charset='windows-1251'><p>Проект</p>"
    (tmp_path / "a.htm").write_bytes(page.encode("cp1251"))

    assert draft(tmp_path).text == "Проект"


def test_what_is_neither_is_refused_with_the_byte(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"one\ntwo \x81\x00")

    refused = refusal(tmp_path)

    assert (refused.line, refused.mend) == (2, "Save it as UTF-8")
    assert "byte 8 (0x81)" in refused.why


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.jsonl"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(b"\n")

    assert "no text" in refusal(tmp_path).why


def test_no_text_holds_what_a_database_refuses(tmp_path: Path):
    (tmp_path / "a.jsonl").write_text(
        r'{"org": "A\u0000cme", "text": "a\ud800b\u0000c"}', "utf-8"
    )

    read = draft(tmp_path)

    assert (read.text, read.organisation.name) == ("a\ufffdbc", "Acme")


def test_hidden_files_and_what_leads_outside_are_left_alone(tmp_path: Path):
    home = tmp_path / "home"
    (home / ".git").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("outside", "utf-8")
    for name in (".hidden.txt", ".git/a.txt", "b.txt", "a.txt"):
        (home / name).write_text("It failed.", "utf-8")
    (home / "link.txt").symlink_to(tmp_path / "secret.txt")

    assert [find.key for find in found(home) if isinstance(find, Draft)] == ["a.txt", "b.txt"]


def test_a_kind_of_file_we_do_not_read_is_told(tmp_path: Path):
    (tmp_path / "a.xlsx").write_bytes(b"PK")

    assert ".docx" in refusal(tmp_path).mend


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(SourceRefused):
        found(tmp_path / "nowhere")


@pytest.mark.skipif(
    not (SHARED / "data/files").is_dir(), reason="no filings beside the repository"
)
def test_real_filings_are_read():
    counts = Counter(
        type(find) for find in Folder(SHARED / "data/files", today=date.max).fetch()
    )

    assert counts == {Draft: 46}
