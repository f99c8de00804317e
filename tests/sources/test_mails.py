"""A mail is read however it was written, packed and damaged."""

import time
from base64 import b64encode
from pathlib import Path

import pytest

from tests.sources.mails import HEAD, built, documents, mail, of, record, records, refusals
from unsolved.sources.model import Kind, Refusal
from unsolved.sources.records import RecordDraft


def test_a_page_without_a_plain_text_is_read_and_its_quotation_left_out(tmp_path: Path):
    message = built()
    message.set_content(
        "<p>It <b>failed</b>.</p><div class='gmail_quote'>On Monday<blockquote>Theirs"
        "</blockquote></div><script>no()</script>",
        subtype="html",
    )

    assert documents(of(bytes(message), tmp_path))[0].text == "It failed."


def test_of_alternatives_the_plain_one_is_read_once(tmp_path: Path):
    message = built()
    message.set_content("It failed.")
    message.add_alternative("<p>It failed.</p>", subtype="html")

    assert documents(of(bytes(message), tmp_path))[0].text == "It failed."


def test_an_empty_plain_text_gives_way_to_the_page(tmp_path: Path):
    message = built()
    message.set_content("\n")
    message.add_alternative("<p>It failed.</p>", subtype="html")

    assert documents(of(bytes(message), tmp_path))[0].text == "It failed."


def with_attachments() -> bytes:
    message = built()
    message.set_content("See what I attached.")
    message.add_attachment("The portal failed.", filename="interview notes.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    message.add_attachment(
        b"PK\x03\x04", maintype="application", subtype="zip", filename="a.zip"
    )
    message.add_attachment("one,two\n1,2\n", subtype="csv", filename="../../etc/table.csv")
    message.add_attachment(
        b"%PDF-1.4 broken", maintype="application", subtype="pdf", filename="x.pdf"
    )
    return bytes(message)


def test_attachments_are_named_and_not_read_unless_asked_for(tmp_path: Path):
    told = of(with_attachments(), tmp_path)

    assert told[0].facts["attachments"] == [
        "interview notes.txt (text/plain, 19 bytes)",
        "a.png (image/png, 4 bytes)",
        "a.zip (application/zip, 4 bytes)",
        "table.csv (text/csv, 12 bytes)",
        "x.pdf (application/pdf, 15 bytes)",
    ]
    assert [one.text for one in documents(told)] == ["See what I attached."]
    assert refusals(told) == []


def test_attached_texts_are_read_when_asked_for_and_what_is_packed_stays_packed(tmp_path: Path):
    told = of(with_attachments(), tmp_path, attachments="yes")

    assert [(one.key, one.kind, one.text.strip()) for one in documents(told)] == [
        ("1@norden.com", Kind.EMAIL, "See what I attached."),
        ("1@norden.com#interview notes.txt", Kind.INTERVIEW, "The portal failed."),
        ("1@norden.com#table.csv", Kind.NOTE, "one,two\n1,2"),
    ]
    assert [one.place for one in refusals(told)] == ["one.eml, a.zip", "one.eml, x.pdf"]


def test_a_mail_attached_to_a_mail_is_not_the_writers_own(tmp_path: Path):
    inner = built(Subject="Inner")
    inner.set_content("Theirs.")
    message = built()
    message.set_content("Mine.")
    message.add_attachment(inner)

    told, document = of(bytes(message), tmp_path)

    assert document.text == "Mine."
    assert told.facts["attachments"] == ["Inner.eml (message/rfc822)"]


HEADERS = {
    "8-bit": (b"Subject: Gr\xfc\xdfe\nFrom: bo@n.com\n\nx", "Grüße"),
    "utf-8 bytes": ("Subject: Grüße\nFrom: bo@n.com\n\nx".encode(), "Grüße"),
    "encoded": (b"Subject: =?iso-8859-1?q?Gr=FC=DFe?=\nFrom: bo@n.com\n\nx", "Grüße"),
    "unknown charset": (b"Subject: =?x-none?q?Gr=C3=BC=C3=9Fe?=\nFrom: bo@n.com\n\nx", "Grüße"),
    "a codec that is no charset": (b"Subject: =?rot13?q?abc?=\nFrom: bo@n.com\n\nx", "abc"),
    "in two pieces": (
        b"Subject: =?utf-8?q?Gr=C3?= =?utf-8?q?=BCn?=\nFrom: bo@n.com\n\nx",
        "Grün",
    ),
    "folded": (b"Subject: The\n third\n\ttry\nFrom: bo@n.com\n\nx", "The third try"),
    "nothing": (b"From: bo@n.com\n\nx", "(no subject)"),
    "NUL": (b"Subject: a\x00b\nFrom: bo@n.com\n\nx", "ab"),
}


@pytest.mark.parametrize(("raw", "title"), HEADERS.values(), ids=HEADERS.keys())
def test_a_subject_is_read_however_it_is_written(tmp_path: Path, raw: bytes, title: str):
    assert record(raw, tmp_path).title == title


UTF_16 = b64encode("Grüße".encode("utf-16"))
QUOTED_PRINTABLE = b"text/plain; charset=utf-8", b"quoted-printable"
BODIES = {
    "unknown charset": (b"text/plain; charset=x-none", b"", "Grüße".encode(), "Grüße"),
    "false charset": (b"text/plain; charset=utf-8", b"", b"Gr\xfc\xdfe", "Grüße"),
    "ascii that is not": (b"text/plain; charset=us-ascii", b"8bit", b"Gr\xfc\xdfe", "Grüße"),
    "no charset": (b"text/plain; charset=zip", b"", b"Text", "Text"),
    "utf-16": (b"text/plain; charset=utf-16", b"base64", UTF_16, "Grüße"),
    "broken base64": (b"text/plain", b"base64", b"SXQgZmFpbGVkIQ=!==\n*", "It failed!"),
    "quoted-printable": (*QUOTED_PRINTABLE, b"Gr=C3=BC=\n=C3=9Fe", "Grüße"),
    "broken quoted-printable": (b"text/plain", b"quoted-printable", b"a=ZZ b=", "a=ZZ b"),
    "unknown encoding": (b"text/plain", b"rot13", b"Text", "Text"),
    "flowed": (b"text/plain; format=flowed", b"", b"It failed \nagain.", "It failed again."),
    "no type": (b"nonsense", b"", b"Text", "Text"),
    "NUL": (b"text/plain", b"", b"a\x00b", "ab"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "packed", "body", "text"), BODIES.values(), ids=BODIES.keys())
def test_a_body_is_read_however_it_is_packed(tmp_path: Path, kind, packed, body, text):
    head = HEAD.encode() + b"Content-Type: " + kind + b"\n"
    if packed:
        head += b"Content-Transfer-Encoding: " + packed + b"\n"

    assert documents(of(head + b"\n" + body, tmp_path))[0].text == text


def nested(depth: int) -> bytes:
    """Write parts within parts."""
    head, body = HEAD.encode(), b""
    for number in range(depth):
        body += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    body += b"\nIt failed.\n"
    for number in reversed(range(depth)):
        body += b"--b%d--\n" % number
    return head + body


def test_parts_in_parts_are_read_up_to_a_depth(tmp_path: Path):
    assert documents(of(nested(20), tmp_path))[0].text == "It failed."

    told = of(nested(1_000), tmp_path)

    assert [type(one) for one in told] == [Refusal, RecordDraft]
    assert "too many parts" in told[0].why
    assert told[1].title == "The third try"


def test_a_mail_made_of_a_million_parts_keeps_its_headers(tmp_path: Path):
    body = "--b\n\nx\n" * 300_000
    told = of(mail(body, HEAD + "Content-Type: multipart/mixed; boundary=b\n"), tmp_path)

    assert [type(one) for one in told] == [Refusal, RecordDraft]


def test_a_mail_that_is_too_large_keeps_its_headers(tmp_path: Path):
    told = of(mail("It failed.\n" * 200_000), tmp_path, largest_mb=1)

    assert [type(one) for one in told] == [Refusal, RecordDraft]
    assert "larger than 1 MB" in told[0].why
    assert told[1].key == "1@norden.example.org"


HOSTILE = {
    "a huge header": b"Subject: " + b"a" * 5_000_000 + b"\nFrom: bo@norden.com\n\nx",
    "many headers": b"X-A: b\n" * 200_000 + b"From: bo@norden.com\n\nx",
    "many people": b"To: " + b"bo@norden.com, " * 100_000 + b"\nFrom: bo@norden.com\n\nx",
    "open brackets": b"From: " + b"(" * 50_000 + b"\nTo: bo@norden.com\n\nx",
    "open quotes": b'From: "' * 5_000 + b"\nTo: bo@norden.com\n\nx",
    "many references": b"From: b@n.com\nReferences: " + b"<a@b> " * 100_000 + b"\n\nx",
    "no body": b"From: bo@norden.com",
    "a boundary that never comes": b"From: b@n.com\nContent-Type: multipart/mixed\n\nx",
    "a name of nothing": b"From: <>\nTo: ,,;:@\nSubject:\n\nx",
    "a file name of nothing": b"From: b@n.com\nContent-Type: application/pdf; name*0*=''%\n\nx",
    "carriage returns": b"From: bo@norden.com\r\rx\r\r",
    "a type of types": b"From: b@n.com\nContent-Type: "
    + b"multipart/alternative;" * 50
    + b"\n\nx",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("attachments", ["yes", "no"])
def test_no_mail_makes_it_fail_or_slow(tmp_path: Path, raw: bytes, attachments: str):
    began = time.monotonic()

    told = of(raw, tmp_path, attachments=attachments)

    assert records(told)
    assert len(records(told)[0].people) <= 1_000
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    "raw", [b"", b"\n\n", b"\x00" * 500, b"PK\x03\x04" * 99, b"Just a text.\n"]
)
def test_what_is_no_mail_is_refused(tmp_path: Path, raw: bytes):
    (refused,) = of(raw, tmp_path)

    assert isinstance(refused, Refusal)
    assert refused.mend
