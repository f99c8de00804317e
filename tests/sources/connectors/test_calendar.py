"""A calendar tells who met whom and when, how meetings moved, and what in it is broken."""

import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.sources.web_server import page, web
from unsolved.errors import Invalid, SourceRefused
from unsolved.sources.connector import Visit
from unsolved.sources.connectors.calendar import connector
from unsolved.sources.model import Refusal
from unsolved.sources.reach import Reach
from unsolved.sources.records import Gone, Mark, Part, RecordDraft, RecordKind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE = """BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0230
TZOFFSETTO:+0130
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0130
TZOFFSETTO:+0230
END:DAYLIGHT
END:VTIMEZONE
"""


def ics(*events: str, head: str = "") -> str:
    """Write a calendar."""
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{head}{body}END:VCALENDAR\n"


def visit(address: object, *, own: str = "acme.com", **more) -> Visit:
    settings = {"address": str(address), "own": own, "days": more.pop("days", "")}
    more = {"reach": Reach(), **more}
    return Visit(name="diary", settings=settings, now=NOW, **more)


def found(text: str | bytes, folder: Path, **more) -> list[Any]:
    path = folder / "diary.ics"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(connector(visit(path, **more)).fetch())


def only(text: str, folder: Path, **more) -> Any:
    (one,) = found(text, folder, **more)
    assert isinstance(one, RecordDraft), one
    return one


def records(finds: list[Any]) -> list[Any]:
    return [one for one in finds if isinstance(one, RecordDraft)]


def refusals(finds: list[Any]) -> list[Refusal]:
    return [one for one in finds if isinstance(one, Refusal)]


MEETING = """
UID:abc@norden
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260310T090000
DTEND;TZID=Europe/Berlin:20260310T100000
SUMMARY:The third try\\, again
LOCATION:Room 4
DESCRIPTION:<p>Why did it <b>fail</b>?</p>
SEQUENCE:2
ORGANIZER;CN=Ann Lee:mailto:ann@acme.com
ATTENDEE;CN=Bo Berg;PARTSTAT=ACCEPTED:MAILTO:Bo@Norden.example.org
ATTENDEE;PARTSTAT=DECLINED:mailto:cy@gmail.com
ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room4@acme.com
"""


def test_a_meeting_becomes_a_record_of_who_meets_whom(tmp_path: Path):
    told = only(ics(MEETING), tmp_path)

    assert (told.kind, told.key, told.title) == (
        RecordKind.ACTIVITY,
        "abc@norden",
        "The third try, again",
    )
    assert told.at == datetime(2026, 3, 10, 9, tzinfo=told.at.tzinfo)
    assert told.at.utcoffset() == timedelta(hours=1)
    assert [(part, person.email) for part, person in told.people] == [
        (Part.HOST, "ann@acme.com"),
        (Part.GUEST, "bo@norden.example.org"),
        (Part.GUEST, "cy@gmail.com"),
    ]
    assert told.organisation.domain == "example.org"
    assert (told.person.name, told.person.email) == ("Bo Berg", "bo@norden.example.org")
    facts = told.facts
    assert (facts["type"], facts["status"], facts["recurring"]) == (
        "meeting",
        "confirmed",
        False,
    )
    assert (facts["start"], facts["end"]) == (
        "2026-03-10T09:00:00+01:00",
        "2026-03-10T10:00:00+01:00",
    )
    assert (facts["accepted"], facts["declined"], facts["tentative"]) == (1, 1, 0)
    assert (facts["location"], facts["description"]) == ("Room 4", "Why did it fail?")
    assert (facts["sequence"], facts["attendees"]) == (
        2,
        ["bo@norden.example.org: accepted", "cy@gmail.com: declined"],
    )


def test_a_meeting_is_the_same_however_often_it_is_sent(tmp_path: Path):
    first = only(ics(MEETING), tmp_path)
    again = only(ics(MEETING.replace("DTSTAMP:20260101", "DTSTAMP:20260209")), tmp_path)

    assert first.digest == again.digest


def test_a_meeting_that_moves_keeps_its_key(tmp_path: Path):
    first = only(ics(MEETING), tmp_path)
    moved = only(ics(MEETING.replace("20260310T", "20260324T")), tmp_path)

    assert (first.key, first.at.date()) == (moved.key, date(2026, 3, 10))
    assert (moved.at.date(), first.digest == moved.digest) == (date(2026, 3, 24), False)


SERIES = "UID:w\nDTSTART:20260302T090000Z\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Weekly"


def test_each_time_of_a_series_is_a_record(tmp_path: Path):
    told = records(found(ics(SERIES), tmp_path))

    assert [one.key for one in told] == [
        "w#20260302T090000Z",
        "w#20260309T090000Z",
        "w#20260316T090000Z",
    ]
    assert all(one.facts["recurring"] for one in told)


def test_one_time_of_a_series_that_moves_keeps_its_key(tmp_path: Path):
    moved = "UID:w\nRECURRENCE-ID:20260309T090000Z\nDTSTART:20260311T140000Z\nSUMMARY:Moved"

    told = records(found(ics(SERIES, moved), tmp_path))

    assert [(one.key, one.title, one.at.day) for one in told] == [
        ("w#20260302T090000Z", "Weekly", 2),
        ("w#20260309T090000Z", "Moved", 11),
        ("w#20260316T090000Z", "Weekly", 16),
    ]


def test_a_change_of_this_and_all_that_follow_loses_none(tmp_path: Path):
    moved = (
        "UID:w\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260309T090000Z\nDTSTART:20260309T110000Z"
    )

    told = records(found(ics(SERIES, moved), tmp_path))

    assert [one.at.hour for one in told] == [9, 11, 11]
    assert len({one.key for one in told}) == 3


def test_a_time_that_was_taken_out_is_told_to_be_gone(tmp_path: Path):
    told = found(ics(SERIES + "\nEXDATE:20260309T090000Z"), tmp_path)

    assert [one.key for one in records(told)] == ["w#20260302T090000Z", "w#20260316T090000Z"]
    assert Gone("w#20260309T090000Z", RecordKind.ACTIVITY) in told


@pytest.mark.parametrize(
    ("more", "head", "status"),
    [
        ("STATUS:CANCELLED", "", "cancelled"),
        ("STATUS:TENTATIVE", "", "tentative"),
        ("X-A:b", "METHOD:CANCEL\n", "cancelled"),
        ("STATUS:whatever", "", "confirmed"),
    ],
)
def test_a_meeting_says_whether_it_takes_place(
    tmp_path: Path, more: str, head: str, status: str
):
    told = only(ics(MEETING + more, head=head), tmp_path)

    assert told.facts["status"] == status


def test_a_whole_day_begins_at_midnight(tmp_path: Path):
    told = only(ics("UID:d\nDTSTART;VALUE=DATE:20260310\nSUMMARY:Fair"), tmp_path)

    assert told.at == datetime(2026, 3, 10, tzinfo=UTC)
    assert (told.facts["all_day"], told.facts["start"], told.facts["end"]) == (
        True,
        "2026-03-10",
        "2026-03-11",
    )


@pytest.mark.parametrize(
    ("start", "head", "moment"),
    [
        ("DTSTART;TZID=Office:20260701T090000", HERE, "2026-07-01T09:00:00+02:30"),
        ("DTSTART;TZID=Office:20260115T090000", HERE, "2026-01-15T09:00:00+01:30"),
        (
            "DTSTART;TZID=W. Europe Standard Time:20260701T090000",
            "",
            "2026-07-01T09:00:00+02:00",
        ),
        ('DTSTART;TZID="America/New_York":20260701T090000', "", "2026-07-01T09:00:00-04:00"),
        ("DTSTART:20260701T090000Z", "", "2026-07-01T09:00:00+00:00"),
        ("DTSTART:20260701T090000", "", "2026-07-01T09:00:00+00:00"),
        (
            "DTSTART:20260701T090000",
            "X-WR-TIMEZONE:Asia/Tokyo\n",
            "2026-07-01T09:00:00+09:00",
        ),
        ("DTSTART;TZID=Nowhere/Else:20260701T090000", "", "2026-07-01T09:00:00+00:00"),
    ],
)
def test_a_meeting_begins_where_it_takes_place(
    tmp_path: Path, start: str, head: str, moment: str
):
    told = only(ics(f"UID:z\n{start}\nSUMMARY:Call", head=head), tmp_path)

    assert told.facts["start"] == moment
    assert told.at.isoformat() == moment


def test_only_the_days_around_today_are_told(tmp_path: Path):
    events = [
        f"UID:{day}\nDTSTART:{day}T090000Z" for day in ("20240101", "20260310", "20290101")
    ]

    assert [one.key for one in records(found(ics(*events), tmp_path))] == ["20260310"]
    assert len(records(found(ics(*events), tmp_path, days="1500"))) == 3


def test_with_since_nothing_older_is_told(tmp_path: Path):
    told = found(ics(SERIES), tmp_path, since=date(2026, 3, 9))

    assert [one.at.day for one in records(told)] == [9, 16]


BROKEN = {
    "no start": ("UID:b\nSUMMARY:Bad", "begins"),
    "no such day": ("UID:b\nDTSTART:20261399T090000Z\nSUMMARY:Bad", ""),
    "no such rule": ("UID:b\nDTSTART:20260301T090000Z\nRRULE:FREQ=SOMETIMES", ""),
    "interval": ("UID:b\nDTSTART:20260301T090000Z\nRRULE:FREQ=DAILY;INTERVAL=0", "interval"),
    "never": (
        "UID:b\nDTSTART:20260301T090000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "never",
    ),
    "each second": (
        "UID:b\nDTSTART:20260301T090000Z\nRRULE:FREQ=SECONDLY;UNTIL=30260301T090000Z",
        "secondly",
    ),
    "each hour for ever": ("UID:b\nDTSTART:19010301T090000Z\nRRULE:FREQ=HOURLY", "too often"),
    "each second, in small letters": (
        "uid:b\ndtstart:20260301T090000Z\nrrule:freq=secondly",
        "secondly",
    ),
    "long ago": ("UID:b\nDTSTART:00010101T000000Z\nRRULE:FREQ=DAILY", "before"),
}


@pytest.mark.parametrize(("event", "why"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_event_is_refused_and_the_others_are_told(
    tmp_path: Path, event: str, why: str
):
    began = time.monotonic()

    told = found(ics(MEETING, event, SERIES), tmp_path)

    assert time.monotonic() - began < 10
    (refused,) = refusals(told)
    assert why in refused.why
    assert refused.line == 4 + MEETING.strip().count("\n") + 3
    assert len(records(told)) == 4


def test_what_takes_place_too_often_is_told_in_part(tmp_path: Path):
    event = "UID:h\nDTSTART:20260101T000000Z\nRRULE:FREQ=HOURLY"

    told = found(ics(event), tmp_path)

    assert len(records(told)) == 1_500
    assert "more than 1500 times" in refusals(told)[0].why


def test_a_calendar_without_its_end_gives_what_is_whole(tmp_path: Path):
    text = ics(MEETING, SERIES)
    told = found(text[: text.index("RRULE")], tmp_path)

    assert len(records(told)) == 1
    assert "its end is missing" in refusals(told)[0].why


def test_an_event_without_an_end_does_not_take_the_next_with_it(tmp_path: Path):
    text = ics(SERIES, MEETING).replace("END:VEVENT\n", "", 1)
    told = found(text, tmp_path)

    assert [one.key for one in records(told)] == ["abc@norden"]
    assert len(refusals(told)) == 1


def test_folded_lines_and_foreign_bytes_are_read(tmp_path: Path):
    text = ics("UID:f\nDTSTART:20260310T090000Z\nSUMMARY:Gr\xfc\n \xdfe\x00 again".strip())

    assert only(text, tmp_path).title == "Grüße again"
    assert records(found(text.encode("latin-1"), tmp_path))[0].title == "Grüße again"
    within_a_letter = text.encode().replace(b"\xc3\xbc\n ", b"\xc3\n \xbc")
    assert records(found(within_a_letter, tmp_path))[0].title == "Grüße again"


def test_an_event_with_no_name_has_a_key_that_stays(tmp_path: Path):
    text = ics("DTSTART:20260310T090000Z\nSUMMARY:One", "DTSTART:20260310T090000Z\nSUMMARY:Two")
    first, again = records(found(text, tmp_path)), records(found(text, tmp_path))

    assert len({one.key for one in first}) == 2
    assert [one.key for one in first] == [one.key for one in again]


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 500, b"<html>Sign in</html>"])
def test_what_is_no_calendar_is_refused(tmp_path: Path, data: bytes):
    (refused,) = found(data, tmp_path)

    assert "no calendar" in refused.why


def test_a_missing_file_is_a_refused_source(tmp_path: Path):
    with pytest.raises(SourceRefused, match="no such file"):
        list(connector(visit(tmp_path / "none.ics")).fetch())


@pytest.mark.parametrize("days", ["0", "-1", "many", "100000"])
def test_a_number_of_days_that_cannot_be_is_refused(days: str):
    with pytest.raises(Invalid):
        connector(visit("x.ics", days=days))


def test_a_feed_is_asked_for_again_only_when_it_changed():
    with web(
        {"/diary.ics": page(ics(MEETING), etag='"1"', media_type="text/calendar")}
    ) as site:
        address = f"{site.address}/diary.ics"
        first: list[Any] = list(connector(visit(address, reach=site.reach())).fetch())
        cursor = first[-1].cursor
        again = list(connector(visit(address, reach=site.reach(), cursor=cursor)).fetch())

    assert isinstance(first[-1], Mark)
    assert len(records(first)) == 1
    assert again == []


def test_on_another_day_a_feed_is_read_whatever_it_says():
    """The days that are told have moved on."""
    with web(
        {"/diary.ics": page(ics(MEETING), etag='"1"', media_type="text/calendar")}
    ) as site:
        address = f"{site.address}/diary.ics"
        cursor = json.dumps({"day": "2026-02-28", "etag": '"1"'})
        told = list(connector(visit(address, reach=site.reach(), cursor=cursor)).fetch())

    assert len(records(told)) == 1


def test_a_page_where_a_feed_should_be_is_a_refused_source():
    with (
        web({"/diary.ics": page("<html>Sign in</html>")}) as site,
        pytest.raises(SourceRefused, match="no calendar"),
    ):
        list(connector(visit(f"{site.address}/diary.ics", reach=site.reach())).fetch())


def test_a_feed_on_this_machine_is_not_read_unless_allowed():
    with (
        web({"/diary.ics": page(ics(MEETING))}) as site,
        pytest.raises(SourceRefused, match="private network"),
    ):
        list(connector(visit(f"{site.address}/diary.ics")).fetch())


def test_webcal_is_https():
    with pytest.raises(SourceRefused, match="private network"):
        list(connector(visit("webcal://127.0.0.1:9/diary.ics")).fetch())
