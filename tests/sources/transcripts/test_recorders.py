import json
import time

import pytest

from unsolved.errors import Unreadable
from unsolved.sources.transcripts import Participant, Transcript, Turn, read, read_all


def recorded(told: object) -> Transcript:
    return read(json.dumps(told).encode(), where="call.json")


def test_zoom():
    ann = {"username": "Ann Lee", "user_id": "1", "zoom_userid": "x", "client_type": 0}
    call = recorded(
        {
            "type": "transcription",
            "recording_id": "r-1",
            "recording_start": "2024-03-05T14:00:00Z",
            "timeline": [
                {"text": "We tried.", "ts": "00:00:06.180", "end_ts": "00:00:07.290",
                 "users": [ann]},
                {"text": "It failed.", "ts": "00:00:07.500", "end_ts": "00:00:08.000",
                 "users": [ann]},
                {"text": "Why?", "ts": "00:00:09.000", "end_ts": "00:00:10.000",
                 "users": [{"username": "Bob", "email": "bob@us.com"}]},
            ],
        }
    )  # fmt: skip

    assert call.recorder == "zoom"
    assert call.key == "r-1"
    assert call.turns == (
        Turn("Ann Lee", "We tried. It failed.", 6.18, 8.0),
        Turn("Bob", "Why?", 9.0, 10.0),
    )
    assert call.participant("Bob") == Participant(name="Bob", email="bob@us.com")
    assert str(call.day) == "2024-03-05"


def test_zooms_timeline_without_words_is_refused_with_what_to_do():
    with pytest.raises(Unreadable, match="Download the transcript"):
        recorded({"timeline": [{"ts": "00:00:01.000", "users": [{"username": "Ann"}]}]})


def test_teams():
    call = recorded(
        {
            "type": "Transcript",
            "subject": "Discovery",
            "entries": [
                {"text": "We tried.", "speakerDisplayName": "Ann Lee", "speakerId": "a",
                 "startOffset": "00:00:10.0000000", "endOffset": "00:00:15.5000000",
                 "spokenLanguageTag": "en-US"},
                {"text": "Why?", "speakerDisplayName": "Bob",
                 "startOffset": "00:00:16.0000000", "endOffset": "00:00:17.0000000"},
            ],
            "participants": {
                "organizer": {"upn": "bob@us.com",
                              "identity": {"user": {"displayName": "Bob"}}},
                "attendees": [{"upn": "ann.lee@acme.com"}],
            },
        }
    )  # fmt: skip

    assert call.turns == (
        Turn("Ann Lee", "We tried.", 10.0, 15.5),
        Turn("Bob", "Why?", 16.0, 17.0),
    )
    assert call.title == "Discovery"
    assert (call.language, call.language_is_told) == ("en-US", True)
    ann, bob = call.participant("Ann Lee"), call.participant("Bob")
    assert ann is not None
    assert bob is not None
    assert (ann.email, bob.email) == ("ann.lee@acme.com", "bob@us.com")


def test_graphs_entries_have_moments_and_no_offsets():
    call = recorded(
        {
            "metadata": {"id": "t-1", "createdDateTime": "2024-03-05T14:00:00Z"},
            "entries": [
                {"speakerName": "Ann", "spokenText": "We tried.",
                 "startDateTime": "2024-03-05T14:00:04Z",
                 "endDateTime": "2024-03-05T14:00:06.5Z"},
            ],
        }
    )  # fmt: skip

    assert call.key == "t-1"
    assert call.turns == (Turn("Ann", "We tried.", 4.0, 6.5),)


def test_meet():
    record = "conferenceRecords/abc"
    call = recorded(
        {
            "conferenceRecord": {"name": record, "startTime": "2024-03-05T14:00:00Z"},
            "participants": [
                {"name": f"{record}/participants/1", "signedinUser": {"displayName": "Ann"}},
                {"name": f"{record}/participants/2", "phoneUser": {"displayName": "+49 1•••2"}},
            ],
            "transcriptEntries": [
                {"name": f"{record}/transcripts/t/entries/{n}",
                 "participant": f"{record}/participants/{n}", "text": words,
                 "languageCode": "de-DE", "startTime": f"2024-03-05T14:00:{n}0.000000123Z",
                 "endTime": f"2024-03-05T14:00:{n}5Z"}
                for n, words in ((1, "Wir haben es versucht."), (2, "Warum?"), (3, "Ja."))
            ],
        }
    )  # fmt: skip

    assert call.key == record
    assert call.speakers == ("Ann", "+49 1•••2", "Participant 3")
    assert [(turn.start, turn.end) for turn in call.turns] == [(10, 15), (20, 25), (30, 35)]
    assert call.language == "de-DE"


GONG_CALL = {
    "callId": "781",
    "transcript": [
        {"speakerId": "64", "topic": "Intro",
         "sentences": [{"start": 1000, "end": 2500, "text": "We tried."},
                       {"start": 2600, "end": 3000, "text": "It failed."}]},
        {"speakerId": "65", "topic": None,
         "sentences": [{"start": 4000, "end": 5000, "text": "Why?"}]},
        {"speakerId": "66", "sentences": [{"start": 6000, "end": 7000, "text": "Hm."}]},
    ],
}  # fmt: skip


def test_gong_with_its_parties():
    call = recorded(
        {
            "callTranscripts": [GONG_CALL],
            "calls": [
                {
                    "metaData": {"id": "781", "title": "Acme - Us", "duration": 1800,
                                 "started": "2024-03-05T15:00:00+01:00", "language": "eng"},
                    "parties": [
                        {"speakerId": "64", "name": "Ann Lee", "emailAddress": "ann@acme.com",
                         "title": "CFO", "affiliation": "External"},
                        {"speakerId": "65", "name": "Bob", "affiliation": "Internal"},
                        {"speakerId": None, "name": "Cy", "emailAddress": "cy@acme.com"},
                    ],
                }
            ],
        }
    )  # fmt: skip

    assert (call.key, call.title, call.seconds) == ("781", "Acme - Us", 1800.0)
    assert call.turns[0] == Turn("Ann Lee", "We tried. It failed.", 1.0, 3.0)
    assert call.speakers == ("Ann Lee", "Bob", "Speaker 66")
    assert call.participants[:2] == (
        Participant(name="Ann Lee", email="ann@acme.com", title="CFO", is_ours=False),
        Participant(name="Bob", is_ours=True),
    )
    assert len(call.participants) == 3


def test_gong_without_its_parties_has_numbers_for_names():
    assert recorded({"callTranscripts": [GONG_CALL]}).speakers == (
        "Speaker 64",
        "Speaker 65",
        "Speaker 66",
    )


def test_several_calls_in_a_file_are_several_calls():
    data = json.dumps({"callTranscripts": [GONG_CALL, {**GONG_CALL, "callId": "782"}]}).encode()

    assert [call.key for call in read_all(data, where="two.json")] == ["781", "782"]
    with pytest.raises(Unreadable, match="there are 2 calls in it"):
        read(data, where="two.json")


def test_fireflies():
    call = recorded(
        {
            "data": {
                "transcript": {
                    "id": "ff-1",
                    "title": "Discovery",
                    "date": 1709647200000,
                    "duration": 30.5,
                    "participants": ["ann.lee@acme.com, bob@us.com"],
                    "meeting_attendees": [{"displayName": None, "email": "ann.lee@acme.com"}],
                    "sentences": [
                        {"index": 0, "speaker_name": "Ann Lee", "speaker_id": 0,
                         "text": "We tried.", "raw_text": "we tried", "start_time": 1.5,
                         "end_time": 2.75},
                        {"index": 1, "speaker_name": None, "speaker_id": 1, "text": "Why?",
                         "start_time": 3, "end_time": 4},
                    ],
                }
            }
        }
    )  # fmt: skip

    assert call.turns == (
        Turn("Ann Lee", "We tried.", 1.5, 2.75),
        Turn("Speaker 1", "Why?", 3.0, 4.0),
    )
    assert call.seconds == 1830.0
    assert str(call.day) == "2024-03-05"
    assert [who.email for who in call.participants] == ["ann.lee@acme.com", "bob@us.com"]
    ann = call.participant("Ann Lee")
    assert ann is not None
    assert ann.email == "ann.lee@acme.com"


@pytest.mark.parametrize("unit", [16_000, 1_000])
def test_otter_counts_samples_or_milliseconds(unit: int):
    call = recorded(
        {
            "speech": {
                "otid": "o-1",
                "title": "Discovery",
                "created_at": 1709647200,
                "duration": 60,
                "language": "en",
                "speakers": [{"id": 7, "speaker_name": "Ann Lee",
                              "speaker_email": "ann@acme.com"}],
                "transcripts": [
                    {"transcript": "We tried.", "speaker_id": 7, "start_offset": 2 * unit,
                     "end_offset": 20 * unit},
                    {"transcript": "Why?", "speaker_id": None, "speaker_model_label": "1",
                     "start_offset": 30 * unit, "end_offset": 58 * unit},
                ],
            }
        }
    )  # fmt: skip

    assert call.turns == (
        Turn("Ann Lee", "We tried.", 2.0, 20.0),
        Turn("Speaker 1", "Why?", 30.0, 58.0),
    )
    assert call.participants == (Participant(name="Ann Lee", email="ann@acme.com"),)


@pytest.mark.parametrize(
    "told",
    [
        [{"speaker": "Ann", "text": "We tried.", "start": 1, "end": 2}],
        {"turns": [{"speaker": "Ann", "text": "We tried.", "start": "00:00:01", "end": "2"}]},
        {"segments": [{"speaker": "Ann", "body": "We tried.", "startTime": 1, "endTime": 2.0}]},
        {"utterances": [{"speaker": "Ann", "text": "We tried.", "start": 1000, "end": 2000},
                        {"speaker": "Ann", "text": "", "start": 2000, "end": 2001}]},
        {"results": {"utterances": [{"speaker": "Ann", "transcript": "We tried.", "start": 1,
                                     "end": 2}]}},
        {"transcript": [{"participant": {"name": "Ann"}, "start": 1, "end": 2,
                         "words": [{"text": "We"}, {"text": "tried."}]}]},
    ],
)  # fmt: skip
def test_a_list_of_who_said_what(told: object):
    assert recorded(told).turns == (Turn("Ann", "We tried.", 1.0, 2.0),)


def test_a_list_says_more_about_its_call():
    call = recorded(
        {
            "meeting": {"id": 12, "title": "Discovery", "started_at": "2024-03-05 14:00:00",
                        "organisation": "Acme", "language": "fr"},
            "participants": [{"name": "Ann", "email": "ann@acme.com"}],
            "segments": [{"speaker": "Ann", "text": "Oui."}],
        }
    )  # fmt: skip

    assert (call.key, call.title, call.organisation, call.language) == (
        "12",
        "Discovery",
        "Acme",
        "fr",
    )
    assert call.participant("Ann") == Participant(name="Ann", email="ann@acme.com")


def test_times_that_are_none_lose_no_word():
    strange: list[object] = [
        float("nan"),
        float("inf"),
        -1,
        True,
        None,
        "soon",
        [],
        {},
        10**400,
        1e300,
    ]
    call = recorded(
        [{"speaker": f"S{n}", "text": "x", "start": at, "end": at}
         for n, at in enumerate(strange)]
    )  # fmt: skip

    assert len(call.turns) == len(strange)
    assert all(turn.start is None for turn in call.turns)
    assert call.seconds is None


def test_whatever_else_is_in_it_the_words_are_kept():
    call = recorded(
        [
            "a word",
            None,
            {"speaker": {"name": ["x"]}, "text": "one", "start": 1},
            {
                "speaker": "<script>alert(1)</script>",
                "text": "two\u0000\ud800\nlines",
                "start": 2,
            },
            {"speaker": "A\u202enn", "text": ["three"], "start": 3},
            {"speaker": 4, "text": 5, "start": 4},
        ]
    )

    assert [turn.written for turn in call.turns] == [
        "one",
        "<script>alert(1)</script>: two\ufffd lines",
        "Speaker 4: 5",
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "not JSON"),
        (b"9" * 10_000, "not JSON"),
        (b"[]", "none of the recorders"),
        (b"3", "none of the recorders"),
        (b'"text"', "none of the recorders"),
        (b"null", "none of the recorders"),
        (b'{"a": [{"b": 1}]}', "none of the recorders"),
        (b'[{"speaker": "Ann", "text": "  "}]', "nobody says anything"),
        (b'{"callTranscripts": []}', "nobody says anything"),
        (b'{"callTranscripts": [{"transcript": "x"}]}', "nobody says anything"),
        (b'{"transcriptEntries": [1, null]}', "nobody says anything"),
        (b"\xff\xfe\x00\xd8", "not JSON"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, why: str):
    with pytest.raises(Unreadable, match=why):
        read(data, where="call.json")


def test_the_refusal_names_the_fields_that_were_looked_for():
    with pytest.raises(Unreadable, match=r"callTranscripts\[\].*sentences\[\].*speaker"):
        recorded({"what": "ever"})


def test_the_refusal_of_broken_json_names_the_line():
    with pytest.raises(Unreadable) as refused:
        read(b'{"a": 1,\n "b": }', where="call.json")
    assert refused.value.line == 2


def test_many_entries_are_read_in_moments():
    entries = [
        {"speaker": f"S{n % 7}", "text": "a few words here", "start": n, "end": n + 0.9}
        for n in range(50_000)
    ]
    data = json.dumps(entries).encode()
    began = time.monotonic()

    assert len(read(data, where="long.json").turns) == 50_000
    assert time.monotonic() - began < 20
