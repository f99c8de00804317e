from datetime import UTC, date, datetime, timedelta

import pytest

from tests.deals.silence.talk import ANN, BOB, DAY, HOUR, NOW, meeting, ours, theirs
from unsolved.deals.model import Channel, Exchange
from unsolved.deals.silence.away import absences_told
from unsolved.deals.silence.waits import Ending, History, histories
from unsolved.deals.silence.working import Absence, WorkingTime, working_time

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)


def history(*told: Exchange, person: int = ANN, channel: Channel = Channel.MAIL) -> History:
    time = working_time([one.at for one in told], None, absences_told(told, NOW))
    found = histories(told, time, NOW)
    return next(one for one in found if (one.person_id, one.channel) == (person, channel))


def test_an_answer_on_monday_to_a_mail_of_friday_took_hours():
    known = history(ours(FRIDAY), theirs(FRIDAY + 2 * DAY + 18 * HOUR))

    assert known.closed[0].days == pytest.approx(18 / 24)
    assert known.closed[0].ending is Ending.ANSWERED


def test_reminders_belong_to_the_wait_that_they_remind_of():
    known = history(
        ours(MONDAY, thread="a", record_id=1), ours(MONDAY + DAY, thread="a", record_id=2)
    )

    assert known.open is not None
    assert (known.open.messages, known.open.record_ids) == (2, (1, 2))
    assert known.open.began == MONDAY


def test_who_only_gets_a_copy_is_not_asked():
    known = history(
        ours(MONDAY, ANN, BOB, copied_ids=(BOB,)), theirs(MONDAY + DAY, BOB), person=BOB
    )

    assert not known.waits
    assert known.signs == 1


def test_a_colleagues_answer_in_the_thread_makes_a_wait_moot():
    known = history(
        ours(MONDAY, ANN, BOB, thread="a"), theirs(MONDAY + DAY, BOB, ANN, thread="a")
    )

    assert [one.ending for one in known.closed] == [Ending.MOOT]
    assert known.open is None


def test_a_colleagues_mail_about_something_else_leaves_it_waiting():
    known = history(
        ours(MONDAY, ANN, BOB, thread="a"), theirs(MONDAY + DAY, BOB, ANN, thread="b")
    )

    assert known.open is not None


def test_a_meeting_makes_a_mail_moot():
    known = history(ours(MONDAY), meeting(MONDAY + DAY))

    assert [one.ending for one in known.closed] == [Ending.MOOT]


def test_a_meeting_that_was_called_off_is_none():
    known = history(ours(MONDAY), meeting(MONDAY + DAY, is_off=True))

    assert known.open is not None


def test_a_call_that_nobody_took_waits_for_one_that_they_take():
    missed = Exchange(
        at=MONDAY, channel=Channel.CALL, is_ours=True, person_ids=(ANN,), is_off=True
    )
    held = Exchange(at=MONDAY + DAY, channel=Channel.CALL, is_ours=False, person_ids=(ANN,))

    known = history(missed, held, channel=Channel.CALL)

    assert [one.is_answered for one in known.closed] == [True]
    assert known.open is not None


def test_what_comes_after_twelve_weeks_is_a_new_beginning():
    known = history(ours(MONDAY - 130 * DAY), theirs(MONDAY))

    assert known.closed[0].ending is Ending.MOOT
    assert known.replies == 0


def test_an_automatic_answer_is_no_answer():
    known = history(ours(MONDAY), theirs(MONDAY + HOUR, is_automatic=True))

    assert known.open is not None
    assert known.last_at is None


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("I am back on 16 March 2026.", date(2026, 3, 15)),
        ("I will return on March 16.", date(2026, 3, 15)),
        ("Ich bin wieder ab dem 16.03.2026 da.", date(2026, 3, 15)),
        ("I am out of the office until 2026-03-16.", date(2026, 3, 16)),
        ("I have limited access to mail.", date(2026, 3, 15)),
    ],
)
def test_the_day_of_coming_back_is_read_where_it_is_told(text: str, last: date):
    told = [theirs(MONDAY, subject="Automatic reply: Numbers", text=text, record_id=7)]

    [absence] = absences_told(told, NOW)

    assert (absence.first, absence.last, absence.record_id) == (date(2026, 3, 2), last, 7)


def test_an_absence_without_a_day_ends_with_their_next_mail():
    away = theirs(MONDAY, subject="Out of office", is_automatic=True)

    [absence] = absences_told([away, theirs(MONDAY + 3 * DAY)], NOW)

    assert absence.last == date(2026, 3, 4)


def test_a_wait_stands_still_while_they_are_away():
    away = theirs(
        MONDAY + HOUR, subject="Out of office", text="Back on 2026-03-16.", is_automatic=True
    )

    known = history(ours(MONDAY), away)

    assert known.open is not None
    assert known.open.days == pytest.approx(3.5, abs=0.01)


@pytest.mark.parametrize("country", ["DE", "Germany", "germany"])
def test_public_holidays_of_the_country_do_not_count(country: str):
    start = datetime(2026, 4, 2, 9, tzinfo=UTC)  # Thursday before Easter

    plain = working_time([start], None, ()).days(start, start + 6 * DAY)
    there = working_time([start], country, ()).days(start, start + 6 * DAY)

    assert plain - there == pytest.approx(2)


def test_a_country_nobody_knows_has_weekends():
    start = datetime(2026, 4, 2, 9, tzinfo=UTC)

    assert working_time([start], "Atlantis", ()).days(start, start + 7 * DAY) == 5


def test_the_weekend_lies_where_the_country_has_it():
    friday = datetime(2026, 3, 6, 12, tzinfo=UTC)

    assert working_time([friday], "Saudi Arabia", ()).days(friday, friday + DAY) == 0


def test_an_absence_of_all_holds_for_each():
    week = Absence(first=date(2026, 3, 2), last=date(2026, 3, 8))
    time = WorkingTime(None, [week], years=range(2026, 2027))

    assert time.days(MONDAY, MONDAY + timedelta(days=7), ANN) == pytest.approx(9 / 24)
