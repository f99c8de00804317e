"""Mail in files tells who wrote what to whom, and what of it could not be read."""

import gzip
import json
import mailbox
import re
import tracemalloc
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.sources.mails import (
    HEAD,
    documents,
    mail,
    of,
    read,
    record,
    records,
    refusals,
    visit,
)
from unsolved.errors import Invalid, SourceRefused
from unsolved.sources.connectors.mail import connector
from unsolved.sources.model import Kind
from unsolved.sources.records import Part, RecordDraft, RecordKind

ENRON = Path(__file__).parents[3].parent / "shared/data/mail/enron.jsonl.gz"


def test_a_mail_becomes_a_record_and_a_document(tmp_path: Path):
    told, document = of(mail("It failed again.\n\n> Well?\n\n-- \nBo\n"), tmp_path)

    assert (told.kind, told.key, told.title) == (
        RecordKind.ACTIVITY,
        "1@norden.example.org",
        "The third try",
    )
    assert told.at == datetime.fromisoformat("2026-02-02T09:30:00+01:00")
    assert told.organisation.domain == "norden.com"
    assert (told.person.name, told.person.email) == ("Bo Berg", "bo@mail.norden.com")
    assert [(part, one.name, one.email) for part, one in told.people] == [
        (Part.FROM, "Bo Berg", "bo@mail.norden.com"),
        (Part.TO, "Lee, Ann", "ann@acme.com"),
        (Part.CC, "", "cy@acme.com"),
    ]
    assert told.facts == {
        "type": "e-mail",
        "message_id": "1@norden.example.org",
        "in_reply_to": None,
        "references": [],
        "thread": "1@norden.example.org",
        "direction": "in",
        "subject": "The third try",
        "words": 3,
        "attachments": [],
        "folder": "one",
    }
    assert "Subject: The third try" in told.received
    assert "It failed" not in told.received
    assert (document.kind, document.key, document.text) == (
        Kind.EMAIL,
        told.key,
        "It failed again.",
    )
    assert (document.published_on, document.media_type) == (date(2026, 2, 2), "message/rfc822")
    assert b"> Well?" in document.original


@pytest.mark.parametrize(
    ("route", "own", "direction", "about"),
    [
        ("bo@norden.com ann@acme.com", "acme.com", "in", ("bo@norden.com", "norden.com")),
        ("ann@eu.acme.com bo@norden.com", "acme.com", "out", ("bo@norden.com", "norden.com")),
        ("ann@acme.com cy@acme.com", "acme.com", "internal", ("ann@acme.com", "acme.com")),
        ("ann@acme.com cy@ac.me", "acme.com, ac.me", "internal", ("ann@acme.com", "acme.com")),
        ("bo@norden.com ann@acme.com", "", None, ("bo@norden.com", "norden.com")),
        ("bo@gmail.com ann@acme.com", "acme.com", "in", ("bo@gmail.com", None)),
        (
            "ann@gmail.com bo@norden.com",
            "ann@gmail.com",
            "out",
            ("bo@norden.com", "norden.com"),
        ),
        ("bo@notacme.com ann@acme.com", "acme.com", "in", ("bo@notacme.com", "notacme.com")),
    ],
)
def test_the_other_side_is_whom_a_mail_is_about(tmp_path: Path, route, own, direction, about):
    sender, to = route.split()
    told = record(
        mail(head=f"From: {sender}\nTo: {to}\nMessage-ID: <1@x>\n"), tmp_path, own=own
    )

    assert told.facts["direction"] == direction
    domain = told.organisation.domain if told.organisation else None
    assert (told.person.email, domain) == about


def test_a_mail_from_anybodys_provider_is_a_record_and_no_document(tmp_path: Path):
    told = of(mail(head="From: bo@gmail.com\nTo: ann@acme.com\n"), tmp_path)

    assert [type(one) for one in told] == [RecordDraft]


def test_a_forwarded_mail_without_a_word_is_a_record_and_no_document(tmp_path: Path):
    told = of(mail("-----Original Message-----\nFrom: x@y.z\n\nLong story\n"), tmp_path)

    assert [type(one) for one in told] == [RecordDraft]
    assert told[0].facts["words"] == 0


@pytest.mark.parametrize(
    ("date_told", "moment"),
    [
        ("Date: Mon, 2 Feb 2026 09:30:00 -0000", "2026-02-02T09:30:00+00:00"),
        ("Date: 2 Feb 26 09:30 EST", "2026-02-02T09:30:00-05:00"),
        ("Date: 2026-02-02T09:30:00+02:00", "2026-02-02T09:30:00+02:00"),
        ("Date: Tue, 3 Mar 2026 09:30:00 +0000", "2026-03-03T09:30:00+00:00"),
        ("Date: Mon, 31 Dec 1979 16:00:00 -0800", None),
        ("Date: Mon, 2 Feb 2126 09:30:00 +0000", None),
        ("Date: Mon, 99 Feb 2026 09:30:00 +0000", None),
        ("Date: Mon, 2 Feb 2026 09:30:00 +9999", None),
        ("Date: yesterday", None),
        ("Date:", None),
        ("X-A: b", None),
        (
            "Date: nonsense\nReceived: from a by b; Mon, 2 Feb 2026 09:31:00 +0100",
            "2026-02-02T09:31:00+01:00",
        ),
        ("Date: " + "9" * 6_000, None),
    ],
)
def test_a_moment_is_told_when_it_can_be(tmp_path: Path, date_told: str, moment: str | None):
    told = record(mail(head=f"{date_told}\nFrom: bo@norden.com\nMessage-ID: <1@x>\n"), tmp_path)

    assert (told.at and told.at.isoformat()) == moment


def test_a_date_that_cannot_be_is_kept_as_it_was_told(tmp_path: Path):
    told = record(mail(head="Date: Mon, 2 Feb 2126 09:30:00 +0000\nFrom: b@n.com\n"), tmp_path)

    assert told.facts["date"] == "Mon, 2 Feb 2126 09:30:00 +0000"


def test_without_a_message_id_the_key_is_the_same_wherever_the_mail_lies(tmp_path: Path):
    bare = HEAD.partition("\n")[2]
    raw = mail("It failed.\n\nFrom now on we wait.\n", bare)
    (tmp_path / "a.eml").write_bytes(raw.replace(b"\n", b"\r\n"))
    box = mailbox.mbox(tmp_path / "b.mbox")
    box.add(raw)
    box.close()

    one, other = records(read(tmp_path / "a.eml")), records(read(tmp_path / "b.mbox"))

    assert one[0].key.startswith("sha256:")
    assert one[0].key == other[0].key
    assert record(mail("Other words.\n", bare), tmp_path).key != one[0].key


def test_the_same_mail_in_two_folders_is_told_once(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.eml").write_bytes(mail())

    assert len(records(read(tmp_path))) == 1


def test_two_mails_with_one_message_id_are_both_told(tmp_path: Path):
    (tmp_path / "a.eml").write_bytes(mail())
    (tmp_path / "b.eml").write_bytes(mail(head=HEAD.replace("third", "fourth")))

    told = records(read(tmp_path))

    assert [one.title for one in told] == ["The third try", "The fourth try"]
    assert len({one.key for one in told}) == 2
    assert [one.key for one in told] == [one.key for one in records(read(tmp_path))]


@pytest.mark.parametrize(
    ("head", "automatic", "document"),
    [
        ("Auto-Submitted: auto-replied\n", True, True),
        ("Auto-Submitted: no\n", None, True),
        ("Precedence: bulk\n", True, True),
        ("List-Id: <all.norden.com>\n", True, True),
        ("List-Unsubscribe: <mailto:x@y>\nPrecedence: bulk\n", True, False),
        ("X-A: b\n", None, True),
    ],
)
def test_what_a_machine_wrote_is_marked_and_a_newsletter_is_no_document(
    tmp_path: Path, head: str, automatic: bool | None, document: bool
):
    told = of(mail(head=HEAD + head), tmp_path)

    assert told[0].facts.get("automatic") is automatic
    assert len(told) == 1 + document


def test_an_answer_belongs_to_the_conversation_that_it_names(tmp_path: Path):
    named = "References: <a@x> <b@x>\nIn-Reply-To: <b@x>\n"
    lost = HEAD.replace("The third", "Re: AW: The third")

    assert record(mail(head=HEAD + named), tmp_path).facts["thread"] == "a@x"
    assert record(mail(head=HEAD + "In-Reply-To: <b@x>\n"), tmp_path).facts["thread"] == "b@x"
    assert record(mail(head=lost), tmp_path).facts["thread"] == "subject:the third try"


def boxed(*mails: bytes) -> bytes:
    """Write an mbox as programs do, the word From at the beginning of a line escaped."""
    return b"".join(
        b"From bo@norden.com Mon Feb  2 09:30:00 2026\n"
        + re.sub(rb"(?m)^(>*From )", rb">\1", one)
        + b"\n"
        for one in mails
    )


def numbered(count: int, body: str = "It failed again.\n") -> list[bytes]:
    return [mail(body, HEAD.replace("<1@", f"<{number}@")) for number in range(count)]


def test_an_mbox_is_read_mail_by_mail(tmp_path: Path):
    (tmp_path / "Inbox").write_bytes(boxed(*numbered(3, "From now on we wait.\n\n>From me\n")))

    told = read(tmp_path / "Inbox")

    assert [one.key[0] for one in records(told)] == ["0", "1", "2"]
    assert {one.text for one in documents(told)} == {"From now on we wait."}
    assert {one.facts["folder"] for one in records(told)} == {"Inbox"}


def test_what_the_standard_library_writes_is_read(tmp_path: Path):
    box = mailbox.mbox(tmp_path / "b.mbox")
    for one in numbered(3, "It failed.\n\nFrom now on we wait.\n"):
        box.add(one)
    box.close()

    told = documents(read(tmp_path / "b.mbox"))

    assert [one.text for one in told] == ["It failed.\n\nFrom now on we wait."] * 3


def test_from_within_a_text_does_not_begin_a_mail(tmp_path: Path):
    """Also where a program has not escaped it."""
    body = "We wait.\n\nFrom Monday 9:30 we try again, as in 2025.\n\nFrom: here on.\n"
    (tmp_path / "b.mbox").write_bytes(
        b"From x@y Mon Feb  2 09:30:00 2026\n" + mail(body) + b"\n" + boxed(*numbered(1))
    )

    told = documents(read(tmp_path / "b.mbox"))

    assert [one.text for one in told] == [body.strip(), "It failed again."]


def test_an_mbox_that_ends_in_the_middle_gives_what_is_there(tmp_path: Path):
    whole = boxed(*numbered(3))
    (tmp_path / "b.mbox").write_bytes(whole[:-20])

    told = read(tmp_path / "b.mbox")

    assert len(records(told)) == 3
    assert refusals(told) == []


def test_a_broken_mail_in_an_mbox_is_refused_with_its_line_and_the_others_are_told(
    tmp_path: Path,
):
    first, last = numbered(2)
    broken = b"From x Mon Feb  2 09:30:00 2026\nX-Only: this\n\nnothing\n\n"
    (tmp_path / "b.mbox").write_bytes(boxed(first) + broken + boxed(last))

    told = read(tmp_path / "b.mbox")

    assert [(one.place, one.line) for one in refusals(told)] == [
        ("b.mbox", boxed(first).count(b"\n") + 1)
    ]
    assert len(records(told)) == 2


def test_a_mail_in_an_mbox_that_is_too_large_does_not_hide_the_next(tmp_path: Path):
    large = mail("It failed.\n" * 200_000, HEAD.replace("<1@", "<large@"))
    (tmp_path / "b.mbox").write_bytes(boxed(large, *numbered(1)))

    told = read(tmp_path / "b.mbox", largest_mb=1)

    assert [one.key.partition("@")[0] for one in records(told)] == ["large", "0"]
    assert len(refusals(told)) == 1


def test_an_mbox_needs_no_more_memory_than_its_mails(tmp_path: Path):
    with (tmp_path / "b.mbox").open("wb") as file:
        for start in range(0, 300, 100):
            body = "It failed again, as it had before.\n" * 300
            file.write(
                boxed(
                    *(
                        mail(body, HEAD.replace("<1@", f"<{start + number}@"))
                        for number in range(100)
                    )
                )
            )
    size = (tmp_path / "b.mbox").stat().st_size
    tracemalloc.start()

    count = sum(
        1 for _ in connector(visit(tmp_path / "b.mbox", since=date(2026, 2, 28))).fetch()
    )

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 0
    assert (size > 3_000_000, peak < 1_500_000) == (True, True)


def test_a_maildir_is_read_and_nothing_in_it_changed(tmp_path: Path):
    box = mailbox.Maildir(tmp_path / "Maildir")
    one, two = numbered(2)
    box.add(one)
    box.add_folder("Sent").add(two)
    (tmp_path / "Maildir" / "tmp" / "half").write_bytes(mail(head=HEAD.replace("<1@", "<9@")))
    (tmp_path / "Maildir" / "dovecot-uidlist").write_text("3 V1", "utf-8")
    before = sorted(tmp_path.rglob("*"))

    told = records(read(tmp_path / "Maildir"))

    assert sorted((one.key[0], one.facts["folder"]) for one in told) == [
        ("0", "INBOX"),
        ("1", "Sent"),
    ]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_of_saved_mails_is_read_and_other_files_refused(tmp_path: Path):
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026" / "a.eml").write_bytes(numbered(1)[0])
    (tmp_path / "Inbox.msf").write_bytes(b"// index")
    (tmp_path / "b.msg").write_bytes(b"\xd0\xcf\x11\xe0" * 100)
    (tmp_path / ".hidden").write_bytes(numbered(2)[1])

    told = read(tmp_path)

    assert [one.facts["folder"] for one in records(told)] == ["2026"]
    assert [one.place for one in refusals(told)] == ["b.msg"]


def test_a_link_that_leads_outside_is_not_followed(tmp_path: Path):
    (tmp_path / "outside.eml").write_bytes(mail())
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a.eml").symlink_to(tmp_path / "outside.eml")

    assert records(read(tmp_path / "box")) == []


def test_an_empty_folder_says_so_and_a_missing_one_is_a_refused_source(tmp_path: Path):
    (refused,) = read(tmp_path)

    assert "no mail" in refused.why
    with pytest.raises(SourceRefused):
        read(tmp_path / "none")


def test_with_since_nothing_older_is_told(tmp_path: Path):
    assert of(mail(), tmp_path, since=date(2026, 2, 3)) == []
    assert len(of(mail(), tmp_path, since=date(2026, 2, 2))) == 2


def test_a_setting_that_is_neither_yes_nor_no_is_refused(tmp_path: Path):
    with pytest.raises(Invalid):
        connector(visit(tmp_path, attachments="perhaps"))


def test_seventeen_hundred_real_mails_are_read_without_a_refusal(tmp_path: Path):
    if not ENRON.exists():
        pytest.skip("shared/data is not here")
    with gzip.open(ENRON, "rt", encoding="utf-8") as lines:
        mails = [json.loads(line)["text"].encode("utf-8", "surrogateescape") for line in lines]
    (tmp_path / "enron.mbox").write_bytes(boxed(*mails))

    told = read(tmp_path / "enron.mbox", own="enron.com")

    assert refusals(told) == []
    assert len({one.key for one in records(told)}) == len(mails)
    for document in documents(told):
        assert "Original Message-----" not in document.text
        assert not re.search(r"(?m)^-{5,} Forwarded by", document.text)
