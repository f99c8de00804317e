import base64
from pathlib import Path

import pytest

from tests.conversations.drafts.found import checked
from unsolved.conversations import drafts
from unsolved.conversations.drafts import File
from unsolved.conversations.drafts.letter import Letter
from unsolved.errors import Unreadable

PAGE = """<!DOCTYPE html><html><head><title>Late orders</title>
<style>p {color: red}</style></head>
<body><p>Hi&nbsp;Ann,</p>
<p>I hope this email finds you well.</p>
<p>Our <b>platform</b> helps companies &amp; teams.</p><ul><li>one</li><li>two</li></ul>
<div style="display:none">Our software is hidden.</div>
<div class="gmail_signature">Nordlicht, our platform helps companies save</div>
<div class="gmail_quote">On Monday Ann wrote:
<blockquote><p>What makes you say so?</p></blockquote>
</div></body></html>
"""
HEAD = "From: tom@x.example\nTo: Ann <ann@y.example>\nSubject: Late orders\nMIME-Version: 1.0\n"


def read(name: str, text: str | bytes) -> File:
    return drafts.read(name, text if isinstance(text, bytes) else text.encode())


def own(file: File) -> list[str]:
    """Return what is checked of each draft, in words."""
    return [" ".join(Letter(draft).prose.split()) for draft in file.drafts]


def subjects(file: File) -> list[str]:
    return [draft.text[slice(*(draft.subject or (0, 0)))] for draft in file.drafts]


def test_a_text_may_say_its_subject_and_recipient():
    file = read("a.txt", "Subject: Late orders\nTo: Ann <ann@y.example>\n\nHi Ann,\n\nwhy?\n")

    assert subjects(file) == ["Late orders"]
    assert file.drafts[0].to == "Ann <ann@y.example>"
    assert own(file) == ["Hi Ann, why?"]


def test_front_matter_is_not_checked():
    file = read(
        "a.md", '---\nsubject: "Late orders"\nto: Acme\nnote: our platform\n---\n\nWhy?\n'
    )

    assert subjects(file) == ["Late orders"]
    assert own(file) == ["Why?"]


def test_what_is_quoted_and_signed_is_left_out_and_nothing_moves():
    text = (
        "Hi Ann,\n\nwhat became of it?\n\nKind regards,\nTom\nNordlicht - our platform\n\n"
        "On Mon, 3 March 2025 Ann wrote:\n> We help companies like yours.\n"
    )
    file = read("a.txt", text)

    assert own(file) == ["Hi Ann, what became of it?"]
    assert file.drafts[0].text == text


def test_a_page_is_read_as_its_reader_sees_it():
    file = read("a.html", PAGE)
    [one] = drafts.lint_file(file)

    assert subjects(file) == ["Late orders"]
    assert own(file) == [
        (
            "Hi Ann, I hope this email finds you well. "
            "Our platform helps companies & teams. - one - two"
        )
    ]
    finding = next(f for f in one.findings if f.rule == "M801")
    line = PAGE.split("\n")[finding.line - 1]
    assert line[finding.column - 1 :].startswith("I hope this email finds you well")


def test_a_page_is_mended_where_its_words_stand_as_they_are():
    after, count = drafts.fix(read("a.html", PAGE))

    assert count == 1
    assert after.source == PAGE.replace("I hope this email finds you well.", "")


def test_a_mail_in_quoted_printable_knows_where_its_words_stand():
    mail = (
        HEAD.replace("Late orders", "=?utf-8?q?Caf=C3=A9?=")
        + "Content-Type: text/plain; charset=utf-8\n"
        + "Content-Transfer-Encoding: quoted-printable\n\n"
        + "Hi Ann,\n\nat the Caf=C3=A9 Nord our plat=\nform helps companies save time.\n"
    )
    [one] = drafts.lint_file(read("a.eml", mail))

    assert one.draft.text.startswith("Café\n\nHi Ann,")
    finding = next(f for f in one.findings if f.rule == "P101")
    assert finding.words.startswith("our platform")
    assert mail.split("\n")[finding.line - 1][finding.column - 1 :].startswith("our plat=")


def test_a_mail_of_several_parts_is_read_by_its_text_and_tells_what_is_attached():
    packed = base64.encodebytes(PAGE.encode()).decode()
    mail = (
        f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n"
        "Content-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: base64\n\n{packed}\n"
        "--b\nContent-Type: application/pdf\n"
        "Content-Disposition: attachment; filename=deck.pdf\n\nxx\n--b--\n"
    )
    file = read("a.eml", mail)

    assert own(file)[0].startswith("Hi Ann, I hope this email finds you well.")
    assert file.drafts[0].attachments == ("deck.pdf",)
    assert drafts.fix(file)[1] == 0  # it is packed: nothing stands there as it reads


def test_an_answer_is_known_by_its_headers():
    mail = f"{HEAD}In-Reply-To: <1@y.example>\n\nHi Ann,\n\nwhy?\n".replace("Late", "Re: Late")

    [one] = drafts.lint_file(read("a.eml", mail))

    assert one.draft.is_reply
    assert "M805" not in {finding.rule for finding in one.findings}


SEQUENCE = """---
subject: Late orders
to: ann@y.example
---
Hi Ann,

your report of 3 March speaks of late orders. What happened?

---
subject: Re: Late orders
after: 1 day
---
Hi Ann,

just checking in.

---

Hi Ann,

let me show you a demo.
"""


def test_several_mails_in_one_file_are_a_sequence():
    file = read("s.md", SEQUENCE)

    assert subjects(file) == ["Late orders", "Re: Late orders", ""]
    assert [draft.order for draft in file.drafts] == [0, 1, 2]
    assert [draft.days for draft in file.drafts] == [None, 1.0, None]
    for draft in file.drafts:
        assert SEQUENCE[draft.base : draft.base + len(draft.text)] == draft.text


def test_a_line_of_dashes_before_a_footer_parts_nothing():
    text = "Subject: Late orders\n\nHi Ann,\n\nwhy?\n\n---\nNordlicht GmbH, Hafen 1, Kiel\n"

    assert len(read("a.txt", text).drafts) == 1


SHEET = """to: ann@y.example
mails:
  - subject: "Late orders"
    day: 1
    body: |
      Hi Ann,

      your report of 3 March speaks of late orders. What happened?
  - subject: "Re: Late orders"
    day: 2
    body: >
      Hi Ann, I hope this finds you well.
      The auditor's note of 9 April
      counts 300 more. Which plant is it?
"""


def test_a_sheet_is_a_sequence_whose_places_are_those_of_the_sheet():
    file = read("s.yaml", SHEET)
    found = [finding for one in drafts.lint_file(file) for finding in one.findings]

    assert subjects(file) == ["Late orders", "Re: Late orders"]
    assert file.drafts[1].days == 1.0
    wish = next(finding for finding in found if finding.rule == "M801")
    assert SHEET.split("\n")[wish.line - 1][wish.column - 1 :].startswith("I hope this finds")
    assert "T003" in {finding.rule for finding in found}


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("s.yaml", "mails: [", "no YAML"),
        ("s.yaml", "mails:\n  - subject: x\n", "no body"),
        ("s.yaml", "a: 1", "no mails"),
        ("s.yaml", "", "no mails"),
        ("a.txt", b"\x00\x01\x02", "no text"),
        ("a.txt", b"x" * 3_000_001, "too large"),
        ("a.eml", HEAD + "\n--b" * 3_000, "too many parts"),
        ("a.txt", "Hi Ann,\n\nwhat became of it?\n\n---\n" * 60, "60 mails"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(name: str, text: str | bytes, why: str):
    with pytest.raises(Unreadable, match=why) as refused:
        read(name, text)

    assert refused.value.where == name
    assert refused.value.mend


@pytest.mark.parametrize("text", ["", "\n\n", "---\n", "Subject: x\n", "> quoted\n"])
def test_an_empty_draft_is_a_finding(text: str):
    for name in ("a.txt", "a.eml"):
        [one] = drafts.lint_file(read(name, text))
        assert "S906" in {finding.rule for finding in one.findings}
    [page] = drafts.lint_file(read("a.html", "<p><b></b></p>"))
    assert "S906" in {finding.rule for finding in page.findings}


@pytest.mark.parametrize(
    "piece", ["word ", "a", "<p>", "<!--", "---\n", "> ", "a: b\n", "{{", '"x', "=\n", "\n\n"]
)
def test_a_megabyte_of_anything_is_read_soon(piece: str):
    text = piece * (1_000_000 // len(piece))

    for name in ("a.txt", "a.html", "a.eml"):
        try:
            file = read(name, text)
        except Unreadable:
            continue
        for one in drafts.lint_file(file):
            assert all(finding.end <= len(one.draft.text) for finding in one.findings)


def test_encodings_are_known():
    assert own(read("a.txt", "Café, pourquoi ?".encode("cp1252"))) == ["Café, pourquoi ?"]
    assert own(read("a.txt", "Café?".encode("utf-16"))) == ["Café?"]
    assert own(read("a.txt", b"\xef\xbb\xbfWhy?")) == ["Why?"]


def test_standard_input_is_known_by_its_look():
    assert read("-", PAGE).kind is drafts.Kind.PAGE
    assert read("-", HEAD + "\nWhy?\n").kind is drafts.Kind.MAIL
    assert read("-", "Subject: x\n\nWhy?\n").kind is drafts.Kind.TEXT


def test_numbered_files_are_a_sequence_and_a_hundred_are_not(tmp_path: Path):
    for number in (1, 2, 10, 3, 4, 5, 6, 7, 8, 9):
        (tmp_path / f"{number}-mail.txt").write_text("Why?")
    [batch] = drafts.batches([tmp_path])
    assert batch.is_sequence
    assert [path.name.partition("-")[0] for path in batch.paths][-1] == "10"

    for number in range(11, 60):
        (tmp_path / f"{number}-mail.txt").write_text("Why?")
    assert len(list(drafts.batches([tmp_path]))) == 59
    assert len(list(drafts.batches([tmp_path], sequences=True))) == 1


def test_a_long_draft_is_checked_at_its_beginning_and_says_so():
    text = "Our platform helps companies save time. " + "word " * 10_000 + "Hope you are well."

    rules = {finding.rule for one in checked(text) for finding in one.findings}

    assert {"P101", "S901", "S907"} <= rules
    assert "M801" not in rules
