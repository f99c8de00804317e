"""Calls and mails become talks, in whichever format they come."""

import pytest

from tests.conversations.coverage.lines import NOW
from unsolved.conversations.coverage import Medium, Talk, read_mails, read_talks
from unsolved.errors import Error, Unreadable

MAIL = """\
From: Sam Field <sam@ours.example>
To: Ada Holm <ada@acme.example>
Subject: Late orders
Date: Mon, 2 Mar 2026 09:00:00 +0000
Message-ID: <1@ours.example>

What have you tried so far?

Sam
"""
ANSWER = """\
From: Ada Holm <ada@acme.example>
To: Sam Field <sam@ours.example>
Subject: Re: Late orders
Date: Tue, 3 Mar 2026 09:00:00 +0000
Message-ID: <2@acme.example>
In-Reply-To: <1@ours.example>

We bought a scanner system, and nobody used it.

On Mon, 2 Mar 2026, Sam Field wrote:
> What have you tried so far?
"""


def read(text: str | bytes, where: str) -> tuple[Talk, ...]:
    return read_talks(text if isinstance(text, bytes) else text.encode(), where=where, now=NOW)


def speakers(talk: Talk) -> list[str]:
    return [turn.speaker for turn in talk.turns]


VTT = """\
WEBVTT

00:01.000 --> 00:02.000
<v Ann>What have you tried?

00:03.000 --> 00:04.000
<v Bo>Two things.
"""
SRT = """\
1
00:00:01,000 --> 00:00:02,000
Ann: What have you tried?

2
00:00:03,000 --> 00:00:04,000
Bo: Two things.
"""
PLAIN = "Ann: What have you tried?\nBo: Two things."


@pytest.mark.parametrize(
    ("where", "text"),
    [("call.txt", PLAIN), ("stdin", PLAIN), ("call.vtt", VTT), ("call.srt", SRT)],
)
def test_a_transcript_is_read_in_any_format(where: str, text: str):
    (talk,) = read(text, where)

    assert talk.medium is Medium.CALL
    assert speakers(talk) == ["Ann", "Bo"]
    assert talk.turns[0].sentences == ("What have you tried?",)


def test_a_thread_in_an_mbox_is_one_talk_in_the_order_of_time():
    box = "".join(
        f"From x@y.example Mon Mar  2 09:00:00 2026\n{mail}\n" for mail in (ANSWER, MAIL)
    )

    (talk,) = read(box, "box.mbox")

    assert talk.medium is Medium.MAIL
    assert talk.title == "Late orders"
    assert speakers(talk) == ["Sam Field", "Ada Holm"]
    assert "scanner" in talk.turns[1].text
    assert "What have you tried" not in talk.turns[1].text
    assert str(talk.day) == "2026-03-02"


def test_single_mails_are_put_together():
    faults: list[Error] = []

    talks = read_mails(
        [(ANSWER.encode(), "2.eml"), (b"", "0.eml"), (MAIL.encode(), "1.eml")],
        now=NOW,
        faults=faults,
    )

    assert [speakers(talk) for talk in talks] == [["Sam Field", "Ada Holm"]]
    assert [str(fault) for fault in faults] == ["0.eml: it is empty. Export it again"]


def test_a_mail_is_known_by_its_headers_wherever_it_comes_from():
    (talk,) = read(MAIL, "stdin")

    assert talk.medium is Medium.MAIL


def test_two_threads_in_one_box_are_two_talks():
    other = MAIL.replace("<1@", "<9@").replace("Late orders", "Something else")
    box = "".join(
        f"From x@y.example Mon Mar  2 09:00:00 2026\n{mail}\n" for mail in (MAIL, other)
    )

    assert sorted(talk.title for talk in read(box, "b.mbox")) == [
        "Late orders",
        "Something else",
    ]


def test_lines_that_name_nobody_are_turns_of_nobody():
    (talk,) = read(
        "what have you tried\nwe bought a system\nand who decides\nour board does", "x.txt"
    )

    assert speakers(talk) == ["", "", "", ""]


def test_captions_without_names_are_read():
    text = "WEBVTT\n\n" + "\n\n".join(
        f"00:0{n}.000 --> 00:0{n}.900\nThis is sentence number {n} of it." for n in range(1, 6)
    )

    (talk,) = read(text, "x.vtt")

    assert set(speakers(talk)) == {""}
    assert "nobody says who speaks" in " ".join(talk.notes)


def test_times_that_overlap_are_told_and_nothing_breaks():
    text = "[00:10] Ann: One thing.\n[00:05] Bo: Another thing.\n[00:20] Ann: And so."

    (talk,) = read(text, "x.txt")

    assert any("overlap" in note for note in talk.notes)


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t", "a.vtt", "empty"),
        (b"WEBVTT\n\n", "a.vtt", "nobody says anything"),
        (b"{}", "a.json", ""),
        (b"{", "a.json", ""),
        (b"\x00\x01\x02\x03" * 50, "a.txt", ""),
        (b"One line.", "a.txt", "who speaks"),
        (b"%PDF-1.4", "a.pdf", "not kept in that format"),
        (b"Subject: x\nFrom: a@b.example\n\n", "a.eml", "nobody writes anything"),
        (b"no headers at all", "a.eml", "none of the headers"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(text: bytes, where: str, why: str):
    with pytest.raises(Unreadable) as refused:
        read(text, where)

    assert why in str(refused.value)
    assert refused.value.mend
