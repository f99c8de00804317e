from datetime import timedelta

import pytest

from tests.deals.silence.talk import ANN, DAY, NOW, meeting, ours, silence_of, theirs
from unsolved.deals.model import Channel, Exchange, Shift

LONG_AGO = [NOW - timedelta(days=80 + 9 * n) for n in range(12)]
LATELY = [NOW - timedelta(days=3 + 7 * n) for n in range(7)]


def shifts(*told: Exchange, channel: Channel = Channel.MAIL) -> dict[str, Shift]:
    silence = silence_of(told, channel=channel)
    return {one.what: one for one in silence.shifts}


def test_shorter_mails_are_told_with_both_medians_and_the_records():
    before = [theirs(at, words=120 + n) for n, at in enumerate(LONG_AGO)]
    after = [theirs(at, words=15 + n, record_id=n) for n, at in enumerate(LATELY)]

    shift = shifts(*before, *after)["shorter mails"]

    assert (shift.before, shift.now, shift.unit) == (125.5, 18, "words")
    assert (shift.count_before, shift.count_now) == (12, 7)
    assert shift.chance < 0.01
    assert set(shift.record_ids) == set(range(7))


def test_longer_mails_are_no_cooling():
    before = [theirs(at, words=15) for at in LONG_AGO]
    after = [theirs(at, words=120) for at in LATELY]

    assert not shifts(*before, *after)


def test_three_mails_say_nothing():
    before = [theirs(at, words=120) for at in LONG_AGO]
    after = [theirs(at, words=5) for at in LATELY[:3]]

    assert not shifts(*before, *after)


def test_who_writes_as_before_is_told_nothing_of():
    told = [theirs(at, words=50 + n % 5, people=2 + n % 3) for n, at in enumerate(LONG_AGO)]
    now = [theirs(at, words=50 + n % 5, people=2 + n % 3) for n, at in enumerate(LATELY)]

    assert not shifts(*told, *now)


def test_fewer_people_on_their_mails_are_told():
    before = [theirs(at, people=6 + n % 3) for n, at in enumerate(LONG_AGO)]
    after = [theirs(at, people=2) for at in LATELY]

    assert shifts(*before, *after)["fewer people on their mails"].now == 2


def test_slower_answers_are_told():
    told = []
    for days, moments in ((1, LONG_AGO), (5, LATELY)):
        for at in moments:
            asked = at - timedelta(days=days)
            told += [ours(asked, thread=f"{at}"), theirs(at, thread=f"{at}")]

    assert "slower answers" in shifts(*told)


def test_mails_that_name_no_day_any_more_are_told_of():
    before = [theirs(at, text="I will send the numbers on Tuesday.") for at in LONG_AGO]
    after = [theirs(at, text="Interesting. Let us see.", record_id=4) for at in LATELY]

    shift = shifts(*before, *after)["fewer mails that name a day or a commitment"]

    assert (shift.before, shift.now) == (1, 0)
    assert shift.record_ids


def test_meetings_that_move_are_told():
    before = [meeting(at) for at in LONG_AGO]
    after = [meeting(at, moved=1, record_id=n) for n, at in enumerate(LATELY[:5])]
    kept = [meeting(LATELY[6])]

    shift = shifts(*before, *after, *kept, channel=Channel.MEETING)[
        "more meetings moved or called off"
    ]

    assert shift.now == pytest.approx(5 / 6)
    assert set(shift.record_ids) == set(range(5))


def test_automatic_mails_are_nobodys_behaviour():
    before = [theirs(at, words=120) for at in LONG_AGO]
    after = [theirs(at, words=5, is_automatic=True) for at in LATELY]

    assert not shifts(*before, *after, ours(NOW - DAY, ANN))
