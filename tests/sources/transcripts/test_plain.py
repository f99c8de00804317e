import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given

from tests.sources.transcripts.test_captions import TURNS
from unsolved.errors import Unreadable
from unsolved.sources.transcripts import Transcript, Turn, read

EARNINGS = Path(__file__).parents[4] / "shared/data/calls/earnings21_turns.jsonl.gz"


def text(told: str, where: str = "call.txt") -> Transcript:
    return read(told.encode(), where=where)


ONE_CALL = [
    "Ann Lee: We tried.\nBob: Why?",
    "Ann Lee: We\ntried.\n\nBob: Why?\n",
    "[00:00:12] Ann Lee: We tried.\n[00:00:15] Bob: Why?",
    "00:12 Ann Lee: We tried.\n00:15 Bob: Why?",
    "(0:12) Ann Lee: We tried.\n(0:15) Bob: Why?",
    "00:00:12.000 - 00:00:14.000 Ann Lee: We tried.\n00:00:15.000 - 00:00:16.000 Bob: Why?",
    "Ann Lee (00:12): We tried.\nBob (00:15): Why?",
    "Ann Lee [00:12] We tried.\nBob [00:15] Why?",
    "Ann Lee  0:12\nWe tried.\n\nBob  0:15\nWhy?",
    "Ann Lee\t0:12\nWe tried.\nBob\t0:15\nWhy?",
    "0:12 | Ann Lee\nWe tried.\n\n0:15 | Bob\nWhy?",
    "00:00:12\nAnn Lee: We tried.\n00:00:15\nBob: Why?",
    "**Ann Lee:** We tried.\n\n**Bob**: Why?",
    "- Ann Lee: We tried.\n- Bob: Why?",
    "Ann Lee <ann@acme.com>: We tried.\nBob: Why?",
]


@pytest.mark.parametrize("told", ONE_CALL)
def test_each_way_of_writing_it_is_the_same_call(told: str):
    assert text(told).text == "Ann Lee: We tried.\n\nBob: Why?"


@pytest.mark.parametrize("told", ONE_CALL[2:-4])
def test_each_way_of_writing_the_time_is_the_same_time(told: str):
    assert [turn.start for turn in text(told).turns] == [12.0, 15.0]


def test_speakers_that_have_a_number_only_keep_it():
    assert text("[S0] We tried.\n[S1] Why?").speakers == ("S0", "S1")
    assert text("[Speaker 1]: We tried.\n[Speaker 2]: Why?").speakers == (
        "Speaker 1",
        "Speaker 2",
    )


def test_names_in_small_letters_count_where_most_lines_have_one():
    assert text("agent: hello\ncustomer: hi\nagent: why?").speakers == ("agent", "customer")


def test_a_colon_within_what_is_said_names_nobody():
    call = text(
        "Ann Lee: There are two things.\nNote: it failed.\nhere is why: we bought it\n"
        "http://acme.com: a link\nIt was 10:30 then.\nBob: Why?"
    )

    assert call.speakers == ("Ann Lee", "Bob")
    assert "Note: it failed. here is why: we bought it" in call.turns[0].text


def test_where_names_have_times_a_colon_elsewhere_names_nobody():
    call = text("0:12 | Ann Lee\nAnd then: we tried.\nWell: twice.\n0:15 | Bob\nWhy?")

    assert call.speakers == ("Ann Lee", "Bob")
    assert text("[0:12] Ann: Hi.\nmore: of it\n[0:15] Bob: Why?").speakers == ("Ann", "Bob")


def test_sounds_in_brackets_are_no_speakers():
    call = text("Speaker 1: Hi.\n[Laughs] Yes.\n[inaudible] no\nSpeaker 2: Why?")

    assert call.turns[0].text == "Hi. [Laughs] Yes. [inaudible] no"


def test_the_head_says_what_the_call_was():
    call = text(
        "Discovery with Acme\nDate: 2024-03-05\nDuration: 30 min\n"
        "Participants: Ann Lee <ann@acme.com>; Bob\n\nAnn Lee: We tried.\nBob: Why?"
    )

    assert (call.title, str(call.day), call.told_seconds) == (
        "Discovery with Acme",
        "2024-03-05",
        1800.0,
    )
    assert [(who.name, who.email) for who in call.participants] == [
        ("Ann Lee", "ann@acme.com"),
        ("Bob", None),
    ]
    assert call.turns[0] == Turn("Ann Lee", "We tried.")


def test_front_matter_says_what_the_call_was():
    call = text(
        "---\ntitle: Discovery\norganisation: Acme Corp\ndate: 2024-03-05T14:00:00Z\n---\n"
        "**Ann:** We tried.\n",
        "call.md",
    )

    assert (call.title, call.organisation) == ("Discovery", "Acme Corp")
    assert call.started_at is not None
    assert call.text == "Ann: We tried."


def test_what_is_said_before_anybody_is_named_is_kept():
    long = "This call is recorded. " * 10
    call = text(f"{long}\nAnn: We tried.")

    assert call.turns == (Turn(None, long.strip()), Turn("Ann", "We tried."))


def test_a_text_that_names_nobody_is_refused():
    with pytest.raises(Unreadable, match="no line of it says who speaks"):
        text("Just a note. Nothing else.")
    with pytest.raises(Unreadable, match="no line of it says who speaks"):
        text("Just a note. Nothing else.", "a.vtt")


def test_an_unknown_encoding_is_read_or_refused():
    assert read("Åse: vi prøvde".encode("cp1252"), where="a.txt").speakers == ("Åse",)
    assert read("Ann: we tried".encode("utf-16"), where="a.txt").text == "Ann: we tried"
    with pytest.raises(Unreadable):
        read(b"Ann: \x81\xfe\x00we", where="a.txt")


@given(TURNS)
def test_what_is_written_as_text_is_read_back(told: list[tuple[str, list[str]]]):
    turns = tuple(
        Turn(name, " ".join([*words, f"no{n}."]), 10.0 * n)
        for n, (name, words) in enumerate(told)
    )
    clock = [f"{int(t.start or 0) // 60:02d}:{int(t.start or 0) % 60:02d}" for t in turns]
    for form in ("[{0}] {1}: {2}", "{1} ({0}): {2}", "{1}  {0}\n{2}\n", "{0} | {1}\n{2}\n"):
        lines = [form.format(at, t.speaker, t.text) for at, t in zip(clock, turns, strict=True)]
        assert text("\n".join(lines)).turns == turns


@given(TURNS)
def test_a_document_made_of_a_call_is_that_call(told: list[tuple[str, list[str]]]):
    call = text("\n".join(f"{name}: {' '.join(words)}" for name, words in told))
    places = [
        call.text[at : at + len(t.text)]
        for at, t in zip(call.places(), call.turns, strict=True)
    ]

    assert text(call.text).turns == call.turns
    assert places == [turn.text for turn in call.turns]


def test_every_call_of_earnings21_gives_its_turns():
    if not EARNINGS.exists():
        pytest.skip("shared/data is not here")
    with gzip.open(EARNINGS) as lines:
        calls = [json.loads(line)["text"] for line in lines]
    assert len(calls) == 44
    for told in calls:
        found = text(told)
        assert len(found.turns) == told.count("\n") + 1
        assert found.language == "en"
        said = [f"[{turn.speaker}] {turn.text}" for turn in found.turns]
        assert said == [" ".join(line.split()) for line in told.split("\n")]
