import time

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from unsolved.errors import Unreadable
from unsolved.sources.transcripts import Transcript, Turn, read


def vtt(*cues: str) -> Transcript:
    return read("\n\n".join(["WEBVTT", *cues]).encode(), where="call.vtt")


def srt(text: str) -> Transcript:
    return read(text.encode(), where="call.srt")


def test_voices_of_teams_are_the_speakers():
    call = vtt(
        "6f1e/12-0\n00:00:01.000 --> 00:00:03.500\n<v Ann Lee>We tried it twice.</v>",
        "6f1e/12-1\n00:00:03.900 --> 00:00:05.000\n<v Ann Lee>It failed.</v>",
        "6f1e/13-0\n00:00:05.100 --> 00:00:06.000\n<v Bob &amp; Co>Why?</v>",
    )

    assert call.turns == (
        Turn("Ann Lee", "We tried it twice. It failed.", 1.0, 5.0),
        Turn("Bob & Co", "Why?", 5.1, 6.0),
    )
    assert call.speakers == ("Ann Lee", "Bob & Co")
    assert call.seconds == 6.0


def test_names_of_zoom_are_the_speakers_and_its_file_name_says_when():
    text = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nAnn Lee: We tried.\n\n"
        "2\n00:00:02.000 --> 00:00:03.000\nBob: Note: it failed.\n"
    )
    call = read(text.encode(), where="x/GMT20240305-140000_Recording.transcript.vtt")

    assert [turn.written for turn in call.turns] == [
        "Ann Lee: We tried.",
        "Bob: Note: it failed.",
    ]
    assert call.started_at is not None
    assert call.started_at.isoformat() == "2024-03-05T14:00:00+00:00"


def test_asides_styles_ids_and_positions_are_nobodys_words():
    call = vtt(
        "NOTE made by a machine\nin two lines",
        "STYLE\n::cue(.a) { color: red }",
        "REGION\nid:fred width:40%",
        "intro\n00:01.000 --> 00:02.000 align:start position:10%\n<c.loud>Hello</c> <i>you</i>",
        "NOTE the end",
    )

    assert call.turns == (Turn(None, "Hello you", 1.0, 2.0),)


def test_several_voices_in_one_cue_are_several_turns():
    call = vtt("00:01.000 --> 00:04.000\n<v Ann>Hi\nthere</v>\n<v.loud Bob>Hello</v>")

    assert call.turns == (Turn("Ann", "Hi there", 1.0, 4.0), Turn("Bob", "Hello", 1.0, 4.0))


def test_several_names_in_one_cue_are_several_turns():
    call = srt("1\n00:00:01,000 --> 00:00:04,000\nAnn: Hi\nthere\nBob: Hello\n")

    assert [turn.written for turn in call.turns] == ["Ann: Hi there", "Bob: Hello"]


def test_a_name_that_marks_only_who_begins_holds_until_the_next():
    call = srt(
        "1\n00:00:01,000 --> 00:00:02,000\n>> Ann: We tried\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\nto fix it\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\n>> Bob: Why?\n"
    )

    assert [turn.written for turn in call.turns] == ["Ann: We tried to fix it", "Bob: Why?"]


def test_a_colon_within_what_is_said_names_nobody():
    cues = [f"{n:02d}:00.000 --> {n:02d}:01.000\nand so on {n}." for n in range(30)]
    call = vtt(*cues, "40:00.000 --> 40:01.000\nProject Phoenix: it failed.")

    assert call.speakers == ()
    assert call.turns[-1].text == "Project Phoenix: it failed."


def test_what_is_badly_formed_loses_no_word():
    call = srt(
        "\ufeff00:00:01.5 --> 00:00:02,000\nno number here\n"
        "2\n0:00:03,000 --> 00:00:04.000\nno blank line before\n\nand one within\n\n"
        "2\nNaN --> 00:00:06,000\nno time\n\n"
        "99\n00:00:07,000 -> 00:00:08,000\nhalf an arrow\n\n"
        "100\n00:00:09,000 --> 00:00:08,000\n"
    )

    said = " ".join(turn.text for turn in call.turns)
    assert said == "no number here no blank line before and one within no time half an arrow"


def test_numbers_that_were_said_are_kept_where_cues_have_no_numbers():
    call = srt(
        "00:00:01,000 --> 00:00:02,000\nSince\n\n00:00:02,000 --> 00:00:03,000\n2019\n\n"
        "00:00:03,000 --> 00:00:04,000\nwe tried\n\n00:00:04,000 --> 00:00:05,000\nit."
    )

    assert call.turns == (Turn(None, "Since 2019 we tried it.", 1.0, 5.0),)


def test_rolling_captions_are_said_once():
    call = vtt(
        "00:00.000 --> 00:02.000\nso what we tried",
        "00:02.000 --> 00:02.010\nso what we tried",
        "00:02.010 --> 00:04.000\nso what we tried\nwas a new<00:03.000><c> system</c>",
        "00:04.000 --> 00:06.000\nwas a new system\nand it failed",
    )

    assert call.text == "so what we tried was a new system and it failed"


def test_captions_that_grow_are_said_once():
    call = srt(
        "1\n00:00:01,000 --> 00:00:02,000\nAnn: we tried\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\nAnn: we tried to fix it\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nAnn: we tried to fix it last year\n"
    )

    assert call.text == "Ann: we tried to fix it last year"


def test_who_says_a_thing_twice_has_said_it_twice():
    call = vtt(
        "00:01.000 --> 00:02.000\n<v Ann>No.</v>",
        "00:02.000 --> 00:03.000\n<v Ann>No.</v>",
        "00:03.000 --> 00:04.000\n<v Ann>We never did.</v>",
    )

    assert call.text == "Ann: No. No. We never did."


def test_a_pause_ends_a_turn_and_so_does_time_that_runs_backwards():
    call = vtt(
        "00:10.000 --> 00:11.000\n<v Ann>One</v>",
        "00:13.900 --> 00:14.000\n<v Ann>two</v>",
        "00:18.000 --> 00:19.000\n<v Ann>three</v>",
        "00:02.000 --> 00:03.000\n<v Ann>four</v>",
    )

    assert [(t.text, t.start, t.end) for t in call.turns] == [
        ("One two", 10.0, 14.0),
        ("three", 18.0, 19.0),
        ("four", 2.0, 3.0),
    ]


def test_who_speaks_at_the_same_time_keeps_their_own_turn():
    call = vtt(
        "00:10.000 --> 00:20.000\n<v Ann>A long story</v>",
        "00:12.000 --> 00:13.000\n<v Bob>Yes</v>",
        "00:15.000 --> 00:16.000\n<v Ann>that ends</v>",
    )

    assert [turn.speaker for turn in call.turns] == ["Ann", "Bob", "Ann"]


def test_what_nobody_is_named_for_is_joined_up_to_the_end_of_a_sentence():
    call = vtt(
        "00:01.000 --> 00:02.000\nWe tried",
        "00:02.000 --> 00:03.000\nto fix it.",
        "00:03.000 --> 00:04.000\nWhy did it fail?",
    )

    assert [turn.text for turn in call.turns] == ["We tried to fix it.", "Why did it fail?"]


def test_tags_that_are_no_tags_of_captions_stay_words():
    call = vtt(
        "00:01.000 --> 00:02.000\n<v &lt;script&gt;alert(1)&lt;/script&gt;>a <b>b</b> </v>",
        "00:02.000 --> 00:03.000\n<v Bob>x < y <script>alert(1)</script> &lt;b&gt;</v>",
    )

    assert call.turns == (
        Turn("<script>alert(1)</script>", "a b", 1.0, 2.0),
        Turn("Bob", "x < y <script>alert(1)</script> <b>", 2.0, 3.0),
    )


def test_marks_that_are_not_seen_make_no_second_speaker():
    call = vtt(
        "00:01.000 --> 00:02.000\n<v Ann\u200b Lee>one</v>",
        "00:02.000 --> 00:03.000\n<v \u202eAnn Lee\u200d>two</v>",
        "00:03.000 --> 00:04.000\n<v שרה\u200cש>three</v>",
    )

    assert call.speakers == ("Ann Lee", "שרה\u200cש")


def test_the_head_says_language_and_title():
    head = b"WEBVTT - Call with Acme\nKind: captions\nLanguage: nl\n\n"
    call = read(head + b"00:01.000 --> 00:02.000\nja", where="a.vtt")

    assert (call.title, call.language, call.language_is_told) == ("Call with Acme", "nl", True)


def test_what_graph_calls_metadata_is_a_call():
    cue = (
        '{{"startDateTime":"2024-03-05T14:00:{0:02d}.000Z","speakerName":"{1}",'
        '"spokenText":"{2}","spokenLanguage":"en-us"}}'
    )
    call = vtt(
        "00:00:05.000 --> 00:00:06.000\n" + cue.format(15, "Ann", "We tried."),
        "00:00:06.000 --> 00:00:07.000\n" + cue.format(16, "Bob", "Why?"),
    )

    assert call.recorder == "teams"
    assert call.text == "Ann: We tried.\n\nBob: Why?"
    assert call.started_at is not None
    assert call.started_at.isoformat() == "2024-03-05T14:00:10+00:00"
    assert call.language == "en-us"


@pytest.mark.parametrize("text", ["", "WEBVTT", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "\x00"])
def test_a_file_in_which_nobody_speaks_is_refused(text: str):
    with pytest.raises(Unreadable, match="nobody says anything"):
        read(text.encode(), where="empty.vtt")


def test_captions_are_known_whatever_their_file_is_called():
    call = read(b"1\n00:00:01,000 --> 00:00:02,000\nAnn: hi\n", where="call.txt")

    assert (call.recorder, call.text) == ("srt", "Ann: hi")


def test_three_hours_in_many_captions_are_read_in_moments():
    cues = "\n\n".join(
        f"{n}\n{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}.000 --> "
        f"{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}.900\n"
        f"<v Speaker {n // 10 % 3}>word {n}</v>"
        for n in range(20_000)
    )
    began = time.monotonic()
    call = read(f"WEBVTT\n\n{cues}".encode(), where="long.vtt")

    assert time.monotonic() - began < 20
    assert len(call.turns) == 2_000
    assert sum(call.words.values()) == 40_000
    assert call.seconds == 19_999.9


@pytest.mark.parametrize(
    "line", ["<v " * 20_000, "<" * 60_000, "&" * 60_000, "a " * 60_000, "00:" * 20_000 + "-->"]
)
def test_a_line_made_to_be_slow_is_not(line: str):
    began = time.monotonic()
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{line}\n\n00:02.000 --> 00:03.000\n{line} x"
    call = read(text.encode(), where="slow.vtt")

    assert call.turns
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "we tried it\n" * 60_000,
        "WEBVTT\n\n" + "00:01.000 --> 00:02.000\nAnn: we tried it\n\n" * 20_000,
        "1\n00:00:01,000 --> 00:00:02,000\n" * 20_000 + "end",
    ],
)
def test_a_file_of_one_thing_over_and_over_is_read_in_moments(text: str):
    began = time.monotonic()

    assert read(text.encode(), where="same.vtt").turns
    assert time.monotonic() - began < 20


NAMES = st.sampled_from(
    ["Ann Lee", "Bob", "Dr. Åse Öberg", "Li Wei", "李 伟", "Jean-Luc O'Neil"]
)
WORDS = st.lists(
    st.sampled_from(["we", "tried", "it", "twice", "failed", "why", "2019"]), min_size=1
)
TURNS = st.lists(st.tuples(NAMES, WORDS), min_size=1, max_size=12)


def written_turns(told: list[tuple[str, list[str]]]) -> tuple[Turn, ...]:
    """Return turns ten seconds apart, so that none is joined to the next."""
    return tuple(
        Turn(name, " ".join([*words, f"no{n}."]), 10.0 * n, 10.0 * n + 5.5)
        for n, (name, words) in enumerate(told)
    )


@given(TURNS)
def test_what_is_written_as_captions_is_read_back(told: list[tuple[str, list[str]]]):
    turns = written_turns(told)
    made = webvtt.WebVTT()
    for turn in turns:
        start, end = (stamp(at) for at in (turn.start, turn.end))
        made.captions.append(webvtt.Caption(start, end, f"<v {turn.speaker}>{turn.text}</v>"))
    assert read(made.content.encode(), where="a.vtt").turns == turns

    lines = [
        f"{n}\n{stamp(t.start).replace('.', ',')} --> {stamp(t.end).replace('.', ',')}\n"
        f"{t.speaker}: {t.text}\n"
        for n, t in enumerate(turns, 1)
    ]
    assert read("\n".join(lines).encode(), where="a.srt").turns == turns


def stamp(at: float | None) -> str:
    assert at is not None
    return f"{int(at // 3600):02d}:{int(at // 60 % 60):02d}:{at % 60:06.3f}"
